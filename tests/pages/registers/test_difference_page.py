"""What changes, shown before a version is published."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import clock
from app.accounts.permissions import Actor
from app.db import db, transaction
from app.registers import queries, services
from app.retention.services import load_rules
from app.web.i18n import format_date
from tests.fixtures.registers import publish_knowingly
from tests.pages.conftest import Browse

TEXT = """\
kind: register
schema_version: 1
key: kerho
name: {fi: Kerho, sv: Klubb, en: Club}
disclosures: []
"""
POLICE = "disclosures:\n  - key: poliisi\n    recipient: {fi: Poliisi, sv: Polisen, en: Police}\n"


@pytest.fixture
def register_id(app: Flask, officer: Actor, owner: Actor, tmp_path: Path) -> int:
    """A register with a version in force and a draft that adds a recipient."""
    load_rules()
    path = tmp_path / "kerho.yaml"
    path.write_text(TEXT, "utf-8")
    services.load([path])
    register_id = queries.register_id_of("kerho")
    (first,) = queries.versions(register_id)
    with transaction():
        services.propose(owner, first.id)
        publish_knowingly(officer, first.id, clock.today())
    path.write_text(TEXT.replace("disclosures: []\n", POLICE), "utf-8")
    services.load([path])
    db.session.commit()
    return register_id


@pytest.fixture
def coming(register_id: int, owner: Actor, officer: Actor) -> date:
    """The draft is published, and begins on this day."""
    draft, day = queries.versions(register_id)[0], clock.today() + timedelta(days=30)
    services.propose(owner, draft.id)
    publish_knowingly(officer, draft.id, day)
    return day


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Uutta: vastaanottaja ”Poliisi”"),
        ("sv", "Nytt: mottagare ”Polisen”"),
        ("en", "New: recipient “Police”"),
    ],
)
def test_a_draft_says_what_it_changes_for_whom(
    register_id: int, worker: Actor, browse: Browse, language: str, sentence: str
) -> None:
    page = browse(worker, language).get(f"/registers/{register_id}/versions/2/difference")

    assert sentence in page.get_text(" ", strip=True)


def test_the_version_page_counts_what_concerns_clients(
    register_id: int, worker: Actor, browse: Browse
) -> None:
    page = browse(worker, "en").get(f"/registers/{register_id}/versions/2")

    assert "1 change concerns clients" in page.get_text(" ", strip=True)


def test_the_first_version_is_new_as_a_whole(
    register_id: int, worker: Actor, browse: Browse
) -> None:
    page = browse(worker, "en").get(f"/registers/{register_id}/versions/1/difference?from=77")

    assert "What changes" in page.h1.get_text()


def test_a_first_version_is_not_compared_with_what_came_after_it(
    register_id: int, worker: Actor, browse: Browse
) -> None:
    page = browse(worker, "en").get(f"/registers/{register_id}/versions/1/difference")

    assert "This is the first version" in page.select_one(".lead").get_text()


def test_a_draft_is_compared_with_the_version_to_come_that_it_follows(
    register_id: int, coming: date, owner: Actor, officer: Actor, browse: Browse
) -> None:
    services.open_draft(owner, register_id)
    reader, address = browse(officer, "en"), f"/registers/{register_id}/versions"

    page = reader.get(f"{address}/3/difference")
    assert "From version 2 to version 3" in page.select_one(".lead").get_text()
    assert [link.get_text() for link in page.select("main .links a")] == ["Version 1"]
    assert not reader.get(f"{address}/3").find(string=re.compile("concerns? clients"))
    assert format_date(coming) in reader.get(f"{address}/2").select_one(".lead").get_text()


def test_the_day_offered_for_publishing_is_one_that_is_accepted(
    register_id: int, coming: date, owner: Actor, officer: Actor, browse: Browse
) -> None:
    services.propose(owner, services.open_draft(owner, register_id).id)

    page = browse(officer).get(f"/registers/{register_id}/versions/3")

    assert page.select_one("#in_force_from")["value"] == format_date(coming)
