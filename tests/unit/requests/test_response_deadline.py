"""Response deadlines: every case of the law notes, and what holds for every request."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.calendar.finland import is_working_day, roll_forward
from app.calendar.periods import DateOutOfRange, Period, add_period
from app.requests.rules import (
    RESPONSE_TERMS,
    BadSuspension,
    Deadline,
    ExtensionNotAvailable,
    RequestKind,
    StepCode,
    Suspension,
    SuspensionFault,
    UrgencyLevel,
    response_deadline,
    urgency,
)

DAYS = st.dates(date(2018, 5, 25), date(2060, 12, 31))
KINDS = st.sampled_from(RequestKind)


@st.composite
def suspensions(draw: st.DrawFn, received: date, *, ended: bool = True) -> list[Suspension]:
    """Up to three waits that follow each other, some of them begun before receipt."""
    day = received - timedelta(days=draw(st.integers(0, 10)))
    waits = []
    for _ in range(draw(st.integers(0, 3))):
        asked = day + timedelta(days=draw(st.integers(0, 40)))
        day = asked + timedelta(days=draw(st.integers(0, 60)))
        waits.append(Suspension(asked, day, asked_late=draw(st.booleans())))
    if not ended:
        waits.append(Suspension(day + timedelta(days=draw(st.integers(0, 5)))))
    return waits


def due(deadline: Deadline) -> date:
    assert deadline.due is not None
    return deadline.due


def passed_names(deadline: Deadline) -> str:
    return ", ".join(
        str(step.values["fi"]) for step in deadline.steps if step.code is StepCode.PASSED_OVER
    )


@pytest.mark.parametrize(
    ("case", "received", "end", "passed", "expected"),
    [
        ("D01", "2024-03-05", "2024-04-05", "", "2024-04-05"),
        (
            "D03",
            "2026-03-05",
            "2026-04-05",
            "pääsiäispäivä, 2. pääsiäispäivä",
            "2026-04-07",
        ),
        ("D04", "2026-08-31", "2026-09-30", "", "2026-09-30"),
        ("D05", "2024-08-31", "2024-09-30", "", "2024-09-30"),
        ("D07", "2024-01-31", "2024-02-29", "", "2024-02-29"),
        ("D08", "2025-01-31", "2025-02-28", "", "2025-02-28"),
        ("D10", "2027-01-29", "2027-02-28", "sunnuntai", "2027-03-01"),
        ("D11", "2028-01-29", "2028-02-29", "", "2028-02-29"),
        ("D13", "2028-02-29", "2028-03-29", "", "2028-03-29"),
        ("D14", "2026-02-28", "2026-03-28", "lauantai, sunnuntai", "2026-03-30"),
        ("D15", "2026-03-31", "2026-04-30", "", "2026-04-30"),
        ("D16", "2026-05-31", "2026-06-30", "", "2026-06-30"),
        ("D18", "2025-12-01", "2026-01-01", "uudenvuodenpäivä", "2026-01-02"),
        (
            "D20",
            "2026-03-03",
            "2026-04-03",
            "pitkäperjantai, lauantai, pääsiäispäivä, 2. pääsiäispäivä",
            "2026-04-07",
        ),
        ("D21", "2026-03-06", "2026-04-06", "2. pääsiäispäivä", "2026-04-07"),
        ("D23", "2026-04-14", "2026-05-14", "helatorstai", "2026-05-15"),
        ("D25", "2026-05-20", "2026-06-20", "juhannuspäivä, sunnuntai", "2026-06-22"),
        ("D26", "2026-09-30", "2026-10-30", "", "2026-10-30"),
        ("D29", "2026-11-26", "2026-12-26", "tapaninpäivä, sunnuntai", "2026-12-28"),
        ("D30", "2026-07-18", "2026-08-18", "", "2026-08-18"),
        ("Christmas Eve 2026", "2026-11-24", "2026-12-24", "", "2026-12-24"),
        ("Christmas Eve 2025", "2025-11-24", "2025-12-24", "", "2025-12-24"),
    ],
)
def test_a_month_runs_as_in_the_law_notes(
    case: str, received: str, end: str, passed: str, expected: str
) -> None:
    result = response_deadline(date.fromisoformat(received))
    [period_end] = [step.day for step in result.steps if step.code is StepCode.PERIOD_END]
    assert period_end == date.fromisoformat(end), case
    assert passed_names(result) == passed
    assert result.due == result.notice_by == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("case", "received", "passed", "expected", "notice_by"),
    [
        ("D32", "2024-03-05", "", "2024-06-05", "2024-04-05"),
        ("D34", "2025-11-30", "lauantai, sunnuntai", "2026-03-02", "2025-12-30"),
        (
            "D36",
            "2026-03-19",
            "juhannusaatto, juhannuspäivä, sunnuntai",
            "2026-06-22",
            "2026-04-20",
        ),
        (
            "D37",
            "2026-09-25",
            "joulupäivä, tapaninpäivä, sunnuntai",
            "2026-12-28",
            "2026-10-26",
        ),
        ("D39", "2023-11-30", "", "2024-02-29", "2024-01-02"),
    ],
)
def test_an_extension_makes_three_months_from_receipt(
    case: str, received: str, passed: str, expected: str, notice_by: str
) -> None:
    result = response_deadline(date.fromisoformat(received), extended=True)
    assert result.due == date.fromisoformat(expected), case
    assert result.notice_by == date.fromisoformat(notice_by)
    assert passed_names(result) == passed


@pytest.mark.parametrize(
    ("received", "expected"), [("2026-11-24", "2026-12-28"), ("2025-11-24", "2025-12-29")]
)
def test_the_eve_rule_moves_a_deadline_over_christmas(received: str, expected: str) -> None:
    result = response_deadline(date.fromisoformat(received), eve_rule=True)
    assert result.due == result.notice_by == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("case", "received", "suspension", "end", "expected"),
    [
        ("S1", "2026-03-02", ("2026-03-04", "2026-03-18", False), "2026-04-16", "2026-04-16"),
        ("S2", "2026-03-02", ("2026-03-03", "2026-03-05", False), "2026-04-04", "2026-04-07"),
        ("S4", "2026-06-01", ("2026-06-01", "2026-06-22", False), "2026-07-22", "2026-07-22"),
        ("S6", "2026-03-02", ("2026-03-30", "2026-04-10", True), "2026-04-02", "2026-04-02"),
    ],
)
def test_a_suspension_adds_its_days_as_in_the_law_notes(
    case: str, received: str, suspension: tuple[str, str, bool], end: str, expected: str
) -> None:
    asked, answered, late = suspension
    waits = [Suspension(date.fromisoformat(asked), date.fromisoformat(answered), asked_late=late)]
    result = response_deadline(date.fromisoformat(received), suspensions=waits)
    reached = [
        step.day for step in result.steps if step.code in {StepCode.PERIOD_END, StepCode.SUSPENDED}
    ]
    assert reached[-1] == date.fromisoformat(end), case
    assert result.due == result.notice_by == date.fromisoformat(expected)


def test_a_late_question_is_named_and_stops_nothing() -> None:
    waits = [Suspension(date(2026, 3, 30), date(2026, 4, 10), asked_late=True)]
    codes = [step.code for step in response_deadline(date(2026, 3, 2), suspensions=waits).steps]
    assert StepCode.ASKED_LATE in codes
    assert StepCode.SUSPENDED not in codes


def test_an_unanswered_question_stops_the_clock_without_a_deadline() -> None:
    result = response_deadline(date(2026, 3, 2), suspensions=[Suspension(date(2026, 3, 4))])
    assert result.due is None
    assert result.notice_by == date(2026, 4, 2)
    stopped = [step.day for step in result.steps if step.code is StepCode.CLOCK_STOPPED]
    assert stopped == [date(2026, 3, 4)]
    assert StepCode.DUE not in {step.code for step in result.steps}


def test_a_late_unanswered_question_does_not_stop_the_clock() -> None:
    waits = [Suspension(date(2026, 3, 30), asked_late=True)]
    assert response_deadline(date(2026, 3, 2), suspensions=waits).due == date(2026, 4, 2)


def test_the_earlier_of_the_two_readings_of_a_suspension_counts() -> None:
    # 26 days after 15 February is 13 March; a month from the answer of 10 February is 10 March.
    waits = [Suspension(date(2026, 1, 15), date(2026, 2, 10))]
    result = response_deadline(date(2026, 1, 15), suspensions=waits)
    assert result.due == date(2026, 3, 10)
    assert StepCode.RESTART_EARLIER in {step.code for step in result.steps}


def test_a_question_before_receipt_suspends_only_from_receipt() -> None:
    waits = [Suspension(date(2026, 3, 4), date(2026, 3, 18))]
    result = response_deadline(date(2026, 3, 5), suspensions=waits)
    [suspended] = [step for step in result.steps if step.code is StepCode.SUSPENDED]
    assert suspended.values["days"] == 13
    assert StepCode.COUNTED_FROM_RECEIPT in {step.code for step in result.steps}
    assert result.due == date(2026, 4, 20)


def test_an_answer_before_receipt_suspends_nothing() -> None:
    waits = [Suspension(date(2026, 2, 4), date(2026, 3, 1))]
    result = response_deadline(date(2026, 3, 2), suspensions=waits)
    assert result.due == date(2026, 4, 2)
    assert StepCode.ANSWERED_BEFORE_RECEIPT in {step.code for step in result.steps}


def test_an_open_question_before_receipt_stops_the_clock_at_receipt() -> None:
    result = response_deadline(date(2026, 3, 2), suspensions=[Suspension(date(2026, 2, 27))])
    assert result.due is None
    stopped = [step.day for step in result.steps if step.code is StepCode.CLOCK_STOPPED]
    assert stopped == [date(2026, 3, 2)]


def test_a_question_on_the_last_day_still_stops_the_clock() -> None:
    waits = [Suspension(date(2026, 4, 7), date(2026, 4, 9))]
    result = response_deadline(date(2026, 3, 5), suspensions=waits)
    assert StepCode.SUSPENDED in {step.code for step in result.steps}
    assert result.due == date(2026, 4, 7)


@pytest.mark.parametrize("answered", [date(2026, 5, 1), None])
def test_a_question_after_the_deadline_revives_nothing(answered: date | None) -> None:
    waits = [Suspension(date(2026, 4, 8), answered)]
    result = response_deadline(date(2026, 3, 5), suspensions=waits)
    assert result.due == date(2026, 4, 7)
    assert StepCode.ASKED_AFTER_DUE in {step.code for step in result.steps}


def test_a_question_within_the_extension_moves_the_extended_deadline_only() -> None:
    waits = [Suspension(date(2026, 5, 4), date(2026, 5, 11))]
    result = response_deadline(date(2026, 3, 5), extended=True, suspensions=waits)
    assert result.notice_by == date(2026, 4, 7)
    assert result.due == date(2026, 6, 12)


def test_two_suspensions_add_up_in_whatever_order_they_are_given() -> None:
    first = Suspension(date(2026, 3, 4), date(2026, 3, 9))
    second = Suspension(date(2026, 3, 16), date(2026, 3, 23))
    one = response_deadline(date(2026, 3, 2), suspensions=[first, second])
    other = response_deadline(date(2026, 3, 2), suspensions=[second, first])
    assert one == other
    assert one.due == date(2026, 4, 14)


def test_suspensions_may_follow_each_other_on_the_same_day() -> None:
    waits = [
        Suspension(date(2026, 3, 4), date(2026, 3, 9)),
        Suspension(date(2026, 3, 9), date(2026, 3, 16)),
    ]
    assert response_deadline(date(2026, 3, 2), suspensions=waits).due == date(2026, 4, 14)


@pytest.mark.parametrize(
    "waits",
    [
        [Suspension(date(2026, 3, 4), date(2026, 3, 9)), Suspension(date(2026, 3, 8))],
        [Suspension(date(2026, 3, 4)), Suspension(date(2026, 3, 8), date(2026, 3, 9))],
        [Suspension(date(2026, 3, 4)), Suspension(date(2026, 3, 4))],
    ],
)
def test_overlapping_suspensions_are_refused(waits: list[Suspension]) -> None:
    with pytest.raises(BadSuspension) as caught:
        response_deadline(date(2026, 3, 2), suspensions=waits)
    assert caught.value.fault is SuspensionFault.OVERLAP


def test_an_answer_before_its_question_is_refused() -> None:
    with pytest.raises(BadSuspension) as caught:
        Suspension(date(2026, 3, 4), date(2026, 3, 3))
    assert caught.value.fault is SuspensionFault.ANSWER_BEFORE_QUESTION


def test_log_data_has_two_months_and_no_extension() -> None:
    assert response_deadline(date(2026, 3, 5), kind=RequestKind.LOG_DATA).due == date(2026, 5, 5)
    with pytest.raises(ExtensionNotAvailable):
        response_deadline(date(2026, 3, 5), extended=True, kind=RequestKind.LOG_DATA)


def test_log_data_requests_tell_of_no_extension() -> None:
    result = response_deadline(date(2026, 3, 5), kind=RequestKind.LOG_DATA)
    assert StepCode.NOTICE_BY not in {step.code for step in result.steps}


@pytest.mark.parametrize("kind", [kind for kind in RequestKind if kind != RequestKind.LOG_DATA])
def test_every_other_kind_has_a_month_and_three_when_extended(kind: RequestKind) -> None:
    assert response_deadline(date(2026, 8, 31), kind=kind).due == date(2026, 9, 30)
    extended = response_deadline(date(2026, 8, 31), extended=True, kind=kind)
    assert extended.due == date(2026, 11, 30)


def test_receipt_on_a_weekend_is_told_and_not_moved() -> None:
    steps = response_deadline(date(2026, 7, 18)).steps
    [stands] = [step for step in steps if step.code is StepCode.RECEIPT_DAY_STANDS]
    assert (stands.day, stands.values["fi"]) == (date(2026, 7, 18), "lauantai")


@pytest.mark.parametrize("received", [date(1800, 1, 1), date(2100, 12, 15), date(9999, 12, 31)])
def test_a_deadline_outside_the_known_holidays_is_refused(received: date) -> None:
    with pytest.raises(DateOutOfRange):
        response_deadline(received)


def test_an_answer_far_in_the_future_is_refused() -> None:
    waits = [Suspension(date(2026, 3, 4), date(9999, 12, 31))]
    with pytest.raises(DateOutOfRange):
        response_deadline(date(2026, 3, 2), suspensions=waits)


@given(DAYS, KINDS, st.booleans(), st.data())
def test_a_deadline_is_never_on_a_day_off(
    received: date, kind: RequestKind, eve_rule: bool, data: st.DataObject
) -> None:
    waits = data.draw(suspensions(received))
    result = response_deadline(received, suspensions=waits, eve_rule=eve_rule, kind=kind)
    assert is_working_day(due(result), eve_rule)
    assert is_working_day(result.notice_by, eve_rule)


@given(DAYS, KINDS)
def test_without_suspensions_the_deadline_is_the_rolled_period(
    received: date, kind: RequestKind
) -> None:
    end = add_period(received, RESPONSE_TERMS[kind].period)
    assert response_deadline(received, kind=kind).due == roll_forward(end)[0]


@given(DAYS, DAYS, st.booleans())
def test_a_later_receipt_never_has_an_earlier_deadline(
    one: date, other: date, extended: bool
) -> None:
    assume(one <= other)
    earlier = response_deadline(one, extended=extended)
    later = response_deadline(other, extended=extended)
    assert due(earlier) <= due(later)


@given(DAYS, st.booleans(), st.data())
def test_a_suspension_never_makes_a_deadline_earlier(
    received: date, extended: bool, data: st.DataObject
) -> None:
    waits = data.draw(suspensions(received))
    plain = response_deadline(received, extended=extended)
    suspended = response_deadline(received, extended=extended, suspensions=waits)
    assert due(suspended) >= due(plain)
    assert suspended.notice_by >= plain.notice_by


@given(DAYS, st.integers(0, 20), st.integers(0, 200))
def test_one_suspension_never_adds_more_days_than_it_lasted_or_than_a_new_period(
    received: date, wait: int, length: int
) -> None:
    asked = received + timedelta(days=wait)
    answered = asked + timedelta(days=length)
    result = response_deadline(received, suspensions=[Suspension(asked, answered)])
    by_days = add_period(received, Period(months=1)) + timedelta(days=length)
    anew = add_period(answered, Period(months=1))
    assert due(result) == roll_forward(min(by_days, anew))[0]


@given(DAYS, st.data())
def test_an_extension_is_never_earlier_than_the_base(received: date, data: st.DataObject) -> None:
    waits = data.draw(suspensions(received))
    result = response_deadline(received, extended=True, suspensions=waits)
    assert due(result) >= result.notice_by
    assert result.notice_by == response_deadline(received, suspensions=waits).due


@given(DAYS, st.data())
def test_an_open_suspension_stops_the_clock_or_came_too_late(
    received: date, data: st.DataObject
) -> None:
    *ended, last = data.draw(suspensions(received, ended=False))
    result = response_deadline(received, suspensions=[*ended, last])
    before = response_deadline(received, suspensions=ended)
    assert result.notice_by == before.notice_by
    if last.asked_on <= due(before):
        assert result.due is None
    else:
        assert result.due == before.due


@pytest.mark.parametrize(
    ("due_on", "level", "left"),
    [
        (date(2026, 3, 11), UrgencyLevel.ON_TIME, 6),
        (date(2026, 3, 10), UrgencyLevel.DUE_SOON, 5),
        (date(2026, 3, 5), UrgencyLevel.DUE_SOON, 0),
        (date(2026, 3, 4), UrgencyLevel.PAST_DUE, -1),
        (None, UrgencyLevel.STOPPED, None),
    ],
)
def test_urgency_follows_the_days_left(
    due_on: date | None, level: UrgencyLevel, left: int | None
) -> None:
    found = urgency(due_on, date(2026, 3, 5))
    assert (found.level, found.days_left) == (level, left)
