"""What is due: documents whose retention ends by a day and that no unfinished list carries.

Of a certificate that was only shown the dates it covered are kept, as of a sick leave. That note is
due by the rule of its document, like any other. A rule that stores nothing (P0D) means the
certificate and not the note, and gives no last day of keeping: such a note is not listed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from app.accounts.permissions import Actor
from app.db import db
from app.destruction.models import DisposalEntry
from app.destruction.queries.obstacles import OPEN_ENTRIES, is_held, obstacles_of
from app.destruction.queries.rows import DocumentRow, document_rows
from app.destruction.roles import APPROVERS
from app.destruction.rules import Obstacle
from app.documents.models import Document, Item, Location
from app.documents.rules import LocationKind
from app.web.forms import database_id

PAGE_SIZE = 50


@dataclass(frozen=True)
class DueKey:
    """Where a page of the due list ends: the list goes by day, then by document."""

    disposable_from: date
    document_id: int

    @classmethod
    def parse(cls, text: str) -> "DueKey | None":
        """The key of `str(key)`; None when it is none."""
        day, _dot, number = text.partition(".")
        try:
            return cls(date.fromisoformat(day), database_id(number))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.disposable_from.isoformat()}.{self.document_id}"


@dataclass(frozen=True)
class DueRow:
    """A due document with everything that stands in its way."""

    document: DocumentRow
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True)
class DuePage:
    """One page of the due list, longest overdue first; `older` leads to the next."""

    rows: list[DueRow]
    next_key: DueKey | None


@dataclass(frozen=True)
class DueCounts:
    """What all of the due documents come to; `held` of them have a hold."""

    documents: int
    clients: int
    paper: int
    cabinets: int
    keys: int
    held: int


def due(
    actor: Actor,
    as_of: date,
    register_id: int | None = None,
    *,
    after: DueKey | None = None,
    limit: int = PAGE_SIZE,
) -> DuePage:
    """The documents whose retention has ended by `as_of` (also a coming day), a page at a time.

    Limited to the actor's registers, or to one of them.
    """
    statement = select(Document.id, Document.disposable_from).where(
        _in_scope(actor, register_id), is_due(as_of)
    )
    if after is not None:
        beyond = and_(
            Document.disposable_from == after.disposable_from, Document.id > after.document_id
        )
        statement = statement.where(or_(Document.disposable_from > after.disposable_from, beyond))
    statement = statement.order_by(Document.disposable_from, Document.id).limit(limit + 1)
    found = db.session.execute(statement).all()
    ids = [row.id for row in found[:limit]]
    documents = document_rows(ids)
    against = obstacles_of(ids, as_of)
    last = found[limit - 1] if len(found) > limit else None
    return DuePage(
        [DueRow(documents[id_], against[id_]) for id_ in ids],
        DueKey(last.disposable_from, last.id) if last else None,
    )


def due_ids(register_id: int, as_of: date, limit: int) -> Sequence[int]:
    """The due documents of a register, longest overdue first. The caller checks who asks."""
    statement = select(Document.id).where(Document.register_id == register_id, is_due(as_of))
    return db.session.scalars(
        statement.order_by(Document.disposable_from, Document.id).limit(limit)
    ).all()


def due_counts(actor: Actor, as_of: date, register_id: int | None = None) -> DueCounts:
    """What the due list comes to, however long it is."""
    found = and_(_in_scope(actor, register_id), is_due(as_of))
    documents, clients = db.session.execute(
        select(func.count(), func.count(Document.client_id.distinct())).where(found)
    ).one()
    held = db.session.scalar(select(func.count()).select_from(Document).where(found, is_held()))
    items = items_in(select(Document.id).where(found))
    return DueCounts(documents, clients, items.paper, items.cabinets, items.keys, held or 0)


def due_by_month(
    actor: Actor, as_of: date, *, months: int = 12, register_id: int | None = None
) -> list[tuple[date, int]]:
    """How many documents become due in each month from that of `as_of` on: first day and number.

    What is due on `as_of` already is not counted.
    """
    starts = [_month(as_of, ahead) for ahead in range(months + 1)]
    statement = (
        select(Document.disposable_from, func.count())
        .where(
            _in_scope(actor, register_id),
            Document.state == "active",
            _is_kept(),
            Document.disposable_from > as_of,
            Document.disposable_from < starts[-1],
        )
        .group_by(Document.disposable_from)
    )
    counted: Counter[date] = Counter()
    for day, number in db.session.execute(statement):
        if day is not None:
            counted[day.replace(day=1)] += number
    return [(start, counted[start]) for start in starts[:-1]]


@dataclass(frozen=True)
class ItemCounts:
    """Pieces that are still there: paper, in how many cabinets, and keys of files."""

    paper: int
    cabinets: int
    keys: int


def items_in(document_ids: Select[int]) -> ItemCounts:
    """The pieces of the documents that a statement selects."""
    rows = db.session.execute(
        select(Item.medium, Item.location_id, func.count())
        .where(Item.document_id.in_(document_ids), Item.state == "held")
        .group_by(Item.medium, Item.location_id)
    ).all()
    places = {row.location_id for row in rows if row.location_id is not None}
    return ItemCounts(
        paper=sum(count for medium, _place, count in rows if medium == "man"),
        cabinets=_cabinets(places),
        keys=sum(count for medium, _place, count in rows if medium == "atk"),
    )


def is_due(as_of: date) -> ColumnElement[bool]:
    """Condition on `Document`: kept long enough on that day, and on no unfinished list."""
    on_a_list = select(DisposalEntry.document_id).where(DisposalEntry.state.in_(OPEN_ENTRIES))
    return and_(
        Document.state == "active",
        Document.disposable_from <= as_of,
        _is_kept(),
        Document.id.not_in(on_a_list),
    )


def _is_kept() -> ColumnElement[bool]:
    """Condition on `Document`: something was stored, or its note is kept to a certain day."""
    return or_(Document.presented_from.is_(None), Document.last_kept_on.is_not(None))


def _in_scope(actor: Actor, register_id: int | None) -> ColumnElement[bool]:
    allowed = actor.registers(*APPROVERS)
    if register_id is not None:
        permitted = allowed is None or register_id in allowed
        return Document.register_id == register_id if permitted else false()
    return true() if allowed is None else Document.register_id.in_(allowed)


def month_end(first_on: date) -> date:
    """The last day of the month that begins on `first_on`."""
    return _month(first_on, 1) - timedelta(days=1)


def _month(day: date, ahead: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + ahead, 12)
    return date(year, month + 1, 1)


def _cabinets(place_ids: set[int]) -> int:
    """In how many cabinets the places are; a place outside any cabinet counts by itself."""
    if not place_ids:
        return 0
    register_ids = select(Location.register_id).where(Location.id.in_(place_ids))
    rows = db.session.execute(
        select(Location.id, Location.parent_id, Location.kind).where(
            Location.register_id.in_(register_ids)
        )
    )
    places = {id_: (parent_id, kind) for id_, parent_id, kind in rows}
    return len({_cabinet(id_, places) for id_ in place_ids})


def _cabinet(place_id: int, places: dict[int, tuple[int | None, str]]) -> int:
    above: int | None = place_id
    while above is not None:
        parent_id, kind = places[above]
        if kind == LocationKind.CABINET:
            return above
        above = parent_id
    return place_id
