"""Documents as destruction shows them: by number and kind, never by the client's name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clients.models import Client
from app.db import db
from app.destruction.explain import short_mandate
from app.documents.models import Document, Item
from app.documents.queries.names import definitions
from app.retention.queries import rules_of
from app.web.i18n import pick


@dataclass(frozen=True)
class PaperRow:
    """A piece of a document: its medium, and for paper where it is."""

    id: int
    document_id: int
    medium: str
    state: str
    sheets: int | None
    location_id: int | None
    holder_id: int | None


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list; `reference` is what people call it: client number and document."""

    id: int
    client_id: int
    client_number: int
    register_id: int
    title: str
    mandate: str
    rule_name: str
    disposal_action: str
    trigger_on: date | None
    last_kept_on: date | None
    disposable_from: date | None
    state: str
    items: tuple[PaperRow, ...]

    @property
    def reference(self) -> str:
        """Client number and document number: A-88/4."""
        return f"A-{self.client_number}/{self.id}"

    @property
    def media(self) -> tuple[str, ...]:
        """The media it is or was kept on, paper first."""
        return tuple(sorted({item.medium for item in self.items}, reverse=True))


def document_rows(document_ids: Collection[int]) -> dict[int, DocumentRow]:
    """The documents with their words, by id, in a fixed number of reads."""
    documents = db.session.scalars(select(Document).where(Document.id.in_(document_ids))).all()
    client_ids = {document.client_id for document in documents}
    numbers = dict(
        db.session.execute(select(Client.id, Client.number).where(Client.id.in_(client_ids))).all()
    )
    versions = definitions(document.register_version_id for document in documents)
    rules = rules_of({_rule_id(document) for document in documents})
    items = _items([document.id for document in documents])
    rows = {}
    for document in documents:
        _number, definition = versions[document.register_version_id]
        number, policy = rules[_rule_id(document)]
        rows[document.id] = DocumentRow(
            id=document.id,
            client_id=document.client_id,
            client_number=numbers[document.client_id],
            register_id=document.register_id,
            title=pick(definition.document_type(document.document_type_key).name),
            mandate=short_mandate(policy, number),
            rule_name=pick(policy.name),
            disposal_action=str(policy.action_for_documents),
            trigger_on=document.trigger_on,
            last_kept_on=document.last_kept_on,
            disposable_from=document.disposable_from,
            state=document.state,
            items=tuple(items.get(document.id, ())),
        )
    return rows


def _rule_id(document: Document) -> int:
    """What has a date has a rule that gave it."""
    assert document.retention_rule_version_id is not None
    return document.retention_rule_version_id


def _items(document_ids: Sequence[int]) -> dict[int, list[PaperRow]]:
    found: dict[int, list[PaperRow]] = {}
    rows = db.session.execute(
        select(
            Item.id,
            Item.document_id,
            Item.medium,
            Item.state,
            Item.sheets,
            Item.location_id,
            Item.holder_id,
        )
        .where(Item.document_id.in_(document_ids))
        .order_by(Item.id)
    )
    for row in rows:
        item = PaperRow(*row)
        found.setdefault(item.document_id, []).append(item)
    return found
