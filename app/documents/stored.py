"""Which item keys and blobs belong to a row, asked of every package that keeps some.

Packages above this one cannot be imported here, so they add their answer when the program starts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.documents.models import Document, Item


@dataclass(frozen=True, slots=True)
class StoredIds:
    """Identifiers of item keys and of blobs."""

    key_ids: frozenset[str]
    blob_ids: frozenset[str]


_answers: list[Callable[[], StoredIds]] = []


def register_stored(answer: Callable[[], StoredIds]) -> None:
    """Add what a package keeps; again is no error."""
    if answer not in _answers:
        _answers.append(answer)


def all_stored() -> StoredIds:
    """Everything that a row of the database refers to."""
    parts = [answer() for answer in _answers]
    return StoredIds(
        frozenset().union(*(part.key_ids for part in parts)),
        frozenset().union(*(part.blob_ids for part in parts)),
    )


def _of_documents() -> StoredIds:
    items = db.session.execute(
        select(Item.key_id, Item.blob_id).where(Item.key_id.is_not(None))
    ).all()
    notes = db.session.scalars(
        select(Document.note_key_id).where(Document.note_key_id.is_not(None))
    )
    return StoredIds(
        frozenset(_there([*(item.key_id for item in items), *notes])),
        frozenset(_there([item.blob_id for item in items])),
    )


def _there(ids: list[str | None]) -> Iterator[str]:
    return (each for each in ids if each is not None)


register_stored(_of_documents)
