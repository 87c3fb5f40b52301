"""Reading the log: filtered pages for those who watch, and one client's whole trail."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from time_machine import travel

from app.audit.events import Event
from app.audit.models import AuditEntry
from app.audit.queries import LogFilter, client_access_log, entries
from app.audit.services import record, sequence_pending
from app.db import transaction

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def seqs(found: Sequence[AuditEntry]) -> list[int]:
    return [entry.seq for entry in found]


@pytest.fixture(autouse=True)
def log(app: Flask) -> None:
    """Twelve views, one an hour: two actors, three clients, two registers; then other events."""
    for hour in range(12):
        with travel(START + timedelta(hours=hour), tick=False), transaction():
            record(
                Event.CLIENT_VIEWED,
                actor_id=1 + hour % 2,
                register_id=1 + hour % 2,
                client_id=1 + hour % 3,
            )
    with travel(START + timedelta(hours=12), tick=False), transaction():
        record(Event.CLIENT_LISTED, actor_id=1, register_id=1, details={"shown": [2, 13]})
        record(Event.DOCUMENT_LISTED, actor_id=1, register_id=1, details={"shown": [1, 3]})
        record(Event.AUTH_FAILED, actor_id=None, details={"reason": "name"})
        record(Event.DISPOSAL_PROPOSED, actor_id=1, register_id=1, details={"count": 3})
    sequence_pending()


def test_pages_go_from_new_to_old_without_gap_or_repetition() -> None:
    first = entries(LogFilter(), limit=10)
    second = entries(LogFilter(), before=first[-1].seq, limit=10)

    assert seqs([*first, *second]) == list(range(15, -1, -1))
    assert entries(LogFilter(), before=0) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (LogFilter(actor_id=2), [11, 9, 7, 5, 3, 1]),
        (LogFilter(client_id=3), [11, 8, 5, 2]),
        (LogFilter(register_id=2, client_id=1), [9, 3]),
        (LogFilter(event=Event.AUTH_FAILED), [14]),
        (LogFilter(since=START, until=START + timedelta(hours=2)), [1, 0]),
        (LogFilter(since=START + timedelta(hours=11)), [15, 14, 13, 12, 11]),
        (LogFilter(registers=frozenset({2})), [14, 11, 9, 7, 5, 3, 1]),
        (LogFilter(registers=frozenset()), [14]),
        (LogFilter(actor_id=7), []),
    ],
)
def test_entries_are_found_by_what_they_say(wanted: LogFilter, expected: list[int]) -> None:
    assert seqs(entries(wanted)) == expected


@pytest.mark.parametrize(
    ("client_id", "expected"),
    [(1, [0, 3, 6, 9, 13]), (2, [1, 4, 7, 10, 12]), (3, [2, 5, 8, 11, 13]), (13, [12]), (4, [])],
)
def test_a_client_gets_every_entry_about_them_and_no_other(
    client_id: int, expected: list[int]
) -> None:
    assert seqs(client_access_log(client_id)) == expected
