"""The rail: only what a role opens, counts where work waits, one page marked as the current one."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from app.accounts.permissions import Actor, Role
from app.db import transaction
from app.documents.services import hand_over
from tests.fixtures.disposal import Archive
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse, check_html
from tests.services.requests.conftest import Ask

DESK, REGISTERS, RULES = "Työpöytä", "Rekisterit", "Säilytyssäännöt"
CLIENT_PAGES = ["Asiakkaat", "Asiakirjat", "Luovutukset ja kuittaukset", "Säilytyspaikat"]
DISPOSAL = ["Hävitettävät", "Hävityslistat", "Hävittämiskiellot"]


def rail(page: BeautifulSoup) -> dict[str, str]:
    """Label → count of the links in the rail."""
    found = {}
    for link in page.select("nav.rail a"):
        label, *rest = [span.get_text(" ", strip=True) for span in link.select(":scope > span")]
        found[label] = " ".join(" ".join(rest).split())
    return found


def current(page: BeautifulSoup) -> list[str]:
    return [
        link.select("span")[0].get_text(strip=True)
        for link in page.select("nav.rail a[aria-current]")
    ]


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (
            Role.DATA_PROTECTION_OFFICER,
            [DESK, *CLIENT_PAGES, "Pyynnöt", "Käyttöloki", RULES, *DISPOSAL, REGISTERS],
        ),
        (Role.STAFF, [DESK, *CLIENT_PAGES, RULES, REGISTERS]),
        (Role.REQUEST_HANDLER, [DESK, *CLIENT_PAGES, "Pyynnöt", RULES, REGISTERS]),
        (Role.AUDITOR, [DESK, "Pyynnöt", "Käyttöloki", RULES, "Hävityslistat", REGISTERS]),
        (Role.ADMINISTRATOR, [DESK, RULES, REGISTERS]),
    ],
)
def test_the_rail_leads_where_the_role_may_go(
    browse: Browse, make_actor: MakeActor, role: Role, pages: list[str]
) -> None:
    page = browse(make_actor("kokeilija", role)).get("/")

    assert list(rail(page)) == pages


@pytest.mark.parametrize(
    ("language", "groups"),
    [
        ("fi", ["Työ", "Oikeudet", "Elinkaari", "Perusta"]),
        ("sv", ["Arbete", "Rättigheter", "Livscykel", "Grund"]),
        ("en", ["Work", "Rights", "Life cycle", "Foundation"]),
    ],
)
def test_four_groups_follow_the_work(
    browse: Browse, officer: Actor, language: str, groups: list[str]
) -> None:
    page = browse(officer, language).get("/")

    assert [each.get_text() for each in page.select("nav.rail .rail__group")] == groups


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", DESK),
        ("/registers", REGISTERS),
        ("/access-log", "Käyttöloki"),
        ("/disposal", "Hävitettävät"),
        ("/disposal/lists", "Hävityslistat"),
        ("/disposal/lists/1", "Hävityslistat"),
        ("/holds", "Hävittämiskiellot"),
        ("/hand-overs?view=all", "Luovutukset ja kuittaukset"),
    ],
)
def test_one_page_is_marked_as_the_current_one(
    browse: Browse, archive: Archive, path: str, label: str
) -> None:
    archive.propose(archive.log())

    assert current(browse(archive.officer).get(path)) == [label]


def test_counts_stand_where_work_waits_and_nowhere_else(
    browse: Browse, archive: Archive, ask: Ask
) -> None:
    ask()
    ask(kind="erasure")
    archive.propose(archive.log())
    archive.log()

    counts = rail(browse(archive.officer).get("/registers"))

    assert {label: count for label, count in counts.items() if count} == {
        "Pyynnöt": "2",
        "Hävitettävät": "1",
        "Hävityslistat": "1",
    }


def test_a_near_deadline_is_counted_by_itself_and_said_in_words(
    browse: Browse, officer: Actor, ask: Ask
) -> None:
    ask(received_on=date(2026, 10, 12))
    ask()

    page = browse(officer).get("/registers")

    urgent = page.select_one("nav.rail .rail__count--urgent")
    assert urgent is not None
    assert " ".join(urgent.get_text(" ").split()) == "1 ! määräaika lähellä"


def test_a_hand_over_is_counted_for_its_receiver(
    browse: Browse, desk: Desk, colleague: Actor, log_paper: LogDocument
) -> None:
    hand_over(desk.worker, [log_paper().items[0].id], colleague.user_id, "Arkistoon")

    assert rail(browse(colleague).get("/registers"))["Luovutukset ja kuittaukset"] == "1"
    assert rail(browse(desk.worker).get("/registers"))["Luovutukset ja kuittaukset"] == ""


def test_the_header_names_the_register_or_the_organisation(
    browse: Browse, make_actor: MakeActor, published_register: object, other_register: int
) -> None:
    one = make_actor("yksi", Role.STAFF, register_id=other_register)
    all_ = make_actor("kaikki", Role.STAFF)

    def scope(actor: Actor) -> str:
        found = browse(actor).get("/").select_one(".brand__scope")
        assert found is not None
        return found.get_text()

    assert scope(one) == "Rekisteri kotoutus"
    assert scope(all_) == "Esimerkkisäätiö"


def test_a_failing_count_still_leaves_an_error_page_in_words(
    browse: Browse, officer: Actor
) -> None:
    reader = browse(officer)
    with transaction() as session:
        session.execute(text("ALTER TABLE hand_over RENAME TO mislaid"))

    answer = reader.fetch("/registers")

    assert answer.status_code == 500
    page = check_html(answer.get_data(as_text=True), "fi")
    assert not page.select("nav.rail")
