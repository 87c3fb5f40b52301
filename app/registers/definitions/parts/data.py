"""What is kept, on whom, from where, and how long in words."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from app.registers.definitions.parts.responsible import Named
from app.registers.definitions.references import DocumentTypeKey, RetentionRuleKey, SubjectKey
from app.registers.definitions.vocabulary import Medium, Presence, SpecialCategory
from app.retention.definition_models import LocalizedText, StrictModel, Text


class SpecialData(StrictModel):
    """A special category of personal data (GDPR Art. 9(1)) that a data category holds."""

    category: SpecialCategory
    presence: Presence = Presence.ALWAYS


def _one_or_many(value: Any) -> Any:
    """One special category may stand without a list, as in the versions that were stored first."""
    if isinstance(value, dict):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


class DataCategory(Named):
    """A kind of data, and the document types that carry it.

    `criminal`: holds data on criminal convictions and offences (GDPR Art. 10).
    `master_data`: kept as the client's basic details, not in a document; `media` are theirs then.
    `gap`: the part of the category for which the register lists no document.
    `data_subjects`: whom it concerns; empty means all groups of the register.
    `retention`, `retention_rule`: how long it is kept, in words or by a rule, where no document
    type says it.
    """

    number: Text | None = None
    printed: Text | None = None
    special: Annotated[tuple[SpecialData, ...], BeforeValidator(_one_or_many)] = ()
    criminal: bool = False
    identity_code: bool = False
    data_subjects: tuple[SubjectKey, ...] = ()
    documents: tuple[DocumentTypeKey, ...] = ()
    gap: LocalizedText | None = None
    master_data: bool = False
    media: tuple[Medium, ...] = ()
    retention: LocalizedText | None = None
    retention_rule: RetentionRuleKey | None = None


class Source(Named):
    """Where data comes from: GDPR Art. 14(2)(f).

    `public`: whether it is a publicly accessible source; None where the register does not say.
    """

    data_subject: bool = False
    what: LocalizedText | None = None
    channel: LocalizedText | None = None
    public: bool | None = None
