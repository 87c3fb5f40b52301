"""Retention dates: the cases of the law notes, and what holds for every rule."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.calendar.periods import DateOutOfRange, Period, add_period
from app.retention.rules import (
    BadFinancialYearEnd,
    CutOff,
    DisposalAction,
    RetentionTerms,
    StepCode,
    cut_off_day,
    retention_date,
)

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
PERIODS = st.builds(
    Period, years=st.integers(0, 120), months=st.integers(0, 30), days=st.integers(0, 400)
)
YEAR_ENDS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
ACTIONS_WITH_A_DATE = st.sampled_from(
    [action for action in DisposalAction if action is not DisposalAction.RETAIN_PERMANENTLY]
)
TERMS = st.builds(
    RetentionTerms,
    period=PERIODS,
    cut_off=st.sampled_from(CutOff),
    disposal_action=ACTIONS_WITH_A_DATE,
    financial_year_end=YEAR_ENDS,
)


def terms(
    period: str, cut_off: CutOff = CutOff.NONE, year_end: tuple[int, int] = (12, 31)
) -> RetentionTerms:
    return RetentionTerms(Period.parse(period), cut_off, financial_year_end=year_end)


@pytest.mark.parametrize(
    ("case", "rule", "trigger", "last"),
    [
        (
            "vouchers of a financial year that ended 30.4.2017",
            terms("P6Y", CutOff.CALENDAR_YEAR_END),
            "2017-04-30",
            "2023-12-31",
        ),
        (
            "books of a financial year that ended 30.4.2017",
            terms("P10Y"),
            "2017-04-30",
            "2027-04-30",
        ),
        (
            "books by a day within the financial year",
            terms("P10Y", CutOff.FINANCIAL_YEAR_END, (4, 30)),
            "2016-11-15",
            "2027-04-30",
        ),
        (
            "vouchers of 2024",
            terms("P6Y", CutOff.CALENDAR_YEAR_END),
            "2024-12-31",
            "2030-12-31",
        ),
        ("books of 2024", terms("P10Y"), "2024-12-31", "2034-12-31"),
        ("matter closed", terms("P10Y"), "2025-03-14", "2035-03-14"),
        (
            "working time of May 2024, employment continues",
            terms("P2Y", CutOff.CALENDAR_YEAR_END),
            "2024-05-31",
            "2026-12-31",
        ),
        ("working time, employment ended", terms("P2Y"), "2025-06-15", "2027-06-15"),
        (
            "ESF 2014-20, accounts submitted, three years",
            terms("P3Y", CutOff.CALENDAR_YEAR_END),
            "2023-02-15",
            "2026-12-31",
        ),
        (
            "ESF 2014-20, accounts submitted, two years",
            terms("P2Y", CutOff.CALENDAR_YEAR_END),
            "2023-02-15",
            "2025-12-31",
        ),
        (
            "ESF+, last payment",
            terms("P5Y", CutOff.CALENDAR_YEAR_END),
            "2025-03-14",
            "2030-12-31",
        ),
        ("sick-leave certificate, review", terms("P5Y"), "2026-02-03", "2031-02-03"),
        ("leap day", terms("P10Y"), "2024-02-29", "2034-02-28"),
        ("leap day to leap day", terms("P4Y"), "2024-02-29", "2028-02-29"),
        ("a holiday is not moved", terms("P1Y"), "2025-12-25", "2026-12-25"),
        ("a Sunday is not moved", terms("P1M"), "2026-02-01", "2026-03-01"),
    ],
)
def test_the_last_kept_day_is_that_of_the_law_notes(
    case: str, rule: RetentionTerms, trigger: str, last: str
) -> None:
    result = retention_date(rule, date.fromisoformat(trigger))
    assert result.last_kept_day == date.fromisoformat(last), case
    assert result.disposable_from == date.fromisoformat(last) + timedelta(days=1)


@pytest.mark.parametrize(
    ("trigger", "year_end", "counted_from"),
    [
        ("2026-06-30", (6, 30), "2026-06-30"),
        ("2026-07-01", (6, 30), "2027-06-30"),
        ("2026-02-28", (2, 29), "2026-02-28"),
        ("2024-02-29", (2, 29), "2024-02-29"),
        ("2026-03-01", (2, 29), "2027-02-28"),
        ("2027-03-01", (2, 29), "2028-02-29"),
        ("2024-02-29", (2, 28), "2025-02-28"),
        ("2026-12-31", (12, 31), "2026-12-31"),
    ],
)
def test_a_financial_year_ends_where_the_organisation_says(
    trigger: str, year_end: tuple[int, int], counted_from: str
) -> None:
    rule = terms("P1Y", CutOff.FINANCIAL_YEAR_END, year_end)
    assert cut_off_day(rule, date.fromisoformat(trigger)) == date.fromisoformat(counted_from)


@pytest.mark.parametrize("year_end", [(0, 1), (13, 1), (2, 30), (4, 31), (1, 0)])
def test_a_year_end_that_no_calendar_has_is_refused(year_end: tuple[int, int]) -> None:
    with pytest.raises(BadFinancialYearEnd):
        RetentionTerms(Period(years=1), financial_year_end=year_end)


def test_a_rule_without_a_period_has_no_date() -> None:
    result = retention_date(RetentionTerms(None), date(2026, 1, 1))
    assert (result.last_kept_day, result.disposable_from) == (None, None)
    assert result.steps[-1].code is StepCode.UNTIL_FURTHER_NOTICE


@pytest.mark.parametrize("period", [None, Period(years=10), Period()])
def test_what_is_kept_permanently_never_has_a_date(period: Period | None) -> None:
    rule = RetentionTerms(period, disposal_action=DisposalAction.RETAIN_PERMANENTLY)
    result = retention_date(rule, date(1950, 1, 1))
    assert (result.last_kept_day, result.disposable_from) == (None, None)
    assert result.steps[-1].code is StepCode.PERMANENT


def test_without_a_trigger_the_clock_has_not_started() -> None:
    result = retention_date(terms("P10Y"), None)
    assert (result.last_kept_day, result.disposable_from) == (None, None)
    assert result.steps[-1].code is StepCode.TRIGGER_MISSING


def test_no_time_at_all_means_not_stored() -> None:
    result = retention_date(terms("P0D"), date(2026, 2, 3))
    assert result.last_kept_day is None
    assert result.disposable_from == date(2026, 2, 3)
    assert result.steps[-1].code is StepCode.NOT_STORED


def test_no_time_after_the_year_end_keeps_until_the_year_end() -> None:
    result = retention_date(terms("P0D", CutOff.CALENDAR_YEAR_END), date(2026, 2, 3))
    assert result.last_kept_day == date(2026, 12, 31)
    assert result.disposable_from == date(2027, 1, 1)


def test_the_steps_come_in_the_order_rule_trigger_sum() -> None:
    rule = terms("P6M", CutOff.FINANCIAL_YEAR_END, (8, 31))
    result = retention_date(rule, date(2026, 3, 14))
    assert [step.as_data() for step in result.steps] == [
        {
            "code": "rule",
            "day": None,
            "values": {
                "disposal_action": "destroy",
                "cut_off": "financial_year_end",
                "period": "P6M",
            },
        },
        {"code": "trigger", "day": "2026-03-14", "values": {}},
        {"code": "cut_off", "day": "2026-08-31", "values": {"cut_off": "financial_year_end"}},
        {"code": "month_end", "day": None, "values": {"day_of_month": 31}},
        {
            "code": "last_kept_day",
            "day": "2027-02-28",
            "values": {"period": "P6M", "counted_from": "2026-08-31"},
        },
        {
            "code": "disposable_from",
            "day": "2027-03-01",
            "values": {"disposal_action": "destroy"},
        },
    ]


@pytest.mark.parametrize(
    ("rule", "trigger"),
    [
        (terms("P99999Y"), date(2026, 1, 1)),
        (terms("P1D"), date(9999, 12, 30)),
        (terms("P1M", CutOff.CALENDAR_YEAR_END), date(9999, 6, 1)),
        (terms("P1D", CutOff.FINANCIAL_YEAR_END, (4, 30)), date(9999, 6, 1)),
    ],
)
def test_a_date_past_the_calendar_is_refused(rule: RetentionTerms, trigger: date) -> None:
    with pytest.raises(DateOutOfRange, match="9999"):
        retention_date(rule, trigger)


@given(TERMS, DAYS)
def test_disposal_is_allowed_from_the_day_after_the_last_kept_day(
    rule: RetentionTerms, trigger: date
) -> None:
    result = retention_date(rule, trigger)
    assert result.disposable_from is not None
    if result.last_kept_day is not None:
        assert result.disposable_from == result.last_kept_day + timedelta(days=1)


@given(TERMS, DAYS)
def test_nothing_is_disposable_before_its_trigger(rule: RetentionTerms, trigger: date) -> None:
    result = retention_date(rule, trigger)
    assert result.disposable_from is not None
    assert result.disposable_from >= trigger


@given(TERMS, DAYS, DAYS)
def test_a_later_trigger_never_shortens_retention(
    rule: RetentionTerms, one: date, other: date
) -> None:
    assume(one <= other)
    earlier, later = retention_date(rule, one), retention_date(rule, other)
    assert earlier.disposable_from is not None
    assert later.disposable_from is not None
    assert earlier.disposable_from <= later.disposable_from


@given(TERMS, DAYS)
def test_a_cut_off_never_shortens_retention(rule: RetentionTerms, trigger: date) -> None:
    assert rule.period is not None
    result = retention_date(rule, trigger)
    plain = retention_date(RetentionTerms(rule.period), trigger)
    assert result.disposable_from is not None
    assert plain.disposable_from is not None
    assert result.disposable_from >= plain.disposable_from


@given(DAYS, YEAR_ENDS)
def test_a_cut_off_moves_to_the_next_year_end_and_no_further(
    trigger: date, year_end: tuple[int, int]
) -> None:
    moved = cut_off_day(terms("P1Y", CutOff.FINANCIAL_YEAR_END, year_end), trigger)
    assert trigger <= moved < add_period(trigger, Period(years=1, days=1))
    assert moved.month == year_end[0]


@given(TERMS, DAYS)
def test_the_action_at_the_end_does_not_change_the_date(
    rule: RetentionTerms, trigger: date
) -> None:
    other = RetentionTerms(
        rule.period, rule.cut_off, DisposalAction.REVIEW, rule.financial_year_end
    )
    one, two = retention_date(rule, trigger), retention_date(other, trigger)
    assert (one.last_kept_day, one.disposable_from) == (two.last_kept_day, two.disposable_from)
