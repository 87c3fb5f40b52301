"""Public notices: open to everyone, the archived bytes, no cookies, nothing of drafts."""

import io
import json
import re
from hashlib import sha256

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app import clock
from app.accounts.permissions import Actor
from app.db import transaction
from app.registers import editions, queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.models import NoticeFile
from app.retention.services import load_rules
from tests.fixtures.registers import FOUNDATION, Publish, publish_knowingly, small_definition
from tests.pages.conftest import check_html

PROJECT = "kotoutumishankkeen-asiakasrekisteri"


@pytest.fixture
def stranger(app: Flask, owner: Actor, officer: Actor) -> FlaskClient:
    """Somebody who has not signed in, when one of two registers is published."""
    load_rules()
    services.load()
    (draft,) = queries.versions(queries.register_id_of(FOUNDATION))
    services.propose(owner, draft.id)
    publish_knowingly(officer, draft.id, clock.today())
    return app.test_client()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_public_pages_are_whole_in_every_language(stranger: FlaskClient, language: str) -> None:
    for url in ("/notices/", f"/notices/{FOUNDATION}/"):
        answer = stranger.get(f"{url}?language={language}")
        assert answer.status_code == 200
        check_html(answer.text, language)
    answer = stranger.get(f"/notices/{FOUNDATION}/1/{language}.html")
    check_html(answer.text, language)


def test_an_archived_notice_goes_out_byte_for_byte(stranger: FlaskClient) -> None:
    for suffix, kind in (("html", "text/html"), ("pdf", "application/pdf")):
        url = f"/notices/{FOUNDATION}/1/fi.{suffix}"
        stored = editions.edition_file(FOUNDATION, 1, "fi", kind)
        digest = stored.sha256
        answer = stranger.get(url)

        assert answer.mimetype == kind
        assert sha256(answer.data).hexdigest() == digest
        assert answer.headers["ETag"] == f'"{digest}"'
        again = stranger.get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_a_visit_leaves_no_cookie_and_may_be_cached(stranger: FlaskClient) -> None:
    for url in (
        "/notices/",
        f"/notices/{FOUNDATION}/index.html",
        f"/notices/{FOUNDATION}/1/fi.html",
        "/notices/notice.css",
    ):
        answer = stranger.get(url)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "public" in answer.headers["Cache-Control"]


def test_drafts_are_not_seen(stranger: FlaskClient) -> None:
    assert PROJECT not in stranger.get("/notices/").text
    missing = stranger.get(f"/notices/{PROJECT}/")
    assert missing.status_code == 404
    assert missing.headers["Cache-Control"] == "no-store"
    assert stranger.get(f"/notices/{PROJECT}/1/fi.html").status_code == 404
    assert stranger.get(f"/notices/{FOUNDATION}/2/fi.html").status_code == 404
    assert stranger.get(f"/notices/{FOUNDATION}/1/de.html").status_code == 404


def test_a_tampered_notice_is_refused(stranger: FlaskClient) -> None:
    with transaction() as session:
        session.execute(update(NoticeFile).values(content=b"<h1>Muuta</h1>"))

    answer = stranger.get(f"/notices/{FOUNDATION}/1/fi.html")

    assert answer.status_code == 500
    assert "Muuta" not in answer.text


def test_the_notice_holds_nothing_internal(stranger: FlaskClient) -> None:
    text = stranger.get(f"/notices/{FOUNDATION}/1/fi.html").text
    definition = queries.current_definition(queries.register_id_of(FOUNDATION))
    assert definition.staff_instructions is not None
    internal = [
        definition.staff_instructions.fi,
        *(remark.text.fi for remark in definition.remarks),
        *(category.gap.fi for category in definition.data_categories if category.gap),
    ]
    assert not [words for words in internal if words in text]


def test_the_pdf_says_what_the_page_says(stranger: FlaskClient) -> None:
    answer = stranger.get(f"/notices/{FOUNDATION}/1/en.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert "Who is responsible for your data?" in text
    assert "Where can you complain?" in text


def test_headings_follow_the_languages_in_which_there_are_notices(
    app: Flask, publish: Publish
) -> None:
    content = small_definition("kor").model_dump(mode="json", exclude_none=True)
    publish(RegisterDefinition.from_json(json.dumps(content | {"languages": ["sv"]})))
    services.make_missing_editions()
    reader = app.test_client()

    for address in (
        "/notices/",
        "/notices/?language=fi",
        "/notices/kor/",
        "/notices/kor/?language=en",
    ):
        text = reader.get(address, headers={"Accept-Language": "fi"}).text
        check_html(text, "sv")
        assert "<nav" not in text

    publish(RegisterDefinition.from_json(json.dumps(content | {"languages": ["sv", "en"]})))
    services.make_missing_editions()
    for asked, accepted, language in (
        ("?language=en", "sv", "en"),
        ("?language=fi", "en", "en"),
        ("", "fi, en;q=0.5", "en"),
        ("", "fi", "sv"),
    ):
        for page in ("/notices/", "/notices/kor/"):
            text = reader.get(f"{page}{asked}", headers={"Accept-Language": accepted}).text
            check_html(text, language)
            links = set(re.findall(r'<a href="(\?language=..)"', text))
            assert links == {"?language=sv", "?language=en"}
