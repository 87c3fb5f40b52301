"""What of ours stands for what in fideslang, with its exact words, and keys that it accepts."""

import re
import unicodedata
from collections.abc import Mapping

from app.registers.definitions import LegalBasis, Right
from app.registers.definitions.vocabulary import (
    Article9Condition,
    SpecialCategory,
    TransferMechanism,
)

LEGAL_BASES: Mapping[LegalBasis, str] = {
    LegalBasis.CONSENT: "Consent",
    LegalBasis.CONTRACT: "Contract",
    LegalBasis.LEGAL_OBLIGATION: "Legal obligations",
    LegalBasis.VITAL_INTERESTS: "Vital interests",
    LegalBasis.PUBLIC_TASK: "Public interest",
    LegalBasis.LEGITIMATE_INTERESTS: "Legitimate interests",
}

SPECIAL_BASES: Mapping[Article9Condition, str] = {
    Article9Condition.EXPLICIT_CONSENT: "Explicit consent",
    Article9Condition.EMPLOYMENT_AND_SOCIAL_PROTECTION: (
        "Employment, social security and social protection"
    ),
    Article9Condition.VITAL_INTERESTS: "Vital interests",
    Article9Condition.NON_PROFIT_BODY: "Not-for-profit bodies",
    Article9Condition.MADE_PUBLIC: "Made public by the data subject",
    Article9Condition.LEGAL_CLAIMS: "Legal claims or judicial acts",
    Article9Condition.SUBSTANTIAL_PUBLIC_INTEREST: (
        "Reasons of substantial public interest (with a basis in law)"
    ),
    Article9Condition.HEALTH_OR_SOCIAL_CARE: "Health or social care (with a basis in law)",
    Article9Condition.PUBLIC_HEALTH: "Public health (with a basis in law)",
    Article9Condition.ARCHIVING_RESEARCH_STATISTICS: (
        "Archiving, research and statistics (with a basis in law)"
    ),
}

TRANSFERS: Mapping[TransferMechanism, str] = {
    TransferMechanism.ADEQUACY_DECISION: "Adequacy Decision",
    TransferMechanism.BINDING_CORPORATE_RULES: "BCRs",
    TransferMechanism.STANDARD_CLAUSES: "SCCs",
    TransferMechanism.STANDARD_CLAUSES_OF_AUTHORITY: "SCCs",
}
OTHER_TRANSFER = "Other"

# The right to complain to the authority has no counterpart there.
RIGHTS: Mapping[Right, str] = {
    Right.ACCESS: "Access",
    Right.RECTIFICATION: "Rectification",
    Right.ERASURE: "Erasure",
    Right.RESTRICTION: "Restrict Processing",
    Right.OBJECTION: "Object",
    Right.PORTABILITY: "Portability",
    Right.WITHDRAW_CONSENT: "Withdraw Consent",
    Right.PROHIBIT_MARKETING: "Object",
}

# Uses of data under which the purposes stand, by what makes them lawful; the list there knows no
# coaching, rehabilitation or social service.
PARENT_USES: Mapping[LegalBasis, str] = {
    LegalBasis.LEGAL_OBLIGATION: "essential.legal_obligation",
    LegalBasis.CONTRACT: "essential.service",
    LegalBasis.PUBLIC_TASK: "essential.service",
    LegalBasis.VITAL_INTERESTS: "essential.service",
    LegalBasis.CONSENT: "functional.service",
    LegalBasis.LEGITIMATE_INTERESTS: "functional.service",
}
DEFAULT_USE = "functional.service"

IDENTITY_CODE = "user.government_id.national_identification_number"
CRIMINAL = "user.criminal_history"
# Trade union membership has no category there; of beliefs only the religious ones have.
SPECIAL_DATA: Mapping[SpecialCategory, str] = {
    SpecialCategory.ETHNIC_ORIGIN: "user.demographic.race_ethnicity",
    SpecialCategory.POLITICAL_OPINIONS: "user.demographic.political_opinion",
    SpecialCategory.GENETIC: "user.health_and_medical.genetic",
    SpecialCategory.BIOMETRIC: "user.biometric",
    SpecialCategory.HEALTH: "user.health_and_medical",
    SpecialCategory.SEX_LIFE: "user.demographic.sexual_orientation",
}

DEFAULT_ORGANISATION = "default_organization"

_FOREIGN = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "þ": "th"})


def fides_key(text: str) -> str:
    """A key of letters, digits and underscores: “Säätiö / Åbo” is saatio_abo. Empty for no letter.

    The format refuses letters with marks, spaces and slashes.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _FOREIGN.sub("_", bare).strip("_")


class Keys:
    """Keys of one register's parts. Ours have no underscore, so two joined by one never collide."""

    def __init__(self, register_key: str) -> None:
        self.register = register_key

    def part(self, key: str) -> str:
        """The key of a part, unique among all registers."""
        return f"{self.register}_{key}"

    def below(self, parent: str, key: str) -> str:
        """The key of a part that stands under a key of the taxonomy."""
        return f"{parent}.{self.part(key)}"
