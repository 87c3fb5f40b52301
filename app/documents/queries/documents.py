"""Documents as lists show them: type, service, items with their places, how long each is kept."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from app import clock
from app.accounts.permissions import Actor, Role
from app.clients.models import Client
from app.clients.queries import UNRESTRICTED, names_of, open_client
from app.clients.queries.access import in_caseload
from app.crypto import key_store
from app.db import db
from app.documents.models import Document, HandOver, HandOverItem, Item
from app.documents.queries.allowed import spellings
from app.documents.queries.names import definitions, location_paths, people
from app.documents.sealing import open_file_name
from app.documents.words import Kept, kept
from app.registers.definitions import Sensitivity
from app.retention.queries import rules_of
from app.web.i18n import pick

PAGE_SIZE = 50


@dataclass(frozen=True)
class ItemRow:
    """A piece of a document: where the paper is and who has it, or what the file is."""

    id: int
    document_id: int
    medium: str
    kind: str
    state: str
    sheets: int | None
    size: int | None
    media_type: str | None
    file_name: str | None
    key_id: str | None
    blob_id: str | None
    place: str | None
    holder_id: int | None
    holder: str | None
    hand_over_id: int | None
    handed_to: str | None
    destroyed_at: datetime | None


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list, with its words in the language in use."""

    id: int
    register_id: int
    client_id: int
    episode_id: int
    client: str | None
    service_key: str
    service: str
    type_key: str
    title: str
    is_special: bool
    version: int
    dated_on: date
    presented_from: date | None
    presented_until: date | None
    logged_at: datetime
    logged_by: str
    state: str
    kept: Kept
    items: tuple[ItemRow, ...]


@dataclass(frozen=True)
class DocumentFilters:
    """What to look for; empty fields do not restrict. `due_before`: retention ends before it."""

    register_id: int | None = None
    service_key: str | None = None
    document_type_key: str | None = None
    state: str | None = None
    due_before: date | None = None
    location_id: int | None = None

    def condition(self, as_of: date) -> ColumnElement[bool]:
        """The filters as a condition on `Document`."""
        wanted: list[ColumnElement[bool]] = [true()]
        if self.register_id is not None:
            wanted.append(Document.register_id == self.register_id)
        if self.service_key:
            wanted.append(Document.service_key == self.service_key)
        if self.document_type_key:
            keys = spellings(self.document_type_key)
            wanted.append(Document.document_type_key.in_(keys))
        if self.state:
            wanted.append(_state_condition(self.state, as_of))
        if self.due_before is not None:
            wanted.append(Document.state == "active")
            wanted.append(Document.disposable_from < self.due_before)
        if self.location_id is not None:
            lying = select(Item.document_id).where(
                Item.location_id == self.location_id, Item.state == "held"
            )
            wanted.append(Document.id.in_(lying))
        return and_(*wanted)


@dataclass(frozen=True)
class DocumentPage:
    """One page of the list, newest first; `older_than` is the key of the next."""

    documents: list[DocumentRow]
    older_than: int | None


def documents_of_client(actor: Actor, client_id: int) -> list[DocumentRow]:
    """All documents of a client the actor may open, newest first. Raises as `open_client`."""
    open_client(actor, client_id)
    statement = select(Document).where(Document.client_id == client_id)
    newest_first = statement.order_by(Document.dated_on.desc(), Document.id.desc())
    return rows_of(db.session.scalars(newest_first).all())


def document_list(
    actor: Actor, filters: DocumentFilters, before_id: int | None = None
) -> DocumentPage:
    """The documents the actor may see without giving a reason, newest first, a page at a time.

    Staff see their own clients'; the other roles see the registers they are granted.
    """
    statement = select(Document).where(readable(actor), filters.condition(clock.today()))
    if before_id is not None:
        statement = statement.where(Document.id < before_id)
    statement = statement.order_by(Document.id.desc()).limit(PAGE_SIZE + 1)
    found = db.session.scalars(statement).all()
    shown = found[:PAGE_SIZE]
    older_than = shown[-1].id if len(found) > PAGE_SIZE else None
    return DocumentPage(rows_of(shown, with_names=True), older_than)


def items_of_client(client_id: int) -> list[tuple[DocumentRow, ItemRow]]:
    """Every piece that is held about a client, each with its document, oldest document first.

    For packages that act on all of a client's data; they have checked who asks.
    """
    statement = select(Document).where(Document.client_id == client_id).order_by(Document.id)
    return [
        (row, item)
        for row in rows_of(db.session.scalars(statement).all())
        for item in row.items
        if item.state == "held"
    ]


def readable(actor: Actor) -> ColumnElement[bool]:
    """Condition on `Document`: what the actor may see without being asked for a reason."""
    own = Document.client_id.in_(select(Client.id).where(in_caseload(actor)))
    return or_(
        _in_registers(actor.registers(*UNRESTRICTED)),
        and_(_in_registers(actor.registers(Role.STAFF)), own),
    )


def _in_registers(register_ids: frozenset[int] | None) -> ColumnElement[bool]:
    if register_ids is None:
        return true()
    return Document.register_id.in_(register_ids) if register_ids else false()


def _state_condition(state: str, as_of: date) -> ColumnElement[bool]:
    active = Document.state == "active"
    conditions = {
        "waiting": and_(
            active,
            Document.disposable_from.is_(None),
            Document.trigger_on.is_(None),
            Document.retention_rule_version_id.is_not(None),
        ),
        "running": and_(active, Document.disposable_from > as_of),
        "ended": and_(active, Document.disposable_from <= as_of),
        "destroyed": Document.state == "destroyed",
    }
    return conditions.get(state, false())


def rows_of(documents: Sequence[Document], *, with_names: bool = False) -> list[DocumentRow]:
    """The documents with their words, in a fixed number of reads however many there are."""
    today = clock.today()
    versions = definitions(document.register_version_id for document in documents)
    rule_ids = {document.retention_rule_version_id for document in documents} - {None}
    rules = rules_of({rule_id for rule_id in rule_ids if rule_id is not None})
    loggers = people(document.logged_by_id for document in documents)
    names = names_of({each.client_id for each in documents}) if with_names else {}
    items = item_rows(documents)
    rows = []
    for document in documents:
        number, definition = versions[document.register_version_id]
        document_type = definition.document_type(document.document_type_key)
        _number, rule = rules.get(document.retention_rule_version_id or 0, (0, None))
        rows.append(
            DocumentRow(
                id=document.id,
                register_id=document.register_id,
                client_id=document.client_id,
                episode_id=document.episode_id,
                client=names.get(document.client_id),
                service_key=document.service_key,
                service=pick(definition.service(document.service_key).name),
                type_key=document.document_type_key,
                title=pick(document_type.name),
                is_special=document_type.sensitivity is Sensitivity.SPECIAL,
                version=number,
                dated_on=document.dated_on,
                presented_from=document.presented_from,
                presented_until=document.presented_until,
                logged_at=document.logged_at,
                logged_by=loggers[document.logged_by_id],
                state=document.state,
                kept=kept(document, rule, today),
                items=tuple(items[document.id]),
            )
        )
    return rows


def item_rows(documents: Collection[Document]) -> dict[int, list[ItemRow]]:
    """The items of the documents by document id, with places, holders and open hand-overs."""
    document_ids = [document.id for document in documents]
    found: dict[int, list[ItemRow]] = defaultdict(list)
    items = db.session.scalars(
        select(Item).where(Item.document_id.in_(document_ids)).order_by(Item.id)
    ).all()
    paths = location_paths({document.register_id for document in documents})
    on_the_way = _open_hand_overs([item.id for item in items])
    receivers = [to_user_id for _slip_id, to_user_id in on_the_way.values()]
    names = people([*(item.holder_id for item in items), *receivers])
    keys = key_store().open_many([item.key_id for item in items if item.key_id])
    for item in items:
        hand_over_id, to_user_id = on_the_way.get(item.id, (None, None))
        found[item.document_id].append(
            ItemRow(
                id=item.id,
                document_id=item.document_id,
                medium=item.medium,
                kind=item.kind,
                state=item.state,
                sheets=item.sheets,
                size=item.size,
                media_type=item.media_type,
                file_name=_file_name(item, keys),
                key_id=item.key_id,
                blob_id=item.blob_id,
                place=paths.get(item.location_id or 0),
                holder_id=item.holder_id,
                holder=names.get(item.holder_id or 0),
                hand_over_id=hand_over_id,
                handed_to=names.get(to_user_id or 0),
                destroyed_at=item.destroyed_at,
            )
        )
    return found


def _file_name(item: Item, keys: dict[str, bytes]) -> str | None:
    key = keys.get(item.key_id or "")
    if key is None or item.key_id is None or item.file_name_sealed is None:
        return None
    return open_file_name(item.file_name_sealed, item.key_id, key)


def _open_hand_overs(item_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """The open hand-over each of the items is in, and who receives it, by item id."""
    statement = (
        select(HandOverItem.item_id, HandOver.id, HandOver.to_user_id)
        .join(HandOver, HandOver.id == HandOverItem.hand_over_id)
        .where(HandOverItem.item_id.in_(item_ids), HandOver.state == "open")
    )
    rows = db.session.execute(statement)
    return {item_id: (slip_id, to_user_id) for item_id, slip_id, to_user_id in rows}
