"""Reading the files of retention rules: a new or changed rule is a new version of it."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from app import clock
from app.audit.events import Event
from app.audit.services import record
from app.config import settings
from app.db import transaction
from app.retention.confirmation import after_a_file, differs_beyond_confirmation
from app.retention.models import RetentionRule, RetentionRuleVersion
from app.retention.policies import RetentionPolicy, load_policies
from app.retention.queries import parse_policy
from app.retention.services.versions import in_force, in_order, next_version


@dataclass(frozen=True)
class LoadedRules:
    """What reading files did: keys of the rules that have a new version, and of those spared.

    `spared` were changed in the browser, and the file says something else.
    """

    changed: tuple[str, ...]
    spared: tuple[str, ...]


class _Outcome(Enum):
    SAME = auto()
    CHANGED = auto()
    SPARED = auto()


def load_rules(*paths: Path, replace_changed: bool = False) -> LoadedRules:
    """Read the rules of files or folders and keep those that are new or changed.

    Without paths: the folder of the settings.

    A rule that was changed in the browser is left as it is unless `replace_changed` says so; once
    a file says the same, files lead again. Raises `DefinitionError` with every mistake of the
    files; then nothing is kept.
    """
    policies = load_policies(*(paths or [settings().policies_path]))
    found: dict[_Outcome, list[str]] = {outcome: [] for outcome in _Outcome}
    rows: list[dict[str, Any]] = []
    with transaction() as session:
        # In a few statements: a folder may hold hundreds of rules.
        known = _rules_of(session, sorted(policy.key for policy in policies))
        for policy in policies:
            rule = known[policy.key]
            outcome, kept = _outcome(in_order(rule), policy, replace_changed=replace_changed)
            found[outcome].append(policy.key)
            if outcome is _Outcome.CHANGED:
                rows.append(next_version(rule, kept, _start(rule)))
        if rows:
            session.execute(insert(RetentionRuleVersion), rows)
            together = "".join(row["content_hash"] for row in rows)
            record(
                Event.RULES_LOADED,
                actor_id=None,
                details={
                    "count": len(rows),
                    "source_hash": hashlib.sha256(together.encode()).hexdigest(),
                },
            )
    return LoadedRules(tuple(found[_Outcome.CHANGED]), tuple(found[_Outcome.SPARED]))


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


def _start(rule: RetentionRule) -> date:
    """From when a version of a file rules: today, or with the last one, if that is to come."""
    return max([clock.today(), *(version.in_force_from for version in rule.versions)])


def _outcome(
    known: Sequence[RetentionRuleVersion], in_file: RetentionPolicy, *, replace_changed: bool
) -> tuple[_Outcome, RetentionPolicy]:
    """What a file makes of a rule with these versions, and the rule as it would be kept."""
    if not known:
        return _Outcome.CHANGED, in_file
    last = known[-1]
    in_browser = [parse_policy(each.content) for each in known if each.changed_by_id is not None]
    policy = after_a_file(in_file, parse_policy(last.content), in_browser)
    if policy.content_hash == last.content_hash:
        if last.changed_by_id is not None and last.in_file_at is None:
            last.in_file_at = clock.now()
        return _Outcome.SAME, policy
    if replace_changed or not _is_changed_in_browser(known):
        return _Outcome.CHANGED, policy
    # A change that has still to begin leaves what is in force to the file, which may say that.
    now = parse_policy(in_force(known).content)
    same = after_a_file(in_file, now, in_browser) == now
    return (_Outcome.SAME if same else _Outcome.SPARED), policy


def _is_changed_in_browser(known: Sequence[RetentionRuleVersion]) -> bool:
    """Whether the last version says more than a confirmation beyond what files have said."""
    of_files = [each for each in known if each.changed_by_id is None or each.in_file_at is not None]
    if not of_files:
        return True
    return differs_beyond_confirmation(
        parse_policy(of_files[-1].content), parse_policy(known[-1].content)
    )
