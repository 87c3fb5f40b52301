"""Reads of retention rules and their versions.

A version is in force from its day until the day of the next one, so that "in force" is always a
question of a day; see `app.retention.models.RetentionRuleVersion`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app import clock
from app.accounts.models import User
from app.db import db
from app.retention.confirmation import says_the_same
from app.retention.models import RetentionRule, RetentionRuleProposal, RetentionRuleVersion
from app.retention.policies import RetentionPolicy
from app.web.problems import NotFound

# The order in which versions of a rule follow each other.
IN_ORDER = (RetentionRuleVersion.in_force_from, RetentionRuleVersion.number)


@dataclass(frozen=True)
class RuleInForce:
    """A rule with the number and id of its version in force."""

    version_id: int
    number: int
    policy: RetentionPolicy


@dataclass(frozen=True)
class RuleVersion:
    """One version of a rule, and who made it: None where it came from a file.

    `approved_by` and `proposal_id` tell of the approval of a change that was made in the browser.
    """

    id: int
    number: int
    policy: RetentionPolicy
    in_force_from: date
    changed_by: str | None
    approved_by: str | None = None
    proposal_id: int | None = None

    @property
    def has_begun(self) -> bool:
        """Whether the version is in force, or was."""
        return self.in_force_from <= clock.today()


@lru_cache(maxsize=512)
def parse_policy(content: str) -> RetentionPolicy:
    """The rule that a version's stored content says; versions never change, so it is cached."""
    return RetentionPolicy.from_json(content)


def current_rule_version(rule_key: str) -> RetentionRuleVersion:
    """The version of a rule that is in force today. Raises `NotFound` for an unknown rule.

    A rule that begins later than today has its first version.
    """
    statement = (
        select(RetentionRuleVersion)
        .join(RetentionRule)
        .where(RetentionRule.key == rule_key)
        .order_by(*IN_ORDER)
    )
    begun = RetentionRuleVersion.in_force_from <= clock.today()
    last = statement.order_by(None).order_by(*(column.desc() for column in IN_ORDER)).limit(1)
    found = db.session.scalar(last.where(begun)) or db.session.scalar(statement.limit(1))
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
    """All versions of a rule, the last one first. Raises `NotFound` for an unknown rule."""
    approver = aliased(User)
    rows = db.session.execute(
        select(
            RetentionRuleVersion,
            User.display_name,
            approver.display_name,
            RetentionRuleProposal.id,
        )
        .join(RetentionRule)
        .outerjoin(User, User.id == RetentionRuleVersion.changed_by_id)
        .outerjoin(
            RetentionRuleProposal, RetentionRuleProposal.version_id == RetentionRuleVersion.id
        )
        .outerjoin(approver, approver.id == RetentionRuleProposal.decided_by_id)
        .where(RetentionRule.key == rule_key)
        .order_by(*(column.desc() for column in IN_ORDER))
    ).all()
    if not rows:
        raise NotFound(rule_key)
    return [
        RuleVersion(
            each.id,
            each.number,
            parse_policy(each.content),
            each.in_force_from,
            name,
            approved_by,
            proposal_id,
        )
        for each, name, approved_by, proposal_id in rows
    ]


def in_force_of(versions: Sequence[RuleVersion]) -> RuleVersion:
    """Of the versions of a rule, last one first, the one in force today; else the first to be."""
    return next((each for each in versions if each.has_begun), versions[-1])


def earlier_versions(version: RetentionRuleVersion) -> list[int]:
    """Ids of the versions of the same rule that come before one."""
    rows = db.session.execute(
        select(RetentionRuleVersion.id, *IN_ORDER)
        .where(RetentionRuleVersion.rule_id == version.rule_id)
        .order_by(*IN_ORDER)
    )
    own = (version.in_force_from, version.number)
    return [id_ for id_, day, number in rows if (day, number) < own]


def keys_of_versions() -> dict[int, str]:
    """The key of the rule of every version, by version id."""
    rows = db.session.execute(
        select(RetentionRuleVersion.id, RetentionRule.key).join(RetentionRule)
    )
    return dict(rows.all())


def rules_known(at: datetime) -> list[RetentionPolicy]:
    """The version of each rule that was in force at a moment, as it was known then."""
    rows = db.session.execute(
        select(RetentionRule.key, RetentionRuleVersion.content)
        .join(RetentionRuleVersion)
        .where(
            RetentionRuleVersion.loaded_at <= at,
            RetentionRuleVersion.in_force_from <= at.astimezone(clock.HELSINKI).date(),
        )
        .order_by(RetentionRule.key, *IN_ORDER)
    )
    return [parse_policy(content) for content in dict(rows.all()).values()]


def rules_in_force() -> list[RuleInForce]:
    """The version in force today of every rule, in the order of their keys."""
    rows = db.session.execute(
        select(RetentionRule.key, RetentionRuleVersion)
        .join(RetentionRuleVersion)
        .where(RetentionRuleVersion.in_force_from <= clock.today())
        .order_by(RetentionRule.key, *IN_ORDER)
    )
    newest = dict(rows.all())
    return [
        RuleInForce(version.id, version.number, parse_policy(version.content))
        for version in newest.values()
    ]


def rule_as_known(version_id: int) -> tuple[int, RetentionPolicy]:
    """Number and rule of a version, with what is known now of its authority.

    Whether a source was checked is a fact about the rule's wording, not about the day of a
    document: where a later version says the same, its certainty and its confirmation, or that they
    were taken back, count for the earlier one as well. Raises `NotFound`.
    """
    version = rule_version(version_id)
    rule = parse_policy(version.content)
    contents = db.session.scalars(
        select(RetentionRuleVersion.content)
        .where(RetentionRuleVersion.rule_id == version.rule_id)
        .order_by(RetentionRuleVersion.number.desc())
    )
    alike = (each for each in map(parse_policy, contents) if says_the_same(rule, each))
    latest = next(alike, rule).mandate
    known = rule.mandate.model_copy(
        update={
            "certainty": latest.certainty,
            "confirmed_by": latest.confirmed_by,
            "confirmed_on": latest.confirmed_on,
        }
    )
    return version.number, rule.model_copy(update={"mandate": known})
