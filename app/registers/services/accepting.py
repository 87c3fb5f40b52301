"""A finding is settled by a change, or accepted with a reason, a name and a day."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.db import transaction
from app.registers.editions import covering_definition
from app.registers.findings import Finding
from app.registers.models import FindingAcceptance, Register, RegisterVersion
from app.registers.queries import parse_definition
from app.registers.settling import findings_of
from app.retention.queries import rules_in_force
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound

SHORTEST_REASON = 10
LONGEST_REASON = 2000

# Who settles findings; an owner only those of the own registers.
SETTLERS = (Role.REGISTER_OWNER, Role.DATA_PROTECTION_OFFICER)


@dataclass(frozen=True)
class Shown:
    """A finding as the person saw it: its code, its place, and the fingerprint of its facts."""

    code: str
    place: str
    fingerprint: str


def accept_finding(actor: Actor, version_id: int, shown: Shown, reason: str) -> FindingAcceptance:
    """Accept a finding of a version, for its register and for as long as its facts are the same.

    Raises `InputError` for a reason that says too little, `Conflict` when the finding is settled
    already, is gone, or has other facts than those that were shown.
    """
    with transaction() as session:
        version = session.get(RegisterVersion, version_id)
        if version is None:
            raise NotFound(version_id)
        actor.require(version.register_id, *SETTLERS)
        reason = _checked(reason)
        _lock(session, version.register_id)
        found = _same(version, shown)
        if _active(session, version.register_id, shown.fingerprint) is not None:
            raise Conflict(_("Somebody has accepted this finding meanwhile."))
        acceptance = FindingAcceptance(
            register_id=version.register_id,
            code=str(found.code),
            place=found.place,
            facts_hash=found.fingerprint,
            reason=reason,
            accepted_by_id=actor.user_id,
            accepted_at=clock.now(),
        )
        session.add(acceptance)
        session.flush()
        _record(Event.FINDING_ACCEPTED, actor, acceptance)
    return acceptance


def revoke_acceptance(actor: Actor, register_id: int, fingerprint: str) -> None:
    """Take an acceptance back: the finding is open again. The acceptance stays on record.

    Raises `NotFound` when nothing with this fingerprint is accepted in the register.
    """
    with transaction() as session:
        actor.require(register_id, *SETTLERS)
        _lock(session, register_id)
        acceptance = _active(session, register_id, fingerprint)
        if acceptance is None:
            raise NotFound(fingerprint)
        acceptance.revoked_by_id = actor.user_id
        acceptance.revoked_at = clock.now()
        _record(Event.FINDING_ACCEPTANCE_REVOKED, actor, acceptance)


def _checked(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise InputError(
            "reason",
            _(
                "Write why the finding can stay, in at least %(count)s characters.",
                count=SHORTEST_REASON,
            ),
        )
    if len(reason) > LONGEST_REASON:
        raise InputError(
            "reason", _("Shorten the reason to %(count)s characters.", count=LONGEST_REASON)
        )
    return reason


def _lock(session: Session, register_id: int) -> None:
    """One person at a time settles findings of a register, so that none is accepted twice."""
    session.execute(select(Register.id).where(Register.id == register_id).with_for_update())


def _same(version: RegisterVersion, shown: Shown) -> Finding:
    """The finding that was shown, as the checks find it now."""
    policies = tuple(rule.policy for rule in rules_in_force())
    definition = parse_definition(version.content)
    covering = covering_definition(definition.key, clock.today())
    found = findings_of(definition, policies, covering)
    for each in found:
        if each.fingerprint == shown.fingerprint:
            return each
    if any((each.code, each.place) == (shown.code, shown.place) for each in found):
        raise Conflict(
            _("The facts of this finding have changed. Read it again before you accept it.")
        )
    raise Conflict(_("This finding is not there any more; there is nothing to accept."))


def _active(session: Session, register_id: int, fingerprint: str) -> FindingAcceptance | None:
    return session.scalar(
        select(FindingAcceptance).where(
            FindingAcceptance.register_id == register_id,
            FindingAcceptance.facts_hash == fingerprint,
            FindingAcceptance.revoked_at.is_(None),
        )
    )


def _record(event: Event, actor: Actor, acceptance: FindingAcceptance) -> None:
    record(
        event,
        actor_id=actor.user_id,
        register_id=acceptance.register_id,
        object_type=ObjectType.FINDING_ACCEPTANCE,
        object_id=acceptance.id,
        details={"code": acceptance.code, "fingerprint": acceptance.facts_hash},
    )
