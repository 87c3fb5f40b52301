"""A stored file in which anything at all was changed gives nothing out."""

from io import BytesIO
from pathlib import Path

import pytest

from app.crypto.envelope import DecryptionRefused, new_key
from app.files.store import BlobMissing, FileStore

pytestmark = pytest.mark.faults

CONTEXT, CONTENT = b'["item",1,2]', b"salassa pidettava " * 20


@pytest.fixture
def key() -> bytes:
    return new_key()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


def path_of(folder: Path, blob_id: str) -> Path:
    return folder / blob_id[:2] / blob_id[2:4] / blob_id


def refused(store: FileStore, blob_id: str, key: bytes) -> bool:
    """Whether neither way of reading gives anything but what was stored."""
    given = b""
    try:
        for piece in store.open(blob_id, key, CONTEXT):
            given += piece
    except DecryptionRefused:
        with pytest.raises(DecryptionRefused):
            store.read(blob_id, key, CONTEXT)
        return CONTENT.startswith(given)
    return False


def test_no_byte_can_be_changed(store: FileStore, key: bytes, tmp_path: Path) -> None:
    blob_id = store.put(BytesIO(CONTENT), key, CONTEXT).blob_id
    path = path_of(tmp_path, blob_id)
    whole = path.read_bytes()

    for position in range(len(whole)):
        for change in (0x01, 0x80, 0xFF):
            changed = bytearray(whole)
            changed[position] ^= change
            path.write_bytes(changed)
            assert refused(store, blob_id, key)

    path.write_bytes(whole)
    assert store.read(blob_id, key, CONTEXT) == CONTENT


def test_no_end_can_be_cut_off_and_nothing_added(
    store: FileStore, key: bytes, tmp_path: Path
) -> None:
    blob_id = store.put(BytesIO(CONTENT), key, CONTEXT).blob_id
    path = path_of(tmp_path, blob_id)
    whole = path.read_bytes()

    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert refused(store, blob_id, key)
    for added in (b"\0", whole[-16:], whole):
        path.write_bytes(whole + added)
        assert refused(store, blob_id, key)


def test_a_file_cannot_take_the_place_of_another(
    store: FileStore, key: bytes, tmp_path: Path
) -> None:
    mine = store.put(BytesIO(CONTENT), key, CONTEXT).blob_id
    other = store.put(BytesIO(CONTENT), key, b'["item",1,3]').blob_id

    path_of(tmp_path, other).replace(path_of(tmp_path, mine))

    assert refused(store, mine, key)
    with pytest.raises(BlobMissing):
        store.read(other, key, CONTEXT)
