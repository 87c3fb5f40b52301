"""Killed at any moment of a destruction: what was begun is finished, and nothing else is lost.

Invariants after the restart: a key is absent exactly when its document's row is destroyed; every
act of the journal is done; what the journal does not name is untouched.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app
from app.accounts.permissions import Actor
from app.audit.models import AuditEntry, AuditOutbox
from app.config import Settings
from app.crypto import key_store
from app.crypto.keys import KeyStore
from app.db import db
from app.destruction import services
from app.destruction.journal import Journal, journal
from app.destruction.models import DisposalCertificate, DisposalConfirmation
from app.destruction.services import closing, obliteration
from app.documents.models import Document, Item
from app.files import file_store
from app.files.store import FileStore
from tests.faults.instances import Instance, freeze, opened, restarted
from tests.faults.killing import FAULTS, STEPS, Report, each_fault
from tests.fixtures.clients import make_client
from tests.fixtures.disposal import Archive, archive
from tests.fixtures.registers import publish, published_register

__all__ = ["archive", "freeze", "make_client", "publish", "published_register"]

pytestmark = pytest.mark.faults

Target = tuple[object, str]

# The act, step by step; the process dies right after (or, for the last two, right before) each.
ACT: dict[str, Target] = {
    "the journal is written": (Journal, "intend"),
    "the keys are destroyed": (KeyStore, "destroy_many"),
    "the first file is erased": (FileStore, "erase"),
    "the rows are marked": (obliteration, "mark_destroyed"),
    "the rows are committed": (Journal, "carried_out"),
    "the list is certified": (closing, "issue_certificate"),
}
DIES_BEFORE = ("the rows are committed", "the list is certified")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """An instance without waiting time, so that a list can be carried out at once."""
    return Settings(
        instance_path=tmp_path / "instance",
        database=database_url,
        allow_artificial_codes=True,
        secure_cookies=False,
        disposal_waiting_days=0,
    )


def facts(document_id: int) -> tuple[bool, bool, bool]:
    """Whether key, file and an active row of the document are there."""
    item = db.session.scalars(
        select(Item).where(Item.document_id == document_id, Item.medium == "atk")
    ).one()
    document = db.session.get_one(Document, document_id)
    return (
        key_store().exists(str(item.key_id)),
        file_store().exists(str(item.blob_id)),
        document.state == "active",
    )


def count_of(action: str) -> int:
    entries = select(AuditEntry.payload).where(AuditEntry.action == action)
    waiting = select(AuditOutbox.payload).where(
        AuditOutbox.payload.contains(f'"action":"{action}"')
    )
    return len(db.session.scalars(entries).all()) + len(db.session.scalars(waiting).all())


def check_invariants(document_ids: list[int]) -> None:
    named = {each.document_id for act in journal().read() for each in act.documents}
    for document_id in document_ids:
        gone = document_id in named
        assert facts(document_id) == ((False,) * 3 if gone else (True,) * 3)
        if gone:
            assert db.session.get_one(Document, document_id).note_sealed is None
    assert all(act.carried_out for act in journal().read())
    assert count_of("disposal.destroyed") == len(named)


def die(target: Target, *, before: bool) -> None:
    """Make the process end at a step, as if the power were cut: no clean-up runs."""
    owner, name = target
    original: Callable[..., object] = getattr(owner, name)

    def deadly(*arguments: object, **options: object) -> object:
        if not before:
            original(*arguments, **options)
        os._exit(9)

    setattr(owner, name, deadly)


def run_and_die(settings: Settings, step: str, manager: Actor, list_id: int) -> int:
    """Carry the list out in a process of its own that dies at the step; its exit code."""
    child = os.fork()
    if child == 0:
        try:
            with create_app(settings).app_context():
                die(ACT[step], before=step in DIES_BEFORE)
                services.execute(manager, list_id)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("step", ACT)
def test_a_death_at_any_step_is_carried_through_at_the_next_start(
    archive: Archive, settings: Settings, step: str
) -> None:
    doomed, bystander = [archive.log().id for _ in range(2)], archive.log().id
    documents = [db.session.get_one(Document, each) for each in doomed]
    found = archive.approved(*documents)
    manager, list_id = archive.manager, found.id
    db.session.close()

    assert run_and_die(settings, step, manager, list_id) == 9

    with restarted(settings):
        # No key goes before the journal has named it.
        if not journal().read():
            pytest.fail("the process died before the journal was written")
        services.recover()
        check_invariants([*doomed, bystander])
        found = db.session.get_one(DisposalConfirmation, list_id)
        assert found.state == "executed"
        assert db.session.query(DisposalCertificate).count() == (
            0 if step == "the list is certified" else 1
        )
        services.certify(manager, list_id)
        assert db.session.query(DisposalCertificate).count() == 1
        before = settings.journal_path.read_bytes()
        assert services.recover() == 0
        assert settings.journal_path.read_bytes() == before


# Every SQL statement of SQLite is a long way round; where every write can be struck, do that.
WRITE_FAULTS = [
    *(("sqlite", fault) for fault in FAULTS[1:] or FAULTS),
    ("postgresql", STEPS),
]


@pytest.mark.parametrize(("database", "fault"), WRITE_FAULTS)
def test_a_kill_or_a_failing_disk_at_any_write_leaves_no_half_destruction(
    archive: Archive,
    freeze: Callable[[], Instance],
    fault: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The certificate comes after the act; its own deaths are among the steps above.
    monkeypatch.setattr(closing, "issue_certificate", lambda _list_id: None)
    document_id = archive.log().id
    found = archive.approved()
    manager, list_id = archive.manager, found.id
    instance = freeze()

    def work(report: Report) -> None:
        with opened(instance.settings):
            if services.execute(manager, list_id).state == "executed":
                report("executed")

    runs = 0
    for reported in each_fault(fault, tmp_path, instance.put_back, work):
        runs += 1
        with restarted(instance.settings):
            services.recover()
            check_invariants([document_id])
            state = db.session.get_one(DisposalConfirmation, list_id).state
            if "executed" in reported:
                assert state == "executed"
            elif state != "executed":
                # Nothing had begun, so a person carries on.
                assert services.execute(manager, list_id).state == "executed"
                check_invariants([document_id])
    assert "executed" in reported
    assert runs > 5
