"""Replaying the journal: what was begun is carried through, what came back goes again.

Called before anything is served. A crash left an act half done, or a backup brought back rows,
keys or files of acts that were done: both are carried forward, never undone.
"""

from sqlalchemy import select

from app import clock
from app.audit.events import Event
from app.audit.services import record
from app.config import settings
from app.db import db, transaction
from app.destruction.journal import Intent, journal
from app.destruction.models import DisposalConfirmation
from app.destruction.rules import ListState
from app.destruction.services.closing import close, fold_write_ahead_log
from app.destruction.services.obliteration import is_there, not_marked, obliterate, settle


def recover() -> int:
    """Carry through every act of the journal that is not done, or not any more: how many documents.

    Repeatable and safe beside other processes. Raises `JournalRefused` when the journal is not as
    this installation wrote it: then nothing may be served.
    """
    if not settings().journal_path.exists():
        return 0
    replayed = sum(carry_through(intent) for intent in journal().read())
    if replayed:
        with transaction():
            record(Event.SYSTEM_RECOVERED, actor_id=None, details={"replayed": replayed})
        fold_write_ahead_log()
    interrupted = select(DisposalConfirmation.id).where(
        DisposalConfirmation.state == ListState.EXECUTING
    )
    for confirmation_id in db.session.scalars(interrupted).all():
        close(confirmation_id)
    return replayed


def carry_through(intent: Intent) -> int:
    """Complete one act: how many of its documents had not gone, or had come back."""
    back = {each.document_id for each in is_there(intent.documents)}
    back |= {each.document_id for each in not_marked(db.session, intent.documents)}
    if intent.carried_out and not back:
        return 0
    with transaction() as session:
        outcome = obliterate(intent.documents)
        settle(session, outcome, intent.actor_id)
    if not outcome.failed and not intent.carried_out:
        journal().carried_out(intent.act, clock.now())
    return len(back)
