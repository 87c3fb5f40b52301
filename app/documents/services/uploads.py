"""Uploaded files: checked, encrypted under a key of their own, and withdrawn when the act fails.

The note of a document has a key of its own as well, made and withdrawn in the same way.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from sqlalchemy import exists, or_, select

from app import clock
from app.clients.models import Client
from app.config import settings
from app.crypto import key_store
from app.db import db
from app.documents.models import Document, Item
from app.documents.sealing import file_context, seal_file_name, seal_note
from app.files import file_store
from app.files.media_types import ENDINGS, MediaType, check_file
from app.files.names import clean_file_name
from app.files.refusal import FileRefused, Refusal
from app.registers.definitions import Medium
from app.web.i18n import format_number
from app.web.i18n import lazy_gettext as _l
from app.web.problems import InputError

_MEBIBYTE = 1024 * 1024

REFUSAL_WORDS = {
    Refusal.EMPTY: _l("The file is empty. Check that it was saved, and choose it again."),
    Refusal.TOO_LARGE: _l(
        "The file is too large. At most %(limit)s MB fit; make it smaller or save it in parts."
    ),
    Refusal.TYPE_NOT_ALLOWED: _l(
        "Files of this kind are not kept. Save it as PDF, PNG, JPEG, TIFF, plain text, DOCX, XLSX"
        " or ODT, without macros."
    ),
    Refusal.NOT_WHAT_IT_SAYS: _l(
        "The content of the file is not what the ending of its name says. Save it again in the"
        " right format."
    ),
    Refusal.BROKEN: _l(
        "The file is broken or cut off: it would not open later. Scan or save it again."
    ),
}


@dataclass(frozen=True)
class Upload:
    """A file as a person sends it: the name it had there, and its content (seekable)."""

    file_name: str
    stream: BinaryIO


@dataclass(frozen=True)
class StoredFile:
    """What has been left outside the database before the commit: a key, perhaps with its file."""

    key_id: str
    blob_id: str | None = None


def checked_type(upload: Upload) -> MediaType:
    """The media type of an upload, by its content. Raises `InputError` for what is not kept."""
    try:
        return check_file(upload.stream, upload.file_name, max_bytes=settings().max_upload_bytes)
    except FileRefused as refused:
        limit = format_number(settings().max_upload_bytes // _MEBIBYTE)
        message = str(REFUSAL_WORDS[refused.code]) % {"limit": limit}
        raise InputError("upload", message) from None


def keep_file(
    upload: Upload,
    media_type: MediaType,
    client: Client,
    document: Document,
    stored: list[StoredFile],
) -> Item:
    """Encrypt the file under a new key of its own: the item that goes with it, not yet added.

    Each thing that is left outside the database is put into `stored` before the next is made.
    """
    key_id, key = _new_key(client, stored)
    upload.stream.seek(0)
    blob = file_store().put(upload.stream, key, file_context(key_id))
    stored.append(StoredFile(key_id, blob.blob_id))
    return Item(
        document_id=document.id,
        medium=Medium.ATK.value,
        blob_id=blob.blob_id,
        key_id=key_id,
        file_name_sealed=seal_file_name(_kept_name(upload.file_name, media_type), key_id, key),
        media_type=media_type.value,
        size=blob.plain_size,
        created_at=clock.now(),
    )


def keep_note(note: str, client: Client, document: Document, stored: list[StoredFile]) -> None:
    """Put a note on a document, sealed under a new key of its own, which goes into `stored`."""
    key_id, key = _new_key(client, stored)
    document.note_key_id = key_id
    document.note_sealed = seal_note(note, document.id, key)


def _new_key(client: Client, stored: list[StoredFile]) -> tuple[str, bytes]:
    key_id = secrets.token_hex(16)
    key_store().create_item_key(key_id, client.key_id)
    stored.append(StoredFile(key_id))
    return key_id, key_store().open_key(key_id)


def withdraw_unless_committed(stored: Iterable[StoredFile]) -> None:
    """Undo what was kept, after a failure: the key first, so that a blob left behind opens nowhere.

    A commit may have reached the database although its answer was an error; what a row refers to
    is kept.
    """
    for file in stored:
        # A connection of its own sees only what has been committed.
        with db.engine.connect() as connection:
            committed = connection.scalar(
                select(
                    or_(
                        exists().where(Item.key_id == file.key_id),
                        exists().where(Document.note_key_id == file.key_id),
                    )
                )
            )
        if committed:
            continue
        key_store().destroy(file.key_id)
        if file.blob_id is not None:
            file_store().erase(file.blob_id)


def _kept_name(file_name: str, media_type: MediaType) -> str:
    """A harmless name with the ending of what the file is."""
    ending = next(ending for ending, type_ in ENDINGS.items() if type_ is media_type)
    name = clean_file_name(file_name)
    given = PurePath(name).suffix.removeprefix(".").lower()
    return name if ENDINGS.get(given) is media_type else f"{name}.{ending}"
