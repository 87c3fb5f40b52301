"""When the log cannot be written, nothing is shown: the failure reaches whoever asked."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import event, func, select

from app.audit.events import Event
from app.audit.models import AuditOutbox
from app.audit.services import record_view
from app.config import settings
from app.crypto import create_keys
from app.crypto.master import MasterKeyProblem
from app.db import db

pytestmark = pytest.mark.faults


@pytest.fixture
def full_disk(app: Flask) -> Iterator[None]:
    """The database file may not grow any more."""

    def limit(connection: Any, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages}")

    engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


@pytest.mark.usefixtures("full_disk")
def test_on_a_full_disk_no_view_is_recorded_that_is_not_kept(app: Flask) -> None:
    def view() -> None:
        record_view(Event.CLIENT_LISTED, actor_id=1, details={"shown": [*range(200)]})

    recorded = 0
    with app.test_request_context():
        with suppress(sqlite3.Error):
            while recorded < 1000:
                view()
                recorded += 1
        g.access_recorded = False
        with pytest.raises(sqlite3.Error, match="full"):
            view()
        assert not g.access_recorded

    assert db.session.scalar(select(func.count()).select_from(AuditOutbox)) == recorded


def test_a_locked_log_fails_the_view(app: Flask) -> None:
    blocker = sqlite3.connect(settings().data_path / "seloste.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")

    def hurry(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", hurry)
    with app.test_request_context():
        with pytest.raises(sqlite3.Error, match="locked"):
            record_view(Event.CLIENT_VIEWED, actor_id=1, client_id=2)
        assert not g.get("access_recorded")
    event.remove(engine, "connect", hurry)
    blocker.close()


def test_an_installation_whose_master_key_is_gone_does_not_start_with_a_new_one(
    app: Flask,
) -> None:
    app.extensions.pop("seloste_keys").close()
    path = settings().master_key_path
    key = path.read_bytes()
    path.unlink()

    with pytest.raises(MasterKeyProblem):
        create_keys()
    assert not path.exists()

    path.write_bytes(bytes(reversed(key.strip())) + b"\n")
    path.chmod(0o400)
    with pytest.raises(MasterKeyProblem):
        create_keys()

    path.chmod(0o600)
    path.write_bytes(key)
    path.chmod(0o400)
    create_keys()
