"""A register of a web service or of cameras is not asked for documents that it has no use for."""

from collections.abc import Callable
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.findings import FindingCode, check_register
from app.retention.policies import PolicySet

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]


def codes(register: RegisterDefinition, policies: PolicySet) -> set[FindingCode]:
    return {finding.code for finding in check_register(register, policies)}


def test_a_category_needs_no_document_where_there_are_none(
    data: Data, build: Build, policies: PolicySet
) -> None:
    for part in ("services", "document_types", "storage_rules"):
        data[part] = []
    data["data_categories"] = [{"key": "tilit", "name": {"fi": "Käyttäjätilit"}}]

    found = codes(build(data), policies)

    assert FindingCode.CATEGORY_WITHOUT_DOCUMENTS not in found
    assert FindingCode.RETENTION_MISSING in found


@pytest.mark.parametrize("period", ["retention_rule", "retention"])
def test_a_category_with_a_period_of_its_own_is_data_in_a_system(
    data: Data, build: Build, policies: PolicySet, period: str
) -> None:
    """GDPR Art. 30(1)(c) and (f) ask for categories and their periods, not for documents."""
    category: Data = {"key": "loki", "name": {"fi": "Loki"}}
    data["data_categories"].append(category)
    asked = {FindingCode.RETENTION_MISSING, FindingCode.CATEGORY_WITHOUT_DOCUMENTS}
    assert asked <= codes(build(data), policies)

    rule = next(iter(policies)).key
    category[period] = rule if period == "retention_rule" else {"fi": "6 kuukautta"}

    assert not asked & codes(build(data), policies)
