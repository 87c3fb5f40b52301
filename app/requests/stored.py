"""The keys and files of answer packages, told to whoever removes what no row refers to."""

from sqlalchemy import select

from app.db import db
from app.documents.stored import StoredIds, register_stored
from app.requests.models import AnswerPackage


def stored_packages() -> StoredIds:
    """The key and the file of every package that was ever built."""
    rows = db.session.execute(select(AnswerPackage.key_id, AnswerPackage.blob_id)).all()
    return StoredIds(frozenset(row.key_id for row in rows), frozenset(row.blob_id for row in rows))


def register() -> None:
    """Add the packages to what is kept."""
    register_stored(stored_packages)
