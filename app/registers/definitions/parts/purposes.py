"""Why personal data is processed, and what makes it lawful."""

from typing import Annotated

from pydantic import StringConstraints

from app.registers.definitions.references import CategoryKey, SubjectKey
from app.registers.definitions.vocabulary import (
    Article9Condition,
    Article10Ground,
    IdentityCodeGround,
    LegalBasis,
    Obligation,
)
from app.retention.definition_models import Key, LocalizedText, StrictModel, Text

# As the statute book of Finland numbers its acts, or as the Official Journal does: (EU) 2021/1060.
StatuteNumber = Annotated[
    str, StringConstraints(pattern=r"^([0-9]{1,4}/[0-9]{4}|\(EU\) [0-9]{1,4}/[0-9]{1,4})$")
]


class Statute(StrictModel):
    """A law that the register cites. `inferred`: the number is not printed in the description."""

    name: LocalizedText
    number: StatuteNumber | None = None
    section: Text | None = None
    inferred: bool = False


class DataObligation(StrictModel):
    """GDPR Art. 13(2)(e): must the person give the data, and what follows if not."""

    obligation: Obligation
    consequences: LocalizedText | None = None


class Purpose(StrictModel):
    """Why personal data is processed, and what makes it lawful; None where it is not stated.

    `data_subjects` and `data_categories`: whom and what the purpose concerns; empty means all.
    """

    key: Key
    text: LocalizedText
    legal_bases: tuple[LegalBasis, ...] = ()
    legitimate_interest: LocalizedText | None = None
    article_9_condition: Article9Condition | None = None
    article_10_ground: Article10Ground | None = None
    identity_code_ground: IdentityCodeGround | None = None
    statutes: tuple[Statute, ...] = ()
    data_obligation: DataObligation | None = None
    data_subjects: tuple[SubjectKey, ...] = ()
    data_categories: tuple[CategoryKey, ...] = ()
