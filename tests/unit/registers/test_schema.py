"""The JSON Schema of definition files: it accepts what the program accepts, and no unknown key."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from app.cli.schema import schema
from app.registers.definitions import RegisterDefinition
from app.retention.definition_files import read_definition_file
from tests.fixtures.generated import definitions

ROOT = Path(__file__).resolve().parents[3]
FILES = {
    "register": sorted((ROOT / "registers").glob("*.yaml")),
    "policy": sorted((ROOT / "retention_policies").glob("*.yaml")),
}
CASES = [(kind, path) for kind, paths in FILES.items() for path in paths]


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    """Both schemas as the command prints them."""
    found = {}
    for kind in FILES:
        result = CliRunner().invoke(schema, [kind])
        assert result.exit_code == 0
        printed = json.loads(result.stdout)
        Draft202012Validator.check_schema(printed)
        found[kind] = Draft202012Validator(printed)
    return found


def content(kind: str, path: Path) -> dict[str, Any]:
    kinds = {"register": "register", "policy": "retention_policies"}
    return read_definition_file(path, [kinds[kind]]).content


@pytest.mark.parametrize(("kind", "path"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_the_bundled_files_fit(
    kind: str, path: Path, validators: dict[str, Draft202012Validator]
) -> None:
    validators[kind].validate(content(kind, path))


@pytest.mark.parametrize(("kind", "path"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_an_unknown_key_does_not_fit(
    kind: str, path: Path, validators: dict[str, Draft202012Validator]
) -> None:
    assert not validators[kind].is_valid(content(kind, path) | {"unknown": 1})


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(definition=definitions())
def test_whatever_the_program_accepts_fits(
    definition: RegisterDefinition, validators: dict[str, Draft202012Validator]
) -> None:
    validators["register"].validate(json.loads(definition.to_json()))


@pytest.mark.parametrize("special", [{"category": "health"}, [{"category": "health"}]])
def test_one_special_category_may_stand_without_a_list(
    special: Any, data: dict[str, Any], validators: dict[str, Draft202012Validator]
) -> None:
    found = copy.deepcopy(data)
    found["data_categories"][1]["special"] = special

    validators["register"].validate(found)


@pytest.mark.parametrize("period", ["10Y", "P", "PT72M", "P1W1D", "ten years"])
def test_a_bad_period_is_marked(period: str, validators: dict[str, Draft202012Validator]) -> None:
    rules = content("policy", FILES["policy"][0])
    rules["rules"][0]["retention_period"] = period

    assert not validators["policy"].is_valid(rules)


def test_fields_have_the_names_that_people_see() -> None:
    printed = json.loads(CliRunner().invoke(schema, ["register"]).stdout)

    assert printed["$schema"].endswith("2020-12/schema")
    assert (
        printed["$defs"]["Purpose"]["properties"]["legal_bases"]["title"] == "Legal bases (Art. 6)"
    )
    assert printed["additionalProperties"] is False


def test_another_kind_is_refused() -> None:
    assert CliRunner().invoke(schema, ["notice"]).exit_code == 2
