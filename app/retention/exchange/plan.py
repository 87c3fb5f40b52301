"""What is handed to another system: classes of work with the kinds of record each has."""

from dataclasses import dataclass
from enum import IntEnum

from app.retention.exchange.codes import PERMANENT, years_of
from app.retention.policies import RetentionPolicy


class Nature(IntEnum):
    """What personal data a record holds, by the code of HenkilotietoluonneKoodi.

    1–3 are those of JHS 191; Helsinki's schema has 4 and 5 as well.
    """

    NONE = 1
    PERSONAL = 2
    SENSITIVE = 3
    SPECIAL = 4
    CRIMINAL = 5

    def plain(self) -> "Nature":
        """The code as the original JHS 191 has it: 4 and 5 are sensitive data there."""
        return min(self, Nature.SENSITIVE)


class Unwritable(ValueError):
    """A rule holds a character that no XML file may hold. Carries the key of the rule."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class PlanRecord:
    """A kind of record, and how long it is kept. `name` in Finnish if it has it."""

    name: str
    nature: Nature
    policy: RetentionPolicy
    identity_code: bool = False

    @property
    def is_secret(self) -> bool:
        """Whether it is held secret: what GDPR Arts. 9 and 10 protect."""
        return self.nature >= Nature.SENSITIVE

    @property
    def length(self) -> float:
        """The years for which it is kept, as the formats count them; infinite for permanently."""
        years = years_of(self.policy)
        return float("inf") if years == PERMANENT else years


@dataclass(frozen=True)
class PlanClass:
    """A class of work (a service of a register); `code` identifies it within the plan.

    `language`: the code of the language in which `name` is.
    """

    code: str
    name: str
    records: tuple[PlanRecord, ...]
    language: str = "fi"

    @property
    def strictest(self) -> PlanRecord:
        """The record that holds the most sensitive data."""
        return max(self.records, key=lambda record: record.nature)

    @property
    def longest(self) -> PlanRecord:
        """The record that is kept longest."""
        return max(self.records, key=lambda record: record.length)


@dataclass(frozen=True)
class Plan:
    """A records plan of an organisation. `contact` is a role, never a person."""

    title: str
    organisation: str
    contact: str
    classes: tuple[PlanClass, ...]
