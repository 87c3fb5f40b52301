"""Confirming that a retention rule was checked in its source."""

from datetime import date

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.db import transaction
from app.retention.confirmation import with_confirmation
from app.retention.models import RetentionRuleVersion
from app.retention.policies import RetentionPolicy
from app.retention.queries import parse_policy
from app.retention.services.versions import in_force, in_order, locked_rule, next_version
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound

ROLE_MAX = 120
SOURCE_MAX = 500


def confirm(
    actor: Actor, key: str, *, seen: int, confirmed_by: str, confirmed_on: date, source: str
) -> RetentionRuleVersion:
    """Confirm that a rule was checked in its source: a new version that differs in its mandate.

    `seen` is the number of the version in force that the person looked at; `confirmed_by` the role,
    in words; `source` what was read. A rule belongs to no register, so that a data protection
    officer of any register may confirm it. Raises `NotPermitted`, `NotFound` and `InputError`.
    """
    if not actor.has(Role.DATA_PROTECTION_OFFICER):
        raise NotPermitted(key)
    _check_confirmation(confirmed_by, confirmed_on, source)
    with transaction() as session:
        rule = locked_rule(session, key)
        if rule is None:
            raise NotFound(key)
        newest = in_force(in_order(rule))
        if newest.number != seen:
            message = _(
                "The rule has changed since you opened it: version %(number)s is shown now. Check "
                "it and confirm again.",
                number=newest.number,
            )
            raise InputError(None, message)
        policy = with_confirmation(
            _confirmable(newest),
            confirmed_by=confirmed_by.strip(),
            confirmed_on=confirmed_on,
            source=source.strip(),
        )
        if policy.content_hash == newest.content_hash:
            raise InputError(None, _("The rule has this confirmation already."))
        version = RetentionRuleVersion(
            **next_version(rule, policy, clock.today()), changed_by_id=actor.user_id
        )
        session.add(version)
        session.flush()
        record(
            Event.RULES_CONFIRMED,
            actor_id=actor.user_id,
            object_type=ObjectType.RETENTION_RULE_VERSION,
            object_id=version.id,
            details={"rule": rule.id, "version": version.number},
        )
    return version


def _check_confirmation(confirmed_by: str, confirmed_on: date, source: str) -> None:
    if not confirmed_by.strip():
        raise InputError("confirmed_by", _("Give the role of the person who confirms."))
    if len(confirmed_by) > ROLE_MAX:
        message = _("Use at most %(limit)s characters.", limit=ROLE_MAX)
        raise InputError("confirmed_by", message)
    if not source.strip():
        raise InputError("source", _("Tell which source was read, and where it is."))
    if len(source) > SOURCE_MAX:
        raise InputError("source", _("Use at most %(limit)s characters.", limit=SOURCE_MAX))
    if confirmed_on > clock.today():
        message = _("A source cannot have been checked in the future: choose today at the latest.")
        raise InputError("confirmed_on", message)


def _confirmable(newest: RetentionRuleVersion) -> RetentionPolicy:
    """The rule of a version. Raises `InputError` for one whose period is still open."""
    policy = parse_policy(newest.content)
    if policy.is_period_open:
        message = _("The rule has no period yet, so there is nothing to confirm. Set it first.")
        raise InputError(None, message)
    return policy
