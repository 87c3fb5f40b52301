"""Tables of retention rules: a changed rule is a new version, earlier ones stay."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
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
    """One version of a rule: period, trigger, action and mandate as they were then."""

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

    rule: Mapped[RetentionRule] = relationship(back_populates="versions")
