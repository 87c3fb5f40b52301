"""Verifying the log in the database: every leaf, column, node and root, and every signature.

Works through the sequence in blocks that are complete subtrees, so memory does not grow with it.
"""

from collections.abc import Sequence
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Executable,
    String,
    bindparam,
    cast,
    func,
    literal,
    not_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import NullType

from app.audit.checkpoint import Checkpoint, CheckpointRefused, Verifier
from app.audit.models import AuditCheckpoint, AuditEntry, AuditNode
from app.audit.services.signing import outside_checkpoint, signer
from app.audit.tree import BLOCK_LEVEL, EMPTY_ROOT, BlockTree, root
from app.audit.verification import Problem, Status, VerifyReport
from app.db import db

# Made once: for a large log they are executed some thousand times.
_START, _END = bindparam("start", type_=BigInteger), bindparam("end", type_=BigInteger)
_ENTRIES = (
    select(AuditEntry.seq, AuditEntry.payload, type_coerce(AuditEntry.leaf_hash, NullType))
    .where(AuditEntry.seq >= _START, AuditEntry.seq < _END)
    .order_by(AuditEntry.seq)
)
_NODES = (
    select(type_coerce(AuditNode.hash, NullType))
    .where(AuditNode.level == bindparam("level"))
    .where(AuditNode.idx >= _START, AuditNode.idx < _END)
    .order_by(AuditNode.idx)
)


class _Wrong(Exception):
    """Something does not fit; ends the verification."""

    def __init__(self, problem: Problem, bad_seq: int | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.bad_seq = bad_seq


def verify_log() -> VerifyReport:
    """Recompute the whole log from its payloads and compare it with all that was ever signed.

    Needs the public half of the signing key only, but takes it from the key store: an outsider uses
    `verify_export` with the key in hand.
    """
    options = {}
    if db.engine.dialect.name == "postgresql":
        # Entries that are added meanwhile must not look like a difference.
        options["isolation_level"] = "REPEATABLE READ"
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        return _Verification(connection, signer().verifier).run()


class _Verification:
    def __init__(self, connection: Connection, verifier: Verifier) -> None:
        self.connection = connection
        self.verifier = verifier
        self.size = 0
        self.signed_size = 0
        self.tree = BlockTree(BLOCK_LEVEL)

    def run(self) -> VerifyReport:
        try:
            signed = self._signed()
            self._measure()
            self._check_blocks(signed)
            self._check_upper_nodes()
        except _Wrong as wrong:
            return self._report(Status.TAMPERED, wrong.problem, wrong.bad_seq)
        if self.size and not signed:
            return self._report(Status.UNUSABLE, Problem.NEVER_SIGNED, None)
        return self._report(Status.INTACT, None, None)

    def _report(self, status: Status, problem: Problem | None, bad_seq: int | None) -> VerifyReport:
        found = root(self.size, self.tree.node) if status is Status.INTACT else EMPTY_ROOT
        return VerifyReport(status, self.size, self.signed_size, found.hex(), problem, bad_seq)

    def _signed(self) -> list[Checkpoint]:
        """All checkpoints in order of size, their signatures verified.

        The one outside is read before the database: a checkpoint signed meanwhile may cover more
        than the state of the database that is verified, never less.
        """
        try:
            outside = outside_checkpoint()
            notes = self.connection.scalars(select(AuditCheckpoint.note)).all()
            signed = [self.verifier.open_checkpoint(note) for note in notes]
        except CheckpointRefused as problem:
            raise _Wrong(Problem.CHECKPOINT_FORGED, None) from problem
        if outside is not None:
            signed.append(outside)
        elif signed:
            raise _Wrong(Problem.CHECKPOINT_LOST, None)
        return sorted(signed, key=lambda checkpoint: checkpoint.size)

    def _measure(self) -> None:
        """The size of the log; entries are counted from 0."""
        bounds = select(func.min(AuditEntry.seq), func.max(AuditEntry.seq))
        first, last = self.connection.execute(bounds).one()
        self.size = 0 if last is None else last + 1
        if first:
            raise _Wrong(Problem.OUT_OF_SEQUENCE, 0)

    def _check_blocks(self, signed: Sequence[Checkpoint]) -> None:
        waiting = list(signed)
        for start in range(0, self.size, self.tree.block_size):
            end = min(start + self.tree.block_size, self.size)
            self.tree.go_on(self._leaves(start, end))
            self._check_columns(start, end)
            for level, recomputed in enumerate(self.tree.block.levels):
                self._compare(level, start >> level, recomputed)
            while waiting and waiting[0].size <= end:
                self._check_signed(waiting.pop(0))
        if waiting:
            raise _Wrong(Problem.SHORTER_THAN_SIGNED, self.size)

    def _leaves(self, start: int, end: int) -> list[bytes]:
        """The leaf hashes of a block, recomputed and compared with the stored ones.

        Goes column by column: in a large log the time of a Python loop over rows is what counts.
        """
        rows = self._fetch(_ENTRIES, start=start, end=end)
        _same(range(start, end), [row[0] for row in rows], Problem.OUT_OF_SEQUENCE, start)
        leaves = [sha256(b"\x00" + row[1].encode()).digest() for row in rows]
        _same(leaves, [row[2] for row in rows], Problem.ENTRY_CHANGED, start)
        return leaves

    def _check_columns(self, start: int, end: int) -> None:
        """Compare the columns of a block with the payloads they repeat."""
        entry = AuditEntry
        differing = select(func.min(entry.seq)).where(
            entry.seq >= start, entry.seq < end, not_(_repeats(self.connection.dialect.name))
        )
        try:
            bad_seq = self.connection.scalar(differing)
        except DBAPIError as problem:
            # A payload that is no JSON at all; the database does not say which.
            raise _Wrong(Problem.COLUMNS_DIFFER, start) from problem
        if bad_seq is not None:
            raise _Wrong(Problem.COLUMNS_DIFFER, bad_seq)

    def _check_upper_nodes(self) -> None:
        """Compare the nodes above the blocks, and that there are no others at all."""
        for above, recomputed in enumerate(self.tree.blocks.levels):
            self._compare(BLOCK_LEVEL + above, 0, recomputed)
        counted = self.connection.execute(
            select(AuditNode.level, func.count()).group_by(AuditNode.level)
        )
        for level, count in counted:
            if level < 1 or count != self.size >> level:
                raise _Wrong(Problem.TREE_DIFFERS, None)

    def _compare(self, level: int, first: int, recomputed: Sequence[bytes]) -> None:
        """Compare a row of stored nodes with the recomputed ones; leaves are no nodes."""
        if level == 0:
            return
        end = first + len(recomputed)
        rows = self._fetch(_NODES, level=level, start=first, end=end)
        # As many rows as there are numbers in the range: none is missing, the key is unique.
        stored = [digest for (digest,) in rows]
        _same(recomputed, stored, Problem.TREE_DIFFERS, first, level)

    def _fetch(self, query: Executable, **values: int) -> list[tuple[Any, ...]]:
        """The driver's own rows: SQLAlchemy's would take as long as everything else together."""
        with self.connection.execute(query, values) as result:
            assert result.cursor is not None
            return list(result.cursor.fetchall())

    def _check_signed(self, checkpoint: Checkpoint) -> None:
        if root(checkpoint.size, self.tree.node) != checkpoint.root:
            # Everything up to the last signature that fits is proved.
            raise _Wrong(Problem.NOT_AS_SIGNED, self.signed_size)
        self.signed_size = checkpoint.size


def _same(
    expected: Sequence[object],
    found: Sequence[object],
    problem: Problem,
    first: int,
    level: int = 0,
) -> None:
    """Report the first entry at which `found` is not as `expected`; both begin at `first`."""
    if list(expected) != list(found):
        pairs = zip_longest(expected, found)
        raise _Wrong(problem, first + [a == b for a, b in pairs].index(False) << level)


def _repeats(dialect: str) -> ColumnElement[bool]:
    """Whether the columns of an entry say what its payload says, decided within the database."""
    entry = AuditEntry
    repeated: dict[str, ColumnElement[Any] | InstrumentedAttribute[Any]] = {
        "action": entry.action,
        "actor": entry.actor_id,
        "client": entry.client_id,
        "object": entry.object_type,
        "object_id": entry.object_id,
        "register": entry.register_id,
    }
    if dialect == "postgresql":
        utc = func.timezone("UTC", entry.at)
        repeated["at"] = func.to_char(utc, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        pairs = [part for name, column in repeated.items() for part in (literal(name), column)]
        return cast(entry.payload, JSONB).contains(func.jsonb_build_object(*pairs))
    repeated["at"] = func.replace(type_coerce(entry.at, String), " ", "T").concat("Z")
    paths = [f"$.{name}" for name in repeated]
    return func.json_extract(entry.payload, *paths) == func.json_array(*repeated.values())
