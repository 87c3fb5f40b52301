"""Every field of a register is in each file, or is one of those that the format is said to lose."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.consistency import faults
from app.registers.exports.csv_file import csv_file
from app.registers.exports.dpv import dpv_file
from app.registers.exports.source import ExportSource
from app.registers.exports.tables import all_tables
from app.retention.policies import PolicySet
from app.web.i18n import LANGUAGES
from tests.unit.registers.exports.conftest import source

Path = tuple[str | int, ...]


def workbook_cells(full: ExportSource) -> bytes:
    return repr([table.rows for table in all_tables(full)]).encode()


FORMATS: dict[str, Callable[[ExportSource], bytes]] = {
    "workbook": workbook_cells,
    "csv": csv_file,
    "dpv": dpv_file,
}
# What `exports/losses.py` and docs/exports.md name, field by field.
NO_PART_OF_A_RECORD = {
    "direct_marketing",
    "direct_marketing.disclosed_outside",
    "direct_marketing.own",
    "direct_marketing.prohibited_purposes",
    "direct_marketing.statutes",
    "document_types.notes",
    "document_types.role",
    "notice.informing",
    "printed_fields",
    "remarks",
    "services.consent_required",
    "services.notes",
    "services.number",
    "services.section",
    "staff_instructions",
    "version",
    "version.label",
}
IN_THE_WORKBOOK = {
    "data_categories.gap",
    "data_categories.identity_code",
    "data_categories.master_data",
    "data_categories.media",
    "data_categories.number",
    "disclosures.channel",
    "disclosures.consent_form",
    "disclosures.delivered_by",
    "disclosures.services",
    "document_types.sensitivity",
    "processors.business_id",
    "processors.contact",
    "processors.contract",
    "processors.contract_on",
    "processors.task",
    "safeguards.key_holders",
    "safeguards.single_person",
    "sources.channel",
    "sources.data_subject",
    "sources.public",
    "storage_rules.add_on",
    "storage_rules.notes",
    "storage_rules.presentation_only.hidden",
    "storage_rules.presentation_only.holder",
    "transfers.items.copy_from",
    "transfers.items.country_code",
}
NOTICE = {"notice", "notice.introduction"}
LOST = {
    "workbook": NO_PART_OF_A_RECORD | NOTICE,
    "csv": NO_PART_OF_A_RECORD | NOTICE | IN_THE_WORKBOOK,
    "dpv": NO_PART_OF_A_RECORD
    | {"data_categories.master_data", "data_categories.number", "storage_rules.notes"},
}


# What the register of the other tests does not say.
MORE: dict[str, Any] = {
    "version": {"label": "3", "adopted_on": "2025-01-01"},
    "statutes": [{"name": {"fi": "Yleislaki"}, "number": "9/2019", "section": "7 §"}],
    "automated_decisions": {"made": True, "profiling": True, "text": {"fi": "Kone pisteyttää"}},
    "direct_marketing": {
        "disclosed_outside": False,
        "prohibited_purposes": [{"key": "tutkimus", "name": {"fi": "Markkinatutkimus"}}],
        "statutes": [{"name": {"fi": "Markkinointilaki"}}],
        "own": {"about": {"fi": "Kurssit"}, "channels": ["email"], "permission": "written"},
    },
    "notice": {"introduction": {"fi": "Hyvä asiakas"}, "informing": {"fi": "Kerromme tavatessa"}},
    "staff_instructions": {"fi": "Lukitse kaappi"},
    "printed_fields": [{"number": "1", "heading": "Rekisterinpitäjä"}],
    "remarks": [{"key": "huomio", "text": {"fi": "Selvitettävä"}}],
}
IN_MEMBERS: dict[tuple[str, int], dict[str, Any]] = {
    ("processors", 0): {"business_id": "0000000-0"},
    ("purposes", 0): {"data_subjects": ["asiakkaat", "laheiset"]},
    ("data_categories", 0): {"gap": {"fi": "Vanhat tunnukset"}},
    ("services", 0): {
        "number": "4",
        "section": "8.4",
        "notes": {"fi": "Uusi palvelu"},
        "consent_required": True,
        "consent_text": {"fi": "Suostun"},
    },
    ("document_types", 0): {"notes": {"fi": "Kaksi sivua"}, "role": "consent"},
    ("storage_rules", 0): {"add_on": True, "notes": {"fi": "Alkuperäinen"}},
}


def fields(value: Any, path: Path = ()) -> Iterator[Path]:
    """The place of every field, those of members of lists as well; a text counts as one field."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield (*path, key)
            if not (isinstance(member, dict) and set(member) <= set(LANGUAGES)):
                yield from fields(member, (*path, key))
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from fields(member, (*path, number))


@pytest.fixture(scope="module")
def telling(full: ExportSource) -> dict[str, Any]:
    """A register that says everything, as plain data."""
    content: dict[str, Any] = json.loads(full.registers[0].definition.to_json()) | MORE
    for (part, number), more in IN_MEMBERS.items():
        content[part][number] |= more
    return content


def name_of(path: Path) -> str:
    """disclosures.statute.number"""
    return ".".join(part for part in path if isinstance(part, str))


def without(content: dict[str, Any], path: Path) -> dict[str, Any]:
    left = copy.deepcopy(content)
    place: Any = left
    for part in path[:-1]:
        place = place[part]
    del place[path[-1]]
    return left


@pytest.mark.parametrize("kind", FORMATS)
def test_a_field_that_goes_changes_the_file(
    kind: str, telling: dict[str, Any], policies: PolicySet
) -> None:
    make = FORMATS[kind]
    definition = RegisterDefinition.from_json(json.dumps(telling))
    known = {"retention_rules": {policy.key for policy in policies}}
    whole = make(source(policies, definition))
    told: set[str] = set()
    untold: set[str] = set()
    for path in fields(telling):
        try:
            left = RegisterDefinition.from_json(json.dumps(without(telling, path)))
        except ValueError:
            continue  # The field is needed.
        if faults(left, known) or left == definition:
            continue
        (told if make(source(policies, left)) != whole else untold).add(name_of(path))

    assert sorted(untold - told) == sorted(LOST[kind])
