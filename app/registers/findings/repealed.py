"""Finnish acts that registers still cite although they have been repealed: `repealed.csv` beside.

`stems` of the file, between bars, begin names that no act in force has, so that the act is known
without its number; `verified` says that the day was read in a source, not only known.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

# “523/1999”, but not the end of a longer number such as 1523/1999, nor an act of the Union's; some
# write the year first.
_NUMBER = re.compile(r"(?<!\(EU\) )(?<![0-9/])[0-9]{1,4}/[0-9]{1,4}(?![0-9/])")


@dataclass(frozen=True)
class RepealedAct:
    """An act by its Finnish name, the first day without it, and what came in its place."""

    number: str
    name: str
    repealed_on: date
    successor: str
    names: re.Pattern[str] | None = None

    def is_repealed(self, as_of: date | None) -> bool:
        """Whether it has ended on a day (None: ever)."""
        return as_of is None or self.repealed_on <= as_of


def _read() -> Iterator[RepealedAct]:
    text = files(__package__).joinpath("repealed.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter=";"):
        names = re.compile(rf"\b(?:{row['stems']})", re.IGNORECASE) if row["stems"] else None
        day = date.fromisoformat(row["repealed_on"])
        yield RepealedAct(row["number"], row["name"], day, row["successor"], names)


REPEALED_ACTS = {act.number: act for act in _read()}


def repealed_acts_in(text: str, as_of: date | None) -> Iterator[RepealedAct]:
    """The acts whose number `text` cites and that are repealed on `as_of` (None: ever)."""
    for number in dict.fromkeys(_NUMBER.findall(text)):
        turned = "/".join(reversed(number.split("/")))
        act = REPEALED_ACTS.get(number) or REPEALED_ACTS.get(turned)
        if act is not None and act.is_repealed(as_of):
            yield act


def repealed_names_in(text: str, as_of: date | None) -> Iterator[RepealedAct]:
    """The acts that `text` names, with or without a number, and that are repealed on `as_of`."""
    for act in REPEALED_ACTS.values():
        if act.names is not None and act.names.search(text) and act.is_repealed(as_of):
            yield act
