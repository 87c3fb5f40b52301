"""Rules whose period does not decide alone: a condition beside it, alternatives, a named event."""

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from app.documents.rules import ClockFacts, trigger_on
from app.registers.definitions import RegisterDefinition
from app.registers.exports.dpv.storage import retention_rule
from app.registers.findings import FindingCode, check_register
from app.registers.notice import build_notice
from app.retention.confirmation import says_the_same
from app.retention.exchange.codes import PERMANENT, is_exact, reason_of, years_of
from app.retention.explain import explain
from app.retention.policies import PolicySet, RetentionPolicy
from app.retention.rules import DisposalAction, retention_date
from app.retention.words import retention_words
from app.web.i18n import language

Data = dict[str, Any]
DEATH = {"fi": "jos kuolinpäivää ei tiedetä", "sv": "om dödsdagen är okänd", "en": "if unknown"}
FEES = {"fi": "maksuja ei ole", "sv": "inga avgifter", "en": "no fees are open"}
UNKNOWN: Data = {
    "condition": DEATH,
    "retention_period": "P120Y",
    "retention_trigger": "person_born",
}


def rule(**more: Any) -> RetentionPolicy:
    content: Data = {
        "key": "tiedot",
        "name": {"fi": "Tiedot"},
        "retention_period": "P12Y",
        "retention_trigger": "client_died",
        "disposal_action": "destroy",
        "mandate": {"citation": {"fi": "Laki"}, "certainty": "verified"},
    }
    return RetentionPolicy.from_json(json.dumps(content | more))


def register_with(policy: RetentionPolicy) -> RegisterDefinition:
    return RegisterDefinition.from_json(
        json.dumps(
            {
                "kind": "register",
                "schema_version": 1,
                "key": "a",
                "name": {"fi": "A"},
                "data_categories": [
                    {"key": "b", "name": {"fi": "B"}, "retention_rule": policy.key}
                ],
            }
        )
    )


def said(policy: RetentionPolicy, code: str) -> str:
    with language(code):
        notice = build_notice(register_with(policy), {policy.key: policy})
    return "\n".join(label for section in notice.sections for label, _value in section.rows)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("fi", "; jos kuolinpäivää ei tiedetä: 120 vuotta, "),
        ("sv", "; om dödsdagen är okänd: 120 år, "),
        ("en", "death of the client; if unknown: 120 years, counted from: birth of the person"),
    ],
)
def test_an_alternative_is_told_with_its_condition(code: str, words: str) -> None:
    policy = rule(alternatives=[UNKNOWN])

    with language(code):
        assert words in retention_words(policy)
    assert words in said(policy, code)


def test_alternatives_may_be_words_or_for_ever() -> None:
    policy = rule(
        alternatives=[
            {"condition": DEATH, "permanent": True},
            {"condition": FEES, "criteria": {"fi": "vuosi"}},
        ]
    )

    with language("fi"):
        words = retention_words(policy)

    assert "jos kuolinpäivää ei tiedetä: pysyvä säilytys; maksuja ei ole: vuosi" in words


def test_a_period_that_is_moved_to_the_end_of_the_year_says_so() -> None:
    policy = rule(retention_trigger="last_used", cut_off="calendar_year_end")
    moved = "12 years, counted from: last use (from the end of that year)"

    with language("en"):
        assert retention_words(policy) == moved
    assert moved in said(policy, "en")


def test_a_condition_stands_beside_a_period() -> None:
    policy = rule(retention_trigger="last_used", criteria=FEES)

    with language("en"):
        assert retention_words(policy) == (
            "12 years, counted from: last use; and in addition: no fees are open"
        )
    assert "no fees are open" in said(policy, "en")


@pytest.mark.parametrize("more", [{"criteria": FEES}, {"alternatives": [UNKNOWN]}])
def test_what_a_person_must_look_at_is_never_destroyed_by_its_date(more: Data) -> None:
    policy = rule(**more)

    dates = retention_date(policy.terms(), date(2020, 3, 1))

    assert dates.disposable_from == date(2032, 3, 2)
    assert policy.action_for_documents is DisposalAction.REVIEW
    with language("en"):
        assert "is reviewed from" in explain(dates.steps)[-1]
    assert rule().action_for_documents is DisposalAction.DESTROY


def test_words_instead_of_a_period_are_no_condition() -> None:
    policy = rule(retention_period=None, criteria=FEES)

    assert policy.action_for_documents is DisposalAction.DESTROY
    assert not policy.is_conditional


def test_a_named_event_is_told_and_no_document_tells_its_day() -> None:
    event = {"fi": "kilpailukauden päättyminen", "sv": "säsongens slut", "en": "end of the season"}
    policy = rule(retention_trigger="event", trigger_text=event)
    facts = ClockFacts(date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1))

    assert "counted from: end of the season" in said(policy, "en")
    assert trigger_on("event", facts) == date(2026, 1, 1)
    assert trigger_on("event", facts, named=policy.names_its_event) is None


def test_an_event_that_nobody_names_is_found_at_a_category() -> None:
    unnamed = rule(retention_trigger="event")
    named = rule(retention_trigger="event", trigger_text=FEES)

    def found(policy: RetentionPolicy) -> set[FindingCode]:
        policies = PolicySet.of([policy])
        return {f.code for f in check_register(register_with(policy), policies)}

    assert FindingCode.RETENTION_EVENT_UNNAMED in found(unnamed)
    assert FindingCode.RETENTION_EVENT_UNNAMED not in found(named)


@pytest.mark.parametrize(
    "more",
    [
        {"trigger_text": FEES},
        {"until_further_notice": True},
        {"alternatives": [{"condition": DEATH}]},
        {"alternatives": [{"condition": DEATH, "permanent": True, "criteria": FEES}]},
        {"alternatives": [{"condition": DEATH, "retention_period": "P1Y"}]},
        {"alternatives": [UNKNOWN | {"trigger_text": FEES}]},
    ],
)
def test_what_contradicts_itself_is_refused(more: Data) -> None:
    with pytest.raises(ValidationError):
        rule(**more)


def test_a_confirmation_does_not_outlive_an_alternative() -> None:
    assert not says_the_same(rule(), rule(alternatives=[UNKNOWN]))
    assert not says_the_same(
        rule(retention_trigger="event"), rule(retention_trigger="event", trigger_text=FEES)
    )


def test_formats_that_have_only_years_destroy_nothing() -> None:
    policy = rule(alternatives=[UNKNOWN])

    assert years_of(policy) == PERMANENT
    assert not is_exact(policy)
    assert "120 vuotta" in reason_of(policy)
    assert years_of(rule()) == 12


def test_linked_data_holds_each_alternative() -> None:
    policy = rule(alternatives=[UNKNOWN, {"condition": FEES, "permanent": True}])

    duration = retention_rule(policy.key, {policy.key: policy})["dpv:hasDuration"]

    first, second = duration["seloste:alternative"]
    assert first["rdf:value"]["@value"] == "P120Y"
    assert first["seloste:countedFrom"] == "person_born"
    assert second["@type"] == "dpv:EndlessDuration"
    assert second["seloste:condition"][0]["@value"] == "maksuja ei ole"


def test_making_anonymous_is_said_and_left_to_people() -> None:
    policy = rule(retention_trigger="last_used", disposal_action="anonymise")

    assert "Then we make them anonymous." in said(policy, "en")
    with language("en"):
        steps = explain(retention_date(policy.terms(), date(2020, 1, 1)).steps)
    assert steps[-1].endswith("a person does it, not the program.")
