"""Finnish days on which a period cannot end, against a list that was made without the library."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar.finland import (
    FIRST_YEAR,
    LAST_YEAR,
    DayKind,
    holidays_of,
    is_working_day,
    passed_over,
    roll_forward,
)
from app.calendar.periods import DateOutOfRange

SNAPSHOT = Path(__file__).parent / "holidays-2015-2040.txt"
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 25))


def test_the_holidays_of_2015_to_2040_are_those_of_the_snapshot() -> None:
    lines = [
        f"{day} {name.fi}"
        for year in range(2015, 2041)
        for day, name in sorted(holidays_of(year).items())
    ]
    assert "\n".join(lines) + "\n" == SNAPSHOT.read_text(encoding="utf-8")


def test_every_known_year_has_names_in_three_languages() -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for name in holidays_of(year).values():
            assert name.fi
            assert name.sv
            assert name.en


@pytest.mark.parametrize(
    ("day", "fi", "sv", "en"),
    [
        ("2026-06-19", "juhannusaatto", "midsommarafton", "Midsummer Eve"),
        ("2026-04-06", "2. pääsiäispäivä", "annandag påsk", "Easter Monday"),
        ("2026-05-14", "helatorstai", "Kristi himmelsfärdsdag", "Ascension Day"),
        ("2026-12-06", "itsenäisyyspäivä", "självständighetsdagen", "Independence Day"),
        ("2026-02-28", "lauantai", "lördag", "Saturday"),
        ("2026-03-01", "sunnuntai", "söndag", "Sunday"),
        (
            "2008-05-01",
            "helatorstai / vappu",
            "Kristi himmelsfärdsdag / första maj",
            "Ascension Day / May Day",
        ),
    ],
)
def test_a_passed_over_day_is_named_in_three_languages(day: str, fi: str, sv: str, en: str) -> None:
    found = passed_over(date.fromisoformat(day))
    assert found is not None
    assert (found.name.fi, found.name.sv, found.name.en) == (fi, sv, en)


def test_midsummer_eve_is_not_a_working_day() -> None:
    assert not is_working_day(date(2026, 6, 19))


@pytest.mark.parametrize("year", [2025, 2026])
def test_christmas_eve_is_a_working_day_unless_the_eve_rule_is_on(year: int) -> None:
    eve = date(year, 12, 24)
    assert is_working_day(eve)
    found = passed_over(eve, eve_rule=True)
    assert found is not None
    assert found.kind is DayKind.EVE
    assert found.name.fi == "jouluaatto"


def test_christmas_eve_on_a_saturday_is_a_saturday() -> None:
    found = passed_over(date(2022, 12, 24))
    assert found is not None
    assert found.kind is DayKind.SATURDAY


def test_the_eve_rule_rolls_over_christmas() -> None:
    day, passed = roll_forward(date(2026, 12, 24), eve_rule=True)
    assert day == date(2026, 12, 28)
    assert [each.kind.value for each in passed] == ["eve", "holiday", "holiday", "sunday"]


def test_a_holiday_on_a_weekend_is_named_as_the_holiday() -> None:
    found = passed_over(date(2026, 6, 20))
    assert found is not None
    assert found.kind is DayKind.HOLIDAY
    assert found.name.fi == "juhannuspäivä"


def test_easter_is_passed_over_day_by_day() -> None:
    day, passed = roll_forward(date(2026, 4, 3))
    assert day == date(2026, 4, 7)
    assert [each.name.fi for each in passed] == [
        "pitkäperjantai",
        "lauantai",
        "pääsiäispäivä",
        "2. pääsiäispäivä",
    ]


@given(DAYS, st.booleans())
def test_rolling_ends_on_the_first_working_day(day: date, eve_rule: bool) -> None:
    rolled, passed = roll_forward(day, eve_rule)
    assert is_working_day(rolled, eve_rule)
    assert rolled == day + timedelta(days=len(passed))
    assert all(not is_working_day(each.day, eve_rule) for each in passed)


@given(DAYS)
def test_a_working_day_is_not_rolled(day: date) -> None:
    rolled, _ = roll_forward(day)
    assert roll_forward(rolled) == (rolled, ())


@given(DAYS)
def test_the_eve_rule_never_gives_an_earlier_day(day: date) -> None:
    assert roll_forward(day)[0] <= roll_forward(day, eve_rule=True)[0]


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1, 9999])
def test_a_year_without_known_holidays_is_refused(year: int) -> None:
    with pytest.raises(DateOutOfRange, match=f"{FIRST_YEAR} to {LAST_YEAR}"):
        is_working_day(date(year, 6, 1))


def test_rolling_crosses_the_turn_of_the_year() -> None:
    day, passed = roll_forward(date(2095, 12, 31))
    assert day == date(2096, 1, 2)
    assert [each.name.fi for each in passed] == ["lauantai", "uudenvuodenpäivä"]
