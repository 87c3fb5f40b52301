"""Pages of requests: the queue, registering, one request, each act, downloads."""

import io
import json
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from app.accounts.permissions import Actor, Role
from app.audit.models import AuditOutbox
from app.db import db
from app.requests.models import DataSubjectRequest
from app.requests.services import build_package, close, extend, hand_over, suspend
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse
from tests.services.requests.conftest import Ask

LANGUAGES = ("fi", "sv", "en")


def actions() -> list[str]:
    db.session.rollback()
    payloads = db.session.scalars(select(AuditOutbox.payload).order_by(AuditOutbox.id)).all()
    return [json.loads(payload)["action"] for payload in payloads]


def text_of(page: Any) -> str:
    return " ".join(page.select_one("main").get_text(" ").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", ["open", "due_soon", "closed", "nonsense"])
def test_an_empty_queue_says_why(browse: Browse, handler: Actor, language: str, tab: str) -> None:
    page = browse(handler, language).get(f"/requests?tab={tab}")

    assert page.select_one(".empty")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_queue_shows_the_most_urgent_first(
    browse: Browse, handler: Actor, ask: Ask, language: str
) -> None:
    late = ask(received_on=date(2026, 9, 1))
    fresh = ask(received_on=date(2026, 11, 9))
    waiting = ask(received_on=date(2026, 11, 1))
    suspend(handler, waiting.id, "identity", date(2026, 11, 2))

    page = browse(handler, language).get("/requests")
    shown = [row.select_one("th a").get_text() for row in page.select("tbody tr")]
    assert shown == [each.reference for each in (late, fresh, waiting)]
    assert "Virtanen" in text_of(page)
    assert page.select_one("tbody tr:nth-of-type(1) .tag--bad")
    assert page.select_one("tbody tr:nth-of-type(3) .tag--info")
    assert "request.listed" in actions()


def test_an_auditor_sees_the_queue_without_names(
    browse: Browse, auditor: Actor, handler: Actor, ask: Ask
) -> None:
    request = ask()

    page = browse(auditor).get("/requests")
    assert request.reference in text_of(page)
    assert "Virtanen" not in text_of(page)
    browse(auditor).get(f"/requests/{request.id}", status=403)


def test_a_handler_of_another_register_sees_nothing_of_it(
    browse: Browse, make_actor: MakeActor, other_register: int, ask: Ask
) -> None:
    request = ask()
    stranger = make_actor("toinen", Role.REQUEST_HANDLER, register_id=other_register)
    reader = browse(stranger)

    assert request.reference not in text_of(reader.get("/requests"))
    for page in ("", "/identity", "/package", "/pick-list", "/close"):
        reader.get(f"/requests/{request.id}{page}", status=403)


def test_the_client_is_found_without_anything_in_the_address(
    browse: Browse, handler: Actor, desk: Desk
) -> None:
    reader = browse(handler)
    page = reader.post("/requests/new/client", {"q": "virta"})

    (link,) = page.select("tbody a")
    assert link["href"] == f"/requests/new?client={desk.client.id}"
    assert "client.searched" in actions()
    assert "Virtanen" in text_of(reader.get(str(link["href"])))


def test_a_request_is_registered_from_the_clients_page(
    browse: Browse, handler: Actor, desk: Desk
) -> None:
    page = browse(handler).post(
        f"/requests/new?client={desk.client.id}",
        {"kind": "access", "channel": "email", "received_on": "2.11.2026", "details": "Kaikki."},
    )

    assert "2.12.2026" in text_of(page)
    assert "Kaikki." in text_of(page)
    request = db.session.scalars(select(DataSubjectRequest)).one()
    assert request.received_on == date(2026, 11, 2)


def test_what_was_typed_stays_when_the_day_is_wrong(
    browse: Browse, handler: Actor, desk: Desk
) -> None:
    page = browse(handler).post(
        f"/requests/new?client={desk.client.id}",
        {
            "kind": "erasure",
            "channel": "email",
            "received_on": "31.2.2026",
            "details": "Poistakaa.",
        },
        status=422,
    )

    assert page.select_one("input[name=received_on]")["value"] == "31.2.2026"
    assert page.select_one("input[name=kind][value=erasure]").has_attr("checked")
    assert page.select_one("textarea[name=details]").get_text(strip=True) == "Poistakaa."
    assert page.select_one(".govuk-error-summary a[href='#received_on']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_of_a_request_has_one_next_act(
    browse: Browse, handler: Actor, ask: Ask, log: LogDocument, language: str
) -> None:
    log()
    request = ask(details="Kaikki tietoni.")
    reader = browse(handler, language)
    url = f"/requests/{request.id}"

    def next_button() -> str:
        page = reader.get(url)
        plain = ".govuk-button:not(.govuk-button--secondary)"
        buttons = page.select(f"main a{plain}, main form[action^='{url}'] button{plain}")
        targets = [each.get("href") or each.find_parent("form")["action"] for each in buttons]
        assert len(targets) <= 1
        return str(targets[0]).removeprefix(url) if targets else ""

    assert next_button() == "/identity"
    reader.post(f"{url}/suspend", {"reason": "identity", "asked_on": "4.11.2026"})
    assert next_button() == "/identity"
    reader.post(f"{url}/identity", {"method": "known_in_person", "answered_on": "6.11.2026"})
    assert next_button() == "/package"
    reader.post(f"{url}/package")
    assert next_button() == "/hand-over"
    reader.post(
        f"{url}/hand-over",
        {"channel": "in_person", "handed_over_on": "9.11.2026", "proof": "Kuittaus 12"},
    )
    assert next_button() == "/close"
    reader.post(f"{url}/close", {"outcome": "answered", "closed_on": "9.11.2026"})
    assert next_button() == ""
    assert "Kuittaus 12" in text_of(reader.get(url))
    reader.get(f"{url}/package", status=404)
    assert reader.get("/requests?tab=closed").select("tbody tr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["identity", "suspend", "extend", "close"])
def test_an_empty_form_comes_back_with_its_reasons(
    browse: Browse, handler: Actor, ask: Ask, act: str, language: str
) -> None:
    request = ask()
    reader = browse(handler, language)
    reader.get(f"/requests/{request.id}/{act}")
    page = reader.post(f"/requests/{request.id}/{act}", {}, status=422)

    assert page.select(".govuk-error-summary li")


def test_the_page_explains_the_deadline_with_its_law(
    browse: Browse, handler: Actor, ask: Ask
) -> None:
    request = ask(received_on=date(2026, 10, 12))
    suspend(handler, request.id, "scope", date(2026, 10, 14))
    extend(handler, request.id, "complexity", date(2026, 11, 9))

    steps = browse(handler, "en").get(f"/requests/{request.id}").select("#deadline .step")
    sentences = " ".join(step.get_text(" ", strip=True) for step in steps)
    assert "Article 12(3)" in sentences
    assert "stopped since 14 Oct 2026" in sentences


def test_a_refused_act_is_explained_beside_its_field(
    browse: Browse, handler: Actor, ask: Ask
) -> None:
    request = ask(received_on=date(2026, 9, 1))
    page = browse(handler).post(
        f"/requests/{request.id}/close",
        {"outcome": "refused", "ground": "", "closed_on": "9.11.2026"},
        status=422,
    )
    assert page.select_one("#ground-error")

    page = browse(handler).post(
        f"/requests/{request.id}/close",
        {"outcome": "answered", "ground": "", "closed_on": "9.11.2026"},
        status=409,
    )


def test_the_package_is_a_download_that_is_logged(
    browse: Browse, handler: Actor, ask: Ask, log: LogDocument
) -> None:
    log()
    request = ask(verified=True)
    build_package(handler, request.id)

    answer = browse(handler).fetch(f"/requests/{request.id}/package")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={request.reference}.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.data) == answer.content_length
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert len(archive.namelist()) == 3
    assert actions()[-1] == "request.package_opened"


def test_the_pick_list_is_a_pdf_download(
    browse: Browse, handler: Actor, ask: Ask, log_paper: LogDocument
) -> None:
    log_paper()
    request = ask(verified=True)

    answer = browse(handler).fetch(f"/requests/{request.id}/pick-list")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data.startswith(b"%PDF")


def test_a_closed_request_offers_nothing_more(browse: Browse, handler: Actor, ask: Ask) -> None:
    request = ask(kind="rectification", verified=True)
    hand_over(handler, request.id, "suomi_fi", "Viesti", date(2026, 11, 9))
    close(handler, request.id, "answered")
    reader = browse(handler)

    assert not reader.get(f"/requests/{request.id}").select("main form, main .govuk-button")
    for act in ("identity", "suspend", "resume", "extend", "hand-over", "close"):
        reader.get(f"/requests/{request.id}/{act}", status=409)


def test_a_package_before_verification_is_refused(browse: Browse, handler: Actor, ask: Ask) -> None:
    request = ask()
    browse(handler).post(f"/requests/{request.id}/package", status=409)

    assert "request.package_built" not in actions()


def test_an_unknown_request_is_not_found(browse: Browse, handler: Actor) -> None:
    browse(handler).get("/requests/4711", status=404)
