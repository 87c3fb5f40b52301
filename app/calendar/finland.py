"""Which days are not working days in Finland for periods under European Union law.

Regulation (EEC, Euratom) No 1182/71, Art. 2 and 3(4), with the list of days that Finland has
published: Midsummer Eve is on it, Christmas Eve is not. The dates come from the pinned `holidays`
library, the choice among them and the names are ours.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from holidays import country_holidays

from app.calendar.periods import DateOutOfRange

_LIBRARY = country_holidays("FI", language="fi")
FIRST_YEAR: int = _LIBRARY.start_year
LAST_YEAR: int = _LIBRARY.end_year

_SATURDAY, _SUNDAY = 5, 6
# A day of two holidays (1 May 2008) comes from the library as one text with this between.
_JOINED = "; "


class DayKind(StrEnum):
    """Why a day is passed over."""

    HOLIDAY = "holiday"
    EVE = "eve"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class DayName:
    """The name of a day within a sentence, in the three languages."""

    fi: str
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A day on which a period cannot end."""

    day: date
    name: DayName
    kind: DayKind


SATURDAY = DayName("lauantai", "lördag", "Saturday")
SUNDAY = DayName("sunnuntai", "söndag", "Sunday")
CHRISTMAS_EVE = DayName("jouluaatto", "julafton", "Christmas Eve")

# Keyed by the library's Finnish names: an unknown name stops the program instead of a deadline.
_HOLIDAYS: Mapping[str, DayName] = MappingProxyType(
    {
        "Uudenvuodenpäivä": DayName("uudenvuodenpäivä", "nyårsdagen", "New Year's Day"),
        "Loppiainen": DayName("loppiainen", "trettondagen", "Epiphany"),
        "Pitkäperjantai": DayName("pitkäperjantai", "långfredagen", "Good Friday"),
        "Pääsiäispäivä": DayName("pääsiäispäivä", "påskdagen", "Easter Sunday"),
        "Toinen pääsiäispäivä": DayName("2. pääsiäispäivä", "annandag påsk", "Easter Monday"),
        "Vappu": DayName("vappu", "första maj", "May Day"),
        "Helatorstai": DayName("helatorstai", "Kristi himmelsfärdsdag", "Ascension Day"),
        "Helluntaipäivä": DayName("helluntaipäivä", "pingstdagen", "Whit Sunday"),
        "Juhannusaatto": DayName("juhannusaatto", "midsommarafton", "Midsummer Eve"),
        "Juhannuspäivä": DayName("juhannuspäivä", "midsommardagen", "Midsummer Day"),
        "Pyhäinpäivä": DayName("pyhäinpäivä", "alla helgons dag", "All Saints' Day"),
        "Itsenäisyyspäivä": DayName(
            "itsenäisyyspäivä", "självständighetsdagen", "Independence Day"
        ),
        "Jouluaatto": CHRISTMAS_EVE,
        "Joulupäivä": DayName("joulupäivä", "juldagen", "Christmas Day"),
        "Tapaninpäivä": DayName("tapaninpäivä", "annandag jul", "St Stephen's Day"),
    }
)


def holidays_of(year: int) -> Mapping[date, DayName]:
    """The holidays of a year that Reg. 1182/71 counts for Finland, without plain weekend days.

    Raises DateOutOfRange for a year whose holidays are not known.
    """
    return MappingProxyType(
        {day: name for day, name in _library_days(year).items() if name != CHRISTMAS_EVE}
    )


def passed_over(day: date, eve_rule: bool = False) -> PassedOver | None:
    """Why a period cannot end on `day`; None for a working day.

    `eve_rule` counts Christmas Eve as well, as the Finnish act 150/1930 s. 5 does for courts and
    authorities. Raises DateOutOfRange for a year whose holidays are not known.
    """
    name = _library_days(day.year).get(day)
    if name == CHRISTMAS_EVE and eve_rule:
        return PassedOver(day, CHRISTMAS_EVE, DayKind.EVE)
    if name is not None and name != CHRISTMAS_EVE:
        return PassedOver(day, name, DayKind.HOLIDAY)
    if day.weekday() == _SATURDAY:
        return PassedOver(day, SATURDAY, DayKind.SATURDAY)
    if day.weekday() == _SUNDAY:
        return PassedOver(day, SUNDAY, DayKind.SUNDAY)
    return None


def is_working_day(day: date, eve_rule: bool = False) -> bool:
    """Whether a period may end on `day` (Reg. 1182/71 Art. 2(2)); errors as in `passed_over`."""
    return passed_over(day, eve_rule) is None


def roll_forward(day: date, eve_rule: bool = False) -> tuple[date, tuple[PassedOver, ...]]:
    """The first working day from `day` on, and the days passed over on the way.

    Source: Reg. 1182/71 Art. 3(4). Errors as in `passed_over`.
    """
    passed: list[PassedOver] = []
    while (obstacle := passed_over(day, eve_rule)) is not None:
        passed.append(obstacle)
        day += timedelta(days=1)
    return day, tuple(passed)


@cache
def _library_days(year: int) -> Mapping[date, DayName]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateOutOfRange(
            f"the holidays of {year} are not known; known are {FIRST_YEAR} to {LAST_YEAR}"
        )
    library = country_holidays("FI", years=year, expand=False, language="fi")
    return {day: _name(text) for day, text in sorted(library.items())}


def _name(text: str) -> DayName:
    names = [astuple(_HOLIDAYS[part]) for part in text.split(_JOINED)]
    return DayName(*(" / ".join(words) for words in zip(*names, strict=True)))
