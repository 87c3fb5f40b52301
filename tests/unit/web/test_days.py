"""Days as pages write them."""

from datetime import UTC, date, datetime

import pytest

from app.web.i18n import format_date, language


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 5), "5.3.2026"),
        # An hour before midnight in London it is the next day in Helsinki.
        (datetime(2026, 3, 5, 23, 0, tzinfo=UTC), "6.3.2026"),
        (datetime(2026, 7, 5, 20, 59, tzinfo=UTC), "5.7.2026"),
        (datetime(2026, 7, 5, 21, 0, tzinfo=UTC), "6.7.2026"),
        (None, ""),
    ],
)
def test_a_day_is_that_of_finland(day: date | None, words: str) -> None:
    with language("fi"):
        assert format_date(day) == words
