"""The encrypted file store, and the guard at its door."""

from flask import current_app

from app.config import settings
from app.files.store import FileStore

_EXTENSION = "seloste_files"


def file_store() -> FileStore:
    """The file store of the running application."""
    store = current_app.extensions.setdefault(_EXTENSION, FileStore(settings().files_path))
    assert isinstance(store, FileStore)
    return store
