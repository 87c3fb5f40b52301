"""A notice given is recorded on the client's pages; the list of who must be told is logged."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor
from app.audit.models import AuditOutbox
from app.clients.models import Client
from app.clients.services import give_notice
from app.db import db
from app.registers import editions
from app.registers.services import make_missing_editions
from app.web.i18n import format_date
from tests.fixtures.clients import MakeClient
from tests.pages.conftest import Browse


@pytest.fixture
def client(
    app: Flask, published_register: tuple[int, object], worker: Actor, make_client: MakeClient
) -> Client:
    make_missing_editions()
    return make_client(worker, published_register[0], worker=worker)


def test_the_desk_says_how_many_have_to_be_told_and_where(
    client: Client, officer: Actor, worker: Actor, browse: Browse
) -> None:
    address = f"/registers/{client.register_id}/notice-recipients"
    reader = browse(officer)

    card = reader.get("/").select_one(f".stat a[href='{address}']")
    assert card.find_parent(class_="stat").select_one(".stat__number").get_text(strip=True) == "1"
    assert reader.get("/registers").select_one(f"td a[href='{address}']")
    (edition,) = editions.editions(client.register_id)
    give_notice(worker, client.id, edition.id, "fi", "letter", clock.today())
    assert not reader.get("/").select(f"a[href='{address}']")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_notice_is_recorded_and_then_shown(
    client: Client, worker: Actor, browse: Browse, language: str
) -> None:
    reader = browse(worker, language)
    address = f"/clients/{client.id}/notices"
    (edition,) = editions.editions(client.register_id)
    before = reader.get(f"/registers/{client.register_id}/notice-recipients")
    assert "Virtanen" in before.get_text()

    page = reader.post(
        address,
        {
            "edition": edition.id,
            "language": "sv",
            "channel": "letter",
            "given_on": f"{clock.today():%d.%m.%Y}",
        },
    )

    assert page.select_one("td span[lang=sv]") is not None
    assert format_date(clock.today()) in reader.get(f"/clients/{client.id}").get_text()
    after = reader.get(f"/registers/{client.register_id}/notice-recipients")
    assert "Virtanen" not in after.get_text()


def test_a_refused_day_is_kept_beside_its_message(
    client: Client, worker: Actor, browse: Browse
) -> None:
    (edition,) = editions.editions(client.register_id)
    page = browse(worker).post(
        f"/clients/{client.id}/notices",
        {"edition": edition.id, "language": "fi", "channel": "oral", "given_on": "1.1.1999"},
        status=422,
    )

    assert page.select_one("#given_on")["value"] == "1.1.1999"
    assert "1.1.2020" in page.select_one(".govuk-error-summary").get_text()
    assert page.select_one("input[name=channel][checked]")["value"] == "oral"


def test_the_list_says_in_the_log_whom_it_showed(
    client: Client, officer: Actor, browse: Browse
) -> None:
    browse(officer).get(f"/registers/{client.register_id}/notice-recipients")

    payloads = [json.loads(p) for p in db.session.scalars(select(AuditOutbox.payload))]
    (entry,) = [p for p in payloads if p["action"] == "notice.recipients_listed"]
    assert entry["details"] == {"shown": [client.id]}


def test_an_auditor_does_not_see_the_list(client: Client, auditor: Actor, browse: Browse) -> None:
    browse(auditor).get(f"/registers/{client.register_id}/notice-recipients", status=403)


def test_a_register_without_clients_is_not_said_to_have_told_them(
    app: Flask, published_register: tuple[int, object], officer: Actor, browse: Browse
) -> None:
    make_missing_editions()

    page = browse(officer, "en").get(f"/registers/{published_register[0]}/notice-recipients")

    assert "This register has no clients in the program." in page.get_text()
    assert "All clients in a service have been given" not in page.get_text()
