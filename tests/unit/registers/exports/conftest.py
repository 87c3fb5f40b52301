"""Registers to export: the bundled ones, and one that says everything a register can say."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.registers.definitions import RegisterDefinition, load_register
from app.registers.exports.source import ExportedRegister, ExportSource
from app.retention.policies import PolicySet, load_policies
from app.web.i18n import language

ROOT = Path(__file__).resolve().parents[4]
DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with language("en"):
        yield


@pytest.fixture(scope="session")
def policies() -> PolicySet:
    return load_policies(ROOT / "retention_policies")


@pytest.fixture(scope="session")
def bundled(policies: PolicySet) -> ExportSource:
    names = ("asiakastietokantarekisteri", "kotoutumishankkeen-asiakasrekisteri")
    definitions = [
        load_register(ROOT / "registers" / f"{n}.yaml", policies=policies) for n in names
    ]
    return source(policies, *definitions)


@pytest.fixture(scope="session")
def full(policies: PolicySet) -> ExportSource:
    """A register with a member in every list; its names look like formulas."""
    return source(policies, load_register(Path(__file__).with_name("full.yaml"), policies=policies))


@pytest.fixture(scope="session")
def for_others(policies: PolicySet) -> ExportSource:
    """A register that the organisation keeps on behalf of a municipality."""
    path = Path(__file__).with_name("for_others.yaml")
    return source(policies, load_register(path, policies=policies))


@pytest.fixture
def silent(policies: PolicySet) -> ExportSource:
    """A register that says nothing but its name."""
    text = '{"kind":"register","schema_version":1,"key":"hiljainen","name":{"fi":"Hiljainen"}}'
    return source(policies, RegisterDefinition.from_json(text))


def source(policies: PolicySet, *definitions: RegisterDefinition) -> ExportSource:
    registers = tuple(ExportedRegister(d, 1, date(2026, 1, 1)) for d in definitions)
    return ExportSource("Esimerkkisäätiö", DAY, registers, policies.policies)
