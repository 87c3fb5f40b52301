"""Where a request stands: its deadline, its stage, and both in words. Computed, never stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.requests.models import DataSubjectRequest
from app.requests.rules import (
    Deadline,
    RequestKind,
    Suspension,
    Urgency,
    extension_verdict,
    response_deadline,
    urgency,
)
from app.requests.vocabulary import (
    ExtensionReason,
    Outcome,
    SuspensionReason,
    package_parts,
    words,
)
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.i18n import ngettext as _n


class Stage(StrEnum):
    """What a request waits for, in the order of the work."""

    IDENTITY = "identity"
    COLLECT = "collect"
    ANSWER = "answer"
    CLOSE = "close"
    CLOSED = "closed"


class Act(StrEnum):
    """What can be done to a request."""

    VERIFY = "verify"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    BUILD = "build"
    HAND_OVER = "hand_over"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a request is on a day. `used` and `total`: days from receipt, for a line of time.

    While the clock stands, `used` ends where it stopped and `total` is the time that was left then.
    """

    deadline: Deadline
    urgency: Urgency
    used: int
    total: int


def kind_of(request: DataSubjectRequest) -> RequestKind:
    """What the request asks for."""
    return RequestKind(request.kind)


def suspensions_of(request: DataSubjectRequest) -> tuple[Suspension, ...]:
    """The waits for the person, as the rules want them."""
    return tuple(
        Suspension(each.asked_on, each.answered_on, each.asked_late) for each in request.suspensions
    )


def deadline_of(request: DataSubjectRequest) -> Deadline:
    """The day by which the request must be answered, from what has been recorded of it."""
    return response_deadline(
        request.received_on,
        extended=request.extension_told_on is not None,
        suspensions=suspensions_of(request),
        kind=kind_of(request),
    )


def progress_of(request: DataSubjectRequest, as_of: date) -> Progress:
    """The deadline with the time that has gone; a closed request is measured on its last day."""
    deadline = deadline_of(request)
    day = ended_on(request) or as_of
    last = day
    if deadline.due is None and request.open_suspension is not None:
        last = max(request.open_suspension.asked_on, request.received_on)
    return Progress(
        deadline,
        urgency(deadline.due, day),
        used=(last - request.received_on).days,
        total=((deadline.due or deadline.notice_by) - request.received_on).days,
    )


def ended_on(request: DataSubjectRequest) -> date | None:
    """The day on which the person had the answer, or the request ended without one."""
    return request.handed_over_on or request.closed_on


def stage_of(request: DataSubjectRequest) -> Stage:
    """What the request waits for."""
    if request.is_closed:
        return Stage.CLOSED
    if request.handed_over_on is not None:
        return Stage.CLOSE
    if request.identity_verified_at is None:
        return Stage.IDENTITY
    if package_parts(kind_of(request)) and request.package is None:
        return Stage.COLLECT
    return Stage.ANSWER


def acts_of(request: DataSubjectRequest, as_of: date) -> frozenset[Act]:
    """What can be done to the request on a day."""
    if request.is_closed:
        return frozenset()
    known = request.identity_verified_at is not None
    answered = request.handed_over_on is not None
    packaged = bool(package_parts(kind_of(request)))
    can = {
        Act.VERIFY: not known,
        Act.SUSPEND: request.open_suspension is None and not answered,
        Act.RESUME: request.open_suspension is not None,
        Act.EXTEND: _extendable(request, as_of) and not answered,
        Act.BUILD: known and packaged and not answered,
        Act.HAND_OVER: known and not answered and (request.package is not None or not packaged),
        Act.CLOSE: True,
    }
    return frozenset(act for act, possible in can.items() if possible)


def next_act(request: DataSubjectRequest) -> Act | None:
    """The act that brings the request on; None when it is closed."""
    if request.open_suspension is not None and stage_of(request) is not Stage.CLOSED:
        waits_for_identity = request.open_suspension.reason == SuspensionReason.IDENTITY
        return Act.VERIFY if waits_for_identity else Act.RESUME
    return {
        Stage.IDENTITY: Act.VERIFY,
        Stage.COLLECT: Act.BUILD,
        Stage.ANSWER: Act.HAND_OVER,
        Stage.CLOSE: Act.CLOSE,
        Stage.CLOSED: None,
    }[stage_of(request)]


def _extendable(request: DataSubjectRequest, as_of: date) -> bool:
    """Whether an extension told on a day would count, given a reason."""
    verdict = extension_verdict(
        request.received_on,
        as_of,
        ExtensionReason.COMPLEXITY,
        already_extended=request.extension_told_on is not None,
        suspensions=suspensions_of(request),
        kind=kind_of(request),
    )
    return verdict.valid


def state_phrase(request: DataSubjectRequest) -> str:
    """The state of a request in a few words: identity not verified, clock stopped since 18.11."""
    if request.is_closed:
        day = format_date(request.closed_on)
        outcome = words(Outcome(request.outcome or ""))
        return _("%(outcome)s, closed on %(day)s", outcome=outcome, day=day)
    phrases = [_stage_words(request)]
    waiting = request.open_suspension
    if waiting is not None and deadline_of(request).due is None:
        phrases.append(_("clock stopped since %(day)s", day=format_date(waiting.asked_on)))
    if request.extension_told_on is not None:
        phrases.append(
            _(
                "extended on %(day)s (%(reason)s)",
                day=format_date(request.extension_told_on),
                reason=words(ExtensionReason(request.extension_reason or "")),
            )
        )
    return ", ".join(phrases)


def _stage_words(request: DataSubjectRequest) -> str:
    waiting = request.open_suspension
    if waiting is not None and waiting.reason == SuspensionReason.SCOPE:
        return _("waiting for the scope of the request")
    return {
        Stage.IDENTITY: _("identity not verified"),
        Stage.COLLECT: _("the data is to be collected"),
        Stage.ANSWER: _("the answer is to be handed over"),
        Stage.CLOSE: _("answered, to be closed"),
    }[stage_of(request)]


def time_words(progress: Progress) -> str:
    """The line of time in words, for those who do not see it."""
    if progress.deadline.due is None:
        return _n(
            "%(num)d day had gone when the clock was stopped",
            "%(num)d days had gone when the clock was stopped",
            progress.used,
        )
    return _(
        "%(used)d of %(total)d days have gone", used=max(progress.used, 0), total=progress.total
    )
