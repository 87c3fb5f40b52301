"""Who opens which client: the caseload, the reason, the register, and the whole identity code."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.clients.models import CaseloadException
from app.clients.queries import ReasonNeeded, client_card, is_own, names_of, reasons_given
from app.clients.services import (
    end_episode,
    open_outside_caseload,
    reveal_identity_code,
    start_episode,
)
from app.crypto import key_store
from app.db import db
from app.registers.definitions import RegisterDefinition
from app.web.problems import InputError, NotFound
from tests.fixtures.clients import CODE, SERVICE, MakeClient
from tests.fixtures.log import entries
from tests.fixtures.people import MakeActor

Register = tuple[int, RegisterDefinition]
REASON = "Sijaistan ohjaajaa tänään"


def test_staff_opens_the_own_caseload_without_a_reason(
    worker: Actor, owner: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(owner, published_register[0], worker=worker)

    card = client_card(worker, client.id)

    assert card.own
    assert [episode.worker for episode in card.running] == ["Ohjaaja"]


def test_a_colleague_is_asked_for_a_reason_and_then_let_in(
    worker: Actor, colleague: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], worker=worker)
    with pytest.raises(ReasonNeeded) as asked:
        client_card(colleague, client.id)

    open_outside_caseload(colleague, client.id, REASON)

    assert asked.value.client_id == client.id
    assert client_card(colleague, client.id).name == "Virtanen, Aino-Testi"
    assert not client_card(colleague, client.id).own
    (entry,) = entries("access.reason_given")
    assert (entry["actor"], entry["client"]) == (colleague.user_id, client.id)


def test_a_reason_opens_for_one_person_and_one_client(
    worker: Actor,
    colleague: Actor,
    make_actor: MakeActor,
    published_register: Register,
    make_client: MakeClient,
) -> None:
    client = make_client(worker, published_register[0])
    other = make_client(worker, published_register[0])
    third = make_actor("kolmas", Role.STAFF)
    open_outside_caseload(colleague, client.id, REASON)

    for actor, client_id in ((colleague, other.id), (third, client.id)):
        with pytest.raises(ReasonNeeded):
            client_card(actor, client_id)


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2026, 7, 15)])
def test_a_reason_is_good_until_midnight_in_finland(
    worker: Actor,
    colleague: Actor,
    published_register: Register,
    make_client: MakeClient,
    day: date,
) -> None:
    client = make_client(worker, published_register[0])
    late = datetime(day.year, day.month, day.day, 23, 59, 30, tzinfo=clock.HELSINKI)
    with time_machine.travel(late, tick=False):
        open_outside_caseload(colleague, client.id, REASON)
        assert client_card(colleague, client.id)

    next_day = time_machine.travel(late + timedelta(seconds=31), tick=False)
    with next_day, pytest.raises(ReasonNeeded):
        client_card(colleague, client.id)


@pytest.mark.parametrize("reason", ["", "   ", "syy", "x" * 501])
def test_a_reason_of_no_words_is_refused(
    worker: Actor,
    colleague: Actor,
    published_register: Register,
    make_client: MakeClient,
    reason: str,
) -> None:
    client = make_client(worker, published_register[0])

    with pytest.raises(InputError) as refused:
        open_outside_caseload(colleague, client.id, reason)

    assert refused.value.field == "reason"


def test_the_reason_is_sealed_and_not_in_the_log(
    worker: Actor, colleague: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])
    open_outside_caseload(colleague, client.id, REASON)

    (sealed,) = db.session.scalars(select(CaseloadException.reason_sealed))

    assert REASON.encode() not in sealed
    (entry,) = entries("access.reason_given")
    assert REASON not in str(entry)
    assert reasons_given([entry["object_id"]]) == {entry["object_id"]: REASON}


def test_a_reason_needs_a_grant_in_the_register(
    worker: Actor,
    make_actor: MakeActor,
    published_register: Register,
    other_register: int,
    make_client: MakeClient,
) -> None:
    client = make_client(worker, published_register[0])
    elsewhere = make_actor("muualta", Role.STAFF, register_id=other_register)

    with pytest.raises(NotPermitted):
        open_outside_caseload(elsewhere, client.id, REASON)
    with pytest.raises(NotPermitted):
        client_card(elsewhere, client.id)


@pytest.mark.parametrize(
    "role",
    [
        Role.REQUEST_HANDLER,
        Role.RECORDS_MANAGER,
        Role.REGISTER_OWNER,
        Role.DATA_PROTECTION_OFFICER,
    ],
)
def test_roles_whose_work_is_all_clients_are_not_asked(
    worker: Actor,
    make_actor: MakeActor,
    published_register: Register,
    make_client: MakeClient,
    role: Role,
) -> None:
    client = make_client(worker, published_register[0])
    reader = make_actor("lukija", role, register_id=published_register[0])

    assert client_card(reader, client.id).number == client.number


def test_administrators_and_auditors_open_no_client(
    worker: Actor,
    administrator: Actor,
    auditor: Actor,
    published_register: Register,
    make_client: MakeClient,
) -> None:
    client = make_client(worker, published_register[0])

    for actor in (administrator, auditor):
        with pytest.raises(NotPermitted):
            client_card(actor, client.id)


def test_a_client_leaves_the_caseload_a_while_after_the_end(
    owner: Actor, worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    today = clock.today()
    for days, own in ((0, True), (30, True), (31, False)):
        client = make_client(owner, published_register[0])
        ended_on = today - timedelta(days=days)
        episode = start_episode(owner, client.id, SERVICE, ended_on, worker.user_id)
        end_episode(owner, episode.id, ended_on)
        assert is_own(worker, client.id) is own


def test_a_new_client_is_in_the_caseload_of_who_entered_it_until_the_first_episode(
    worker: Actor, colleague: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])
    assert is_own(worker, client.id)

    start_episode(worker, client.id, SERVICE, clock.today(), colleague.user_id)

    assert not is_own(worker, client.id)
    assert is_own(colleague, client.id)


def test_a_client_that_is_not_there_is_not_found(worker: Actor) -> None:
    with pytest.raises(NotFound):
        client_card(worker, 4711)


def test_a_revealed_code_is_logged_with_its_reason_first(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)

    assert reveal_identity_code(worker, client.id, "authority") == CODE

    (entry,) = entries("client.identity_code_revealed")
    assert (entry["client"], entry["details"]) == (client.id, {"reason": "authority"})
    assert CODE not in str(entry)


def test_no_code_is_revealed_without_a_listed_reason(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)

    for reason in ("", "uteliaisuus"):
        with pytest.raises(InputError) as refused:
            reveal_identity_code(worker, client.id, reason)
        assert refused.value.field == "reason"
    assert entries("client.identity_code_revealed") == []


def test_a_code_outside_the_caseload_or_missing_is_not_revealed(
    worker: Actor, colleague: Actor, published_register: Register, make_client: MakeClient
) -> None:
    coded = make_client(worker, published_register[0], identity_code=CODE)
    without = make_client(worker, published_register[0])

    with pytest.raises(ReasonNeeded):
        reveal_identity_code(colleague, coded.id, "identify")
    with pytest.raises(NotFound):
        reveal_identity_code(worker, without.id, "identify")


def test_names_come_in_a_batch_and_a_destroyed_key_leaves_the_number(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    kept = make_client(worker, published_register[0])
    gone = make_client(worker, published_register[0], last_name="Poistunut")
    key_store().destroy(gone.key_id)

    names = names_of([kept.id, gone.id, 4711])

    assert names[kept.id] == "Virtanen, Aino-Testi"
    assert "1002" in names[gone.id]
    assert "Poistunut" not in names[gone.id]
    assert set(names) == {kept.id, gone.id}
    with pytest.raises(NotFound):
        client_card(worker, gone.id)
