"""The act itself: key destroyed, file erased, both verified absent, rows marked. Repeatable.

Used when a list is carried out and when an interrupted act is replayed, so that both do the same.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import User
from app.audit.events import Event, ObjectType
from app.audit.payload import instant_text
from app.audit.services import record
from app.crypto import key_store
from app.crypto.keys import KeyResidue
from app.destruction.journal import Doomed
from app.destruction.models import DisposalEntry, DisposalItem
from app.destruction.queries.obstacles import OPEN_ENTRIES
from app.destruction.rules import KEY_DESTROYED
from app.documents.models import CustodyEvent, Document, Item
from app.documents.rules import CustodyKind
from app.files import file_store

_WITHOUT_LOOKING = {"synchronize_session": False}

# Why a document of an act is not destroyed yet.
KEY_FAILED = "key"
FILE_FAILED = "file"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the documents of an act: gone for certain, or why not (by document id)."""

    destroyed: tuple[Doomed, ...]
    failed: dict[int, str]


def obliterate(documents: Sequence[Doomed]) -> Outcome:
    """Destroy the keys, erase the files, and look whether they are gone. Touches no row.

    What fails is told, not raised: one bad file must not stop the others.
    """
    failed: dict[int, str] = {}
    try:
        key_store().destroy_many(key_id for each in documents for key_id in each.key_ids)
    except (KeyResidue, sqlite3.Error, OSError):
        # All keys of an act are destroyed in one durable write, or none is.
        failed = {each.document_id: KEY_FAILED for each in documents if each.key_ids}
    for each in documents:
        if each.document_id not in failed and not _erase(each.blob_ids):
            failed[each.document_id] = FILE_FAILED
    there = _keys_there(documents)
    failed |= {each.document_id: KEY_FAILED for each in documents if there & set(each.key_ids)}
    return Outcome(tuple(each for each in documents if each.document_id not in failed), failed)


def is_there(documents: Sequence[Doomed]) -> list[Doomed]:
    """Those of the documents of which a key or a file exists."""
    keys = _keys_there(documents)
    files = file_store()
    return [
        each
        for each in documents
        if keys & set(each.key_ids) or any(files.exists(blob_id) for blob_id in each.blob_ids)
    ]


def not_marked(session: Session, documents: Sequence[Doomed]) -> list[Doomed]:
    """Those of the documents whose row does not say that they are destroyed."""
    rows = session.execute(
        select(Document.id, Document.logged_at).where(
            Document.id.in_([each.document_id for each in documents]),
            Document.state != "destroyed",
        )
    )
    alive = {(document_id, instant_text(logged_at)) for document_id, logged_at in rows}
    return [each for each in documents if (each.document_id, each.logged_at) in alive]


def untouched(session: Session, documents: Sequence[Doomed]) -> list[Doomed]:
    """Those of the documents of which nothing has gone: no row, key, file or confirmed paper."""
    alive = not_marked(session, documents)
    paper_gone = set(
        session.scalars(
            select(Item.document_id).where(
                Item.document_id.in_([each.document_id for each in alive]),
                Item.medium == "man",
                Item.state == "destroyed",
            )
        )
    )
    keys, files = _keys_there(alive), file_store()
    return [
        each
        for each in alive
        if each.document_id not in paper_gone
        and keys.issuperset(each.key_ids)
        and all(files.exists(blob_id) for blob_id in each.blob_ids)
    ]


def mark_destroyed(session: Session, documents: Sequence[Doomed], actor_id: int) -> int:
    """Put it on the rows that the documents are destroyed, and into the log: how many were not yet.

    What was written about a document goes with it: note, file names, the place of the paper,
    and the dates of a certificate that was shown.
    """
    at = clock.now()
    pending = not_marked(session, documents)
    ids = [each.document_id for each in pending]
    if not ids:
        return 0
    entry_of = _entries(session, pending)
    _mark_items(session, ids, entry_of, actor_id, at)
    gone = {"state": "destroyed", "destroyed_at": at}
    no_note = {
        "note_sealed": None,
        "note_key_id": None,
        "presented_from": None,
        "presented_until": None,
    }
    document = update(Document).where(Document.id.in_(ids)).values(**gone, **no_note)
    entry = update(DisposalEntry).where(DisposalEntry.id.in_(entry_of.values())).values(**gone)
    session.execute(document, execution_options=_WITHOUT_LOOKING)
    session.execute(entry, execution_options=_WITHOUT_LOOKING)
    session.expire_all()
    _record(session, ids, actor_id)
    return len(ids)


def settle(session: Session, outcome: Outcome, actor_id: int) -> int:
    """Put on the rows what became of an act: how many documents were not marked before."""
    marked = mark_destroyed(session, outcome.destroyed, actor_id)
    rows = session.execute(
        select(DisposalEntry, Document)
        .join(Document, Document.id == DisposalEntry.document_id)
        .where(DisposalEntry.document_id.in_(outcome.failed), DisposalEntry.state.in_(OPEN_ENTRIES))
    )
    for entry, document in rows:
        entry.state = "failed"
        record(
            Event.DISPOSAL_FAILED,
            actor_id=actor_id,
            register_id=document.register_id,
            client_id=document.client_id,
            object_type=ObjectType.DOCUMENT,
            object_id=document.id,
            details={"reason": outcome.failed[document.id]},
        )
    return marked


def _erase(blob_ids: Collection[str]) -> bool:
    files = file_store()
    try:
        for blob_id in blob_ids:
            files.erase(blob_id)
    except OSError:
        return False
    return not any(files.exists(blob_id) for blob_id in blob_ids)


def _keys_there(documents: Iterable[Doomed]) -> set[str]:
    store = key_store()
    return {key_id for each in documents for key_id in each.key_ids if store.exists(key_id)}


def _entries(session: Session, documents: Sequence[Doomed]) -> dict[int, int]:
    """The entries by which the documents go, by document; an older database may not have them."""
    wanted = {each.entry_id: each.document_id for each in documents}
    found = session.execute(
        select(DisposalEntry.id, DisposalEntry.document_id).where(DisposalEntry.id.in_(wanted))
    )
    return {
        document_id: entry_id for entry_id, document_id in found if wanted[entry_id] == document_id
    }


def _mark_items(
    session: Session, ids: list[int], entry_of: dict[int, int], actor_id: int, at: datetime
) -> None:
    held = Item.document_id.in_(ids), Item.state == "held"
    items = session.execute(
        select(Item.id, Item.document_id, Item.medium, Item.location_id).where(*held)
    ).all()
    files = [
        {
            "entry_id": entry_of[item.document_id],
            "item_id": item.id,
            "medium": item.medium,
            "method": KEY_DESTROYED,
            "destroyed_on": at.astimezone(clock.HELSINKI).date(),
            "verified_at": at,
        }
        for item in items
        if item.medium == "atk" and item.document_id in entry_of
    ]
    if files:
        session.execute(insert(DisposalItem), files)
    # A restored database may be older than the person; the chain of custody names known people.
    if items and session.get(User, actor_id) is not None:
        links = [last_link(item.id, item.location_id, actor_id, at) for item in items]
        session.execute(insert(CustodyEvent), links)
    session.execute(
        update(Item).where(*held).values(nowhere(at)), execution_options=_WITHOUT_LOOKING
    )


def last_link(
    item_id: int, location_id: int | None, actor_id: int, at: datetime
) -> dict[str, object]:
    """The end of an item's chain of custody, with the place it was taken from."""
    return {
        "item_id": item_id,
        "kind": CustodyKind.DESTROYED.value,
        "at": at,
        "by_user_id": actor_id,
        "location_id": location_id,
    }


def nowhere(at: datetime) -> dict[str, object]:
    """What is left of an item that is destroyed: no place, no holder, no name."""
    return {
        "state": "destroyed",
        "destroyed_at": at,
        "file_name_sealed": None,
        "location_id": None,
        "holder_id": None,
    }


def _record(session: Session, document_ids: list[int], actor_id: int) -> None:
    media: dict[int, set[str]] = {}
    for document_id, medium in session.execute(
        select(Item.document_id, Item.medium).where(Item.document_id.in_(document_ids))
    ):
        media.setdefault(document_id, set()).add(medium)
    rows = session.execute(
        select(Document.id, Document.register_id, Document.client_id)
        .where(Document.id.in_(document_ids))
        .order_by(Document.id)
    )
    for document_id, register_id, client_id in rows:
        record(
            Event.DISPOSAL_DESTROYED,
            actor_id=actor_id,
            register_id=register_id,
            client_id=client_id,
            object_type=ObjectType.DOCUMENT,
            object_id=document_id,
            details={"medium": sorted(media.get(document_id, ()))},
        )
