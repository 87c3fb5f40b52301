"""Reads of retention rules and their versions."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select

from app.accounts.models import User
from app.db import db
from app.retention.models import RetentionRule, RetentionRuleVersion
from app.retention.policies import RetentionPolicy
from app.web.problems import NotFound


@dataclass(frozen=True)
class RuleInForce:
    """A rule with the number and id of its newest version."""

    version_id: int
    number: int
    policy: RetentionPolicy


@dataclass(frozen=True)
class RuleVersion:
    """One version of a rule, and who made it: None where it came from a file."""

    id: int
    number: int
    policy: RetentionPolicy
    in_force_from: date
    changed_by: str | None


@lru_cache(maxsize=512)
def parse_policy(content: str) -> RetentionPolicy:
    """The rule that a version's stored content says; versions never change, so it is cached."""
    return RetentionPolicy.from_json(content)


def current_rule_version(rule_key: str) -> RetentionRuleVersion:
    """The newest version of a rule. Raises `NotFound` for an unknown rule."""
    newest = (
        select(RetentionRuleVersion)
        .join(RetentionRule)
        .where(RetentionRule.key == rule_key)
        .order_by(RetentionRuleVersion.number.desc())
        .limit(1)
    )
    found = db.session.scalar(newest)
    if found is None:
        raise NotFound(rule_key)
    return found


def rule_version(version_id: int) -> RetentionRuleVersion:
    """A version by its id. Raises `NotFound`."""
    found = db.session.get(RetentionRuleVersion, version_id)
    if found is None:
        raise NotFound(version_id)
    return found


def rule_of(version_id: int) -> RetentionPolicy:
    """The rule as it was in a version."""
    return parse_policy(rule_version(version_id).content)


def rules_of(version_ids: set[int]) -> dict[int, tuple[int, RetentionPolicy]]:
    """Version numbers and rules of many versions at once, by version id."""
    rows = db.session.execute(
        select(
            RetentionRuleVersion.id, RetentionRuleVersion.number, RetentionRuleVersion.content
        ).where(RetentionRuleVersion.id.in_(version_ids))
    )
    return {version_id: (number, parse_policy(content)) for version_id, number, content in rows}


def versions_of_rule(rule_key: str) -> list[RuleVersion]:
    """All versions of a rule, newest first. Raises `NotFound` for an unknown rule."""
    rows = db.session.execute(
        select(RetentionRuleVersion, User.display_name)
        .join(RetentionRule)
        .outerjoin(User, User.id == RetentionRuleVersion.changed_by_id)
        .where(RetentionRule.key == rule_key)
        .order_by(RetentionRuleVersion.number.desc())
    ).all()
    if not rows:
        raise NotFound(rule_key)
    return [
        RuleVersion(each.id, each.number, parse_policy(each.content), each.in_force_from, name)
        for each, name in rows
    ]


def keys_of_versions() -> dict[int, str]:
    """The key of the rule of every version, by version id."""
    rows = db.session.execute(
        select(RetentionRuleVersion.id, RetentionRule.key).join(RetentionRule)
    )
    return dict(rows.all())


def rules_known(at: datetime) -> list[RetentionPolicy]:
    """The newest version that each rule had at a moment."""
    rows = db.session.execute(
        select(RetentionRule.key, RetentionRuleVersion.content)
        .join(RetentionRuleVersion)
        .where(RetentionRuleVersion.loaded_at <= at)
        .order_by(RetentionRule.key, RetentionRuleVersion.number)
    )
    return [parse_policy(content) for content in dict(rows.all()).values()]


def rules_in_force() -> list[RuleInForce]:
    """The newest version of every rule, in the order of their keys."""
    rows = db.session.execute(
        select(RetentionRule.key, RetentionRuleVersion)
        .join(RetentionRuleVersion)
        .order_by(RetentionRule.key, RetentionRuleVersion.number)
    )
    newest = dict(rows.all())
    return [
        RuleInForce(version.id, version.number, parse_policy(version.content))
        for version in newest.values()
    ]
