"""Which privacy notice a client has been given, and who has still to be told of a change."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select

from app import clock
from app.accounts.permissions import Actor, Role
from app.clients.models import Client, Episode, NoticeGiven
from app.clients.queries.lists import ClientHit, client_hits
from app.db import db
from app.registers import editions
from app.registers.editions import Telling
from app.registers.models import NoticeEdition

PAGE_SIZE = 50

# Who sees all clients of a register that have to be told; staff see their own.
OVERSEERS = (Role.DATA_PROTECTION_OFFICER, Role.REGISTER_OWNER)


@dataclass(frozen=True)
class NoticeLine:
    """A notice as it was given to a client."""

    client_id: int
    register_id: int
    edition: int
    language: str
    channel: str
    given_on: date


@dataclass(frozen=True)
class NoticeStanding:
    """How a client stands: the newest edition given, and whether a newer one is to be told."""

    last: NoticeLine | None
    to_tell: bool


@dataclass(frozen=True)
class Recipients:
    """One page of clients to be told, oldest client first. `edition`: what they are told.

    `any_client`: whether the register has any client at all; without one, nobody can be listed.
    """

    edition: Telling | None
    clients: list[ClientHit]
    last: dict[int, NoticeLine]
    after: int | None
    any_client: bool


def notice_lines(client_id: int) -> list[NoticeLine]:
    """The notices that a client has been given, newest first."""
    return _lines(NoticeGiven.client_id == client_id)


def _lines(which: ColumnElement[bool]) -> list[NoticeLine]:
    rows = db.session.execute(
        select(NoticeGiven, NoticeEdition.register_id, NoticeEdition.number)
        .join(NoticeEdition, NoticeEdition.id == NoticeGiven.edition_id)
        .where(which)
        .order_by(NoticeGiven.given_on.desc(), NoticeGiven.id.desc())
    )
    return [
        NoticeLine(
            given.client_id, register_id, number, given.language, given.channel, given.given_on
        )
        for given, register_id, number in rows
    ]


def notice_standing(client_id: int, register_id: int) -> NoticeStanding:
    """Whether the client has been given what the notice tells now."""
    lines = notice_lines(client_id)
    told = editions.telling(register_id, clock.today())
    if told is None:
        return NoticeStanding(lines[0] if lines else None, to_tell=False)
    enough = any(
        line.register_id == told.register_id and line.edition >= told.number for line in lines
    )
    return NoticeStanding(lines[0] if lines else None, to_tell=not enough)


def recipients(actor: Actor, register_id: int, after_id: int | None = None) -> Recipients:
    """Clients in a service now who have not been given what the notice tells now.

    Staff see those whose worker they are. Raises `NotPermitted`. Whoever shows them logs that.
    Source: GDPR Arts. 13(3), 14(4) and 12(1).
    """
    actor.require(register_id, *OVERSEERS, Role.STAFF)
    any_client = bool(db.session.scalar(select(exists().where(Client.register_id == register_id))))
    told = editions.telling(register_id, clock.today())
    if told is None:
        return Recipients(None, [], {}, None, any_client)
    statement = select(Client).where(_waiting(actor, register_id, told)).order_by(Client.id)
    if after_id is not None:
        statement = statement.where(Client.id > after_id)
    found = db.session.scalars(statement.limit(PAGE_SIZE + 1)).all()
    clients = found[:PAGE_SIZE]
    last: dict[int, NoticeLine] = {}
    for line in _lines(NoticeGiven.client_id.in_([client.id for client in clients])):
        last.setdefault(line.client_id, line)
    after = clients[-1].id if len(found) > PAGE_SIZE else None
    return Recipients(told, client_hits(actor, clients), last, after, any_client)


def recipient_count(actor: Actor, register_id: int) -> int:
    """How many clients the person would find in `recipients`; a number only, no client data."""
    if not actor.has(*OVERSEERS, Role.STAFF, register_id=register_id):
        return 0
    told = editions.telling(register_id, clock.today())
    if told is None:
        return 0
    waiting = _waiting(actor, register_id, told)
    return db.session.scalar(select(func.count(Client.id)).where(waiting)) or 0


def _waiting(actor: Actor, register_id: int, told: Telling) -> ColumnElement[bool]:
    running = (Episode.client_id == Client.id) & Episode.ended_on.is_(None)
    if not actor.has(*OVERSEERS, register_id=register_id):
        running = running & (Episode.worker_id == actor.user_id)
    enough = (
        select(NoticeGiven.id)
        .join(NoticeEdition, NoticeEdition.id == NoticeGiven.edition_id)
        .where(
            NoticeGiven.client_id == Client.id,
            NoticeEdition.register_id == told.register_id,
            NoticeEdition.number >= told.number,
        )
    )
    return (Client.register_id == register_id) & exists().where(running) & ~enough.exists()
