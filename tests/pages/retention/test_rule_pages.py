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


def test_an_officer_confirms_a_rule(desk: Desk, officer: Actor, browse: Browse) -> None:
    reader = browse(officer, "en")
    page = reader.get(f"/retention-rules/{RULE}")
    address = page.find("a", string="Confirm the rule")["href"]
    form = reader.get(address)
    assert form.select_one("#confirmed_by")["value"] == "data protection officer"

    page = reader.post(
        address,
        {
            "seen": form.select_one("[name=seen]")["value"],
            "source": "Finlex 703/2023",
            "confirmed_by": "data protection officer",
            "confirmed_on": "15.1.2026",
        },
    )

    authority = page.select_one("#authority").get_text(" ", strip=True)
    assert "Finlex 703/2023" in authority
    assert f"data protection officer ({officer.display_name})" in authority
    assert "confirmed 15 Jan 2026" in page.h1.get_text()


def test_a_rule_that_has_changed_meanwhile_keeps_what_was_typed(
    desk: Desk, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer, "en")
    address = f"/retention-rules/{RULE}/confirm"
    typed = {"source": "Finlex", "confirmed_by": "DPO", "confirmed_on": "15.1.2026"}
    reader.post(address, {**typed, "seen": "1"})

    page = reader.post(address, {**typed, "source": "Another", "seen": "1"}, status=422)

    assert "version 2 is shown now" in page.select_one(".govuk-error-summary").get_text()
    assert page.select_one("#source").get_text(strip=True) == "Another"
    assert page.select_one("[name=seen]")["value"] == "2"


def test_a_day_to_come_and_a_missing_source_are_refused_and_kept(
    desk: Desk, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer, "en")
    address = f"/retention-rules/{RULE}/confirm"
    typed = {"seen": "1", "source": "", "confirmed_by": "DPO", "confirmed_on": "1.1.2100"}

    page = reader.post(address, typed, status=422)
    assert page.select_one("#source-error")
    page = reader.post(address, {**typed, "source": "Finlex"}, status=422)

    assert page.select_one("#confirmed_on-error")
    assert page.select_one("#confirmed_on")["value"] == "1.1.2100"
    reader.post(address, {**typed, "source": "x", "seen": "abc"}, status=422)


def test_others_are_not_offered_to_confirm(desk: Desk, browse: Browse) -> None:
    reader = browse(desk.worker, "en")

    page = reader.get(f"/retention-rules/{RULE}")

    assert page.find("a", string="Confirm the rule") is None
    reader.get(f"/retention-rules/{RULE}/confirm", status=403)
