"""The clock of a request is stopped, runs on, or is given two further months."""

from datetime import date

from app.accounts.permissions import Actor
from app.audit.events import Event
from app.db import transaction
from app.requests.explain import EXTENSION_FAULTS, SUSPENSION_FAULTS
from app.requests.models import ClockSuspension, DataSubjectRequest
from app.requests.progress import deadline_of, kind_of, suspensions_of
from app.requests.rules import BadSuspension, ExtensionFault, extension_verdict
from app.requests.services.common import check_day, member, open_request, record_act
from app.requests.vocabulary import ExtensionReason, SuspensionReason
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError

_FAULT_FIELDS = {
    ExtensionFault.NO_REASON: "reason",
    ExtensionFault.NOTICE_BEFORE_RECEIPT: "told_on",
    ExtensionFault.NOTICE_TOO_LATE: "told_on",
}


def suspend(
    actor: Actor, request_id: int, reason: str, asked_on: date, *, asked_late: bool = False
) -> DataSubjectRequest:
    """Stop the clock from `asked_on`, when the person was asked for identity or scope.

    `asked_late`: the handler finds that the question came with undue delay; it is recorded then
    but stops nothing. Raises `InputError`, `Conflict` when the clock stands already, and as
    `open_request`. Source: GDPR Art. 12(6), recital 63; EDPB guidelines 01/2022, section 5.3.
    """
    chosen = member(SuspensionReason, reason, "reason", _("Choose what the person was asked for."))
    with transaction() as session:
        request = open_request(session, actor, request_id)
        if request.handed_over_on is not None:
            raise Conflict(_("The answer has been handed over; there is nothing left to wait for."))
        if request.open_suspension is not None:
            raise Conflict(_("The person has been asked already and has not answered yet."))
        if chosen is SuspensionReason.IDENTITY and request.identity_verified_at is not None:
            raise InputError(
                "reason", _("The identity has been verified; asking for it again stops no clock.")
            )
        check_day(asked_on, "asked_on", not_before=request.received_on)
        request.suspensions.append(
            ClockSuspension(reason=chosen.value, asked_on=asked_on, asked_late=asked_late)
        )
        _check_together(request, "asked_on")
        session.flush()
        record_act(Event.REQUEST_SUSPENDED, actor, request, reason=chosen.value)
    return request


def resume(actor: Actor, request_id: int, answered_on: date) -> DataSubjectRequest:
    """Let the clock run on from the day on which the person's answer arrived.

    Raises `InputError`, `Conflict` when the clock is not stopped, and as `open_request`.
    """
    with transaction() as session:
        request = open_request(session, actor, request_id)
        waiting = request.open_suspension
        if waiting is None:
            raise Conflict(_("The clock is not stopped."))
        end_suspension(actor, request, waiting, answered_on)
    return request


def end_suspension(
    actor: Actor, request: DataSubjectRequest, waiting: ClockSuspension, answered_on: date
) -> None:
    """End a wait inside an open transaction and record the deadline that follows.

    Raises `InputError` for a day before the question or in the future.
    """
    check_day(answered_on, "answered_on", not_before=waiting.asked_on)
    waiting.answered_on = answered_on
    due = deadline_of(request).due
    record_act(Event.REQUEST_RESUMED, actor, request, due_on=due.isoformat() if due else None)


def extend(actor: Actor, request_id: int, reason: str, told_on: date) -> DataSubjectRequest:
    """Take two further months, told to the person with the reason on `told_on`.

    Raises `InputError` when the rules refuse it (no reason, told too late, a second time, a kind
    of request without extension), and as `open_request`. Source: GDPR Art. 12(3).
    """
    if reason:
        member(ExtensionReason, reason, "reason", _("Choose why two further months are needed."))
    with transaction() as session:
        request = open_request(session, actor, request_id)
        verdict = extension_verdict(
            request.received_on,
            told_on,
            reason,
            already_extended=request.extension_told_on is not None,
            suspensions=suspensions_of(request),
            kind=kind_of(request),
        )
        if verdict.faults:
            fault = verdict.faults[0]
            raise InputError(_FAULT_FIELDS.get(fault), str(EXTENSION_FAULTS[fault]))
        check_day(told_on, "told_on", not_before=request.received_on)
        request.extension_reason = reason
        request.extension_told_on = told_on
        due = verdict.deadline.due
        record_act(Event.REQUEST_EXTENDED, actor, request, due_on=due.isoformat() if due else None)
    return request


def _check_together(request: DataSubjectRequest, field: str) -> None:
    """Raise `InputError` when the suspensions cannot all have happened."""
    try:
        deadline_of(request)
    except BadSuspension as problem:
        raise InputError(field, str(SUSPENSION_FAULTS[problem.fault])) from problem
