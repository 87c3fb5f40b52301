"""From a definition to a file and back: the meaning is the same, and comments stay."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.registers.definitions import RegisterDefinition, load_register
from app.registers.writing import to_yaml
from app.retention.definition_files import read_definition_file
from app.retention.definition_validation import validate
from tests.fixtures.generated import definitions

ROOT = Path(__file__).resolve().parents[3]
BUNDLED = sorted((ROOT / "registers").glob("*.yaml"))


def read_back(text: str, path: Path) -> RegisterDefinition:
    path.write_text(text, "utf-8")
    return validate(read_definition_file(path, ["register"]), RegisterDefinition)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(definition=definitions())
def test_any_definition_reads_back_as_itself(
    definition: RegisterDefinition, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.yaml"

    assert read_back(to_yaml(definition), path).to_json() == definition.to_json()


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(before=definitions(), after=definitions())
def test_any_definition_can_replace_what_a_file_said(
    before: RegisterDefinition,
    after: RegisterDefinition,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.getbasetemp() / "replaced.yaml"

    assert read_back(to_yaml(after, to_yaml(before)), path).to_json() == after.to_json()


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_what_a_file_says_already_is_written_byte_for_byte(path: Path) -> None:
    source = path.read_text("utf-8")

    assert to_yaml(load_register(path, policies=None), source) == source


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_comments_and_order_outlive_a_change(path: Path) -> None:
    source = path.read_text("utf-8")
    data = json.loads(load_register(path, policies=None).to_json())
    data["name"]["en"] = "Another name"
    data["services"].append({"key": "uusi", "name": {"fi": "Uusi palvelu"}})
    data["data_categories"] = data["data_categories"][1:]
    changed = RegisterDefinition.from_json(json.dumps(data))

    text = to_yaml(changed, source)

    # The comment before a member that goes may go with it; every other stays.
    comments = [line for line in source.splitlines() if line.lstrip().startswith("#")]
    kept = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert len(kept) >= len(comments) - 1
    assert text.startswith("\n".join(source.splitlines()[:3]))
    assert "Another name" in text
    assert "Uusi palvelu" in text


def test_keys_stand_in_the_order_of_the_format(register: RegisterDefinition) -> None:
    keys = [
        line.partition(":")[0] for line in to_yaml(register).splitlines() if line[0] not in " -"
    ]

    order = list(RegisterDefinition.model_fields)
    assert keys == sorted(keys, key=order.index)


def test_a_source_that_is_no_register_is_left_aside(register: RegisterDefinition) -> None:
    assert to_yaml(register, "- only\n- a list\n") == to_yaml(register)
    assert to_yaml(register, "kind: [") == to_yaml(register)
