"""What a document's row holds in words, sealed: the note, and the names of its files.

A note is sealed under a key of its own, a file name under the file's key, each bound to the row it
belongs to. With the key the words are gone too, in every copy of the row.
"""

from app.crypto.envelope import context_of, open_text, seal_text

NOTE = "document.note"
FILE_NAME = "item.file_name"
FILE = "item.file"


def seal_note(note: str, document_id: int, key: bytes) -> bytes:
    """A document's note, encrypted under the note's own `key`."""
    return seal_text(key, note, context_of(NOTE, document_id))


def open_note(sealed: bytes, document_id: int, key: bytes) -> str:
    """The note of `seal_note`. Raises `Tampered` for another document's note or another key."""
    return open_text(key, sealed, context_of(NOTE, document_id))


def seal_file_name(name: str, key_id: str, key: bytes) -> bytes:
    """The name a file was uploaded with, encrypted under the file's own `key`."""
    return seal_text(key, name, context_of(FILE_NAME, key_id))


def open_file_name(sealed: bytes, key_id: str, key: bytes) -> str:
    """The name of `seal_file_name`. Raises `Tampered` for another file's name or another key."""
    return open_text(key, sealed, context_of(FILE_NAME, key_id))


def file_context(key_id: str) -> bytes:
    """What the cipher text of a file is bound to: a blob put in another's place does not open."""
    return context_of(FILE, key_id)
