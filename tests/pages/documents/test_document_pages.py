"""Pages of clients and documents: the form follows the register, and the date explains itself."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.permissions import Actor
from app.db import db
from app.documents.models import Document, Item
from app.documents.services import end_episode
from app.registers.definitions import RegisterDefinition
from tests.fixtures.documents import REHABILITATIVE, Desk, LogDocument, MakeLocation, pdf
from tests.fixtures.registers import Publish, small_definition
from tests.pages.conftest import Browse, Reader
from tests.pages.documents.helpers import file_part, form_url, logged, text_of


def test_the_clients_page_shows_documents_services_and_what_happened(
    desk: Desk, page: Reader, log: LogDocument, log_paper: LogDocument
) -> None:
    log(note="vain kirjattu")
    log_paper("laakarin-lausunto")

    shown = page.get(f"/clients/{desk.client.id}")

    text = text_of(shown.select_one("main"))
    assert "Virtanen, Aino-Testi" in text
    # A title stays in the history of a browser: the name is not in it.
    assert text_of(shown.select_one("title")) == f"Asiakas {desk.client.number} – Seloste"
    assert "Alkuhaastattelu" in text
    assert "Lääkärin lausunto arkaluonteinen" in text
    assert "10 vuotta" in text
    assert "kello ei ole alkanut" in text
    assert "Kuntouttava työtoiminta" in text
    assert "2 asiakirjaa" in text
    assert shown.select_one("ol.timeline")
    assert f'"client":{desk.client.id}' in logged("client.viewed")[-1]


def test_an_empty_client_is_told_what_to_do_first(desk: Desk, page: Reader) -> None:
    shown = page.get(f"/clients/{desk.client.id}")

    assert shown.select_one(f'.empty a[href="/clients/{desk.client.id}/documents/new"]')


def test_the_first_step_offers_what_the_register_lets_the_service_keep(
    desk: Desk, page: Reader, subsidised_episode: int
) -> None:
    shown = page.get(f"/clients/{desk.client.id}/documents/new")

    offered = {link["href"] for link in shown.select("main table a")}
    assert form_url(desk) in offered
    assert form_url(desk, "sairauslomatodistus", subsidised_episode) in offered
    assert form_url(desk, "suostumukset") not in offered


@pytest.mark.parametrize(
    ("type_key", "names"),
    [
        (
            "alkuhaastattelu",
            {"dated_on", "media", "upload", "location_id", "holder_id", "sheets", "note"},
        ),
        ("laakarin-lausunto", {"dated_on", "location_id", "holder_id", "sheets", "note"}),
    ],
)
def test_the_form_has_only_what_the_register_allows(
    desk: Desk, page: Reader, type_key: str, names: set[str]
) -> None:
    shown = page.get(form_url(desk, type_key))

    fields = shown.select("main form input[name], main form select, main form textarea")
    assert {field["name"] for field in fields} - {"csrf_token"} == names


def test_the_form_of_what_is_only_shown_has_its_days_and_nothing_else(
    desk: Desk, page: Reader, subsidised_episode: int
) -> None:
    url = form_url(desk, "sairauslomatodistus", subsidised_episode)
    shown = page.get(url)

    names = {field["name"] for field in shown.select("main form input[name]")}
    assert names - {"csrf_token"} == {"dated_on", "presented_from", "presented_until"}
    after = page.post(
        url,
        {"dated_on": "23.3.2026", "presented_from": "9.3.2026", "presented_until": "20.3.2026"},
    )
    assert "9.3.2026–20.3.2026" in text_of(after)
    assert "ei tallenneta" in text_of(after)


@pytest.mark.parametrize("type_key", ["loppulausunto", "suostumukset", "", "../x"])
def test_a_type_that_is_not_allowed_leads_back_to_the_choice(
    desk: Desk, page: Reader, type_key: str
) -> None:
    shown = page.get(form_url(desk, type_key))

    assert not shown.select("main form input[name=dated_on]")


def test_a_document_is_logged_with_its_file_and_its_paper(
    desk: Desk, page: Reader, make_location: MakeLocation
) -> None:
    cabinet = make_location()

    after = page.post(
        form_url(desk),
        {
            "dated_on": "14.1.2026",
            "media": ["atk", "man"],
            "upload": file_part(),
            "location_id": str(cabinet.id),
            "sheets": "4",
            "note": "Täydennetään",
        },
    )

    assert "Kirjattu: Alkuhaastattelu." in text_of(after)
    document = db.session.scalars(select(Document)).one()
    assert document.dated_on == date(2026, 1, 14)
    items = db.session.scalars(select(Item).order_by(Item.medium)).all()
    assert [(item.medium, item.location_id, item.sheets) for item in items] == [
        ("atk", None, None),
        ("man", cabinet.id, 4),
    ]


def test_save_and_next_leads_to_the_next_document_of_the_client(desk: Desk, page: Reader) -> None:
    answer = page.send(
        form_url(desk, "sopimukset"),
        {"dated_on": "14.1.2026", "holder_id": "y", "then": "next"},
    )

    assert (answer.status_code, answer.location) == (
        303,
        f"/clients/{desk.client.id}/documents/new",
    )


def test_a_bad_form_comes_back_with_what_was_typed_and_why(desk: Desk, page: Reader) -> None:
    shown = page.post(
        form_url(desk),
        {
            "dated_on": "31.2.2026",
            "media": ["atk", "man"],
            "sheets": "4",
            "note": "Täydennetään",
        },
        status=422,
    )

    assert shown.select_one(".govuk-error-summary")
    assert shown.select_one("#dated_on")["value"] == "31.2.2026"
    assert shown.select_one("#sheets")["value"] == "4"
    assert text_of(shown.select_one("#note")) == "Täydennetään"
    assert len(shown.select("input[name=media][checked]")) == 2
    assert db.session.scalars(select(Document)).all() == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 but not really", "haastattelu.pdf"),
        (b"<html><script>alert(1)</script>", "haastattelu.pdf"),
        (b"", "haastattelu.pdf"),
        (b"MZ", "ohjelma.exe"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(
    desk: Desk, page: Reader, content: bytes, name: str
) -> None:
    shown = page.post(
        form_url(desk),
        {"dated_on": "14.1.2026", "media": "atk", "upload": file_part(content, name)},
        status=422,
    )

    assert shown.select_one("#upload-error")


def test_a_file_above_the_limit_is_refused(app: Flask, desk: Desk, page: Reader) -> None:
    small = app.config["SELOSTE"].model_copy(update={"max_upload_bytes": 100_000})
    app.config.update(SELOSTE=small, MAX_CONTENT_LENGTH=200_000)
    form = {"dated_on": "14.1.2026", "media": "atk"}

    shown = page.post(
        form_url(desk), {**form, "upload": file_part(pdf() + b"\0" * 100_000)}, status=422
    )
    assert shown.select_one("#upload-error")
    page.post(form_url(desk), {**form, "upload": file_part(pdf() + b"\0" * 200_000)}, status=413)


def test_the_documents_page_explains_its_date(
    desk: Desk, page: Reader, browse: Browse, officer: Actor, log: LogDocument
) -> None:
    document = log(note="Täydennetään")
    waiting = page.get(f"/documents/{document.id}")
    assert "kello ei ole alkanut" in text_of(waiting.select_one("#kept"))
    end_episode(desk.worker, desk.episode_id, date(2026, 6, 30))

    shown = browse(officer).get(f"/documents/{document.id}")

    kept = shown.select_one("#kept")
    assert text_of(kept.select_one("h2")) == "Säilytetään 30.6.2036 asti"
    steps = [text_of(step.select_one("strong")) for step in kept.select("li")]
    assert steps == ["Sääntö", "Käynnistäjä", "Laskettu", "Esteet"]
    assert "vahvistettava" in text_of(kept)
    assert "30.6.2026 + 10 vuotta = 30.6.2036" in text_of(kept)
    assert "Täydennetään" in text_of(shown)
    assert f'"object_id":{document.id}' in logged("document.viewed")[-1]


def test_a_download_is_an_attachment_and_logged(desk: Desk, page: Reader, log: LogDocument) -> None:
    log()
    item = db.session.scalars(select(Item)).one()

    answer = page.fetch(f"/items/{item.id}/content")

    assert answer.status_code == 200
    assert answer.data == pdf()
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=haastattelu.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(logged("item.opened")) == 1


@pytest.mark.parametrize(
    "name", ['a"b\r\nX-Evil: 1.pdf', "../../x.pdf", "työ\u202efdp.pdf", "nolla\0.pdf", "<b>.pdf"]
)
def test_a_hostile_name_harms_neither_header_nor_page(
    desk: Desk, page: Reader, log: LogDocument, name: str
) -> None:
    page.post(
        form_url(desk), {"dated_on": "14.1.2026", "media": "atk", "upload": file_part(name=name)}
    )
    item = db.session.scalars(select(Item)).one()

    answer = page.fetch(f"/items/{item.id}/content")
    page.get(f"/documents/{item.document_id}")

    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert "X-Evil" not in answer.headers
    assert not {"\r", "\n", "/", "\\", "\u202e", "\0"} & set(disposition)


def test_the_list_is_filtered_by_the_address(
    desk: Desk, page: Reader, log: LogDocument, log_paper: LogDocument, make_location: MakeLocation
) -> None:
    log()
    cabinet = make_location()
    log_paper("sopimukset", holder_id=None, location_id=cabinet.id)

    def titles(query: str) -> list[str]:
        return [text_of(link) for link in page.get(f"/documents{query}").select("main th a")]

    assert titles("") == ["Sopimukset", "Alkuhaastattelu"]
    assert titles("?type=sopimukset") == ["Sopimukset"]
    assert titles(f"?location={cabinet.id}") == ["Sopimukset"]
    assert titles(f"?register={desk.register_id}&service={REHABILITATIVE}&state=waiting") == [
        "Sopimukset",
        "Alkuhaastattelu",
    ]
    assert titles("?due_before=1.1.2030") == []
    assert titles("?state=nonsense&type=%00") == ["Sopimukset", "Alkuhaastattelu"]
    chips = page.get("/documents?type=sopimukset&state=waiting").select("a.chip")
    assert [chip["href"] for chip in chips] == [
        "/documents?state=waiting",
        "/documents?type=sopimukset",
    ]
    shown = logged("document.listed")[0]
    assert f'"shown":[{desk.client.id}]' in shown


def test_the_list_can_be_filtered_by_what_the_register_has_no_more(
    desk: Desk, page: Reader, log: LogDocument, publish: Publish
) -> None:
    log()
    content = json.loads(small_definition("valmennus").to_json())
    gone = {"services": REHABILITATIVE, "document_types": "laakarin-lausunto"}
    rules = content["storage_rules"]
    content["storage_rules"] = [each for each in rules if each["service"] != REHABILITATIVE]
    for part, key in gone.items():
        content[part] = [each for each in content[part] if each["key"] != key]
    content["document_types"] += [
        {"key": "haastattelut", "name": {"fi": "Haastattelut"}, "merged_into": "alkuhaastattelu"},
        {"key": "uusi", "name": {"fi": "Uusi"}},
    ]
    publish(RegisterDefinition.from_json(json.dumps(content)))

    shown = page.get(f"/documents?service={REHABILITATIVE}")

    assert [text_of(link) for link in shown.select("main th a")] == ["Alkuhaastattelu"]
    offered = {option["value"] for option in shown.select("select option")}
    assert {*gone.values(), "uusi"} <= offered
    assert "haastattelut" not in offered


@pytest.mark.parametrize(
    "query",
    ["?register=x", "?location=x", "?before=x", "?before=99999999999999999999", "?due_before=nyt"],
)
def test_a_mistyped_address_is_no_error(desk: Desk, page: Reader, query: str) -> None:
    page.get(f"/documents{query}")


def test_a_service_is_ended_and_the_clocks_start(
    desk: Desk, page: Reader, log: LogDocument
) -> None:
    document = log()
    url = f"/episodes/{desk.episode_id}/end"
    assert "1 asiakkaan asiakirja odottaa" in text_of(page.get(url))

    shown = page.post(url, {"ended_on": "1.1.2999"}, status=422)
    assert shown.select_one("#ended_on-error")
    page.post(url, {"ended_on": "20.11.2026"})

    db.session.refresh(document)
    assert document.trigger_on == date(2026, 11, 20)
    page.get(url, status=409)


def test_after_an_end_long_ago_the_worker_is_not_asked_why_the_page_opens(
    desk: Desk, page: Reader
) -> None:
    answer = page.send(f"/episodes/{desk.episode_id}/end", {"ended_on": "20.1.2026"})

    assert answer.location == "/clients"
    assert "päätettiin" in text_of(page.get("/clients"))


def test_a_register_that_names_nothing_for_the_service_says_so(
    desk: Desk, page: Reader, publish: Any, published_register: tuple[int, RegisterDefinition]
) -> None:
    _id, definition = published_register
    publish(definition.model_copy(update={"storage_rules": ()}), date(2026, 10, 1))

    shown = page.get(f"/clients/{desk.client.id}/documents/new")

    assert "ei nimeä" in text_of(shown)
