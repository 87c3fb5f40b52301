"""The work that waits in the demo: requests at different stages, a hold, a list to approve."""

from datetime import date, timedelta

from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor
from app.clients.models import Client
from app.db import db
from app.destruction.services import propose, set_hold
from app.registers.queries import register_keys
from app.requests.rules import response_deadline
from app.requests.services import extend, register_request, suspend, verify_identity
from app.retention import services as retention
from app.retention.queries import versions_of_rule
from app.retention.rules import CutOff


def _clients(register_id: int, count: int) -> list[Client]:
    found = select(Client).where(Client.register_id == register_id).order_by(Client.id).limit(count)
    return list(db.session.scalars(found))


def _received_with_days_left(today: date, days_left: int) -> date:
    """The latest day of receipt that leaves at most so many days to answer."""
    received_on = today
    while True:
        due = response_deadline(received_on).due
        if due is not None and (due - today).days <= days_left:
            return received_on
        received_on -= timedelta(days=1)


def open_requests(handler: Actor, today: date) -> None:
    """An access request near its deadline, and three others on their way."""
    first, second = list(register_keys())[:2]
    anna, bertta, cecilia = _clients(first, 3)
    (daavid,) = _clients(second, 1)
    near = register_request(
        handler,
        first,
        anna.id,
        kind="access",
        channel="letter",
        received_on=_received_with_days_left(today, 3),
        details="Pyydän jäljennökset kaikista minua koskevista asiakirjoista.",
    )
    verify_identity(handler, near.id, "identity_document")
    register_request(
        handler,
        first,
        bertta.id,
        kind="rectification",
        channel="in_person",
        received_on=_received_with_days_left(today, 16),
    )
    waiting = register_request(
        handler,
        first,
        cecilia.id,
        kind="log_data",
        channel="email",
        received_on=today - timedelta(days=4),
    )
    suspend(handler, waiting.id, reason="identity", asked_on=today - timedelta(days=3))
    long = register_request(
        handler,
        second,
        daavid.id,
        kind="erasure",
        channel="secure_mail",
        received_on=today - timedelta(days=25),
    )
    verify_identity(handler, long.id, "strong_electronic")
    extend(handler, long.id, "complexity", today)


def hold_one(officer: Actor, today: date) -> None:
    """A dispute that keeps a client's documents from disposal."""
    register_id = next(iter(register_keys()))
    client = _clients(register_id, 12)[-1]
    set_hold(
        officer,
        client_id=client.id,
        reason="dispute",
        mandate=f"Oikaisuvaatimus vireillä {today.year}",
    )


def propose_list(manager: Actor, today: date) -> None:
    """A destruction list that waits for another person's approval; newer due documents stay out."""
    propose(manager, next(iter(register_keys())), today - timedelta(days=3 * 365))


def propose_rule_change(actor: Actor) -> None:
    """A change of a retention rule that waits for the data protection officer."""
    last = versions_of_rule("social-initial-interview")[0]
    policy = last.policy.model_copy(update={"cut_off": CutOff.CALENDAR_YEAR_END})
    reason = "Lasketaan kalenterivuoden lopusta: hävittäminen tehdään kerran vuodessa."
    retention.propose(actor, retention.Change(policy, clock.today(), reason), seen=last.number)
