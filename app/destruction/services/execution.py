"""Carrying out an approved list: in batches, each asked again, journalled, destroyed, verified."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.audit.payload import instant_text
from app.db import transaction
from app.destruction.journal import Doomed, journal
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.queries.lists import paper_left
from app.destruction.queries.obstacles import OPEN_ENTRIES, obstacles_of
from app.destruction.roles import EXECUTORS
from app.destruction.rules import ListState, may_execute
from app.destruction.services.closing import close, open_entries
from app.destruction.services.obliteration import obliterate, settle, untouched
from app.destruction.services.recovery import carry_through
from app.destruction.services.steps import (
    leave_out,
    lock_documents,
    locked_list,
    require,
    restart_clocks_of,
)
from app.documents.models import Document, Item
from app.web.i18n import ngettext as _n
from app.web.problems import InputError

# Documents that share one journal line and one commit, and are lost time together after a crash.
BATCH = 100


def execute(actor: Actor, confirmation_id: int) -> DisposalConfirmation:
    """Destroy what an approved list carries, once all of its paper has been confirmed.

    Each document is asked for obstacles once more in the transaction in which its key goes; one
    that has any stays. What fails is left on the list as failed, and this may be called again; so
    may it after an interruption. When nothing is left, the list is closed and certified. Raises
    `InputError`, `Conflict`, `NotFound`, `NotPermitted`, `JournalRefused`.
    """
    _begin(actor, confirmation_id)
    for intent in journal().unfinished(confirmation_id):
        carry_through(intent)
    waiting = open_entries(confirmation_id)
    for start in range(0, len(waiting), BATCH):
        _destroy_batch(actor, confirmation_id, waiting[start : start + BATCH])
    return close(confirmation_id)


def _begin(actor: Actor, confirmation_id: int) -> None:
    with transaction() as session:
        found = locked_list(session, actor, confirmation_id, *EXECUTORS)
        require(
            may_execute(
                ListState(found.state),
                found.proposed_by_id,
                found.approved_by_id,
                first_day=found.executable_from,
                as_of=clock.today(),
            )
        )
        left = paper_left(found.id)
        if left:
            raise InputError(None, _paper_words(left))
        if found.state == ListState.APPROVED:
            found.state = ListState.EXECUTING
            found.executed_by_id = actor.user_id


def _paper_words(left: int) -> str:
    return _n(
        "%(num)d paper of the list has not been confirmed destroyed. Confirm it first.",
        "%(num)d papers of the list have not been confirmed destroyed. Confirm them first.",
        left,
    )


def _destroy_batch(actor: Actor, confirmation_id: int, entry_ids: Sequence[int]) -> None:
    """One journal line, one write to the key store, one commit. See `app.destruction.journal`."""
    with transaction() as session:
        entries = session.scalars(
            select(DisposalEntry)
            .where(DisposalEntry.id.in_(entry_ids), DisposalEntry.state.in_(OPEN_ENTRIES))
            .order_by(DisposalEntry.id)
            .with_for_update()
        ).all()
        documents = _free(session, confirmation_id, entries)
        if not documents:
            return
        intent = journal().intend(clock.now(), actor.user_id, confirmation_id, documents)
        outcome = obliterate(documents)
        settle(session, outcome, actor.user_id)
    if not outcome.failed:
        journal().carried_out(intent.act, clock.now())


def _free(session: Session, confirmation_id: int, entries: Sequence[DisposalEntry]) -> list[Doomed]:
    """The documents of the entries that nothing stands in the way of, as of this moment.

    An entry that failed before is asked again only while nothing of its document has gone.
    """
    document_ids = [entry.document_id for entry in entries]
    lock_documents(session, document_ids)
    restart_clocks_of(session, document_ids)
    against = obstacles_of(
        document_ids, clock.today(), own_list=confirmation_id, paper_must_be_gone=True
    )
    failed = {entry.document_id: entry.id for entry in entries if entry.state == "failed"}
    whole = {each.document_id for each in untouched(session, _doomed(session, failed))}
    asked = [entry for entry in entries if entry.state == "listed" or entry.document_id in whole]
    leave_out(asked, against)
    going = [entry for entry in entries if entry.state != "excluded"]
    return _doomed(session, {entry.document_id: entry.id for entry in going})


def _doomed(session: Session, entry_of: Mapping[int, int]) -> list[Doomed]:
    """The documents as the journal names them, by their keys and files."""
    keys: dict[int, list[str]] = {}
    blobs: dict[int, list[str]] = {}
    files = select(Item.document_id, Item.key_id, Item.blob_id).where(
        Item.document_id.in_(entry_of), Item.key_id.is_not(None)
    )
    for document_id, key_id, blob_id in session.execute(files.order_by(Item.id)):
        if key_id is not None:
            keys.setdefault(document_id, []).append(key_id)
        if blob_id is not None:
            blobs.setdefault(document_id, []).append(blob_id)
    documents = select(Document.id, Document.logged_at, Document.note_key_id).where(
        Document.id.in_(entry_of)
    )
    return [
        Doomed(
            document_id,
            instant_text(logged_at),
            entry_of[document_id],
            (*keys.get(document_id, ()), *([note_key_id] if note_key_id else ())),
            tuple(blobs.get(document_id, ())),
        )
        for document_id, logged_at, note_key_id in session.execute(documents.order_by(Document.id))
    ]
