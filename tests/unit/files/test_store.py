"""The file store: whole or absent, private, found again only with its key and context."""

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from app.crypto.envelope import WrongKey, context_of, new_key
from app.files.store import BlobMissing, FileStore, StoredBlob

CONTEXT = context_of("item", 1, 2)
LONG_AGO = timedelta(days=3)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def key() -> bytes:
    return new_key()


class BrokenUpload(BytesIO):
    """An upload whose connection breaks after the first piece."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionError
        return super().read(size and 10)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def make_old(folder: Path, blob_id: str) -> None:
    moment = (datetime.now(UTC) - LONG_AGO).timestamp()  # noqa: TID251  # a file's age is real time
    for path in folder.rglob(f"{blob_id}*"):
        os.utime(path, (moment, moment))


def yesterday() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)  # noqa: TID251  # likewise


def test_a_stored_file_is_read_back(store: FileStore, key: bytes) -> None:
    content = os.urandom(200_000)

    blob = store.put(BytesIO(content), key, CONTEXT)

    assert blob == StoredBlob(blob.blob_id, 200_000)
    assert store.read(blob.blob_id, key, CONTEXT) == content
    assert b"".join(store.open(blob.blob_id, key, CONTEXT)) == content
    assert store.exists(blob.blob_id)


def test_only_cipher_text_is_on_the_disk_for_the_owner_alone(
    store: FileStore, key: bytes, tmp_path: Path
) -> None:
    marker = b"salassa pidettava"
    blob = store.put(BytesIO(marker * 100), key, CONTEXT)

    (path,) = files_below(tmp_path)

    assert path.name == blob.blob_id
    assert path.parent.name == blob.blob_id[2:4]
    assert marker not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_each_file_gets_an_identifier_of_its_own(store: FileStore, key: bytes) -> None:
    blobs = {store.put(BytesIO(b"sama"), key, CONTEXT).blob_id for _ in range(50)}

    assert len(blobs) == 50


def test_another_key_opens_nothing(store: FileStore, key: bytes) -> None:
    blob = store.put(BytesIO(b"x"), key, CONTEXT)

    with pytest.raises(WrongKey):
        store.read(blob.blob_id, new_key(), CONTEXT)
    with pytest.raises(WrongKey):
        next(store.open(blob.blob_id, key, context_of("item", 1, 3)))


def test_a_broken_upload_leaves_nothing(store: FileStore, key: bytes, tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        store.put(BrokenUpload(b"x" * 100), key, CONTEXT)

    assert files_below(tmp_path) == []


def test_an_erased_file_is_gone_and_may_be_erased_again(
    store: FileStore, key: bytes, tmp_path: Path
) -> None:
    blob = store.put(BytesIO(b"x"), key, CONTEXT)

    store.erase(blob.blob_id)
    store.erase(blob.blob_id)

    assert not store.exists(blob.blob_id)
    assert files_below(tmp_path) == []
    with pytest.raises(BlobMissing):
        store.read(blob.blob_id, key, CONTEXT)
    with pytest.raises(BlobMissing):
        store.open(blob.blob_id, key, CONTEXT)


def test_a_file_that_was_never_there_can_be_erased(store: FileStore) -> None:
    store.erase("0" * 32)

    assert not store.exists("0" * 32)


@pytest.mark.parametrize("blob_id", ["", "..", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 33])
def test_only_identifiers_lead_to_files(store: FileStore, key: bytes, blob_id: str) -> None:
    with pytest.raises(BlobMissing):
        store.read(blob_id, key, CONTEXT)
    with pytest.raises(BlobMissing):
        store.erase(blob_id)


def test_files_that_no_record_knows_are_found(store: FileStore, key: bytes, tmp_path: Path) -> None:
    known, lost, fresh = (store.put(BytesIO(b"x"), key, CONTEXT).blob_id for _ in range(3))
    make_old(tmp_path, known)
    make_old(tmp_path, lost)

    assert list(store.orphans({known}, older_than=yesterday())) == [lost]
    assert store.exists(fresh)


def test_a_file_left_unfinished_by_a_crash_is_found_and_erased(
    store: FileStore, key: bytes, tmp_path: Path
) -> None:
    blob_id = store.put(BytesIO(b"x"), key, CONTEXT).blob_id
    (path,) = files_below(tmp_path)
    path.rename(path.with_suffix(".part"))
    make_old(tmp_path, blob_id)

    assert list(store.orphans(set(), older_than=yesterday())) == [blob_id]
    store.erase(blob_id)

    assert files_below(tmp_path) == []


def test_a_new_store_has_no_orphans(store: FileStore) -> None:
    assert list(store.orphans(set(), older_than=yesterday())) == []
