"""Findings of a register as people have settled them: still open, or accepted with a reason.

An acceptance counts for exactly the facts that were accepted, told by their fingerprint: when they
change, the finding is open again, and the earlier acceptance is shown beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.db import db
from app.registers.definitions import RegisterDefinition
from app.registers.editions import covering_definition
from app.registers.findings import Finding, Severity, check_register
from app.registers.models import FindingAcceptance, RegisterVersion
from app.registers.queries import parse_definition
from app.retention.policies import PolicySet, RetentionPolicy
from app.retention.queries import rules_in_force


@dataclass(frozen=True)
class Acceptance:
    """Who lives with a finding, since when, and why."""

    code: str
    place: str
    fingerprint: str
    reason: str
    accepted_by: str
    accepted_at: datetime


@dataclass(frozen=True)
class Settled:
    """The findings of one definition.

    `open`: those to settle. `accepted`: pairs of a finding and its acceptance. `earlier`: by
    fingerprint of an open finding, the acceptance of the same matter when its facts were others.
    """

    open: tuple[Finding, ...] = ()
    accepted: tuple[tuple[Finding, Acceptance], ...] = ()
    earlier: Mapping[str, Acceptance] = field(default_factory=dict)

    def find(self, fingerprint: str) -> Finding | None:
        """The open finding with this fingerprint."""
        return next((each for each in self.open if each.fingerprint == fingerprint), None)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The open findings of a severity."""
        return tuple(each for each in self.open if each.severity == severity)


@lru_cache(maxsize=64)
def findings_of(
    definition: RegisterDefinition,
    policies: tuple[RetentionPolicy, ...],
    covering: RegisterDefinition | None = None,
) -> tuple[Finding, ...]:
    """What the checks find; kept, because pages are opened often and definitions change seldom."""
    return check_register(definition, PolicySet.of(policies), covering=covering)


def settled(found: Iterable[Finding], acceptances: Iterable[Acceptance]) -> Settled:
    """Tell the open findings from the accepted ones."""
    by_fingerprint = {each.fingerprint: each for each in acceptances}
    by_place = {(each.code, each.place): each for each in by_fingerprint.values()}
    waiting = [each for each in found if each.fingerprint not in by_fingerprint]
    accepted = [
        (each, by_fingerprint[each.fingerprint])
        for each in found
        if each.fingerprint in by_fingerprint
    ]
    known = {each.fingerprint for each, _acceptance in accepted}
    earlier = {
        each.fingerprint: before
        for each in waiting
        if (before := by_place.get((each.code, each.place))) and before.fingerprint not in known
    }
    return Settled(tuple(waiting), tuple(accepted), earlier)


def settled_findings(
    register_id: int, definition: RegisterDefinition, policies: tuple[RetentionPolicy, ...]
) -> Settled:
    """The findings of a register's definition with what people have accepted in the register."""
    covering = covering_definition(definition.key, clock.today())
    return settled(findings_of(definition, policies, covering), acceptances(register_id))


def open_serious(version: RegisterVersion) -> tuple[Finding, ...]:
    """The serious findings of a version that nobody has accepted, by the rules in force now."""
    policies = tuple(rule.policy for rule in rules_in_force())
    definition = parse_definition(version.content)
    return settled_findings(version.register_id, definition, policies).of(Severity.ERROR)


def acceptances(register_id: int) -> list[Acceptance]:
    """What has been accepted in a register and not taken back, the oldest first."""
    statement = (
        select(FindingAcceptance, User.display_name)
        .join(User, User.id == FindingAcceptance.accepted_by_id)
        .where(FindingAcceptance.register_id == register_id, FindingAcceptance.revoked_at.is_(None))
        .order_by(FindingAcceptance.id)
    )
    return [
        Acceptance(row.code, row.place, row.facts_hash, row.reason, name, row.accepted_at)
        for row, name in db.session.execute(statement)
    ]
