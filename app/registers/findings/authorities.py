"""Finnish public bodies that registers still name although they have ended or changed name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FormerBody:
    """A body by its Finnish name, the first day without it, and who has its tasks.

    `pattern` finds its name in any case form.
    """

    name: str
    pattern: re.Pattern[str]
    ended_on: date
    successor: str


def _body(name: str, pattern: str, ended_on: date, successor: str) -> FormerBody:
    return FormerBody(name, re.compile(pattern, re.IGNORECASE), ended_on, successor)


FORMER_BODIES = (
    _body("työvoimatoimisto", r"\btyövoimatoimisto", date(2013, 1, 1), "työllisyysalue"),
    _body(
        "työ- ja elinkeinotoimisto",
        r"\btyö- ja elinkeinotoimisto|\bTE-toimisto",
        date(2025, 1, 1),
        "työllisyysalue",
    ),
    _body(
        "Raha-automaattiyhdistys (RAY)",
        r"\bRAY\b|\bRAY:|\bRaha-automaattiyhdisty",
        date(2017, 1, 1),
        "Sosiaali- ja terveysjärjestöjen avustuskeskus (STEA)",
    ),
    _body("lääninhallitus", r"\blääninhallitu", date(2010, 1, 1), "Lupa- ja valvontavirasto"),
    _body("maistraatti", r"\bmaistraat", date(2020, 1, 1), "Digi- ja väestötietovirasto"),
    _body(
        "Väestörekisterikeskus",
        r"\bväestörekisterikesku",
        date(2020, 1, 1),
        "Digi- ja väestötietovirasto",
    ),
    _body(
        "aluehallintovirasto",
        r"\baluehallintovirasto",
        date(2026, 1, 1),
        "Lupa- ja valvontavirasto",
    ),
    _body(
        "elinkeino-, liikenne- ja ympäristökeskus",
        r"\bELY-kesku|\belinkeino-, liikenne- ja ympäristökesku",
        date(2026, 1, 1),
        "elinvoimakeskus",
    ),
)


def outdated_bodies_in(text: str, as_of: date | None) -> Iterator[FormerBody]:
    """The bodies that `text` names and that have ended on `as_of` (None: ever)."""
    for body in FORMER_BODIES:
        if (as_of is None or body.ended_on <= as_of) and body.pattern.search(text):
            yield body
