"""When a data subject must have an answer: the month, its extension, its suspensions.

Decides dates and the validity of an extension. Never decides whether a suspension was justified:
a person does, and records it (`asked_late`). Periods run under Regulation (EEC, Euratom) No
1182/71; the receipt day is never moved, and the end is moved once, after everything was added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from app.calendar.finland import PassedOver, passed_over, roll_forward
from app.calendar.periods import DateOutOfRange, Period, add_period, is_clamped
from app.calendar.steps import Step

DUE_SOON_DAYS = 5


class RequestKind(StrEnum):
    """What the data subject asks for."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    PORTABILITY = "portability"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    LOG_DATA = "log_data"


class ResponseLaw(StrEnum):
    """Where the response period is laid down."""

    GDPR = "gdpr"
    CLIENT_DATA_ACT = "client_data_act"


class StepCode(StrEnum):
    """The steps by which a deadline comes about."""

    RULE = "rule"
    RECEIVED = "received"
    RECEIPT_DAY_STANDS = "receipt_day_stands"
    EXTENDED = "extended"
    MONTH_END = "month_end"
    PERIOD_END = "period_end"
    ASKED_LATE = "asked_late"
    ASKED_AFTER_DUE = "asked_after_due"
    ANSWERED_BEFORE_RECEIPT = "answered_before_receipt"
    COUNTED_FROM_RECEIPT = "counted_from_receipt"
    SUSPENDED = "suspended"
    RESTART_EARLIER = "restart_earlier"
    CLOCK_STOPPED = "clock_stopped"
    PASSED_OVER = "passed_over"
    DUE = "due"
    NOTICE_BY = "notice_by"
    NOTICE_BY_WHILE_STOPPED = "notice_by_while_stopped"


DeadlineStep = Step[StepCode]


class SuspensionFault(StrEnum):
    """What is impossible about a suspension."""

    ANSWER_BEFORE_QUESTION = "answer_before_question"
    OVERLAP = "overlap"


class BadSuspension(ValueError):
    """A suspension that cannot have happened as written, or two that overlap (`fault`)."""

    def __init__(self, fault: SuspensionFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


class ExtensionNotAvailable(ValueError):
    """The law of this kind of request knows no extension."""


@dataclass(frozen=True, slots=True)
class ResponseTerms:
    """Response period of a kind of request, counted from receipt; `extended` is the total."""

    law: ResponseLaw
    period: Period
    extended: Period | None


# GDPR Art. 12(3): one month; two further months make three from the original request.
_GDPR = ResponseTerms(ResponseLaw.GDPR, Period(months=1), Period(months=3))
# Act 703/2023 s. 11 and the counties' practice: two months for log data, no extension.
_LOG_DATA = ResponseTerms(ResponseLaw.CLIENT_DATA_ACT, Period(months=2), None)

RESPONSE_TERMS: Mapping[RequestKind, ResponseTerms] = MappingProxyType(
    {kind: _LOG_DATA if kind is RequestKind.LOG_DATA else _GDPR for kind in RequestKind}
)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A wait for the person to prove identity or specify the request.

    `answered_on` None: still waiting. `asked_late`: a person found that the question was asked
    with undue delay, so that it suspends nothing (EDPB guidelines 01/2022, section 5.3). Raises
    BadSuspension when the answer comes before the question.
    """

    asked_on: date
    answered_on: date | None = None
    asked_late: bool = False

    def __post_init__(self) -> None:
        if self.answered_on is not None and self.answered_on < self.asked_on:
            raise BadSuspension(
                SuspensionFault.ANSWER_BEFORE_QUESTION,
                f"answered on {self.answered_on}, before it was asked on {self.asked_on}",
            )


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due`: the last day to answer, None while the clock is stopped.

    `notice_by`: the last day to tell of an extension or a refusal; while the clock is stopped, the
    earliest day it can be.
    """

    due: date | None
    notice_by: date
    steps: tuple[DeadlineStep, ...]


def response_deadline(
    received_on: date,
    *,
    extended: bool = False,
    suspensions: Sequence[Suspension] = (),
    eve_rule: bool = False,
    kind: RequestKind = RequestKind.ACCESS,
) -> Deadline:
    """The day by which a request received on `received_on` must be answered.

    `extended` is taken as valid; `extension_verdict` judges it. `eve_rule` counts Christmas Eve
    as a holiday. Raises BadSuspension for overlapping suspensions, ExtensionNotAvailable, and
    DateOutOfRange where the calendar ends. Sources: GDPR Art. 12(3) and (6); Reg. 1182/71 Art. 3.
    """
    terms = RESPONSE_TERMS[kind]
    in_order = _in_order(suspensions)
    base = _run(received_on, terms.period, in_order, eve_rule)
    steps: list[DeadlineStep] = [
        Step(StepCode.RULE, None, {"law": terms.law.value, "period": str(terms.period)}),
        Step(StepCode.RECEIVED, received_on),
    ]
    free = passed_over(received_on, eve_rule)
    if free is not None:
        steps.append(_free_day_step(StepCode.RECEIPT_DAY_STANDS, free))
    clock = base
    if extended:
        total = _extended_period(kind)
        steps.append(Step(StepCode.EXTENDED, None, {"period": str(total)}))
        clock = _run(received_on, total, in_order, eve_rule)
    steps.extend(clock.steps)
    if terms.extended is not None:
        code = StepCode.NOTICE_BY_WHILE_STOPPED if base.stopped else StepCode.NOTICE_BY
        steps.append(Step(code, base.ends_on))
    return Deadline(None if clock.stopped else clock.ends_on, base.ends_on, tuple(steps))


class ExtensionFault(StrEnum):
    """Why an extension does not count."""

    NOT_AVAILABLE = "not_available"
    SECOND_EXTENSION = "second_extension"
    NO_REASON = "no_reason"
    NOTICE_BEFORE_RECEIPT = "notice_before_receipt"
    NOTICE_TOO_LATE = "notice_too_late"


@dataclass(frozen=True, slots=True)
class ExtensionVerdict:
    """Whether an extension counts, why not, and the deadline that then applies."""

    faults: tuple[ExtensionFault, ...]
    deadline: Deadline

    @property
    def valid(self) -> bool:
        """True when nothing speaks against the extension."""
        return not self.faults


def extension_verdict(
    received_on: date,
    notice_sent_on: date,
    reason: str,
    *,
    already_extended: bool = False,
    suspensions: Sequence[Suspension] = (),
    eve_rule: bool = False,
    kind: RequestKind = RequestKind.ACCESS,
) -> ExtensionVerdict:
    """Whether an extension told on `notice_sent_on` for `reason` counts.

    It counts once, with a reason, and when the notice was sent on or before the last day of the
    unextended period, suspensions and holidays included; while the clock is stopped that day has
    not come. Source: GDPR Art. 12(3). Errors as in `response_deadline`.
    """
    terms = RESPONSE_TERMS[kind]
    base = response_deadline(received_on, suspensions=suspensions, eve_rule=eve_rule, kind=kind)
    against = {
        ExtensionFault.NOT_AVAILABLE: terms.extended is None,
        ExtensionFault.SECOND_EXTENSION: already_extended,
        ExtensionFault.NO_REASON: not reason.strip(),
        ExtensionFault.NOTICE_BEFORE_RECEIPT: notice_sent_on < received_on,
        ExtensionFault.NOTICE_TOO_LATE: base.due is not None and notice_sent_on > base.due,
    }
    faults = tuple(fault for fault, found in against.items() if found)
    stays_extended = already_extended and terms.extended is not None
    if faults and not stays_extended:
        return ExtensionVerdict(faults, base)
    extended = response_deadline(
        received_on, extended=True, suspensions=suspensions, eve_rule=eve_rule, kind=kind
    )
    return ExtensionVerdict(faults, extended)


class UrgencyLevel(StrEnum):
    """How near a deadline is."""

    STOPPED = "stopped"
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    PAST_DUE = "past_due"


@dataclass(frozen=True, slots=True)
class Urgency:
    """`days_left`: days from today to the deadline, negative when past, None when stopped."""

    level: UrgencyLevel
    days_left: int | None


def urgency(due: date | None, as_of: date) -> Urgency:
    """How near `due` is on `as_of`: on time means more than five days left. None: clock stopped."""
    if due is None:
        return Urgency(UrgencyLevel.STOPPED, None)
    days_left = (due - as_of).days
    if days_left < 0:
        return Urgency(UrgencyLevel.PAST_DUE, days_left)
    level = UrgencyLevel.ON_TIME if days_left > DUE_SOON_DAYS else UrgencyLevel.DUE_SOON
    return Urgency(level, days_left)


@dataclass(frozen=True, slots=True)
class _Clock:
    """Where a period has got to after its suspensions, moved to a working day."""

    ends_on: date
    stopped: bool
    steps: tuple[DeadlineStep, ...]


def _run(
    received_on: date, period: Period, suspensions: Sequence[Suspension], eve_rule: bool
) -> _Clock:
    end = add_period(received_on, period)
    steps: list[DeadlineStep] = []
    if is_clamped(received_on, period):
        steps.append(Step(StepCode.MONTH_END, None, {"day_of_month": received_on.day}))
    values = {"counted_from": received_on.isoformat(), "period": str(period)}
    steps.append(Step(StepCode.PERIOD_END, end, values))
    stopped = False
    for suspension in suspensions:
        idle = _idle_code(suspension, received_on, roll_forward(end, eve_rule)[0])
        if idle is not None:
            steps.append(Step(idle, None, _dates(suspension)))
            continue
        if suspension.asked_on < received_on:
            steps.append(Step(StepCode.COUNTED_FROM_RECEIPT, received_on, _dates(suspension)))
        started_on = max(suspension.asked_on, received_on)
        if suspension.answered_on is None:
            steps.append(Step(StepCode.CLOCK_STOPPED, started_on))
            stopped = True
        else:
            end, paused = _pause(end, period, started_on, suspension.answered_on)
            steps.extend(paused)
    ends_on, passed = roll_forward(end, eve_rule)
    if not stopped:
        steps.extend(_free_day_step(StepCode.PASSED_OVER, free) for free in passed)
        steps.append(Step(StepCode.DUE, ends_on))
    return _Clock(ends_on, stopped, tuple(steps))


def _pause(
    end: date, period: Period, started_on: date, answered_on: date
) -> tuple[date, list[DeadlineStep]]:
    """The end after one suspension, by the earlier of the two readings of the guidelines."""
    days = (answered_on - started_on).days
    try:
        moved = end + timedelta(days=days)
    except OverflowError as error:
        raise DateOutOfRange(f"{end} and {days} days lead past the calendar") from error
    dates = {"started_on": started_on.isoformat(), "answered_on": answered_on.isoformat()}
    steps: list[DeadlineStep] = [Step(StepCode.SUSPENDED, moved, {**dates, "days": days})]
    restarted = add_period(answered_on, period)
    if restarted < moved:
        steps.append(Step(StepCode.RESTART_EARLIER, restarted, {"period": str(period)}))
    return min(moved, restarted), steps


def _idle_code(suspension: Suspension, received_on: date, due_so_far: date) -> StepCode | None:
    """Why a suspension stops nothing; None when it does."""
    if suspension.asked_late:
        return StepCode.ASKED_LATE
    if suspension.answered_on is not None and suspension.answered_on < received_on:
        return StepCode.ANSWERED_BEFORE_RECEIPT
    if suspension.asked_on > due_so_far:
        return StepCode.ASKED_AFTER_DUE
    return None


def _dates(suspension: Suspension) -> dict[str, str]:
    dates = {"asked_on": suspension.asked_on.isoformat()}
    if suspension.answered_on is not None:
        dates["answered_on"] = suspension.answered_on.isoformat()
    return dates


def _free_day_step(code: StepCode, free: PassedOver) -> DeadlineStep:
    names = {"fi": free.name.fi, "sv": free.name.sv, "en": free.name.en}
    return Step(code, free.day, {"kind": free.kind.value, **names})


def _in_order(suspensions: Sequence[Suspension]) -> list[Suspension]:
    in_order = sorted(suspensions, key=lambda each: (each.asked_on, each.answered_on or date.max))
    for earlier, later in pairwise(in_order):
        if earlier.answered_on is None or later.asked_on < earlier.answered_on:
            raise BadSuspension(
                SuspensionFault.OVERLAP,
                f"the suspensions asked on {earlier.asked_on} and {later.asked_on} overlap",
            )
    return in_order


def _extended_period(kind: RequestKind) -> Period:
    period = RESPONSE_TERMS[kind].extended
    if period is None:
        raise ExtensionNotAvailable(f"a request of the kind {kind.value} knows no extension")
    return period
