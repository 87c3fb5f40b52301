"""Tables of registers: each published version is kept for ever, because documents refer to it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
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
    """One version of a register's definition: draft, proposed, then published by another person."""

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
    loaded_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    in_force_from: Mapped[date | None]

    register: Mapped[Register] = relationship(back_populates="versions")
