"""Keys and files of acts that were cut off before their commit are removed a day later."""

import secrets
from datetime import timedelta
from io import BytesIO

from sqlalchemy import select
from time_machine import travel

from app import clock
from app.accounts.permissions import Actor
from app.crypto import key_store
from app.db import db
from app.documents.models import Item
from app.documents.queries import document_page
from app.documents.sealing import file_context
from app.documents.services import open_item, sweep_orphans
from app.documents.services.sweeping import ORPHANS_MAX
from app.files import file_store
from app.requests.services import build_package, open_package, register_request, verify_identity
from tests.fixtures.documents import Desk, LogDocument


def left_behind(desk: Desk) -> tuple[str, str]:
    """The key and the blob that a program leaves which stops before its commit."""
    key_id = secrets.token_hex(16)
    key_store().create_item_key(key_id, desk.client.key_id)
    key = key_store().open_key(key_id)
    return key_id, file_store().put(BytesIO(b"x"), key, file_context(key_id)).blob_id


def test_what_no_row_refers_to_is_removed_after_a_day(desk: Desk) -> None:
    key_id, blob_id = left_behind(desk)

    assert sweep_orphans() == 0
    assert key_store().exists(key_id)
    with travel(clock.now() + timedelta(days=1, hours=1)):
        assert sweep_orphans() == 2
        assert sweep_orphans() == 0

    assert not key_store().exists(key_id)
    assert not file_store().exists(blob_id)


def test_what_rows_refer_to_stays(desk: Desk, log: LogDocument, handler: Actor) -> None:
    document = log(note="sinetöity")
    request = register_request(
        handler,
        desk.register_id,
        desk.client.id,
        kind="access",
        channel="letter",
        received_on=clock.today(),
    )
    verify_identity(handler, request.id, "identity_document")
    build_package(handler, request.id)

    with travel(clock.now() + timedelta(days=2)):
        assert sweep_orphans() == 0

    item_id = db.session.scalars(select(Item.id)).one()
    assert b"".join(open_item(desk.worker, item_id)[2])
    assert document_page(desk.worker, document.id).note == "sinetöity"
    assert b"".join(open_package(handler, request.id).pieces)


def test_a_database_that_knows_too_little_makes_nothing_disappear(desk: Desk) -> None:
    keys = [secrets.token_hex(16) for _ in range(ORPHANS_MAX + 1)]
    key_store().create_item_keys((key_id, desk.client.key_id) for key_id in keys)

    with travel(clock.now() + timedelta(days=2)):
        assert sweep_orphans() == 0

    assert key_store().open_many(keys).keys() == set(keys)
