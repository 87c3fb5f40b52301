"""More that a register can lack or contradict: the record, processors, names, practice."""

from typing import Any

from app.registers.findings import FindingCode
from tests.unit.registers.gaps import FI, Break, Data, Gap, add, both, drop, rests_on, set_in

Code = FindingCode


def fi(text: str) -> dict[str, str]:
    return {"fi": text, "sv": f"{text} (sv)", "en": f"{text} (en)"}


def service(key: str, name: str, number: str) -> Data:
    return {"key": key, "name": fi(name), "number": number, "section": f"8.{number}"}


def stored(service_key: str, document_type: str) -> Data:
    return {
        "service": service_key,
        "document_type": document_type,
        "media": ["atk", "man"] if document_type == "lausunto" else ["man"],
        "retention_rule": "lausunnot",
    }


def transfer(**more: Any) -> Break:
    item = {"country": FI, "recipient": FI, **more}
    return set_in("transfers", to={"made": True, "items": [item]})


PROCESSOR = {"key": "palvelintalo", "name": FI, "task": FI, "contract": FI}

FOUR_SERVICES = both(
    add(
        "services", service("kolmas", "Pienryhmä", "3"), service("neljas", "Verkkotapaaminen", "4")
    ),
    add(
        "storage_rules",
        stored("kolmas", "lausunto"),
        stored("kolmas", "suostumus"),
        stored("neljas", "lausunto"),
        stored("neljas", "suostumus"),
    ),
)


def without_rule(service_key: str, document_type: str) -> Break:
    def remove(data: Data) -> None:
        data["storage_rules"] = [
            rule
            for rule in data["storage_rules"]
            if (rule["service"], rule["document_type"]) != (service_key, document_type)
        ]

    return remove


def document(key: str, name: str, *services: str, **more: Any) -> Break:
    """A document type of the special category, stored in services."""
    return both(
        add("document_types", {"key": key, "name": fi(name), "sensitivity": "special", **more}),
        add("storage_rules", *(stored(service_key, key) for service_key in services)),
        lambda data: data["data_categories"][1]["documents"].append(key),
    )


def lists_of_four(data: Data) -> None:
    """Four services with four documents each, all in alphabetical order."""
    FOUR_SERVICES(data)
    data["storage_rules"] = []
    names = {"aivan": "Aivan oma", "lausunto": "", "suostumus": "", "ullakko": "Ullakon avain"}
    for key, name in names.items():
        if name:
            document(key, name)(data)
    for each in ("ryhma", "yksilo", "kolmas", "neljas"):
        data["storage_rules"] += [stored(each, key) for key in names]
    data["document_types"] = [k for k in data["document_types"] if k["key"] != "todistus"]
    data["data_categories"][1]["documents"].remove("todistus")


def swap_first_two(data: Data) -> None:
    rules = data["storage_rules"]
    rules[0], rules[1] = rules[1], rules[0]


MORE_GAPS: list[Gap] = [
    (
        "health data without a mark",
        add("data_categories", {"key": "x", "name": fi("Allergiat"), "retention": FI}),
        {Code.SPECIAL_NOT_MARKED},
    ),
    (
        "identity codes without a mark",
        add("data_categories", {"key": "x", "name": fi("Nimi ja henkilötunnus"), "retention": FI}),
        {Code.IDENTITY_CODE_NOT_MARKED},
    ),
    (
        "a repealed law by its name",
        set_in("purposes", 0, "statutes", to=[{"name": fi("Henkilötietolaki"), "section": "8 §"}]),
        {Code.REPEALED_LAW},
    ),
    (
        "a processor's record without the processor",
        both(
            set_in("capacity", to="processor"),
            set_in("processing_for_others", to=[FI]),
        ),
        {Code.PROCESSOR_MISSING},
    ),
    (
        "a processor's record without what it does",
        both(
            set_in("capacity", to="processor"), set_in("processors", to=[{"key": "me", "name": FI}])
        ),
        {Code.PROCESSING_FOR_OTHERS_MISSING},
    ),
    (
        "a processor without a contract",
        set_in("processors", to=[PROCESSOR | {"contract": None}]),
        {Code.PROCESSOR_CONTRACT_MISSING},
    ),
    (
        "a processor without a task",
        set_in("processors", to=[PROCESSOR | {"task": None}]),
        {Code.PROCESSOR_TASK_MISSING},
    ),
    (
        "joint controllers without duties",
        both(
            add("controllers", {"key": "kunta", "name": FI, "contact": "x@example.invalid"}),
            set_in("controllers", 0, "responsibilities", to=FI),
            set_in("joint_arrangement", to=FI),
        ),
        {Code.JOINT_DUTIES_MISSING},
    ),
    ("a transfer by no Article", transfer(safeguard=FI), {Code.TRANSFER_MECHANISM_MISSING}),
    (
        "a transfer whose terms nobody can read",
        transfer(mechanism=["45(3)", "46(2)(c)"]),
        {Code.TRANSFER_COPY_MISSING},
    ),
    (
        "a transfer that stays at home",
        transfer(mechanism="45(3)", country_code="SE"),
        {Code.TRANSFER_WITHIN_EEA},
    ),
    (
        "an officer of whom no word is said to be needed",
        both(
            set_in("data_protection_officer", to={"not_designated": FI}),
            set_in("owner", "substitute", to=None),
        ),
        {Code.OWNER_WITHOUT_SUBSTITUTE},
    ),
    (
        "a duty to give data without its consequences",
        set_in("purposes", 0, "data_obligation", to={"obligation": "statutory"}),
        {Code.CONSEQUENCES_MISSING},
    ),
    (
        "a ground that is a law which nobody cites",
        both(
            rests_on("6(1)(b)"),
            set_in("purposes", 0, "statutes", to=[]),
        ),
        {Code.GROUND_STATUTE_MISSING},
    ),
    (
        "data on offences without a ground",
        set_in("data_categories", 1, "criminal", to=True),
        {Code.CRIMINAL_DATA_GROUND_MISSING},
    ),
    ("no word on an assessment", drop("impact_assessment"), {Code.IMPACT_ASSESSMENT_MISSING}),
    (
        "an assessment that was not made",
        set_in("impact_assessment", "made_on", to=None),
        {Code.IMPACT_ASSESSMENT_NOT_MADE},
    ),
    (
        "no assessment and no reason",
        set_in("impact_assessment", to={"needed": False}),
        {Code.IMPACT_ASSESSMENT_REASON_MISSING},
    ),
    (
        "a machine whose logic nobody knows",
        set_in("automated_decisions", to={"made": False, "profiling": True}),
        {Code.AUTOMATED_LOGIC_MISSING},
    ),
    (
        "a legal obligation without a law",
        set_in("purposes", 0, "statutes", to=[]),
        {Code.STATUTE_MISSING},
    ),
    (
        "a disclosure by some law",
        set_in("disclosures", 0, "statute", to=None),
        {Code.DISCLOSURE_STATUTE_MISSING},
    ),
    (
        "an officer whom nobody reaches",
        set_in("data_protection_officer", "contact", to=None),
        {Code.DPO_CONTACT_MISSING},
    ),
    (
        "a source that may be public",
        add("sources", {"key": "kela", "name": fi("Kela")}),
        {Code.SOURCE_PUBLIC_NOT_STATED},
    ),
    (
        "an owner whom nobody reaches",
        set_in("owner", "contact", to=None),
        {Code.OWNER_CONTACT_MISSING},
    ),
    (
        "an interest that is no basis",
        set_in("purposes", 0, "legitimate_interest", to=FI),
        {Code.LEGITIMATE_INTEREST_UNUSED},
    ),
    (
        "a duty of contract without a contract",
        set_in(
            "purposes", 0, "data_obligation", to={"obligation": "contractual", "consequences": FI}
        ),
        {Code.OBLIGATION_WITHOUT_BASIS},
    ),
    (
        "minors for whom nobody acts",
        set_in("data_subjects", 0, "minors", to=True),
        {Code.MINORS_UNREPRESENTED},
    ),
    (
        "an identity code on the open web",
        both(
            set_in("disclosures", 0, "published", to=True),
            set_in("disclosures", 0, "data_categories", to=["perustiedot"]),
        ),
        {Code.PUBLICATION_TOO_WIDE},
    ),
    (
        "a right that the law gives is denied",
        set_in(
            "rights",
            to=[
                *({"right": right} for right in ("rectification", "erasure", "restriction")),
                *({"right": right} for right in ("objection", "portability", "complaint")),
                {"right": "access", "not_applicable": FI},
            ],
        ),
        {Code.RIGHT_DENIED},
    ),
    (
        "data that no purpose uses",
        both(
            add(
                "data_categories",
                {"key": "hobby", "name": fi("Harrastukset"), "retention": fi("1 vuosi")},
            ),
            set_in("purposes", 0, "data_categories", to=["perustiedot", "terveys"]),
        ),
        {Code.CATEGORY_WITHOUT_PURPOSE},
    ),
    (
        "a field that was copied",
        both(
            add(
                "sources",
                {"key": "kela", "name": fi("Kela"), "public": False},
                {"key": "poliisi", "name": fi("Poliisi"), "public": False},
            ),
            set_in(
                "disclosures",
                to=[
                    {"key": "kunta", "recipient": fi("Poliisi"), "basis": "contract"},
                    {"key": "kela", "recipient": fi("Kela"), "basis": "contract"},
                ],
            ),
        ),
        {Code.SOURCES_REPEAT_RECIPIENTS},
    ),
    (
        "nobody gets the data, and somebody does",
        both(
            set_in("disclosures", to=[]),
            without_rule("yksilo", "todistus"),
            set_in("document_types", 2, "merged_into", to="suostumus"),
            set_in("data_categories", 1, "documents", to=["lausunto", "suostumus"]),
            set_in("services", 0, "notes", to=fi("Todistus toimitetaan kuntaan.")),
        ),
        {Code.RECIPIENTS_DENIED},
    ),
    (
        "a computer without personal data, and documents on it",
        set_in("storage_places", 1, "place", to=fi("Palvelin, joka ei sisällä henkilötietoja")),
        {Code.MEDIUM_DENIED},
    ),
    (
        "one right in writing",
        set_in("rights", 0, "form", to="written"),
        {Code.REQUEST_FORM_DIFFERS},
    ),
    (
        "one consent in writing",
        both(
            set_in(
                "disclosures",
                to=[
                    {"key": "kunta", "recipient": fi("Kunta"), "basis": "consent"},
                    {
                        "key": "kela",
                        "recipient": fi("Kela"),
                        "basis": "consent",
                        "consent_form": "written",
                    },
                ],
            ),
            add("rights", {"right": "withdraw_consent"}),
            rests_on("6(1)(b)"),
            set_in("purposes", 0, "identity_code_ground", to="rights_and_duties"),
            set_in("purposes", 0, "statutes", to=[]),
        ),
        {Code.CONSENT_FORM_DIFFERS},
    ),
    (
        "consent where the law decides",
        both(
            set_in("disclosures", 0, "basis", to="consent"),
            add("rights", {"right": "withdraw_consent"}),
        ),
        {Code.CONSENT_BESIDE_LAW},
    ),
    (
        "a category that the list leaves out",
        set_in("data_categories", 0, "number", to="1"),
        {Code.CATEGORY_NOT_LISTED},
    ),
    (
        "an identity code that the list does not name",
        set_in("data_categories", 0, "printed", to="nimi ja osoite"),
        {Code.IDENTITY_CODE_NOT_PRINTED},
    ),
    (
        "a group of people without data",
        both(
            add("data_subjects", {"key": "omaiset", "name": fi("Omaiset")}),
            set_in("data_categories", 0, "data_subjects", to=["asiakkaat"]),
            set_in("data_categories", 1, "data_subjects", to=["asiakkaat"]),
        ),
        {Code.DATA_SUBJECTS_WITHOUT_DATA},
    ),
    (
        "a category written apart",
        set_in("data_categories", 1, "printed", to="asiakkaan terveys tiedot"),
        {Code.CATEGORY_SPELLING},
    ),
    (
        "a word with a letter more",
        both(
            set_in("services", 0, "name", to=fi("Valokuvausryhmän toiminta")),
            set_in("services", 1, "name", to=fi("Valokuvauksryhmän ulkopuolinen ohjaus")),
        ),
        {Code.WORD_SPELLING},
    ),
    (
        "two types that are one, stored in two ways",
        document("suostumukset-2", "Suostumus", "ryhma", role="consent"),
        {Code.NEAR_DUPLICATE_NAMES},
    ),
    (
        "two types that are one, on other media",
        document("lausunto-2", "Lausunto lääkärin", "ryhma"),
        {Code.NEAR_DUPLICATE_NAMES, Code.NEAR_DUPLICATE_MEDIA},
    ),
    (
        "a body that has ended",
        set_in("disclosures", 0, "recipient", to=fi("Maistraatin arkisto")),
        {Code.AUTHORITY_OUTDATED},
    ),
    (
        "services that say nothing of what others do in two ways",
        both(
            FOUR_SERVICES,
            add("storage_rules", stored("ryhma", "todistus")),
        ),
        {Code.PRESENTATION_DIFFERS, Code.PRACTICE_NOT_STATED},
    ),
    (
        "what every service keeps but one",
        both(FOUR_SERVICES, without_rule("neljas", "lausunto")),
        {Code.USUAL_DOCUMENT_MISSING},
    ),
    ("one list out of order", both(lists_of_four, swap_first_two), {Code.LIST_ORDER}),
    (
        "an agreement without the agreement",
        set_in("services", 0, "name", to=fi("Oppisopimus")),
        {Code.AGREEMENT_MISSING},
    ),
    (
        "a consent of which nothing is kept",
        both(
            set_in("document_types", 1, "role", to=None),
            rests_on("6(1)(a)"),
            add("rights", {"right": "withdraw_consent"}),
        ),
        {Code.CONSENT_PROOF_MISSING},
    ),
    (
        "a special document in ordinary data",
        set_in("data_categories", 1, "special", to=[]),
        {Code.SPECIAL_DOCUMENT_OUTSIDE, Code.SPECIAL_NOT_MARKED},
    ),
    (
        "an ordinary document with special data",
        set_in("document_types", 0, "sensitivity", to="ordinary"),
        {Code.SENSITIVITY_TOO_LOW},
    ),
    (
        "a period left open in words",
        set_in("data_categories", 0, "retention", to=fi("Toistaiseksi.")),
        {Code.RETENTION_TEXT_OPEN},
    ),
    (
        "a period of the whole register left open in words",
        set_in("retention", to=fi("Tietoja säilytetään niin kauan kuin on tarpeen.")),
        {Code.RETENTION_TEXT_OPEN},
    ),
    (
        "a newsletter without a permission",
        add(
            "purposes",
            {
                "key": "uutiskirje",
                "text": fi("Uutiskirjeen lähettäminen"),
                "legal_bases": ["6(1)(f)"],
                "legitimate_interest": fi("Tapahtumista kertominen"),
                "data_obligation": {"obligation": "voluntary"},
                "data_categories": ["perustiedot"],
            },
        ),
        {Code.MARKETING_WITHOUT_PERMISSION},
    ),
    (
        "a medium without a place",
        set_in("storage_places", to=[{"medium": "man", "place": FI}]),
        {Code.STORAGE_PLACE_MISSING},
    ),
]
