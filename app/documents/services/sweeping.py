"""What a program that stopped between a key and its commit has left behind, removed afterwards."""

from datetime import timedelta

import structlog

from app import clock
from app.crypto import key_store
from app.db import db
from app.documents.stored import all_stored
from app.files import file_store

# No act takes so long that its key or its file is this old before its commit.
ORPHAN_AGE = timedelta(days=1)
# A crash leaves one or two. Many mean that this database is not the one that the keys and files
# belong to (an older copy, another address): destroying them would finish what went wrong.
ORPHANS_MAX = 50

log = structlog.get_logger()


def sweep_orphans() -> int:
    """Destroy the item keys and erase the blobs that no row refers to: how many of both.

    Only those older than a day. When there are more than crashes leave, none is touched, and the
    program's own log says so. May be repeated. Source: GDPR Art. 5(1)(e).
    """
    before = clock.now() - ORPHAN_AGE
    old_keys = key_store().item_keys(older_than=before)
    # The rows are read after the keys, and with a new view of the database.
    db.session.rollback()
    stored = all_stored()
    keys = [key_id for key_id in old_keys if key_id not in stored.key_ids]
    blobs = list(file_store().orphans(stored.blob_ids, older_than=before))
    if len(keys) > ORPHANS_MAX or len(blobs) > ORPHANS_MAX:
        log.warning("orphans left alone: too many", keys=len(keys), blobs=len(blobs))
        return 0
    if keys:
        key_store().destroy_many(keys)
    for blob_id in blobs:
        file_store().erase(blob_id)
    if keys or blobs:
        log.info("orphans removed", keys=len(keys), blobs=len(blobs))
    return len(keys) + len(blobs)
