"""Carrying out: asked again at the last moment, verified, in batches, never twice."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.permissions import Actor, NotPermitted
from app.audit.models import AuditOutbox
from app.clients.models import Client
from app.config import settings
from app.crypto import key_store
from app.crypto.keys import KeyDestroyed
from app.db import db
from app.destruction import services
from app.destruction.journal import journal
from app.destruction.models import DisposalCertificate, DisposalEntry
from app.destruction.queries import disposal_list, due
from app.destruction.services import closing, execution
from app.documents.blockers import register_blocker
from app.documents.models import Document, Item
from app.files import file_store
from app.web.problems import Conflict, InputError
from tests.fixtures.disposal import Archive, fresh

AfterWaiting = Callable[[], None]
MANDATE = "Hallinto-oikeus 44/2026"


def files_of(*documents: Document) -> list[Item]:
    statement = select(Item).where(
        Item.document_id.in_([each.id for each in documents]), Item.medium == "atk"
    )
    return list(db.session.scalars(statement.order_by(Item.id)))


def exists(item: Item) -> tuple[bool, bool]:
    """Whether the key and the file are there."""
    return key_store().exists(str(item.key_id)), file_store().exists(str(item.blob_id))


def actions() -> list[str]:
    rows = db.session.query(AuditOutbox).order_by(AuditOutbox.id)
    return [row.payload.split('"action":"')[1].split('"')[0] for row in rows]


def told(action: str) -> list[str]:
    rows = db.session.query(AuditOutbox).order_by(AuditOutbox.id)
    return [row.payload for row in rows if f'"action":"{action}"' in row.payload]


@pytest.fixture
def unsigned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log's entries stay in the outbox, where these tests look at them."""
    monkeypatch.setattr(closing, "issue_certificate", lambda _id: None)


def test_nothing_is_destroyed_in_the_waiting_time(archive: Archive) -> None:
    (file,) = files_of(archive.log())
    found = archive.approved()

    with pytest.raises(InputError):
        services.execute(archive.manager, found.id)

    assert exists(file) == (True, True)
    assert journal().read() == []


def test_nothing_is_destroyed_without_an_approval(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    (file,) = files_of(archive.log())
    found = archive.propose()
    after_waiting()

    with pytest.raises(Conflict):
        services.execute(archive.manager, found.id)

    assert exists(file) == (True, True)


def test_nothing_is_destroyed_while_paper_is_left(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    (file,) = files_of(archive.log("atk", "man"))
    found = archive.approved()
    after_waiting()

    with pytest.raises(InputError):
        services.execute(archive.manager, found.id)

    assert exists(file) == (True, True)
    assert disposal_list(archive.manager, found.id).state == "approved"


def test_a_hold_set_after_the_approval_wins(archive: Archive, after_waiting: AfterWaiting) -> None:
    held, free = archive.log("atk", "man"), archive.log()
    (kept,), (gone,) = files_of(held), files_of(free)
    found = archive.approved()
    after_waiting()
    services.set_hold(
        archive.officer, client_id=archive.client.id, reason="dispute", mandate=MANDATE
    )
    hold = services.set_hold(archive.officer, document_id=held.id, reason="audit", mandate=MANDATE)
    services.lift_hold(archive.officer, 1)

    executed = services.execute(archive.manager, found.id)

    assert hold.document_id == held.id
    assert executed.state == "executed"
    assert exists(kept) == (True, True)
    assert exists(gone) == (False, False)
    assert fresh(held).state == "active"
    entry = db.session.scalars(
        select(DisposalEntry).where(DisposalEntry.document_id == held.id)
    ).one()
    assert (entry.state, entry.obstacle) == ("excluded", "on_hold:audit")
    assert [row.document.id for row in due(archive.manager, found.as_of).rows] == [held.id]


def test_an_open_request_that_came_after_the_approval_wins(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    document = archive.log()
    (file,) = files_of(document)
    found = archive.approved()
    after_waiting()
    asked = {document.id: "open_request"}
    register_blocker(lambda wanted: {id_: asked[id_] for id_ in wanted if id_ in asked})

    services.execute(archive.manager, found.id)
    asked.clear()

    assert exists(file) == (True, True)
    assert fresh(document).state == "active"


def test_what_people_wrote_about_a_document_goes_with_it(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    document = archive.log()
    note_key_id = document.note_key_id
    assert note_key_id is not None
    found = archive.approved()
    after_waiting()

    services.execute(archive.manager, found.id)

    # An old copy of the row has the note still, and nothing that opens it.
    with pytest.raises(KeyDestroyed):
        key_store().open_key(note_key_id)
    gone = fresh(document)
    assert (gone.note_sealed, gone.note_key_id) == (None, None)
    assert gone.destroyed_at is not None
    (file,) = files_of(document)
    assert file.file_name_sealed is None
    # The client is somebody's client still: the identity has a rule of its own.
    assert key_store().exists(db.session.get_one(Client, archive.client.id).key_id)


def test_carrying_out_twice_does_nothing_twice(
    archive: Archive, after_waiting: AfterWaiting, unsigned: None
) -> None:
    archive.log()
    found = archive.approved()
    after_waiting()
    services.execute(archive.manager, found.id)
    before, lines = actions(), settings().journal_path.read_bytes()

    with pytest.raises(Conflict):
        services.execute(archive.manager, found.id)

    assert actions() == before
    assert before.count("disposal.destroyed") == before.count("disposal.executed") == 1
    assert settings().journal_path.read_bytes() == lines


def test_there_is_one_certificate(archive: Archive, after_waiting: AfterWaiting) -> None:
    archive.log()
    found = archive.approved()
    after_waiting()
    services.execute(archive.manager, found.id)

    services.certify(archive.manager, found.id)

    assert db.session.query(DisposalCertificate).count() == 1


def test_each_act_is_journalled_in_one_line_before_it_begins(
    archive: Archive, after_waiting: AfterWaiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "BATCH", 2)
    documents = [archive.log() for _ in range(5)]
    found = archive.approved()
    after_waiting()

    services.execute(archive.manager, found.id)

    acts = journal().read()
    assert [len(act.documents) for act in acts] == [2, 2, 1]
    assert all(act.carried_out for act in acts)
    assert all(act.actor_id == archive.manager.user_id for act in acts)
    assert [d.document_id for act in acts for d in act.documents] == [d.id for d in documents]


def test_the_log_tells_each_document_and_the_journals_head(
    archive: Archive, after_waiting: AfterWaiting, unsigned: None
) -> None:
    archive.log("atk", "man")
    archive.log()
    found = archive.approved()
    after_waiting()
    archive.confirm_paper(found)

    services.execute(archive.manager, found.id)

    destroyed = told("disposal.destroyed")
    assert [f'"client":{archive.client.id}' in text for text in destroyed] == [True, True]
    assert '"medium":["atk","man"]' in destroyed[0]
    (executed,) = told("disposal.executed")
    assert f'"journal":"{journal().head()}"' in executed
    assert '"destroyed":2' in executed


def test_a_file_that_cannot_be_erased_stops_no_other(
    archive: Archive,
    after_waiting: AfterWaiting,
    monkeypatch: pytest.MonkeyPatch,
    unsigned: None,
) -> None:
    stuck, fine = archive.log(), archive.log()
    (stuck_file,), (fine_file,) = files_of(stuck), files_of(fine)
    found = archive.approved()
    after_waiting()
    erase = file_store().erase

    def refuse(blob_id: str) -> None:
        if blob_id == stuck_file.blob_id:
            raise OSError(5, "Input/output error")
        erase(blob_id)

    with monkeypatch.context() as broken:
        broken.setattr(file_store(), "erase", refuse)
        unfinished = services.execute(archive.manager, found.id)

    assert unfinished.state == "executing"
    assert exists(fine_file) == (False, False)
    assert exists(stuck_file) == (False, True)
    assert fresh(stuck).state == "active"
    assert fresh(fine).state == "destroyed"
    page = disposal_list(archive.manager, found.id)
    assert (page.counts.failed, page.counts.destroyed) == (1, 1)
    assert '"reason":"file"' in told("disposal.failed")[0]
    assert len(journal().unfinished(found.id)) == 1

    finished = services.execute(archive.manager, found.id)

    assert finished.state == "executed"
    assert exists(stuck_file) == (False, False)
    assert fresh(stuck).state == "destroyed"
    assert journal().unfinished(found.id) == []
    assert len(told("disposal.destroyed")) == 2


def test_a_hold_cannot_save_what_has_begun_to_go(
    archive: Archive, after_waiting: AfterWaiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = archive.log()
    found = archive.approved()
    after_waiting()

    def refuse(_blob_id: str) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(file_store(), "erase", refuse)
        services.execute(archive.manager, found.id)
    services.set_hold(archive.officer, document_id=document.id, reason="audit", mandate=MANDATE)

    assert services.execute(archive.manager, found.id).state == "executed"
    assert fresh(document).state == "destroyed"


def test_a_reader_of_the_key_store_delays_but_loses_nothing(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    key_store()._connection.execute("PRAGMA busy_timeout=50")
    document = archive.log()
    (file,) = files_of(document)
    found = archive.approved()
    after_waiting()
    reader = sqlite3.connect(settings().keys_path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM wrapped_key").fetchone()

    unfinished = services.execute(archive.manager, found.id)
    reader.close()

    assert unfinished.state == "executing"
    assert fresh(document).state == "active"
    assert services.execute(archive.manager, found.id).state == "executed"
    assert exists(file) == (False, False)


def test_a_journal_that_cannot_be_written_stops_the_act(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    (file,) = files_of(archive.log())
    found = archive.approved()
    after_waiting()
    path: Path = settings().journal_path
    path.parent.parent.mkdir(exist_ok=True)
    path.parent.write_text("a file where the journal's folder should be")

    with pytest.raises(OSError, match="journal"):
        services.execute(archive.manager, found.id)

    assert exists(file) == (True, True)
    path.parent.unlink()
    assert services.execute(archive.manager, found.id).state == "executed"


def test_only_a_records_manager_carries_out(
    archive: Archive, after_waiting: AfterWaiting, owner: Actor, auditor: Actor
) -> None:
    (file,) = files_of(archive.log())
    found = archive.approved()
    after_waiting()

    for actor in (archive.officer, owner, auditor, archive.worker):
        with pytest.raises(NotPermitted):
            services.execute(actor, found.id)
    assert exists(file) == (True, True)


def test_a_document_on_paper_alone_goes_with_its_paper(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    document = archive.log("man")
    found = archive.approved()
    after_waiting()
    archive.confirm_paper(found)

    assert services.execute(archive.manager, found.id).state == "executed"
    assert fresh(document).state == "destroyed"


def test_a_document_that_is_kept_after_its_paper_went_says_so(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    document = archive.log("atk", "man")
    (file,) = files_of(document)
    found = archive.approved()
    after_waiting()
    archive.confirm_paper(found)
    services.set_hold(archive.officer, document_id=document.id, reason="audit", mandate=MANDATE)

    services.execute(archive.manager, found.id)

    assert exists(file) == (True, True)
    certificate = services.find_certificate(archive.manager, found.id)
    assert '"documents":[]' in certificate.statement
    assert '"left_out":[{' in certificate.statement
    assert '"method":"cross_cut_p4"' in certificate.statement


def test_paper_that_was_added_after_the_confirmation_keeps_its_document(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    document = archive.log("atk", "man")
    found = archive.approved()
    after_waiting()
    archive.confirm_paper(found)
    db.session.add(
        Item(
            document_id=document.id,
            medium="man",
            kind="copy",
            location_id=archive.cabinet.id,
            created_at=document.logged_at,
        )
    )
    db.session.commit()

    with pytest.raises(InputError):
        services.execute(archive.manager, found.id)
