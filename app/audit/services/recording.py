"""Writing to the log: with the act it tells of, or before a page with client data is shown."""

from datetime import datetime

from flask import g, has_app_context, has_request_context
from sqlalchemy import insert

from app import clock
from app.audit.events import Details, Event, ObjectType
from app.audit.models import AuditOutbox
from app.audit.payload import Subject, compose
from app.db import db


class OutsideTransaction(RuntimeError):
    """`record` was called where nothing would be committed, or `record_view` inside a write."""


def record(
    event: Event,
    *,
    actor_id: int | None,
    register_id: int | None = None,
    client_id: int | None = None,
    object_type: ObjectType | None = None,
    object_id: int | None = None,
    details: Details | None = None,
) -> None:
    """Write an entry in the open `transaction()`: it is kept exactly when the act is.

    `actor_id` is empty for the system itself. Raises `DetailsRefused` when the details are not
    those the event declares, `OutsideTransaction` when no transaction is open.
    """
    if not _writing():
        raise OutsideTransaction("record() belongs inside `with transaction():`")
    subject = Subject(actor_id, register_id, client_id, object_type, object_id)
    at, payload = _entry(event, subject, details or {})
    db.session.connection().execute(insert(AuditOutbox), {"at": at, "payload": payload})


def record_view(
    event: Event,
    *,
    actor_id: int | None,
    register_id: int | None = None,
    client_id: int | None = None,
    object_type: ObjectType | None = None,
    object_id: int | None = None,
    details: Details | None = None,
) -> None:
    """Write an entry at once, durably, before the answer is made: nothing is seen unlogged.

    Uses its own connection, so what the page has already read stays as it was read. Whatever goes
    wrong is raised: the answer must fail with its log entry (Art. 5(2) GDPR). In a request it
    notes that the access was recorded, without which the answer does not leave.
    """
    if _writing():
        raise OutsideTransaction("record_view() inside a transaction would wait for itself")
    subject = Subject(actor_id, register_id, client_id, object_type, object_id)
    _insert_at_once(*_entry(event, subject, details or {}))
    if has_request_context():
        g.access_recorded = True


def _writing() -> bool:
    return bool(db.session.info.get("in_transaction"))


def _entry(event: Event, subject: Subject, details: Details) -> tuple[datetime, str]:
    at = clock.now()
    request_id = g.get("request_id") if has_app_context() else None
    return at, compose(event, subject, details, at, request_id)


def _insert_at_once(at: datetime, payload: str) -> None:
    """Insert and commit on a connection of its own, with the driver's means only.

    Every page with client data waits for this; SQLAlchemy's layers would double the wait.
    """
    on_sqlite = db.engine.dialect.name == "sqlite"
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        if on_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
            # As the type of the column writes it: UTC, without a zone.
            values = (at.strftime("%Y-%m-%d %H:%M:%S.%f"), payload)
            cursor.execute("INSERT INTO audit_outbox (at, payload) VALUES (?, ?)", values)
        else:
            cursor.execute("INSERT INTO audit_outbox (at, payload) VALUES (%s, %s)", (at, payload))
        connection.commit()
    finally:
        # Back to the pool, which rolls back what was not committed.
        connection.close()
