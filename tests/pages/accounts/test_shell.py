"""What every page has: the person's name and role, the languages, the colours, and the refusal."""

import pytest

from app.accounts.models import User
from app.accounts.permissions import Actor, Role
from app.audit.events import Event
from app.audit.payload import details_of
from app.audit.queries import LogFilter, entries
from app.audit.services import sequence_pending
from app.db import db
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse


@pytest.mark.parametrize(
    ("language", "role"),
    [("fi", "henkilöstö"), ("sv", "personal"), ("en", "staff")],
)
def test_the_header_names_the_person_with_the_role(
    browse: Browse, worker: Actor, language: str, role: str
) -> None:
    page = browse(worker, language).get("/registers")

    person = page.select_one(".account__person")
    assert person is not None
    assert person.get_text() == f"Ohjaaja · {role}"


def test_a_person_with_two_roles_is_named_by_the_first_of_the_product(
    browse: Browse, make_actor: MakeActor
) -> None:
    both = make_actor("molemmat", Role.STAFF, Role.DATA_PROTECTION_OFFICER)

    page = browse(both).get("/registers")

    assert "Molemmat · tietosuojavastaava" in page.get_text()


@pytest.mark.parametrize("path", ["/registers", "/registers?order=name&direction=down"])
def test_the_choice_of_language_returns_to_the_page(
    browse: Browse, worker: Actor, path: str
) -> None:
    reader = browse(worker)
    page = reader.get(path)
    here = page.select_one("form[action='/language'] input[name=next]")
    assert here is not None

    answer = reader.send("/language", {"language": "sv", "next": str(here["value"])})

    assert answer.status_code == 303
    assert answer.location == path
    reader.language = "sv"
    assert "Register" in reader.get(path).get_text()


def test_a_language_that_does_not_exist_changes_nothing(browse: Browse, worker: Actor) -> None:
    reader = browse(worker)

    assert reader.send("/language", {"language": "de", "next": "/registers"}).status_code == 400

    reader.get("/registers")


@pytest.mark.parametrize(("chosen", "shown"), [("dark", "dark"), ("light", "light")])
def test_the_chosen_colours_are_kept_for_the_person(
    browse: Browse, worker: Actor, chosen: str, shown: str
) -> None:
    reader = browse(worker)

    answer = reader.send("/theme", {"theme": chosen, "next": "/registers"})

    assert answer.location == "/registers"
    for device in (reader, browse(worker)):
        page = device.get("/registers")
        assert page.html is not None
        assert page.html["data-theme"] == shown


@pytest.mark.parametrize("chosen", ["system", "pink", ""])
def test_without_a_choice_the_device_decides_the_colours(
    browse: Browse, worker: Actor, chosen: str
) -> None:
    reader = browse(worker)

    reader.send("/theme", {"theme": chosen, "next": "/registers"})

    page = reader.get("/registers")
    assert page.html is not None
    assert "data-theme" not in page.html.attrs
    user = db.session.get(User, worker.user_id)
    assert user is not None
    assert user.theme == "system"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_refusal_is_explained_and_logged_with_the_page_that_was_refused(
    browse: Browse, worker: Actor, language: str
) -> None:
    page = browse(worker, language).get("/access-log", status=403)

    assert page.select_one("a[href='/']")
    sequence_pending()
    (entry,) = entries(LogFilter(event=Event.ACCESS_REFUSED))
    assert entry.actor_id == worker.user_id
    assert details_of(entry.payload) == {"endpoint": "reports.access_log"}


def test_a_page_that_is_not_there_says_so_in_words(browse: Browse, worker: Actor) -> None:
    page = browse(worker).get("/no-such-page", status=404)

    assert "Sivua ei löydy" in page.get_text()


def test_a_form_without_its_token_changes_nothing(browse: Browse, worker: Actor) -> None:
    reader = browse(worker)

    answer = reader.client.post("/theme", data={"theme": "dark"})

    assert answer.status_code == 400
    user = db.session.get(User, worker.user_id)
    assert user is not None
    assert user.theme == "system"
