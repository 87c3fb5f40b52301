"""The desk: what waits comes first, each role has its own parts, and no client is named."""

from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag

from app.accounts.permissions import Actor, Role
from app.audit.queries import LogFilter, entries
from app.audit.services import sequence_pending
from app.destruction.services import set_hold
from app.documents.services import hand_over
from tests.fixtures.disposal import Archive
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse
from tests.services.requests.conftest import Ask

REQUESTS = "Rekisteröityjen pyynnöt"
HAND_OVERS = "Kuittaukset"
CHART = "Säilytysaika päättyy"
FINDINGS = "Rekisterien puutteet"
LISTS = "Hävityslistat"
WEEK = "Lokin seitsemän päivää"


def text(page: BeautifulSoup | Tag, selector: str) -> str:
    found = page.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text(" ").split())


def numbers(page: BeautifulSoup) -> list[tuple[str, str, str]]:
    """The cards: number, what it counts, where it leads."""
    return [
        (
            text(card, ".stat__number"),
            text(card, ".stat__text"),
            str(link["href"]) if (link := card.select_one("a")) else "",
        )
        for card in page.select(".stat")
    ]


def part(page: BeautifulSoup, title: str) -> Tag:
    (found,) = [card for card in page.select(".card") if text(card, "h2") == title]
    return found


def rows(page: BeautifulSoup, title: str) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in part(page, title).select("tbody tr")]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_role_has_a_desk_in_each_language(
    browse: Browse, make_actor: MakeActor, desk: Desk, role: Role, language: str
) -> None:
    page = browse(make_actor("kokeilija", role), language).get("/")

    assert 3 <= len(numbers(page)) <= 4


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fi", "Maanantai 9. marraskuuta"),
        ("sv", "Måndag 9 november"),
        ("en", "Monday 9 November"),
    ],
)
def test_the_desk_is_headed_by_the_day(
    browse: Browse, worker: Actor, language: str, heading: str
) -> None:
    assert text(browse(worker, language).get("/"), "h1") == heading


@pytest.mark.parametrize(
    ("role", "parts"),
    [
        (Role.DATA_PROTECTION_OFFICER, [REQUESTS, CHART, HAND_OVERS, FINDINGS]),
        (Role.REGISTER_OWNER, [REQUESTS, CHART, HAND_OVERS, FINDINGS]),
        (Role.REQUEST_HANDLER, [REQUESTS, HAND_OVERS]),
        (Role.RECORDS_MANAGER, [HAND_OVERS, CHART]),
        (Role.STAFF, [HAND_OVERS]),
        (Role.AUDITOR, [LISTS, WEEK]),
        (Role.ADMINISTRATOR, [WEEK]),
    ],
)
def test_a_role_sees_its_own_parts(
    browse: Browse, make_actor: MakeActor, desk: Desk, role: Role, parts: list[str]
) -> None:
    page = browse(make_actor("kokeilija", role)).get("/")

    assert [" ".join(title.get_text().split()) for title in page.select(".card h2")] == parts


@pytest.mark.parametrize("role", list(Role))
def test_every_link_of_the_desk_and_of_the_rail_opens(
    browse: Browse, make_actor: MakeActor, archive: Archive, ask: Ask, role: Role
) -> None:
    ask(received_on=date(2026, 10, 12))
    archive.propose(archive.log())
    paper = archive.log("man").items[0]
    hand_over(archive.worker, [paper.id], archive.officer.user_id, "Arkistoon")
    reader = browse(make_actor("kokeilija", role))
    page = reader.get("/")

    links = {str(link["href"]) for link in page.select(".rail a, main a")}

    assert len(links) >= 3
    for link in links:
        reader.get(link)


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_names_no_client_and_so_leaves_no_entry(
    browse: Browse, make_actor: MakeActor, archive: Archive, ask: Ask, role: Role
) -> None:
    ask(received_on=date(2026, 10, 12))
    archive.propose(archive.log())
    actor = make_actor("kokeilija", role)
    hand_over(
        archive.worker, [archive.log("man").items[0].id], archive.officer.user_id, "Virtasen paperi"
    )
    reader = browse(actor)

    page = reader.get("/")

    for telling in ("Virta", "Aino", "010180", "Lohja"):
        assert telling not in page.get_text()
    sequence_pending()
    assert [entry.action for entry in entries(LogFilter(actor_id=actor.user_id))] == [
        "auth.signed_in"
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Mikään ei odota sinua tänään."),
        ("sv", "Ingenting väntar på dig i dag."),
        ("en", "Nothing waits for you today."),
    ],
)
def test_a_desk_without_work_says_so(
    browse: Browse, worker: Actor, language: str, sentence: str
) -> None:
    assert text(browse(worker, language).get("/"), ".lead") == sentence


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("fi", "Yksi asia odottaa sinua tänään.", "Kaksi asiaa odottaa sinua tänään."),
        ("sv", "En sak väntar på dig i dag.", "Två saker väntar på dig i dag."),
        ("en", "One thing waits for you today.", "Two things wait for you today."),
    ],
)
def test_the_sentence_counts_in_words(
    browse: Browse, ask: Ask, handler: Actor, language: str, one: str, two: str
) -> None:
    reader = browse(handler, language)
    ask(received_on=date(2026, 10, 12))
    assert text(reader.get("/"), ".lead") == one

    ask(received_on=date(2026, 10, 12), kind="erasure")
    assert text(reader.get("/"), ".lead") == two


def test_beyond_ten_the_sentence_counts_in_figures(
    browse: Browse, ask: Ask, handler: Actor
) -> None:
    for _number in range(11):
        ask(received_on=date(2026, 10, 12))

    assert text(browse(handler).get("/"), ".lead") == "11 asiaa odottaa sinua tänään."


def test_the_officer_begins_with_what_is_near_its_deadline(
    browse: Browse, officer: Actor, ask: Ask
) -> None:
    ask(received_on=date(2026, 10, 12))
    ask(kind="rectification")

    page = browse(officer).get("/")

    assert text(page, ".lead") == "Yksi asia odottaa sinua tänään. Muut pyynnöt ovat aikataulussa."
    first = ("1", "pyyntö erääntyy 5 päivän kuluessa", "/requests?tab=due_soon")
    assert numbers(page)[0] == first
    assert page.select_one(".stat--bad")
    near, far = rows(page, REQUESTS)
    assert near.startswith("2026-1 Tarkastuspyyntö")
    assert "to 12.11." in near
    assert "3 pv jäljellä" in near
    assert far.startswith("2026-2 Oikaisupyyntö")
    assert text(part(page, REQUESTS), ".card__link") == "Kaikki 2"


def test_an_owner_reads_of_requests_but_opens_none(browse: Browse, owner: Actor, ask: Ask) -> None:
    ask(received_on=date(2026, 10, 12))

    page = browse(owner).get("/")

    assert rows(page, REQUESTS)[0].startswith("2026-1 Tarkastuspyyntö")
    assert not part(page, REQUESTS).select("tbody a")
    # The deadline is watched by those who handle requests; it does not wait for the owner.
    assert text(page, ".lead") == "Mikään ei odota sinua tänään."


def test_staff_see_their_own_hand_overs_and_nobody_elses(
    browse: Browse, desk: Desk, colleague: Actor, log_paper: LogDocument, make_actor: MakeActor
) -> None:
    slip = hand_over(desk.worker, [log_paper().items[0].id], colleague.user_id, "Arkistoon")
    third = make_actor("kolmas", Role.STAFF)

    receiver, giver, other = (browse(each).get("/") for each in (colleague, desk.worker, third))

    assert numbers(receiver)[0][:2] == ("1", "luovutus odottaa kuittaustasi")
    assert numbers(giver)[1][:2] == ("1", "luovutuksesi odottaa vastausta")
    line = f"{slip.reference} Ohjaaja → Kollega man 1 kappale tänään"
    assert rows(receiver, HAND_OVERS) == rows(giver, HAND_OVERS) == [line]
    assert "Kaikkiin luovutuksiin on vastattu." in text(part(other, HAND_OVERS), ".empty")


def test_a_member_of_staff_counts_own_clients(browse: Browse, desk: Desk, colleague: Actor) -> None:
    own = browse(desk.worker).get("/")
    others = browse(colleague).get("/")

    assert ("1", "oma asiakas", "/clients") in numbers(own)
    assert ("0", "omaa asiakasta", "/clients") in numbers(others)


def test_the_chart_begins_with_this_month_and_says_what_has_ended(
    browse: Browse, archive: Archive
) -> None:
    archive.log()
    archive.log("man")

    page = browse(archive.manager).get("/")

    chart = part(page, CHART)
    assert len(chart.select("rect.chart__bar")) == 12
    assert len(chart.select("rect.chart__bar--now")) == 1
    months = [text(row, "td") for row in chart.select("tbody tr")]
    assert (months[0], months[1], months[-1]) == ("11/2026", "12/2026", "10/2027")
    assert "2 on jo päättynyt ja odottaa hävitysesitystä." in " ".join(chart.get_text(" ").split())


def test_a_list_waits_for_the_second_person_and_not_for_the_first(
    browse: Browse, archive: Archive
) -> None:
    archive.propose(archive.log())

    second, first = browse(archive.officer).get("/"), browse(archive.manager).get("/")

    assert ("1", "hävityslista odottaa hyväksyntääsi", "/disposal/lists") in numbers(second)
    assert ("0", "hävityslistaa odottaa hyväksyntääsi", "/disposal/lists") in numbers(first)


def test_the_worst_findings_stand_with_their_register(
    browse: Browse, officer: Actor, published_register: object
) -> None:
    page = browse(officer).get("/")

    notices = part(page, FINDINGS).select(".notice")
    assert len(notices) == 3
    for notice in notices:
        assert "notice--error" in notice["class"]
        assert text(notice, ".notice__body") == "Rekisteri valmennus"


def test_an_owner_settles_the_own_register_only(
    browse: Browse, make_actor: MakeActor, published_register: object, other_register: int
) -> None:
    narrow = make_actor("kapea", Role.REGISTER_OWNER, register_id=other_register)

    page = browse(narrow).get("/")

    bodies = {body.get_text(strip=True) for body in page.select(".notice__body")}
    assert bodies == {"Rekisteri kotoutus"}
    assert text(page, ".brand__scope") == "Rekisteri kotoutus"


def test_the_auditor_reads_lists_and_the_week_of_the_log(
    browse: Browse, archive: Archive, auditor: Actor
) -> None:
    archive.propose(archive.log())
    set_hold(archive.manager, client_id=archive.client.id, reason="dispute", mandate="KO 1/2026")
    browse(archive.worker).get("/access-log", status=403)
    sequence_pending()

    page = browse(auditor).get("/")

    assert rows(page, LISTS)[0].startswith("H-1 Arkisto, 9.11.2026")
    refused = part(page, WEEK).select_one("a[href*='access.refused']")
    assert refused is not None
    assert refused["href"] == "/access-log?event=access.refused&from=2026-11-02"


def test_the_administrator_reads_the_week_without_the_way_into_the_log(
    browse: Browse, worker: Actor, administrator: Actor
) -> None:
    browse(worker).get("/access-log", status=403)
    sequence_pending()

    page = browse(administrator).get("/")

    assert any(row == "Pääsy evättiin 1" for row in rows(page, WEEK))
    assert not page.select("main a[href^='/access-log']")
