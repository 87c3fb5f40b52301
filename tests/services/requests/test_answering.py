"""The answer goes out and the request ends: what must come first, and on what ground."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.permissions import Actor
from app.db import transaction
from app.documents.blockers import blocker_words, blockers_of
from app.requests.models import DataSubjectRequest
from app.requests.queries import has_open_request, request_page
from app.requests.rules import RequestKind
from app.requests.services import (
    build_package,
    close,
    extend,
    hand_over,
    suspend,
    verify_identity,
)
from app.requests.vocabulary import RefusalGround, refusal_grounds
from app.web.problems import Conflict, InputError
from tests.fixtures.documents import Desk, LogDocument
from tests.services.requests.conftest import Ask

TODAY = date(2026, 11, 9)


def test_nothing_is_handed_over_before_it_has_been_assembled(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)
    with pytest.raises(Conflict):
        hand_over(handler, request.id, "in_person", "Kuittaus", TODAY)

    assert request.handed_over_on is None


def test_the_hand_over_needs_a_proof_and_a_protected_way(ask: Ask, handler: Actor) -> None:
    request = ask(kind="rectification", verified=True)
    with pytest.raises(InputError) as no_proof:
        hand_over(handler, request.id, "in_person", "  ", TODAY)
    with pytest.raises(InputError) as plain_mail:
        hand_over(handler, request.id, "email", "Lähetetty", TODAY)

    assert (no_proof.value.field, plain_mail.value.field) == ("proof", "channel")


@pytest.mark.parametrize("day", [date(2026, 11, 8), date(2026, 11, 10)])
def test_the_answer_is_not_handed_over_before_it_existed_or_tomorrow(
    ask: Ask, handler: Actor, day: date
) -> None:
    request = ask(verified=True)
    build_package(handler, request.id)
    with pytest.raises(InputError) as refused:
        hand_over(handler, request.id, "in_person", "Kuittaus", day)

    assert refused.value.field == "handed_over_on"


def test_the_proof_is_kept_only_encrypted(ask: Ask, handler: Actor) -> None:
    request = ask(kind="rectification", verified=True)
    hand_over(handler, request.id, "registered_letter", "RR 123 456 FI", TODAY)

    assert b"RR 123" not in (request.delivery_proof_sealed or b"")
    notes = [each.note or "" for each in request_page(handler, request.id).activity]
    assert any("RR 123 456 FI" in note for note in notes)


def test_an_answer_is_handed_over_once(ask: Ask, handler: Actor) -> None:
    request = ask(kind="rectification", verified=True)
    hand_over(handler, request.id, "in_person", "Kuittaus", TODAY)
    with pytest.raises(Conflict):
        hand_over(handler, request.id, "in_person", "Kuittaus", TODAY)


def test_a_request_is_not_answered_before_the_hand_over(ask: Ask, handler: Actor) -> None:
    request = ask(kind="rectification", verified=True)
    with pytest.raises(InputError) as refused:
        close(handler, request.id, "answered")

    assert refused.value.field == "outcome"
    assert not request.is_closed


@pytest.mark.parametrize("outcome", ["answered", "refused"])
def test_nothing_is_decided_about_somebody_unknown(ask: Ask, handler: Actor, outcome: str) -> None:
    request = ask()
    with pytest.raises(Conflict):
        close(handler, request.id, outcome, ground="excessive")

    assert not request.is_closed


def test_a_refusal_because_nobody_proved_who_asks_needs_no_identity(
    ask: Ask, handler: Actor
) -> None:
    request = ask()
    suspend(handler, request.id, "identity", date(2026, 11, 3))
    close(handler, request.id, "refused", ground="identity_not_proven")

    assert request.refusal_ground == "identity_not_proven"
    assert request.closed_on == TODAY


def test_a_known_person_is_not_refused_for_being_unknown(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)
    with pytest.raises(InputError) as refused:
        close(handler, request.id, "refused", ground="identity_not_proven")

    assert refused.value.field == "ground"


@pytest.mark.parametrize("ground", [None, "", "too_much_work", "legal_obligation"])
def test_a_refusal_needs_a_ground_that_the_law_has_for_its_kind(
    ask: Ask, handler: Actor, ground: str | None
) -> None:
    request = ask(verified=True)
    with pytest.raises(InputError) as refused:
        close(handler, request.id, "refused", ground=ground)

    assert refused.value.field == "ground"
    assert not request.is_closed


def test_a_withdrawal_of_consent_is_refused_only_for_doubt_about_who_asks() -> None:
    assert refusal_grounds(RequestKind.CONSENT_WITHDRAWAL) == (RefusalGround.IDENTITY_NOT_PROVEN,)


def test_what_has_been_handed_over_is_neither_refused_nor_withdrawn(
    ask: Ask, handler: Actor
) -> None:
    request = ask(kind="erasure", verified=True)
    hand_over(handler, request.id, "in_person", "Kuittaus", TODAY)
    for outcome in ("refused", "withdrawn"):
        with pytest.raises(InputError):
            close(handler, request.id, outcome, ground="excessive")

    close(handler, request.id, "answered")
    assert request.outcome == "answered"


def test_a_withdrawn_request_loses_its_package(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)
    build_package(handler, request.id)
    close(handler, request.id, "withdrawn")

    assert request.package is None


def test_a_closed_request_cannot_be_changed(ask: Ask, handler: Actor) -> None:
    request = ask()
    close(handler, request.id, "withdrawn")
    acts = (
        lambda: close(handler, request.id, "withdrawn"),
        lambda: verify_identity(handler, request.id, "known_in_person"),
        lambda: suspend(handler, request.id, "scope", TODAY),
        lambda: extend(handler, request.id, "complexity", TODAY),
        lambda: build_package(handler, request.id),
    )
    for act in acts:
        with pytest.raises(Conflict):
            act()


def test_an_open_request_keeps_the_documents_of_its_client(
    ask: Ask, handler: Actor, desk: Desk, log: LogDocument
) -> None:
    document = log()
    assert blockers_of([document.id]) == {}
    request = ask(kind="rectification")

    assert blockers_of([document.id]) == {document.id: ["open_request"]}
    assert has_open_request(desk.client.id)
    assert blocker_words("open_request") == "asiakkaan pyyntö on kesken"
    close(handler, request.id, "withdrawn")
    assert blockers_of([document.id]) == {}
    assert not has_open_request(desk.client.id)


def test_the_database_itself_refuses_an_answer_to_a_stranger(ask: Ask) -> None:
    request = ask()
    with pytest.raises(IntegrityError), transaction() as session:
        session.get_one(DataSubjectRequest, request.id).handed_over_on = TODAY
