"""The encrypted files of the installation: one blob per file, known by a random identifier.

A blob appears whole or not at all. Erasing one is the lesser half of destroying a document: its
key is destroyed as well, because copies of the blob may exist elsewhere.
"""

import os
import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from app.crypto.durable import make_folder, sync_folder
from app.crypto.envelope import decrypt_to_bytes, decrypted, encrypt_stream

_BLOB_ID = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = ".part"


class BlobMissing(KeyError):
    """There is no blob with this identifier."""


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """A stored file: its identifier and its size before encryption, in bytes."""

    blob_id: str
    plain_size: int


class FileStore:
    """The blobs below one folder, in two levels of folders named after the identifiers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, source: BinaryIO, key: bytes, context: bytes) -> StoredBlob:
        """Encrypt all of `source` into a new blob; it is durable when this returns.

        When anything goes wrong nothing is left behind but, after a crash, an unfinished file that
        `orphans` finds.
        """
        blob_id = secrets.token_hex(16)
        path = self._path(blob_id)
        make_folder(path.parent)
        unfinished = path.with_suffix(_UNFINISHED)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as sink:
                plain_size = encrypt_stream(key, source, sink, context)
                sink.flush()
                os.fsync(sink.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        return StoredBlob(blob_id, plain_size)

    def open(self, blob_id: str, key: bytes, context: bytes) -> Iterator[bytes]:
        """The plain text in authenticated pieces, for large files; see `envelope.decrypted`.

        Raises `BlobMissing` at once, `WrongKey` and `Tampered` while it is read.
        """
        return _pieces(self._file(blob_id), key, context)

    def read(self, blob_id: str, key: bytes, context: bytes) -> bytes:
        """All of the plain text, or `BlobMissing`, `WrongKey`, `Tampered` and nothing."""
        with self._file(blob_id) as source:
            return decrypt_to_bytes(key, source, context)

    def exists(self, blob_id: str) -> bool:
        """Whether the blob is there."""
        return self._path(blob_id).exists()

    def erase(self, blob_id: str) -> None:
        """Remove the blob durably and check that it is gone. May be repeated."""
        path = self._path(blob_id)
        for name in (path, path.with_suffix(_UNFINISHED)):
            name.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)
        if path.exists():
            raise OSError(f"the blob {blob_id} is still there after it was removed")

    def orphans(self, known_ids: Collection[str], *, older_than: datetime) -> Iterator[str]:
        """Identifiers of blobs, finished or not, that no record knows.

        Only those written before `older_than`: a younger one may belong to a transaction that has
        not been committed yet.
        """
        for path in self._folder.glob("??/??/*"):
            blob_id = path.name.removesuffix(_UNFINISHED)
            if not _BLOB_ID.fullmatch(blob_id) or blob_id in known_ids:
                continue
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than:
                yield blob_id

    def _path(self, blob_id: str) -> Path:
        if not _BLOB_ID.fullmatch(blob_id):
            raise BlobMissing(blob_id)
        return self._folder / blob_id[:2] / blob_id[2:4] / blob_id

    def _file(self, blob_id: str) -> BinaryIO:
        try:
            return self._path(blob_id).open("rb")
        except FileNotFoundError as problem:
            raise BlobMissing(blob_id) from problem


def _pieces(source: BinaryIO, key: bytes, context: bytes) -> Iterator[bytes]:
    with source:
        yield from decrypted(key, source, context)
