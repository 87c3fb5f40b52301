"""Registers to export: the bundled ones, and one that says everything a register can say."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.registers.definitions import RegisterDefinition, load_register, load_registers
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


@pytest.fixture(scope="session")
def documented(policies: PolicySet, tmp_path_factory: pytest.TempPathFactory) -> ExportSource:
    """The examples of docs/register-format.md, as somebody who follows it would write them."""
    folder = tmp_path_factory.mktemp("documented")
    text = (ROOT / "docs" / "register-format.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    for number, example in enumerate("---\n".join(blocks).split("---\n")):
        kind = example.partition("\n")[0].removeprefix("kind: ")
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{number:02}.yaml").write_text(example, "utf-8")
    known = PolicySet.of([*load_policies(folder / "retention_policies"), *policies])
    return source(known, *load_registers(folder / "register", policies=known))


@pytest.fixture(scope="session")
def examples() -> ExportSource:
    """Registers of other organisations, in one language or three."""
    folder = ROOT / "tests" / "definitions" / "examples"
    known = load_policies(folder / "retention_policies")
    return source(known, *load_registers(folder / "registers", policies=known))


@pytest.fixture
def silent(policies: PolicySet) -> ExportSource:
    """A register that says nothing but its name."""
    text = '{"kind":"register","schema_version":1,"key":"hiljainen","name":{"fi":"Hiljainen"}}'
    return source(policies, RegisterDefinition.from_json(text))


def source(policies: PolicySet, *definitions: RegisterDefinition) -> ExportSource:
    registers = tuple(ExportedRegister(d, 1, date(2026, 1, 1)) for d in definitions)
    return ExportSource("Esimerkkisäätiö", DAY, registers, policies.policies)
