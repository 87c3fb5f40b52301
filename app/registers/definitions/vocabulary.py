"""The closed vocabularies of a register definition, with the words people see for them."""

from enum import StrEnum
from typing import Any

from app.web.i18n import lazy_gettext as _l


class Medium(StrEnum):
    """How a document is kept; the values are the abbreviations that Finnish descriptions print."""

    ATK = "atk"
    MAN = "man"


class Language(StrEnum):
    """A language in which a register tells people of itself."""

    FI = "fi"
    SV = "sv"
    EN = "en"


class Capacity(StrEnum):
    """GDPR Art. 30: whether an organisation keeps a record as controller or as processor."""

    CONTROLLER = "controller"
    PROCESSOR = "processor"


class LegalBasis(StrEnum):
    """GDPR Art. 6(1): what makes a processing lawful."""

    CONSENT = "6(1)(a)"
    CONTRACT = "6(1)(b)"
    LEGAL_OBLIGATION = "6(1)(c)"
    VITAL_INTERESTS = "6(1)(d)"
    PUBLIC_TASK = "6(1)(e)"
    LEGITIMATE_INTERESTS = "6(1)(f)"


class Article9Condition(StrEnum):
    """GDPR Art. 9(2): what allows special categories of personal data."""

    EXPLICIT_CONSENT = "9(2)(a)"
    EMPLOYMENT_AND_SOCIAL_PROTECTION = "9(2)(b)"
    VITAL_INTERESTS = "9(2)(c)"
    NON_PROFIT_BODY = "9(2)(d)"
    MADE_PUBLIC = "9(2)(e)"
    LEGAL_CLAIMS = "9(2)(f)"
    SUBSTANTIAL_PUBLIC_INTEREST = "9(2)(g)"
    HEALTH_OR_SOCIAL_CARE = "9(2)(h)"
    PUBLIC_HEALTH = "9(2)(i)"
    ARCHIVING_RESEARCH_STATISTICS = "9(2)(j)"


class IdentityCodeGround(StrEnum):
    """Act 1050/2018 s. 29: when a Finnish identity code may be processed."""

    CONSENT = "consent"
    STATUTE = "statute"
    STATUTORY_TASK = "statutory_task"
    RIGHTS_AND_DUTIES = "rights_and_duties"
    RESEARCH = "research"


class Article10Ground(StrEnum):
    """GDPR Art. 10 and act 1050/2018 s. 7: when data on convictions and offences may be processed.

    Section 7(1) names legal claims, and the purposes of section 6(1) points 1, 2 and 7.
    """

    OFFICIAL_AUTHORITY = "official_authority"
    LEGAL_CLAIMS = "legal_claims"
    INSURANCE = "insurance"
    STATUTE = "statute"
    RESEARCH = "research"


class Obligation(StrEnum):
    """GDPR Art. 13(2)(e): whether the person has to give the data.

    `not_asked`: nobody is asked to give it; it is observed or comes about, as camera images and
    logs do (Article 13 concerns these too: WP 260 rev.01, paragraph 26).
    """

    STATUTORY = "statutory"
    CONTRACTUAL = "contractual"
    VOLUNTARY = "voluntary"
    NOT_ASKED = "not_asked"


class SpecialCategory(StrEnum):
    """GDPR Art. 9(1)."""

    ETHNIC_ORIGIN = "ethnic_origin"
    POLITICAL_OPINIONS = "political_opinions"
    BELIEFS = "beliefs"
    TRADE_UNION = "trade_union"
    GENETIC = "genetic"
    BIOMETRIC = "biometric"
    HEALTH = "health"
    SEX_LIFE = "sex_life"


class Presence(StrEnum):
    """Whether special data is always there, or only may be."""

    ALWAYS = "always"
    POSSIBLE = "possible"


class Sensitivity(StrEnum):
    """How carefully a document type is handled; health and the like are the most careful."""

    ORDINARY = "ordinary"
    CONFIDENTIAL = "confidential"
    SPECIAL = "special"


class DocumentRole(StrEnum):
    """What a document type does for the program's checks, where it does anything."""

    CONSENT = "consent"
    AGREEMENT = "agreement"


class PresentedField(StrEnum):
    """What is read, or kept out of sight, when a document is shown and not stored."""

    DURATION = "duration"
    DATES = "dates"
    DIAGNOSIS = "diagnosis"
    CONTENT = "content"


class DisclosureBasis(StrEnum):
    """Why data may go to a recipient. `ASSIGNMENT`: it does what the controller has asked of it."""

    CONSENT = "consent"
    STATUTE = "statute"
    CONTRACT = "contract"
    ASSIGNMENT = "assignment"


class Deliverer(StrEnum):
    """Who takes the data to the recipient."""

    CONTROLLER = "controller"
    DATA_SUBJECT = "data_subject"


class TransferMechanism(StrEnum):
    """GDPR Arts. 45–49: what allows a transfer to a third country."""

    ADEQUACY_DECISION = "45(3)"
    AUTHORITIES_INSTRUMENT = "46(2)(a)"
    BINDING_CORPORATE_RULES = "46(2)(b)"
    STANDARD_CLAUSES = "46(2)(c)"
    STANDARD_CLAUSES_OF_AUTHORITY = "46(2)(d)"
    CODE_OF_CONDUCT = "46(2)(e)"
    CERTIFICATION = "46(2)(f)"
    CONTRACT_CLAUSES = "46(3)(a)"
    ADMINISTRATIVE_ARRANGEMENT = "46(3)(b)"
    EXPLICIT_CONSENT = "49(1)(a)"
    CONTRACT_WITH_DATA_SUBJECT = "49(1)(b)"
    CONTRACT_IN_INTEREST = "49(1)(c)"
    PUBLIC_INTEREST = "49(1)(d)"
    LEGAL_CLAIMS = "49(1)(e)"
    VITAL_INTERESTS = "49(1)(f)"
    PUBLIC_REGISTER = "49(1)(g)"


class SafeguardKind(StrEnum):
    """GDPR Art. 32: the kinds of measures."""

    TECHNICAL = "technical"
    ORGANISATIONAL = "organisational"
    PHYSICAL = "physical"


class Right(StrEnum):
    """GDPR Arts. 7, 15–22 and 77, and the prohibition that repealed act 523/1999 s. 30 offered."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    PORTABILITY = "portability"
    WITHDRAW_CONSENT = "withdraw_consent"
    COMPLAINT = "complaint"
    PROHIBIT_MARKETING = "prohibit_marketing"


class RequestForm(StrEnum):
    """The form in which the register asks for a request. The law asks for none."""

    FREE = "free"
    WRITTEN = "written"


class MarketingChannel(StrEnum):
    """A way of sending marketing; a permission is given for each by itself."""

    TEXT_MESSAGE = "text_message"
    EMAIL = "email"
    LETTER = "letter"
    TELEPHONE = "telephone"


# By class first: members of different vocabularies with the same value are equal as text.
_WORDS: dict[type[StrEnum], dict[StrEnum, Any]] = {
    Medium: {
        Medium.ATK: _l("computer"),
        Medium.MAN: _l("paper"),
    },
    Language: {
        Language.FI: _l("Finnish"),
        Language.SV: _l("Swedish"),
        Language.EN: _l("English"),
    },
    Capacity: {
        Capacity.CONTROLLER: _l("controller"),
        Capacity.PROCESSOR: _l("processor"),
    },
    LegalBasis: {
        LegalBasis.CONSENT: _l("consent"),
        LegalBasis.CONTRACT: _l("contract"),
        LegalBasis.LEGAL_OBLIGATION: _l("legal obligation"),
        LegalBasis.VITAL_INTERESTS: _l("vital interests"),
        LegalBasis.PUBLIC_TASK: _l("task in the public interest or exercise of official authority"),
        LegalBasis.LEGITIMATE_INTERESTS: _l("legitimate interests"),
    },
    Article9Condition: {
        Article9Condition.EXPLICIT_CONSENT: _l("explicit consent"),
        Article9Condition.EMPLOYMENT_AND_SOCIAL_PROTECTION: _l(
            "employment, social security and social protection law"
        ),
        Article9Condition.VITAL_INTERESTS: _l("vital interests"),
        Article9Condition.NON_PROFIT_BODY: _l("members of a non-profit body"),
        Article9Condition.MADE_PUBLIC: _l("made public by the data subject"),
        Article9Condition.LEGAL_CLAIMS: _l("legal claims"),
        Article9Condition.SUBSTANTIAL_PUBLIC_INTEREST: _l("substantial public interest, by law"),
        Article9Condition.HEALTH_OR_SOCIAL_CARE: _l("health or social care"),
        Article9Condition.PUBLIC_HEALTH: _l("public health"),
        Article9Condition.ARCHIVING_RESEARCH_STATISTICS: _l("archiving, research or statistics"),
    },
    IdentityCodeGround: {
        IdentityCodeGround.CONSENT: _l("consent"),
        IdentityCodeGround.STATUTE: _l("provided by law"),
        IdentityCodeGround.STATUTORY_TASK: _l("identification needed for a task provided by law"),
        IdentityCodeGround.RIGHTS_AND_DUTIES: _l(
            "identification needed for the rights and duties of the person or the controller"
        ),
        IdentityCodeGround.RESEARCH: _l("historical or scientific research, or statistics"),
    },
    Article10Ground: {
        Article10Ground.OFFICIAL_AUTHORITY: _l("under the control of official authority"),
        Article10Ground.LEGAL_CLAIMS: _l("legal claims"),
        Article10Ground.INSURANCE: _l("liability of an insurance company"),
        Article10Ground.STATUTE: _l("provided by law, or needed for a task provided by law"),
        Article10Ground.RESEARCH: _l("historical or scientific research, or statistics"),
    },
    Obligation: {
        Obligation.STATUTORY: _l("required by law"),
        Obligation.CONTRACTUAL: _l("required by the contract"),
        Obligation.VOLUNTARY: _l("voluntary"),
        Obligation.NOT_ASKED: _l("not asked from the person"),
    },
    SpecialCategory: {
        SpecialCategory.ETHNIC_ORIGIN: _l("racial or ethnic origin"),
        SpecialCategory.POLITICAL_OPINIONS: _l("political opinions"),
        SpecialCategory.BELIEFS: _l("religious or philosophical beliefs"),
        SpecialCategory.TRADE_UNION: _l("trade union membership"),
        SpecialCategory.GENETIC: _l("genetic data"),
        SpecialCategory.BIOMETRIC: _l("biometric data for identification"),
        SpecialCategory.HEALTH: _l("health"),
        SpecialCategory.SEX_LIFE: _l("sex life or sexual orientation"),
    },
    Presence: {
        Presence.ALWAYS: _l("always"),
        Presence.POSSIBLE: _l("possibly"),
    },
    Sensitivity: {
        Sensitivity.ORDINARY: _l("ordinary"),
        Sensitivity.CONFIDENTIAL: _l("confidential"),
        Sensitivity.SPECIAL: _l("special category of personal data"),
    },
    DocumentRole: {
        DocumentRole.CONSENT: _l("consent"),
        DocumentRole.AGREEMENT: _l("agreement"),
    },
    PresentedField: {
        PresentedField.DURATION: _l("duration"),
        PresentedField.DATES: _l("dates"),
        PresentedField.DIAGNOSIS: _l("diagnosis"),
        PresentedField.CONTENT: _l("content"),
    },
    DisclosureBasis: {
        DisclosureBasis.CONSENT: _l("consent of the data subject"),
        DisclosureBasis.STATUTE: _l("provided by law"),
        DisclosureBasis.CONTRACT: _l("contract"),
        DisclosureBasis.ASSIGNMENT: _l("a task that the controller has given to the recipient"),
    },
    Deliverer: {
        Deliverer.CONTROLLER: _l("controller"),
        Deliverer.DATA_SUBJECT: _l("data subject"),
    },
    TransferMechanism: {
        TransferMechanism.ADEQUACY_DECISION: _l("adequacy decision of the Commission"),
        TransferMechanism.AUTHORITIES_INSTRUMENT: _l("binding instrument between authorities"),
        TransferMechanism.BINDING_CORPORATE_RULES: _l("binding corporate rules"),
        TransferMechanism.STANDARD_CLAUSES: _l("standard contractual clauses of the Commission"),
        TransferMechanism.STANDARD_CLAUSES_OF_AUTHORITY: _l(
            "standard contractual clauses of a supervisory authority"
        ),
        TransferMechanism.CODE_OF_CONDUCT: _l("approved code of conduct"),
        TransferMechanism.CERTIFICATION: _l("approved certification"),
        TransferMechanism.CONTRACT_CLAUSES: _l("contractual clauses authorised by the authority"),
        TransferMechanism.ADMINISTRATIVE_ARRANGEMENT: _l(
            "administrative arrangement between authorities"
        ),
        TransferMechanism.EXPLICIT_CONSENT: _l("explicit consent of the data subject"),
        TransferMechanism.CONTRACT_WITH_DATA_SUBJECT: _l("contract with the data subject"),
        TransferMechanism.CONTRACT_IN_INTEREST: _l("contract in the interest of the data subject"),
        TransferMechanism.PUBLIC_INTEREST: _l("important reasons of public interest"),
        TransferMechanism.LEGAL_CLAIMS: _l("legal claims"),
        TransferMechanism.VITAL_INTERESTS: _l("vital interests"),
        TransferMechanism.PUBLIC_REGISTER: _l("register open to the public"),
    },
    SafeguardKind: {
        SafeguardKind.TECHNICAL: _l("technical"),
        SafeguardKind.ORGANISATIONAL: _l("organisational"),
        SafeguardKind.PHYSICAL: _l("physical"),
    },
    Right: {
        Right.ACCESS: _l("right of access"),
        Right.RECTIFICATION: _l("right to rectification"),
        Right.ERASURE: _l("right to erasure"),
        Right.RESTRICTION: _l("right to restriction of processing"),
        Right.OBJECTION: _l("right to object"),
        Right.PORTABILITY: _l("right to data portability"),
        Right.WITHDRAW_CONSENT: _l("right to withdraw consent"),
        Right.COMPLAINT: _l("right to complain to the Data Protection Ombudsman"),
        Right.PROHIBIT_MARKETING: _l("right to forbid direct marketing"),
    },
    RequestForm: {
        RequestForm.FREE: _l("in any form"),
        RequestForm.WRITTEN: _l("in writing"),
    },
    MarketingChannel: {
        MarketingChannel.TEXT_MESSAGE: _l("text message"),
        MarketingChannel.EMAIL: _l("e-mail"),
        MarketingChannel.LETTER: _l("letter"),
        MarketingChannel.TELEPHONE: _l("telephone"),
    },
}


def words(member: StrEnum) -> str:
    """The words for a member of these vocabularies, in the language in use. Raises KeyError."""
    return str(_WORDS[type(member)][member])


def has_words(member: StrEnum) -> bool:
    """Whether people see words for a member, and not its value."""
    return type(member) in _WORDS
