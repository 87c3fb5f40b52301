"""The records plan: rules under the services that use them, none forgotten, and it can be read."""

from datetime import date
from pathlib import Path

import pytest

from app.accounts.permissions import Actor
from app.audit.models import AuditOutbox
from app.db import db
from app.registers.definitions import load_registers
from app.reports.records_plan import nature_of, records_plan
from app.reports.services import RULE_WRITERS, export_rules
from app.retention.exchange import Nature
from app.retention.exchange.jhs191_in import read_jhs191
from app.retention.exchange.jhs191_out import write_jhs191
from app.retention.policies import load_policies
from app.retention.services import load_rules
from app.web.problems import InputError
from tests.fixtures.registers import Publish, small_definition

POLICIES = load_policies(Path("retention_policies"))


def test_every_rule_is_handed_out_and_comes_back(
    publish: Publish, worker: Actor, tmp_path: Path
) -> None:
    load_rules()
    for definition in load_registers(Path("registers"), policies=POLICIES):
        publish(definition)

    plan = records_plan()

    path = tmp_path / "tos.xml"
    path.write_bytes(write_jhs191(plan, made_on=date(2026, 11, 26)))
    back = {policy.key: policy for policy in read_jhs191(path).policies}
    assert back == dict(POLICIES.policies)
    codes = [each.code for each in plan.classes]
    assert len(set(codes)) == len(codes)
    assert "asiakastietokantarekisteri/kuntouttava-tyotoiminta" in codes


def test_a_service_is_a_class_with_its_storage_rules(publish: Publish) -> None:
    load_rules()
    publish(small_definition("valmennus"))

    first, *_others, unused = records_plan().classes

    assert first.code == "valmennus/kuntouttava-tyotoiminta"
    assert [(record.name, record.policy.key, record.nature) for record in first.records] == [
        ("Alkuhaastattelu", "social-initial-interview", Nature.PERSONAL),
        ("Lääkärin lausunto", "social-health-statements", Nature.SPECIAL),
        ("Sopimukset", "social-agreements", Nature.PERSONAL),
        ("Sairauslomatodistus", "client-absence-certificate", Nature.SPECIAL),
    ]
    assert "esf-plus-participant-data" in {record.policy.key for record in unused.records}


def test_criminal_data_of_a_category_marks_the_documents_that_carry_it() -> None:
    definition = small_definition("valmennus")
    (category,) = definition.data_categories
    criminal = category.model_copy(update={"criminal": True, "documents": ("sopimukset",)})
    marked = definition.model_copy(update={"data_categories": (criminal,)})

    assert nature_of(marked, "sopimukset") is Nature.CRIMINAL
    assert nature_of(marked, "alkuhaastattelu") is Nature.PERSONAL


def test_without_rules_there_is_nothing_to_hand_out(publish: Publish) -> None:
    publish(small_definition("valmennus"))

    assert records_plan().classes == ()
    with pytest.raises(InputError):
        export_rules("jhs191")


@pytest.mark.parametrize("kind", list(RULE_WRITERS))
def test_handing_out_is_logged_with_its_format(publish: Publish, kind: str) -> None:
    load_rules()
    publish(small_definition("valmennus"))

    content, count = export_rules(kind)

    assert content
    assert count == len(POLICIES)
    entry = db.session.query(AuditOutbox).order_by(AuditOutbox.id.desc()).first()
    assert entry is not None
    assert '"action":"export.made"' in entry.payload
    assert f'"kind":"{kind}"' in entry.payload
