"""Tables of retention rules: a changed rule is a new version, earlier ones stay.

A version comes from a file, or in the browser from a proposal that another person has approved.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class RetentionRule(Base):
    """A retention rule, known by the key of its definition."""

    __tablename__ = "retention_rule"

    id: Mapped[PrimaryKey]
    key: Mapped[str] = mapped_column(String(80), unique=True)

    versions: Mapped[list["RetentionRuleVersion"]] = relationship(
        back_populates="rule", order_by="RetentionRuleVersion.number"
    )


class RetentionRuleVersion(Base):
    """One version of a rule: period, trigger, action and mandate as they were then.

    Of the versions that have begun, the one that began last is in force; of two that began on the
    same day, the one with the higher number.
    """

    __tablename__ = "retention_rule_version"
    __table_args__ = (UniqueConstraint("rule_id", "number"),)

    id: Mapped[PrimaryKey]
    rule_id: Mapped[int] = mapped_column(ForeignKey("retention_rule.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    in_force_from: Mapped[date]
    loaded_at: Mapped[datetime]
    # Who changed it in the browser; None where it came from a file.
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    # When a file was first found to say the same as this version of the browser.
    in_file_at: Mapped[datetime | None]

    rule: Mapped[RetentionRule] = relationship(back_populates="versions")


class RetentionRuleProposal(Base):
    """A change of a rule, or a new rule, that one person proposes and another one decides on.

    Its content never changes, so that what is approved is what was proposed. `base_id` is the
    version that it would follow; None for a new rule. `version_id` is the version that it became.
    """

    __tablename__ = "retention_rule_proposal"
    __table_args__ = (
        Index(
            "uq_retention_rule_proposal_open",
            "rule_key",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        CheckConstraint("state IN ('proposed', 'approved', 'rejected', 'withdrawn')", name="state"),
        CheckConstraint(
            "state NOT IN ('approved', 'rejected') OR decided_by_id <> proposed_by_id",
            name="four_eyes",
        ),
        CheckConstraint(
            "state <> 'withdrawn' OR decided_by_id = proposed_by_id", name="own_withdrawal"
        ),
        CheckConstraint(
            "(state = 'proposed') = (decided_by_id IS NULL) "
            "AND (decided_by_id IS NULL) = (decided_at IS NULL)",
            name="decided_by_whom",
        ),
        CheckConstraint("(state = 'approved') = (version_id IS NOT NULL)", name="approved_version"),
        CheckConstraint(
            "state IN ('proposed', 'approved') OR decision_reason IS NOT NULL", name="why_not"
        ),
    )

    id: Mapped[PrimaryKey]
    rule_key: Mapped[str] = mapped_column(String(80), index=True)
    base_id: Mapped[int | None] = mapped_column(ForeignKey("retention_rule_version.id"))
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    in_force_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    # Whether documents that were logged earlier come under the new version, too.
    moves_earlier: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("retention_rule_version.id"), unique=True
    )
