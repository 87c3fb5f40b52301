"""The register on screen: matrix, findings, publication by two people, notice as page and PDF."""

import io

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app import clock
from app.accounts.permissions import Actor
from app.registers import queries, services
from app.registers.editor.places import NEW, Place, Seen
from app.registers.settling import open_serious
from app.retention.services import load_rules
from app.web.i18n import format_date
from tests.fixtures.registers import FOUNDATION
from tests.pages.conftest import Browse


@pytest.fixture
def register_id(app: Flask) -> int:
    load_rules()
    services.load()
    return queries.register_id_of(FOUNDATION)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_register_page_opens_in_every_language(
    register_id: int, worker: Actor, browse: Browse, language: str
) -> None:
    reader = browse(worker, language)
    for url in (
        "/registers",
        f"/registers/{register_id}",
        f"/registers/{register_id}/versions/1",
        f"/registers/{register_id}/versions/1/notice",
        "/retention-rules",
    ):
        reader.get(url)


def test_the_matrix_shows_medium_of_each_pair(
    register_id: int, worker: Actor, browse: Browse
) -> None:
    page = browse(worker).get(f"/registers/{register_id}/versions/1")

    row = next(
        r for r in page.select("tbody tr") if r.th.get_text(strip=True).lower() == "alkuhaastattelu"
    )
    cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
    assert len(cells) == 9
    assert "man" in cells[0]
    assert "atk" in cells[0]
    # Työvalmennus keeps the initial interview on paper only.
    assert "man" in cells[7]
    assert "atk" not in cells[7]


def test_an_unknown_register_or_version_is_not_found(
    register_id: int, worker: Actor, browse: Browse
) -> None:
    reader = browse(worker)
    reader.get("/registers/999", status=404)
    reader.get(f"/registers/{register_id}/versions/99", status=404)


def seen(page: BeautifulSoup) -> str:
    """The version that the page showed, as its form to publish says it."""
    return str(page.select_one("form [name=seen]")["value"])


def test_nobody_publishes_what_was_changed_since_it_was_read(
    register_id: int, owner: Actor, officer: Actor, browse: Browse
) -> None:
    address = f"/registers/{register_id}/versions/1"
    version = queries.versions(register_id)[0]
    services.propose(owner, version.id)
    reader = browse(officer)
    page = reader.get(address)
    number = page.select_one("#acknowledged")["value"]
    typed = {"in_force_from": format_date(clock.today()), "acknowledged": number}
    services.return_to_draft(owner, version.id)
    remark = {"key": "muutettu", "text": {"fi": "Lisätty sen jälkeen, kun versio luettiin."}}
    services.save(owner, version.id, Place("remarks", NEW), remark, Seen())
    services.propose(owner, version.id)

    for stale in (seen(page), ""):
        page = reader.post(f"{address}/publish", {**typed, "seen": stale}, status=422)
        assert page.select(".govuk-error-summary li")
    assert queries.version_in_force(register_id, clock.today()) is None
    reader.post(f"{address}/publish", {**typed, "seen": seen(page)})
    published = queries.version_in_force(register_id, clock.today())
    assert queries.definition_of(published.id).remarks[-1].key == "muutettu"


def test_two_people_publish_a_version_in_the_browser(
    register_id: int, owner: Actor, officer: Actor, browse: Browse
) -> None:
    address = f"/registers/{register_id}/versions/1"
    browse(owner).post(f"{address}/propose")
    reader, today = browse(officer), format_date(clock.today())
    page = reader.get(address)
    assert f"{owner.display_name} {today}" in page.select_one("main").get_text()
    number = page.select_one("#acknowledged")["value"]

    typed = {"in_force_from": today, "acknowledged": number, "seen": seen(page)}
    page = reader.post(f"{address}/publish", typed)

    assert "voimassa" in page.select_one("h1").get_text()
    for person in (owner, officer):
        assert f"{person.display_name} {today}" in page.select_one("main").get_text()
    assert queries.version_in_force(register_id, clock.today()) is not None


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_publishing_asks_about_open_serious_findings(
    register_id: int, owner: Actor, officer: Actor, browse: Browse, language: str
) -> None:
    address = f"/registers/{register_id}/versions/1"
    browse(owner).post(f"{address}/propose")
    serious = len(open_serious(queries.versions(register_id)[0]))
    reader = browse(officer, language)

    page = reader.get(address)
    link = page.select_one(f"form a[href='{address}/findings#error-heading']")
    assert str(serious) in link.get_text()
    assert reader.get(f"{address}/findings").select_one("#error-heading")
    box = page.select_one("#acknowledged")
    assert (box["type"], box["value"], box.get("checked")) == ("checkbox", str(serious), None)
    assert str(serious) in page.select_one("label[for=acknowledged]").get_text()

    for known in ({}, {"acknowledged": serious + 1}, {"acknowledged": "x" * 20}):
        typed = {"in_force_from": "1.2.2026", "seen": seen(page), **known}
        page = reader.post(f"{address}/publish", typed, status=422)
        assert page.select_one("#acknowledged-error")
        assert page.select_one(".govuk-error-summary a[href='#acknowledged']")
        box = page.select_one("#acknowledged")
        assert (box["value"], box.get("checked")) == (str(serious), None)
        assert page.select_one("#in_force_from")["value"] == "1.2.2026"
    assert queries.version_in_force(register_id, clock.today()) is None


def test_what_was_acknowledged_stays_so_when_the_day_is_wrong(
    register_id: int, owner: Actor, officer: Actor, browse: Browse
) -> None:
    address = f"/registers/{register_id}/versions/1"
    browse(owner).post(f"{address}/propose")
    serious = len(open_serious(queries.versions(register_id)[0]))

    typed = {"in_force_from": "31.2.2026", "acknowledged": serious}
    page = browse(officer).post(f"{address}/publish", typed, status=422)

    assert page.select_one("#acknowledged").has_attr("checked")


def test_an_impossible_day_is_refused_and_kept(
    register_id: int, owner: Actor, officer: Actor, browse: Browse
) -> None:
    address = f"/registers/{register_id}/versions/1"
    browse(owner).post(f"{address}/propose")

    page = browse(officer).post(f"{address}/publish", {"in_force_from": "31.2.2026"}, status=422)

    assert page.select_one("#in_force_from")["value"] == "31.2.2026"
    assert "31.2.2026" in page.select_one(".govuk-error-summary").get_text()
    assert queries.version_in_force(register_id, clock.today()) is None


def test_the_proposer_is_told_that_another_person_publishes(
    register_id: int, officer: Actor, browse: Browse
) -> None:
    address = f"/registers/{register_id}/versions/1"
    reader = browse(officer)
    reader.post(f"{address}/propose")

    page = reader.post(f"{address}/publish", {"in_force_from": "1.1.2026"}, status=422)

    assert page.select_one(".govuk-error-summary")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Rekisterinpitäjä"), ("sv", "Personuppgiftsansvarig"), ("en", "Controller")],
)
def test_the_notice_is_a_real_pdf_in_each_language(
    register_id: int, worker: Actor, browse: Browse, language: str, words: str
) -> None:
    answer = browse(worker).fetch(
        f"/registers/{register_id}/versions/1/notice.pdf?language={language}"
    )

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert words in text


def test_the_same_notice_has_the_same_bytes(
    register_id: int, worker: Actor, browse: Browse
) -> None:
    url = f"/registers/{register_id}/versions/1/notice.pdf?language=fi"
    reader = browse(worker)

    assert reader.fetch(url).data == reader.fetch(url).data


def test_the_page_of_a_register_leads_to_the_version_that_waits(
    register_id: int, owner: Actor, officer: Actor, browse: Browse
) -> None:
    address = f"/registers/{register_id}/versions/1"
    browse(owner).post(f"{address}/propose")

    page = browse(officer).get(f"/registers/{register_id}")

    assert page.select_one(".stack .notice a")["href"] == address
