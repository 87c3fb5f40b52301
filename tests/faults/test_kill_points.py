"""Whatever moment the program is killed at, or its disk fails: what it had reported is so."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from shutil import rmtree

import pytest

from app.crypto.keys import KeyDestroyed, KeyStore, create_key_store
from app.crypto.master import load_master_key
from app.files.store import FileStore
from tests.faults.killing import FAULTS, STEPS, Report, each_fault

pytestmark = [pytest.mark.faults, pytest.mark.parametrize("fault", FAULTS)]

KEY, CONTEXT = bytes(32), b"test"
CONTENT = b"salassa pidettava " * 5000


def later() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)  # noqa: TID251  # a file's age is real time


def test_a_file_is_stored_whole_or_not_at_all(fault: str, tmp_path: Path) -> None:
    folder = tmp_path / "files"

    def work(report: Report) -> None:
        for _ in range(2):
            report(FileStore(folder).put(BytesIO(CONTENT), KEY, CONTEXT).blob_id)

    runs = 0
    for done in each_fault(fault, tmp_path, lambda: rmtree(folder, ignore_errors=True), work):
        runs += 1
        store = FileStore(folder)
        for blob_id in done:
            assert store.read(blob_id, KEY, CONTEXT) == CONTENT
        for path in folder.glob("??/??/*"):
            if path.suffix != ".part":
                assert store.read(path.name, KEY, CONTEXT) == CONTENT
        for blob_id in list(store.orphans(done, older_than=later())):
            store.erase(blob_id)
        assert len([path for path in folder.rglob("*") if path.is_file()]) == len(done)
    assert len(done) == 2
    assert runs > 3 or fault not in FAULTS[:3]


def test_a_file_is_erased_or_still_whole(fault: str, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    blobs: list[str] = []

    def prepare() -> None:
        rmtree(folder, ignore_errors=True)
        store = FileStore(folder)
        blobs[:] = [store.put(BytesIO(CONTENT), KEY, CONTEXT).blob_id for _ in range(2)]

    def work(report: Report) -> None:
        for blob_id in blobs:
            FileStore(folder).erase(blob_id)
            report(blob_id)

    for done in each_fault(fault, tmp_path, prepare, work):
        store = FileStore(folder)
        for blob_id in blobs:
            if blob_id in done:
                assert not store.exists(blob_id)
            elif store.exists(blob_id):
                assert store.read(blob_id, KEY, CONTEXT) == CONTENT
            store.erase(blob_id)
    assert done == set(blobs)


@pytest.fixture
def keys(tmp_path: Path) -> Callable[[], KeyStore]:
    """Opens the key store of the test."""
    return lambda: KeyStore(
        tmp_path / "keys" / "keys.db", load_master_key(tmp_path / "master" / "master.key")
    )


def test_a_new_installation_gets_its_keys_whole_or_tries_again(
    fault: str, tmp_path: Path, keys: Callable[[], KeyStore]
) -> None:
    path, master = tmp_path / "keys" / "keys.db", tmp_path / "master" / "master.key"

    def prepare() -> None:
        rmtree(path.parent, ignore_errors=True)
        rmtree(master.parent, ignore_errors=True)

    def work(report: Report) -> None:
        create_key_store(path, master)
        report("made")

    for done in each_fault(fault, tmp_path, prepare, work):
        if not path.exists():
            assert not done
            create_key_store(path, master)
        store = keys()
        store.create_client_key("c1", 1)
        assert store.open_key("c1")
        assert store.signing_key()
        store.close()
    assert done == {"made"}


def test_keys_that_were_reported_are_there_and_destroyed_ones_are_not(
    fault: str, tmp_path: Path, keys: Callable[[], KeyStore]
) -> None:
    def prepare() -> None:
        rmtree(tmp_path / "keys", ignore_errors=True)
        create_key_store(tmp_path / "keys" / "keys.db", tmp_path / "master" / "master.key")
        store = keys()
        store.create_client_key("c", 1)
        store.create_item_keys([("i0", "c"), ("i1", "c")])
        store.close()

    def work(report: Report) -> None:
        store = keys()
        store.create_item_key("new", "c")
        report("created")
        for key_id in ("i0", "i1"):
            store.destroy(key_id)
            report(key_id)

    for done in each_fault(fault, tmp_path, prepare, work):
        store = keys()
        assert store.exists("new") or "created" not in done
        for key_id in done & {"i0", "i1"}:
            with pytest.raises(KeyDestroyed):
                store.open_key(key_id)
        store.destroy_many(["i0", "i1"])
        assert store.open_many(["c", "i0", "i1"]).keys() == {"c"}
        store.close()
        left = b"".join(path.read_bytes() for path in (tmp_path / "keys").iterdir())
        assert left.count(b'"item"') == 0
        with sqlite3.connect(tmp_path / "keys" / "keys.db") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    assert done == {"created", "i0", "i1"}


def test_the_faults_do_strike(fault: str, tmp_path: Path) -> None:
    """A test of the tests: each means interrupts a plain SQLite commit at least once."""
    path = tmp_path / "probe.db"

    def work(report: Report) -> None:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
        report("done")

    outcomes = [
        "done" in done
        for done in each_fault(fault, tmp_path, lambda: path.unlink(missing_ok=True), work)
    ]

    assert outcomes[0] is False
    assert outcomes[-1] is True
    assert len(outcomes) >= (3 if fault == STEPS else 2)
