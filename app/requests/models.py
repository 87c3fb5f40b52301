"""Tables of data-subject requests: what was asked, when, how it was answered, with what proof."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class DataSubjectRequest(Base):
    """A client's request under GDPR Art. 15–22. The deadline is computed, never stored."""

    __tablename__ = "data_subject_request"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_data_subject_request_open", "register_id", "closed_on"),
        CheckConstraint("closed_on IS NULL OR closed_on >= received_on", name="closed_after"),
    )

    id: Mapped[PrimaryKey]
    year: Mapped[int]
    number: Mapped[int]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(16))
    received_on: Mapped[date]
    details_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    identity_method: Mapped[str | None] = mapped_column(String(20))
    identity_verified_at: Mapped[datetime | None]
    identity_verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    extension_reason: Mapped[str | None] = mapped_column(String(20))
    extension_told_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    delivery_channel: Mapped[str | None] = mapped_column(String(20))
    delivery_proof_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    handed_over_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    suspensions: Mapped[list["ClockSuspension"]] = relationship(
        back_populates="request", order_by="ClockSuspension.asked_on"
    )
    packages: Mapped[list["AnswerPackage"]] = relationship(
        back_populates="request", order_by="AnswerPackage.id"
    )

    @property
    def reference(self) -> str:
        """The case number people use: 2026-14."""
        return f"{self.year}-{self.number}"


class ClockSuspension(Base):
    """The clock stands while the person is asked for what identification or scope needs."""

    __tablename__ = "clock_suspension"

    id: Mapped[PrimaryKey]
    request_id: Mapped[int] = mapped_column(ForeignKey("data_subject_request.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]

    request: Mapped[DataSubjectRequest] = relationship(back_populates="suspensions")


class AnswerPackage(Base):
    """The assembled answer, encrypted under its own key."""

    __tablename__ = "answer_package"

    id: Mapped[PrimaryKey]
    request_id: Mapped[int] = mapped_column(ForeignKey("data_subject_request.id"), index=True)
    blob_id: Mapped[str] = mapped_column(String(32), unique=True)
    key_id: Mapped[str] = mapped_column(String(32), unique=True)
    size: Mapped[int]
    built_at: Mapped[datetime]
    built_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    erased_at: Mapped[datetime | None]

    request: Mapped[DataSubjectRequest] = relationship(back_populates="packages")
