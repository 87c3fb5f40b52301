"""Checks of a register: a complete register has no finding, each gap has exactly its own."""

import dataclasses
import json
import re
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
from app.registers.findings.open_periods import is_left_open
from app.registers.findings.repealed import repealed_acts_in
from app.registers.findings.texts import TEXTS
from app.registers.findings.texts.fields import FIELDS
from app.retention.policies import PolicySet, RetentionPolicy
from app.web.i18n import language
from tests.unit.registers.gaps import FI, GAPS, Break, both, drop, without_right
from tests.unit.registers.more_gaps import MORE_GAPS

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]
Code = FindingCode


def codes(findings: tuple[Finding, ...]) -> list[FindingCode]:
    return [finding.code for finding in findings]


ALL = [*GAPS, *MORE_GAPS]


def test_a_complete_register_has_no_findings(
    register: RegisterDefinition, policies: PolicySet
) -> None:
    assert check_register(register, policies) == ()


@pytest.mark.parametrize(
    ("change", "expected"), [gap[1:] for gap in ALL], ids=[gap[0] for gap in ALL]
)
def test_a_gap_is_found_and_nothing_else(
    data: Data, build: Build, policies: PolicySet, change: Break, expected: set[FindingCode]
) -> None:
    change(data)

    findings = check_register(build(data), policies)

    assert set(codes(findings)) == expected


def test_every_check_of_a_register_is_covered_here() -> None:
    found = {code for _name, _change, expected in ALL for code in expected}

    assert set(FindingCode) - found == {
        Code.RETENTION_RULE_UNCONFIRMED,
        Code.RETENTION_PERIOD_OPEN,
        Code.RETENTION_CRITERIA_MISSING,
        Code.RETENTION_EVENT_UNNAMED,
        # Of a register that another one's notice tells of: test_covered.py.
        Code.RIGHT_DENIED_BY_ANOTHER,
    }


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
    data["purposes"][0]["legal_bases"] = ["6(1)(b)", "6(1)(c)"]

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


@pytest.mark.parametrize(
    "text", ["1523/1999", "523/19990", "5523/1999/2", "1050/2018", "(EU) 523/1999"]
)
def test_other_numbers_are_not_taken_for_a_repealed_law(text: str) -> None:
    assert list(repealed_acts_in(text, None)) == []


@pytest.mark.parametrize(("code", "path"), FIELDS.items())
def test_the_field_to_change_is_one_of_the_format(code: FindingCode, path: str) -> None:
    schema = RegisterDefinition.model_json_schema()
    found: Data = schema
    for name in path.split("."):
        text = json.dumps(found.get("properties", {}).get(name, {}))
        assert text != "{}", (code, path)
        reference = re.search(r"#/\$defs/(\w+)", text)
        found = schema["$defs"][reference[1]] if reference else {}


def test_a_law_is_known_with_its_year_first() -> None:
    assert [act.number for act in repealed_acts_in("Kirkkolaki 1993/1054", None)] == ["1054/1993"]


def test_a_law_in_force_is_not_taken_for_a_repealed_one_by_its_name(
    data: Data, build: Build, policies: PolicySet
) -> None:
    for name in ("Tietosuojalaki", "Kirkkolaki", "Laki yksityisyyden suojasta työelämässä"):
        data["purposes"][0]["statutes"].append({"name": {**FI, "fi": name}})

    assert check_register(build(data), policies) == ()


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


def rules_of(rule: Data, **changes: Any) -> PolicySet:
    del rule["retention_period"]
    return PolicySet.of([RetentionPolicy.from_json(json.dumps({**rule, **changes}))])


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"until_further_notice": True}, [Code.RETENTION_CRITERIA_MISSING]),
        ({"criteria": {"fi": "toistaiseksi"}}, [Code.RETENTION_CRITERIA_MISSING]),
        (
            {"until_further_notice": True, "criteria": {"fi": "Toistaiseksi."}},
            [Code.RETENTION_CRITERIA_MISSING],
        ),
        ({"until_further_notice": True, "criteria": {"fi": "Kunnes suostumus perutaan"}}, []),
        ({"criteria": {"fi": "Kunnes suostumus perutaan"}}, []),
        ({"disposal_action": "retain_permanently"}, []),
        ({}, [Code.RETENTION_PERIOD_OPEN]),
    ],
)
def test_until_further_notice_needs_criteria_in_words(
    rule: Data, changes: Data, found: list[FindingCode]
) -> None:
    assert codes(check_policies(rules_of(rule, **changes))) == found


@pytest.mark.parametrize(
    "text",
    [
        "toistaiseksi",
        "Tietoja säilytetään toistaiseksi.",
        "Säilytämme tietojasi niin kauan kuin se on tarpeen.",
        "Niin kauan kuin tarvitaan",
        "Uppgifterna bevaras tills vidare.",
        "Så länge som de behövs",
        "Your data is kept until further notice.",
        "We keep the data as long as necessary.",
        "Indefinitely",
    ],
)
def test_words_that_leave_a_period_open(text: str) -> None:
    assert is_left_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "Toistaiseksi, kunnes jäsenyys päättyy",
        "2 vuotta, toistaiseksi",
        "Niin kauan kuin sopimus on voimassa",
        "Niin kauan kuin tarpeen sopimuksen täyttämiseksi",
        "Tills vidare, dock högst tio år",
        "Until the consent is withdrawn",
        "10 years",
        "Pysyvästi",
    ],
)
def test_words_that_tell_an_end(text: str) -> None:
    assert not is_left_open(text)


def two_purposes(data: Data, first: Data, second: Data) -> None:
    one = data["purposes"][0] | {"article_9_condition": None}
    data["purposes"] = [one | first, one | {"key": "toinen", "text": FI} | second]


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [
        # Neither says what it uses: both are named together.
        ({}, {}, ["purposes"]),
        ({"data_categories": ["terveys"]}, {"data_categories": ["perustiedot"]}, ["palvelu"]),
        ({"data_categories": ["perustiedot"]}, {"data_categories": ["terveys"]}, ["toinen"]),
        # The condition of one is not that of another which names the same data.
        ({"article_9_condition": "9(2)(h)"}, {"data_categories": ["terveys"]}, ["toinen"]),
        # It may do without that part of the data.
        ({"article_9_condition": "9(2)(h)"}, {}, []),
    ],
)
def test_a_missing_condition_names_its_purpose(
    data: Data, build: Build, policies: PolicySet, first: Data, second: Data, places: list[str]
) -> None:
    two_purposes(data, first, second)

    found = [
        each
        for each in check_register(build(data), policies)
        if each.code is Code.ARTICLE_9_CONDITION_MISSING
    ]

    assert [each.where[-1] for each in found] == places
    with language("fi"):
        for each in found:
            title = explain(each).title
            assert "Terveystiedot" in title
            assert ("Palvelun antaminen" in title) == (places != ["toinen"])
            assert ("Nimi" in title) == (places != ["palvelu"])


@pytest.mark.parametrize(
    ("used", "found"),
    [
        ([["terveys"], ["perustiedot"]], []),
        ([["terveys"], []], []),
        ([["terveys"], ["terveys"]], [("data_categories", "perustiedot")]),
    ],
)
def test_data_that_some_purpose_may_use_is_not_without_a_purpose(
    data: Data,
    build: Build,
    policies: PolicySet,
    used: list[list[str]],
    found: list[tuple[str, ...]],
) -> None:
    one = data["purposes"][0]
    data["purposes"] = [
        one | {"key": f"p{number}", "data_categories": keys} for number, keys in enumerate(used)
    ]

    assert [
        each.where
        for each in check_register(build(data), policies)
        if each.code is Code.CATEGORY_WITHOUT_PURPOSE
    ] == found


def test_an_open_period_and_a_repealed_mandate_are_found_in_the_rule(rule: Data) -> None:
    del rule["retention_period"]
    rule["mandate"]["citation"]["fi"] = "Laki 916/2012"
    policies = PolicySet.of([RetentionPolicy.from_json(json.dumps(rule))])

    assert codes(check_policies(policies)) == [Code.REPEALED_LAW, Code.RETENTION_PERIOD_OPEN]
    assert codes(check_policies(policies, date(2024, 12, 31))) == [Code.RETENTION_PERIOD_OPEN]


def test_every_code_has_its_words() -> None:
    assert set(TEXTS) == set(FindingCode)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
@pytest.mark.parametrize(("change", "_expected"), [g[1:] for g in ALL], ids=[g[0] for g in ALL])
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
        said = explain(finding)
        assert said.title == "Det anges inte om ett dataskyddsombud har utsetts eller inte."
        assert said.body.endswith("(GDPR 13(1)(b), 14(1)(b), 30(1)(a), 30(2)(a), 37(1))")


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


CONTACT = ["perustiedot"]
CLUBS = {"key": "kerhot", "text": {"fi": "Kerhojen pitäminen"}}


@pytest.mark.parametrize(
    ("purposes", "disclosure", "found"),
    [
        # One purpose, which rests on law, for all data: the law may allow it.
        ([], {}, True),
        ([], {"data_categories": CONTACT}, True),
        # The same matter, though other words are around it; and another matter.
        ([], {"purpose": {"fi": "Siirtyminen toiseen palveluun"}}, True),
        ([], {"purpose": {"fi": "Lehtijuttu toiminnasta"}}, False),
        ([], {"data_categories": CONTACT, "purpose": {"fi": "Lehtijuttu"}}, False),
        # A purpose with another basis may be the one that is served.
        ([CLUBS | {"legal_bases": ["6(1)(f)"]}], {}, False),
        ([CLUBS | {"legal_bases": ["6(1)(a)"]}], {}, False),
        ([CLUBS | {"legal_bases": ["6(1)(a)"]}], {"data_categories": CONTACT}, False),
        # It is not, when its data is other data or its matter another one.
        (
            [CLUBS | {"legal_bases": ["6(1)(a)"], "data_categories": ["terveys"]}],
            {"data_categories": CONTACT},
            True,
        ),
        (
            [CLUBS | {"legal_bases": ["6(1)(a)"]}],
            {"purpose": {"fi": "Toisen palvelun antaminen"}},
            True,
        ),
        # A purpose without a basis explains nothing.
        ([CLUBS], {}, True),
    ],
)
def test_consent_beside_the_law_is_found_for_the_same_data_and_matter(
    data: Data,
    build: Build,
    policies: PolicySet,
    purposes: list[Data],
    disclosure: Data,
    *,
    found: bool,
) -> None:
    data["disclosures"][0] |= {"basis": "consent"} | disclosure
    data["purposes"] += purposes

    assert (Code.CONSENT_BESIDE_LAW in codes(check_register(build(data), policies))) == found


def test_consent_for_data_that_only_another_purpose_uses_is_no_contradiction(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["purposes"][0]["data_categories"] = ["terveys"]
    data["purposes"].append(CLUBS | {"legal_bases": ["6(1)(b)"], "data_categories": CONTACT})
    data["disclosures"][0] |= {"basis": "consent", "data_categories": CONTACT}

    assert Code.CONSENT_BESIDE_LAW not in codes(check_register(build(data), policies))
