"""The page of the access log: read by two roles, itself logged, filtered by its address."""

import io
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from app.accounts.permissions import Actor, Role
from app.audit.events import Event
from app.audit.payload import details_of
from app.audit.queries import LogFilter, entries
from app.audit.services import record_view, sequence_pending, sign_checkpoint
from app.reports.queries import log
from tests.fixtures.documents import Desk
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse
from tests.services.audit.tampering import tampering

READERS = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)


def lines(page: BeautifulSoup) -> list[dict[str, str]]:
    """The entries of the page, by heading of their column."""
    return [
        {
            str(cell.get("data-label")): " ".join(cell.get_text(" ").split())
            for cell in row.select("th, td")
        }
        for row in page.select("main tbody tr")
    ]


def chips(page: BeautifulSoup) -> dict[str, str]:
    return {
        chip.get_text(" ", strip=True).split(": ", 1)[1]: str(chip["href"])
        for chip in page.select("a.chip")
    }


def listed(actor: Actor, *client_ids: int) -> None:
    record_view(Event.CLIENT_LISTED, actor_id=actor.user_id, details={"shown": list(client_ids)})


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("role", READERS)
def test_the_log_opens_in_each_language(
    browse: Browse, make_actor: MakeActor, desk: Desk, role: Role, language: str
) -> None:
    page = browse(make_actor("lukija", role), language).get("/access-log")

    assert len(lines(page)) >= 4


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
@pytest.mark.parametrize("act", ["", "/verify", "/export"])
def test_nobody_else_reads_verifies_or_exports_it(
    browse: Browse, make_actor: MakeActor, role: Role, act: str
) -> None:
    reader = browse(make_actor("kokeilija", role))

    if act:
        assert reader.send(f"/access-log{act}").status_code == 403
    else:
        reader.get("/access-log", status=403)


def test_clients_stand_in_it_by_number(browse: Browse, desk: Desk, auditor: Actor) -> None:
    page = browse(auditor).get("/access-log")

    assert "Virtanen" not in page.get_text()
    (added,) = [line for line in lines(page) if line["Tapahtuma"] == "Asiakas lisättiin"]
    assert added["Asiakas"] == str(desk.client.number)
    assert added["Henkilö"] == "Ohjaaja"
    assert added["Rekisteri"] == "Rekisteri valmennus"


def test_reading_the_log_is_an_entry_that_names_whom_it_showed(
    browse: Browse, desk: Desk, auditor: Actor
) -> None:
    reader = browse(auditor)
    reader.get("/access-log")

    sequence_pending()
    (entry,) = entries(LogFilter(event=Event.LOG_VIEWED))
    assert entry.actor_id == auditor.user_id
    assert details_of(entry.payload) == {"shown": [desk.client.id]}
    assert lines(reader.get("/access-log"))[0]["Tapahtuma"] == "Käyttöloki katsottiin"


def test_entries_that_wait_for_their_place_are_on_the_page(
    browse: Browse, desk: Desk, auditor: Actor
) -> None:
    listed(desk.worker, desk.client.id)

    page = browse(auditor).get("/access-log?event=client.listed")

    assert [line["Asiakas"] for line in lines(page)] == ["1 asiakas"]


def test_a_filter_stands_in_the_address_and_can_be_taken_off_again(
    browse: Browse, desk: Desk, auditor: Actor, colleague: Actor
) -> None:
    listed(desk.worker)
    listed(colleague)
    address = f"/access-log?person={colleague.user_id}&event=client.listed&from=1.11.2026"

    page = browse(auditor).get(address)

    assert [line["Henkilö"] for line in lines(page)] == ["Kollega"]
    person = "/access-log?event=client.listed&from=1.11.2026"
    assert chips(page) == {
        "Henkilö: Kollega": person,
        "Tapahtuma: Asiakkaita lueteltiin": (
            f"/access-log?person={colleague.user_id}&from=1.11.2026"
        ),
        "Alkaen: 1.11.2026": f"/access-log?person={colleague.user_id}&event=client.listed",
    }
    assert [line["Henkilö"] for line in lines(browse(auditor).get(person))] == [
        "Kollega",
        "Ohjaaja",
    ]


def test_a_day_without_entries_says_what_to_do(browse: Browse, auditor: Actor) -> None:
    page = browse(auditor).get("/access-log?to=1.1.2020")

    assert "Lokissa ei ole tällaisia merkintöjä." in page.get_text()
    assert page.select_one(".empty a[href='/access-log']")


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("client=abc", "client", "Kirjoita asiakasnumero numeroin."),
        ("client=-1", "client", "Kirjoita asiakasnumero numeroin."),
        ("client=99999999999999999999", "client", "Kirjoita asiakasnumero numeroin."),
        ("client=4711", "client", "Asiakasta numero 4711 ei ole."),
        ("from=32.1.2026", "from", "ei ole kalenteripäivä"),
        ("from=5.3.2026&to=4.3.2026", "to", "Viimeinen päivä ei voi olla ennen ensimmäistä."),
        ("person=x", "person", ""),
        ("event=x", "event", ""),
        ("register=4711", "register", ""),
    ],
)
def test_a_filter_that_cannot_be_used_is_marked_and_kept(
    browse: Browse, desk: Desk, auditor: Actor, query: str, field: str, message: str
) -> None:
    page = browse(auditor).get(f"/access-log?{query}", status=422)

    marked = page.select(".govuk-form-group--error")
    assert [group.select_one("input, select")["name"] for group in marked] == [field]
    assert message in marked[0].get_text()
    assert lines(page) == []
    typed = page.select_one(f"input[name={field}]")
    if typed is not None:
        assert f"{field}={typed['value']}" in query


@pytest.mark.parametrize("query", ["before=abc", "before=-5", "before=", "page=2", "person="])
def test_a_mangled_address_is_no_fault(browse: Browse, auditor: Actor, query: str) -> None:
    browse(auditor).get(f"/access-log?{query}")


def test_older_entries_follow_with_the_same_filter(browse: Browse, auditor: Actor) -> None:
    for _number in range(log.PAGE_SIZE + 3):
        listed(auditor)
    reader = browse(auditor)
    first = reader.get("/access-log?event=client.listed")
    older = first.select_one("a[rel=next]")
    assert older is not None
    assert not first.select("a[rel=prev]")

    second = reader.get(str(older["href"]))

    assert len(lines(first)) == log.PAGE_SIZE
    assert len(lines(second)) == 3
    newest = second.select_one("a[rel=prev]")
    assert newest is not None
    assert newest["href"] == "/access-log?event=client.listed"


def test_the_registers_that_are_offered_are_the_readers_own(
    browse: Browse, desk: Desk, other_register: int, make_actor: MakeActor
) -> None:
    narrow = make_actor("kapea", Role.DATA_PROTECTION_OFFICER, register_id=desk.register_id)

    page = browse(narrow).get("/access-log")

    offered = [choice.get_text() for choice in page.select("#register option")]
    assert offered == ["Kaikki", "Rekisteri valmennus"]
    browse(narrow).get(f"/access-log?register={other_register}", status=422)


def test_the_checkpoint_and_the_key_are_there_to_be_copied(browse: Browse, auditor: Actor) -> None:
    reader = browse(auditor)
    assert not reader.get("/access-log").select("#checkpoint")
    sign_checkpoint()

    page = reader.get("/access-log")

    note, key = page.select_one("#checkpoint"), page.select_one("#vkey")
    assert note is not None
    assert key is not None
    assert note.get_text() == log.newest_checkpoint()
    assert key["value"] == log.vkey()


def test_an_intact_log_is_called_intact(browse: Browse, auditor: Actor) -> None:
    sequence_pending()
    sign_checkpoint()

    page = browse(auditor).post("/access-log/verify")

    assert "Loki on eheä" in page.get_text()
    sequence_pending()
    (entry,) = entries(LogFilter(event=Event.LOG_VERIFIED))
    assert details_of(entry.payload)["status"] == "intact"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_changed_entry_is_named(browse: Browse, auditor: Actor, language: str) -> None:
    reader = browse(auditor, language)
    sign_checkpoint()
    with tampering() as session:
        session.execute(text("UPDATE audit_entry SET payload = payload || ' ' WHERE seq = 1"))

    page = reader.post("/access-log/verify")

    assert page.select_one("h1 .tag--bad")
    facts = [fact.get_text(strip=True) for fact in page.select(".facts__value")]
    assert facts[1] == "1"


def test_a_log_that_was_never_signed_cannot_be_judged(browse: Browse, auditor: Actor) -> None:
    page = browse(auditor).post("/access-log/verify")

    assert page.select_one("h1 .tag--warn")


def test_the_export_is_a_download_that_holds_all_that_an_outsider_needs(
    browse: Browse, auditor: Actor
) -> None:
    answer = browse(auditor).send("/access-log/export")

    assert answer.status_code == 200
    assert (
        answer.headers["Content-Disposition"] == "attachment; filename=seloste-log-2026-11-09.zip"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    with ZipFile(io.BytesIO(answer.data)) as packed:
        assert sorted(packed.namelist()) == [
            "seloste-log.jsonl",
            "seloste-log.jsonl.checkpoint",
            "vkey.txt",
        ]
    answer.close()
    sequence_pending()
    assert len(entries(LogFilter(event=Event.LOG_EXPORTED))) == 1


def test_only_an_auditor_of_all_registers_exports_it(
    browse: Browse, officer: Actor, desk: Desk, make_actor: MakeActor
) -> None:
    narrow = make_actor("kapea", Role.AUDITOR, register_id=desk.register_id)

    for actor in (officer, narrow):
        reader = browse(actor)
        assert not reader.get("/access-log").select("form[action='/access-log/export']")
        assert reader.send("/access-log/export").status_code == 403
