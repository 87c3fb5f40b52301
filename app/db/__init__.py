"""The database: base class of the tables, the session, and the one unit of work."""

from app.db.base import Base, PrimaryKey, UtcDateTime
from app.db.session import configure_database, db, insert_once, transaction

__all__ = [
    "Base",
    "PrimaryKey",
    "UtcDateTime",
    "configure_database",
    "db",
    "insert_once",
    "transaction",
]
