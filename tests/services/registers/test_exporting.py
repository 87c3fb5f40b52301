"""Who may export which registers, in which version, and what the log says of it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.events import Event
from app.audit.models import AuditOutbox
from app.db import db
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.exports.losses import ExportFormat
from app.web.problems import NotFound
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import Publish, small_definition


def recorded(event: Event) -> list[dict[str, Any]]:
    db.session.rollback()  # The entry was written on a connection of its own.
    rows = [
        json.loads(row.payload) for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)
    ]
    return [row for row in rows if row["action"] == event.action]


def test_the_version_in_force_leaves_and_the_log_says_so(
    published_register: tuple[int, RegisterDefinition], publish: Publish, officer: Actor
) -> None:
    register_id, definition = published_register
    publish(definition, clock.today() + timedelta(days=30))

    file = services.export(officer, ExportFormat.CSV, language="sv", register_id=register_id)

    text = file.content.decode("utf-8-sig")
    assert "Registret valmennus" in text
    assert '"1"' in text.splitlines()[1]
    assert file.name.startswith("valmennus-")
    assert file.name.endswith("-sv.csv")
    (entry,) = recorded(Event.EXPORT_MADE)
    assert entry["details"] == {"kind": "registers_csv", "shown": []}
    assert entry["register"] == register_id
    assert entry["object"] == "register_version"


def test_a_covered_register_leaves_with_what_is_stated_for_both(
    publish: Publish, officer: Actor
) -> None:
    content = small_definition("kerho").model_dump(mode="json", exclude_defaults=True)
    controllers = [{"key": "yhdistys", "name": {"fi": "Kerhoyhdistys ry"}}]
    shared = {"notice": {"covers": ["verkkosivut"]}, "controllers": controllers}
    publish(RegisterDefinition.from_json(json.dumps(content | shared)))
    site = small_definition("verkkosivut").model_dump(mode="json", exclude_defaults=True)
    site.pop("controllers", None)
    publish(RegisterDefinition.from_json(json.dumps(site)))
    register_id = queries.register_id_of("verkkosivut")

    file = services.export(officer, ExportFormat.CSV, language="fi", register_id=register_id)

    assert "Kerhoyhdistys ry" in file.content.decode("utf-8-sig")


def test_another_version_can_be_asked_for(
    published_register: tuple[int, RegisterDefinition], publish: Publish, officer: Actor
) -> None:
    register_id, definition = published_register
    publish(definition, clock.today() + timedelta(days=30))

    file = services.export(
        officer, ExportFormat.CSV, language="en", register_id=register_id, number=2
    )

    assert '"2"' in file.content.decode("utf-8-sig").splitlines()[1]
    with pytest.raises(NotFound):
        services.export(officer, ExportFormat.CSV, language="en", register_id=register_id, number=3)


def test_all_means_those_that_are_open_to_the_person(
    published_register: tuple[int, RegisterDefinition], other_register: int, make_actor: MakeActor
) -> None:
    owner = make_actor("yksi", Role.REGISTER_OWNER, register_id=other_register)

    text = services.export(owner, ExportFormat.CSV, language="fi").content.decode("utf-8-sig")

    assert "Rekisteri kotoutus" in text
    assert "Rekisteri valmennus" not in text
    with pytest.raises(NotPermitted):
        services.export(owner, ExportFormat.CSV, language="fi", register_id=published_register[0])


def test_staff_may_not_export(
    published_register: tuple[int, RegisterDefinition], worker: Actor
) -> None:
    with pytest.raises(NotPermitted):
        services.export(worker, ExportFormat.CSV, language="fi", register_id=published_register[0])
    with pytest.raises(NotFound):
        services.export(worker, ExportFormat.CSV, language="fi")
    assert recorded(Event.EXPORT_MADE) == []


def test_without_a_version_in_force_nothing_leaves(publish: Publish, officer: Actor) -> None:
    publish(small_definition("tuleva"), clock.today() + timedelta(days=1))

    with pytest.raises(NotFound):
        services.export(officer, ExportFormat.WORKBOOK, language="fi")
