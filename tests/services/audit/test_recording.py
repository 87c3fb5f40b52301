"""Entries are written with the act, or before the page; where that fails, the act and page fail."""

import sqlite3
from datetime import UTC, datetime

import psycopg
import pytest
from flask import Flask, g
from sqlalchemy import func, select, text
from time_machine import travel

from app.audit.events import DetailsRefused, Event
from app.audit.models import AuditEntry, AuditOutbox
from app.audit.payload import columns, details_of
from app.audit.services import OutsideTransaction, record, record_view, sequence_pending
from app.db import db, transaction

pytestmark = pytest.mark.usefixtures("app")


def waiting() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditOutbox)) or 0


def test_an_entry_is_kept_with_its_act() -> None:
    with transaction():
        record(Event.CLIENT_CREATED, actor_id=3, register_id=1, client_id=7)

    assert waiting() == 1


def test_an_entry_goes_when_its_act_is_undone() -> None:
    def act_and_fail() -> None:
        with transaction():
            record(Event.CLIENT_CREATED, actor_id=3, client_id=7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_fail()

    assert waiting() == 0


def test_recording_without_an_act_is_a_mistake() -> None:
    with pytest.raises(OutsideTransaction):
        record(Event.CLIENT_CREATED, actor_id=3)
    with pytest.raises(OutsideTransaction), transaction():
        record_view(Event.CLIENT_VIEWED, actor_id=3)


def test_wrong_details_undo_the_act() -> None:
    def act() -> None:
        with transaction():
            record(Event.CLIENT_CREATED, actor_id=3)
            record(Event.CLIENT_CHANGED, actor_id=3, details={"name": "x"})

    with pytest.raises(DetailsRefused):
        act()

    assert waiting() == 0


def test_a_view_is_recorded_at_once_beside_what_the_page_has_read(app: Flask) -> None:
    with app.test_request_context():
        db.session.execute(select(AuditOutbox)).all()

        record_view(Event.CLIENT_VIEWED, actor_id=3, register_id=1, client_id=7)

        assert g.access_recorded is True
    db.session.rollback()
    assert waiting() == 1


def test_a_view_that_cannot_be_recorded_is_not_marked_as_recorded(app: Flask) -> None:
    with transaction() as session:
        session.execute(text("DROP TABLE audit_outbox"))
    try:
        with app.test_request_context():
            with pytest.raises((sqlite3.Error, psycopg.Error)):
                record_view(Event.CLIENT_VIEWED, actor_id=3, client_id=7)
            assert not g.get("access_recorded")
    finally:
        with transaction() as session:
            AuditOutbox.__table__.create(session.connection())  # type: ignore[attr-defined]


def test_an_entry_tells_who_what_when_and_in_which_request(app: Flask) -> None:
    moment = datetime(2026, 2, 28, 23, 59, 59, 123456, tzinfo=UTC)
    with travel(moment, tick=False), app.test_request_context():
        g.request_id = "r-17"
        record_view(Event.DOCUMENT_LISTED, actor_id=3, register_id=1, details={"shown": [7, 8]})
    sequence_pending()

    entry = db.session.scalars(select(AuditEntry)).one()

    assert (entry.seq, entry.at, entry.actor_id) == (0, moment, 3)
    assert (entry.action, entry.register_id, entry.client_id) == ("document.listed", 1, None)
    assert columns(entry.payload)["at"] == moment
    assert details_of(entry.payload) == {"shown": [7, 8]}
    assert '"request":"r-17"' in entry.payload
