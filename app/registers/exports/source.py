"""What an export is made from: registers in one version each, retention rules, whose and when."""

from dataclasses import dataclass
from datetime import date

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.vocabulary import Capacity
from app.retention.policies import Policies


@dataclass(frozen=True)
class ExportedRegister:
    """One version of a register. `in_force_from` None: it has not been published."""

    definition: RegisterDefinition
    number: int
    in_force_from: date | None

    @property
    def is_for_others(self) -> bool:
        """Whether the organisation processes for the controllers named here (GDPR Art. 30(2))."""
        return self.definition.capacity is Capacity.PROCESSOR


@dataclass(frozen=True)
class ExportSource:
    """All that a file says: the same source gives the same bytes.

    `day` is the day of the export. `policies`: retention rules by key, as they are on that day.
    """

    organisation: str
    day: date
    registers: tuple[ExportedRegister, ...]
    policies: Policies
