"""The answer goes to the person, and the request ends."""

from datetime import date

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event
from app.clients.models import Client
from app.db import transaction
from app.requests.models import DataSubjectRequest
from app.requests.progress import kind_of
from app.requests.sealing import PROOF, seal
from app.requests.services.common import (
    check_day,
    checked_text,
    member,
    open_request,
    record_act,
    require_identity,
)
from app.requests.services.packages import erase_package
from app.requests.vocabulary import (
    DeliveryChannel,
    Outcome,
    RefusalGround,
    package_parts,
    refusal_grounds,
)
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError


def hand_over(
    actor: Actor, request_id: int, channel: str, proof: str, handed_over_on: date
) -> DataSubjectRequest:
    """Record that the answer was given to the person: how, on which day, and what proves it.

    `proof`: a receipt's number, a tracking code; kept encrypted. Raises `Conflict` before the
    identity is verified, before the package is there, or a second time; `InputError`; and as
    `open_request`. Source: GDPR Arts. 5(2), 12(3).
    """
    chosen = member(
        DeliveryChannel, channel, "channel", _("Choose how the answer was handed over.")
    )
    text = checked_text(proof, "proof")
    if not text:
        message = _("Write what proves the hand-over: a signed receipt, a tracking code.")
        raise InputError("proof", message)
    with transaction() as session:
        request = open_request(session, actor, request_id)
        require_identity(request)
        if request.handed_over_on is not None:
            raise Conflict(_("The answer has been handed over already."))
        check_day(handed_over_on, "handed_over_on", not_before=_answer_ready_on(request))
        client = session.get_one(Client, request.client_id)
        request.delivery_channel = chosen.value
        request.delivery_proof_sealed = seal(PROOF, request.id, client.key_id, text)
        request.handed_over_on = handed_over_on
        record_act(Event.REQUEST_HANDED_OVER, actor, request, method=chosen.value)
    return request


def close(
    actor: Actor,
    request_id: int,
    outcome: str,
    *,
    ground: str | None = None,
    closed_on: date | None = None,
) -> DataSubjectRequest:
    """End a request: answered, refused on a ground of the law, or withdrawn by the person.

    `closed_on`: the day it ended, today when not given; of a refusal, the day it was told with its
    reasons and the right to complain (GDPR Art. 12(4)). The package is erased. Raises `Conflict`
    where something must come first, `InputError`, and as `open_request`.
    """
    chosen = member(Outcome, outcome, "outcome", _("Choose how the request ended."))
    with transaction() as session:
        request = open_request(session, actor, request_id)
        day = closed_on or clock.today()
        check_day(day, "closed_on", not_before=request.handed_over_on or request.received_on)
        if chosen is Outcome.ANSWERED:
            _check_answered(request)
        elif request.handed_over_on is not None:
            message = _("The answer has been handed over: the request can only end as answered.")
            raise InputError("outcome", message)
        if chosen is Outcome.REFUSED:
            request.refusal_ground = _checked_ground(request, ground)
            record_act(Event.REQUEST_REFUSED, actor, request, ground=request.refusal_ground)
        request.outcome = chosen.value
        request.closed_on = day
        request.closed_by_id = actor.user_id
        record_act(Event.REQUEST_CLOSED, actor, request, outcome=chosen.value)
        session.flush()
        erase_package(request)
    return request


def _answer_ready_on(request: DataSubjectRequest) -> date:
    """The first day on which there was an answer to give. Raises `Conflict` before that."""
    ready = request.identity_verified_at
    if package_parts(kind_of(request)):
        if request.package is None:
            raise Conflict(_("The answer package must be assembled before it is handed over."))
        ready = request.package.built_at
    assert ready is not None
    return ready.astimezone(clock.HELSINKI).date()


def _check_answered(request: DataSubjectRequest) -> None:
    require_identity(request)
    if request.handed_over_on is None:
        raise InputError(
            "outcome", _("The answer has not been handed over; record the hand-over first.")
        )


def _checked_ground(request: DataSubjectRequest, ground: str | None) -> str:
    """The ground of a refusal, one that the law knows for this kind of request."""
    needed = _("A refusal needs a ground in the law. Choose it.")
    chosen = member(RefusalGround, ground or "", "ground", needed)
    if chosen not in refusal_grounds(kind_of(request)):
        raise InputError("ground", _("The law knows no such ground for this kind of request."))
    if chosen is not RefusalGround.IDENTITY_NOT_PROVEN:
        require_identity(request)
    elif request.identity_verified_at is not None:
        raise InputError("ground", _("The identity has been verified, so it is no ground."))
    return chosen.value
