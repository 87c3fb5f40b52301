"""A register of a web service or of cameras is not asked for documents that it has no use for."""

from collections.abc import Callable
from typing import Any

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


def test_a_category_kept_by_a_rule_of_its_own_has_a_period(
    data: Data, build: Build, policies: PolicySet
) -> None:
    category: Data = {"key": "loki", "name": {"fi": "Loki"}}
    data["data_categories"].append(category)
    assert FindingCode.RETENTION_MISSING in codes(build(data), policies)

    category["retention_rule"] = next(iter(policies)).key

    found = codes(build(data), policies)
    assert FindingCode.RETENTION_MISSING not in found
    # The register keeps documents, so it is still asked which of them carries the category.
    assert FindingCode.CATEGORY_WITHOUT_DOCUMENTS in found
