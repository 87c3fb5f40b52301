"""Nothing is shown unlogged, to the wrong person, or as markup."""

import pytest
from sqlalchemy import select

from app.accounts.permissions import Actor, Role
from app.db import db
from app.documents.models import Item
from app.documents.services import hand_over
from tests.fixtures.documents import Desk, LogDocument, MakeLocation, unwritable_log
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse, Reader
from tests.pages.documents.helpers import form_url, logged, text_of


@pytest.mark.parametrize(
    "path",
    [
        "/clients/{client}",
        "/clients/{client}/documents/new",
        "/documents",
        "/documents/{document}",
        "/items/{item}/content",
        "/items/{paper}/location",
        "/hand-overs/new?client={client}",
        "/hand-overs/{slip}",
        "/episodes/{episode}/end",
    ],
)
def test_nothing_is_shown_when_the_log_cannot_be_written(
    page: Reader, known: dict[str, int], path: str
) -> None:
    with unwritable_log():
        answer = page.fetch(path.format(**known))

    assert answer.status_code == 500
    assert b"Virtanen" not in answer.data
    assert b"Alkuhaastattelu" not in answer.data
    assert b"%PDF" not in answer.data


@pytest.mark.parametrize(
    "path",
    [
        "/clients/{client}",
        "/clients/{client}/documents/new",
        "/documents/{document}",
        "/items/{item}/content",
        "/items/{paper}/location",
        "/hand-overs/new?client={client}",
        "/hand-overs/{slip}",
        "/episodes/{episode}/end",
    ],
)
def test_another_register_and_a_role_without_client_data_see_nothing(
    browse: Browse, known: dict[str, int], make_actor: MakeActor, other_register: int, path: str
) -> None:
    url = path.format(**known)
    elsewhere = make_actor("muualla", Role.STAFF, register_id=other_register)
    watcher = make_actor("valvoja", Role.AUDITOR, Role.ADMINISTRATOR)

    for actor in (elsewhere, watcher):
        answer = browse(actor).fetch(url)
        assert answer.status_code == 403
        assert b"Virtanen" not in answer.data
    assert browse(None).fetch(url).status_code == 303
    assert len(logged("access.refused")) == 2


def test_what_is_not_there_is_not_found(desk: Desk, page: Reader, log: LogDocument) -> None:
    log()
    file = db.session.scalars(select(Item)).one()
    for path in (
        "/clients/4711",
        "/documents/4711",
        "/items/4711/content",
        f"/items/{file.id}/location",
        "/hand-overs/4711",
        "/episodes/4711/end",
    ):
        page.get(path, status=404)


def test_outside_the_caseload_a_reason_is_asked_first(
    desk: Desk, browse: Browse, colleague: Actor, log: LogDocument
) -> None:
    document = log()
    reader = browse(colleague)

    answer = reader.fetch(f"/documents/{document.id}")

    assert answer.status_code == 303
    assert answer.location.startswith(f"/clients/{desk.client.id}/reason?next=")
    after = reader.post(
        answer.location,
        {"reason": "Sijaistan ohjaajaa tänään", "next": f"/documents/{document.id}"},
    )
    assert "Alkuhaastattelu" in text_of(after)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_speaks_the_language(
    desk: Desk, browse: Browse, known: dict[str, int], language: str
) -> None:
    reader = browse(desk.worker, language)

    for path in (
        "/clients/{client}",
        "/clients/{client}/documents/new",
        "/documents",
        "/documents/{document}",
        "/items/{paper}/location",
        "/hand-overs?view=given",
        "/hand-overs/new?client={client}",
        "/hand-overs/{slip}",
        "/locations",
        "/episodes/{episode}/end",
    ):
        reader.get(path.format(**known))
    reader.get(form_url(desk))


def test_markup_in_what_people_typed_stays_text(
    desk: Desk, page: Reader, colleague: Actor, log_paper: LogDocument, make_location: MakeLocation
) -> None:
    marker = "<script>alert(1)</script>"
    cabinet = make_location(marker)
    document = log_paper(note=marker, holder_id=None, location_id=cabinet.id)
    paper = db.session.scalars(select(Item).where(Item.document_id == document.id)).one()
    given = hand_over(desk.worker, [paper.id], colleague.user_id, marker)

    for path in (
        f"/clients/{desk.client.id}",
        f"/documents/{document.id}",
        "/documents",
        "/hand-overs?view=given",
        f"/hand-overs/{given.id}",
        "/locations",
    ):
        assert not page.get(path).find("script", string="alert(1)")
