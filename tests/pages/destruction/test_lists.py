"""Pages of destruction lists: the way to the certificate, and who sees and does what."""

import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.models import AuditOutbox
from app.audit.services import signer
from app.db import db
from app.destruction import services
from app.destruction.certificate import verify_certificate
from app.destruction.queries.lists import paper_ids
from app.web.i18n import LANGUAGES, format_date
from tests.fixtures.disposal import Archive
from tests.fixtures.people import PASSWORD, MakeActor
from tests.pages.conftest import Browse

AfterWaiting = Callable[[], None]
LIST = "/disposal/lists/1"


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def links(page: BeautifulSoup) -> set[str]:
    return {str(link["href"]) for link in page.select("main a[href]")}


def last_log() -> dict[str, object]:
    row = db.session.query(AuditOutbox).order_by(AuditOutbox.id.desc()).first()
    assert row is not None
    entry: dict[str, object] = json.loads(row.payload)
    return entry


def test_a_list_goes_the_whole_way_on_pages(
    archive: Archive, browse: Browse, after_waiting: AfterWaiting
) -> None:
    both, file = archive.log("atk", "man"), archive.log("atk")
    manager, officer = browse(archive.manager), browse(archive.officer)

    assert len(manager.get("/disposal").select("input[name=documents]")) == 2
    proposed = manager.post(
        "/disposal",
        {
            "register_id": archive.register_id,
            "as_of": clock.today().isoformat(),
            "documents": [both.id, file.id],
        },
    )
    assert "Hävityslista H-1" in words(proposed)
    assert f"{LIST}/approve" not in links(proposed)

    assert f"{LIST}/approve" in links(officer.get(LIST))
    officer.get(f"{LIST}/approve")
    wrong = officer.post(f"{LIST}/approve", {"password": "väärä"}, status=422)
    assert wrong.select_one("#password-error")
    approved = officer.post(f"{LIST}/approve", {"password": PASSWORD})
    assert f"{LIST}/cancel" in links(approved)

    after_waiting()
    manager = browse(archive.manager)
    ready = manager.get(LIST)
    assert f"{LIST}/paper" in links(ready)
    assert f"{LIST}/execute" not in links(ready)
    paper = manager.get(f"{LIST}/paper")
    assert len(paper.select("input[name=item_ids]")) == 1
    manager.post(
        f"{LIST}/paper",
        {
            "item_ids": paper_ids(1),
            "method": "cross_cut_p4",
            "witness_id": archive.worker.user_id,
            "destroyed_on": format_date(clock.today()),
        },
    )
    manager.get(f"{LIST}/execute")
    manager.post(f"{LIST}/execute", {"reference": "H-2"}, status=422)
    done = manager.post(f"{LIST}/execute", {"reference": "h-1"})
    assert f"{LIST}/certificate.pdf" in links(done)


@pytest.fixture
def executed(archive: Archive, after_waiting: AfterWaiting) -> int:
    """A list of one document that has been carried out."""
    archive.log("atk", "man")
    found = archive.approved()
    after_waiting()
    archive.confirm_paper(found)
    return services.execute(archive.manager, found.id).id


def test_an_auditor_reads_lists_and_certificates_without_names(
    archive: Archive, executed: int, browse: Browse, auditor: Actor
) -> None:
    reader = browse(auditor)

    assert "H-1" in words(reader.get("/disposal/lists"))
    page = reader.get(LIST)
    assert f"A-{archive.client.number}/" in words(page)
    assert "Virtanen" not in str(page)
    statement = reader.fetch(f"{LIST}/certificate.json").get_data(as_text=True)
    note = reader.fetch(f"{LIST}/certificate.txt").get_data(as_text=True)
    assert verify_certificate(statement, note, signer().verifier.vkey).reference == "H-1"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_certificate_is_a_download_in_each_language(
    archive: Archive, executed: int, browse: Browse, code: str
) -> None:
    answer = browse(archive.officer).fetch(f"{LIST}/certificate.pdf?language={code}")

    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert last_log()["action"] == "disposal.certificate_opened"


@pytest.mark.parametrize("path", ["pick-list.pdf", "approve", "paper", "execute", "cancel"])
def test_an_auditor_does_nothing(
    archive: Archive, browse: Browse, auditor: Actor, path: str
) -> None:
    archive.log("man")
    archive.propose()

    assert browse(auditor).fetch(f"{LIST}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["/disposal", "/disposal/lists", LIST, "/holds", "/holds/new"])
def test_staff_and_administrators_see_nothing_of_it(
    archive: Archive, browse: Browse, worker: Actor, administrator: Actor, path: str
) -> None:
    archive.log()
    archive.propose()

    for actor in (worker, administrator):
        assert browse(actor).fetch(path).status_code == 403


def test_a_list_of_another_register_is_refused(
    archive: Archive, browse: Browse, make_actor: MakeActor, other_register: int
) -> None:
    archive.log()
    archive.propose()
    elsewhere = make_actor("muualla", Role.RECORDS_MANAGER, register_id=other_register)

    assert browse(elsewhere).fetch(LIST).status_code == 403
    assert browse(archive.manager).fetch("/disposal/lists/99").status_code == 404


def test_what_a_page_shows_is_logged(archive: Archive, browse: Browse) -> None:
    archive.log()
    reader = browse(archive.manager)

    reader.get("/disposal")
    assert (last_log()["action"], last_log()["details"]) == (
        "disposal.list_viewed",
        {"shown": [archive.client.id]},
    )
    found = archive.propose()
    reader.get(LIST)
    assert last_log()["object_id"] == found.id


def test_the_pick_list_names_clients_and_is_logged_as_an_export(
    archive: Archive, browse: Browse
) -> None:
    archive.log("man")
    archive.propose()

    answer = browse(archive.manager).fetch(f"{LIST}/pick-list.pdf")

    assert answer.data.startswith(b"%PDF")
    assert last_log()["action"] == "export.made"
    assert last_log()["details"] == {"kind": "pick_list", "shown": [archive.client.id]}


def test_the_proposer_is_told_that_another_person_must_approve(
    archive: Archive, browse: Browse
) -> None:
    archive.log()
    archive.propose()
    reader = browse(archive.manager)

    reader.get(f"{LIST}/approve", status=409)
    refused = reader.post(f"{LIST}/approve", {"password": PASSWORD}, status=409)

    assert "H-1" in words(refused)
    assert "odottaa hyväksyntää" in words(reader.get(LIST))


def test_nothing_chosen_is_told_beside_the_list(archive: Archive, browse: Browse) -> None:
    archive.log()

    page = browse(archive.manager).post(
        "/disposal",
        {"register_id": archive.register_id, "as_of": clock.today().isoformat()},
        status=422,
    )

    assert page.select_one('.govuk-error-summary a[href="#documents"]')
    assert page.select_one("#documents")


def test_all_that_is_due_becomes_a_list(archive: Archive, browse: Browse) -> None:
    for _ in range(3):
        archive.log("man")

    page = browse(archive.manager).post(
        "/disposal",
        {
            "register_id": archive.register_id,
            "as_of": clock.today().isoformat(),
            "all": "1",
        },
    )

    assert len(page.select("main tbody tr")) == 3


def test_a_coming_day_is_for_planning_only(archive: Archive, browse: Browse) -> None:
    archive.log()

    page = browse(archive.manager).get("/disposal?as_of=31.12.2099")

    assert len(page.select("main #due tr")) == 1
    assert not page.select("input[name=documents]")


def test_a_day_that_is_none_is_told_and_kept(archive: Archive, browse: Browse) -> None:
    page = browse(archive.manager).get("/disposal?as_of=31.2.2026", status=422)

    assert page.select_one("#as_of-error")
    field = page.select_one("#as_of")
    assert field is not None
    assert field["value"] == "31.2.2026"


def test_the_day_stands_in_its_field(archive: Archive, browse: Browse) -> None:
    field = browse(archive.manager).get("/disposal").select_one("#as_of")

    assert field is not None
    assert field["value"] == f"{clock.today().day}.{clock.today().month}.{clock.today().year}"


def test_an_officer_sees_what_is_due_but_proposes_nothing(archive: Archive, browse: Browse) -> None:
    archive.log()
    reader = browse(archive.officer)

    assert not reader.get("/disposal").select("input[name=documents]")
    answer = reader.send(
        "/disposal",
        {"register_id": archive.register_id, "as_of": clock.today().isoformat(), "all": "1"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("step", ["return", "cancel"])
def test_a_list_is_stopped_with_a_reason(archive: Archive, browse: Browse, step: str) -> None:
    archive.log()
    found = archive.propose()
    if step == "cancel":
        archive.approve(found)
    reader = browse(archive.officer)

    reader.get(f"{LIST}/{step}")
    assert reader.post(f"{LIST}/{step}", {"reason": " "}, status=422).select_one("#reason-error")
    page = reader.post(f"{LIST}/{step}", {"reason": "Asiakas palasi palveluun"})

    assert "Asiakas palasi palveluun" in words(page)
    reader.get(f"{LIST}/{step}", status=409)


def test_a_bad_confirmation_of_paper_keeps_what_was_chosen(
    archive: Archive, browse: Browse, after_waiting: AfterWaiting
) -> None:
    archive.log("man")
    found = archive.approved()
    after_waiting()

    page = browse(archive.manager).post(
        f"{LIST}/paper",
        {
            "item_ids": paper_ids(found.id),
            "method": "incinerated",
            "witness_id": "",
            "destroyed_on": "31.2.2026",
        },
        status=422,
    )

    assert page.select_one("input[name=item_ids][checked]")
    assert page.select_one("input[value=incinerated][checked]")
    field = page.select_one("#destroyed_on")
    assert field is not None
    assert field["value"] == "31.2.2026"


def test_a_failed_document_is_told_on_the_page(
    archive: Archive,
    browse: Browse,
    after_waiting: AfterWaiting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive.log()
    found = archive.approved()
    after_waiting()

    def refuse(_store: object, _blob_id: str) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr("app.files.store.FileStore.erase", refuse)
        page = browse(archive.manager).post(f"{LIST}/execute", {"reference": found.reference})

    assert "1 asiakirjaa ei voitu hävittää" in words(page)
    assert f"{LIST}/execute" in links(page)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_speaks_each_language(
    archive: Archive, browse: Browse, after_waiting: AfterWaiting, code: str
) -> None:
    archive.log("atk", "man")
    held = archive.log()
    services.set_hold(archive.officer, document_id=held.id, reason="audit", mandate="ESR 3")
    found = archive.propose()
    officer = browse(archive.officer, code)
    for path in ("/disposal", "/disposal/lists", LIST, f"{LIST}/approve", f"{LIST}/return"):
        officer.get(path)
    archive.approve(found)
    officer.get(f"{LIST}/cancel")
    after_waiting()
    manager = browse(archive.manager, code)
    for path in (LIST, f"{LIST}/paper", f"{LIST}/execute", "/holds", "/holds/new"):
        manager.get(path)


def test_empty_pages_say_what_to_do(archive: Archive, browse: Browse) -> None:
    reader = browse(archive.manager)

    assert reader.get("/disposal").select_one(".empty")
    assert reader.get("/disposal/lists").select_one(".empty a")
    assert reader.get("/holds").select_one(".empty a")
