"""The record of processing on screen and on paper: marked as internal, and in the log."""

import io
import json

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.permissions import Actor
from app.audit.models import AuditOutbox
from app.db import db
from app.registers import queries, services
from app.retention.services import load_rules
from tests.pages.conftest import Browse

PROJECT = "kotoutumishankkeen-asiakasrekisteri"


@pytest.fixture
def address(app: Flask) -> str:
    load_rules()
    services.load()
    return f"/registers/{queries.register_id_of(PROJECT)}/versions/1/record"


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        ("fi", "ei julkaistavaksi"),
        ("sv", "inte för publicering"),
        ("en", "not for publication"),
    ],
)
def test_the_record_is_marked_as_internal_in_every_language(
    address: str, worker: Actor, browse: Browse, language: str, mark: str
) -> None:
    reader = browse(worker, language)
    page = reader.get(address)
    assert mark in page.select_one("main").get_text()
    assert [f"GDPR 30(1)({letter})" in page.get_text() for letter in "abcdefg"] == [True] * 7

    answer = reader.fetch(f"{address}.pdf?language={language}")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    for sheet in document:
        assert mark in sheet.get_textpage().get_text_range()


def test_what_is_internal_stands_in_the_record(address: str, worker: Actor, browse: Browse) -> None:
    text = browse(worker).get(address).get_text()

    assert "Kansiot lukitussa kaapissa hankkeen tiloissa" in text
    assert "Yhden henkilön varassa" in text
    assert "R13" in text


def test_the_record_as_a_file_is_logged(address: str, worker: Actor, browse: Browse) -> None:
    browse(worker).fetch(f"{address}.pdf?language=sv")

    payloads = [json.loads(p) for p in db.session.scalars(select(AuditOutbox.payload))]
    (entry,) = [p for p in payloads if p["action"] == "record.produced"]
    assert entry["details"] == {"version": 1, "language": "sv"}
