"""What holds for every definition that comes with the program: three languages, no real people."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from app.registers.definitions import RegisterDefinition, load_registers
from app.retention.definition_models import LocalizedText
from app.retention.policies import PolicySet, RetentionPolicy

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "registers").iterdir(), *(ROOT / "retention_policies").iterdir()])


def texts(value: object) -> Iterator[LocalizedText]:
    if isinstance(value, LocalizedText):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for member in value:
            yield from texts(member)


def test_there_are_two_registers_and_they_load_together(policies: PolicySet) -> None:
    registers = load_registers(ROOT / "registers", policies=policies)

    assert [register.key for register in registers] == [
        "asiakastietokantarekisteri",
        "kotoutumishankkeen-asiakasrekisteri",
    ]


def test_every_text_is_there_in_three_languages(
    foundation: RegisterDefinition, project: RegisterDefinition, policies: PolicySet
) -> None:
    untranslated = [
        text.fi
        for definition in (foundation, project, *policies)
        for text in texts(definition)
        if not (text.sv and text.en)
    ]

    assert untranslated == []


def test_a_stored_version_reads_back_as_the_same_definition(
    foundation: RegisterDefinition, project: RegisterDefinition, policies: PolicySet
) -> None:
    for register in (foundation, project):
        again = RegisterDefinition.from_json(register.to_json())
        assert again == register
        assert again.content_hash == register.content_hash
    for policy in policies:
        assert RetentionPolicy.from_json(policy.to_json()) == policy


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_address_or_number_of_a_real_person_is_in_a_file(path: Path) -> None:
    content = path.read_text("utf-8")

    addresses = re.findall(r"[\w.+-]+@([\w.-]+)", content)
    assert set(addresses) <= {"example.invalid"}
    assert not re.search(r"\+358|\b0[45]0[ -]?[0-9]{3}", content), "a telephone number"
    assert not re.search(r"\b[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]\b", content), "an identity code"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_says_in_its_head_what_it_is_and_why(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# ")
