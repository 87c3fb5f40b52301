"""Answers that a reader looks for in a notice or a record, whatever else the register says."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.registers import phrases
from app.registers.definitions import RegisterDefinition
from app.registers.notice import build_notice
from app.retention.policies import RetentionPolicy
from app.retention.words import retention_words
from app.web.i18n import language
from tests.unit.registers.test_outputs import text_of

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
