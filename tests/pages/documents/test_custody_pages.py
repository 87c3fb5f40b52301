"""Pages of hand-overs and places."""

from sqlalchemy import select

from app.accounts.permissions import Actor
from app.db import db
from app.documents.models import HandOver, Location
from app.documents.services import hand_over
from tests.fixtures.documents import Desk, LogDocument, MakeLocation
from tests.pages.conftest import Browse, Reader
from tests.pages.documents.helpers import paper_item, text_of


def test_papers_are_handed_over_and_acknowledged(
    desk: Desk, page: Reader, browse: Browse, colleague: Actor, log_paper: LogDocument
) -> None:
    paper = paper_item(log_paper)
    form = page.get(f"/hand-overs/new?client={desk.client.id}")
    assert [box["value"] for box in form.select("input[name=items][checked]")] == [str(paper.id)]

    slip = page.post(
        f"/hand-overs/new?client={desk.client.id}",
        {"items": [str(paper.id)], "to_user_id": str(colleague.user_id), "purpose": "Arviointi"},
    )
    assert "odottaa kuittausta" in text_of(slip)
    assert not slip.select("form[action$=acknowledge]")

    given = db.session.scalars(select(HandOver)).one()
    reader = browse(colleague)
    assert given.reference in text_of(reader.get("/hand-overs").select_one("main"))
    answer = reader.get(f"/hand-overs/{given.id}")
    assert answer.select("form[action$=acknowledge]")
    after = reader.post(f"/hand-overs/{given.id}/acknowledge")
    assert "kuitattu" in text_of(after.select_one("h1"))
    db.session.refresh(paper)
    assert paper.holder_id == colleague.user_id


def test_a_refusal_needs_its_reason(
    desk: Desk, browse: Browse, colleague: Actor, log_paper: LogDocument
) -> None:
    given = hand_over(desk.worker, [paper_item(log_paper).id], colleague.user_id, "Arviointi")
    reader = browse(colleague)

    shown = reader.post(f"/hand-overs/{given.id}/refuse", status=422)
    assert shown.select_one("#reason-error")
    after = reader.post(f"/hand-overs/{given.id}/refuse", {"reason": "incomplete"})
    assert "osa papereista puuttuu" in text_of(after)


def test_only_the_receiver_can_answer(
    desk: Desk, page: Reader, colleague: Actor, log_paper: LogDocument
) -> None:
    given = hand_over(desk.worker, [paper_item(log_paper).id], colleague.user_id, "Arviointi")

    assert page.send(f"/hand-overs/{given.id}/acknowledge").status_code == 403
    answer = page.send(f"/hand-overs/{given.id}/refuse", {"reason": "damaged"})
    assert answer.status_code == 403


def test_a_second_answer_is_a_conflict_in_words(
    desk: Desk, browse: Browse, colleague: Actor, log_paper: LogDocument
) -> None:
    given = hand_over(desk.worker, [paper_item(log_paper).id], colleague.user_id, "Arviointi")
    reader = browse(colleague)
    reader.post(f"/hand-overs/{given.id}/acknowledge")

    shown = reader.post(f"/hand-overs/{given.id}/acknowledge", status=409)
    assert "jo vastattu" in text_of(shown)


def test_an_incomplete_hand_over_comes_back(
    desk: Desk, page: Reader, colleague: Actor, log_paper: LogDocument
) -> None:
    paper_item(log_paper)

    shown = page.post(
        f"/hand-overs/new?client={desk.client.id}", {"purpose": "Arviointi"}, status=422
    )

    assert shown.select_one("#purpose")["value"] == "Arviointi"
    assert shown.select_one("#to_user_id-error")


def test_without_papers_there_is_nothing_to_hand_over(desk: Desk, page: Reader) -> None:
    shown = page.get(f"/hand-overs/new?client={desk.client.id}")

    assert "Luovutettavaa paperia ei ole" in text_of(shown)
    page.get("/hand-overs/new")


def test_lists_of_hand_overs_are_empty_in_words(desk: Desk, page: Reader) -> None:
    assert "Mikään ei odota sinua" in text_of(page.get("/hand-overs"))
    page.get("/hand-overs?view=given")
    page.get("/hand-overs?view=all")
    page.get("/hand-overs?view=nonsense&before=x")


def test_a_paper_is_moved_to_a_place(
    desk: Desk, page: Reader, log_paper: LogDocument, make_location: MakeLocation
) -> None:
    paper = paper_item(log_paper)
    cabinet = make_location()

    page.get(f"/items/{paper.id}/location")
    assert page.post(f"/items/{paper.id}/location", status=422).select_one("#location_id-error")
    after = page.post(f"/items/{paper.id}/location", {"location_id": str(cabinet.id)})

    assert "Kaappi 2" in text_of(after.select_one("#pieces"))


def test_places_are_added_by_the_records_manager(
    desk: Desk, page: Reader, browse: Browse, archivist: Actor
) -> None:
    reader = browse(archivist)
    url = f"/locations/new?register={desk.register_id}"
    reader.get("/locations")
    reader.get(url)

    after = reader.post(url, {"kind": "room", "name": "Arkisto", "is_locked": "y"})
    assert "Arkisto" in text_of(after.select_one("main table"))
    room = db.session.scalars(select(Location)).one()
    assert (room.is_locked, room.register_id) == (True, desk.register_id)
    reader.post(url, {"kind": "cabinet", "name": "Kaappi 2", "parent_id": str(room.id)})
    shown = reader.post(url, {"kind": "room", "name": "Arkisto"}, status=422)
    assert shown.select_one("#name-error")
    reader.get("/locations/new", status=404)

    assert "Arkisto › Kaappi 2" in text_of(page.get("/locations"))
    assert page.send(url, {"kind": "room", "name": "Oma"}).status_code == 403
