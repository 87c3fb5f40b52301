"""What the pages ask before they show: the reason outside the caseload, the reason for the code."""

import pytest
from werkzeug.datastructures import Headers

from app.accounts.permissions import Actor, Role
from app.clients.views import common, pages
from app.registers.definitions import RegisterDefinition
from tests.fixtures.clients import CODE, MakeClient
from tests.fixtures.log import entries
from tests.fixtures.people import MakeActor
from tests.pages.clients.test_client_pages import words
from tests.pages.conftest import Browse

Register = tuple[int, RegisterDefinition]
REASON = "Sijaistan ohjaajaa tänään"


def test_a_colleague_is_led_to_the_reason_and_back(
    worker: Actor,
    colleague: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
) -> None:
    client = make_client(worker, published_register[0], worker=worker)
    reader = browse(colleague)
    url = f"/clients/{client.id}/edit"

    asked = reader.fetch(url)
    page = reader.get(asked.location)
    answer = reader.send(f"/clients/{client.id}/reason", {"reason": REASON, "next": url})

    assert asked.status_code == 303
    assert asked.location == f"/clients/{client.id}/reason?next=/clients/{client.id}/edit"
    assert "Virtanen" not in words(page)
    assert "Asiakas 1001" in words(page)
    assert (answer.status_code, answer.location) == (303, url)
    assert "Virtanen" in str(reader.get(url))
    assert len(entries("access.reason_given")) == 1


def test_a_sent_form_outside_the_caseload_changes_nothing_and_leads_back_to_it(
    worker: Actor,
    colleague: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
) -> None:
    client = make_client(worker, published_register[0], worker=worker)

    answer = browse(colleague).send(
        f"/clients/{client.id}/edit",
        {"last_name": "Muu", "first_names": "Muu", "birth_date": "1.1.1980", "language": "fi"},
    )

    assert answer.status_code == 303
    assert answer.location.endswith(f"/reason?next=/clients/{client.id}/edit")
    assert entries("client.changed") == []
    assert entries("client.viewed") == []


def test_a_reason_too_short_comes_back_with_what_was_typed(
    worker: Actor,
    colleague: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
) -> None:
    client = make_client(worker, published_register[0], worker=worker)

    page = browse(colleague).post(f"/clients/{client.id}/reason", {"reason": "syy"}, status=422)

    typed = page.select_one("textarea[name=reason]")
    assert typed is not None
    assert typed.get_text(strip=True) == "syy"
    assert "vähintään 10 merkkiä" in words(page)


@pytest.mark.parametrize("target", ["https://example.invalid/", "//example.invalid", "\\\\x"])
def test_the_way_back_stays_on_this_site(
    worker: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
    target: str,
) -> None:
    client = make_client(worker, published_register[0], worker=worker)

    answer = browse(worker).send(f"/clients/{client.id}/reason", {"reason": REASON, "next": target})

    assert answer.location == "/"


def test_a_client_of_another_register_cannot_be_opened_by_reason(
    make_actor: MakeActor,
    published_register: Register,
    other_register: int,
    make_client: MakeClient,
    browse: Browse,
) -> None:
    client = make_client(make_actor("ohjaaja", Role.STAFF), published_register[0])
    elsewhere = make_actor("muualta", Role.STAFF, register_id=other_register)
    reader = browse(elsewhere)

    for url in (f"/clients/{client.id}/edit", f"/clients/{client.id}/reason"):
        reader.get(url, status=403)
    assert reader.send(f"/clients/{client.id}/reason", {"reason": REASON}).status_code == 403
    assert [e["details"]["endpoint"] for e in entries("access.refused")] == [
        "clients.edit",
        "clients.give_reason",
        "clients.give_reason",
    ]


def test_the_whole_code_is_shown_after_a_reason_and_never_in_an_address(
    worker: Actor, published_register: Register, make_client: MakeClient, browse: Browse
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)
    reader = browse(worker)
    url = f"/clients/{client.id}/identity-code"

    asked = reader.get(url)
    refused = reader.post(url, {}, status=422)
    unknown = reader.post(url, {"reason": "uteliaisuus"}, status=422)
    answer = reader.send(url, {"reason": "authority"})

    for page in (asked, refused, unknown):
        assert CODE not in str(page)
    assert CODE in answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert CODE not in str(Headers(answer.headers))
    assert [e["details"] for e in entries("client.identity_code_revealed")] == [
        {"reason": "authority"}
    ]


def test_a_client_without_a_code_has_none_to_show(
    worker: Actor, published_register: Register, make_client: MakeClient, browse: Browse
) -> None:
    client = make_client(worker, published_register[0])
    reader = browse(worker)

    page = reader.get(f"/clients/{client.id}/identity-code")

    assert "Asiakkaalla ei ole henkilötunnusta" in words(page)
    reader.post(f"/clients/{client.id}/identity-code", {"reason": "identify"}, status=404)


def test_administrators_and_auditors_are_refused_every_page(
    worker: Actor,
    make_actor: MakeActor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
) -> None:
    client = make_client(worker, published_register[0])

    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        reader = browse(make_actor(str(role), role))
        for url in ("", "/new", f"/{client.id}/edit", f"/{client.id}/identity-code"):
            reader.get(f"/clients{url}", status=403)
        assert reader.send("/clients/search", {"q": "virta"}).status_code == 403


def test_if_the_log_cannot_be_written_the_page_is_not_shown(
    worker: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = make_client(worker, published_register[0])
    reader = browse(worker)

    def fail(*_args: object, **_values: object) -> None:
        raise OSError("disk full")

    for views in (common, pages):
        monkeypatch.setattr(views, "record_view", fail)

    for url in ("/clients", f"/clients/{client.id}/edit"):
        assert "Virtanen" not in str(reader.get(url, status=500))
