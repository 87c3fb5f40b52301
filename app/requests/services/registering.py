"""A request arrives, and it is made sure who asks."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event
from app.clients.models import Client
from app.db import transaction
from app.registers.models import Register
from app.requests.models import DataSubjectRequest
from app.requests.queries import HANDLERS
from app.requests.rules import RequestKind
from app.requests.sealing import DETAILS, seal
from app.requests.services.common import (
    check_day,
    checked_text,
    member,
    open_request,
    record_act,
)
from app.requests.services.deadline import end_suspension
from app.requests.vocabulary import Channel, IdentityMethod, SuspensionReason
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound

# Anything older is a typing error in the year, or a complaint rather than a new request.
OLDEST = timedelta(days=366)


def register_request(
    actor: Actor,
    register_id: int,
    client_id: int,
    *,
    kind: str,
    channel: str,
    received_on: date,
    details: str = "",
) -> DataSubjectRequest:
    """Take a request into the books; its clock has run since `received_on`.

    `details`: what the person asks for, in words; kept encrypted. Raises `InputError` for a day
    that has not come or is over a year ago, `NotFound` for a client of another register,
    `NotPermitted`. Source: GDPR Art. 12(3), counted from receipt by the controller.
    """
    actor.require(register_id, *HANDLERS)
    chosen = member(RequestKind, kind, "kind", _("Choose what the person asks for."))
    by = member(Channel, channel, "channel", _("Choose how the request arrived."))
    _check_received(received_on)
    text = checked_text(details, "details")
    with transaction() as session:
        client = session.get(Client, client_id)
        if client is None or client.register_id != register_id:
            raise NotFound(client_id)
        year = clock.today().year
        request = DataSubjectRequest(
            year=year,
            number=_next_number(session, year),
            register_id=register_id,
            client_id=client_id,
            kind=chosen.value,
            channel=by.value,
            received_on=received_on,
            registered_at=clock.now(),
            registered_by_id=actor.user_id,
            suspensions=[],
            packages=[],
        )
        session.add(request)
        session.flush()
        request.details_sealed = seal(DETAILS, request.id, client.key_id, text)
        record_act(Event.REQUEST_REGISTERED, actor, request, kind=chosen.value)
    return request


def verify_identity(
    actor: Actor, request_id: int, method: str, answered_on: date | None = None
) -> DataSubjectRequest:
    """Record how it was made sure who asks. Nothing of what was shown is kept, only the method.

    A wait for proof of identity ends with it: on `answered_on`, the day the proof arrived, or
    today. Raises `InputError`, `Conflict` when it was verified already, and as `open_request`.
    Source: GDPR Art. 12(6); data minimisation, Art. 5(1)(c).
    """
    chosen = member(
        IdentityMethod, method, "method", _("Choose how the identity was made sure of.")
    )
    with transaction() as session:
        request = open_request(session, actor, request_id)
        if request.identity_verified_at is not None:
            raise Conflict(_("The identity has been verified already."))
        request.identity_method = chosen.value
        request.identity_verified_at = clock.now()
        request.identity_verified_by_id = actor.user_id
        record_act(Event.REQUEST_IDENTITY_VERIFIED, actor, request, method=chosen.value)
        waiting = request.open_suspension
        if waiting is not None and waiting.reason == SuspensionReason.IDENTITY:
            end_suspension(actor, request, waiting, answered_on or clock.today())
    return request


def _check_received(received_on: date) -> None:
    today = clock.today()
    if received_on > today:
        raise InputError(
            "received_on", _("A request cannot be received in the future. Check the day.")
        )
    check_day(received_on, "received_on", not_before=today - OLDEST)


def _next_number(session: Session, year: int) -> int:
    """The next number of the year. The lock on one row makes two registrars wait for each other."""
    session.scalar(select(Register.id).order_by(Register.id).limit(1).with_for_update())
    last = session.scalar(
        select(func.max(DataSubjectRequest.number)).where(DataSubjectRequest.year == year)
    )
    return (last or 0) + 1
