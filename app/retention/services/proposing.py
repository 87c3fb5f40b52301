"""Changes of retention rules: one person proposes, another one approves or rejects.

A rule belongs to no register, so that whoever has the role in some register may act.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.db import insert_once, transaction
from app.retention.confirmation import after_a_proposal
from app.retention.models import RetentionRule, RetentionRuleProposal, RetentionRuleVersion
from app.retention.policies import RetentionPolicy
from app.retention.queries import parse_policy
from app.retention.services.versions import in_order, locked_rule, next_version
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound

PROPOSERS = (Role.DATA_PROTECTION_OFFICER, Role.REGISTER_OWNER, Role.RECORDS_MANAGER)
REASON_MAX = 2000

# Days from the proposal to the day from which the rule is to be in force.
LONGEST_NOTICE = 366


@dataclass(frozen=True)
class Change:
    """What a person proposes: the rule as it would be, from which day, and why.

    `moves_earlier`: documents that were logged earlier come under it as well.
    """

    policy: RetentionPolicy
    in_force_from: date
    reason: str
    moves_earlier: bool = False


def propose(actor: Actor, change: Change, *, seen: int) -> RetentionRuleProposal:
    """Propose a change of a rule, or a new rule; it waits for another person.

    `seen` is the number of the last version that the person looked at, 0 for a new rule. Raises
    `NotPermitted`, and `InputError` for what breaks a rule, and for the second of two proposals
    on one rule.
    """
    key = change.policy.key
    if not actor.has(*PROPOSERS):
        raise NotPermitted(key)
    _check_reason("reason", change.reason, _("Write why the rule is to be changed."))
    with transaction() as session:
        rule = locked_rule(session, key)
        known = in_order(rule) if rule is not None else []
        last = known[-1] if known else None
        _check_nobody_else(session, key)
        _check_seen(last, seen)
        policy = after_a_proposal(change.policy, parse_policy(last.content) if last else None)
        if last is not None and policy.content_hash == last.content_hash:
            raise InputError(None, _("Nothing is changed: the rule says this already."))
        _check_start(last, change.in_force_from)
        proposal = RetentionRuleProposal(
            rule_key=key,
            base_id=last.id if last is not None else None,
            content=policy.to_json(),
            content_hash=policy.content_hash,
            in_force_from=change.in_force_from,
            reason=change.reason.strip(),
            moves_earlier=change.moves_earlier,
            state="proposed",
            proposed_by_id=actor.user_id,
            proposed_at=clock.now(),
        )
        if not insert_once(session, proposal):
            # Two proposals of one new rule: there is no row to lock yet.
            raise InputError(None, _("Somebody else has proposed this rule at the same moment."))
        _record(Event.RULES_PROPOSED, actor, proposal)
    return proposal


def approve(actor: Actor, proposal_id: int) -> RetentionRuleVersion:
    """Make a version of what another person has proposed.

    It begins on the day that was proposed, or today where that day has passed. Raises
    `NotPermitted`, `Conflict` for a proposal that was decided on, and `InputError` for one's own
    and for one whose rule has changed since.
    """
    with transaction() as session:
        proposal = _waiting(session, actor, proposal_id)
        _check_other(actor, proposal)
        rule = locked_rule(session, proposal.rule_key)
        known = in_order(rule) if rule is not None else []
        if (known[-1].id if known else None) != proposal.base_id:
            message = _(
                "The rule has changed since this was proposed, so it cannot be approved as it is. "
                "Reject it; the change can be proposed again from its page."
            )
            raise InputError(None, message)
        if rule is None:
            rule = RetentionRule(key=proposal.rule_key)
            if not insert_once(session, rule):
                raise Conflict(_("There is already a retention rule with this key."))
        start = max(proposal.in_force_from, clock.today())
        version = RetentionRuleVersion(
            **next_version(rule, parse_policy(proposal.content), start),
            changed_by_id=proposal.proposed_by_id,
        )
        session.add(version)
        session.flush()
        proposal.version_id = version.id
        _decide(actor, proposal, "approved")
        session.flush()
        _record(Event.RULES_APPROVED, actor, proposal, version=version.number)
    return version


def reject(actor: Actor, proposal_id: int, reason: str) -> RetentionRuleProposal:
    """Turn down what another person has proposed. Raises as `approve`, and for no reason given."""
    _check_reason("decision_reason", reason, _("Write why the change is not approved."))
    with transaction() as session:
        proposal = _waiting(session, actor, proposal_id)
        _check_other(actor, proposal)
        _decide(actor, proposal, "rejected", reason)
        session.flush()
        _record(Event.RULES_REJECTED, actor, proposal)
    return proposal


def withdraw(actor: Actor, proposal_id: int, reason: str) -> RetentionRuleProposal:
    """Take an own proposal back. Raises as `reject`, and `NotPermitted` for another's."""
    _check_reason("decision_reason", reason, _("Write why the change is withdrawn."))
    with transaction() as session:
        proposal = _locked(session, proposal_id)
        if proposal.proposed_by_id != actor.user_id:
            raise NotPermitted(proposal_id)
        _decide(actor, proposal, "withdrawn", reason)
        session.flush()
        _record(Event.RULES_WITHDRAWN, actor, proposal)
    return proposal


def _check_reason(field: str, reason: str, message: str) -> None:
    if not reason.strip():
        raise InputError(field, message)
    if len(reason) > REASON_MAX:
        raise InputError(field, _("Use at most %(limit)s characters.", limit=REASON_MAX))


def _check_nobody_else(session: Session, key: str) -> None:
    """Of two proposals on one rule the second has to wait, and is told for whom."""
    found = session.execute(
        select(User.display_name, RetentionRuleProposal.proposed_at)
        .join(User, User.id == RetentionRuleProposal.proposed_by_id)
        .where(RetentionRuleProposal.rule_key == key, RetentionRuleProposal.state == "proposed")
    ).first()
    if found is not None:
        name, at = found
        message = _(
            "%(name)s has proposed a change of this rule on %(day)s, and it waits for a decision. "
            "What you typed is kept on this page; propose it when the other one has been decided.",
            name=name,
            day=format_date(at.astimezone(clock.HELSINKI).date()),
        )
        raise InputError(None, message)


def _check_seen(last: RetentionRuleVersion | None, seen: int) -> None:
    if last is None and seen:
        raise InputError(None, _("There is no such rule any more."))
    if last is not None and not seen:
        raise InputError("key", _("There is already a retention rule with this key."))
    if last is not None and last.number != seen:
        message = _(
            "The rule has changed since you opened it: version %(number)s is the last one now. "
            "What you typed is kept; see what it changes, and propose it again.",
            number=last.number,
        )
        raise InputError(None, message)


def _check_start(last: RetentionRuleVersion | None, in_force_from: date) -> None:
    today = clock.today()
    if in_force_from < today:
        message = _("A rule cannot be changed for days that have passed: choose today or later.")
        raise InputError("in_force_from", message)
    if (in_force_from - today).days > LONGEST_NOTICE:
        raise InputError("in_force_from", _("Choose a day within a year from today."))
    if last is not None and in_force_from < last.in_force_from:
        message = _(
            "Version %(number)s begins on %(day)s: choose that day or a later one.",
            number=last.number,
            day=format_date(last.in_force_from),
        )
        raise InputError("in_force_from", message)


def _waiting(session: Session, actor: Actor, proposal_id: int) -> RetentionRuleProposal:
    if not actor.has(Role.DATA_PROTECTION_OFFICER):
        raise NotPermitted(proposal_id)
    return _locked(session, proposal_id)


def _locked(session: Session, proposal_id: int) -> RetentionRuleProposal:
    """A proposal that waits, locked. Raises `NotFound`, and `Conflict` for one decided on."""
    proposal = session.get(RetentionRuleProposal, proposal_id, with_for_update=True)
    if proposal is None:
        raise NotFound(proposal_id)
    if proposal.state != "proposed":
        raise Conflict(_("This proposal has been decided on already."))
    return proposal


def _check_other(actor: Actor, proposal: RetentionRuleProposal) -> None:
    if proposal.proposed_by_id == actor.user_id:
        message = _("You proposed this yourself: another person decides on it.")
        raise InputError(None, message)


def _decide(
    actor: Actor, proposal: RetentionRuleProposal, state: str, reason: str | None = None
) -> None:
    proposal.state = state
    proposal.decided_by_id = actor.user_id
    proposal.decided_at = clock.now()
    proposal.decision_reason = reason.strip() if reason is not None else None


def _record(event: Event, actor: Actor, proposal: RetentionRuleProposal, **more: int) -> None:
    """What the log says: the rule's key and the fingerprint of its content, never its texts."""
    record(
        event,
        actor_id=actor.user_id,
        object_type=ObjectType.RETENTION_RULE_PROPOSAL,
        object_id=proposal.id,
        details={"rule": proposal.rule_key, "fingerprint": proposal.content_hash, **more},
    )
