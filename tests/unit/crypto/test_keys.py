"""The key store: a hierarchy that opens what it should, and keys that stay destroyed."""

import base64
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from time_machine import travel

from app.crypto.envelope import Tampered, new_key
from app.crypto.keys import KeyDestroyed, KeyMissing, KeyResidue, KeyStore, create_key_store
from app.crypto.master import MasterKeyProblem, load_master_key


@pytest.fixture
def master_path(tmp_path: Path) -> Path:
    return tmp_path / "master" / "master.key"


@pytest.fixture
def path(tmp_path: Path, master_path: Path) -> Path:
    path = tmp_path / "keys" / "keys.db"
    create_key_store(path, master_path)
    return path


@pytest.fixture
def store(path: Path, master_path: Path) -> KeyStore:
    return KeyStore(path, load_master_key(master_path))


def wrapped_bytes(path: Path, key_id: str) -> bytes:
    with sqlite3.connect(path) as connection:
        (wrapped,) = connection.execute(
            "SELECT wrapped FROM wrapped_key WHERE key_id = ?", (key_id,)
        ).fetchone()
    connection.close()
    assert isinstance(wrapped, bytes)
    return wrapped


def everything_on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_a_key_is_the_same_after_a_restart(store: KeyStore, path: Path, master_path: Path) -> None:
    store.create_client_key("c1", register_id=1)
    store.create_item_key("i1", "c1")
    keys = store.open_many(["c1", "i1"])
    store.close()

    again = KeyStore(path, load_master_key(master_path))

    assert again.open_key("i1") == keys["i1"] != keys["c1"] == again.open_key("c1")


def test_item_keys_are_listed_by_age(store: KeyStore) -> None:
    store.create_client_key("c1", register_id=1)
    with travel("2026-03-01T12:00:00Z"):
        store.create_item_key("old", "c1")
    with travel("2026-03-02T12:00:00Z"):
        store.create_item_key("new", "c1")

    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    assert store.item_keys(older_than=midnight) == ["old"]
    assert store.item_keys(older_than=midnight + timedelta(days=1)) == ["old", "new"]


def test_many_keys_open_at_once_and_absent_ones_are_left_out(store: KeyStore) -> None:
    store.create_client_keys((f"c{n}", n) for n in range(700))
    store.create_item_keys((f"i{n}", f"c{n}") for n in range(700))
    store.destroy("i7")

    found = store.open_many([f"i{n}" for n in range(701)])

    assert sorted(found) == sorted(f"i{n}" for n in range(700) if n != 7)
    assert found["i699"] == store.open_key("i699")
    assert len(set(found.values())) == 699


def test_a_destroyed_key_never_opens_again(store: KeyStore) -> None:
    store.create_client_key("c1", 1)
    store.create_item_key("i1", "c1")

    store.destroy("i1")

    assert not store.exists("i1")
    with pytest.raises(KeyDestroyed):
        store.open_key("i1")
    assert store.open_key("c1")


def test_its_identifier_is_never_issued_again(store: KeyStore) -> None:
    store.create_client_key("c1", 1)
    store.destroy("c1")

    with pytest.raises(KeyDestroyed):
        store.create_client_key("c1", 1)


def test_destroying_a_client_destroys_everything_under_it(store: KeyStore) -> None:
    store.create_client_keys([("c1", 1), ("c2", 1)])
    store.create_item_keys([("i1", "c1"), ("i2", "c1"), ("i3", "c2")])

    store.destroy("c1")

    assert set(store.open_many(["c1", "i1", "i2", "c2", "i3"])) == {"c2", "i3"}
    with pytest.raises(KeyDestroyed):
        store.open_key("i1")
    with pytest.raises(KeyDestroyed):
        store.create_item_key("i4", "c1")


def test_destroying_may_be_repeated_and_begun_before_the_key_is_known(store: KeyStore) -> None:
    store.create_client_key("c1", 1)

    store.destroy("c1")
    store.destroy("c1")
    store.destroy("never-made")

    with pytest.raises(KeyDestroyed):
        store.open_key("never-made")


def test_a_key_that_never_was_is_told_from_a_destroyed_one(store: KeyStore) -> None:
    with pytest.raises(KeyMissing) as caught:
        store.open_key("c1")

    assert not isinstance(caught.value, KeyDestroyed)


def test_nothing_of_a_destroyed_key_stays_on_the_disk(store: KeyStore, path: Path) -> None:
    store.create_client_keys((f"c{n}", 1) for n in range(200))
    store.create_item_keys((f"i{n}", f"c{n}") for n in range(200))
    doomed = [wrapped_bytes(path, f"i{n}") for n in range(200)]
    assert all(wrapped in everything_on_disk(path) for wrapped in doomed)

    store.destroy_many(f"i{n}" for n in range(200))

    left = everything_on_disk(path)
    assert not [wrapped for wrapped in doomed if wrapped in left]


def test_a_reader_that_keeps_the_bytes_alive_is_reported(store: KeyStore, path: Path) -> None:
    store._connection.execute("PRAGMA busy_timeout=50")
    store.create_client_key("c1", 1)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM wrapped_key").fetchone()

    with pytest.raises(KeyResidue):
        store.destroy("c1")
    assert not store.exists("c1")

    reader.close()
    store.destroy("c1")
    assert path.with_name("keys.db-wal").stat().st_size == 0


def test_a_row_that_was_moved_or_relabelled_does_not_open(store: KeyStore, path: Path) -> None:
    store.create_client_keys([("c1", 1), ("c2", 2)])
    with sqlite3.connect(path) as other:
        other.execute("UPDATE wrapped_key SET register_id = 2 WHERE key_id = 'c1'")
        other.execute(
            "UPDATE wrapped_key SET wrapped = (SELECT wrapped FROM wrapped_key WHERE key_id = 'c1')"
            " WHERE key_id = 'c2'"
        )
    other.close()

    for key_id in ("c1", "c2"):
        with pytest.raises(Tampered):
            store.open_key(key_id)


def test_threads_can_use_one_store(store: KeyStore) -> None:
    store.create_client_key("c1", 1)
    problems: list[Exception] = []

    def work(number: int) -> None:
        try:
            for turn in range(20):
                store.create_item_key(f"i{number}-{turn}", "c1")
                store.open_key(f"i{number}-{turn}")
        except Exception as problem:  # noqa: BLE001  # whatever went wrong in a thread is reported
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not problems
    assert len(store.open_many(f"i{n}-{t}" for n in range(8) for t in range(20))) == 160


def test_a_failed_write_leaves_nothing_half_done(store: KeyStore) -> None:
    store.create_client_key("c1", 1)

    with pytest.raises(sqlite3.IntegrityError):
        store.create_client_keys([("c2", 1), ("c1", 1)])

    assert not store.exists("c2")
    store.create_client_key("c2", 1)


def test_registers_have_search_keys_of_their_own(store: KeyStore) -> None:
    first = store.blind_index_key(1)

    assert store.blind_index_key(1) == first
    assert store.blind_index_key(2) != first


def test_the_signing_key_stays_the_same(store: KeyStore, path: Path, master_path: Path) -> None:
    public = store.signing_key().public_key().public_bytes_raw()
    again = KeyStore(path, load_master_key(master_path))

    assert again.signing_key().public_key().public_bytes_raw() == public


def test_no_key_is_stored_in_the_clear(store: KeyStore, path: Path) -> None:
    store.create_client_key("c1", 1)
    store.create_item_key("i1", "c1")
    keys = [store.open_key("c1"), store.open_key("i1"), store.blind_index_key(1)]
    keys.append(store.signing_key().private_bytes_raw())

    assert not [key for key in keys if key in everything_on_disk(path)]


def test_the_master_key_is_for_its_owner_alone(path: Path, master_path: Path) -> None:
    assert master_path.stat().st_mode & 0o777 == 0o400
    assert len(base64.b64decode(master_path.read_text())) == 32

    master_path.chmod(0o440)

    with pytest.raises(MasterKeyProblem, match="0400"):
        load_master_key(master_path)


def test_a_missing_master_key_is_never_replaced(path: Path, master_path: Path) -> None:
    master_path.unlink()

    with pytest.raises(MasterKeyProblem):
        load_master_key(master_path)
    with pytest.raises(MasterKeyProblem):
        create_key_store(path, master_path)
    assert not master_path.exists()


def test_another_master_key_is_refused(path: Path) -> None:
    with pytest.raises(MasterKeyProblem, match="not the master key"):
        KeyStore(path, new_key())


@pytest.mark.parametrize("content", [b"", b"not base64!", base64.b64encode(bytes(16)), b"\xff"])
def test_a_damaged_master_key_is_refused(master_path: Path, content: bytes) -> None:
    master_path.parent.mkdir()
    master_path.write_bytes(content)
    master_path.chmod(0o400)

    with pytest.raises(MasterKeyProblem):
        load_master_key(master_path)


def test_a_missing_key_store_is_never_replaced_when_it_is_opened(
    path: Path, master_path: Path
) -> None:
    path.unlink()

    with pytest.raises(MasterKeyProblem, match="no key store"):
        KeyStore(path, load_master_key(master_path))
    assert not path.exists()


def test_a_new_key_store_takes_a_master_key_that_was_put_there_before(
    tmp_path: Path, master_path: Path
) -> None:
    create_key_store(tmp_path / "a" / "keys.db", master_path)
    before = master_path.read_bytes()

    create_key_store(tmp_path / "b" / "keys.db", master_path)

    assert master_path.read_bytes() == before
