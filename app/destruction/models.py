"""Tables of disposal: holds, confirmations (destruction lists), their entries and certificates."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class DisposalHold(Base):
    """Stops the disposal of a client's documents, or of one document, until it is lifted."""

    __tablename__ = "disposal_hold"
    __table_args__ = (
        CheckConstraint("(client_id IS NULL) <> (document_id IS NULL)", name="one_target"),
    )

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    mandate: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class DisposalConfirmation(Base):
    """A destruction list: proposed by one person, approved by another, then carried out."""

    __tablename__ = "disposal_confirmation"
    __table_args__ = (
        UniqueConstraint("register_id", "number"),
        CheckConstraint(
            "state IN ('proposed', 'returned', 'approved', 'cancelled', 'executing', 'executed')",
            name="state",
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> proposed_by_id", name="four_eyes"
        ),
        CheckConstraint(
            "state IN ('proposed', 'returned') OR "
            "(approved_by_id IS NOT NULL AND executable_from IS NOT NULL)",
            name="approved_first",
        ),
    )

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    number: Mapped[int]
    as_of: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    executable_from: Mapped[date | None]
    # Who sent a proposed list back, or called an approved one off, and why.
    stopped_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[str | None] = mapped_column(String(200))
    executed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    executed_at: Mapped[datetime | None]

    entries: Mapped[list["DisposalEntry"]] = relationship(
        back_populates="confirmation", order_by="DisposalEntry.id"
    )

    @property
    def reference(self) -> str:
        """What the list is called: H-12."""
        return f"H-{self.number}"


class DisposalEntry(Base):
    """One document on a list, with what justified its disposal at that time."""

    __tablename__ = "disposal_entry"
    __table_args__ = (
        Index(
            "uq_disposal_entry_open",
            "document_id",
            unique=True,
            sqlite_where=text("state IN ('listed', 'failed', 'destroyed')"),
            postgresql_where=text("state IN ('listed', 'failed', 'destroyed')"),
        ),
        CheckConstraint(
            "state IN ('listed', 'excluded', 'released', 'failed', 'destroyed')", name="state"
        ),
    )

    id: Mapped[PrimaryKey]
    confirmation_id: Mapped[int] = mapped_column(ForeignKey("disposal_confirmation.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    state: Mapped[str] = mapped_column(String(10), default="listed")
    obstacle: Mapped[str | None] = mapped_column(String(40))
    retention_rule_version_id: Mapped[int] = mapped_column(ForeignKey("retention_rule_version.id"))
    trigger_on: Mapped[date | None]
    # Empty when the rule keeps nothing at all: then the document may go on the trigger day.
    last_kept_on: Mapped[date | None]
    disposable_from: Mapped[date]
    destroyed_at: Mapped[datetime | None]

    confirmation: Mapped[DisposalConfirmation] = relationship(back_populates="entries")
    items: Mapped[list["DisposalItem"]] = relationship(
        back_populates="entry", order_by="DisposalItem.id"
    )


class DisposalItem(Base):
    """How one piece was destroyed: paper by a method with a witness, a file by its key.

    Written when it is gone: for paper when a person confirms it, for a file when its key and its
    cipher text have been verified absent.
    """

    __tablename__ = "disposal_item"
    __table_args__ = (
        UniqueConstraint("entry_id", "item_id"),
        CheckConstraint(
            "medium = 'atk' OR (witness_id IS NOT NULL AND confirmed_by_id IS NOT NULL "
            "AND witness_id <> confirmed_by_id)",
            name="witnessed",
        ),
        CheckConstraint("medium = 'man' OR verified_at IS NOT NULL", name="verified"),
    )

    id: Mapped[PrimaryKey]
    entry_id: Mapped[int] = mapped_column(ForeignKey("disposal_entry.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    medium: Mapped[str] = mapped_column(String(3))
    method: Mapped[str] = mapped_column(String(20))
    destroyed_on: Mapped[date]
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]

    entry: Mapped[DisposalEntry] = relationship(back_populates="items")


class DisposalCertificate(Base):
    """The certificate of an executed list: its data, signed, and the page made of it."""

    __tablename__ = "disposal_certificate"

    id: Mapped[PrimaryKey]
    confirmation_id: Mapped[int] = mapped_column(
        ForeignKey("disposal_confirmation.id"), unique=True
    )
    statement: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(Text)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime]
