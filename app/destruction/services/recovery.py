"""Replaying the journal: what was begun is carried through, what came back goes again.

Called before anything is served. A crash left an act half done, or a backup brought back rows,
keys or files of acts that were done: both are carried forward, never undone. Of an act that was
not seen through, a document of which nothing has gone is asked for obstacles again: a hold that
was set after a failure saves what is still whole.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.events import Event
from app.audit.services import record
from app.config import settings
from app.db import db, transaction
from app.destruction.journal import Doomed, Intent, journal
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.queries.obstacles import OPEN_ENTRIES, obstacles_of
from app.destruction.rules import ListState
from app.destruction.services.closing import close, fold_write_ahead_log
from app.destruction.services.obliteration import (
    is_there,
    not_marked,
    obliterate,
    settle,
    untouched,
)
from app.destruction.services.steps import leave_out, lock_documents, restart_clocks_of


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
    """Complete one act: how many of its documents had not gone, or had come back.

    Of an act that is not done, documents that are whole and have met an obstacle are released.
    """
    back = {each.document_id for each in is_there(intent.documents)}
    back |= {each.document_id for each in not_marked(db.session, intent.documents)}
    if intent.carried_out and not back:
        return 0
    with transaction() as session:
        released = set() if intent.carried_out else _release(session, intent)
        going = [each for each in intent.documents if each.document_id not in released]
        outcome = obliterate(going)
        settle(session, outcome, intent.actor_id)
    if not outcome.failed and not intent.carried_out:
        journal().carried_out(intent.act, clock.now())
    return len(back - released)


def _release(session: Session, intent: Intent) -> set[int]:
    """Let documents off the act of which nothing has gone and that must be kept: their ids.

    The journal is told before the rows are: after a crash in between, the entry is open still and
    is asked again when the list is carried out. Paper that is left is no obstacle here: before the
    act began all of it was confirmed, which a restored database may not know.
    """
    entries = _locked_entries(session, intent)
    lock_documents(session, [each.document_id for each in intent.documents])
    whole = {each.document_id for each in untouched(session, intent.documents)}
    left = _left_out(intent.documents, entries) & whole
    whole -= left
    restart_clocks_of(session, whole)
    against = obstacles_of(whole, clock.today(), own_list=intent.confirmation_id)
    released = left | {document_id for document_id, found in against.items() if found}
    if released:
        journal().release(intent.act, clock.now(), released)
    leave_out([each for each in entries if each.document_id in whole], against)
    return released


def _locked_entries(session: Session, intent: Intent) -> Sequence[DisposalEntry]:
    """The entries of the act's documents; a restored database may not have them."""
    of_document = {each.document_id: each.entry_id for each in intent.documents}
    found = session.scalars(
        select(DisposalEntry)
        .where(DisposalEntry.id.in_(of_document.values()))
        .order_by(DisposalEntry.id)
        .with_for_update()
    )
    return [each for each in found if of_document.get(each.document_id) == each.id]


def _left_out(documents: Sequence[Doomed], entries: Collection[DisposalEntry]) -> set[int]:
    """Documents that another process has taken off the list since the journal was read."""
    named = {each.document_id for each in documents}
    return {
        each.document_id
        for each in entries
        if each.document_id in named and each.state not in (*OPEN_ENTRIES, "destroyed")
    }
