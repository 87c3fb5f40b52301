"""Tables of registers: versions, findings that a person has accepted, notices as given out.

Each published version and each notice is kept for ever, because documents and people refer to it.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class Register(Base):
    """A register (processing activity), known by the key of its definition."""

    __tablename__ = "register"

    id: Mapped[PrimaryKey]
    key: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]

    versions: Mapped[list["RegisterVersion"]] = relationship(
        back_populates="register", order_by="RegisterVersion.number"
    )


class RegisterVersion(Base):
    """One version of a register's definition: draft, proposed, then published by another person.

    `content` is what counts. `source` is the file from which the version came, for its comments and
    its order; None where there was none. `content_hash` tells two people who edit at once apart.
    """

    __tablename__ = "register_version"
    __table_args__ = (
        UniqueConstraint("register_id", "number"),
        CheckConstraint("state IN ('draft', 'proposed', 'published')", name="state"),
        CheckConstraint(
            "published_by_id IS NULL OR published_by_id <> proposed_by_id", name="four_eyes"
        ),
        CheckConstraint(
            "state <> 'published' OR (published_by_id IS NOT NULL AND in_force_from IS NOT NULL)",
            name="published_complete",
        ),
    )

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str | None] = mapped_column(Text)
    loaded_at: Mapped[datetime]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    edited_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    in_force_from: Mapped[date | None]

    register: Mapped[Register] = relationship(back_populates="versions")


class FindingAcceptance(Base):
    """A finding of a check that a person lives with, and why.

    It holds while the facts are those that were accepted: `facts_hash` is of the finding's values,
    so that the finding comes back when they change.
    """

    __tablename__ = "finding_acceptance"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_by_whom"),
    )

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(400))
    facts_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    accepted_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    accepted_at: Mapped[datetime]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None]


class NoticeEdition(Base):
    """A privacy notice as it was given out, from a day on.

    `register_id` is the register whose notice it is; `cause_version_id` the version whose
    publication made the edition, which may be of another register that the notice covers.
    `tells_clients`: it says something new to them, so that clients are to be told (GDPR Arts.
    13(3) and 14(4), and Art. 12(1) in general).
    """

    __tablename__ = "notice_edition"
    __table_args__ = (UniqueConstraint("register_id", "number"),)

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    number: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("register_version.id"))
    cause_version_id: Mapped[int] = mapped_column(ForeignKey("register_version.id"))
    in_force_from: Mapped[date]
    tells_clients: Mapped[bool]
    created_at: Mapped[datetime]

    files: Mapped[list["NoticeFile"]] = relationship(
        back_populates="edition", order_by="NoticeFile.id"
    )


class NoticeFile(Base):
    """One file of a notice, byte for byte as it was given out."""

    __tablename__ = "notice_file"
    __table_args__ = (UniqueConstraint("edition_id", "language", "media_type"),)

    id: Mapped[PrimaryKey]
    edition_id: Mapped[int] = mapped_column(ForeignKey("notice_edition.id"))
    language: Mapped[str] = mapped_column(String(2))
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))

    edition: Mapped[NoticeEdition] = relationship(back_populates="files")
