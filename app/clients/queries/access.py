"""Who may open which client: a grant in the register, and for staff the caseload or a reason."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Actor, Role
from app.clients.models import CaseloadException, Client, Episode
from app.clients.rules import CASELOAD_AFTER_END
from app.db import db
from app.web.problems import NotFound

# Their work is with all clients of the register; what they open is logged, not asked about.
UNRESTRICTED = tuple(role for role in CLIENT_ROLES if role is not Role.STAFF)


class ReasonNeeded(Exception):
    """The client is outside the person's caseload, and no reason has been given today."""

    def __init__(self, client_id: int) -> None:
        super().__init__(client_id)
        self.client_id = client_id


def open_client(actor: Actor, client_id: int) -> Client:
    """The client, if this person may open it now.

    Raises `NotFound`, `NotPermitted` without a grant in the register, and `ReasonNeeded` when staff
    opens a client outside the own caseload without having given a reason on the same day.
    """
    client = db.session.get(Client, client_id)
    if client is None:
        raise NotFound(client_id)
    actor.require(client.register_id, *CLIENT_ROLES)
    if needs_reason(actor, client):
        raise ReasonNeeded(client_id)
    return client


def client_number(actor: Actor, client_id: int) -> int:
    """The client number, which tells nothing else, for anyone with a grant in the register.

    Raises `NotFound` and `NotPermitted`.
    """
    client = db.session.get(Client, client_id)
    if client is None:
        raise NotFound(client_id)
    actor.require(client.register_id, *CLIENT_ROLES)
    return client.number


def needs_reason(actor: Actor, client: Client) -> bool:
    """Whether a person with a grant in the register has to say why before opening the client."""
    return client.id not in opens_freely(actor, [client])


def opens_freely(actor: Actor, clients: Iterable[Client]) -> set[int]:
    """The ids of those of the clients that this person may open now without giving a reason."""
    free: set[int] = set()
    asked: set[int] = set()
    for client in clients:
        unrestricted = actor.has(*UNRESTRICTED, register_id=client.register_id)
        (free if unrestricted else asked).add(client.id)
    if asked:
        opens = or_(in_caseload(actor), _reason_given(actor))
        free.update(db.session.scalars(select(Client.id).where(Client.id.in_(asked), opens)))
    return free


def is_own(actor: Actor, client_id: int) -> bool:
    """Whether the client is in the person's own caseload."""
    own = select(Client.id).where(Client.id == client_id, in_caseload(actor))
    return db.session.scalar(own) is not None


def in_caseload(actor: Actor) -> ColumnElement[bool]:
    """Condition on `Client`: an episode with this worker that runs or ended a short while ago.

    A client who has no episode yet is in the caseload of the person who entered the client.
    """
    of_client = Episode.client_id == Client.id
    lately = clock.today() - CASELOAD_AFTER_END
    still = or_(Episode.ended_on.is_(None), Episode.ended_on >= lately)
    works = exists().where(of_client, Episode.worker_id == actor.user_id, still)
    entered = and_(Client.created_by_id == actor.user_id, ~exists().where(of_client))
    return or_(works, entered)


def _reason_given(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        CaseloadException.client_id == Client.id,
        CaseloadException.user_id == actor.user_id,
        CaseloadException.valid_until > clock.now(),
    )
