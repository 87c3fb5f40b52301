"""Versions of a rule as the services find and add them; the order is that of the queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.retention.models import RetentionRule, RetentionRuleVersion
from app.retention.policies import RetentionPolicy


def locked_rule(session: Session, key: str) -> RetentionRule | None:
    """The rule with a key, locked, so that of two people who change it one comes second."""
    return session.scalar(select(RetentionRule).where(RetentionRule.key == key).with_for_update())


def in_order(rule: RetentionRule) -> list[RetentionRuleVersion]:
    """The versions of a rule in their order; the last one may begin later than today."""
    return sorted(rule.versions, key=lambda version: (version.in_force_from, version.number))


def in_force(known: Sequence[RetentionRuleVersion]) -> RetentionRuleVersion:
    """Of the versions of a rule in their order, the one in force today; else the first to be."""
    today = clock.today()
    begun = [version for version in known if version.in_force_from <= today]
    return begun[-1] if begun else known[0]


def next_version(
    rule: RetentionRule, policy: RetentionPolicy, in_force_from: date
) -> dict[str, Any]:
    """The row of a version with the next number."""
    return {
        "rule_id": rule.id,
        "number": max((version.number for version in rule.versions), default=0) + 1,
        "content": policy.to_json(),
        "content_hash": policy.content_hash,
        "in_force_from": in_force_from,
        "loaded_at": clock.now(),
    }
