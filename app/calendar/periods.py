"""Periods in calendar units and hours, written as in ISO 8601, and their addition to a day.

Adding follows Regulation (EEC, Euratom) No 1182/71, Art. 3(2)(c): a period of months or years ends
on the day with the same date, or on the last day of the month when that date does not exist.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Self

MAX_UNITS = 99_999
ALLOWED_FORMS = (
    "whole years, months, days and hours in that order (P10Y, P6M, P30D, P1Y6M, PT48H), or whole "
    "weeks alone (P2W); P0D is no time at all"
)

_FORM = re.compile(
    r"P(?:(?P<weeks>[0-9]{1,5})W"
    r"|(?=[0-9T])(?:(?P<years>[0-9]{1,5})Y)?(?:(?P<months>[0-9]{1,5})M)?(?:(?P<days>[0-9]{1,5})D)?"
    r"(?:T(?P<hours>[0-9]{1,5})H)?)"
)

# The same without names of groups, as other programs read it.
PERIOD_PATTERN = f"^(?:{re.sub(r'[?]P<[a-z]+>', '?:', _FORM.pattern)})$"


class BadPeriod(ValueError):
    """A text or a set of numbers that is not a period in years, months, weeks, days and hours."""


class DateOutOfRange(ValueError):
    """A date that the calendar at hand does not reach."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in calendar units and hours; weeks stand alone, as ISO 8601 has it.

    Raises BadPeriod for a negative or enormous number and for weeks beside other units.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0

    def __post_init__(self) -> None:
        units = (self.years, self.months, self.weeks, self.days, self.hours)
        if not all(0 <= number <= MAX_UNITS for number in units):
            raise BadPeriod(f"each unit of a period is between 0 and {MAX_UNITS}: {units}")
        if self.weeks and any((self.years, self.months, self.days, self.hours)):
            raise BadPeriod("weeks cannot be mixed with other units; write the days instead")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that `text` writes. Raises BadPeriod naming what is allowed."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise BadPeriod(f"{text!r} is not a period; allowed are {ALLOWED_FORMS}")
        return cls(**{unit: int(number) for unit, number in match.groupdict(default="0").items()})

    @property
    def is_zero(self) -> bool:
        """True for P0D: no time at all."""
        return not any((self.years, self.months, self.weeks, self.days, self.hours))

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        calendar = "".join(f"{number}{unit}" for number, unit in parts if number)
        clock = f"T{self.hours}H" if self.hours else ""
        return "P" + (calendar + clock or "0D")


def add_period(day: date, period: Period) -> date:
    """The day on which a period running from `day` ends.

    Years and months come first and are clamped to the end of the month; weeks and days follow.
    Hours run from an unknown hour of `day`, so that the part of a day that they fill counts whole.
    Raises DateOutOfRange past the year 9999. Source: Reg. 1182/71 Art. 3(2)(c).
    """
    try:
        moved = _add_months(day, period)
        return moved + timedelta(weeks=period.weeks, days=period.days + ceil(period.hours / 24))
    except (ValueError, OverflowError) as error:
        raise DateOutOfRange(f"{day} and {period} lead past the year {date.max.year}") from error


def is_clamped(day: date, period: Period) -> bool:
    """Whether the month in which the period ends lacks the date of `day` (31 August + P1M).

    Raises DateOutOfRange as `add_period` does.
    """
    add_period(day, period)
    return _add_months(day, period).day != day.day


def _add_months(day: date, period: Period) -> date:
    months = day.year * 12 + day.month - 1 + period.years * 12 + period.months
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
