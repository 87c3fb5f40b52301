"""Tables of data-subject requests: what was asked, when, how it was answered, with what proof."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class DataSubjectRequest(Base):
    """A client's request under GDPR Art. 15–22. The deadline is computed, never stored."""

    __tablename__ = "data_subject_request"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_data_subject_request_open", "register_id", "closed_on"),
        CheckConstraint("closed_on IS NULL OR closed_on >= received_on", name="closed_after"),
        CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="closed_with_outcome"),
        CheckConstraint(
            "(outcome = 'refused') = (refusal_ground IS NOT NULL) OR outcome IS NULL",
            name="refused_with_ground",
        ),
        CheckConstraint(
            "(extension_reason IS NULL) = (extension_told_on IS NULL)", name="extended_with_reason"
        ),
        CheckConstraint(
            "handed_over_on IS NULL OR identity_verified_at IS NOT NULL", name="identity_first"
        ),
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
    refusal_ground: Mapped[str | None] = mapped_column(String(20))
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

    @property
    def is_closed(self) -> bool:
        """Whether the request has been answered, refused or withdrawn."""
        return self.closed_on is not None

    @property
    def open_suspension(self) -> "ClockSuspension | None":
        """The question that the person has not answered yet."""
        return next((each for each in self.suspensions if each.answered_on is None), None)

    @property
    def package(self) -> "AnswerPackage | None":
        """The package that can be opened now."""
        return next((each for each in self.packages if each.erased_at is None), None)


class ClockSuspension(Base):
    """The clock stands while the person is asked for what identification or scope needs."""

    __tablename__ = "clock_suspension"
    __table_args__ = (
        Index(
            "uq_clock_suspension_open",
            "request_id",
            unique=True,
            sqlite_where=text("answered_on IS NULL"),
            postgresql_where=text("answered_on IS NULL"),
        ),
        CheckConstraint("answered_on IS NULL OR answered_on >= asked_on", name="answer_after"),
    )

    id: Mapped[PrimaryKey]
    request_id: Mapped[int] = mapped_column(ForeignKey("data_subject_request.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]
    # A person found that the question was asked with undue delay: it stops nothing then.
    asked_late: Mapped[bool] = mapped_column(default=False)

    request: Mapped[DataSubjectRequest] = relationship(back_populates="suspensions")


class AnswerPackage(Base):
    """The assembled answer, encrypted under its own key, until the request is closed."""

    __tablename__ = "answer_package"
    __table_args__ = (
        Index(
            "uq_answer_package_current",
            "request_id",
            unique=True,
            sqlite_where=text("erased_at IS NULL"),
            postgresql_where=text("erased_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    request_id: Mapped[int] = mapped_column(ForeignKey("data_subject_request.id"), index=True)
    blob_id: Mapped[str] = mapped_column(String(32), unique=True)
    key_id: Mapped[str] = mapped_column(String(32), unique=True)
    size: Mapped[int]
    # How many files are in it, and how many on record could not be put in.
    included: Mapped[int]
    omitted: Mapped[int]
    built_at: Mapped[datetime]
    built_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    erased_at: Mapped[datetime | None]

    request: Mapped[DataSubjectRequest] = relationship(back_populates="packages")
