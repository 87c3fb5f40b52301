"""What can be missing in a register, or contradict itself: how a test breaks it, what is found."""

from collections.abc import Callable
from typing import Any

from app.registers.findings import FindingCode

Data = dict[str, Any]
Break = Callable[[Data], Any]
Gap = tuple[str, Break, set[FindingCode]]
Code = FindingCode


def drop(*keys: str) -> Break:
    def remove(data: Data) -> None:
        for key in keys:
            del data[key]

    return remove


def set_in(*path: str | int, to: object) -> Break:
    def change(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        data[path[-1]] = to

    return change


def both(*changes: Break) -> Break:
    def change(data: Data) -> None:
        for one in changes:
            one(data)

    return change


def rests_on(basis: str) -> Break:
    """The purpose has another basis, on which no duty to give data rests."""
    return both(
        set_in("purposes", 0, "legal_bases", to=[basis]),
        set_in("purposes", 0, "data_obligation", to={"obligation": "voluntary"}),
    )


def without_right(right: str) -> Break:
    def remove(data: Data) -> None:
        data["rights"] = [offered for offered in data["rights"] if offered["right"] != right]

    return remove


def add(key: str, *members: Data) -> Break:
    return lambda data: data[key].extend(members)


FI = {"fi": "Nimi", "sv": "Namn", "en": "Name"}

# What is broken in the complete register, and all that the checks say about it.
GAPS: list[Gap] = [
    ("no controller", set_in("controllers", to=[]), {Code.CONTROLLER_MISSING}),
    (
        "no contact",
        set_in("controllers", 0, "contact", to=None),
        {Code.CONTROLLER_CONTACT_MISSING},
    ),
    (
        "joint controllers without an arrangement",
        add("controllers", {"key": "kunta", "name": FI, "contact": "x@example.invalid"}),
        {Code.JOINT_ARRANGEMENT_MISSING},
    ),
    ("no data protection officer", drop("data_protection_officer"), {Code.DPO_MISSING}),
    ("no legal basis", set_in("purposes", 0, "legal_bases", to=[]), {Code.LEGAL_BASIS_MISSING}),
    (
        "interests not stated",
        rests_on("6(1)(f)"),
        {Code.LEGITIMATE_INTEREST_MISSING},
    ),
    (
        "no purpose",
        set_in("purposes", to=[]),
        {
            Code.PURPOSE_MISSING,
            Code.SPECIAL_DATA_WITHOUT_PURPOSE,
            Code.IDENTITY_CODE_GROUND_MISSING,
        },
    ),
    (
        "no condition for health data",
        set_in("purposes", 0, "article_9_condition", to=None),
        {Code.ARTICLE_9_CONDITION_MISSING},
    ),
    (
        "no ground for the identity code",
        set_in("purposes", 0, "identity_code_ground", to=None),
        {Code.IDENTITY_CODE_GROUND_MISSING},
    ),
    (
        "nothing on the duty to give data",
        set_in("purposes", 0, "data_obligation", to=None),
        {Code.DATA_OBLIGATION_MISSING},
    ),
    (
        "only the client delivers",
        set_in("disclosures", 0, "delivered_by", to="data_subject"),
        {Code.RECIPIENTS_MISSING},
    ),
    (
        "no basis for a disclosure",
        set_in("disclosures", 0, "basis", to=None),
        {Code.DISCLOSURE_BASIS_MISSING},
    ),
    ("nothing on transfers", drop("transfers"), {Code.TRANSFERS_MISSING}),
    (
        "a transfer without a safeguard",
        set_in("transfers", to={"made": True, "items": [{"country": FI, "recipient": FI}]}),
        {Code.TRANSFER_SAFEGUARD_MISSING},
    ),
    ("nothing on processors", drop("processors"), {Code.PROCESSORS_NOT_STATED}),
    ("a right is missing", without_right("access"), {Code.RIGHTS_MISSING}),
    ("no complaint", without_right("complaint"), {Code.COMPLAINT_MISSING}),
    (
        "consent cannot be withdrawn",
        set_in("disclosures", 0, "basis", to="consent"),
        {Code.CONSENT_WITHDRAWAL_MISSING, Code.CONSENT_BESIDE_LAW},
    ),
    (
        "nothing on automated decisions",
        drop("automated_decisions"),
        {Code.AUTOMATED_DECISIONS_MISSING},
    ),
    ("no data subjects", set_in("data_subjects", to=[]), {Code.DATA_SUBJECTS_MISSING}),
    ("no sources", drop("sources"), {Code.SOURCES_MISSING}),
    (
        "the client is not a source",
        set_in("sources", 0, "data_subject", to=False),
        {Code.SOURCE_OMITS_DATA_SUBJECT, Code.SOURCE_PUBLIC_NOT_STATED},
    ),
    ("no safeguards", set_in("safeguards", to=[]), {Code.SAFEGUARDS_MISSING}),
    (
        "one person guards it",
        set_in("safeguards", 0, "single_person", to=True),
        {Code.SAFEGUARD_ON_ONE_PERSON},
    ),
    ("no date", drop("version"), {Code.VERSION_MISSING}),
    ("no owner", drop("owner"), {Code.OWNER_MISSING}),
    (
        "no substitute",
        set_in("owner", "substitute", to=None),
        {Code.OWNER_WITHOUT_SUBSTITUTE},
    ),
    (
        "no categories",
        set_in("data_categories", to=[]),
        {
            Code.CATEGORIES_MISSING,
            Code.DOCUMENT_WITHOUT_CATEGORY,
            Code.SPECIAL_DOCUMENT_OUTSIDE,
        },
    ),
    (
        "a category without a period",
        set_in("data_categories", 0, "retention", to=None),
        {Code.RETENTION_MISSING},
    ),
    (
        "basic details without a medium",
        set_in("data_categories", 0, "media", to=[]),
        {Code.MASTER_DATA_WITHOUT_MEDIUM},
    ),
    (
        "a category that no document carries",
        add("data_categories", {"key": "x", "name": FI}),
        {Code.CATEGORY_WITHOUT_DOCUMENTS, Code.RETENTION_MISSING},
    ),
    (
        "a category carried in part",
        set_in("data_categories", 1, "gap", to=FI),
        {Code.CATEGORY_PARTLY_COVERED},
    ),
    (
        "a document without a category",
        set_in("data_categories", 1, "documents", to=["lausunto", "todistus"]),
        {Code.DOCUMENT_WITHOUT_CATEGORY, Code.SPECIAL_DOCUMENT_OUTSIDE},
    ),
    (
        "a document that no service keeps",
        both(
            add("document_types", {"key": "muistio", "name": FI, "sensitivity": "special"}),
            set_in(
                "data_categories",
                1,
                "documents",
                to=["lausunto", "suostumus", "todistus", "muistio"],
            ),
        ),
        {Code.DOCUMENT_UNUSED},
    ),
    (
        "a service without documents and section",
        add("services", {"key": "uusi", "number": "3", "name": FI}),
        {Code.SERVICE_WITHOUT_DOCUMENTS, Code.SERVICE_WITHOUT_SECTION},
    ),
    (
        "a jump in the numbers",
        both(set_in("services", 1, "section", to="8.3"), set_in("services", 1, "number", to="3")),
        {Code.SECTION_GAP},
    ),
    (
        "a number that is not that of the section",
        set_in("services", 1, "number", to="3"),
        {Code.SECTION_SHIFTED},
    ),
    (
        "another spelling of a service",
        set_in("services", 0, "printed", to=["ryhmä"]),
        {Code.SERVICE_SPELLING},
    ),
    (
        "another spelling of a document",
        set_in("document_types", 0, "printed", to=["laakarin lausunto"]),
        {Code.DOCUMENT_SPELLING},
    ),
    (
        "singular and plural",
        set_in("document_types", 2, "name", "fi", to="Suostumukset."),
        {Code.NEAR_DUPLICATE_NAMES},
    ),
    (
        "a general name beside a specific one",
        set_in("document_types", 2, "name", "fi", to="Lausunto"),
        {Code.GENERIC_NAME},
    ),
    (
        "media differ",
        set_in("storage_rules", 2, "media", to=["man"]),
        {Code.MEDIA_DIFFER},
    ),
    (
        "stored here and shown there",
        add(
            "storage_rules",
            {
                "service": "ryhma",
                "document_type": "todistus",
                "media": ["man"],
                "retention_rule": "lausunnot",
            },
        ),
        {Code.PRESENTATION_DIFFERS},
    ),
    (
        "one service says what is hidden and another does not",
        add(
            "storage_rules",
            {
                "service": "ryhma",
                "document_type": "todistus",
                "presentation_only": {"shown": "duration", "holder": "kunta"},
            },
        ),
        {Code.HIDDEN_FIELD_MISSING},
    ),
    (
        "a disclosure without a basis and no consents",
        both(
            set_in("disclosures", 0, "basis", to=None),
            set_in("document_types", 1, "role", to=None),
        ),
        {Code.DISCLOSURE_BASIS_MISSING, Code.DISCLOSURE_CONSENT_UNPROVED},
    ),
    (
        "a consent is needed and not kept",
        both(
            set_in("services", 0, "consent_required", to=True),
            set_in("services", 0, "consent_text", to=FI),
            set_in("document_types", 1, "role", to=None),
        ),
        {Code.CONSENT_DOCUMENT_MISSING, Code.CONSENT_WITHDRAWAL_MISSING},
    ),
    (
        "fields name different recipients",
        add(
            "disclosures",
            {"key": "valtio", "recipient": FI, "basis": "contract", "printed_in": ["7"]},
        ),
        {Code.DISCLOSURE_UNEVEN},
    ),
    (
        "a pair without a retention rule",
        set_in("storage_rules", 0, "retention_rule", to=None),
        {Code.RETENTION_RULE_MISSING},
    ),
    (
        "a retention rule that is gone",
        set_in("storage_rules", 0, "retention_rule", to="poistettu"),
        {Code.RETENTION_RULE_UNKNOWN},
    ),
    (
        "a repealed law by its number",
        set_in("purposes", 0, "statutes", 0, "number", to="523/1999"),
        {Code.REPEALED_LAW},
    ),
    (
        "a repealed law inside a text",
        set_in("safeguards", 0, "text", "fi", to="Kaappi, laki 916/2012"),
        {Code.REPEALED_LAW},
    ),
    ("no Swedish", set_in("name", "sv", to=None), {Code.TRANSLATION_MISSING}),
    ("a remark", set_in("remarks", to=[{"key": "x", "text": FI}]), {Code.REMARK}),
]
