"""Handing the log to an outsider: one payload per line, and the signed checkpoint beside it."""

import os
import secrets
from pathlib import Path

from sqlalchemy import select

from app.audit.checkpoint import Checkpoint
from app.audit.events import Event
from app.audit.models import AuditCheckpoint, AuditEntry
from app.audit.services.recording import record
from app.audit.services.signing import sign_checkpoint
from app.crypto.durable import sync_folder, write_file
from app.db import db, transaction


class NothingToExport(RuntimeError):
    """The log has no entries yet."""


def checkpoint_file(log: Path) -> Path:
    """Where the checkpoint of an exported log stands: beside it, `.checkpoint` appended."""
    return log.with_name(log.name + ".checkpoint")


def export_log(path: Path, *, actor_id: int | None) -> Checkpoint:
    """Write the log to `path` and its checkpoint beside it; what the checkpoint states.

    The export itself is recorded first. Raises `NothingToExport`, `LogRolledBack`, `OSError`.
    """
    checkpoint = sign_checkpoint()
    if checkpoint is None:
        raise NothingToExport
    with transaction():
        record(Event.LOG_EXPORTED, actor_id=actor_id, details={"size": checkpoint.size})
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    entries = (
        select(AuditEntry.payload)
        .where(AuditEntry.seq < checkpoint.size)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=1000)
    )
    try:
        with unfinished.open("xb") as file:
            for payload in db.session.scalars(entries):
                file.write(payload.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.resolve().parent)
    note = select(AuditCheckpoint.note).where(AuditCheckpoint.size == checkpoint.size)
    write_file(checkpoint_file(path.resolve()), db.session.scalars(note).one().encode())
    return checkpoint
