"""Opening a file: decrypted whole and verified, and logged before a byte of it leaves."""

from collections.abc import Iterator

from app.accounts.permissions import Actor
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.clients.queries import open_client
from app.crypto import key_store
from app.db import db
from app.documents.models import Item
from app.documents.sealing import file_context, open_file_name
from app.files import file_store
from app.web.problems import NotFound


def open_item(actor: Actor, item_id: int) -> tuple[str, str, Iterator[bytes]]:
    """Name, media type and content of a file, for a person who may open its client.

    Raises `NotFound` for paper and for what was destroyed, `NotPermitted`, `ReasonNeeded`, and
    `Tampered` or `WrongKey` for a damaged file: then nothing of it is handed out. When the log
    cannot be written the file is not opened either (GDPR Art. 5(2)).
    """
    item = db.session.get(Item, item_id)
    if item is None:
        raise NotFound(item_id)
    document = item.document
    open_client(actor, document.client_id)
    keys = key_store().open_many([item.key_id] if item.key_id else [])
    key = keys.get(item.key_id or "")
    if item.state != "held" or key is None or item.key_id is None or item.blob_id is None:
        raise NotFound(item_id)
    content = file_store().read(item.blob_id, key, file_context(item.key_id))
    name = open_file_name(item.file_name_sealed or b"", item.key_id, key)
    record_view(
        Event.ITEM_OPENED,
        actor_id=actor.user_id,
        register_id=document.register_id,
        client_id=document.client_id,
        object_type=ObjectType.ITEM,
        object_id=item.id,
    )
    return name, item.media_type or "application/octet-stream", iter([content])
