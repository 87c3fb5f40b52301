"""Giving waiting entries their place: from the outbox into the sequence and its tree.

Database sequences have gaps and do not follow the order of commits, so the number of an entry is
given here, by one sequencer at a time.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, text, tuple_
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry, AuditNode, AuditOutbox
from app.audit.payload import columns
from app.audit.tree import Frontier, leaf_hash, peaks
from app.db import db, transaction

BATCH = 1000
# Any number will do, as long as nothing else in this database locks it.
_ADVISORY_LOCK = 7_353_678


def sequence_pending() -> int:
    """Move the waiting entries into the sequence, oldest first; how many were moved.

    Each batch is one transaction: an entry is in the outbox or in the sequence, never in both.
    """
    moved = 0
    while db.session.scalar(select(exists(select(AuditOutbox.id)))):
        moved += _sequence_batch()
    return moved


def lock_sequence(session: Session) -> None:
    """Wait to be the only one who adds to the sequence until the end of the transaction.

    On SQLite a writing transaction is alone anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def log_size(session: Session) -> int:
    """The number of entries in the sequence."""
    last = session.scalar(select(func.max(AuditEntry.seq)))
    return 0 if last is None else last + 1


def frontier(session: Session, size: int) -> Frontier:
    """The right edge of the stored tree at `size` entries."""
    wanted = peaks(size)
    inner = [peak for peak in wanted if peak[0] > 0]
    rows = session.execute(
        select(AuditNode.level, AuditNode.idx, AuditNode.hash).where(
            tuple_(AuditNode.level, AuditNode.idx).in_(inner)
        )
    )
    found = {(level, idx): digest for level, idx, digest in rows}
    if size & 1:
        leaf = select(AuditEntry.leaf_hash).where(AuditEntry.seq == size - 1)
        found[0, size - 1] = session.scalars(leaf).one()
    return Frontier(size, [found[peak] for peak in wanted])


def _sequence_batch() -> int:
    with transaction() as session:
        lock_sequence(session)
        waiting = _take(session)
        if not waiting:
            return 0
        edge = frontier(session, log_size(session))
        entries: list[dict[str, Any]] = []
        nodes: list[dict[str, Any]] = []
        for payload in waiting:
            leaf = leaf_hash(payload.encode())
            facts = columns(payload)
            entries.append({"seq": edge.size, "payload": payload, "leaf_hash": leaf, **facts})
            nodes.extend(
                {"level": level, "idx": idx, "hash": digest}
                for level, idx, digest in edge.append(leaf)
            )
        connection = session.connection()
        connection.execute(insert(AuditEntry), entries)
        if nodes:
            connection.execute(insert(AuditNode), nodes)
    return len(waiting)


def _take(session: Session) -> Sequence[str]:
    """Remove the oldest waiting entries from the outbox; their payloads in order.

    Exactly the rows that were seen are deleted: on PostgreSQL one with a smaller number may be
    committed between reading and deleting.
    """
    oldest = select(AuditOutbox.id).order_by(AuditOutbox.id).limit(BATCH)
    rows = session.execute(
        delete(AuditOutbox)
        .where(AuditOutbox.id.in_(oldest))
        .returning(AuditOutbox.id, AuditOutbox.payload)
        .execution_options(synchronize_session=False)
    )
    return [payload for _, payload in sorted(rows)]
