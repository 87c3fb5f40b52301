"""What the page tests of documents share: addresses, parts of forms, text of pages."""

from io import BytesIO
from typing import Any

from sqlalchemy import select

from app.audit.models import AuditOutbox
from app.db import db
from app.documents.models import Item
from tests.fixtures.documents import Desk, LogDocument, pdf


def text_of(soup: Any) -> str:
    """The words of a part of a page."""
    return " ".join(soup.get_text(" ").split())


def form_url(desk: Desk, type_key: str = "alkuhaastattelu", episode_id: int | None = None) -> str:
    """Address of the form of a document type."""
    episode = episode_id or desk.episode_id
    return f"/clients/{desk.client.id}/documents/new?episode={episode}&type={type_key}"


def file_part(content: bytes | None = None, name: str = "haastattelu.pdf") -> tuple[BytesIO, str]:
    """A file as a form sends it."""
    return BytesIO(pdf() if content is None else content), name


def paper_item(log_paper: LogDocument) -> Item:
    """A paper that the worker holds."""
    document = log_paper()
    return db.session.scalars(select(Item).where(Item.document_id == document.id)).one()


def logged(action: str) -> list[str]:
    """Entries of the log with this action, oldest first."""
    db.session.rollback()
    payloads = db.session.scalars(select(AuditOutbox.payload).order_by(AuditOutbox.id))
    return [payload for payload in payloads if f'"action":"{action}"' in payload]
