"""An instance that is in use is brought up to date with what it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from app.db.migrate import is_current, upgrade

ROWS = (
    "INSERT INTO register (id, key, created_at) VALUES (1, 'asiakkaat', '2025-01-01')",
    (
        "INSERT INTO register_version (id, register_id, number, state, content, content_hash,"
        " loaded_at) VALUES (1, 1, 1, 'draft', '{}', 'abc', '2025-01-01')"
    ),
    "INSERT INTO retention_rule (id, key) VALUES (1, 'social')",
    (
        "INSERT INTO retention_rule_version (id, rule_id, number, content, content_hash,"
        " in_force_from, loaded_at) VALUES (1, 1, 1, '{}', 'abc', '2025-01-01', '2025-01-01')"
    ),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def first_version(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database as the first version of the program left it, with rows in it."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'older.db'}")
    else:
        server: Engine = request.getfixturevalue("postgresql")
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS older"))
            connection.execute(text("CREATE DATABASE older"))
        engine = create_engine(server.url.set(database="older"))
    upgrade(engine, "0001")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    yield engine
    engine.dispose()


def test_older_rows_outlive_the_newer_columns(first_version: Engine) -> None:
    upgrade(first_version)

    assert is_current(first_version)
    with first_version.connect() as connection:
        version = connection.execute(text("SELECT number, source FROM register_version")).one()
        rule = connection.execute(text("SELECT number FROM retention_rule_version")).one()
    assert tuple(version) == (1, None)
    assert tuple(rule) == (1,)
