"""Retention rules as data: what is refused, what a rule promises, how it is stored."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.calendar.periods import Period
from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.policies import PolicySet, RetentionPolicy, load_policies
from app.retention.rules import CutOff, DisposalAction
from app.retention.triggers import TRIGGER_WORDS, RetentionTrigger
from app.web.i18n import language
from tests.fixtures.retention import RULE_FILE

Refuse = Callable[[str], tuple[DefinitionProblem, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], PolicySet]:
    def load_text(text: str) -> PolicySet:
        path = tmp_path / "rules.yaml"
        path.write_text(text, "utf-8")
        with language("en"):
            return load_policies(path)

    return load_text


@pytest.fixture
def refuse(load: Callable[[str], PolicySet]) -> Refuse:
    def problems(text: str) -> tuple[DefinitionProblem, ...]:
        with pytest.raises(DefinitionError) as refused:
            load(text)
        return refused.value.problems

    return problems


def test_a_rule_is_read_with_its_types(load: Callable[[str], PolicySet]) -> None:
    policy = load(RULE_FILE).policy("statements")

    assert policy.retention_period == Period(years=10)
    assert policy.retention_trigger is RetentionTrigger.MATTER_CLOSED
    assert policy.disposal_action is DisposalAction.DESTROY
    assert policy.cut_off is CutOff.NONE
    assert policy.terms().period == Period(years=10)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "code"),
    [
        ("P10Y", "ten years", 7, "rules[0].retention_period", "bad_value"),
        ("P10Y", "P1Y2W", 7, "rules[0].retention_period", "bad_value"),
        ("P10Y", "10", 7, "rules[0].retention_period", "bad_value"),
        ("P10Y", "P9000Y", 7, "rules[0].retention_period", "bad_value"),
        (
            "action: destroy",
            "action: destroy\n    review_period: P99999Y",
            10,
            "rules[0].review_period",
            "bad_value",
        ),
        ("P10Y", "{years: 10}", 7, "rules[0].retention_period", "bad_value"),
        ("matter_closed", "matter_close", 8, "rules[0].retention_trigger", "bad_word"),
        ("destroy", "shred", 9, "rules[0].disposal_action", "bad_word"),
        ("to_be_confirmed", "sure", 12, "rules[0].mandate.certainty", "bad_word"),
        ("retention_period", "retention_perod", 7, "rules[0].retention_perod", "unknown_key"),
        ("{fi: Lausunnot}", "{sv: Utlåtanden}", 6, "rules[0].name.fi", "missing_key"),
        ("{fi: Lausunnot}", "{fi: A, de: B}", 6, "rules[0].name.de", "unknown_key"),
        ("{fi: Lausunnot}", "Lausunnot", 6, "rules[0].name", "bad_type"),
        ("{fi: Lausunnot}", "{fi: ''}", 6, "rules[0].name.fi", "bad_value"),
        ("{fi: Lausunnot}", "{fi: 12}", 6, "rules[0].name.fi", "bad_type"),
        ("key: statements", "key: Lääkärin lausunto", 5, "rules[0].key", "bad_value"),
        (
            "certainty: to_be_confirmed",
            "certainty: verified\n      confirmed_by: x",
            10,
            "rules[0].mandate",
            "bad_value",
        ),
        (
            "certainty: to_be_confirmed",
            "certainty: verified\n      confirmed_on: 2026-02-30\n      confirmed_by: x",
            13,
            "rules[0].mandate.confirmed_on",
            "bad_type",
        ),
        ("action: destroy", "action: retain_permanently", 5, "rules[0]", "bad_value"),
    ],
)
def test_a_fault_has_line_key_and_remedy(
    refuse: Refuse, old: str, new: str, *, line: int, key: str, code: str
) -> None:
    faults = refuse(RULE_FILE.replace(old, new, 1))

    assert (code, line, key) in {(p.code, p.line, p.key) for p in faults}
    assert all(p.message and p.remedy and p.file.endswith("rules.yaml") for p in faults)


def test_a_misspelt_key_gets_the_right_one_suggested(refuse: Refuse) -> None:
    (fault,) = refuse(RULE_FILE.replace("retention_period", "retention_perod"))

    assert fault.remedy == "Did you mean “retention_period”?"


def test_a_key_of_a_nested_group_is_suggested_from_that_group(refuse: Refuse) -> None:
    faults = refuse(RULE_FILE.replace("certainty:", "certanty:"))

    assert "Did you mean “certainty”?" in {fault.remedy for fault in faults}


def test_a_bad_period_is_answered_with_the_allowed_forms(refuse: Refuse) -> None:
    (fault,) = refuse(RULE_FILE.replace("P10Y", "10 years"))

    assert fault.message == "“10 years” is not a period."
    assert "P10Y" in fault.remedy


def test_all_faults_of_all_files_are_told_and_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RULE_FILE.replace("P10Y", "x").replace("destroy", "y"))
    (tmp_path / "b.yaml").write_text("kind: register\nschema_version: 1\n")
    (tmp_path / "c.yaml").write_text(RULE_FILE)

    with pytest.raises(DefinitionError) as refused:
        load_policies(tmp_path)

    assert [(Path(p.file).name, p.code) for p in refused.value.problems] == [
        ("a.yaml", "bad_value"),
        ("a.yaml", "bad_word"),
        ("b.yaml", "unknown_kind"),
    ]


def test_two_rules_with_one_key_are_refused_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RULE_FILE)
    (tmp_path / "b.yaml").write_text(RULE_FILE)

    with pytest.raises(DefinitionError) as refused:
        load_policies(tmp_path)

    (fault,) = refused.value.problems
    assert (Path(fault.file).name, fault.line, fault.key) == ("b.yaml", 5, "rules[0].key")
    assert fault.code == "duplicate_definition"


def test_a_lone_surrogate_is_refused_and_does_not_crash(refuse: Refuse) -> None:
    faults = refuse(RULE_FILE.replace("{fi: Lausunnot}", r'{fi: "\ud800"}'))

    assert faults


def test_a_period_may_be_left_open(load: Callable[[str], PolicySet]) -> None:
    policy = load(RULE_FILE.replace("    retention_period: P10Y\n", "")).policy("statements")

    assert policy.retention_period is None
    assert policy.is_period_open


def test_what_is_kept_permanently_has_no_open_period(load: Callable[[str], PolicySet]) -> None:
    text = RULE_FILE.replace("    retention_period: P10Y\n", "").replace(
        "destroy", "retain_permanently"
    )

    assert not load(text).policy("statements").is_period_open


def test_a_rule_is_settled_by_its_source_or_by_a_person(load: Callable[[str], PolicySet]) -> None:
    proposal = load(RULE_FILE).policy("statements")
    verified = load(RULE_FILE.replace("to_be_confirmed", "verified")).policy("statements")
    confirmed = load(
        RULE_FILE + "      confirmed_by: tietosuojavastaava\n      confirmed_on: 2026-03-05\n"
    ).policy("statements")

    assert not proposal.mandate.is_settled
    assert verified.mandate.is_settled
    assert confirmed.mandate.is_settled
    assert confirmed.mandate.confirmed_on == date(2026, 3, 5)


def test_the_hash_changes_with_the_content_and_not_with_its_layout(
    load: Callable[[str], PolicySet],
) -> None:
    policy = load(RULE_FILE).policy("statements")
    explicit = load(RULE_FILE.replace("    mandate:", "    cut_off: none\n    mandate:"))
    longer = load(RULE_FILE.replace("P10Y", "P11Y")).policy("statements")

    assert explicit.policy("statements").content_hash == policy.content_hash
    assert longer.content_hash != policy.content_hash
    assert len(policy.content_hash) == 64


def test_a_stored_rule_reads_back_as_it_was(load: Callable[[str], PolicySet]) -> None:
    policy = load(RULE_FILE).policy("statements")

    assert RetentionPolicy.from_json(policy.to_json()) == policy
    assert '"retention_period":"P10Y"' in policy.to_json()


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_every_trigger_has_words_in_each_language(code: str) -> None:
    with language(code):
        said = {trigger: str(TRIGGER_WORDS[trigger]) for trigger in RetentionTrigger}

    assert len(set(said.values())) == len(RetentionTrigger)
    assert code == "en" or not set(said.values()) & {str(w) for w in _english()}


def _english() -> list[str]:
    with language("en"):
        return [str(words) for words in TRIGGER_WORDS.values()]


def test_a_set_of_rules_knows_its_members(load: Callable[[str], PolicySet]) -> None:
    policies = load(RULE_FILE)

    assert "statements" in policies
    assert "unknown" not in policies
    assert len(policies) == 1
    assert [policy.key for policy in policies] == ["statements"]
    with pytest.raises(KeyError):
        policies.policy("unknown")
