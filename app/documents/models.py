"""Tables of documents: the record, its items on paper and computer, and who has held them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class Location(Base):
    """A place for paper: room, cabinet, folder or box; places stand inside each other."""

    __tablename__ = "location"
    __table_args__ = (UniqueConstraint("register_id", "parent_id", "name"),)

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    is_locked: Mapped[bool]

    parent: Mapped["Location | None"] = relationship(remote_side="Location.id", lazy="joined")


class Document(Base):
    """A record about a client: one retention clock and one disposal act for all its items."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_due", "register_id", "state", "disposable_from", "id"),
        Index("ix_document_register", "register_id", "id"),
        Index("ix_document_client", "client_id", "id"),
        Index(
            "ix_document_rule",
            "retention_rule_version_id",
            "state",
            "register_id",
            "service_key",
            "document_type_key",
        ),
        CheckConstraint("state IN ('active', 'destroyed')", name="state"),
        CheckConstraint("(note_sealed IS NULL) = (note_key_id IS NULL)", name="note_key"),
    )

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id"), index=True)
    register_version_id: Mapped[int] = mapped_column(ForeignKey("register_version.id"))
    service_key: Mapped[str] = mapped_column(String(80))
    document_type_key: Mapped[str] = mapped_column(String(80))
    dated_on: Mapped[date]
    # A key of its own, so that the note does not outlive the document in an old copy of the row.
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note_key_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    # A certificate that was only shown leaves its duration, never its content.
    presented_from: Mapped[date | None]
    presented_until: Mapped[date | None]
    retention_rule_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("retention_rule_version.id")
    )
    trigger_on: Mapped[date | None]
    last_kept_on: Mapped[date | None]
    disposable_from: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="active")
    destroyed_at: Mapped[datetime | None]
    logged_at: Mapped[datetime]
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    items: Mapped[list["Item"]] = relationship(back_populates="document", order_by="Item.id")


class Item(Base):
    """One piece of a document: an encrypted file under its own key, or paper in a place."""

    __tablename__ = "item"
    __table_args__ = (
        CheckConstraint("medium IN ('atk', 'man')", name="medium"),
        CheckConstraint("kind IN ('original', 'copy', 'worker_copy')", name="kind"),
        CheckConstraint("state IN ('held', 'destroyed')", name="state"),
        CheckConstraint("medium = 'man' OR state = 'destroyed' OR key_id IS NOT NULL", name="key"),
    )

    id: Mapped[PrimaryKey]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    medium: Mapped[str] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(String(12), default="original")
    state: Mapped[str] = mapped_column(String(10), default="held")
    # Electronic: where the cipher text is and which key opens it.
    blob_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    key_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    file_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    media_type: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int | None]
    # Paper: where it is and who holds it.
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"), index=True)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    sheets: Mapped[int | None]
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship(back_populates="items")
    location: Mapped[Location | None] = relationship(lazy="joined")


class HandOver(Base):
    """Paper handed from one person to another; the receiver acknowledges or refuses it."""

    __tablename__ = "hand_over"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_hand_over_receiver", "to_user_id", "answered_at"),
        CheckConstraint("from_user_id <> to_user_id", name="two_people"),
        CheckConstraint("state IN ('open', 'acknowledged', 'refused')", name="state"),
    )

    id: Mapped[PrimaryKey]
    year: Mapped[int]
    number: Mapped[int]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    from_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    to_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    to_location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    purpose: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12), default="open")
    handed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    refusal_reason: Mapped[str | None] = mapped_column(String(200))

    @property
    def reference(self) -> str:
        """What is written on the slip: K-2026-031."""
        return f"K-{self.year}-{self.number:03d}"


class HandOverItem(Base):
    """A piece of paper in a hand-over; it can be in one open hand-over at a time."""

    __tablename__ = "hand_over_item"

    hand_over_id: Mapped[int] = mapped_column(ForeignKey("hand_over.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)


class CustodyEvent(Base):
    """A link of the chain of custody of one item."""

    __tablename__ = "custody_event"

    id: Mapped[PrimaryKey]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    hand_over_id: Mapped[int | None] = mapped_column(ForeignKey("hand_over.id"))
