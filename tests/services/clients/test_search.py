"""Search over encrypted names and codes, and the lists of clients."""

import pytest

from app.accounts.permissions import Actor, Role
from app.clients.queries import client_list, lists, search
from app.clients.services import open_outside_caseload
from app.registers.definitions import RegisterDefinition
from tests.fixtures.clients import CODE, MakeClient
from tests.fixtures.people import MakeActor

Register = tuple[int, RegisterDefinition]


@pytest.fixture
def three(worker: Actor, published_register: Register, make_client: MakeClient) -> list[int]:
    """Three clients of one register, all of them one worker's."""
    register_id = published_register[0]
    return [
        make_client(worker, register_id, worker=worker, identity_code=CODE).id,
        make_client(worker, register_id, worker=worker, last_name="Virta").id,
        make_client(worker, register_id, last_name="Åkerlund", first_names="Örjan Väinö").id,
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("virta", ["Virta, Aino-Testi", "Virtanen, Aino-Testi"]),
        ("VIRTAN", ["Virtanen, Aino-Testi"]),
        ("testi virtan", ["Virtanen, Aino-Testi"]),
        ("åk", ["Åkerlund, Örjan Väinö"]),
        ("vä ö", []),
        ("vä ör", ["Åkerlund, Örjan Väinö"]),
        ("tanen", []),
        ("1001", ["Virtanen, Aino-Testi"]),
        (" 1003 ", ["Åkerlund, Örjan Väinö"]),
        ("1004", []),
        (CODE, ["Virtanen, Aino-Testi"]),
        ("010180-9016", []),
        ("010180–9015", []),
        ("010180-", []),
        ("", []),
        ("%", []),
    ],
)
def test_a_search_finds_by_beginning_number_and_whole_code(
    worker: Actor, three: list[int], typed: str, found: list[str]
) -> None:
    assert [hit.name for hit in search(worker, typed)] == found


def test_a_search_stays_within_the_registers_of_the_person(
    worker: Actor,
    three: list[int],
    other_register: int,
    make_client: MakeClient,
    make_actor: MakeActor,
) -> None:
    there = make_client(worker, other_register)
    elsewhere = make_actor("muualta", Role.STAFF, register_id=other_register)

    assert [hit.id for hit in search(elsewhere, "Virtanen")] == [there.id]
    assert [hit.id for hit in search(elsewhere, "1001")] == [there.id]
    assert search(elsewhere, CODE) == []
    assert len(search(worker, "Virtanen")) == 2


def test_people_without_client_work_find_nobody(
    administrator: Actor, auditor: Actor, three: list[int]
) -> None:
    for actor in (administrator, auditor):
        assert search(actor, "Virtanen") == []
        assert client_list(actor).clients == []


def test_hits_tell_whom_the_reader_opens_only_with_a_reason(
    worker: Actor, colleague: Actor, handler: Actor, three: list[int]
) -> None:
    open_outside_caseload(colleague, three[1], "Sijaistan ohjaajaa tänään")

    asked = {hit.id: hit.needs_reason for hit in search(colleague, "virta")}

    assert asked == {three[0]: True, three[1]: False}
    assert not any(hit.needs_reason for hit in search(worker, "virta"))
    assert not any(hit.needs_reason for hit in search(handler, "virta"))


def test_the_own_list_holds_the_caseload_and_the_other_one_all(
    worker: Actor, colleague: Actor, three: list[int]
) -> None:
    assert [hit.id for hit in client_list(worker, own=True).clients] == three[::-1]
    assert client_list(colleague, own=True).clients == []
    assert [hit.id for hit in client_list(colleague).clients] == three[::-1]


def test_a_list_row_tells_the_running_services(worker: Actor, three: list[int]) -> None:
    rows = {row.id: row for row in client_list(worker).clients}

    assert [line.service for line in rows[three[0]].running] == ["Kuntouttava työtoiminta"]
    assert rows[three[2]].running == ()


def test_pages_follow_each_other_without_gap_or_repetition(
    worker: Actor,
    published_register: Register,
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    ids = [make_client(worker, published_register[0]).id for _ in range(5)][::-1]

    first = client_list(worker)
    second = client_list(worker, before_id=first.older_than)
    third = client_list(worker, before_id=second.older_than)
    back = client_list(worker, after_id=third.newer_than)

    pages = [[hit.id for hit in page.clients] for page in (first, second, third)]
    assert pages == [ids[:2], ids[2:4], ids[4:]]
    assert (first.newer_than, third.older_than) == (None, None)
    assert [hit.id for hit in back.clients] == pages[1]
