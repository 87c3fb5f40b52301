"""The end of a list: closed when nothing of it is left to destroy, then certified."""

from collections import Counter
from collections.abc import Sequence

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.audit.events import Event
from app.db import db, transaction
from app.destruction.journal import journal
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.queries.obstacles import OPEN_ENTRIES
from app.destruction.rules import ListState
from app.destruction.services.certificates import CANNOT_SIGN, issue_certificate
from app.destruction.services.steps import record_step

log = structlog.get_logger()


def open_entries(confirmation_id: int) -> Sequence[int]:
    """The entries of a list whose documents are still to be destroyed."""
    return db.session.scalars(
        select(DisposalEntry.id)
        .where(
            DisposalEntry.confirmation_id == confirmation_id,
            DisposalEntry.state.in_(OPEN_ENTRIES),
        )
        .order_by(DisposalEntry.id)
    ).all()


def close(confirmation_id: int) -> DisposalConfirmation:
    """Finish a list of which nothing is left to destroy, and certify it; else leave it open.

    May be repeated. When the log cannot be signed for, because an older copy of it was restored or
    the signature outside is damaged, the destruction stands: the certificate waits, and the page of
    the list says so, until a person has settled that.
    """
    with transaction() as session:
        found = session.get_one(DisposalConfirmation, confirmation_id, with_for_update=True)
        if found.state == ListState.EXECUTING and not open_entries(confirmation_id):
            _finish(session, found)
    if found.state == ListState.EXECUTED:
        fold_write_ahead_log()
        try:
            issue_certificate(confirmation_id)
        except CANNOT_SIGN as problem:
            log.warning("certificate_waits", list_id=confirmation_id, error=type(problem).__name__)
    return found


def fold_write_ahead_log() -> None:
    """Rid SQLite's write-ahead log of what the rows said before, such as sealed notes.

    A reader may keep it from that; then the next close or the end of the program does it.
    """
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        answer = cursor.fetchone()
    finally:
        connection.close()
    if answer is None or answer[0]:
        log.warning("write_ahead_log_kept_by_a_reader")


def _finish(session: Session, found: DisposalConfirmation) -> None:
    states: Counter[str] = Counter()
    rows = session.execute(
        select(DisposalEntry.state, func.count())
        .where(DisposalEntry.confirmation_id == found.id)
        .group_by(DisposalEntry.state)
    )
    states.update(dict(rows.all()))
    found.state = ListState.EXECUTED
    found.executed_at = clock.now()
    record_step(
        Event.DISPOSAL_EXECUTED,
        found.executed_by_id,
        found,
        {
            "destroyed": states["destroyed"],
            "left_out": states["excluded"],
            "journal": journal().head(),
        },
    )
