"""How data is protected and by whom it is decided on: measures, places, assessments, machines."""

from datetime import date

from app.registers.definitions.vocabulary import Medium, SafeguardKind
from app.retention.definition_models import Key, LocalizedText, StrictModel


class Safeguard(StrictModel):
    """A measure of protection: GDPR Art. 32.

    `key_holders`: who has the key to the room or the cabinet, or the right to the system, by role.
    `single_person`: it rests on one person and nobody else.
    """

    key: Key
    kind: SafeguardKind
    text: LocalizedText
    key_holders: LocalizedText | None = None
    single_person: bool = False


class StoragePlace(StrictModel):
    """Where documents of a medium are kept."""

    medium: Medium
    place: LocalizedText


class ImpactAssessment(StrictModel):
    """GDPR Art. 35: whether an assessment is needed, why, and when it was made."""

    needed: bool
    reason: LocalizedText | None = None
    made_on: date | None = None


class AutomatedDecisions(StrictModel):
    """GDPR Art. 22: whether decisions are made without a person, and by what logic."""

    made: bool
    profiling: bool | None = None
    text: LocalizedText | None = None
