"""The queue: whose requests, in which order, how it is paged, how many reads it takes."""

from datetime import date, timedelta

import pytest

from app.accounts.permissions import Actor, Role
from app.db import db
from app.requests import queries
from app.requests.queries import Tab, open_requests, request_list, requests_of_client
from app.requests.services import close, register_request
from tests.fixtures.clients import MakeClient
from tests.fixtures.documents import Desk
from tests.fixtures.people import MakeActor
from tests.fixtures.statements import statements
from tests.services.requests.conftest import Ask


def test_only_the_own_registers_are_listed(
    ask: Ask,
    worker: Actor,
    handler: Actor,
    make_actor: MakeActor,
    make_client: MakeClient,
    other_register: int,
) -> None:
    ask()
    other = make_client(worker, other_register)
    register_request(
        handler,
        other_register,
        other.id,
        kind="access",
        channel="letter",
        received_on=date(2026, 11, 2),
    )
    narrow = make_actor("kapea", Role.REQUEST_HANDLER, register_id=other_register)

    assert len(open_requests(handler)) == 2
    assert [row.client_id for row in open_requests(narrow)] == [other.id]
    assert requests_of_client(narrow, other.id)[0].client == "Virtanen, Aino-Testi"


def test_names_are_only_for_those_who_work_with_clients(
    ask: Ask, auditor: Actor, officer: Actor
) -> None:
    ask()

    assert [row.client for row in open_requests(auditor)] == [None]
    assert request_list(auditor, Tab.OPEN).shown == []
    assert [row.client for row in open_requests(officer)] == ["Virtanen, Aino-Testi"]


def test_due_soon_holds_what_is_near_or_late(ask: Ask, handler: Actor) -> None:
    late = ask(received_on=date(2026, 10, 1))
    near = ask(received_on=date(2026, 10, 13))
    ask(received_on=date(2026, 10, 15))

    found = request_list(handler, Tab.DUE_SOON)
    assert [row.id for row in found.rows] == [late.id, near.id]
    assert found.counts[Tab.OPEN] == 3
    assert found.counts[Tab.DUE_SOON] == 2


@pytest.mark.parametrize("tab", [Tab.OPEN, Tab.CLOSED])
def test_the_pages_of_the_queue_show_each_request_once(
    ask: Ask, handler: Actor, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    made = [ask(received_on=date(2026, 11, 1) + timedelta(days=number)) for number in range(5)]
    if tab is Tab.CLOSED:
        for request in made:
            close(handler, request.id, "withdrawn")

    seen: list[int] = []
    page = request_list(handler, tab)
    while True:
        seen += [row.id for row in page.rows]
        if page.after_id is None:
            break
        page = request_list(handler, tab, page.after_id)
    assert sorted(seen) == [request.id for request in made]
    assert seen == sorted(seen, reverse=tab is Tab.CLOSED)


def test_a_longer_queue_takes_no_more_reads(ask: Ask, handler: Actor, desk: Desk) -> None:
    ask()
    db.session.expire_all()
    with statements() as few:
        open_requests(handler)
    for _number in range(5):
        ask()
    db.session.expire_all()
    with statements() as many:
        open_requests(handler)

    assert len(many) == len(few)
