"""Loading register files: each new or changed definition becomes a draft version."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event
from app.audit.services import record
from app.config import settings
from app.db import db, transaction
from app.registers.definitions import RegisterDefinition, load_registers
from app.registers.models import Register, RegisterVersion
from app.retention.policies import load_policies


def load(
    paths: Sequence[Path] | None = None,
    policies_path: Path | None = None,
    actor: Actor | None = None,
) -> list[str]:
    """Read register files; each new or changed one becomes a draft version: their keys.

    Raises `DefinitionError` with every mistake of the files; then nothing is kept.
    """
    policies = load_policies(policies_path or settings().policies_path)
    others = db.session.scalars(select(Register.key)).all()
    definitions = load_registers(
        *(paths or [settings().registers_path]), policies=policies, others=others
    )
    with transaction() as session:
        return [
            definition.key for definition in definitions if _keep_draft(session, definition, actor)
        ]


def _keep_draft(session: Session, definition: RegisterDefinition, actor: Actor | None) -> bool:
    """Put the definition into the register's draft; whether anything changed."""
    register = session.scalar(select(Register).where(Register.key == definition.key))
    if register is None:
        register = Register(key=definition.key, created_at=clock.now(), versions=[])
        session.add(register)
        session.flush()
    newest = register.versions[-1] if register.versions else None
    if newest is not None and newest.content_hash == definition.content_hash:
        return False
    if newest is not None and newest.state == "draft":
        draft = newest
    else:
        draft = RegisterVersion(register_id=register.id, number=newest.number + 1 if newest else 1)
        session.add(draft)
    draft.content = definition.to_json()
    draft.content_hash = definition.content_hash
    draft.loaded_at = clock.now()
    session.flush()
    record(
        Event.REGISTER_LOADED,
        actor_id=actor.user_id if actor else None,
        register_id=register.id,
        object_type="register_version",
        object_id=draft.id,
        details={"source_hash": draft.content_hash},
    )
    return True
