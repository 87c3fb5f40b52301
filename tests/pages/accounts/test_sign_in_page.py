"""Signing in: three languages, nothing lost but the password, no way out of the site."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.accounts.permissions import Actor
from app.accounts.services import FAILURES_FOR_NAME, user_of_session
from app.audit.events import Event
from app.audit.queries import LogFilter, entries
from app.audit.services import sequence_pending
from app.db import transaction
from tests.fixtures.people import PASSWORD
from tests.pages.conftest import Browse

TITLES = {"fi": "Kirjaudu sisään", "sv": "Logga in", "en": "Sign in"}


def sign_in(client: FlaskClient, name: str, password: str, **more: str) -> str:
    """Type into the sign-in page and send it; where the answer leads ("" when it leads nowhere)."""
    page = BeautifulSoup(client.get("/sign-in").data, "html5lib")
    token = page.select_one("main input[name=csrf_token]")
    assert token is not None
    answer = client.post(
        "/sign-in",
        data={"csrf_token": token["value"], "username": name, "password": password, **more},
    )
    return answer.location or ""


def token_of(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return str(session.get("token", ""))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_speaks_the_language(browse: Browse, language: str) -> None:
    page = browse(None, language).get("/sign-in")

    assert page.title is not None
    assert page.title.get_text() == f"{TITLES[language]} – Seloste"
    assert page.select_one(".footer a")["href"] == f"/notices/?language={language}"


@pytest.mark.parametrize(
    ("asked", "language"),
    [("sv-FI,sv;q=0.9", "sv"), ("en-GB", "en"), ("fi", "fi"), ("de-DE", "fi"), ("", "fi")],
)
def test_a_stranger_is_met_in_the_language_of_the_browser(
    app: Flask, asked: str, language: str
) -> None:
    answer = app.test_client().get("/sign-in", headers={"Accept-Language": asked})

    assert f'<html lang="{language}"' in answer.get_data(as_text=True)


def test_a_person_is_met_in_the_own_language_after_signing_in(app: Flask, worker: Actor) -> None:
    with transaction() as session:
        user = session.get(User, worker.user_id)
        assert user is not None
        user.language = "sv"
    client = app.test_client()

    sign_in(client, "ohjaaja", PASSWORD)

    assert '<html lang="sv"' in client.get("/registers").get_data(as_text=True)


@pytest.mark.parametrize(("name", "password"), [("ohjaaja", "väärä"), ("kukaan", PASSWORD)])
def test_a_wrong_password_keeps_the_name_and_does_not_tell_which_was_wrong(
    browse: Browse, worker: Actor, name: str, password: str
) -> None:
    page = browse(None).post("/sign-in", {"username": name, "password": password}, status=422)

    typed, secret = page.select_one("#username"), page.select_one("#password")
    assert typed is not None
    assert typed["value"] == name
    assert secret is not None
    assert not secret.get("value")
    summary = page.select_one(".govuk-error-summary")
    assert summary is not None
    assert "Käyttäjätunnus tai salasana on väärin." in summary.get_text()
    assert password not in page.get_text()


def test_empty_fields_are_each_asked_for(browse: Browse) -> None:
    page = browse(None).post("/sign-in", {"username": " ", "password": ""}, status=422)

    messages = [error.get_text() for error in page.select(".govuk-error-message")]
    assert any("Kirjoita käyttäjätunnuksesi." in text for text in messages)
    assert any("Kirjoita salasanasi." in text for text in messages)


def test_after_five_failures_the_page_says_how_long_to_wait(browse: Browse, worker: Actor) -> None:
    reader = browse(None)
    for _attempt in range(FAILURES_FOR_NAME):
        reader.post("/sign-in", {"username": "ohjaaja", "password": "väärä"}, status=422)

    page = reader.post("/sign-in", {"username": "ohjaaja", "password": PASSWORD}, status=429)

    assert "Odota 15 minuuttia" in page.get_text()


@pytest.mark.parametrize(
    "path", ["/registers", "/retention-rules", "/registers?a=1&b=2", "/registers/1/versions/2"]
)
def test_signing_in_leads_to_the_page_that_was_asked_for(
    app: Flask, worker: Actor, path: str
) -> None:
    assert sign_in(app.test_client(), "ohjaaja", PASSWORD, next=path) == path


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "@evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/registers\r\nLocation: https://evil.example",
        "\x00//evil.example",
        "",
    ],
)
def test_signing_in_never_leads_out_of_the_site(app: Flask, worker: Actor, path: str) -> None:
    assert sign_in(app.test_client(), "ohjaaja", PASSWORD, next=path) == "/"


def test_an_encoded_line_break_stays_an_encoded_part_of_the_path(app: Flask, worker: Actor) -> None:
    location = sign_in(app.test_client(), "ohjaaja", PASSWORD, next="/%0d%0aSet-Cookie:a=b")

    assert location == "/%0d%0aSet-Cookie:a=b"


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https:evil.example"])
def test_the_choice_of_language_never_leads_out_of_the_site(browse: Browse, path: str) -> None:
    answer = browse(None).send("/language", {"language": "sv", "next": path})

    assert answer.status_code == 303
    assert answer.location == "/"


def test_a_page_asked_for_by_a_stranger_is_remembered_across_the_sign_in(
    app: Flask, worker: Actor
) -> None:
    client = app.test_client()
    asked = client.get("/registers?order=name&page=2")
    assert asked.location.startswith("/sign-in?next=/registers%3F")

    page = BeautifulSoup(client.get(asked.location).data, "html5lib")

    kept = page.select_one("main input[name=next]")
    assert kept is not None
    assert kept["value"] == "/registers?order=name&page=2"


def test_the_session_is_a_new_one_at_each_sign_in(app: Flask, worker: Actor) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"] = "planted"
        session["left"] = "over"
    sign_in(client, "ohjaaja", PASSWORD)
    first = token_of(client)

    sign_in(client, "ohjaaja", PASSWORD)

    second = token_of(client)
    assert first
    assert second
    assert len({"planted", first, second}) == 3
    with client.session_transaction() as session:
        assert "left" not in session


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(
    app: Flask, worker: Actor
) -> None:
    client = app.test_client()

    sign_in(client, "ohjaaja", PASSWORD)

    cookie = client.get_cookie("seloste")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_a_cookie_kept_from_before_the_sign_out_opens_nothing(app: Flask, worker: Actor) -> None:
    client = app.test_client()
    sign_in(client, "ohjaaja", PASSWORD)
    kept = client.get_cookie("seloste")
    assert kept is not None
    page = BeautifulSoup(client.get("/registers").data, "html5lib")
    form_token = page.select_one("form[action='/sign-out'] input[name=csrf_token]")
    assert form_token is not None

    left = client.post("/sign-out", data={"csrf_token": form_token["value"]})

    assert left.status_code == 303
    assert left.location == "/sign-in"
    thief = app.test_client()
    thief.set_cookie("seloste", kept.value)
    answer = thief.get("/registers")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/registers"


def test_a_person_who_was_disabled_is_out_at_the_next_page(
    app: Flask, worker: Actor, browse: Browse
) -> None:
    reader = browse(worker)
    reader.get("/registers")
    with transaction() as session:
        user = session.get(User, worker.user_id)
        assert user is not None
        user.is_active = False

    assert reader.fetch("/registers").status_code == 303
    assert sign_in(app.test_client(), "ohjaaja", PASSWORD) == ""


def test_signing_out_says_so_in_the_log_and_ends_the_session_for_good(
    browse: Browse, worker: Actor
) -> None:
    reader = browse(worker)
    token = token_of(reader.client)

    reader.post("/sign-out")

    sequence_pending()
    (entry,) = entries(LogFilter(event=Event.AUTH_SIGNED_OUT))
    assert entry.actor_id == worker.user_id
    assert user_of_session(token) is None
