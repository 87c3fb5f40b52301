"""Rules that another system wrote, on their way to a file of retention rules."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from app.calendar.periods import MAX_UNITS, Period
from app.retention.definition_files import (
    SCHEMA_VERSION,
    DefinitionFile,
    DefinitionProblem,
    Loc,
)
from app.retention.definition_models import LocalizedText
from app.retention.definition_validation import validate
from app.retention.exchange.codes import PERMANENT, trigger_of
from app.retention.policies import KIND, Certainty, Mandate, PolicyFile, RetentionPolicy
from app.retention.rules import DisposalAction
from app.retention.triggers import RetentionTrigger

_LONGEST_KEY = 80
_LONGEST_TEXT = 4000
_NO_REASON = "Perustetta ei mainittu tiedostossa"
# What a rule is called of which the file says no name.
UNNAMED = "Nimetön asiakirja"


@dataclass(frozen=True)
class Incoming:
    """What was read: rules for a person to review, and remarks on what could not be kept."""

    policies: tuple[RetentionPolicy, ...]
    remarks: tuple[DefinitionProblem, ...]


@dataclass(frozen=True)
class Draft:
    """A rule as another system says it: its texts, years (−1: permanently), and where it stood."""

    name: str
    place: str
    years: int
    reason: str
    start: str

    def policy(self, key: str) -> RetentionPolicy:
        """The draft as a rule of ours, to be confirmed by a person."""
        permanent = self.years == PERMANENT
        trigger = trigger_of(self.start) if self.start else RetentionTrigger.DOCUMENT_DATED
        notes = None
        if trigger is None:
            trigger = RetentionTrigger.EVENT
            notes = _text(f"Säilytysajan laskentaperuste: {self.start}")
        action = DisposalAction.RETAIN_PERMANENTLY if permanent else DisposalAction.DESTROY
        return RetentionPolicy(
            key=key,
            name=_text(self.name),
            retention_period=None if permanent else Period(years=self.years),
            retention_trigger=trigger,
            disposal_action=action,
            mandate=Mandate(
                citation=_text(self.reason or _NO_REASON), certainty=Certainty.TO_BE_CONFIRMED
            ),
            notes=notes,
        )


def exact_policies(
    path: Path, contents: Sequence[Any], lines: dict[Loc, int]
) -> tuple[RetentionPolicy, ...]:
    """Rules of ours that a file of another format carries, read as a file of rules would be.

    `lines`: where each place of them stands. Raises `DefinitionError`.
    """
    content = {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "title": {"fi": KIND},
        "rules": list(contents),
    }
    return validate(DefinitionFile(path, content, lines), PolicyFile).rules


def years_in(text: str) -> int | None:
    """The years that a text gives; −1 permanently; None when it is no whole number."""
    if not re.fullmatch(r"-1|[0-9]{1,5}", text):
        return None
    return min(int(text), MAX_UNITS)


def policies_of(drafts: Iterable[Draft], taken: Iterable[str] = ()) -> list[RetentionPolicy]:
    """Each different rule once, under a key made of its name; where that is taken, of its place."""
    keys = set(taken)
    found: dict[tuple[str, int, str, str], RetentionPolicy] = {}
    for draft in drafts:
        same = (draft.name, draft.years, draft.reason, draft.start)
        if same not in found:
            key = _free_key(draft, keys)
            keys.add(key)
            found[same] = draft.policy(key)
    return list(found.values())


def _free_key(draft: Draft, taken: set[str]) -> str:
    base = _slug(draft.name) or "rule"
    placed = _slug(f"{draft.name} {draft.place}") or base
    numbered = (f"{base[: _LONGEST_KEY - 7]}-{number}" for number in count(2))
    return next(key for key in chain((base, placed), numbered) if key not in taken)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_KEY].strip("-")


def _text(text: str) -> LocalizedText:
    return LocalizedText(fi=text[:_LONGEST_TEXT])
