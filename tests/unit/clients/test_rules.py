"""Days of an episode, kinds of searches, the order of names."""

from datetime import date

import pytest

from app.clients.rules import (
    EpisodeFault,
    SearchKind,
    collation_key,
    end_fault,
    search_kind,
    start_fault,
)

AS_OF = date(2024, 2, 29)
BORN = date(1980, 5, 1)


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (date(1980, 4, 30), EpisodeFault.BEFORE_BIRTH),
        (date(1980, 5, 1), None),
        (AS_OF, None),
        (date(2025, 2, 28), None),
        (date(2025, 3, 1), EpisodeFault.TOO_FAR),
    ],
)
def test_a_start_lies_between_birth_and_a_year_ahead(day: date, fault: EpisodeFault | None) -> None:
    assert start_fault(day, born_on=BORN, as_of=AS_OF) is fault


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (date(2024, 1, 14), EpisodeFault.BEFORE_START),
        (date(2024, 1, 15), None),
        (AS_OF, None),
        (date(2024, 3, 1), EpisodeFault.IN_FUTURE),
    ],
)
def test_an_end_lies_between_the_start_and_today(day: date, fault: EpisodeFault | None) -> None:
    assert end_fault(day, started_on=date(2024, 1, 15), as_of=AS_OF) is fault


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1042", SearchKind.NUMBER),
        (" 1042 ", SearchKind.NUMBER),
        ("010180-9015", SearchKind.CODE),
        ("010180–9015", SearchKind.CODE),
        ("020504a902e", SearchKind.CODE),
        ("010180 9015", SearchKind.CODE),
        ("0101809015", SearchKind.CODE),
        ("Virtanen", SearchKind.NAME),
        ("virtanen aino", SearchKind.NAME),
        ("²", SearchKind.NAME),
        ("", SearchKind.NAME),
    ],
)
def test_a_search_is_taken_for_what_it_looks_like(text: str, kind: SearchKind) -> None:
    assert search_kind(text) is kind


def test_names_sort_with_swedish_letters_last() -> None:
    names = ["Ölander", "Zacharias", "Äijälä", "aalto", "Åberg"]

    ordered = sorted(names, key=collation_key)

    assert ordered == ["aalto", "Zacharias", "Åberg", "Äijälä", "Ölander"]
