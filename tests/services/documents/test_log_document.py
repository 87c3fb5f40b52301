"""Logging a document: the register drives it, the date explains itself, failures leave nothing."""

import json
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.models import AuditOutbox
from app.clients.models import Consent
from app.clients.queries import ReasonNeeded
from app.clients.services import open_outside_caseload, withdraw_consent
from app.crypto import key_store
from app.db import db, transaction
from app.documents.models import CustodyEvent, Document, Item
from app.documents.queries import document_page
from app.documents.services import end_episode, log_document, open_item
from app.registers.definitions import RegisterDefinition
from app.web.i18n import language
from app.web.problems import InputError, NotFound
from tests.fixtures.documents import Desk, LogDocument, MakeLocation, pdf, upload
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import small_definition


def test_a_file_is_stored_encrypted_under_a_key_of_its_own(
    app: Flask, desk: Desk, log: LogDocument
) -> None:
    document = log(upload=upload(pdf("salainen tieto")))

    item = db.session.scalars(select(Item)).one()
    assert item.document_id == document.id
    assert item.key_id is not None
    assert key_store().exists(item.key_id)
    assert item.key_id != desk.client.key_id
    files = [path for path in app.config["SELOSTE"].files_path.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert b"salainen" not in files[0].read_bytes()
    name, media_type, pieces = open_item(desk.worker, item.id)
    assert (name, media_type) == ("haastattelu.pdf", "application/pdf")
    assert b"".join(pieces) == pdf("salainen tieto")


def test_both_media_are_one_document_with_two_items(
    desk: Desk, log: LogDocument, make_location: MakeLocation
) -> None:
    cabinet = make_location()
    document = log(media={"atk", "man"}, location_id=cabinet.id, sheets=4)

    items = db.session.scalars(select(Item).order_by(Item.medium)).all()
    assert [(item.medium, item.document_id) for item in items] == [
        ("atk", document.id),
        ("man", document.id),
    ]
    assert (items[1].location_id, items[1].sheets) == (cabinet.id, 4)
    assert db.session.scalars(select(CustodyEvent)).one().kind == "received"


def test_logging_is_written_to_the_log_with_the_act(desk: Desk, log: LogDocument) -> None:
    document = log()

    newest = select(AuditOutbox.payload).order_by(AuditOutbox.id.desc())
    payload = db.session.scalars(newest).first()
    assert payload is not None
    assert '"action":"document.logged"' in payload
    assert f'"object_id":{document.id}' in payload
    assert '"document_type":"alkuhaastattelu"' in payload


def test_the_date_waits_for_the_end_of_the_episode(desk: Desk, log: LogDocument) -> None:
    document = log()

    assert document.retention_rule_version_id is not None
    assert (document.trigger_on, document.last_kept_on, document.disposable_from) == (None,) * 3
    with language("en"):
        view = document_page(desk.worker, document.id)
    assert view.explanation.heading == "Kept for 10 years, from: closing of the matter"
    assert [step.name for step in view.explanation.steps] == [
        "Rule",
        "Trigger",
        "Sum",
        "Obstacles",
    ]
    assert view.explanation.steps[0].tag == ("warn", "to be confirmed")


def test_a_type_the_register_does_not_name_is_refused(log: LogDocument) -> None:
    with pytest.raises(InputError) as refused:
        log("loppulausunto")

    assert refused.value.field == "document_type_key"


def test_a_type_of_another_service_is_refused(log: LogDocument) -> None:
    with pytest.raises(InputError) as refused:
        log("suostumukset", media={"man"})

    assert refused.value.field == "document_type_key"


def test_a_medium_the_register_does_not_allow_is_refused(log: LogDocument) -> None:
    with pytest.raises(InputError) as refused:
        log("laakarin-lausunto", media={"atk"})

    assert refused.value.field == "media"


def test_the_version_in_force_decides_and_stays_with_the_document(
    desk: Desk, log: LogDocument, publish: Callable[..., int]
) -> None:
    first = log()
    content = small_definition("valmennus").model_dump(mode="json")
    content["storage_rules"] = [
        rule for rule in content["storage_rules"] if rule["document_type"] != "alkuhaastattelu"
    ]
    publish(RegisterDefinition.model_validate_json(json.dumps(content)), clock.today())

    with pytest.raises(InputError) as refused:
        log()

    assert refused.value.field == "document_type_key"
    assert document_page(desk.worker, first.id).row.version == 1


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"media": set()}, "media"),
        ({"upload": None}, "upload"),
        ({"media": {"man"}}, "location_id"),
        ({"media": {"man"}, "location_id": 4711}, "location_id"),
        ({"media": {"man"}, "holder_id": 4711}, "holder_id"),
        ({"media": {"atk"}, "sheets": 2}, "media"),
        ({"dated_on": date(2999, 1, 1)}, "dated_on"),
        ({"note": "x" * 501}, "note"),
        ({"presented_from": date(2026, 3, 1)}, "presented_from"),
    ],
)
def test_what_does_not_hold_together_is_refused_by_field(
    log: LogDocument, details: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        log(**details)

    assert refused.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Document)) == 0


def test_a_number_of_sheets_is_at_least_one(desk: Desk, log_paper: LogDocument) -> None:
    with pytest.raises(InputError) as refused:
        log_paper(sheets=0)

    assert refused.value.field == "sheets"


def test_a_location_of_another_register_is_refused(
    log: LogDocument, make_location: MakeLocation, other_register: int
) -> None:
    foreign = make_location("Toinen kaappi", register_id=other_register)

    with pytest.raises(InputError) as refused:
        log(media={"man"}, location_id=foreign.id)

    assert refused.value.field == "location_id"


def test_what_is_only_shown_leaves_its_duration_and_nothing_else(
    desk: Desk, log: LogDocument, subsidised_episode: int
) -> None:
    document = log(
        "sairauslomatodistus",
        episode_id=subsidised_episode,
        media=set(),
        presented_from=date(2026, 3, 9),
        presented_until=date(2026, 3, 20),
    )

    assert (document.presented_from, document.presented_until) == (
        date(2026, 3, 9),
        date(2026, 3, 20),
    )
    assert db.session.scalar(select(func.count()).select_from(Item)) == 0
    assert document_page(desk.worker, document.id).row.kept.state == "not_stored"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"media": {"atk"}, "upload": upload()}, "upload"),
        ({"media": {"man"}, "holder_id": 1}, "upload"),
        ({"note": "flunssa"}, "upload"),
        ({"presented_from": None}, "presented_from"),
        ({"presented_until": None}, "presented_until"),
        ({"presented_until": date(2026, 3, 1)}, "presented_until"),
    ],
)
def test_a_document_that_is_only_shown_is_not_kept_in_any_way(
    log: LogDocument, subsidised_episode: int, details: dict[str, object], field: str
) -> None:
    given = {
        "media": set(),
        "presented_from": date(2026, 3, 9),
        "presented_until": date(2026, 3, 20),
        **details,
    }

    with pytest.raises(InputError) as refused:
        log("sairauslomatodistus", episode_id=subsidised_episode, **given)

    assert refused.value.field == field


def test_nothing_more_is_collected_after_the_consent_is_withdrawn(
    desk: Desk, log: LogDocument, consented_episode: int
) -> None:
    log(episode_id=consented_episode)
    consent = db.session.scalars(select(Consent)).one()
    withdraw_consent(desk.worker, consent.id, clock.today())

    with pytest.raises(InputError) as refused:
        log(episode_id=consented_episode)

    assert refused.value.field is None


def test_only_staff_of_the_register_may_log(
    desk: Desk, log: LogDocument, officer: Actor, make_actor: MakeActor, other_register: int
) -> None:
    elsewhere = make_actor("muualla", Role.STAFF, register_id=other_register)

    for actor in (officer, elsewhere):
        with pytest.raises(NotPermitted):
            log(actor=actor)


def test_another_workers_client_needs_a_reason_first(
    desk: Desk, log: LogDocument, colleague: Actor
) -> None:
    with pytest.raises(ReasonNeeded):
        log(actor=colleague)

    open_outside_caseload(colleague, desk.client.id, "Sijaistan ohjaajaa tänään")
    assert log(actor=colleague).logged_by_id == colleague.user_id


def test_an_unknown_episode_is_not_found(desk: Desk, log: LogDocument) -> None:
    with pytest.raises(NotFound):
        log(episode_id=4711)


def test_the_note_is_sealed_and_read_again(desk: Desk, log: LogDocument) -> None:
    document = log(note="  Täydennetään keväällä ")

    assert document.note_sealed is not None
    assert "Täydennetään".encode() not in document.note_sealed
    assert document_page(desk.worker, document.id).note == "Täydennetään keväällä"


def test_the_note_has_a_key_of_its_own_and_goes_with_it(desk: Desk, log: LogDocument) -> None:
    document, other = log(note="ensimmäinen"), log(note="toinen")
    assert document.note_key_id is not None

    key_store().destroy(document.note_key_id)

    assert document_page(desk.worker, document.id).note is None
    assert document_page(desk.worker, other.id).note == "toinen"
    assert key_store().exists(desk.client.key_id)


def test_no_document_is_older_than_its_client(log: LogDocument) -> None:
    with pytest.raises(InputError) as refused:
        log(dated_on=date(1979, 12, 31))

    assert refused.value.field == "dated_on"
    assert log(dated_on=date(1980, 1, 1)).dated_on == date(1980, 1, 1)


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (date(1026, 3, 9), date(2026, 3, 20), "presented_from"),
        (date(2026, 3, 9), date(9026, 3, 20), "presented_until"),
    ],
)
def test_what_is_shown_lies_between_birth_and_a_year_ahead(
    log: LogDocument, subsidised_episode: int, since: date, until: date, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        log(
            "sairauslomatodistus",
            episode_id=subsidised_episode,
            media=set(),
            presented_from=since,
            presented_until=until,
        )

    assert refused.value.field == field


def test_a_document_logged_beside_the_end_of_its_episode_has_its_clock_started(
    app: Flask, desk: Desk, log: LogDocument
) -> None:
    """The end is committed while the other act has read the episode and waits for it."""
    db.session.commit()
    locked, ended_on = threading.Event(), clock.today()

    def end() -> None:
        with app.app_context(), transaction():
            end_episode(desk.worker, desk.episode_id, ended_on)
            locked.set()
            time.sleep(0.5)

    ending = threading.Thread(target=end)
    ending.start()
    locked.wait(10)
    document = log()
    ending.join()

    assert document.trigger_on == ended_on


def test_a_document_of_an_ended_episode_has_its_date_at_once(desk: Desk, log: LogDocument) -> None:
    ended_on = clock.today() - timedelta(days=1)
    end_episode(desk.worker, desk.episode_id, ended_on)
    document = log()

    assert document.trigger_on == ended_on
    assert document.last_kept_on is not None
    assert document.last_kept_on.year == ended_on.year + 10


def test_log_document_takes_strings_or_enumerated_media(desk: Desk) -> None:
    document = log_document(
        desk.worker,
        episode_id=desk.episode_id,
        document_type_key="alkuhaastattelu",
        media=["atk"],
        dated_on=clock.today(),
        upload=upload(),
    )

    assert [item.medium for item in db.session.scalars(select(Item))] == ["atk"]
    assert document.service_key == "kuntouttava-tyotoiminta"
