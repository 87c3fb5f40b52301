"""Holds: set on a client or a document with a reason, lifted by a person, heard everywhere."""

from collections.abc import Callable

import pytest

from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.models import AuditOutbox
from app.db import db
from app.destruction import services
from app.destruction.queries import find_target, hold_list, holds_on, target_of
from app.documents.blockers import blocker_words, blockers_of
from app.web.i18n import language
from app.web.problems import Conflict, InputError, NotFound
from tests.fixtures.disposal import Archive
from tests.fixtures.people import MakeActor

MANDATE = "Hallinto-oikeus 44/2026"


def test_a_hold_on_a_client_is_on_every_document(archive: Archive) -> None:
    first, second = archive.log(), archive.log("man")
    services.set_hold(
        archive.officer, client_id=archive.client.id, reason="complaint", mandate=MANDATE
    )

    found = blockers_of([first.id, second.id])

    assert set(found) == {first.id, second.id}
    with language("fi"):
        words = blocker_words(found[first.id][0])
    assert words == "hävittämiskielto: kantelu viranomaiselle"


def test_a_hold_on_a_document_is_on_that_one_only(archive: Archive) -> None:
    held, free = archive.log(), archive.log()
    services.set_hold(archive.manager, document_id=held.id, reason="dispute", mandate=MANDATE)

    assert set(blockers_of([held.id, free.id])) == {held.id}
    assert [hold.target for hold in holds_on(archive.client.id, held.id)] == [
        f"A-{archive.client.number}/{held.id}"
    ]
    assert holds_on(archive.client.id) == []


def test_a_lifted_hold_holds_nothing(archive: Archive) -> None:
    document = archive.log()
    hold = services.set_hold(
        archive.officer, document_id=document.id, reason="audit", mandate=MANDATE
    )

    services.lift_hold(archive.officer, hold.id)

    assert blockers_of([document.id]) == {}
    assert hold_list(archive.officer) == []
    (lifted,) = hold_list(archive.officer, lifted=True)
    assert lifted.lifted_by == "Tietosuoja"
    with pytest.raises(Conflict):
        services.lift_hold(archive.officer, hold.id)


@pytest.mark.parametrize(
    ("reason", "mandate", "field"),
    [
        ("whim", MANDATE, "reason"),
        ("dispute", "  ", "mandate"),
        ("dispute", "x" * 201, "mandate"),
    ],
)
def test_a_hold_without_a_good_reason_is_refused(
    archive: Archive, reason: str, mandate: str, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        services.set_hold(
            archive.officer, client_id=archive.client.id, reason=reason, mandate=mandate
        )

    assert refused.value.field == field
    assert hold_list(archive.officer) == []


def test_what_is_destroyed_cannot_be_held_any_more(
    archive: Archive, after_waiting: Callable[[], None]
) -> None:
    document = archive.log()
    found = archive.approved()
    after_waiting()
    services.execute(archive.manager, found.id)

    with pytest.raises(InputError):
        services.set_hold(
            archive.officer, document_id=document.id, reason="dispute", mandate=MANDATE
        )


def test_staff_and_people_of_other_registers_set_no_holds(
    archive: Archive, worker: Actor, other_register: int, make_actor: MakeActor
) -> None:
    elsewhere = make_actor("muualla", Role.RECORDS_MANAGER, register_id=other_register)
    hold = services.set_hold(
        archive.officer, client_id=archive.client.id, reason="dispute", mandate=MANDATE
    )

    for actor in (worker, elsewhere):
        with pytest.raises(NotPermitted):
            services.set_hold(actor, client_id=archive.client.id, reason="dispute", mandate=MANDATE)
        with pytest.raises(NotPermitted):
            services.lift_hold(actor, hold.id)
    assert hold_list(elsewhere) == []


def test_unknown_things_are_not_held(archive: Archive) -> None:
    with pytest.raises(NotFound):
        services.set_hold(archive.officer, document_id=999, reason="dispute", mandate=MANDATE)
    with pytest.raises(NotFound):
        services.lift_hold(archive.officer, 999)


def test_setting_and_lifting_are_in_the_clients_log(archive: Archive) -> None:
    hold = services.set_hold(
        archive.officer, client_id=archive.client.id, reason="dispute", mandate=MANDATE
    )
    services.lift_hold(archive.officer, hold.id)

    payloads = [row.payload for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)]
    told = [text for text in payloads if '"action":"hold.' in text]

    assert len(told) == 2
    assert all(f'"client":{archive.client.id}' in text for text in told)
    assert not any(MANDATE in text for text in payloads)


def test_a_typed_reference_finds_client_and_document(archive: Archive) -> None:
    document = archive.log()
    number = archive.client.number

    def find(typed: str) -> dict[str, int]:
        return find_target(archive.officer, archive.register_id, typed)

    assert find(f" a-{number} ") == find(str(number)) == {"client_id": archive.client.id}
    assert find(f"A-{number}/{document.id}") == {"document_id": document.id}
    for typed in ("A-9", f"A-{number}/999", "Virtanen", ""):
        with pytest.raises(InputError) as refused:
            find(typed)
        assert refused.value.field == "target"


def test_a_link_is_put_into_the_same_words(archive: Archive, worker: Actor) -> None:
    document = archive.log()
    number = archive.client.number

    assert target_of(archive.officer, archive.client.id, None) == (
        archive.register_id,
        f"A-{number}",
    )
    assert target_of(archive.officer, None, document.id) == (
        archive.register_id,
        f"A-{number}/{document.id}",
    )
    assert target_of(archive.officer, 999, None) is None
    with pytest.raises(NotPermitted):
        target_of(worker, archive.client.id, None)
