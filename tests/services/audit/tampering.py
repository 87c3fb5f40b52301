"""What someone with full rights in the database can do to the log: the guards are switched off."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.audit.models import APPEND_ONLY, append_only_sql
from app.audit.tree import Tree, leaf_hash
from app.db import db, transaction


@contextmanager
def tampering() -> Iterator[Session]:
    """A transaction in which the log's tables can be changed."""
    dialect = db.engine.dialect.name
    with transaction() as session:
        if dialect == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            triggers = session.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
            for name in list(triggers):
                session.execute(text(f"DROP TRIGGER {name}"))
        yield session
        if dialect == "sqlite":
            for model in APPEND_ONLY:
                for statement in append_only_sql(dialect, model.__table__):  # type: ignore[arg-type]
                    session.execute(text(statement))


def cut_tail(session: Session, size: int) -> None:
    """Remove all entries from number `size` on, and the nodes that covered them."""
    session.execute(text("DELETE FROM audit_entry WHERE seq >= :size"), {"size": size})
    for level in range(1, 40):
        session.execute(
            text("DELETE FROM audit_node WHERE level = :level AND idx >= :idx"),
            {"level": level, "idx": size >> level},
        )


def forget_checkpoints(session: Session) -> None:
    """Remove the signed checkpoints from the table."""
    session.execute(text("DELETE FROM audit_checkpoint"))


def rehash(session: Session) -> None:
    """Make leaves and nodes fit the payloads again, as an informed attacker would."""
    rows = session.execute(text("SELECT seq, payload FROM audit_entry ORDER BY seq")).all()
    tree = Tree(leaf_hash(payload.encode()) for _, payload in rows)
    for (seq, _), leaf in zip(rows, tree.levels[0], strict=True):
        session.execute(
            text("UPDATE audit_entry SET leaf_hash = :leaf WHERE seq = :seq"),
            {"leaf": leaf, "seq": seq},
        )
    session.execute(text("DELETE FROM audit_node"))
    for level, hashes in enumerate(tree.levels):
        for idx, digest in enumerate(hashes):
            if level:
                session.execute(
                    text("INSERT INTO audit_node (level, idx, hash) VALUES (:level, :idx, :hash)"),
                    {"level": level, "idx": idx, "hash": digest},
                )
