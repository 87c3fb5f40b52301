"""Changing a rule in the browser: type, see what follows, propose; another person decides."""

import re
from datetime import date

import pytest

from app.accounts.permissions import Actor
from app.calendar.periods import Period
from app.retention.explain import example
from app.retention.queries import open_proposals, versions_of_rule
from app.web.i18n import language
from tests.fixtures.documents import Desk, LogDocument
from tests.pages.conftest import Browse
from tests.pages.forms import typed
from tests.pages.retention.helpers import ADDRESS, RULE, propose


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_pages_open_in_every_language(
    desk: Desk, log: LogDocument, officer: Actor, second: Actor, browse: Browse, code: str
) -> None:
    log()
    reader = browse(officer, code)
    reader.get("/retention-rules/proposals/new")
    propose(reader, **{"period-years": "12"})
    (waiting,) = open_proposals(RULE)
    address = f"/retention-rules/proposals/{waiting.row.id}"
    reader.get(f"{address}/withdraw")
    reader.get("/retention-rules")
    other = browse(second, code)
    other.get(address)
    other.get(f"{address}/reject")
    other.get(ADDRESS)
    other.post(f"{address}/reject", {"decision_reason": "Ei vielä"})
    other.get(f"/retention-rules/{RULE}")


def test_a_change_is_shown_proposed_and_approved_by_another(
    desk: Desk, log: LogDocument, officer: Actor, second: Actor, browse: Browse
) -> None:
    log()
    reader = browse(officer, "en")
    form = reader.get(ADDRESS)

    shown = reader.post(
        ADDRESS,
        typed(form, **{"period-years": "12", "reason": "New act", "example_on": "31.8.2026"}),
    )

    effect = shown.select_one("#effect").get_text(" ", strip=True)
    assert re.search(r"Period\s+10 years\s+12 years", effect)
    example = shown.select_one("#example").get_text(" ", strip=True)
    assert "31 Aug 2036" in example
    assert "31 Aug 2038" in example
    governs = shown.select_one("#governs").get_text(" ", strip=True)
    assert "1 document is kept under this rule now" in governs
    assert "keep the version that was in force when they were logged" in governs
    assert not open_proposals()

    page = reader.post(ADDRESS, typed(shown, propose="yes"))
    assert "Another person decides on it" in page.get_text()
    assert page.find("button", string="Approve the change") is None
    (waiting,) = open_proposals(RULE)

    other = browse(second, "en")
    rule = other.get("/retention-rules").select_one("#waiting a")["href"]
    page = other.get(rule)
    assert "New act" in page.get_text()
    page = other.post(f"/retention-rules/proposals/{waiting.row.id}/approve")

    assert str(versions_of_rule(RULE)[0].policy.retention_period) == "P12Y"
    versions = page.select_one("#versions").get_text(" ", strip=True)
    assert "proposed by Tietosuoja, approved by Toinen" in versions
    assert "1 document follows another version" in versions


def test_what_was_not_seen_is_not_proposed(desk: Desk, officer: Actor, browse: Browse) -> None:
    """The effect is shown before anything is proposed, also when it was typed anew since."""
    reader = browse(officer, "en")
    form = reader.get(ADDRESS)
    wanted = {"period-years": "12", "reason": "New act", "propose": "yes"}

    shown = reader.post(ADDRESS, typed(form, **wanted))
    assert "12 years" in shown.select_one("#effect").get_text()
    again = reader.post(ADDRESS, typed(shown, propose="yes", **{"period-years": "13"}))

    assert "13 years" in again.select_one("#effect").get_text()
    assert not open_proposals()


def test_the_example_has_the_sentences_of_the_explanation(
    desk: Desk, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer, "en")
    wanted = {"period-years": "12", "reason": "x", "example_on": "29.2.2024", "cut_off": "none"}

    shown = reader.post(ADDRESS, typed(reader.get(ADDRESS), **wanted))

    with language("en"):
        period = versions_of_rule(RULE)[0].policy
        terms = period.model_copy(update={"retention_period": Period(years=12)}).terms()
        sentences = example(terms, date(2024, 2, 29))
    assert [li.get_text() for li in shown.select("#example ol")[-1].select("li")] == sentences


def test_the_second_of_two_is_told_and_keeps_what_was_typed(
    desk: Desk, officer: Actor, archivist: Actor, second: Actor, browse: Browse
) -> None:
    one, two = browse(officer, "en"), browse(archivist, "en")
    shown = two.post(ADDRESS, typed(two.get(ADDRESS), **{"period-years": "15", "reason": "Mine"}))
    propose(one, **{"period-years": "12"})

    refused = two.post(ADDRESS, typed(shown, propose="yes"), status=422)

    summary = refused.select_one(".govuk-error-summary").get_text()
    assert "Tietosuoja has proposed a change" in summary
    assert refused.select_one("#reason").get_text(strip=True) == "Mine"
    assert refused.select_one("#period-years")["value"] == "15"
    (waiting,) = open_proposals(RULE)
    browse(second).post(f"/retention-rules/proposals/{waiting.row.id}/approve")

    told = two.post(ADDRESS, typed(refused, propose="yes"), status=422)
    assert "version 2 is the last one now" in told.select_one(".govuk-error-summary").get_text()
    assert "12 years" in told.select_one("#effect").get_text()
    page = two.post(ADDRESS, typed(told, propose="yes"))
    assert "waits for approval" in page.get_text()
    assert str(open_proposals(RULE)[0].policy.retention_period) == "P15Y"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"name_fi": "", "name_sv": "", "name_en": " "}, "name_fi"),
        ({"citation_fi": "", "citation_sv": "", "citation_en": ""}, "citation_fi"),
        ({"period-years": "ten"}, "period-years"),
        ({"period-years": "", "period-months": "", "period-days": ""}, "period-years"),
        ({"period-years": "9999"}, "period-years"),
        ({"period-weeks": "2"}, "period-weeks"),
        ({"action": "retain_permanently"}, "action"),
        ({"length": "criteria"}, "criteria_fi"),
        ({"event_sv": "en händelse"}, "event_fi"),
        ({"length": "none", "is_minimum": "y"}, "is_minimum"),
        ({"code": "x1"}, "code"),
        ({"name_sv": "x" * 4001}, "name_sv"),
        ({"source": "x" * 4001}, "source"),
        ({"in_force_from": "1.1.2020"}, None),
        ({"in_force_from": "40.1.2027"}, "in_force_from"),
        ({"example_on": ""}, "example_on"),
        ({"trigger": "moonrise"}, "trigger"),
    ],
)
def test_what_breaks_a_rule_is_said_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, officer: Actor, browse: Browse, changes: dict[str, str], field: str | None
) -> None:
    reader = browse(officer, "en")
    wanted = {"reason": "New act", "notes_en": "Kept words", "period-years": "12", **changes}
    seen = reader.post(
        ADDRESS, typed(reader.get(ADDRESS), **wanted), status=200 if field is None else 422
    )
    if field is None:
        seen = reader.post(ADDRESS, typed(seen, propose="yes"), status=422)
        field = "in_force_from"

    assert seen.select_one(f"#{field}-error"), seen.select_one(".govuk-error-summary")
    assert seen.select_one("#notes_en").get_text(strip=True) == "Kept words"
    assert seen.select_one(".govuk-error-summary a")["href"].startswith(f"#{field}")
    assert not open_proposals()


def test_a_new_rule_is_proposed_and_approved(
    desk: Desk, archivist: Actor, officer: Actor, browse: Browse
) -> None:
    reader = browse(archivist, "en")
    address = "/retention-rules/proposals/new"
    form = reader.get(address)
    wanted = {
        "key": "brand-new",
        "name_fi": "Uusi",
        "length": "until_further_notice",
        "trigger": "event",
        "action": "review",
        "citation_fi": "Päätös 1/2026",
        "reason": "Uusi tehtävä",
    }
    bad = reader.post(address, typed(form, **{**wanted, "key": "Not a key"}), status=422)
    assert bad.select_one("#key-error")
    taken = reader.post(address, typed(form, **{**wanted, "key": RULE}))
    taken = reader.post(address, typed(taken, propose="yes"), status=422)
    assert taken.select_one("#key-error")

    page = reader.post(address, typed(reader.post(address, typed(form, **wanted)), propose="yes"))

    assert "A proposed new rule" in page.get_text()
    (waiting,) = open_proposals("brand-new")
    other = browse(officer, "en")
    assert "brand-new" not in str(other.get("/retention-rules").select("tbody tr[id]"))
    other.post(f"/retention-rules/proposals/{waiting.row.id}/approve")
    other.get("/retention-rules/brand-new")


def test_a_rejected_change_is_proposed_again_from_its_page(
    desk: Desk, officer: Actor, second: Actor, browse: Browse
) -> None:
    reader, other = browse(officer, "en"), browse(second, "en")
    propose(reader, **{"period-years": "12"})
    (waiting,) = open_proposals(RULE)
    address = f"/retention-rules/proposals/{waiting.row.id}"
    other.post(f"{address}/reject", {"decision_reason": ""}, status=422)
    other.post(f"{address}/reject", {"decision_reason": "Not yet"})

    page = reader.get(address)
    assert "Not yet" in page.get_text()
    form = reader.get(page.find("a", string="Propose it again")["href"])

    assert form.select_one("#period-years")["value"] == "12"
    assert form.select_one("#reason").get_text(strip=True) == "Laki muuttui"


def test_an_own_proposal_is_withdrawn_and_not_approved(
    desk: Desk, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer, "en")
    propose(reader, **{"period-years": "12"})
    (waiting,) = open_proposals(RULE)
    address = f"/retention-rules/proposals/{waiting.row.id}"

    refused = reader.post(f"{address}/approve", status=422)
    assert "another person decides" in refused.select_one(".govuk-error-summary").get_text()
    page = reader.post(f"{address}/withdraw", {"decision_reason": "A typo"})

    assert "withdrawn" in page.h1.get_text()
    reader.post(f"{address}/withdraw", {"decision_reason": "Again"}, status=409)
    assert "withdrawn" in reader.get(f"/retention-rules/{RULE}").select_one("#versions").get_text()


def test_earlier_documents_move_when_both_say_so(
    desk: Desk, log: LogDocument, officer: Actor, second: Actor, browse: Browse
) -> None:
    log()
    reader = browse(officer, "en")
    wanted = {"period-years": "30", "reason": "The act reaches back", "earlier": "move"}

    shown = reader.post(ADDRESS, typed(reader.get(ADDRESS), **wanted))
    assert "1 document would move" in shown.select_one("#governs").get_text()
    reader.post(ADDRESS, typed(shown, propose="yes"))
    (waiting,) = open_proposals(RULE)
    other = browse(second, "en")
    address = f"/retention-rules/proposals/{waiting.row.id}"
    assert "their dates are computed anew" in other.get(address).get_text()
    page = other.post(f"{address}/approve")

    first, *_ = page.select("#versions td[data-label=Documents]")
    assert first.get_text(strip=True) == "1"


def test_a_proposal_stands_in_the_rail_for_the_one_who_decides(
    desk: Desk, officer: Actor, second: Actor, browse: Browse
) -> None:
    propose(browse(officer), **{"period-years": "12"})

    for person, expected in ((officer, []), (second, ["1"])):
        link = browse(person, "en").get("/locations").select_one('nav a[href="/retention-rules"]')
        assert re.findall(r"\d+", link.get_text()) == expected


def test_staff_see_a_proposal_and_decide_nothing(
    desk: Desk, officer: Actor, browse: Browse
) -> None:
    propose(browse(officer), **{"period-years": "12"})
    (waiting,) = open_proposals(RULE)
    address = f"/retention-rules/proposals/{waiting.row.id}"
    reader = browse(desk.worker, "en")

    assert reader.get(address).select("main form, main .govuk-button") == []
    reader.get(ADDRESS, status=403)
    for act in ("approve", "reject", "withdraw"):
        reader.post(f"{address}/{act}", {"decision_reason": "x"}, status=403)
    reader.get("/retention-rules/proposals/99", status=404)


def test_a_confirmed_rule_is_shown_so_on_earlier_documents(
    desk: Desk, log: LogDocument, officer: Actor, browse: Browse
) -> None:
    document = log()
    reader = browse(officer, "en")
    reader.post(
        f"/retention-rules/{RULE}/confirm",
        {"seen": "1", "source": "Finlex", "confirmed_by": "DPO", "confirmed_on": "15.1.2026"},
    )

    page = browse(desk.worker, "en").get(f"/documents/{document.id}")

    assert "confirmed 15 Jan 2026" in page.get_text()
    assert "version 1" in page.get_text()


def test_another_length_is_added_seen_proposed_and_taken_away_again(
    desk: Desk, officer: Actor, second: Actor, browse: Browse
) -> None:
    reader = browse(officer, "en")
    added = reader.post(ADDRESS, typed(reader.get(ADDRESS), more="alternatives", reason="New act"))
    assert added.select_one("[autofocus]")["id"] == "alternatives-0-condition_fi"
    assert added.select_one("#reason").get_text(strip=True) == "New act"

    row = {"condition_en": "the death is not known", "period-years": "120"}
    half = typed(added, **{f"alternatives-0-{name}": value for name, value in row.items()})
    refused = reader.post(ADDRESS, half, status=422)
    link = refused.select_one(".govuk-error-summary a")
    assert link["href"] == "#alternatives-0-trigger"
    assert refused.select_one("#alternatives-0-trigger-error")
    shown = reader.post(ADDRESS, typed(refused, **{"alternatives-0-trigger": "person_born"}))

    effect = shown.select_one("#effect").get_text(" ", strip=True)
    assert re.search("Other length 1 not said 120 years, counted from: birth of the person", effect)
    assert re.search("Other length 1: Condition .English. not said the death is not known", effect)
    assert "the death is not known" in shown.select_one("#example").get_text()
    reader.post(ADDRESS, typed(shown, propose="yes"))
    (waiting,) = open_proposals(RULE)
    browse(second).post(f"/retention-rules/proposals/{waiting.row.id}/approve")
    (made,) = versions_of_rule(RULE)[0].policy.alternatives
    assert (made.retention_period, made.retention_trigger) == (Period(years=120), "person_born")

    form = typed(reader.get(ADDRESS), reason="Not needed")
    assert form["alternatives-0-period-years"] == "120"
    removed = reader.post(ADDRESS, {**form, "remove": "0"})
    assert removed.select_one("[autofocus]").get_text() == "Add another length"
    effect = reader.post(ADDRESS, typed(removed)).select_one("#effect").get_text(" ", strip=True)
    assert "Other length 1 120 years, counted from: birth of the person not said" in effect
