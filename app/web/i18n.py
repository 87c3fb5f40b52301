"""Languages: which one is in use, translations of the program's own words, dates and numbers.

Works with and without a request, because commands, jobs and PDF letters speak as well. Catalogues
are plain `.po` files, one per package, read at first use; English is the language of the code.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import MAXYEAR, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from babel.dates import format_date as babel_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import LazyProxy, NullTranslations, Translations

from app import clock

LANGUAGES = {"fi": "suomi", "sv": "svenska", "en": "English"}
DEFAULT_LANGUAGE = "fi"
TRANSLATIONS_PATH = Path(__file__).resolve().parent.parent / "translations"

# With a territory: Babel's bare `fi` and `sv` count weeks the American way.
_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
_DATE = {"fi": "d.M.yyyy", "sv": "d.M.yyyy", "en": "d MMM yyyy"}
_LONG_DATE = {"fi": "cccc d. MMMM", "sv": "EEEE d MMMM", "en": "EEEE d MMMM"}
_TIME = {"fi": "%H.%M", "sv": "%H.%M", "en": "%H:%M"}

EARLIEST_YEAR = 1800

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


class Localized(Protocol):
    """A text of the organisation in up to three languages."""

    @property
    def original(self) -> str:
        """The text in the first language that it has."""


def current_language() -> str:
    """The language in use: `fi`, `sv` or `en`."""
    return _language.get()


def set_language(code: str) -> None:
    """Use `code` from here on (each request sets it anew)."""
    _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)


@contextmanager
def language(code: str) -> Iterator[None]:
    """Use another language for a while: a letter in the client's own."""
    token = _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _translations(code: str) -> NullTranslations:
    """All catalogues of a language, compiled in memory and merged."""
    merged = NullTranslations()
    for path in sorted((TRANSLATIONS_PATH / code / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        translations = Translations(compiled)
        if isinstance(merged, Translations):
            merged.merge(translations)
        else:
            merged = translations
    return merged


def gettext(message: str, **values: object) -> str:
    """`message` in the language in use, with `%(name)s` filled in."""
    text: str = _translations(_language.get()).gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """The form of the message that goes with `num`."""
    text: str = _translations(_language.get()).ngettext(singular, plural, num)
    return text % {"num": num, **values}


def lazy_gettext(message: str, **values: object) -> Any:
    """As `gettext`, looked up when it is shown: for labels made at import time."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def pick(text: Localized | None) -> str:
    """The organisation's text in the language in use, or in another where it has none in that."""
    if text is None:
        return ""
    return getattr(text, _language.get(), None) or text.original


def listed(texts: Iterable[str]) -> str:
    """Several things in a row; those that have commas of their own are told apart otherwise."""
    said = [text for text in texts if text]
    return ("; " if any("," in text for text in said) else ", ").join(said)


def format_date(day: date | None) -> str:
    """A day as people here write it: 5.3.2026, in English 5 Mar 2026. Empty for none.

    Of an instant the day that it was in Finland.
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day.astimezone(clock.HELSINKI).date()
    return babel_date(day, _DATE[_language.get()], locale=_LOCALES[_language.get()])


def format_long_date(day: date) -> str:
    """Weekday, day and month: lauantai 21. marraskuuta."""
    return babel_date(day, _LONG_DATE[_language.get()], locale=_LOCALES[_language.get()])


def format_weekday_date(day: date | None) -> str:
    """A near day with its weekday: ti 24.11."""
    if day is None:
        return ""
    pattern = "ccc d MMM" if _language.get() == "en" else "ccc d.M."
    return babel_date(day, pattern, locale=_LOCALES[_language.get()])


def format_datetime(instant: datetime | None) -> str:
    """An instant in Finnish time: 5.3.2026 klo 14.07."""
    if instant is None:
        return ""
    local = instant.astimezone(clock.HELSINKI)
    word = {"fi": " klo ", "sv": " kl. ", "en": " "}[_language.get()]
    return format_date(local.date()) + word + local.strftime(_TIME[_language.get()])


def format_number(value: float) -> str:
    """A number with the language's separators."""
    return format_decimal(value, locale=_LOCALES[_language.get()])


def parse_date(text: str, as_of: date) -> date:
    """Read a typed day: 5.3.2026, 05.03.2026, 5.3. (this year), 2026-03-05.

    Raises ValueError when it is not a day of the calendar, or its year is before 1800: nobody's
    document is older, but a year is easily mistyped.
    """
    text = text.strip()
    if "-" in text:
        day = date.fromisoformat(text)
        if day.year < EARLIEST_YEAR:
            raise ValueError(text)
        return day
    parts = [part.strip() for part in text.split(".")]
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts[:2]):
        year = as_of.year if parts[2] == "" else int(parts[2])
        if not EARLIEST_YEAR <= year <= MAXYEAR:
            raise ValueError(text)
        return date(year, int(parts[1]), int(parts[0]))
    raise ValueError(text)
