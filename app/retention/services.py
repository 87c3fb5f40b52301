"""Taking retention rules into use: a changed rule becomes a new version of it."""

import hashlib
from pathlib import Path

from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event
from app.audit.services import record
from app.config import settings
from app.db import transaction
from app.retention.models import RetentionRule, RetentionRuleVersion
from app.retention.policies import RetentionPolicy, load_policies


def load_rules(path: Path | None = None, actor: Actor | None = None) -> list[str]:
    """Read the rules of a folder and keep those that are new or changed: their keys.

    Raises `DefinitionError` with every mistake of the files; then nothing is kept.
    """
    policies = load_policies(path or settings().policies_path)
    with transaction():
        changed = [policy for policy in policies if _keep(policy)]
        if changed:
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


def _keep(policy: RetentionPolicy) -> bool:
    """Add a version unless the newest one says the same; whether one was added."""
    with transaction() as session:
        rule = session.scalar(select(RetentionRule).where(RetentionRule.key == policy.key))
        if rule is None:
            rule = RetentionRule(key=policy.key)
            session.add(rule)
            session.flush()
        newest = session.scalar(
            select(RetentionRuleVersion)
            .where(RetentionRuleVersion.rule_id == rule.id)
            .order_by(RetentionRuleVersion.number.desc())
            .limit(1)
        )
        if newest is not None and newest.content_hash == policy.content_hash:
            return False
        session.add(
            RetentionRuleVersion(
                rule_id=rule.id,
                number=newest.number + 1 if newest else 1,
                content=policy.to_json(),
                content_hash=policy.content_hash,
                in_force_from=clock.today(),
                loaded_at=clock.now(),
            )
        )
        return True
