"""The terms of DPV 2.3 that the export can use, and what of ours they stand for.

Each was looked up in the vocabulary's own files (dpv.ttl, eu-gdpr.ttl, pd.ttl, loc.ttl of 2.3): it
exists and is not marked “sunset”. A test holds every exported file against these lists.
"""

from collections.abc import Mapping

from app.registers.definitions import Medium, Right
from app.registers.definitions.vocabulary import SafeguardKind, SpecialCategory

PREFIXES = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
}


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


DPV = _names(
    """
    AutomatedDecisionMaking CrossBorderTransfer DPIA DataController DataProcessingAgreement
    DataProcessor DataProtectionOfficer DataSource DataSubject DataSubjectDataSource
    EndlessDuration Entity IndeterminateDuration JointDataControllers
    JointDataControllersAgreement Law LegitimateInterestOfController NonPublicDataSource
    OrganisationalMeasure PersonalData PhysicalMeasure PrivacyNotice Process Processing Profiling
    PublicDataSource Purpose ROPA Recipient Representative SafeguardForDataTransfer
    SensitivePersonalData Service SpecialCategoryPersonalData StorageDuration StorageLocation
    TechnicalMeasure TemporalDuration UntilEventDuration hasApplicableLaw hasAssessment hasContact
    hasDataController hasDataProcessor hasDataProtectionOfficer hasDataSource hasDataSubject
    hasDuration hasEntity hasIdentifier hasJointDataControllers hasJurisdiction hasLegalBasis
    hasLegalMeasure hasName hasNotice hasOrganisationalMeasure hasPersonalData hasPhysicalMeasure
    hasProcess hasProcessing hasPurpose hasRecipient hasRepresentative hasResponsibleEntity
    hasRight hasService hasStatus hasStorageCondition hasTechnicalMeasure
    hasTechnicalOrganisationalMeasure hasThirdCountry
    """
)

EU_GDPR = _names(
    """
    A6-1-a A6-1-b A6-1-c A6-1-d A6-1-e A6-1-f
    A9-2-a A9-2-b A9-2-c A9-2-d A9-2-e A9-2-f A9-2-g A9-2-h A9-2-i A9-2-j
    A45-3 A46-2-a A46-2-b A46-2-c A46-2-d A46-2-e A46-2-f A46-3-a A46-3-b
    A49-1-a A49-1-b A49-1-c A49-1-d A49-1-e A49-1-f A49-1-g
    A7-3 A15 A16 A17 A18 A20 A21 A77 DPIANotRequired DPIARequired
    """
)

PD = _names(
    """
    Biometric CriminalConviction EthnicOrigin Genetic Health OfficialID PoliticalOpinion Sexual
    TradeUnionMembership
    """
)

# Countries by their ISO 3166-1 codes, all that the vocabulary has.
LOC = _names(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO
    BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ
    DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP
    GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML
    MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE
    PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL
    SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM
    US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """
)

SPECIAL_DATA: Mapping[SpecialCategory, str] = {
    SpecialCategory.ETHNIC_ORIGIN: "pd:EthnicOrigin",
    SpecialCategory.POLITICAL_OPINIONS: "pd:PoliticalOpinion",
    SpecialCategory.TRADE_UNION: "pd:TradeUnionMembership",
    SpecialCategory.GENETIC: "pd:Genetic",
    SpecialCategory.BIOMETRIC: "pd:Biometric",
    SpecialCategory.HEALTH: "pd:Health",
    SpecialCategory.SEX_LIFE: "pd:Sexual",
    # Beliefs have two terms there, religious and philosophical, and a register does not say which.
}

RIGHTS: Mapping[Right, str] = {
    Right.ACCESS: "eu-gdpr:A15",
    Right.RECTIFICATION: "eu-gdpr:A16",
    Right.ERASURE: "eu-gdpr:A17",
    Right.RESTRICTION: "eu-gdpr:A18",
    Right.OBJECTION: "eu-gdpr:A21",
    Right.PORTABILITY: "eu-gdpr:A20",
    Right.WITHDRAW_CONSENT: "eu-gdpr:A7-3",
    Right.COMPLAINT: "eu-gdpr:A77",
    # Art. 21(2); the vocabulary has no term of its own for it.
    Right.PROHIBIT_MARKETING: "eu-gdpr:A21",
}

MEASURES: Mapping[SafeguardKind, tuple[str, str]] = {
    SafeguardKind.TECHNICAL: ("dpv:hasTechnicalMeasure", "dpv:TechnicalMeasure"),
    SafeguardKind.ORGANISATIONAL: ("dpv:hasOrganisationalMeasure", "dpv:OrganisationalMeasure"),
    SafeguardKind.PHYSICAL: ("dpv:hasPhysicalMeasure", "dpv:PhysicalMeasure"),
}

# Terms of our own, for what the vocabulary has no word for: a name, and what it means.
OWN_PREFIX = "seloste"
OWN_NAMESPACE = "urn:seloste:term:"
OWN_TERMS: Mapping[str, str] = {
    "DocumentType": "A type of document that a register lists.",
    "StorageRule": "What a service may keep of a type of document, on which media and how long.",
    "addOn": "The document is kept only where the client has the add-on service.",
    "article10Ground": "Why data on offences may be processed (GDPR Art. 10).",
    "automatedDecisionsMade": "Whether decisions are made without a person (GDPR Art. 22).",
    "basis": "On what a disclosure rests.",
    "channel": "By what means data arrives or leaves.",
    "alternative": "How long data is kept instead, where a condition holds.",
    "condition": "On what condition data is disclosed, or kept longer or shorter.",
    "copyFrom": "Where a copy of the safeguards of a transfer is to be had (GDPR Art. 13(1)(f)).",
    "countedFrom": "The event from which a period of retention is counted.",
    "cutOff": "The end of the year from which a period is counted, where it is.",
    "dataObligation": "Whether the person has to give the data, and what follows if not.",
    "decidedBy": "Whose decision each disclosure needs.",
    "deliveredBy": "Who takes the data to the recipient.",
    "disposalAction": "What happens when the period has ended.",
    "documentType": "The type of document that a rule or a category of data is about.",
    "gap": "The part of a category of data for which the register lists no document.",
    "holder": "The recipient who keeps a document that is only shown.",
    "identityCodeGround": "Why identity codes may be processed (Finnish Act 1050/2018, s. 29).",
    "inForceFrom": "The day from which a version of a register is in force.",
    "isMinimum": "The period is “at least”.",
    "keyHolder": "Who has the key to a room, a cabinet or a system, by role.",
    "medium": "How documents are kept: on paper or on a computer.",
    "minors": "The people of a group are under 18 years of age.",
    "notShown": "What is kept out of sight when a document is shown and not stored.",
    "presence": "Whether special data is always in a category, or only possibly.",
    "published": "What is disclosed is open to everyone.",
    "refusal": "How the person may refuse a disclosure.",
    "representedBy": "Who acts for the people of a group, such as a guardian.",
    "register": "The register to which an activity or a rule belongs.",
    "requestForm": "The form in which a register asks for a request or a consent.",
    "retention": "The condition of storage that a rule or a category of data follows.",
    "sensitivity": "How carefully a type of document is handled.",
    "settled": "Whether the source of a period was read, or the period confirmed by a person.",
    "shownOnly": "What is read of a document that is shown and not stored.",
    "singlePerson": "The measure rests on one person and nobody else.",
    "storageRule": "A rule of storage of the register.",
    "service": "The service that keeps or sees a document, or whose data is disclosed.",
    "substitute": "Who steps in for a role.",
    "transfersMade": "Whether personal data leaves the EU and the EEA.",
    "version": "The number of a version of a register.",
}

MEDIA: Mapping[Medium, str] = {Medium.ATK: "computer", Medium.MAN: "paper"}


def article(point: str) -> str:
    """The term for a point of GDPR: 6(1)(a) is eu-gdpr:A6-1-a."""
    return "eu-gdpr:A" + point.replace(")(", "-").replace("(", "-").replace(")", "")
