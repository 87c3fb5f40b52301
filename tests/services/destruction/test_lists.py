"""Lists: proposed by one, approved by another with a password, sent back, cancelled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.models import AuditOutbox
from app.db import db
from app.destruction import services
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.queries import disposal_list, disposal_lists
from app.destruction.services import lists as list_services
from app.documents.services import restart_clocks
from app.retention.queries import current_rule_version
from app.web.problems import Conflict, InputError, NotFound
from tests.fixtures.disposal import ADDRESS, Archive
from tests.fixtures.people import PASSWORD, MakeActor

MANDATE = "Hallinto-oikeus 44/2026"


def entry_of(document_id: int) -> DisposalEntry:
    statement = select(DisposalEntry).where(DisposalEntry.document_id == document_id)
    return db.session.scalars(statement.order_by(DisposalEntry.id.desc())).first() or pytest.fail(
        "no entry"
    )


def test_a_proposal_keeps_what_justifies_each_document(archive: Archive) -> None:
    document = archive.log()

    found = archive.propose(document)

    assert (found.reference, found.state) == ("H-1", "proposed")
    entry = entry_of(document.id)
    assert entry.retention_rule_version_id == document.retention_rule_version_id
    assert entry.last_kept_on == document.last_kept_on
    assert entry.trigger_on == document.trigger_on


def test_documents_with_an_obstacle_are_entered_as_left_out(archive: Archive) -> None:
    free, held = archive.log(), archive.log()
    services.set_hold(archive.officer, document_id=held.id, reason="dispute", mandate=MANDATE)

    found = archive.propose()

    assert entry_of(free.id).state == "listed"
    assert entry_of(held.id).state == "excluded"
    assert entry_of(held.id).obstacle == "on_hold:dispute"
    page = disposal_list(archive.manager, found.id)
    assert (page.counts.documents, page.counts.left_out) == (1, 1)


def test_a_list_of_obstacles_only_is_refused(archive: Archive) -> None:
    held = archive.log()
    services.set_hold(archive.officer, document_id=held.id, reason="dispute", mandate=MANDATE)

    with pytest.raises(InputError):
        archive.propose()

    assert disposal_lists(archive.manager) == []


def test_nothing_is_proposed_before_its_day(archive: Archive) -> None:
    archive.log()

    with pytest.raises(InputError) as refused:
        services.propose(
            archive.manager, archive.register_id, clock.today() + timedelta(days=1), None
        )

    assert refused.value.field == "as_of"


def test_a_document_that_is_not_due_yet_is_left_out(archive: Archive) -> None:
    due_document, young = archive.log(), archive.log()
    # Ten years from the end instead of five.
    young.retention_rule_version_id = current_rule_version("employment-contracts").id
    db.session.commit()
    restart_clocks(archive.client.id)

    archive.propose(due_document, young)

    assert entry_of(young.id).obstacle == "not_due:2030-01-01"


def test_a_document_is_on_one_list_at_a_time(archive: Archive) -> None:
    first, second = archive.log(), archive.log()
    archive.propose(first)

    archive.propose(first, second)

    assert entry_of(first.id).obstacle == "on_another_list:H-1"
    assert entry_of(second.id).state == "listed"


@pytest.mark.parametrize("chosen", [[], [999]])
def test_unknown_or_no_documents_are_refused(archive: Archive, chosen: list[int]) -> None:
    with pytest.raises(InputError) as refused:
        services.propose(archive.manager, archive.register_id, clock.today(), chosen)

    assert refused.value.field == "documents"


def test_documents_of_another_register_are_refused(archive: Archive, other_register: int) -> None:
    document = archive.log()

    with pytest.raises(InputError):
        services.propose(archive.manager, other_register, clock.today(), [document.id])


def test_a_list_has_an_upper_limit(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_services, "MOST_DOCUMENTS", 2)
    documents = [archive.log("man") for _ in range(3)]

    with pytest.raises(InputError):
        archive.propose(*documents)
    found = archive.propose()

    assert [entry.document_id for entry in found.entries] == [each.id for each in documents[:2]]


def test_only_a_records_manager_of_the_register_proposes(
    archive: Archive, officer: Actor, other_register: int, make_actor: MakeActor
) -> None:
    archive.log()
    elsewhere = make_actor("muualla", Role.RECORDS_MANAGER, register_id=other_register)

    for actor in (officer, elsewhere, archive.worker):
        with pytest.raises(NotPermitted):
            services.propose(actor, archive.register_id, clock.today())
    with pytest.raises(NotFound):
        services.propose(archive.manager, 999, clock.today())


@pytest.mark.parametrize(
    "role", [Role.DATA_PROTECTION_OFFICER, Role.REGISTER_OWNER, Role.RECORDS_MANAGER]
)
def test_another_person_of_three_roles_approves(
    archive: Archive, make_actor: MakeActor, role: Role
) -> None:
    archive.log()
    found = archive.propose()
    other = make_actor("toinen", role)

    approved = services.approve(other, found.id, PASSWORD, ADDRESS)

    assert approved.state == "approved"
    assert approved.approved_by_id == other.user_id
    assert approved.executable_from == clock.today() + timedelta(days=7)


@pytest.mark.parametrize("roles", [[Role.RECORDS_MANAGER], [*Role]])
def test_nobody_approves_an_own_proposal(
    archive: Archive, make_actor: MakeActor, roles: list[Role]
) -> None:
    archive.log()
    both = make_actor("molemmat", *roles)
    found = services.propose(both, archive.register_id, clock.today())

    with pytest.raises(InputError):
        services.approve(both, found.id, PASSWORD, ADDRESS)

    db.session.expire_all()
    assert db.session.get_one(DisposalConfirmation, found.id).state == "proposed"


def test_the_database_refuses_an_own_approval_as_well(archive: Archive) -> None:
    archive.log()
    found = archive.propose()
    found.approved_by_id = found.proposed_by_id

    with pytest.raises(Exception, match="four_eyes"):
        db.session.commit()
    db.session.rollback()


def test_a_wrong_password_approves_nothing_and_is_logged(archive: Archive) -> None:
    archive.log()
    found = archive.propose()

    with pytest.raises(InputError) as refused:
        services.approve(archive.officer, found.id, "väärä", ADDRESS)

    assert refused.value.field == "password"
    db.session.expire_all()
    assert db.session.get_one(DisposalConfirmation, found.id).state == "proposed"
    failures = [
        row
        for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)
        if '"reason":"confirmation"' in row.payload
    ]
    assert len(failures) == 1


def test_staff_and_auditors_approve_nothing(archive: Archive, auditor: Actor) -> None:
    archive.log()
    found = archive.propose()

    for actor in (archive.worker, auditor):
        with pytest.raises(NotPermitted):
            services.approve(actor, found.id, PASSWORD, ADDRESS)


def test_an_obstacle_that_came_after_the_proposal_leaves_the_document_out(
    archive: Archive,
) -> None:
    held, free = archive.log(), archive.log()
    found = archive.propose()
    services.set_hold(archive.manager, document_id=held.id, reason="audit", mandate=MANDATE)

    archive.approve(found)

    assert entry_of(held.id).state == "excluded"
    assert entry_of(held.id).obstacle == "on_hold:audit"
    assert entry_of(free.id).state == "listed"


def test_a_list_of_which_nothing_is_left_is_not_approved(archive: Archive) -> None:
    held = archive.log()
    found = archive.propose()
    services.set_hold(archive.manager, document_id=held.id, reason="audit", mandate=MANDATE)

    with pytest.raises(InputError):
        archive.approve(found)

    db.session.expire_all()
    assert entry_of(held.id).state == "listed"


def test_a_list_is_approved_once(archive: Archive, owner: Actor) -> None:
    archive.log()
    found = archive.approved()

    with pytest.raises(Conflict):
        services.approve(owner, found.id, PASSWORD, ADDRESS)


def test_a_list_that_was_sent_back_gives_its_documents_free(archive: Archive) -> None:
    document = archive.log()
    found = archive.propose()

    returned = services.return_for_change(archive.officer, found.id, " Sopimus puuttuu ")

    assert (returned.state, returned.stop_reason) == ("returned", "Sopimus puuttuu")
    assert entry_of(document.id).state == "released"
    assert archive.propose().reference == "H-2"
    with pytest.raises(Conflict):
        services.approve(archive.officer, found.id, PASSWORD, ADDRESS)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_a_list_is_not_stopped_without_a_reason(archive: Archive, reason: str) -> None:
    archive.log()
    found = archive.propose()

    with pytest.raises(InputError) as refused:
        services.return_for_change(archive.officer, found.id, reason)

    assert refused.value.field == "reason"


def test_an_approved_list_is_cancelled_not_sent_back(archive: Archive) -> None:
    document = archive.log()
    found = archive.approved()

    with pytest.raises(Conflict):
        services.return_for_change(archive.officer, found.id, "Liian myöhään")
    cancelled = services.cancel(archive.officer, found.id, "Asiakas palasi")

    assert cancelled.state == "cancelled"
    assert entry_of(document.id).state == "released"


def test_a_list_whose_paper_is_gone_is_not_cancelled(
    archive: Archive, after_waiting: Callable[[], None]
) -> None:
    archive.log("atk", "man")
    found = archive.approved()
    after_waiting()
    archive.confirm_paper(found)

    with pytest.raises(InputError):
        services.cancel(archive.officer, found.id, "Liian myöhään")


def test_numbers_run_within_a_register(archive: Archive) -> None:
    references = [archive.propose(archive.log("man")).reference for _ in range(3)]

    assert references == ["H-1", "H-2", "H-3"]
    assert [row.reference for row in disposal_lists(archive.manager)] == ["H-3", "H-2", "H-1"]


def test_a_list_shows_the_waiting_time_and_who_may_act(archive: Archive) -> None:
    archive.log("man")
    found = archive.approved()

    page = disposal_list(archive.manager, found.id)

    assert page.waiting_days == 7
    assert not page.waiting_over
    assert page.paper_left == 1
    assert page.acts.cancel
    assert not page.acts.execute


def test_a_list_of_another_register_is_not_shown(
    archive: Archive, other_register: int, make_actor: MakeActor
) -> None:
    archive.log()
    found = archive.propose()
    elsewhere = make_actor("muualla", Role.AUDITOR, register_id=other_register)

    with pytest.raises(NotPermitted):
        disposal_list(elsewhere, found.id)
    with pytest.raises(NotFound):
        disposal_list(archive.manager, 999)
    assert disposal_lists(elsewhere) == []
