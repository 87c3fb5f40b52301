"""Taking retention rules into use and confirming them: a changed rule is a new version of it."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.events import Event
from app.audit.services import record
from app.config import settings
from app.db import transaction
from app.retention.confirmation import after_a_file, with_confirmation
from app.retention.models import RetentionRule, RetentionRuleVersion
from app.retention.policies import RetentionPolicy, load_policies
from app.retention.queries import current_rule_version, parse_policy
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound

ROLE_MAX = 120
SOURCE_MAX = 500


def load_rules(path: Path | None = None, actor: Actor | None = None) -> list[str]:
    """Read the rules of a folder and keep those that are new or changed: their keys.

    Raises `DefinitionError` with every mistake of the files; then nothing is kept.
    """
    policies = load_policies(path or settings().policies_path)
    with transaction() as session:
        # In a few statements: a folder may hold hundreds of rules.
        known = _rules_of(session, sorted(policy.key for policy in policies))
        versions = [(policy, _changed(known[policy.key], policy)) for policy in policies]
        changed = [policy for policy, version in versions if version]
        if changed:
            session.execute(
                insert(RetentionRuleVersion), [each for _policy, each in versions if each]
            )
            together = "".join(policy.content_hash for policy in changed)
            record(
                Event.RULES_LOADED,
                actor_id=actor.user_id if actor else None,
                details={
                    "count": len(changed),
                    "source_hash": hashlib.sha256(together.encode()).hexdigest(),
                },
            )
    return [policy.key for policy in changed]


def confirm(
    actor: Actor, key: str, *, seen: int, confirmed_by: str, confirmed_on: date, source: str
) -> RetentionRuleVersion:
    """Confirm that a rule was checked in its source: a new version that differs in its mandate.

    `seen` is the number of the version that the person looked at; `confirmed_by` the role, in
    words; `source` what was read. A rule belongs to no register, so that a data protection officer
    of any register may confirm it. Raises `NotPermitted`, `NotFound` and `InputError`.
    """
    if not actor.has(Role.DATA_PROTECTION_OFFICER):
        raise NotPermitted(key)
    _check_confirmation(confirmed_by, confirmed_on, source)
    with transaction() as session:
        # Locked, so that of two people who confirm at once the second is told.
        rule = session.scalar(
            select(RetentionRule).where(RetentionRule.key == key).with_for_update()
        )
        if rule is None:
            raise NotFound(key)
        newest = current_rule_version(key)
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
            **_next_version(rule, newest, policy), changed_by_id=actor.user_id
        )
        session.add(version)
        session.flush()
        record(
            Event.RULES_CONFIRMED,
            actor_id=actor.user_id,
            object_type="retention_rule_version",
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


def _rules_of(session: Session, keys: Sequence[str]) -> dict[str, RetentionRule]:
    """Rules by their key, with their versions read, locked; those that are missing are made."""
    statement = (
        select(RetentionRule)
        .order_by(RetentionRule.key)
        .options(selectinload(RetentionRule.versions))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known = {rule.key: rule for rule in session.scalars(statement)}
    while new := [{"key": key} for key in keys if key not in known]:
        # Where somebody else loads the same rules at this moment, theirs are there to be read.
        with suppress(IntegrityError), session.begin_nested():
            session.execute(insert(RetentionRule), new)
        known = {rule.key: rule for rule in session.scalars(statement)}
    return known


def _changed(rule: RetentionRule, policy: RetentionPolicy) -> dict[str, Any] | None:
    """The next version of a rule after a file; None where its newest one says the same."""
    newest = rule.versions[-1] if rule.versions else None
    if newest is not None and newest.content_hash != policy.content_hash:
        in_browser = [
            parse_policy(each.content) for each in rule.versions if each.changed_by_id is not None
        ]
        policy = after_a_file(policy, parse_policy(newest.content), in_browser)
    if newest is not None and newest.content_hash == policy.content_hash:
        return None
    return _next_version(rule, newest, policy)


def _next_version(
    rule: RetentionRule, newest: RetentionRuleVersion | None, policy: RetentionPolicy
) -> dict[str, Any]:
    return {
        "rule_id": rule.id,
        "number": newest.number + 1 if newest else 1,
        "content": policy.to_json(),
        "content_hash": policy.content_hash,
        "in_force_from": clock.today(),
        "loaded_at": clock.now(),
    }
