"""Answers that a reader looks for in a notice or a record, whatever else the register says."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.registers import phrases
from app.registers.definitions import RegisterDefinition
from app.registers.differences import difference, explain_change
from app.registers.exports.source import ExportedRegister, ExportSource
from app.registers.exports.tables.parts import retention
from app.registers.findings import FindingCode, check_register, explain
from app.registers.notice import build_notice
from app.retention.policies import PolicySet, RetentionPolicy
from app.retention.words import retention_words
from app.web.i18n import language
from tests.unit.registers.outputs import text_of

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

POINTS = {
    "fi": "Kone laskee riskipisteet",
    "sv": "En maskin räknar riskpoäng",
    "en": "A machine counts risk points",
}


def notice_of(register: RegisterDefinition, code: str, rule: Data | None = None) -> str:
    policies = {rule["key"]: RetentionPolicy.from_json(json.dumps(rule))} if rule else {}
    with language(code):
        return text_of(build_notice(register, policies))


@pytest.mark.parametrize(
    ("code", "answer", "recorded"),
    [
        ("fi", "Ei. Ihminen tekee jokaisen", "Mitään päätöstä ei tehdä ilman ihmistä"),
        ("sv", "Nej. En människa fattar varje", "Inget beslut fattas utan en människa"),
        ("en", "No. A person makes every", "No decision is made without a person"),
    ],
)
def test_a_text_on_profiling_does_not_hide_the_answer(
    data: Data, build: Build, code: str, answer: str, recorded: str
) -> None:
    data["automated_decisions"] = {"made": False, "profiling": True, "text": POINTS}
    register = build(data)

    told = notice_of(register, code)

    assert told.index(answer) < told.index(POINTS[code])
    with language(code):
        assert recorded in phrases.automated(register)
        assert POINTS[code] in phrases.automated(register)


def test_the_record_says_that_machines_decide_beside_the_logic(data: Data, build: Build) -> None:
    data["automated_decisions"] = {"made": True, "text": POINTS}

    with language("en"):
        said = phrases.automated(build(data))

    assert said == "Decisions are also made without a person.\nA machine counts risk points"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fi", "Saamme ne muualta, tai ne syntyvät muulla tavalla"),
        ("sv", "Vi får dem från annat håll, eller så uppstår de på annat sätt"),
        ("en", "We get it elsewhere, or it comes about in another way"),
    ],
)
def test_data_that_is_not_asked_may_come_from_others(
    data: Data, build: Build, code: str, said: str
) -> None:
    data["purposes"][0]["data_obligation"] = {"obligation": "not_asked"}

    assert said in notice_of(build(data), code)


@pytest.mark.parametrize(
    ("code", "said", "checked"),
    [
        (
            "fi",
            "Toistaiseksi, niin kauan kuin tietoja tarvitaan",
            "tarkistusten väli on enintään 2 vuotta",
        ),
        (
            "sv",
            "Tills vidare, så länge uppgifterna behövs",
            "högst 2 år mellan prövningarna",
        ),
        (
            "en",
            "Until further notice, as long as the data is needed",
            "at most 2 years between the checks",
        ),
    ],
)
def test_until_further_notice_is_told_with_its_criteria(
    data: Data, build: Build, rule: Data, code: str, said: str, checked: str
) -> None:
    """GDPR Art. 13(2)(a): where there is no period, the criteria that determine it."""
    del rule["retention_period"]
    rule |= {"until_further_notice": True, "review_period": "P2Y"}
    rule["retention_trigger"] = "no_longer_needed"

    told = notice_of(build(data), code, rule)

    assert said in told
    assert checked in told


@pytest.mark.parametrize(
    ("code", "said"),
    [("fi", "vain tähän asti: "), ("sv", "endast fram till: "), ("en", "only until: ")],
)
def test_an_alternative_without_time_ends_with_its_event(rule: Data, code: str, said: str) -> None:
    rule["alternatives"] = [
        {
            "condition": POINTS,
            "retention_period": "P0D",
            "retention_trigger": "consent_withdrawn_or_ended",
        }
    ]
    policy = RetentionPolicy.from_json(json.dumps(rule))

    with language(code):
        assert f"{POINTS[code]}: {said}" in retention_words(policy)


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("Emme muuta tietoja", {FindingCode.RIGHT_DENIED}),
        ("Emme muuta tietoja (tietosuojalaki 1050/2018, 32 §)", set()),
        ("Emme muuta tietoja: tietosuoja-asetuksen 89 artikla", set()),
    ],
)
def test_a_denial_that_names_its_law_is_settled(
    data: Data, build: Build, policies: PolicySet, reason: str, found: set[FindingCode]
) -> None:
    text = {"fi": reason, "sv": reason, "en": reason}
    data["rights"][1] = {"right": "rectification", "not_applicable": text}

    assert {each.code for each in check_register(build(data), policies)} == found


def test_no_form_is_compared_of_a_right_that_does_not_apply(
    data: Data, build: Build, policies: PolicySet
) -> None:
    law = dict.fromkeys(("fi", "sv", "en"), "1050/2018, 32 §")
    data["rights"] = [
        {"right": each["right"], "form": "written"}
        if each["right"] in ("access", "erasure")
        else {"right": each["right"], "not_applicable": law}
        for each in data["rights"]
        if each["right"] != "complaint"
    ] + [{"right": "complaint"}]

    assert check_register(build(data), policies) == ()


def test_a_document_of_offences_is_in_its_category(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["purposes"][0]["article_10_ground"] = "statute"
    data["document_types"].append({"key": "ote", "name": POINTS, "sensitivity": "special"})
    data["storage_rules"].append(
        {
            "service": "ryhma",
            "document_type": "ote",
            "media": ["man"],
            "retention_rule": "lausunnot",
        }
    )
    data["data_categories"].append(
        {"key": "rikos", "name": POINTS, "criminal": True, "documents": ["ote"]}
    )

    assert check_register(build(data), policies) == ()


def test_a_name_with_a_full_stop_ends_a_sentence_once(
    data: Data, build: Build, policies: PolicySet
) -> None:
    name = {"fi": "Mailer Inc.", "sv": "Mailer Inc.", "en": "Mailer Inc."}
    data["processors"] = [{"key": "mailer", "name": name, "task": POINTS}]

    (found,) = check_register(build(data), policies)

    with language("en"):
        title = explain(found).title
    assert title == "The register states no contract with the processor Mailer Inc."


def test_a_document_that_is_shown_may_go_back_to_the_person(
    data: Data, build: Build, policies: PolicySet
) -> None:
    """An extract of the criminal records is shown, noted and returned: act 504/2002."""
    del data["storage_rules"][4]["presentation_only"]["holder"]
    register = build(data)
    source = ExportSource("", date(2026, 1, 1), (ExportedRegister(register, 1, None),), {})

    with language("sv"):
        cells = [str(cell) for row in retention(source).rows for cell in row]

    assert check_register(register, policies) == ()
    assert any(cell.endswith(", personen behåller handlingen") for cell in cells)


@pytest.mark.parametrize(
    ("code", "said"), [("fi", "”Kunta”"), ("sv", "”Kunta (sv)”"), ("en", "“Kunta (en)”")]
)
def test_names_of_changes_stand_in_the_quotes_of_the_language(
    data: Data, build: Build, policies: PolicySet, code: str, said: str
) -> None:
    before = build(data)
    data["disclosures"][0]["condition"] = POINTS

    with language(code):
        (change,) = difference(before, build(data), policies, policies)
        assert said in explain_change(change)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fi", "asiakirjoissa: Lääkärin lausunto, Suostumukset, Poissaolotodistus"),
        ("sv", "i handlingarna: Lääkärin lausunto (sv), Suostumukset (sv), Poissaolotodistus (sv)"),
        ("en", "in the documents: Lääkärin lausunto (en), "),
    ],
)
def test_people_find_how_long_the_data_of_documents_is_kept(
    data: Data, build: Build, rule: Data, code: str, said: str
) -> None:
    """GDPR Art. 13(2)(a): periods are told by document, and data by category."""
    told = notice_of(build(data), code, rule)
    data["data_categories"][1]["retention"] = POINTS

    assert said in told
    assert said not in notice_of(build(data), code, rule)
