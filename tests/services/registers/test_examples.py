"""The example registers come into force, and their notices are archived and exported."""

import json
from pathlib import Path

from app.accounts.permissions import Actor
from app.db import transaction
from app.registers import editions, queries, services
from app.registers.definitions import load_registers
from app.registers.exports.losses import ExportFormat
from app.registers.services.editions import archive_notices
from app.retention.policies import load_policies
from app.retention.services import load_rules
from tests.fixtures.registers import Publish

EXAMPLES = Path(__file__).resolve().parents[2] / "definitions" / "examples"


def test_examples_are_published_archived_and_exported(publish: Publish, officer: Actor) -> None:
    rules = EXAMPLES / "retention_policies"
    load_rules(rules)
    registers = load_registers(EXAMPLES / "registers", policies=load_policies(rules))
    for register in registers:
        publish(register)
    with transaction() as session:
        for register in registers:
            version = queries.versions(queries.register_id_of(register.key))[0]
            archive_notices(session, version, officer.user_id)

    for register in registers:
        found = editions.editions_for(queries.register_id_of(register.key), editions.clock.today())
        assert found, register.key
        made = {code for code, _kind, _hash in found[0].files}
        assert made == {language.value for language in register.languages}, register.key
    for kind in ExportFormat:
        assert services.export(None, kind, language="sv").content, kind
    dpv = json.loads(services.export(None, ExportFormat.DPV, language="en").content)
    assert "Esimerkkiseura ry" in json.dumps(dpv, ensure_ascii=False)
