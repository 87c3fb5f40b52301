"""helerm's attributes as JSON, out and in."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.calendar.periods import Period
from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.exchange import Nature, Plan
from app.retention.exchange.codes import ATTRIBUTES, PERSONAL_DATA, PUBLICITY
from app.retention.exchange.helerm_in import read_helerm
from app.retention.exchange.helerm_out import write_helerm
from app.retention.policies import Certainty, RetentionPolicy, load_policies
from app.retention.rules import DisposalAction
from app.retention.triggers import RetentionTrigger
from tests.unit.retention.exchange.strategies import plan_of, plans, policies_of_any_field

BUNDLED = tuple(load_policies(Path("retention_policies")))
HELERM: dict[str, Any] = {
    "RecordType": "sopimus",
    "PublicityClass": "Julkinen",
    "PersonalData": "Sisältää henkilötietoja",
    "SocialSecurityNumber": "Ei sisällä henkilötunnusta",
    "RetentionPeriod": "10",
    "RetentionPeriodStart": "Asian lopullinen ratkaisu",
    "RetentionReason": "Työsopimuslaki",
}


def keep(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "helerm.json"
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> tuple[DefinitionProblem, ...]:
    with pytest.raises(DefinitionError) as caught:
        read_helerm(path)
    return caught.value.problems


def attributes_in(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, list):
        return [found for part in content for found in attributes_in(part)]
    if not isinstance(content, dict):
        return []
    own = [content["attributes"]] if "attributes" in content else []
    return own + [found for part in content.values() for found in attributes_in(part)]


def test_the_bundled_rules_come_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(write_helerm(plan_of(*BUNDLED)))

    assert read_helerm(path).policies == BUNDLED


@given(plan=plans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_rules_come_back_the_same(tmp_path: Path, plan: Plan) -> None:
    (only,) = plan.classes
    path = tmp_path / "out.json"
    path.write_bytes(write_helerm(plan))

    assert read_helerm(path).policies == tuple(
        {each.policy.key: each.policy for each in only.records}.values()
    )


@given(policy=policies_of_any_field())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_field_of_a_rule_is_lost(tmp_path: Path, policy: RetentionPolicy) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(write_helerm(plan_of(policy)))

    assert read_helerm(path).policies == (policy,)


@pytest.mark.parametrize("helsinki", [False, True])
def test_names_and_values_are_those_of_helerm(*, helsinki: bool) -> None:
    content = json.loads(write_helerm(plan_of(*BUNDLED, nature=Nature.CRIMINAL), helsinki=helsinki))

    found = attributes_in(content)
    assert len(found) > len(BUNDLED)
    for each in found:
        assert each.keys() <= ATTRIBUTES
        assert all(isinstance(value, str) for value in each.values())
        if "RetentionPeriod" not in each:
            continue
        assert each["PublicityClass"] in PUBLICITY.values()
        assert each["PersonalData"] == PERSONAL_DATA[5 if helsinki else 3]
        assert int(each["RetentionPeriod"]) >= -1
        # helerm allows no start of counting with permanent retention.
        assert ("RetentionPeriodStart" in each) == (each["RetentionPeriod"] != "-1")


@pytest.mark.parametrize(
    "content",
    [
        HELERM,
        [HELERM, HELERM],
        {"attributes": HELERM},
        {"results": [{"phases": [{"actions": [{"records": [{"attributes": HELERM}]}]}]}]},
    ],
)
def test_attributes_are_found_wherever_they_stand(tmp_path: Path, content: object) -> None:
    (rule,) = read_helerm(keep(tmp_path, content)).policies

    assert rule.key == "sopimus"
    assert rule.retention_period == Period(years=10)
    assert rule.retention_trigger is RetentionTrigger.MATTER_CLOSED
    assert rule.disposal_action is DisposalAction.DESTROY
    assert rule.mandate.citation.fi == "Työsopimuslaki"
    assert rule.mandate.certainty is Certainty.TO_BE_CONFIRMED


def test_a_function_is_a_rule_only_without_records(tmp_path: Path) -> None:
    function = {"attributes": HELERM | {"RecordType": "asia"}, "phases": []}
    (alone,) = read_helerm(keep(tmp_path, function)).policies
    (below,) = read_helerm(keep(tmp_path, function | {"phases": [{"attributes": HELERM}]})).policies

    assert (alone.key, below.key) == ("asia", "sopimus")


def test_values_with_remarks_in_brackets_are_understood(tmp_path: Path) -> None:
    told = HELERM | {
        "RetentionPeriod": "-1 (säilytetään pysyvästi)",
        "PublicityClass": "Ei-julkinen (usein sisäinen asiakirja)",
    }
    incoming = read_helerm(keep(tmp_path, told))

    assert incoming.policies[0].disposal_action is DisposalAction.RETAIN_PERMANENTLY
    assert [remark.key for remark in incoming.remarks] == ["RetentionPeriodStart"]


def test_an_unknown_attribute_is_remarked_with_the_nearest(tmp_path: Path) -> None:
    (remark,) = read_helerm(keep(tmp_path, HELERM | {"RetentionReasn": "x"})).remarks

    assert "RetentionReason" in remark.remedy
    assert remark.line == 9


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("RetentionPeriod", "10,5"),
        ("RetentionPeriod", "-2"),
        ("RetentionPeriod", ["10"]),
        ("RetentionPeriod", True),
        ("PublicityClass", "Salainen"),
        ("PersonalData", "Ehkä"),
        ("SocialSecurityNumber", {"a": "b"}),
    ],
)
def test_a_value_that_helerm_does_not_know_is_refused(
    tmp_path: Path, key: str, value: object
) -> None:
    problems = refused(keep(tmp_path, [HELERM, HELERM | {key: value}]))

    line = list(HELERM).index(key) + 3 + len(HELERM) + 2
    assert {(problem.key, problem.line) for problem in problems} == {(key, line)}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"a":' * 50_000, "not_json"),
        ("9" * 10_000, "not_json"),
        ("[]", "wrong_format"),
        ('{"a": 1}', "wrong_format"),
        ("null", "wrong_format"),
    ],
)
def test_a_strange_file_is_refused(tmp_path: Path, content: str, code: str) -> None:
    (problem,) = refused(keep(tmp_path, content))

    assert problem.code == code
