"""Hand-overs, places and the chain of custody, as pages show them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.permissions import CLIENT_ROLES, Actor, NotPermitted
from app.clients.queries import open_client
from app.db import db
from app.documents.models import CustodyEvent, Document, HandOver, HandOverItem, Item, Location
from app.documents.queries.documents import DocumentRow, ItemRow, readable, rows_of
from app.documents.queries.names import location_parts, location_paths, people
from app.documents.rules import CustodyKind, LocationKind
from app.documents.words import CUSTODY_WORDS, LOCATION_WORDS
from app.web.problems import NotFound

PAGE_SIZE = 50


@dataclass(frozen=True)
class HandOverRow:
    """A hand-over in a list: no client data, only how many papers and whose hands."""

    id: int
    reference: str
    register_id: int
    from_user_id: int
    to_user_id: int
    giver: str
    receiver: str
    purpose: str
    state: str
    refusal_reason: str | None
    place: str | None
    handed_at: datetime
    answered_at: datetime | None
    count: int


@dataclass(frozen=True)
class Slip:
    """A hand-over with its papers: what is printed and acknowledged."""

    row: HandOverRow
    papers: tuple[tuple[DocumentRow, ItemRow], ...]

    @property
    def client_ids(self) -> list[int]:
        """The clients whose papers they are."""
        return sorted({document.client_id for document, _item in self.papers})


@dataclass(frozen=True)
class CustodyLine:
    """A link of a chain of custody, in words."""

    item_id: int
    kind: str
    words: str
    at: datetime
    by: str
    holder: str | None
    place: str | None
    hand_over_id: int | None


@dataclass(frozen=True)
class Place:
    """A location, the larger places it stands in, and the number of papers that lie in it."""

    id: int
    register_id: int
    kind: str
    name: str
    inside: str
    is_locked: bool
    papers: int

    @property
    def path(self) -> str:
        """Where it is: Archive › cabinet 7 › box 88."""
        return self.inside + self.name


def open_hand_overs(actor: Actor) -> list[HandOverRow]:
    """What waits for the actor's acknowledgement, oldest first."""
    waiting = (
        select(HandOver)
        .where(HandOver.to_user_id == actor.user_id, HandOver.state == "open")
        .order_by(HandOver.id)
    )
    return _hand_over_rows(waiting)


def hand_over_list(
    actor: Actor, view: str = "waiting", before_id: int | None = None
) -> tuple[list[HandOverRow], int | None]:
    """Hand-overs `waiting` for the actor, `given` by the actor, or `all` of the actor's registers.

    Newest first, with the key of the next page.
    """
    conditions: dict[str, ColumnElement[bool]] = {
        "waiting": (HandOver.to_user_id == actor.user_id) & (HandOver.state == "open"),
        "given": HandOver.from_user_id == actor.user_id,
        "all": true(),
    }
    statement = select(HandOver).where(conditions[view], _seen_by(actor))
    if before_id is not None:
        statement = statement.where(HandOver.id < before_id)
    found = _hand_over_rows(statement.order_by(HandOver.id.desc()).limit(PAGE_SIZE + 1))
    older = found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None
    return found[:PAGE_SIZE], older


def slip(actor: Actor, hand_over_id: int) -> Slip:
    """A hand-over with its papers, for its two people and whoever works with all of the register.

    Raises `NotFound`, `NotPermitted`.
    """
    rows = _hand_over_rows(select(HandOver).where(HandOver.id == hand_over_id))
    if not rows:
        raise NotFound(hand_over_id)
    row = rows[0]
    actor.require(row.register_id, *CLIENT_ROLES)
    mine = actor.user_id in (row.from_user_id, row.to_user_id)
    statement = (
        select(Document, Item.id)
        .join(Item, Item.document_id == Document.id)
        .join(HandOverItem, HandOverItem.item_id == Item.id)
        .where(HandOverItem.hand_over_id == hand_over_id)
        .order_by(Item.id)
    )
    found = db.session.execute(statement).all()
    documents = {document.id: document for document, _item_id in found}
    if not mine and not _may_read_all(actor, documents):
        raise NotPermitted(hand_over_id)
    shown = {each.id: each for each in rows_of([*documents.values()], with_names=True)}
    items = {item.id: item for each in shown.values() for item in each.items}
    papers = tuple((shown[document.id], items[item_id]) for document, item_id in found)
    return Slip(row, papers)


def papers_to_hand_over(
    actor: Actor, *, client_id: int | None = None, item_ids: Collection[int] = ()
) -> list[tuple[DocumentRow, ItemRow]]:
    """Papers that the actor could hand over now: of one client, or those named.

    Left out is what somebody else holds, what is on its way, and what has been destroyed. The
    service decides again when they are handed over. Raises as `open_client` for a client.
    """
    if client_id is not None:
        open_client(actor, client_id)
        wanted = Document.client_id == client_id
    else:
        named = select(Item.document_id).where(Item.id.in_(item_ids))
        held = named.where(Item.holder_id == actor.user_id)
        mine = and_(Document.id.in_(held), _in_scope(actor, Document.register_id))
        wanted = or_(mine, and_(Document.id.in_(named), readable(actor)))
    documents = db.session.scalars(
        select(Document).where(wanted, Document.state == "active").order_by(Document.id)
    ).all()
    return [
        (row, item)
        for row in rows_of(documents, with_names=True)
        for item in row.items
        if _can_be_given(actor, item) and (client_id is not None or item.id in item_ids)
    ]


def custody_lines(items: Sequence[ItemRow], register_id: int) -> list[CustodyLine]:
    """The chain of custody of the items, newest first."""
    events = db.session.scalars(
        select(CustodyEvent)
        .where(CustodyEvent.item_id.in_([item.id for item in items]))
        .order_by(CustodyEvent.at.desc(), CustodyEvent.id.desc())
    ).all()
    paths = location_paths({register_id})
    names = people([each for event in events for each in (event.by_user_id, event.holder_id)])
    return [
        CustodyLine(
            item_id=event.item_id,
            kind=event.kind,
            words=str(CUSTODY_WORDS[CustodyKind(event.kind)]),
            at=event.at,
            by=names[event.by_user_id],
            holder=names.get(event.holder_id or 0),
            place=paths.get(event.location_id or 0),
            hand_over_id=event.hand_over_id,
        )
        for event in events
    ]


def locations(actor: Actor, register_id: int | None = None) -> list[Place]:
    """The places of the actor's registers (or of one), each under the one it stands in."""
    in_scope = actor.registers(*CLIENT_ROLES)
    statement = select(Location)
    if in_scope is not None:
        statement = statement.where(Location.register_id.in_(in_scope))
    if register_id is not None:
        statement = statement.where(Location.register_id == register_id)
    found = {place.id: place for place in db.session.scalars(statement)}
    parts = location_parts({place.register_id for place in found.values()})
    counts: dict[int | None, int] = defaultdict(int)
    lying = (
        select(Item.location_id, func.count())
        .where(Item.location_id.in_(found), Item.state == "held")
        .group_by(Item.location_id)
    )
    counts.update((place_id, count) for place_id, count in db.session.execute(lying))
    return [
        Place(
            id=place_id,
            register_id=found[place_id].register_id,
            kind=str(LOCATION_WORDS[LocationKind(found[place_id].kind)]),
            name=found[place_id].name,
            inside="".join(f"{parent} › " for parent in names[:-1]),
            is_locked=found[place_id].is_locked,
            papers=counts[place_id],
        )
        for place_id, names in parts.items()
        if place_id in found
    ]


def _can_be_given(actor: Actor, item: ItemRow) -> bool:
    free = item.holder_id in (None, actor.user_id) and item.hand_over_id is None
    return item.medium == "man" and item.state == "held" and free


def _in_scope(actor: Actor, register_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    registers = actor.registers(*CLIENT_ROLES)
    return true() if registers is None else register_id.in_(registers)


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    own = or_(HandOver.to_user_id == actor.user_id, HandOver.from_user_id == actor.user_id)
    return or_(own, _in_scope(actor, HandOver.register_id))


def _may_read_all(actor: Actor, documents: Collection[int]) -> bool:
    """Whether every one of the documents may be seen without a reason."""
    count = select(func.count()).where(Document.id.in_(documents), readable(actor))
    return db.session.scalar(count) == len(documents)


def _hand_over_rows(statement: Select[HandOver]) -> list[HandOverRow]:
    slips = db.session.scalars(statement).all()
    names = people([each for slip_ in slips for each in (slip_.from_user_id, slip_.to_user_id)])
    paths = location_paths({slip_.register_id for slip_ in slips})
    counts = dict(
        db.session.execute(
            select(HandOverItem.hand_over_id, func.count())
            .where(HandOverItem.hand_over_id.in_([slip_.id for slip_ in slips]))
            .group_by(HandOverItem.hand_over_id)
        ).all()
    )
    return [
        HandOverRow(
            id=slip_.id,
            reference=slip_.reference,
            register_id=slip_.register_id,
            from_user_id=slip_.from_user_id,
            to_user_id=slip_.to_user_id,
            giver=names[slip_.from_user_id],
            receiver=names[slip_.to_user_id],
            purpose=slip_.purpose,
            state=slip_.state,
            refusal_reason=slip_.refusal_reason,
            place=paths.get(slip_.to_location_id or 0),
            handed_at=slip_.handed_at,
            answered_at=slip_.answered_at,
            count=counts[slip_.id],
        )
        for slip_ in slips
    ]
