"""The definitions that come with the program, loaded once."""

from pathlib import Path

import pytest

from app.registers.definitions import RegisterDefinition, load_register
from app.retention.policies import PolicySet, load_policies

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def policies() -> PolicySet:
    return load_policies(ROOT / "retention_policies")


@pytest.fixture(scope="session")
def foundation(policies: PolicySet) -> RegisterDefinition:
    """The client database register of the coaching foundation."""
    return load_register(ROOT / "registers" / "asiakastietokantarekisteri.yaml", policies=policies)


@pytest.fixture(scope="session")
def project(policies: PolicySet) -> RegisterDefinition:
    """The client register of the integration project."""
    path = ROOT / "registers" / "kotoutumishankkeen-asiakasrekisteri.yaml"
    return load_register(path, policies=policies)
