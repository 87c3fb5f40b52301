"""Pages of clients as people use them: lists, search, details, episodes, consents."""

import json
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup

from app import clock
from app.accounts.permissions import Actor, Role
from app.clients import queries
from app.clients.queries import client_card, lists
from app.clients.services import give_consent
from app.registers.definitions import RegisterDefinition
from tests.fixtures.clients import CODE, SERVICE, MakeClient
from tests.fixtures.log import entries
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse

Register = tuple[int, RegisterDefinition]

NEW = {
    "last_name": "Nieminen",
    "first_names": "Testi",
    "identity_code": "",
    "birth_date": "5.3.1990",
    "language": "sv",
    "city": "Lohja",
}


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def test_an_empty_caseload_says_how_clients_come_there(
    worker: Actor, published_register: Register, browse: Browse
) -> None:
    page = browse(worker).get("/clients")

    assert "Sinulla ei ole omia asiakkaita." in words(page)
    assert page.select_one('a[href="/clients/new"]')


def test_the_list_shows_the_caseload_first_and_logs_whom_it_showed(
    worker: Actor,
    colleague: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
) -> None:
    own = make_client(worker, published_register[0], worker=worker)
    other = make_client(colleague, published_register[0], worker=colleague, last_name="Koski")
    reader = browse(worker)

    first = reader.get("/clients")
    everyone = reader.get("/clients?tab=all")

    assert "Virtanen, Aino-Testi" in words(first)
    assert "Koski" not in words(first)
    assert "ei oma asiakkaasi" in words(everyone)
    assert [e["details"]["shown"] for e in entries("client.listed")] == [
        [own.id],
        [other.id, own.id],
    ]


def test_paging_leads_to_older_clients_and_back(
    worker: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)
    for name in ("Ensimmäinen", "Toinen"):
        make_client(worker, published_register[0], last_name=name)
    reader = browse(worker)

    newest = reader.get("/clients")
    older = newest.select_one('.pagination a[rel="next"]')
    assert older is not None
    oldest = reader.get(str(older["href"]))
    newer = oldest.select_one('.pagination a[rel="prev"]')

    assert "Toinen" in words(newest)
    assert "Ensimmäinen" in words(oldest)
    assert newer is not None
    assert "Toinen" in words(reader.get(str(newer["href"])))


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30])
def test_a_key_of_paging_that_cannot_be_is_ignored(
    worker: Actor, published_register: Register, browse: Browse, key: str
) -> None:
    browse(worker).get(f"/clients?before={key}&after={key}")


def test_a_search_keeps_its_words_out_of_the_address_and_the_log(
    worker: Actor, published_register: Register, make_client: MakeClient, browse: Browse
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)
    reader = browse(worker)

    answer = reader.send("/clients/search", {"q": CODE})

    assert answer.status_code == 200
    assert "Virtanen, Aino-Testi" in answer.get_data(as_text=True)
    (entry,) = entries("client.searched")
    assert entry["details"] == {"kind": "code", "shown": [client.id]}
    assert CODE not in json.dumps(entry)
    assert reader.fetch("/clients/search").location == "/clients"


def test_a_search_that_finds_nobody_says_what_can_be_found(
    worker: Actor, published_register: Register, browse: Browse
) -> None:
    page = browse(worker).post("/clients/search", {"q": "Kukaan"})

    assert "Ketään ei löytynyt." in words(page)
    assert "henkilötunnusta vain kokonaisena" in words(page)


def test_a_search_with_a_typographic_dash_offers_the_corrected_code(
    worker: Actor, published_register: Register, browse: Browse
) -> None:
    page = browse(worker).post("/clients/search", {"q": "010180–9015"})

    assert "Tarkoititko 010180-9015?" in words(page)
    offered = page.select_one('.notice input[name="q"]')
    assert offered is not None
    assert offered["value"] == CODE


def test_a_full_list_of_hits_says_that_there_may_be_more(
    worker: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "SEARCH_LIMIT", 1)
    monkeypatch.setattr(queries, "SEARCH_LIMIT", 1)
    for _ in range(2):
        make_client(worker, published_register[0])

    page = browse(worker).post("/clients/search", {"q": "virta"})

    assert "Niitä voi olla enemmän." in words(page)


def test_a_new_client_goes_on_to_the_start_of_a_service(
    worker: Actor, published_register: Register, browse: Browse
) -> None:
    reader = browse(worker)
    answer = reader.send("/clients/new", NEW)
    started = reader.get(answer.location)

    assert answer.status_code == 303
    assert re.fullmatch(r"/clients/\d+/episodes/new", answer.location)
    assert "Asiakas tallennettiin numerolla 1001." in words(started)
    assert "Kuntouttava työtoiminta" in words(started)
    assert started.select_one(f'option[value="{worker.user_id}"][selected]')


def test_a_form_with_mistakes_comes_back_with_all_that_was_typed(
    worker: Actor, published_register: Register, browse: Browse
) -> None:
    page = browse(worker).post(
        "/clients/new",
        {**NEW, "identity_code": "010180–9015", "birth_date": "1.1.1980"},
        status=422,
    )

    assert page.title is not None
    assert page.title.get_text().startswith("Virhe:")
    assert "Tarkoititko 010180-9015?" in words(page)
    for name, value in (("last_name", "Nieminen"), ("identity_code", "010180–9015")):
        field = page.select_one(f'input[name="{name}"]')
        assert field is not None
        assert field["value"] == value
    birth = page.select_one('input[name="birth_date"]')
    assert birth is not None
    assert birth["value"] == "1.1.1980"


def test_the_register_is_asked_for_only_where_there_are_several(
    make_actor: MakeActor,
    published_register: Register,
    other_register: int,
    browse: Browse,
) -> None:
    narrow = make_actor("suppea", Role.STAFF, register_id=other_register)
    wide = make_actor("laaja", Role.STAFF)

    assert not browse(narrow).get("/clients/new").select("select[name=register_id]")
    assert len(browse(wide).get("/clients/new").select("select[name=register_id] option")) == 2
    answer = browse(wide).send("/clients/new", {**NEW, "register_id": str(other_register)})
    client_id = int(answer.location.split("/")[2])
    assert client_card(wide, client_id).register_id == other_register


def test_no_client_is_added_while_no_register_is_in_force(worker: Actor, browse: Browse) -> None:
    page = browse(worker).get("/clients/new")

    assert "Mikään rekisteri ei ole vielä voimassa." in words(page)
    assert not page.select("main form")


def test_details_are_shown_to_be_changed_without_the_identity_code(
    worker: Actor, published_register: Register, make_client: MakeClient, browse: Browse
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)
    reader = browse(worker)

    page = reader.get(f"/clients/{client.id}/edit")

    assert CODE not in str(page)
    assert "010180-****" in words(page)
    assert [e["client"] for e in entries("client.viewed")] == [client.id]
    answer = reader.send(
        f"/clients/{client.id}/edit",
        {**NEW, "last_name": "Uusi", "birth_date": "1.1.1980", "non_disclosure": "y"},
    )
    assert answer.status_code == 303
    card = client_card(worker, client.id)
    assert (card.last_name, card.language, card.masked_code) == ("Uusi", "sv", "010180-****")
    assert card.contact.non_disclosure


def test_a_wrong_change_loses_nothing_typed(
    worker: Actor, published_register: Register, make_client: MakeClient, browse: Browse
) -> None:
    client = make_client(worker, published_register[0])

    page = browse(worker).post(
        f"/clients/{client.id}/edit", {**NEW, "last_name": "", "city": "Turku"}, status=422
    )

    assert "Anna sukunimi." in words(page)
    city = page.select_one('input[name="city"]')
    assert city is not None
    assert city["value"] == "Turku"


def test_a_start_of_a_service_is_refused_beside_its_field(
    worker: Actor, published_register: Register, make_client: MakeClient, browse: Browse
) -> None:
    client = make_client(worker, published_register[0])
    reader = browse(worker)
    url = f"/clients/{client.id}/episodes/new"
    sent = {"service": SERVICE, "started_on": "32.1.2026", "worker": str(worker.user_id)}

    wrong = reader.post(url, sent, status=422)
    nothing = reader.post(url, {}, status=422)
    waiting = reader.post(url, {**sent, "started_on": "5.1.2026", "service": "ray"}, status=422)

    assert "ei ole kalenteripäivä" in words(wrong) or "32.1.2026" in words(wrong)
    assert "Valitse palvelu." in words(nothing)
    assert "Suostun tietojeni käsittelyyn avustetussa palvelussa." in words(waiting)
    answer = reader.send(url, {**sent, "started_on": "5.1.2026", "coaching_number": "V-1"})
    assert answer.status_code == 303
    (episode,) = client_card(worker, client.id).episodes
    assert (episode.started_on, episode.coaching_number) == (date(2026, 1, 5), "V-1")


def test_a_consent_is_recorded_and_withdrawn(
    worker: Actor, published_register: Register, make_client: MakeClient, browse: Browse
) -> None:
    client = make_client(worker, published_register[0])
    reader = browse(worker)
    url = f"/clients/{client.id}/consents"

    assert "Suostun tietojeni käsittelyyn" in words(reader.get(url))
    reader.post(url, {"service": "ray", "given_on": "1.1.2999"}, status=422)
    given = reader.post(url, {"service": "ray", "given_on": "tänään-"}, status=422)
    assert "tänään-" in str(given)
    given = reader.post(url, {"service": "ray", "given_on": clock.today().strftime("%d.%m.%Y")})
    assert "Suostumus kirjattiin." in words(given)
    link = given.select_one('a[href$="/withdraw"]')
    assert link is not None
    withdrawal = reader.get(str(link["href"]))
    assert "RAY" in words(withdrawal)
    gone = reader.post(str(link["href"]), {"withdrawn_on": clock.today().isoformat()})
    assert "Peruutus kirjattiin." in words(gone)
    assert "peruutettu" in words(gone)
    assert "Suostun tietojeni käsittelyyn" in words(gone)


def test_a_request_handler_withdraws_and_does_not_give_consents(
    worker: Actor,
    handler: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
) -> None:
    client = make_client(worker, published_register[0])
    reader = browse(handler)

    page = reader.get(f"/clients/{client.id}/consents")
    refused = reader.send(
        f"/clients/{client.id}/consents", {"service": "ray", "given_on": "1.1.2026"}
    )
    consent = give_consent(worker, client.id, "ray", clock.today())
    withdrawn = reader.send(
        f"/clients/consents/{consent.id}/withdraw", {"withdrawn_on": clock.today().isoformat()}
    )

    assert not page.select('main input[name="given_on"]')
    assert refused.status_code == 403
    assert withdrawn.status_code == 303


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_page_is_whole_in_each_language(
    worker: Actor,
    published_register: Register,
    make_client: MakeClient,
    browse: Browse,
    language: str,
) -> None:
    client = make_client(worker, published_register[0], worker=worker, identity_code=CODE)
    consent = give_consent(worker, client.id, "ray", clock.today())
    reader = browse(worker, language)

    for url in (
        "/clients",
        "/clients/new",
        f"/clients/{client.id}/edit",
        f"/clients/{client.id}/reason",
        f"/clients/{client.id}/identity-code",
        f"/clients/{client.id}/episodes/new",
        f"/clients/{client.id}/consents",
        f"/clients/consents/{consent.id}/withdraw",
    ):
        page = reader.get(url)
        assert page.title is not None
        assert "Virtanen" not in page.title.get_text()
    reader.post("/clients/search", {"q": "virta"})
