"""The session and the unit of work.

Reading goes through `db.session`; writing happens only inside `transaction()`, which rolls back
unless it reaches its end.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "busy_timeout=15000",
)

db = SQLAlchemy(session_options={"expire_on_commit": False})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Durable commits, enforced foreign keys, and deleted content overwritten in the file."""
    if not isinstance(connection, sqlite3.Connection):
        return
    # Transactions are opened by `_begin`: the driver's own would be deferred, and a deferred
    # transaction that turns into a writer fails at once instead of waiting for its turn.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def configure_database(app: Flask, url: str) -> None:
    """Attach the database at `url` to `app`."""
    # A server may have closed an idle connection; a file cannot.
    remote = not url.startswith("sqlite")
    app.config["SQLALCHEMY_ENGINES"] = {"default": {"url": url, "pool_pre_ping": remote}}
    db.init_app(app)


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: commits at its end, rolls back on any exception.

    What was read before is forgotten at the start, so that a decision inside rests on what the
    database holds now (two approvers at once, a hold set a moment ago). A service that calls
    another one makes one act of both: the inner call joins the outer transaction.
    """
    session = db.session
    if session.info.get("in_transaction"):
        yield session
        return
    session.commit()
    session.expire_all()
    session.connection(execution_options={"write": True})
    session.info["in_transaction"] = True
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["in_transaction"] = False


def insert_once(session: Session, row: object) -> bool:
    """Insert a row unless somebody else inserts its like at this moment; whether it was inserted.

    For rows with a key that nobody may give twice. The other row is there to be read when the
    answer is no.
    """
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True
