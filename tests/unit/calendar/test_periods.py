"""Periods: what may be written, and what a day plus a period is."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.calendar.periods import (
    MAX_UNITS,
    BadPeriod,
    DateOutOfRange,
    Period,
    add_period,
    is_clamped,
)

MONTH_PERIODS = st.builds(Period, years=st.integers(0, 120), months=st.integers(0, 60))
PERIODS = st.one_of(
    st.builds(
        Period, years=st.integers(0, 120), months=st.integers(0, 60), days=st.integers(0, 999)
    ),
    st.builds(Period, weeks=st.integers(0, 999)),
)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P10Y", Period(years=10)),
        ("P6M", Period(months=6)),
        ("P2W", Period(weeks=2)),
        ("P30D", Period(days=30)),
        ("P1Y6M", Period(years=1, months=6)),
        ("P1Y2M3D", Period(years=1, months=2, days=3)),
        ("P1Y3D", Period(years=1, days=3)),
        ("P0D", Period()),
        ("P0Y", Period()),
        ("P0W", Period()),
        ("P007Y", Period(years=7)),
    ],
)
def test_a_period_is_read_as_iso_8601_writes_it(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "10Y",
        "P10",
        "p10y",
        "P10y",
        " P10Y",
        "P10Y\n",
        "P-1Y",
        "-P1Y",
        "+P1Y",
        "P1.5Y",
        "P1,5Y",
        "PT72M",
        "PT1H30M",
        "PT",
        "P1YT",
        "P1M1Y",
        "P1D1M",
        "P1Y2W",
        "P1W1D",
        "P1Y1Y",
        "P１Y",
        "P٣Y",
        "P123456Y",
        "10 years",
    ],
)
def test_what_is_not_a_period_is_refused_naming_what_is_allowed(text: str) -> None:
    with pytest.raises(BadPeriod, match="P10Y, P6M, P30D") as caught:
        Period.parse(text)
    assert repr(text) in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_a_period_cannot_be_negative() -> None:
    with pytest.raises(BadPeriod, match="between 0 and"):
        Period(years=-1)


def test_a_period_cannot_have_an_enormous_number() -> None:
    with pytest.raises(BadPeriod, match="between 0 and"):
        Period(days=MAX_UNITS + 1)


def test_weeks_cannot_be_mixed_with_other_units() -> None:
    with pytest.raises(BadPeriod, match="weeks"):
        Period(weeks=1, days=1)


@given(PERIODS)
def test_a_written_period_reads_back_as_itself(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text",
    ["P10Y", "P6M", "P2W", "P30D", "P1Y6M", "P1Y2M3D", "P0D", "P12M", "P52W", "PT48H", "P1DT1H"],
)
def test_a_canonical_text_is_written_back_unchanged(text: str) -> None:
    assert str(Period.parse(text)) == text


@given(PERIODS)
def test_only_a_period_that_moves_nothing_is_zero(period: Period) -> None:
    day = date(2026, 1, 1)
    assert period.is_zero == (add_period(day, period) == day)


@pytest.mark.parametrize(
    ("day", "text", "end"),
    [
        ("2024-02-29", "P10Y", "2034-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2023-02-28", "P1Y", "2024-02-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2025-01-31", "P1M", "2025-02-28"),
        ("2026-08-31", "P1M", "2026-09-30"),
        ("2026-02-28", "P1M", "2026-03-28"),
        ("2025-12-31", "P2M", "2026-02-28"),
        ("2024-02-29", "P1200M", "2124-02-29"),
        ("2096-02-29", "P4Y", "2100-02-28"),
        ("2026-11-30", "P13M", "2027-12-30"),
        ("2026-12-31", "P2W", "2027-01-14"),
        ("2026-12-31", "P30D", "2027-01-30"),
        ("2024-01-31", "P1M1D", "2024-03-01"),
        ("2024-01-30", "P1M1D", "2024-03-01"),
        ("2026-05-05", "P0D", "2026-05-05"),
        ("0001-01-01", "P9998Y", "9999-01-01"),
    ],
)
def test_a_period_ends_on_the_same_date_or_on_the_last_day_of_the_month(
    day: str, text: str, end: str
) -> None:
    assert add_period(date.fromisoformat(day), Period.parse(text)) == date.fromisoformat(end)


@given(DAYS, MONTH_PERIODS)
def test_months_keep_the_date_or_end_on_the_last_day_of_the_month(
    day: date, period: Period
) -> None:
    end = add_period(day, period)
    months = (end.year - day.year) * 12 + end.month - day.month
    assert months == period.years * 12 + period.months
    if is_clamped(day, period):
        assert end.day < day.day
        assert (end + timedelta(days=1)).day == 1
    else:
        assert end.day == day.day


@given(DAYS, DAYS, PERIODS)
def test_a_later_start_never_ends_earlier(one: date, other: date, period: Period) -> None:
    assume(one <= other)
    assert add_period(one, period) <= add_period(other, period)


@given(DAYS, st.integers(0, 600), st.integers(0, 600))
def test_more_months_never_end_earlier(day: date, few: int, more: int) -> None:
    few, more = sorted((few, more))
    assert add_period(day, Period(months=few)) <= add_period(day, Period(months=more))


@given(DAYS, st.integers(0, 100))
def test_a_year_is_twelve_months(day: date, years: int) -> None:
    assert add_period(day, Period(years=years)) == add_period(day, Period(months=12 * years))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("9999-12-31", "P1D"),
        ("9999-12-01", "P1M"),
        ("2026-01-01", "P99999Y"),
        ("2026-01-01", "P99999M"),
        ("9990-01-01", "P99999W"),
        ("9999-01-01", "P99999D"),
    ],
)
def test_a_day_past_the_last_year_is_refused(day: str, text: str) -> None:
    with pytest.raises(DateOutOfRange, match="9999"):
        add_period(date.fromisoformat(day), Period.parse(text))
    with pytest.raises(DateOutOfRange, match="9999"):
        is_clamped(date.fromisoformat(day), Period.parse(text))


def test_the_last_day_of_the_calendar_can_be_reached() -> None:
    assert add_period(date(9999, 11, 30), Period.parse("P1M1D")) == date(9999, 12, 31)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("PT1H", date(2026, 3, 2)),
        ("PT24H", date(2026, 3, 2)),
        ("PT48H", date(2026, 3, 3)),
        ("PT49H", date(2026, 3, 4)),
        ("P1DT1H", date(2026, 3, 3)),
    ],
)
def test_hours_run_from_an_unknown_hour_so_a_begun_day_counts_whole(text: str, end: date) -> None:
    assert add_period(date(2026, 3, 1), Period.parse(text)) == end
