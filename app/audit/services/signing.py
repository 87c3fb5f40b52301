"""Signing for the log, and remembering outside the database what was signed.

The newest checkpoint stands in a file of its own. A log that is shorter than it, or different, has
been rolled back: nothing more is signed until a person has accepted that, in the log.
"""

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from app.audit.checkpoint import Checkpoint, CheckpointRefused, Signer
from app.audit.events import Event
from app.audit.models import AuditCheckpoint, AuditEntry
from app.audit.services.recording import record
from app.audit.services.sequencing import frontier, lock_sequence, log_size, sequence_pending
from app.config import settings
from app.crypto import key_store
from app.crypto.durable import write_file
from app.db import db, transaction


class LogRolledBack(RuntimeError):
    """The log does not continue the newest signed checkpoint: entries were lost or changed."""


def signer() -> Signer:
    """The signer of this installation's log; its `verifier.vkey` is given to outsiders."""
    return Signer(key_store().signing_key())


def outside_checkpoint() -> Checkpoint | None:
    """The newest checkpoint kept outside the database; None when there is none.

    Raises `CheckpointRefused` when the file holds anything but a checkpoint signed by this log.
    """
    path = settings().checkpoint_path
    if not path.exists():
        return None
    return signer().verifier.open_checkpoint(path.read_text(encoding="utf-8"))


def sign_checkpoint() -> Checkpoint | None:
    """Sign for all entries up to now, in the table and in the file outside; None for an empty log.

    When nothing was added since the last signature but the record of signing itself, that one is
    returned. Raises `LogRolledBack` when the log is shorter than what was signed before, differs
    from it, or the file outside has disappeared.
    """
    sequence_pending()
    with transaction() as session:
        lock_sequence(session)
        last = _last_signed(session)
        size = log_size(session)
        if last is not None and not _anything_new(session, last.size):
            return last
        if size == 0:
            return None
        root = frontier(session, size).root()
        note = signer().sign(size, root)
        session.execute(insert(AuditCheckpoint), {"size": size, "note": note})
        record(Event.CHECKPOINT_SIGNED, actor_id=None, details={"size": size, "root": root.hex()})
        write_file(settings().checkpoint_path, note.encode())
    return Checkpoint(signer().verifier.name, size, root)


def accept_rollback(actor_id: int | None) -> None:
    """Go on with a log that was restored from an older copy; the loss itself is logged for good.

    The checkpoint that can no longer be met is kept beside the new one. Does nothing when the log
    continues its newest checkpoint. Raises `CheckpointRefused` when the file outside is not ours.
    """
    sequence_pending()
    path = settings().checkpoint_path
    with transaction() as session:
        lock_sequence(session)
        try:
            _last_signed(session)
        except LogRolledBack:
            lost = outside_checkpoint()
        else:
            return
        record(
            Event.LOG_ROLLED_BACK,
            actor_id=actor_id,
            details={
                "signed_size": lost.size if lost else None,
                "signed_root": lost.root.hex() if lost else None,
            },
        )
    if lost:
        path.rename(path.with_name(f"rolled-back-{lost.size}-{lost.root.hex()[:8]}.txt"))
    newest = db.session.scalar(
        select(AuditCheckpoint.note).order_by(AuditCheckpoint.size.desc()).limit(1)
    )
    if newest is not None:
        write_file(path, newest.encode())


def _last_signed(session: Session) -> Checkpoint | None:
    """The newest checkpoint, outside or in the table, after checking that the log continues it."""
    outside = outside_checkpoint()
    in_table = _newest_in_table(session)
    if outside is None and in_table is not None:
        raise LogRolledBack(f"the checkpoint file is missing, {in_table.size} entries were signed")
    size = log_size(session)
    for signed in (outside, in_table):
        if signed is None:
            continue
        if signed.size > size:
            raise LogRolledBack(f"{signed.size} entries were signed, the log has {size}")
        if frontier(session, signed.size).root() != signed.root:
            raise LogRolledBack(f"the first {signed.size} entries are not those that were signed")
    return max((c for c in (outside, in_table) if c), key=lambda c: c.size, default=None)


def _newest_in_table(session: Session) -> Checkpoint | None:
    newest = select(func.max(AuditCheckpoint.size)).scalar_subquery()
    note = session.scalar(select(AuditCheckpoint.note).where(AuditCheckpoint.size == newest))
    if note is None:
        return None
    try:
        return signer().verifier.open_checkpoint(note)
    except CheckpointRefused as problem:
        raise LogRolledBack("the newest checkpoint in the table was not signed here") from problem


def _anything_new(session: Session, signed_size: int) -> bool:
    """Whether there are entries after `signed_size` besides records of signing."""
    new = select(AuditEntry.seq).where(
        AuditEntry.seq >= signed_size, AuditEntry.action != Event.CHECKPOINT_SIGNED.action
    )
    return bool(session.scalar(select(exists(new))))
