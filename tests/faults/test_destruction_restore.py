"""Nothing destroyed comes back: not from a restored backup, not from what the disk still holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.audit.models import AuditEntry, AuditOutbox
from app.config import Settings
from app.crypto import key_store
from app.crypto.keys import KeyDestroyed
from app.db import db
from app.destruction import services
from app.destruction.journal import JournalRefused, journal
from app.destruction.models import DisposalConfirmation
from app.documents.models import Document, Item
from app.documents.services import open_item
from app.files import file_store
from app.web.problems import NotFound
from tests.fixtures.clients import make_client
from tests.fixtures.disposal import MARKER, NOTE_MARKER, Archive, archive
from tests.fixtures.registers import publish, published_register

__all__ = ["archive", "make_client", "publish", "published_register"]

pytestmark = pytest.mark.faults


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Lists can be carried out on the day of their approval."""
    return settings.model_copy(update={"disposal_waiting_days": 0})


def stop() -> None:
    """Close everything, so that the files can be copied as a backup does."""
    key_store().close()
    db.session.close()
    for engine in db.engines.values():
        engine.dispose()


@contextmanager
def started(settings: Settings) -> Iterator[Flask]:
    """The program started anew on what is on the disk."""
    app = create_app(settings)
    with app.app_context():
        yield app
        stop()


@pytest.fixture
def backup(tmp_path: Path, settings: Settings) -> Path:
    """Where the copy of data and keys is put; the journal is never part of a restore."""
    return tmp_path / "backup"


def back_up(settings: Settings, folder: Path) -> None:
    for name in ("data", "keys"):
        copytree(settings.instance_path / name, folder / name)


def restore(settings: Settings, folder: Path, *names: str) -> None:
    for name in names:
        rmtree(settings.instance_path / name)
        copytree(folder / name, settings.instance_path / name)


def file_of(document_id: int) -> Item:
    return db.session.scalars(
        select(Item).where(Item.document_id == document_id, Item.medium == "atk")
    ).one()


def recovered() -> list[str]:
    rows = [*db.session.query(AuditEntry), *db.session.query(AuditOutbox)]
    return [row.payload for row in rows if '"action":"system.recovered"' in row.payload]


@pytest.mark.parametrize("names", [("data", "keys"), ("keys",), ("data",)])
def test_a_restored_backup_is_destroyed_again_at_the_start(
    archive: Archive, settings: Settings, backup: Path, names: tuple[str, ...]
) -> None:
    document_id, kept_id = archive.log("atk", "man").id, archive.log().id
    found = archive.approved(db.session.get_one(Document, document_id))
    manager, worker = archive.manager, archive.worker
    item_id = file_of(document_id).id
    stop()
    back_up(settings, backup)
    with started(settings):
        archive.confirm_paper(db.session.get_one(DisposalConfirmation, found.id))
        assert services.execute(manager, found.id).state == "executed"

    restore(settings, backup, *names)

    with started(settings):
        assert services.recover() == 1
        gone = file_of(document_id)
        with pytest.raises(KeyDestroyed):
            key_store().open_key(str(gone.key_id))
        assert not file_store().exists(str(gone.blob_id))
        assert db.session.get_one(Document, document_id).state == "destroyed"
        assert db.session.get_one(Document, document_id).note_sealed is None
        states = db.session.scalars(select(Item.state).where(Item.document_id == document_id))
        assert set(states) == {"destroyed"}
        with pytest.raises(NotFound):
            open_item(worker, item_id)
        assert db.session.get_one(Document, kept_id).state == "active"
        assert key_store().exists(str(file_of(kept_id).key_id))
        assert '"replayed":1' in recovered()[-1]
        assert services.recover() == 0
        assert len(recovered()) == 1


def test_a_new_document_with_the_number_of_a_destroyed_one_lives(
    archive: Archive, settings: Settings, backup: Path
) -> None:
    manager = archive.manager
    stop()
    back_up(settings, backup)
    with started(settings):
        old_id = archive.log().id
        found = archive.approved()
        services.execute(manager, found.id)

    restore(settings, backup, "data", "keys")

    with started(settings):
        services.recover()
        new_id = archive.log().id
        assert new_id == old_id
        assert services.recover() == 0
        assert db.session.get_one(Document, new_id).state == "active"
        assert key_store().exists(str(file_of(new_id).key_id))


def test_a_changed_journal_stops_the_start(archive: Archive, settings: Settings) -> None:
    archive.log()
    services.execute(archive.manager, archive.approved().id)
    path = settings.journal_path
    path.write_bytes(path.read_bytes().replace(b'"document_id":1', b'"document_id":2'))

    with pytest.raises(JournalRefused):
        services.recover()


def test_an_instance_without_a_journal_has_nothing_to_recover(app: Flask) -> None:
    assert services.recover() == 0


def residues(folder: Path, secrets: dict[str, bytes]) -> set[str]:
    """Which of the secrets stand in any file under the folder."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {name for name, secret in secrets.items() if any(secret in data for data in files)}


def test_nothing_of_a_destroyed_document_is_left_on_the_disk(
    archive: Archive, settings: Settings
) -> None:
    document = archive.log()
    item = file_of(document.id)
    blob = next(settings.files_path.rglob(str(item.blob_id))).read_bytes()
    with sqlite3.connect(settings.keys_path) as keys:
        (wrapped,) = keys.execute(
            "SELECT wrapped FROM wrapped_key WHERE key_id = ?", (item.key_id,)
        ).fetchone()
    keys.close()
    assert document.note_sealed is not None
    assert item.file_name_sealed is not None
    ciphertext = {
        "wrapped key": wrapped,
        "file": blob[100:200],
        "note": document.note_sealed,
        "file name": item.file_name_sealed,
    }
    plain = {"text": MARKER.encode(), "note text": NOTE_MARKER.encode(), "name": b"sopimus.pdf"}
    assert residues(settings.instance_path, ciphertext) == set(ciphertext)
    assert residues(settings.instance_path, plain) == set()

    services.execute(archive.manager, archive.approved().id)

    assert journal().read()
    assert residues(settings.instance_path, {**ciphertext, **plain}) == set()
