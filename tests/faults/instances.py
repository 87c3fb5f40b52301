"""An installation that is stopped in the middle of its work and put back as it was, many times."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from app import create_app
from app.config import Settings
from app.crypto import key_store
from app.db import db

KILLED = "killed"

# One engine of each kind whose statements the others need not compile again.
_engines: dict[str, Engine] = {}


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """The program on the instance, with nothing in memory but the statements of earlier times."""
    app = create_app(settings)
    with app.app_context():
        first = _engines.setdefault(db.engine.dialect.name, db.engine)
        db.engine.dialect, db.engine._compiled_cache = first.dialect, first._compiled_cache
        yield app


def closed() -> None:
    """Let go of keys and database, so that their files can be taken away."""
    key_store().close()
    db.session.close()
    for engine in db.engines.values():
        engine.dispose()


@contextmanager
def restarted(settings: Settings) -> Iterator[Flask]:
    """The program started anew on the instance, and ended."""
    with opened(settings) as app:
        yield app
        closed()


@dataclass(frozen=True)
class Instance:
    """`settings` of the instance that is stopped; `put_back` makes it what it was."""

    settings: Settings
    put_back: Callable[[], None]


@pytest.fixture
def freeze(
    settings: Settings, database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Instance]]:
    """`freeze()`: close the test's instance; what is stopped later is put back to this moment."""
    snapshot, made = tmp_path / "snapshot", []

    def files() -> None:
        rmtree(settings.instance_path)
        copytree(snapshot, settings.instance_path)

    def freeze() -> Instance:
        closed()
        copytree(settings.instance_path, snapshot)
        if database == "sqlite":
            return Instance(settings, files)
        engine: Engine = request.getfixturevalue("postgresql")
        engine.dispose()
        made.append(engine)
        url = engine.url.set(database=KILLED).render_as_string(hide_password=False)

        def put_back() -> None:
            files()
            _on_server(engine, f"DROP DATABASE IF EXISTS {KILLED} WITH (FORCE)", _copy_of(engine))

        put_back()
        return Instance(settings.model_copy(update={"database": url}), put_back)

    yield freeze
    for engine in made:
        _on_server(engine, f"DROP DATABASE IF EXISTS {KILLED} WITH (FORCE)")


def _copy_of(engine: Engine) -> str:
    return f"CREATE DATABASE {KILLED} TEMPLATE {engine.url.database} STRATEGY FILE_COPY"


def _on_server(engine: Engine, *statements: str) -> None:
    """Statements about whole databases, from one that is none of those."""
    url = engine.url.set(database="template1")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    server.dispose()
