"""Tables of the access log: an outbox, the entries, the inner nodes of their tree, checkpoints.

None has a foreign key: the log outlives what it speaks of. Entries, nodes and checkpoints can only
be added to; the triggers here stop a mistake, the signed checkpoints expose an intent.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import (
    DDL,
    ExecutableDDLElement,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, PrimaryKey


class AuditOutbox(Base):
    """An entry written with the act it tells of, waiting for its place in the sequence."""

    __tablename__ = "audit_outbox"

    id: Mapped[PrimaryKey]
    at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(Text)


class AuditEntry(Base):
    """Entry number `seq`, counted from 0 without a gap.

    The payload is the truth that is hashed; the other columns repeat it for searching, and
    verification compares them.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_client", "client_id", "seq"),
        Index("ix_audit_entry_actor", "actor_id", "seq"),
        Index("ix_audit_entry_register", "register_id", "seq"),
        Index("ix_audit_entry_action", "action", "seq"),
        Index("ix_audit_entry_at", "at"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(40))
    register_id: Mapped[int | None]
    client_id: Mapped[int | None]
    object_type: Mapped[str | None] = mapped_column(String(40))
    object_id: Mapped[int | None]
    payload: Mapped[str] = mapped_column(Text)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditNode(Base):
    """Hash of a complete subtree: `idx` counts the subtrees of 2^`level` entries from the left."""

    __tablename__ = "audit_node"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy reads it so

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    idx: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditCheckpoint(Base):
    """A signed statement of the log's size and root; the newest is also kept outside."""

    __tablename__ = "audit_checkpoint"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str] = mapped_column(Text)


APPEND_ONLY = (AuditEntry, AuditNode, AuditCheckpoint)


def append_only_sql(dialect: str, table: Table) -> list[str]:
    """Statements that make `table` append-only on `dialect`: "sqlite" or "postgresql".

    A migration executes them after it has created the table; `create_all` does so by itself.
    """
    name = table.name
    if dialect == "postgresql":
        refusal = "RAISE EXCEPTION 'the log is append-only'"
        returns = "RETURNS trigger LANGUAGE plpgsql"
        when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} FOR EACH STATEMENT"
        return [
            f"CREATE OR REPLACE FUNCTION refuse_change() {returns} AS $$ BEGIN {refusal}; END $$",
            f"CREATE TRIGGER {name}_append_only {when} EXECUTE FUNCTION refuse_change()",
        ]
    refuse = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    # REPLACE deletes without firing a DELETE trigger, so an insert over an existing key is
    # refused as well.
    key = " AND ".join(f"{column.name} = NEW.{column.name}" for column in table.primary_key)
    taken = f"EXISTS (SELECT 1 FROM {name} WHERE {key})"  # noqa: S608  # names of our own tables
    return [
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refuse}",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}",
        f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {taken} {refuse}",
    ]


def _attach_triggers() -> None:
    for model in APPEND_ONLY:
        table = cast("Table", model.__table__)
        for dialect in ("sqlite", "postgresql"):
            for statement in append_only_sql(dialect, table):
                ddl: ExecutableDDLElement = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy has no annotation there
                event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


_attach_triggers()
