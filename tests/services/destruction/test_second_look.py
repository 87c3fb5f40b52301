"""Asked again: what is whole after a failure may still be kept, and dates that moved count."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from sqlalchemy import select

from app.clients.models import Consent, Episode
from app.crypto import key_store
from app.db import db
from app.destruction import services
from app.destruction.journal import journal
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.queries import due
from app.documents.models import Document
from app.documents.services import restart_clocks
from app.files import file_store
from app.retention.queries import current_rule_version
from app.web.problems import InputError
from tests.fixtures.disposal import Archive, fresh

AfterWaiting = Callable[[], None]
MANDATE = "Hallinto-oikeus 44/2026"


def refuse(_wanted: Iterable[str]) -> None:
    raise OSError(5, "Input/output error")


def fail_once(
    archive: Archive, found: DisposalConfirmation, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Carry the list out while keys cannot be destroyed, or files cannot be erased."""
    owner = key_store() if name == "destroy_many" else file_store()
    with monkeypatch.context() as broken:
        broken.setattr(owner, name, refuse)
        assert services.execute(archive.manager, found.id).state == "executing"


def is_whole(document: Document) -> bool:
    (item,) = fresh(document).items
    there = key_store().exists(str(item.key_id)), file_store().exists(str(item.blob_id))
    return there == (True, True) and fresh(document).state == "active"


def entry_of(document: Document) -> DisposalEntry:
    statement = select(DisposalEntry).where(DisposalEntry.document_id == document.id)
    return db.session.scalars(statement).one()


@pytest.mark.parametrize("again", ["recover", "execute"])
def test_a_hold_saves_what_is_whole_after_a_failure(
    archive: Archive, after_waiting: AfterWaiting, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    held, free = archive.log(), archive.log()
    found = archive.approved()
    after_waiting()
    fail_once(archive, found, monkeypatch, "destroy_many")
    assert is_whole(held)
    services.set_hold(archive.officer, document_id=held.id, reason="audit", mandate=MANDATE)

    if again == "recover":
        assert services.recover() == 1
    else:
        services.execute(archive.manager, found.id)

    assert is_whole(held)
    assert (entry_of(held).state, entry_of(held).obstacle) == ("excluded", "on_hold:audit")
    assert fresh(free).state == "destroyed"
    assert db.session.get_one(DisposalConfirmation, found.id).state == "executed"
    assert services.find_certificate(archive.manager, found.id)


def test_what_was_released_from_an_act_is_never_replayed(
    archive: Archive, after_waiting: AfterWaiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, free = archive.log(), archive.log()
    found = archive.approved()
    after_waiting()
    fail_once(archive, found, monkeypatch, "destroy_many")
    hold = services.set_hold(archive.officer, document_id=held.id, reason="audit", mandate=MANDATE)
    services.recover()
    services.lift_hold(archive.officer, hold.id)

    assert services.recover() == 0

    assert is_whole(held)
    (act,) = journal().read()
    assert act.carried_out
    assert [each.document_id for each in act.documents] == [free.id]
    assert [row.document.id for row in due(archive.manager, found.as_of).rows] == [held.id]


def test_a_document_that_failed_goes_later_when_nothing_stands_against_it(
    archive: Archive, after_waiting: AfterWaiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = archive.log()
    found = archive.approved()
    after_waiting()
    fail_once(archive, found, monkeypatch, "destroy_many")

    assert services.recover() == 1

    assert fresh(document).state == "destroyed"


def test_recovery_carries_through_what_has_begun_to_go_although_it_is_held(
    archive: Archive, after_waiting: AfterWaiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = archive.log()
    found = archive.approved()
    after_waiting()
    fail_once(archive, found, monkeypatch, "erase")
    services.set_hold(archive.officer, document_id=document.id, reason="audit", mandate=MANDATE)

    services.recover()

    assert fresh(document).state == "destroyed"


def consent(document: Document, given_on: date, withdrawn_on: date | None) -> None:
    """Put a consent of the document's service on the client; the clocks are not told."""
    db.session.add(
        Consent(
            client_id=document.client_id,
            service_key=document.service_key,
            register_version_id=document.register_version_id,
            given_on=given_on,
            withdrawn_on=withdrawn_on,
            recorded_by_id=document.logged_by_id,
            recorded_at=document.logged_at,
        )
    )
    db.session.commit()


def log_under(archive: Archive, rule_key: str) -> Document:
    """Log a document and put it under a rule of the tests' choice."""
    document = archive.log()
    document.retention_rule_version_id = current_rule_version(rule_key).id
    db.session.commit()
    restart_clocks(archive.client.id)
    return document


@pytest.fixture
def of_consent(archive: Archive) -> Document:
    """A document that is due because the client, still in the service, withdrew a consent."""
    document = log_under(archive, "consents")
    db.session.get_one(Episode, archive.episode_id).ended_on = None
    consent(document, date(2015, 1, 12), date(2019, 12, 31))
    restart_clocks(archive.client.id)
    assert fresh(document).disposable_from == date(2023, 1, 1)
    return document


def test_a_consent_given_again_keeps_its_documents_off_a_proposal(
    archive: Archive, of_consent: Document
) -> None:
    free = log_under(archive, "employee-working-time-running")
    consent(of_consent, date(2026, 11, 20), None)

    found = archive.propose()

    assert [entry.document_id for entry in found.entries] == [free.id]
    assert fresh(of_consent).disposable_from is None


def test_a_refused_proposal_leaves_the_dates_right(archive: Archive, of_consent: Document) -> None:
    consent(of_consent, date(2026, 11, 20), None)

    with pytest.raises(InputError):
        archive.propose(of_consent)

    assert fresh(of_consent).disposable_from is None
    assert due(archive.manager, date(2026, 11, 21)).rows == []


def test_a_consent_given_again_before_the_approval_keeps_its_documents(
    archive: Archive, of_consent: Document
) -> None:
    log_under(archive, "employee-working-time-running")
    found = archive.propose()
    consent(of_consent, date(2026, 11, 20), None)

    archive.approve(found)

    entry = entry_of(of_consent)
    assert (entry.state, entry.obstacle) == ("excluded", "no_date")


def test_a_consent_given_again_in_the_waiting_time_keeps_its_documents(
    archive: Archive, after_waiting: AfterWaiting, of_consent: Document
) -> None:
    found = archive.approved()
    consent(of_consent, date(2026, 11, 20), None)
    after_waiting()

    assert services.execute(archive.manager, found.id).state == "executed"

    assert is_whole(of_consent)
    assert entry_of(of_consent).obstacle == "no_date"
