"""The key store: a small database of its own that holds every key, wrapped by the one above it.

Master key -> client key -> item key. To destroy a key is to destroy everything under it, wherever
copies of the cipher text may be; so this database overwrites what is deleted, keeps nothing of it
in its write-ahead log, remembers only the identifier, and never issues that identifier again.
"""

import hmac
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import clock
from app.crypto.durable import make_folder, sync_folder
from app.crypto.envelope import Tampered, context_of, new_key, open_sealed, seal
from app.crypto.master import MasterKeyProblem, create_master_key, load_master_key

_SCHEMA = (
    """
    CREATE TABLE wrapped_key (
        key_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('client', 'item', 'index', 'signing')),
        parent_id TEXT REFERENCES wrapped_key (key_id),
        register_id INTEGER,
        wrapped BLOB NOT NULL,
        created_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX wrapped_key_parent ON wrapped_key (parent_id)",
    "CREATE TABLE destroyed_key (key_id TEXT PRIMARY KEY, destroyed_at TEXT NOT NULL)",
    "CREATE TABLE master_check (value BLOB NOT NULL)",
)
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "busy_timeout=15000",
)
_COLUMNS = "key_id, kind, parent_id, register_id, wrapped"
_SIGNING_KEY = "signing"
# SQLite takes some thousands of parameters in one statement; stay well below.
_MANY = 500


class KeyMissing(KeyError):
    """There has never been a key with this identifier in this store."""


class KeyDestroyed(KeyMissing):
    """The key was destroyed, and what it opened with it."""


class KeyResidue(RuntimeError):
    """The keys are deleted, but a reader keeps their bytes in the write-ahead log: try again."""


@dataclass(frozen=True, slots=True)
class _Row:
    key_id: str
    kind: str
    parent_id: str | None
    register_id: int | None
    wrapped: bytes = b""

    def context(self) -> bytes:
        """What the wrapping is bound to: a row moved or relabelled does not open."""
        return context_of("seloste key 1", self.kind, self.key_id, self.parent_id, self.register_id)


class KeyStore:
    """The keys of one installation. One instance serves all threads of a process."""

    def __init__(self, path: Path, master_key: bytes) -> None:
        """Open the store at `path`; `MasterKeyProblem` if there is none or the key is not its."""
        if not path.exists():
            raise MasterKeyProblem(f"there is no key store at {path}")
        self._master_key = master_key
        self._lock = threading.RLock()
        self._connection = _connect(path)
        found = self._connection.execute("SELECT value FROM master_check").fetchone()
        if found is None or not hmac.compare_digest(found[0], _check_value(master_key)):
            self._connection.close()
            raise MasterKeyProblem(f"this is not the master key of the key store at {path}")

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def create_client_key(self, key_id: str, register_id: int) -> None:
        """A new key for a client of a register. `KeyDestroyed` if the identifier was used."""
        self.create_client_keys([(key_id, register_id)])

    def create_client_keys(self, wanted: Iterable[tuple[str, int]]) -> None:
        """New client keys, given as (key id, register id), in one durable write."""
        with self._writing():
            for key_id, register_id in wanted:
                self._insert(_Row(key_id, "client", None, register_id), self._master_key)

    def create_item_key(self, key_id: str, client_key_id: str) -> None:
        """A new key for one electronic item of the client. Raises as `open_key` for the client."""
        self.create_item_keys([(key_id, client_key_id)])

    def create_item_keys(self, wanted: Iterable[tuple[str, str]]) -> None:
        """New item keys, given as (key id, client key id), in one durable write."""
        with self._writing():
            for key_id, client_key_id in wanted:
                client = self._row(client_key_id)
                row = _Row(key_id, "item", client.key_id, client.register_id)
                self._insert(row, self._open(client))

    def open_key(self, key_id: str) -> bytes:
        """The key; raises `KeyDestroyed`, or `KeyMissing` when it never was."""
        with self._lock:
            return self._open(self._row(key_id))

    def open_many(self, key_ids: Iterable[str]) -> dict[str, bytes]:
        """Those of the keys that exist, by identifier; destroyed and unknown ones are left out."""
        with self._lock:
            rows = self._rows(list(key_ids))
            parents = self._rows([row.parent_id for row in rows.values() if row.parent_id])
            above: dict[str | None, bytes] = {None: self._master_key}
            for key_id, parent in parents.items():
                above[key_id] = self._open(parent)
            return {key_id: _unwrap(row, above[row.parent_id]) for key_id, row in rows.items()}

    def item_keys(self, *, older_than: datetime) -> list[str]:
        """Identifiers of the item keys made before `older_than`: a younger one may belong to a
        transaction that has not been committed yet."""
        with self._lock:
            found = self._connection.execute(
                "SELECT key_id FROM wrapped_key WHERE kind = 'item' AND created_at < ?",
                (older_than.astimezone(UTC).isoformat(),),
            ).fetchall()
        return [row[0] for row in found]

    def exists(self, key_id: str) -> bool:
        """Whether the key is there."""
        with self._lock:
            return key_id in self._rows([key_id])

    def destroy(self, key_id: str) -> None:
        """Destroy one key and all keys under it; see `destroy_many`."""
        self.destroy_many([key_id])

    def destroy_many(self, key_ids: Iterable[str]) -> None:
        """Destroy keys and all keys under them, in one durable write, and check that it is so.

        May be repeated. Raises `KeyResidue` when a reader prevents the write-ahead log from being
        emptied: the keys are gone from the tables, but their bytes are still in that file.
        """
        wanted = list(key_ids)
        with self._lock:
            with self._writing():
                doomed = [*self._children(wanted), *wanted]
                destroyed_at = clock.now().isoformat()
                self._connection.executemany(
                    "DELETE FROM wrapped_key WHERE key_id = ?", [(key_id,) for key_id in doomed]
                )
                self._connection.executemany(
                    "INSERT OR IGNORE INTO destroyed_key VALUES (?, ?)",
                    [(key_id, destroyed_at) for key_id in doomed],
                )
            self._empty_write_ahead_log()
            if self._rows(doomed):
                raise KeyResidue("a key that was deleted is still in the store")

    def blind_index_key(self, register_id: int) -> bytes:
        """The key of a register's search tokens, made at first use; each register has its own."""
        key_id = f"index:{register_id}"
        with self._writing():
            if key_id not in self._rows([key_id]):
                self._insert(_Row(key_id, "index", None, register_id), self._master_key)
            return self._open(self._row(key_id))

    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs the log's checkpoints and the destruction certificates."""
        return Ed25519PrivateKey.from_private_bytes(self.open_key(_SIGNING_KEY))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _insert(self, row: _Row, above: bytes) -> None:
        if self._was_destroyed(row.key_id):
            raise KeyDestroyed(row.key_id)
        self._connection.execute(
            "INSERT INTO wrapped_key VALUES (?, ?, ?, ?, ?, ?)", _new_row(row, above)
        )

    def _open(self, row: _Row) -> bytes:
        above = self._open(self._row(row.parent_id)) if row.parent_id else self._master_key
        return _unwrap(row, above)

    def _row(self, key_id: str) -> _Row:
        found = self._rows([key_id]).get(key_id)
        if found is None:
            raise KeyDestroyed(key_id) if self._was_destroyed(key_id) else KeyMissing(key_id)
        return found

    def _rows(self, key_ids: list[str]) -> dict[str, _Row]:
        found: dict[str, _Row] = {}
        for part in _parts(key_ids):
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM wrapped_key WHERE key_id IN ({_marks(part)})",  # noqa: S608  # only "?"
                part,
            ).fetchall()
            found.update((row[0], _Row(*row)) for row in rows)
        return found

    def _children(self, key_ids: list[str]) -> list[str]:
        found: list[str] = []
        for part in _parts(key_ids):
            rows = self._connection.execute(
                f"SELECT key_id FROM wrapped_key WHERE parent_id IN ({_marks(part)})",  # noqa: S608  # only "?"
                part,
            ).fetchall()
            found.extend(row[0] for row in rows)
        return found

    def _was_destroyed(self, key_id: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM destroyed_key WHERE key_id = ?", (key_id,)
        ).fetchone()
        return found is not None

    def _empty_write_ahead_log(self) -> None:
        # Waits for readers as long as `busy_timeout` says.
        busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise KeyResidue("a reader holds the write-ahead log of the key store")


def create_key_store(path: Path, master_key_path: Path) -> None:
    """Make the key store of a new installation, and its master key unless that is there already.

    The store appears at `path` complete or not at all. Raises `MasterKeyProblem` when there is a
    store already.
    """
    if path.exists():
        raise MasterKeyProblem(f"there is a key store at {path} already")
    if not master_key_path.exists():
        create_master_key(master_key_path)
    master_key = load_master_key(master_key_path)
    make_folder(path.parent)
    for leftover in path.parent.glob("*.new*"):
        leftover.unlink()
    unfinished = path.with_suffix(".new")
    row = _Row(_SIGNING_KEY, "signing", None, None)
    # With a rollback journal everything is in the one file that is renamed, or an error is raised;
    # a write-ahead log could stay behind under the old name.
    connection = sqlite3.connect(unfinished, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN")
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute("INSERT INTO master_check VALUES (?)", (_check_value(master_key),))
        connection.execute(
            "INSERT INTO wrapped_key VALUES (?, ?, ?, ?, ?, ?)", _new_row(row, master_key)
        )
        connection.execute("COMMIT")
    finally:
        connection.close()
    unfinished.replace(path)
    sync_folder(path.parent)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _check_value(master_key: bytes) -> bytes:
    return hmac.digest(master_key, b"seloste master key check 1", "sha256")


def _new_row(row: _Row, above: bytes) -> tuple[str | int | bytes | None, ...]:
    """A row of the table with a new key in it, in the order of its columns."""
    wrapped = seal(above, new_key(), row.context())
    made_at = clock.now().isoformat()
    return (row.key_id, row.kind, row.parent_id, row.register_id, wrapped, made_at)


def _unwrap(row: _Row, above: bytes) -> bytes:
    try:
        return open_sealed(above, row.wrapped, row.context())
    except Tampered as problem:
        raise Tampered(f"the key {row.key_id} does not open under the one above it") from problem


def _parts(key_ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(key_ids), _MANY):
        yield key_ids[start : start + _MANY]


def _marks(part: list[str]) -> str:
    return ",".join("?" * len(part))
