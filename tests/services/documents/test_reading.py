"""Reading: within the registers and the caseload, logged, and never half a file."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.events import Event
from app.audit.models import AuditOutbox
from app.audit.services import record_view, sequence_pending
from app.clients.queries import ReasonNeeded
from app.crypto import key_store
from app.crypto.envelope import DecryptionRefused
from app.db import db
from app.documents.models import Item
from app.documents.queries import (
    document_list,
    document_page,
    documents_of_client,
    items_of_client,
    timeline,
)
from app.documents.queries.documents import PAGE_SIZE, DocumentFilters
from app.documents.services import end_episode, hand_over, open_item
from app.web.i18n import language
from app.web.problems import NotFound
from tests.fixtures.clients import MakeClient
from tests.fixtures.documents import Desk, LogDocument, pdf, unwritable_log
from tests.fixtures.people import MakeActor
from tests.fixtures.statements import statements

ALL = DocumentFilters()


def _file(log: LogDocument) -> Item:
    log()
    return db.session.scalars(select(Item)).one()


def _opened() -> int:
    db.session.rollback()
    payloads = db.session.scalars(select(AuditOutbox.payload)).all()
    return sum('"action":"item.opened"' in payload for payload in payloads)


def test_a_file_is_logged_before_it_leaves(desk: Desk, log: LogDocument) -> None:
    item = _file(log)

    _name, _type, pieces = open_item(desk.worker, item.id)

    assert _opened() == 1
    assert b"".join(pieces) == pdf()


def test_a_file_is_not_opened_when_the_log_fails(desk: Desk, log: LogDocument) -> None:
    item = _file(log)

    with unwritable_log(), pytest.raises(Exception, match="audit_outbox"):
        open_item(desk.worker, item.id)


@pytest.mark.parametrize("change", ["flip", "truncate", "append"])
def test_a_damaged_file_gives_nothing_at_all(
    app: Flask, desk: Desk, log: LogDocument, change: str
) -> None:
    item = _file(log)
    blob = next(
        path for path in Path(app.config["SELOSTE"].files_path).rglob("*") if path.is_file()
    )
    content = bytearray(blob.read_bytes())
    if change == "flip":
        content[-20] ^= 1
    elif change == "truncate":
        del content[-1:]
    else:
        content += b"x"
    blob.write_bytes(content)

    with pytest.raises(DecryptionRefused):
        open_item(desk.worker, item.id)
    assert _opened() == 0


def test_what_was_destroyed_is_not_found(desk: Desk, log: LogDocument) -> None:
    item = _file(log)
    assert item.key_id is not None
    key_store().destroy(item.key_id)

    with pytest.raises(NotFound):
        open_item(desk.worker, item.id)


def test_paper_is_not_opened(desk: Desk, log_paper: LogDocument) -> None:
    log_paper()
    paper = db.session.scalars(select(Item)).one()

    with pytest.raises(NotFound):
        open_item(desk.worker, paper.id)
    with pytest.raises(NotFound):
        open_item(desk.worker, 4711)


def test_strangers_to_the_register_and_to_the_client_read_nothing(
    desk: Desk, log: LogDocument, colleague: Actor, make_actor: MakeActor, other_register: int
) -> None:
    item = _file(log)
    elsewhere = make_actor("muualla", Role.STAFF, register_id=other_register)
    watchers = make_actor("valvojat", Role.AUDITOR, Role.ADMINISTRATOR)

    for actor in (watchers, elsewhere):
        for read in (
            lambda who: open_item(who, item.id),
            lambda who: document_page(who, item.document_id),
            lambda who: documents_of_client(who, desk.client.id),
            lambda who: timeline(who, desk.client.id),
        ):
            with pytest.raises(NotPermitted):
                read(actor)
        assert document_list(actor, ALL).documents == []
    with pytest.raises(ReasonNeeded):
        document_page(colleague, item.document_id)
    with pytest.raises(ReasonNeeded):
        open_item(colleague, item.id)
    assert _opened() == 0


def test_staff_see_their_own_clients_in_the_list_and_others_the_register(
    desk: Desk, log: LogDocument, colleague: Actor, archivist: Actor
) -> None:
    document = log()

    assert [row.id for row in document_list(desk.worker, ALL).documents] == [document.id]
    assert document_list(colleague, ALL).documents == []
    assert [row.client for row in document_list(archivist, ALL).documents] == [
        "Virtanen, Aino-Testi"
    ]


def test_the_list_is_paged_by_key(desk: Desk, log_paper: LogDocument) -> None:
    ids = [log_paper().id for _number in range(PAGE_SIZE + 2)]

    first = document_list(desk.worker, ALL)
    second = document_list(desk.worker, ALL, first.older_than)

    assert [row.id for row in first.documents] == ids[:1:-1]
    assert [row.id for row in second.documents] == ids[1::-1]
    assert second.older_than is None


def test_the_list_takes_as_many_reads_for_fifty_as_for_one(
    desk: Desk, log: LogDocument, log_paper: LogDocument
) -> None:
    def reads() -> int:
        db.session.expire_all()
        with statements() as sent:
            document_list(desk.worker, ALL)
        return len(sent)

    log()
    few = reads()
    for _number in range(10):
        log_paper()

    assert reads() == few


def test_items_of_a_client_are_what_is_held_with_file_names(
    desk: Desk, log: LogDocument, log_paper: LogDocument, make_client: MakeClient
) -> None:
    log()
    log_paper(sheets=3)
    other = make_client(desk.worker, desk.register_id, last_name="Korhonen")

    found = items_of_client(desk.client.id)

    assert [(item.medium, item.file_name, item.sheets) for _document, item in found] == [
        ("atk", "haastattelu.pdf", None),
        ("man", None, 3),
    ]
    assert items_of_client(other.id) == []


def test_the_timeline_tells_everything_newest_first(
    desk: Desk, log_paper: LogDocument, colleague: Actor
) -> None:
    log_paper()
    paper = db.session.scalars(select(Item)).one()
    hand_over(desk.worker, [paper.id], colleague.user_id, "Arviointi")
    end_episode(desk.worker, desk.episode_id, clock.today())
    record_view(
        Event.CLIENT_VIEWED,
        actor_id=colleague.user_id,
        register_id=desk.register_id,
        client_id=desk.client.id,
    )
    sequence_pending()

    with language("en"):
        found = timeline(desk.worker, desk.client.id)

    assert [event.strong for event in found] == [
        "Opened",
        "Handed over",
        "Logged",
        "Service ended",
        "Service began",
    ]
    assert found[0].text == "· Kollega"
    assert found[1].note is not None
    assert found[1].note.startswith("Ohjaaja → Kollega, K-")
    assert found[2].text == "Initial interview"


def test_the_page_tells_who_opened_the_file_last(desk: Desk, log: LogDocument) -> None:
    item = _file(log)
    open_item(desk.worker, item.id)
    sequence_pending()

    with language("en"):
        view = document_page(desk.worker, item.document_id)
        last = view.last(view.row.items[0])

    assert [opening_.by for opening_ in view.openings] == ["Ohjaaja"]
    assert last is not None
    assert last.startswith("Opened ")
