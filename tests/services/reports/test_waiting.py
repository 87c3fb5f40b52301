"""What waits for a person: the numbers beside the pages, limited to roles and registers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app import clock
from app.accounts.permissions import Actor, Role
from app.destruction.services import return_for_change
from app.documents.services import acknowledge, hand_over
from app.registers.queries import versions
from app.registers.services import create_register, propose
from app.reports.queries import Waiting, scope_name, waiting
from app.reports.queries.waiting import _NEVER_URGENT_DAYS
from app.requests.rules import DUE_SOON_DAYS, RequestKind, response_deadline
from app.requests.services import close, extend, suspend
from app.web.i18n import language
from tests.fixtures.disposal import Archive
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import publish_knowingly
from tests.services.requests.conftest import Ask

NOTHING = Waiting(0, 0, 0, 0, 0, 0)


def test_an_empty_installation_has_nothing_waiting(officer: Actor) -> None:
    assert waiting(officer) == NOTHING


def test_a_hand_over_waits_for_its_receiver_until_it_is_answered(
    desk: Desk, colleague: Actor, log_paper: LogDocument
) -> None:
    paper = log_paper()
    slip = hand_over(desk.worker, [paper.items[0].id], colleague.user_id, "Arkistoon")

    assert waiting(colleague).hand_overs == 1
    assert waiting(desk.worker).hand_overs == 0

    acknowledge(colleague, slip.id)
    assert waiting(colleague).hand_overs == 0


def test_open_requests_are_counted_until_they_are_closed(ask: Ask, handler: Actor) -> None:
    request = ask(kind="rectification", verified=True)
    ask(kind="erasure")
    assert waiting(handler).requests == 2

    close(handler, request.id, "withdrawn", closed_on=clock.today())

    assert waiting(handler).requests == 1


@pytest.mark.parametrize(
    ("received_on", "urgent"),
    [
        # One month: 9.11. is the day itself, 14.11. falls on a Saturday and moves to Monday.
        (date(2026, 10, 9), 1),
        (date(2026, 10, 13), 1),
        (date(2026, 10, 14), 0),
        (date(2026, 10, 20), 0),
        (date(2026, 9, 1), 1),
    ],
)
def test_a_request_is_urgent_from_five_days_before_its_deadline_on(
    ask: Ask, handler: Actor, received_on: date, urgent: int
) -> None:
    ask(received_on=received_on)

    assert waiting(handler).urgent_requests == urgent


def test_a_stopped_clock_and_an_extension_take_the_urgency_away(ask: Ask, handler: Actor) -> None:
    stopped = ask(received_on=date(2026, 10, 12))
    extended = ask(received_on=date(2026, 10, 12), kind="erasure", verified=True)
    assert waiting(handler).urgent_requests == 2

    suspend(handler, stopped.id, "identity", date(2026, 10, 13))
    extend(handler, extended.id, "complexity", clock.today())

    assert waiting(handler).urgent_requests == 0
    assert waiting(handler).requests == 2


def test_no_request_that_is_left_out_of_the_reckoning_can_be_urgent() -> None:
    """Whatever its kind and whichever day it came, what is younger is not near its deadline."""
    first = date(2026, 1, 1)
    for kind in RequestKind:
        for received_on in (first + timedelta(days=number) for number in range(3 * 366)):
            due = response_deadline(received_on, kind=kind).due
            youngest = received_on + timedelta(days=_NEVER_URGENT_DAYS - 1)
            assert due is not None
            assert (due - youngest).days > DUE_SOON_DAYS, (kind, received_on)


def test_due_documents_are_counted_until_they_are_on_a_list(archive: Archive) -> None:
    first, second = archive.log(), archive.log("man")
    assert waiting(archive.manager).due_documents == 2
    assert waiting(archive.officer).due_documents == 2

    archive.propose(first)

    assert waiting(archive.manager).due_documents == 1
    archive.propose(second)
    assert waiting(archive.manager).due_documents == 0


def test_a_list_waits_for_everybody_who_may_approve_it_but_not_for_its_proposer(
    archive: Archive, owner: Actor, auditor: Actor
) -> None:
    archive.log()
    found = archive.propose()

    assert waiting(archive.manager).lists_to_approve == 0
    assert waiting(archive.officer).lists_to_approve == 1
    assert waiting(owner).lists_to_approve == 1
    assert waiting(auditor) == NOTHING

    return_for_change(archive.officer, found.id, "Yksi asiakirja kuuluu toiseen rekisteriin.")
    assert waiting(archive.officer).lists_to_approve == 0


def test_a_proposed_version_waits_for_those_who_may_publish_it_but_not_for_its_proposer(
    officer: Actor, owner: Actor, make_actor: MakeActor
) -> None:
    register = create_register(officer, "uusi", "Uusi rekisteri")
    (draft,) = versions(register.id)
    assert waiting(officer).versions_to_publish == 0

    propose(officer, draft.id)
    assert waiting(officer).versions_to_publish == 0
    assert waiting(owner).versions_to_publish == 0
    second = make_actor("toinen", Role.DATA_PROTECTION_OFFICER)
    assert waiting(second).versions_to_publish == 1

    publish_knowingly(second, draft.id, clock.today())
    assert waiting(second).versions_to_publish == 0


def test_an_approved_list_waits_for_the_records_manager_when_its_days_are_over(
    archive: Archive, after_waiting: Callable[[], None]
) -> None:
    archive.log()
    archive.approved()
    assert waiting(archive.officer).lists == 0
    assert waiting(archive.manager).lists_to_carry_out == 0

    after_waiting()

    assert waiting(archive.manager).lists_to_carry_out == 1
    assert waiting(archive.manager).lists == 1
    assert waiting(archive.officer).lists == 0


@pytest.mark.parametrize(
    ("role", "counted"),
    [
        (Role.STAFF, NOTHING),
        (Role.ADMINISTRATOR, NOTHING),
        (Role.AUDITOR, Waiting(0, 1, 1, 0, 0, 0)),
        (Role.REQUEST_HANDLER, Waiting(0, 1, 1, 0, 0, 0)),
        (Role.RECORDS_MANAGER, Waiting(0, 0, 0, 1, 1, 0)),
        (Role.REGISTER_OWNER, Waiting(0, 1, 1, 1, 1, 0)),
        (Role.DATA_PROTECTION_OFFICER, Waiting(0, 1, 1, 1, 1, 0)),
    ],
)
def test_nothing_is_counted_that_the_role_does_not_open(
    archive: Archive, ask: Ask, make_actor: MakeActor, role: Role, counted: Waiting
) -> None:
    ask(received_on=date(2026, 10, 12))
    archive.propose(archive.log())
    archive.log()

    assert waiting(make_actor("kokeilija", role)) == counted


def test_nothing_is_counted_of_another_register(
    archive: Archive, ask: Ask, other_register: int, make_actor: MakeActor
) -> None:
    ask(received_on=date(2026, 10, 12))
    archive.propose(archive.log())
    archive.log()
    roles = set(Role) - {Role.STAFF}

    assert waiting(make_actor("muualla", *roles, register_id=other_register)) == NOTHING
    here = waiting(make_actor("taalla", *roles, register_id=archive.register_id))
    assert here == Waiting(0, 1, 1, 1, 1, 0)


def test_the_days_are_those_of_finland(ask: Ask, handler: Actor) -> None:
    """At 22:30 UTC the next day has begun here, and with it the five days."""
    ask(received_on=date(2026, 10, 15))

    with time_machine.travel(datetime(2026, 11, 10, 21, 30, tzinfo=UTC)):
        assert waiting(handler).urgent_requests == 0
    with time_machine.travel(datetime(2026, 11, 10, 22, 30, tzinfo=UTC)):
        assert waiting(handler).urgent_requests == 1


def test_a_person_of_one_register_sees_its_name(
    published_register: object, other_register: int, make_actor: MakeActor, officer: Actor
) -> None:
    narrow = make_actor("yksi", Role.STAFF, register_id=other_register)

    with language("sv"):
        assert scope_name(narrow) == "Registret kotoutus"
    assert scope_name(officer) == ""


def test_where_there_is_one_register_everybody_sees_its_name(
    published_register: object, officer: Actor
) -> None:
    assert scope_name(officer) == "Rekisteri valmennus"


def test_before_the_first_register_there_is_no_name(officer: Actor) -> None:
    assert scope_name(officer) == ""
