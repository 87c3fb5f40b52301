"""Destruction lists: their overview, and one list with its documents and what may be done."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select, true

from app import clock
from app.accounts.permissions import Actor
from app.config import settings
from app.db import db
from app.destruction.explain import read_obstacle, short_mandate
from app.destruction.models import (
    DisposalCertificate,
    DisposalConfirmation,
    DisposalEntry,
    DisposalItem,
)
from app.destruction.queries.due import ItemCounts, items_in
from app.destruction.queries.obstacles import OPEN_ENTRIES, obstacles_of
from app.destruction.queries.rows import DocumentRow, document_rows
from app.destruction.roles import APPROVERS, EXECUTORS, READERS
from app.destruction.rules import (
    ListState,
    Obstacle,
    may_approve,
    may_cancel,
    may_execute,
)
from app.documents.models import Document, Item
from app.documents.queries.names import people
from app.retention.queries import rules_of
from app.web.problems import NotFound

PAGE_SIZE = 100


@dataclass(frozen=True)
class ListRow:
    """A list in the overview."""

    id: int
    reference: str
    register_id: int
    state: ListState
    proposed_at: datetime
    proposed_by: str
    documents: int


@dataclass(frozen=True)
class ListCounts:
    """What a list comes to: what it carries, and how many documents were left out of it."""

    documents: int
    clients: int
    items: ItemCounts
    left_out: int
    destroyed: int
    failed: int


@dataclass(frozen=True)
class EntryRow:
    """A document of a list: what stands in its way now, or why it was left out."""

    id: int
    document: DocumentRow
    state: str
    mandate: str
    last_kept_on: date | None
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True)
class Acts:
    """What this person may do with the list now."""

    approve: bool
    send_back: bool
    cancel: bool
    fetch_paper: bool
    execute: bool
    certify: bool


@dataclass(frozen=True)
class ListPage:
    """One list as its page shows it; `next_key` is the entry after which the next page begins."""

    confirmation: DisposalConfirmation
    state: ListState
    people: dict[int, str]
    counts: ListCounts
    entries: list[EntryRow]
    next_key: int | None
    acts: Acts
    paper_left: int
    certificate_at: datetime | None
    waiting_days: int
    waiting_over: bool

    @property
    def client_ids(self) -> list[int]:
        """Whose documents the page shows."""
        return sorted({entry.document.client_id for entry in self.entries})

    def name(self, user_id: int | None) -> str:
        """What the person is called who did a step."""
        return self.people.get(user_id or 0, "")


def disposal_lists(actor: Actor, before_id: int | None = None, limit: int = 50) -> list[ListRow]:
    """The lists of the actor's registers, newest first; one more than `limit` if there are more."""
    statement = select(DisposalConfirmation).where(_readable(actor))
    if before_id is not None:
        statement = statement.where(DisposalConfirmation.id < before_id)
    newest = statement.order_by(DisposalConfirmation.id.desc()).limit(limit + 1)
    found = db.session.scalars(newest).all()
    names = people(each.proposed_by_id for each in found)
    counted = dict(
        db.session.execute(
            select(DisposalEntry.confirmation_id, func.count())
            .where(
                DisposalEntry.confirmation_id.in_([each.id for each in found]),
                DisposalEntry.state != "excluded",
            )
            .group_by(DisposalEntry.confirmation_id)
        ).all()
    )
    return [
        ListRow(
            each.id,
            each.reference,
            each.register_id,
            ListState(each.state),
            each.proposed_at,
            names[each.proposed_by_id],
            counted.get(each.id, 0),
        )
        for each in found
    ]


def find_list(actor: Actor, list_id: int) -> DisposalConfirmation:
    """A list. Raises `NotFound`, and `NotPermitted` without a grant in its register."""
    found = db.session.get(DisposalConfirmation, list_id)
    if found is None:
        raise NotFound(list_id)
    actor.require(found.register_id, *READERS)
    return found


def disposal_list(actor: Actor, list_id: int, after: int | None = None) -> ListPage:
    """A list with a page of its documents. Raises as `find_list`."""
    found = find_list(actor, list_id)
    state = ListState(found.state)
    statement = select(DisposalEntry).where(DisposalEntry.confirmation_id == list_id)
    if after is not None:
        statement = statement.where(DisposalEntry.id > after)
    entries = db.session.scalars(statement.order_by(DisposalEntry.id).limit(PAGE_SIZE + 1)).all()
    shown = entries[:PAGE_SIZE]
    users = people(
        (
            found.proposed_by_id,
            found.approved_by_id,
            found.stopped_by_id,
            found.executed_by_id,
        )
    )
    return ListPage(
        confirmation=found,
        state=state,
        people=users,
        counts=_counts(found),
        entries=_entry_rows(found, shown),
        waiting_days=_waiting_days(found),
        waiting_over=found.executable_from is not None and found.executable_from <= clock.today(),
        next_key=shown[-1].id if len(entries) > PAGE_SIZE else None,
        acts=_acts(actor, found, paper_destroyed(list_id)),
        paper_left=paper_left(list_id),
        certificate_at=db.session.scalar(
            select(DisposalCertificate.issued_at).where(
                DisposalCertificate.confirmation_id == list_id
            )
        ),
    )


def open_documents(list_id: int) -> Select[int]:
    """The documents of a list that are still to be destroyed."""
    return select(DisposalEntry.document_id).where(
        DisposalEntry.confirmation_id == list_id, DisposalEntry.state.in_(OPEN_ENTRIES)
    )


def paper_ids(list_id: int) -> list[int]:
    """Paper of those documents that is still there."""
    return list(
        db.session.scalars(
            select(Item.id)
            .where(
                Item.document_id.in_(open_documents(list_id)),
                Item.medium == "man",
                Item.state == "held",
            )
            .order_by(Item.id)
        )
    )


def paper_left(list_id: int) -> int:
    """How much paper must be destroyed before the list can be carried out.

    Paper of documents that must be kept after all does not count: it stays in its place.
    """
    paper = db.session.execute(
        select(Item.id, Item.document_id).where(Item.id.in_(paper_ids(list_id)))
    ).all()
    against = obstacles_of({row.document_id for row in paper}, clock.today(), own_list=list_id)
    return sum(not against[row.document_id] for row in paper)


def paper_destroyed(list_id: int) -> int:
    """How many pieces of the list's paper have been confirmed destroyed."""
    statement = (
        select(func.count(DisposalItem.id))
        .join(DisposalEntry)
        .where(DisposalEntry.confirmation_id == list_id, DisposalItem.medium == "man")
    )
    return db.session.scalar(statement) or 0


def _readable(actor: Actor) -> ColumnElement[bool]:
    allowed = actor.registers(*READERS)
    return true() if allowed is None else DisposalConfirmation.register_id.in_(allowed)


def _counts(found: DisposalConfirmation) -> ListCounts:
    states: Counter[str] = Counter()
    clients: set[int] = set()
    rows = db.session.execute(
        select(DisposalEntry.state, Document.client_id, func.count())
        .join(Document, Document.id == DisposalEntry.document_id)
        .where(DisposalEntry.confirmation_id == found.id)
        .group_by(DisposalEntry.state, Document.client_id)
    )
    for state, client_id, number in rows:
        states[state] += number
        if state != "excluded":
            clients.add(client_id)
    return ListCounts(
        documents=states.total() - states["excluded"],
        clients=len(clients),
        items=_item_counts(found.id),
        left_out=states["excluded"],
        destroyed=states["destroyed"],
        failed=states["failed"],
    )


def _item_counts(list_id: int) -> ItemCounts:
    """Pieces of the list, those that are still there and those that are gone."""
    there = items_in(open_documents(list_id))
    gone = dict(
        db.session.execute(
            select(DisposalItem.medium, func.count())
            .join(DisposalEntry)
            .where(DisposalEntry.confirmation_id == list_id)
            .group_by(DisposalItem.medium)
        ).all()
    )
    return ItemCounts(
        paper=there.paper + gone.get("man", 0),
        cabinets=there.cabinets,
        keys=there.keys + gone.get("atk", 0),
    )


def _entry_rows(found: DisposalConfirmation, entries: Collection[DisposalEntry]) -> list[EntryRow]:
    """The entries with the rule and the date that justified them when they were listed."""
    documents = document_rows([entry.document_id for entry in entries])
    rules = rules_of({entry.retention_rule_version_id for entry in entries})
    waiting = [entry.document_id for entry in entries if entry.state == "listed"]
    now = obstacles_of(waiting, clock.today(), own_list=found.id)
    rows = []
    for entry in entries:
        number, policy = rules[entry.retention_rule_version_id]
        kept = (read_obstacle(entry.obstacle),) if entry.obstacle else ()
        rows.append(
            EntryRow(
                id=entry.id,
                document=documents[entry.document_id],
                state=entry.state,
                mandate=short_mandate(policy, number),
                last_kept_on=entry.last_kept_on,
                obstacles=now[entry.document_id] if entry.state == "listed" else kept,
            )
        )
    return rows


def waiting_days() -> int:
    """How many days a list waits between its approval and its execution: a setting."""
    return settings().disposal_waiting_days


def _waiting_days(found: DisposalConfirmation) -> int:
    """Those of this list, once it has been approved."""
    if found.approved_at is None or found.executable_from is None:
        return waiting_days()
    approved_on = found.approved_at.astimezone(clock.HELSINKI).date()
    return (found.executable_from - approved_on).days


def _acts(actor: Actor, found: DisposalConfirmation, paper_gone: int) -> Acts:
    state = ListState(found.state)
    approves = actor.has(*APPROVERS, register_id=found.register_id)
    executes = actor.has(*EXECUTORS, register_id=found.register_id)
    ready = bool(
        may_execute(
            state,
            found.proposed_by_id,
            found.approved_by_id,
            first_day=found.executable_from,
            as_of=clock.today(),
        )
    )
    return Acts(
        approve=approves and bool(may_approve(found.proposed_by_id, actor.user_id, state)),
        send_back=approves and state is ListState.PROPOSED,
        cancel=approves and bool(may_cancel(state, paper_gone)),
        fetch_paper=approves,
        execute=executes and ready,
        certify=executes,
    )
