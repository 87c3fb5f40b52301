"""A request arrives: what is refused, how it is numbered, what is kept of it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.models import AuditOutbox
from app.db import db
from app.requests.models import DataSubjectRequest
from app.requests.queries import request_page
from app.requests.services import register_request, verify_identity
from app.web.problems import Conflict, InputError, NotFound
from tests.fixtures.documents import Desk
from tests.fixtures.people import MakeActor
from tests.services.requests.conftest import Ask


def test_requests_are_numbered_within_the_year_of_their_registration(
    ask: Ask, today: time_machine.Traveller
) -> None:
    first, second = ask(), ask()
    today.move_to(datetime(2027, 1, 4, 8, 0, tzinfo=UTC))
    next_year = ask(received_on=date(2026, 12, 30))

    assert [first.reference, second.reference] == ["2026-1", "2026-2"]
    assert next_year.reference == "2027-1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_on", date(2026, 11, 10)),
        ("received_on", date(2025, 11, 7)),
        ("kind", "everything"),
        ("channel", "pigeon"),
        ("details", "x" * 2001),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(ask: Ask, field: str, value: object) -> None:
    with pytest.raises(InputError) as refused:
        ask(**{field: value})

    assert refused.value.field == field
    assert db.session.scalars(select(DataSubjectRequest)).all() == []


def test_a_request_received_today_is_accepted(ask: Ask) -> None:
    assert ask(received_on=date(2026, 11, 9)).received_on == date(2026, 11, 9)


def test_a_client_of_another_register_is_not_found(
    desk: Desk, handler: Actor, other_register: int
) -> None:
    with pytest.raises(NotFound):
        register_request(
            handler,
            other_register,
            desk.client.id,
            kind="access",
            channel="letter",
            received_on=date(2026, 11, 2),
        )


def test_a_handler_of_another_register_may_not_register_here(
    ask: Ask, make_actor: MakeActor, other_register: int
) -> None:
    stranger = make_actor("toinen", Role.REQUEST_HANDLER, register_id=other_register)

    with pytest.raises(NotPermitted):
        ask(actor=stranger)


def test_staff_do_not_process_requests(ask: Ask, worker: Actor) -> None:
    with pytest.raises(NotPermitted):
        ask(actor=worker)


def test_the_words_of_the_request_are_kept_only_encrypted(ask: Ask, handler: Actor) -> None:
    request = ask(details="Haluan nähdä kaikki lausuntoni.")

    assert request.details_sealed is not None
    assert b"lausuntoni" not in request.details_sealed
    assert request_page(handler, request.id).details == "Haluan nähdä kaikki lausuntoni."


def test_the_registration_is_in_the_log(ask: Ask, desk: Desk) -> None:
    request = ask()

    payloads = db.session.scalars(select(AuditOutbox.payload)).all()
    assert any(
        '"action":"request.registered"' in payload
        and f'"client":{desk.client.id}' in payload
        and f'"object_id":{request.id}' in payload
        for payload in payloads
    )


def test_the_method_of_identification_comes_from_a_closed_list(ask: Ask, handler: Actor) -> None:
    request = ask()
    with pytest.raises(InputError) as refused:
        verify_identity(handler, request.id, "copy_of_passport")

    assert refused.value.field == "method"
    assert request.identity_verified_at is None


def test_an_identity_is_verified_once(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)

    assert request.identity_method == "identity_document"
    assert request.identity_verified_by_id == handler.user_id
    with pytest.raises(Conflict):
        verify_identity(handler, request.id, "known_in_person")
