"""The only clock of the program. Everything else takes a date or an instant as a parameter."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The current calendar day in Finland, where the law's days begin and end."""
    return datetime.now(HELSINKI).date()
