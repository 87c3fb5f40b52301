"""Every inconsistency of the two printed descriptions: found by which check, or left to a reader.

I1–I23 are those of the coaching foundation's description, J1–J11 those of the integration
project's notice. Each stands with the findings that tell it (code and place), with what a reader
has to see because it does not follow from the data (and the remark that keeps it, if any), or both.
"""

import json
from dataclasses import dataclass

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.findings import FindingCode, check_register
from app.retention.policies import PolicySet

Code = FindingCode
Place = tuple[FindingCode, str]


@dataclass(frozen=True)
class Known:
    """One inconsistency. `reader`: what only a reader sees, and why; `remark` keeps it."""

    found: tuple[Place, ...] = ()
    reader: str = ""
    remark: str | None = None


def each(code: FindingCode, part: str, *keys: str) -> tuple[Place, ...]:
    return tuple((code, f"{part}.{key}") for key in keys)


UNCATEGORISED = (
    *("sopimukset", "suostumukset", "tev-sopimus", "tyosopimukset", "hoitoonohjaussopimus"),
    *("kelan-paatos", "paatokset", "tyovoimatoimiston-paatokset", "kuntoutustyoryhman-poytakirja"),
    *("aktivointisuunnitelmat", "kuntoutussuunnitelma", "kuntoutussuunnitelmat"),
    *("osallistumistodistus", "tyonantajan-arvioinnit", "arvioinnit", "tyopaivakirja"),
    "sosiaalityontekijan-lausunto",
)

FOUNDATION = {
    "I1": Known(
        (
            (Code.SERVICE_WITHOUT_DOCUMENTS, "services.tyokokeilu-tyoklinikalla"),
            (Code.SERVICE_WITHOUT_SECTION, "services.tyokokeilu-tyoklinikalla"),
        )
    ),
    "I2": Known(((Code.SECTION_GAP, "services"),)),
    "I3": Known(((Code.SECTION_SHIFTED, "services.tyovalmennus"),)),
    "I4": Known(
        (
            (Code.SERVICE_WITHOUT_DOCUMENTS, "services.ray"),
            (Code.CONSENT_DOCUMENT_MISSING, "services.ray"),
        )
    ),
    "I5": Known(
        (
            *each(Code.SERVICE_SPELLING, "services", "mt-kuntoutus", "tyo-ja-koulutussopimus"),
            *each(Code.SERVICE_SPELLING, "services", "tyokokeilu-tyoklinikalla", "ray"),
            *each(Code.WORD_SPELLING, "services", "tyo-ja-koulutussopimus"),
        )
    ),
    "I6": Known(((Code.WORD_SPELLING, "document_types.tyonsuunnittelijan-asiakaskertomus"),)),
    "I7": Known(((Code.NEAR_DUPLICATE_NAMES, "document_types.kuntoutussuunnitelma"),)),
    "I8": Known(
        (
            *each(
                Code.MEDIA_DIFFER, "document_types", "alkuhaastattelu", "ohjaajan-asiakaskertomus"
            ),
            *each(Code.MEDIA_DIFFER, "document_types", "tyonantajan-arvioinnit"),
            (Code.NEAR_DUPLICATE_MEDIA, "document_types.kuntoutussuunnitelma"),
        )
    ),
    "I9": Known(each(Code.GENERIC_NAME, "document_types", "paatokset", "arvioinnit", "sopimukset")),
    "I10": Known(
        (
            (Code.AUTHORITY_OUTDATED, "document_types.tyovoimatoimiston-paatokset"),
            (Code.AUTHORITY_OUTDATED, "disclosures.te-toimisto"),
        )
    ),
    "I11": Known(
        (
            (Code.DOCUMENT_SPELLING, "document_types.tyoaikaseuranta"),
            (Code.CATEGORY_SPELLING, "data_categories.lasnaolotiedot"),
        ),
        reader="Word forms inside sentences are not data of the definition.",
        remark="word-forms",
    ),
    "I12": Known(reader="The order of media says nothing: the format reads them as a set."),
    "I13": Known(
        (
            *each(Code.CATEGORY_WITHOUT_DOCUMENTS, "data_categories", "terveystarkastukset"),
            *each(
                Code.CATEGORY_WITHOUT_DOCUMENTS,
                "data_categories",
                "loppuarviointi",
                "loppuraportti",
            ),
            (Code.CATEGORY_PARTLY_COVERED, "data_categories.varoitukset-ja-huomautukset"),
            (Code.MASTER_DATA_WITHOUT_MEDIUM, "data_categories"),
        )
    ),
    "I14": Known(each(Code.DOCUMENT_WITHOUT_CATEGORY, "document_types", *UNCATEGORISED)),
    "I15": Known(
        (
            *each(
                Code.CATEGORY_WITHOUT_DOCUMENTS,
                "data_categories",
                "loppuarviointi",
                "loppuraportti",
            ),
            (Code.DOCUMENT_WITHOUT_CATEGORY, "document_types.loppulausunto"),
        )
    ),
    "I16": Known(
        (
            *each(
                Code.PRESENTATION_DIFFERS,
                "document_types",
                "sairauslomatodistus",
                "poissaolotodistukset",
            ),
            *each(
                Code.PRACTICE_NOT_STATED,
                "document_types",
                "sairauslomatodistus",
                "poissaolotodistukset",
            ),
        )
    ),
    "I17": Known(
        each(
            Code.HIDDEN_FIELD_MISSING,
            "storage_rules.palkkatuettu-tyohonvalmennus",
            "sairauslomatodistus",
            "poissaolotodistukset",
        )
    ),
    "I18": Known(
        each(Code.DISCLOSURE_CONSENT_UNPROVED, "services", "palkkatuettu-tyohonvalmennus")
    ),
    "I19": Known(
        (
            (Code.AGREEMENT_MISSING, "services.tyo-ja-koulutussopimus"),
            (Code.USUAL_DOCUMENT_MISSING, "services.tyo-ja-koulutussopimus"),
        ),
        reader="Which statements a service needs is known to its staff, not to the data.",
        remark="statements-of-one-service",
    ),
    "I20": Known(((Code.USUAL_DOCUMENT_MISSING, "services.tyovalmennus"),)),
    "I21": Known(
        ((Code.LIST_ORDER, "services.palkkatuettu-tyohonvalmennus"),),
        reader="Empty lines and heading levels are layout, which the definition does not hold.",
        remark="list-layout",
    ),
    "I22": Known(
        reader="What a text promises and does not give can only be read.",
        remark="two-documents-in-one",
    ),
    "I23": Known(((Code.OWNER_WITHOUT_SUBSTITUTE, "owner"), (Code.OWNER_CONTACT_MISSING, "owner"))),
}

PROJECT = {
    "J1": Known(
        ((Code.SOURCES_REPEAT_RECIPIENTS, "sources"), (Code.SOURCE_OMITS_DATA_SUBJECT, "sources"))
    ),
    "J2": Known(
        each(
            Code.DISCLOSURE_UNEVEN,
            "disclosures",
            "kotoutumiskoulutuksen-toteuttaja",
            "aikuissosiaalityo",
            "tyollisyyspalvelut",
        )
    ),
    "J3": Known(
        (
            (Code.DISCLOSURE_UNEVEN, "disclosures.eura"),
            (Code.DISCLOSURE_BASIS_MISSING, "disclosures.eura"),
        )
    ),
    "J4": Known(
        ((Code.MEDIUM_DENIED, "storage_places"),),
        reader="Whether a group is so small that numbers identify people depends on the people.",
        remark="statistics-may-identify",
    ),
    "J5": Known(
        (
            (Code.IDENTITY_CODE_NOT_PRINTED, "data_categories.perustiedot"),
            (Code.CATEGORY_NOT_LISTED, "data_categories.maahantuloperuste"),
            *each(
                Code.DOCUMENT_WITHOUT_CATEGORY,
                "document_types",
                *("haastattelulomake", "esr-aloitusilmoitus", "esr-lopetusilmoitus"),
                *("luovutussuostumus", "markkinointilupa"),
            ),
        )
    ),
    "J6": Known(
        (
            (Code.ARTICLE_9_CONDITION_MISSING, "purposes"),
            (Code.CATEGORY_NOT_LISTED, "data_categories.maahantuloperuste"),
            *each(
                Code.SPECIAL_DOCUMENT_OUTSIDE,
                "document_types",
                "esr-aloitusilmoitus",
                "esr-lopetusilmoitus",
            ),
        )
    ),
    "J7": Known(
        (
            (Code.REPEALED_LAW, "purposes.palvelut-ja-asiakassuhde.statutes.0.number"),
            (Code.LEGAL_BASIS_MISSING, "purposes.palvelut-ja-asiakassuhde"),
        ),
        reader="That a sentence breaks off can only be read.",
        remark="sentence-cut",
    ),
    "J8": Known(
        (
            (Code.LEGAL_BASIS_MISSING, "purposes.kotoutumisen-toimenpiteet"),
            (Code.DPO_MISSING, "data_protection_officer"),
            (Code.COMPLAINT_MISSING, "rights"),
            (Code.RIGHTS_MISSING, "rights"),
            (Code.CONSENT_WITHDRAWAL_MISSING, "rights"),
            (Code.VERSION_MISSING, "version"),
            (Code.RETENTION_PERIOD_OPEN, "retention_rules.integration-plans-and-mappings"),
            (Code.RETENTION_MISSING, "data_categories.maahantuloperuste"),
        )
    ),
    "J9": Known(
        ((Code.REQUEST_FORM_DIFFERS, "rights"),),
        reader="Typing errors need a dictionary of Finnish, and an eye for what was meant.",
        remark="misprints",
    ),
    "J10": Known(
        (
            (Code.SAFEGUARD_ON_ONE_PERSON, "safeguards.yhden-tyontekijan-jarjestelma"),
            (Code.OWNER_WITHOUT_SUBSTITUTE, "owner"),
        )
    ),
    "J11": Known(((Code.CONSENT_BESIDE_LAW, "disclosures"),)),
}

CASES = [
    (number, known) for known_of in (FOUNDATION, PROJECT) for number, known in known_of.items()
]


def register_of(
    number: str, foundation: RegisterDefinition, project: RegisterDefinition
) -> RegisterDefinition:
    return foundation if number.startswith("I") else project


def test_every_inconsistency_is_accounted_for() -> None:
    assert list(FOUNDATION) == [f"I{number}" for number in range(1, 24)]
    assert list(PROJECT) == [f"J{number}" for number in range(1, 12)]
    assert [number for number, known in CASES if not known.found and not known.reader] == []


@pytest.mark.parametrize(("number", "known"), CASES, ids=[number for number, _known in CASES])
def test_checks_find_what_follows_from_the_data(
    foundation: RegisterDefinition,
    project: RegisterDefinition,
    policies: PolicySet,
    number: str,
    known: Known,
) -> None:
    register = register_of(number, foundation, project)
    unread = register.model_copy(update={"remarks": ()})

    found = {(finding.code, finding.place) for finding in check_register(unread, policies)}

    assert set(known.found) <= found


@pytest.mark.parametrize(("number", "known"), CASES, ids=[number for number, _known in CASES])
def test_what_a_reader_sees_is_kept_as_a_remark(
    foundation: RegisterDefinition, project: RegisterDefinition, number: str, known: Known
) -> None:
    register = register_of(number, foundation, project)

    assert known.remark is None or known.remark in {remark.key for remark in register.remarks}
    assert known.remark is None or known.reader


def test_no_remark_repeats_what_the_checks_find(
    foundation: RegisterDefinition, project: RegisterDefinition
) -> None:
    remarks = {remark.key for register in (foundation, project) for remark in register.remarks}

    # That a project is no legal person stands beside the numbered inconsistencies.
    assert remarks == {known.remark for _number, known in CASES if known.remark} | {
        "controller-mixed"
    }


def test_rehabilitation_plans_are_one_finding_when_they_are_merged(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    """A settled inconsistency is not found any more: the plural is merged into the singular."""
    merged = "kuntoutussuunnitelmat"
    content = foundation.model_dump(mode="json")
    for kind in content["document_types"]:
        if kind["key"] == merged:
            kind["merged_into"] = "kuntoutussuunnitelma"
    for rule in content["storage_rules"]:
        if rule["document_type"] == merged:
            rule["document_type"] = "kuntoutussuunnitelma"
    found = check_register(RegisterDefinition.from_json(json.dumps(content)), policies)

    assert not [
        f for f in found if f.code in {Code.NEAR_DUPLICATE_NAMES, Code.NEAR_DUPLICATE_MEDIA}
    ]
    assert (Code.MEDIA_DIFFER, "document_types.kuntoutussuunnitelma") in {
        (f.code, f.place) for f in found
    }
