"""Checks of a register: a complete register has no finding, each gap has exactly its own."""

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.findings import (
    Finding,
    FindingCode,
    Severity,
    check_policies,
    check_register,
    explain,
)
from app.registers.findings.repealed import repealed_acts_in
from app.registers.findings.texts import TEXTS
from app.retention.policies import PolicySet, RetentionPolicy
from app.web.i18n import language

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]
Break = Callable[[Data], Any]
Code = FindingCode


def codes(findings: tuple[Finding, ...]) -> list[FindingCode]:
    return [finding.code for finding in findings]


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


def without_right(right: str) -> Break:
    def remove(data: Data) -> None:
        data["rights"] = [offered for offered in data["rights"] if offered["right"] != right]

    return remove


def add(key: str, *members: Data) -> Break:
    return lambda data: data[key].extend(members)


FI = {"fi": "Nimi", "sv": "Namn", "en": "Name"}

# What is broken in the complete register, and all that the checks say about it.
GAPS: list[tuple[str, Break, set[FindingCode]]] = [
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
        set_in("purposes", 0, "legal_bases", to=["6(1)(f)"]),
        {Code.LEGITIMATE_INTEREST_MISSING},
    ),
    (
        "no purpose",
        set_in("purposes", to=[]),
        {Code.PURPOSE_MISSING, Code.ARTICLE_9_CONDITION_MISSING, Code.IDENTITY_CODE_GROUND_MISSING},
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
    ("a right is missing", without_right("portability"), {Code.RIGHTS_MISSING}),
    ("no complaint", without_right("complaint"), {Code.COMPLAINT_MISSING}),
    (
        "consent cannot be withdrawn",
        set_in("disclosures", 0, "basis", to="consent"),
        {Code.CONSENT_WITHDRAWAL_MISSING},
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
        {Code.SOURCE_OMITS_DATA_SUBJECT},
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
        {Code.CATEGORIES_MISSING, Code.DOCUMENT_WITHOUT_CATEGORY},
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
        add("data_categories", {"key": "x", "name": FI, "retention": FI}),
        {Code.CATEGORY_WITHOUT_DOCUMENTS},
    ),
    (
        "a category carried in part",
        set_in("data_categories", 1, "gap", to=FI),
        {Code.CATEGORY_PARTLY_COVERED},
    ),
    (
        "a document without a category",
        set_in("data_categories", 1, "documents", to=["lausunto", "todistus"]),
        {Code.DOCUMENT_WITHOUT_CATEGORY},
    ),
    (
        "a document that no service keeps",
        both(
            add("document_types", {"key": "muistio", "name": FI}),
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
            {"key": "valtio", "recipient": FI, "basis": "statute", "printed_in": ["7"]},
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


def test_a_complete_register_has_no_findings(
    register: RegisterDefinition, policies: PolicySet
) -> None:
    assert check_register(register, policies) == ()


@pytest.mark.parametrize(
    ("change", "expected"), [gap[1:] for gap in GAPS], ids=[gap[0] for gap in GAPS]
)
def test_a_gap_is_found_and_nothing_else(
    data: Data, build: Build, policies: PolicySet, change: Break, expected: set[FindingCode]
) -> None:
    change(data)

    findings = check_register(build(data), policies)

    assert set(codes(findings)) == expected


def test_every_check_of_a_register_is_covered_here() -> None:
    found = {code for _name, _change, expected in GAPS for code in expected}

    assert set(FindingCode) - found == {Code.RETENTION_RULE_UNCONFIRMED, Code.RETENTION_PERIOD_OPEN}


def test_a_shared_contact_serves_all_controllers(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["controllers"][0]["contact"] = None
    data["contact"] = {"role": FI, "contact": "kirjaamo@example.invalid"}

    assert check_register(build(data), policies) == ()


def test_a_register_that_states_no_disclosures_is_complete(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["disclosures"] = []
    data["storage_rules"].pop()
    data["document_types"].pop()
    data["data_categories"][1]["documents"].remove("todistus")

    assert check_register(build(data), policies) == ()


def test_missing_rights_are_listed_in_one_finding(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["rights"] = None

    findings = check_register(build(data), policies)

    assert codes(findings) == [Code.RIGHTS_MISSING, Code.COMPLAINT_MISSING]
    with language("en"):
        assert "right to erasure, right to restriction" in explain(findings[0]).title


def test_the_most_serious_findings_come_first(
    data: Data, build: Build, policies: PolicySet
) -> None:
    both(drop("processors", "version"), without_right("complaint"))(data)

    severities = [finding.severity for finding in check_register(build(data), policies)]

    assert severities == [Severity.ERROR, Severity.WARNING, Severity.INFO]


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        (date(2018, 12, 31), []),
        (date(2019, 1, 1), [Code.REPEALED_LAW]),
        (None, [Code.REPEALED_LAW]),
    ],
)
def test_a_law_is_outdated_from_the_day_of_its_repeal(
    data: Data, build: Build, policies: PolicySet, as_of: date | None, found: list[FindingCode]
) -> None:
    data["purposes"][0]["statutes"][0]["number"] = "523/1999"

    assert codes(check_register(build(data), policies, as_of)) == found


def test_a_law_cited_twice_is_reported_once_where_it_stands_first(
    data: Data, build: Build, policies: PolicySet
) -> None:
    repealed = {"name": FI, "number": "1386/2010"}
    data["purposes"][0]["statutes"] = [repealed]
    data["statutes"] = [repealed]

    (finding,) = check_register(build(data), policies)

    assert finding.where == ("purposes", "palvelu", "statutes", "0", "number")
    assert finding.params["repealed_on"] == date(2025, 1, 1)


@pytest.mark.parametrize("text", ["1523/1999", "523/19990", "5523/1999/2", "1050/2018"])
def test_other_numbers_are_not_taken_for_a_repealed_law(text: str) -> None:
    assert list(repealed_acts_in(text, None)) == []


def test_a_rule_that_nobody_confirmed_is_found_until_somebody_does(
    register: RegisterDefinition, rule: Data
) -> None:
    rule["mandate"]["certainty"] = "to_be_confirmed"
    proposal = PolicySet.of([RetentionPolicy.from_json(json.dumps(rule))])
    rule["mandate"] |= {"confirmed_by": "tietosuojavastaava", "confirmed_on": "2026-03-05"}
    confirmed = PolicySet.of([RetentionPolicy.from_json(json.dumps(rule))])

    assert codes(check_register(register, proposal)) == [Code.RETENTION_RULE_UNCONFIRMED]
    assert codes(check_policies(proposal)) == [Code.RETENTION_RULE_UNCONFIRMED]
    assert check_register(register, confirmed) == ()


def test_an_open_period_and_a_repealed_mandate_are_found_in_the_rule(rule: Data) -> None:
    del rule["retention_period"]
    rule["mandate"]["citation"]["fi"] = "Laki 916/2012"
    policies = PolicySet.of([RetentionPolicy.from_json(json.dumps(rule))])

    assert codes(check_policies(policies)) == [Code.REPEALED_LAW, Code.RETENTION_PERIOD_OPEN]
    assert codes(check_policies(policies, date(2024, 12, 31))) == [Code.RETENTION_PERIOD_OPEN]


def test_every_code_has_its_words() -> None:
    assert set(TEXTS) == set(FindingCode)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
@pytest.mark.parametrize(("change", "_expected"), [g[1:] for g in GAPS], ids=[g[0] for g in GAPS])
def test_a_finding_is_explained_in_each_language(
    data: Data,
    build: Build,
    policies: PolicySet,
    change: Break,
    _expected: set[FindingCode],
    code: str,
) -> None:
    change(data)

    for finding in check_register(build(data), policies):
        with language("en"):
            english = explain(finding)
        with language(code):
            words = explain(finding)
        assert "%(" not in words.title + words.body
        assert words.body.startswith(words.remedy)
        assert code == "en" or words.remedy != english.remedy


def test_an_explanation_names_the_law(data: Data, build: Build, policies: PolicySet) -> None:
    del data["data_protection_officer"]

    (finding,) = check_register(build(data), policies)

    with language("sv"):
        assert explain(finding).title == "Dataskyddsombudet har inte angetts."
        assert explain(finding).body.endswith("(GDPR 13(1)(b))")


def test_a_fingerprint_is_the_same_in_every_language_and_translation(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["owner"]["substitute"] = None
    (finding,) = check_register(build(data), policies)
    data["owner"]["role"]["sv"] = "en annan översättning"
    with language("sv"):
        (translated,) = check_register(build(data), policies)

    assert translated.fingerprint == finding.fingerprint


def test_a_fingerprint_changes_with_the_facts_the_place_and_the_code(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["owner"]["substitute"] = None
    (finding,) = check_register(build(data), policies)
    data["owner"]["role"]["fi"] = "joku muu"
    (changed,) = check_register(build(data), policies)
    elsewhere = dataclasses.replace(finding, where=("contact",))
    another = dataclasses.replace(finding, code=Code.OWNER_MISSING)

    assert len({each.fingerprint for each in (finding, changed, elsewhere, another)}) == 4


def test_a_fault_that_two_parts_share_is_told_once(
    data: Data, build: Build, policies: PolicySet
) -> None:
    transfer = {"country": FI, "recipient": FI}
    data["transfers"] = {"made": True, "items": [transfer, transfer]}

    assert codes(check_register(build(data), policies)) == [Code.TRANSFER_SAFEGUARD_MISSING]


def test_a_code_fits_its_column() -> None:
    assert max(map(len, Code)) <= 40
