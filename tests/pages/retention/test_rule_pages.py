"""The list of retention rules and the page of one rule."""

import pytest

from app.accounts.permissions import Actor
from tests.fixtures.documents import Desk, LogDocument
from tests.pages.conftest import Browse

RULE = "social-initial-interview"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_every_language(
    desk: Desk, log: LogDocument, browse: Browse, language: str
) -> None:
    log()
    reader = browse(desk.worker, language)
    reader.get("/retention-rules?order=name&certainty=to_be_confirmed&usage=used&q=a")
    reader.get(f"/retention-rules/{RULE}")


def test_the_list_leads_to_the_rule_and_the_rule_to_its_documents(
    desk: Desk, log: LogDocument, officer: Actor, browse: Browse
) -> None:
    log()
    reader = browse(officer, "en")
    row = reader.get("/retention-rules").find(id=RULE)

    assert row.select_one("td[data-label=Documents]").get_text(strip=True) == "1"
    page = reader.get(row.th.a["href"])
    documents = page.select_one("#uses td[data-label=Documents] a")["href"]
    assert "Initial interview" in reader.get(documents).get_text()
    assert page.select_one(f'#uses a[href="/registers/{desk.register_id}/versions/1"]')


def test_staff_see_the_number_without_a_list_of_others_clients(
    desk: Desk, log: LogDocument, browse: Browse
) -> None:
    log()
    cell = browse(desk.worker).get(f"/retention-rules/{RULE}").select_one("#uses .numeric:not(th)")

    assert cell.get_text(strip=True) == "1"
    assert cell.a is None


def test_an_auditor_is_not_led_to_documents(
    desk: Desk, log: LogDocument, auditor: Actor, browse: Browse
) -> None:
    log()
    page = browse(auditor).get(f"/retention-rules/{RULE}")

    assert page.select_one("#uses td[data-label] a[href^='/documents']") is None


def test_a_filter_can_be_taken_away(desk: Desk, browse: Browse) -> None:
    page = browse(desk.worker, "en").get("/retention-rules?q=interview&usage=unused")

    chips = [chip["href"] for chip in page.select(".chip")]
    assert chips == [
        "/retention-rules?usage=unused&order=key",
        "/retention-rules?q=interview&order=key",
    ]


def test_nonsense_in_the_address_does_not_restrict(desk: Desk, browse: Browse) -> None:
    reader = browse(desk.worker)
    every = len(reader.get("/retention-rules").select("tbody tr"))

    page = reader.get("/retention-rules?certainty=x&register=abc&usage=9&order=%00")

    assert len(page.select("tbody tr")) == every


def test_a_search_that_finds_nothing_says_so(desk: Desk, browse: Browse) -> None:
    page = browse(desk.worker, "en").get("/retention-rules?q=zebra")

    assert "No retention rule matches the filters" in page.get_text()


def test_an_unknown_rule_is_not_found(desk: Desk, browse: Browse) -> None:
    browse(desk.worker).get("/retention-rules/none", status=404)
