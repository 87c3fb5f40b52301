"""Reads of requests: the queue with its deadlines, and one request with all that its page shows.

Deadlines are computed, so the open requests are read whole and put in order here; there are never
many of them. The closed ones are paged by key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import selectinload

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Actor, Role
from app.clients.models import Client
from app.clients.queries import names_of
from app.db import db
from app.documents.queries.names import people
from app.registers.queries import register_names
from app.requests.activity import Happening, activity, ending_words
from app.requests.explained import ExplainedStep, explained
from app.requests.models import ClockSuspension, DataSubjectRequest
from app.requests.progress import (
    Act,
    Progress,
    Stage,
    acts_of,
    kind_of,
    next_act,
    progress_of,
    stage_of,
    state_phrase,
    time_words,
)
from app.requests.rules import DUE_SOON_DAYS, RequestKind
from app.requests.sealing import DETAILS, PROOF, unseal
from app.requests.vocabulary import (
    Channel,
    DeliveryChannel,
    IdentityMethod,
    SuspensionReason,
    words,
)
from app.web.problems import NotFound

HANDLERS = (Role.REQUEST_HANDLER, Role.DATA_PROTECTION_OFFICER)
# Who may see that there are requests and how they fare; an auditor sees no names.
READERS = (*HANDLERS, Role.REGISTER_OWNER, Role.AUDITOR)
PAGE_SIZE = 50


class Tab(StrEnum):
    """The parts of the queue."""

    OPEN = "open"
    DUE_SOON = "due_soon"
    CLOSED = "closed"


@dataclass(frozen=True)
class RequestRow:
    """A request in a list, in the language in use. `client`: None without a grant to names."""

    id: int
    reference: str
    kind: RequestKind
    title: str
    register_id: int
    register: str
    client_id: int
    client: str | None
    received_on: date
    due_on: date | None
    days_left: int | None
    used: int
    total: int
    time: str
    state: str
    stage: Stage
    is_closed: bool
    may_open: bool

    @property
    def line_state(self) -> str:
        """The colour of the line of time: bad from three days on, as the badge beside it."""
        if self.days_left is None or self.days_left > DUE_SOON_DAYS:
            return "ok"
        return "bad" if self.days_left <= 3 else "warn"


@dataclass(frozen=True)
class RequestList:
    """One page of a part of the queue; `counts` of the open parts, `after_id` for the next page."""

    tab: Tab
    rows: list[RequestRow]
    counts: dict[Tab, int | None]
    after_id: int | None

    @property
    def shown(self) -> list[int]:
        """The clients whose names the page shows, for the log."""
        return sorted({row.client_id for row in self.rows if row.client is not None})


@dataclass(frozen=True)
class RequestPage:
    """One request with its words and what has happened to it."""

    request: DataSubjectRequest
    row: RequestRow
    progress: Progress
    explanation: list[ExplainedStep]
    acts: frozenset[Act]
    next_act: Act | None
    details: str
    client_number: int
    people: dict[int, str]
    activity: list[Happening]

    @property
    def channel(self) -> str:
        """How the request arrived."""
        return words(Channel(self.request.channel))

    @property
    def method(self) -> str:
        """How it was made sure who asks; empty before that."""
        method = self.request.identity_method
        return words(IdentityMethod(method)) if method else ""

    @property
    def delivery(self) -> str:
        """How the answer was handed over; empty before that."""
        channel = self.request.delivery_channel
        return words(DeliveryChannel(channel)) if channel else ""

    @property
    def ending(self) -> str:
        """How the request ended; empty before that."""
        return ending_words(self.request)

    def suspension_words(self, suspension: ClockSuspension) -> str:
        """What the person was asked for."""
        return words(SuspensionReason(suspension.reason))


def open_requests(actor: Actor) -> list[RequestRow]:
    """The open requests of the person's registers, the most urgent first; stopped clocks last."""
    statement = select(DataSubjectRequest).where(
        DataSubjectRequest.closed_on.is_(None), _within(actor.registers(*READERS))
    )
    found = db.session.scalars(_with_facts(statement)).all()
    return sorted(_rows(actor, found), key=_urgency_order)


def request_list(actor: Actor, tab: Tab, after_id: int | None = None) -> RequestList:
    """A page of the queue; `after_id` is the last request of the page before."""
    waiting = open_requests(actor)
    soon = [row for row in waiting if row.days_left is not None and row.days_left <= DUE_SOON_DAYS]
    counts: dict[Tab, int | None] = {
        Tab.OPEN: len(waiting),
        Tab.DUE_SOON: len(soon),
        Tab.CLOSED: None,
    }
    if tab is Tab.CLOSED:
        rows = _closed(actor, after_id)
    else:
        rows = _after(waiting if tab is Tab.OPEN else soon, after_id)
    shown = rows[:PAGE_SIZE]
    return RequestList(tab, shown, counts, shown[-1].id if len(rows) > PAGE_SIZE else None)


def has_open_request(client_id: int) -> bool:
    """Whether the client has a request that is not closed."""
    statement = select(func.count()).where(
        DataSubjectRequest.client_id == client_id, DataSubjectRequest.closed_on.is_(None)
    )
    return bool(db.session.scalar(statement))


def requests_of_client(actor: Actor, client_id: int) -> list[RequestRow]:
    """The requests of a client that the person may see, newest first."""
    statement = (
        select(DataSubjectRequest)
        .where(DataSubjectRequest.client_id == client_id, _within(actor.registers(*READERS)))
        .order_by(DataSubjectRequest.id.desc())
    )
    return _rows(actor, db.session.scalars(_with_facts(statement)).all())


def request_page(actor: Actor, request_id: int) -> RequestPage:
    """A request for a person who handles requests of its register.

    Raises `NotFound`, and `NotPermitted` for a request of another register.
    """
    request = db.session.get(DataSubjectRequest, request_id)
    if request is None:
        raise NotFound(request_id)
    actor.require(request.register_id, *HANDLERS)
    client = db.session.get_one(Client, request.client_id)
    progress = progress_of(request, clock.today())
    proof = unseal(PROOF, request.id, client.key_id, request.delivery_proof_sealed)
    names = people(
        [
            request.registered_by_id,
            request.identity_verified_by_id,
            request.closed_by_id,
            *(package.built_by_id for package in request.packages),
        ]
    )
    return RequestPage(
        request=request,
        row=_rows(actor, [request])[0],
        progress=progress,
        explanation=explained(progress.deadline.steps),
        acts=acts_of(request, clock.today()),
        next_act=next_act(request),
        details=unseal(DETAILS, request.id, client.key_id, request.details_sealed),
        client_number=client.number,
        people=names,
        activity=activity(request, names, proof),
    )


def _within(register_ids: frozenset[int] | None) -> ColumnElement[bool]:
    return true() if register_ids is None else DataSubjectRequest.register_id.in_(register_ids)


def _with_facts(
    statement: Select[DataSubjectRequest],
) -> Select[DataSubjectRequest]:
    """With what the deadline and the stage are computed from, in one read each."""
    return statement.options(
        selectinload(DataSubjectRequest.suspensions), selectinload(DataSubjectRequest.packages)
    )


def _closed(actor: Actor, after_id: int | None) -> list[RequestRow]:
    statement = (
        select(DataSubjectRequest)
        .where(DataSubjectRequest.closed_on.is_not(None), _within(actor.registers(*READERS)))
        .order_by(DataSubjectRequest.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if after_id is not None:
        statement = statement.where(DataSubjectRequest.id < after_id)
    return _rows(actor, db.session.scalars(_with_facts(statement)).all())


def _after(rows: list[RequestRow], after_id: int | None) -> list[RequestRow]:
    """What follows a row; everything when that row is not there any more."""
    ids = [row.id for row in rows]
    return rows[ids.index(after_id) + 1 :] if after_id in ids else rows


def _rows(actor: Actor, found: Sequence[DataSubjectRequest]) -> list[RequestRow]:
    today = clock.today()
    registers = register_names()
    names = names_of(
        request.client_id
        for request in found
        if actor.has(*CLIENT_ROLES, register_id=request.register_id)
    )
    rows = []
    for request in found:
        progress = progress_of(request, today)
        rows.append(
            RequestRow(
                id=request.id,
                reference=request.reference,
                kind=kind_of(request),
                title=words(kind_of(request)),
                register_id=request.register_id,
                register=registers[request.register_id],
                client_id=request.client_id,
                client=names.get(request.client_id),
                received_on=request.received_on,
                due_on=progress.deadline.due,
                days_left=progress.urgency.days_left,
                used=progress.used,
                total=progress.total,
                time=time_words(progress),
                state=state_phrase(request),
                stage=stage_of(request),
                is_closed=request.is_closed,
                may_open=actor.has(*HANDLERS, register_id=request.register_id),
            )
        )
    return rows


def _urgency_order(row: RequestRow) -> tuple[date, int]:
    return row.due_on or date.max, row.id
