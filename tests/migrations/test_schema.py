"""The migrations build exactly the tables that the models describe, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text

from app.audit.models import APPEND_ONLY, append_only_sql
from app.db import Base
from app.db.migrate import is_current, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """A database that the migrations have built."""
    if request.param == "postgresql":
        engine: Engine = request.getfixturevalue("postgresql")
        return engine
    engine = create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    upgrade(engine)
    return engine


def test_models_and_migrations_agree(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_database_is_current(migrated: Engine) -> None:
    assert is_current(migrated)


def test_an_empty_database_is_not(tmp_path: Path) -> None:
    assert not is_current(create_engine(f"sqlite:///{tmp_path / 'empty.db'}"))


def test_migrating_again_changes_nothing(migrated: Engine) -> None:
    upgrade(migrated)

    assert is_current(migrated)


def test_the_log_is_guarded_as_the_models_say(migrated: Engine) -> None:
    if migrated.dialect.name == "sqlite":
        statement = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        statement = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    with migrated.connect() as connection:
        found = [row[0] for row in connection.execute(text(statement))]

    wanted = [
        sql
        for model in APPEND_ONLY
        for sql in append_only_sql(migrated.dialect.name, model.__table__)
        if sql.startswith("CREATE TRIGGER")
    ]
    assert len(found) == len(wanted)
    if migrated.dialect.name == "sqlite":
        assert sorted(found) == sorted(wanted)
