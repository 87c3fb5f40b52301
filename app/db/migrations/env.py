"""Alembic's entry: runs the migrations on the connection that `app.db.migrate` opened."""

from typing import Any, Literal

from alembic import context

from app.db import Base, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write migrations with plain SQLAlchemy types, so that they never change with the program."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render_item,
    render_as_batch=False,
    compare_type=True,
)
context.run_migrations()
