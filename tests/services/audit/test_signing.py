"""Checkpoints are signed for what is there, kept outside, and never for a log that was rolled
back."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.audit.checkpoint import CheckpointRefused
from app.audit.events import Event
from app.audit.models import AuditCheckpoint, AuditEntry
from app.audit.payload import details_of
from app.audit.services import (
    LogRolledBack,
    accept_rollback,
    record,
    sequence_pending,
    sign_checkpoint,
    signer,
    verify_log,
)
from app.audit.services.signing import outside_checkpoint
from app.audit.verification import Status
from app.config import settings
from app.db import db, transaction
from tests.services.audit.tampering import cut_tail, forget_checkpoints, tampering

pytestmark = pytest.mark.usefixtures("app")


def write(count: int) -> None:
    with transaction():
        for number in range(count):
            record(Event.CLIENT_VIEWED, actor_id=1, client_id=number)


def test_a_checkpoint_covers_everything_written_before() -> None:
    write(5)

    signed = sign_checkpoint()

    assert signed is not None
    assert signed.size == 5
    assert signed == outside_checkpoint()
    note = db.session.scalars(select(AuditCheckpoint.note)).one()
    assert note == settings().checkpoint_path.read_text("utf-8")
    assert signer().verifier.open_checkpoint(note) == signed


def test_signing_is_recorded_but_does_not_call_for_signing_again() -> None:
    write(2)
    first = sign_checkpoint()

    assert sign_checkpoint() == first == sign_checkpoint()

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.seq == 2)).one()
    assert entry.action == Event.CHECKPOINT_SIGNED.action
    assert first is not None
    assert details_of(entry.payload) == {"size": 2, "root": first.root.hex()}


def test_an_empty_log_is_not_signed() -> None:
    assert sign_checkpoint() is None
    assert outside_checkpoint() is None


def test_the_log_grows_from_checkpoint_to_checkpoint() -> None:
    sizes = []
    for count in (1, 5, 3):
        write(count)
        signed = sign_checkpoint()
        assert signed is not None
        sizes.append(signed.size)

    # Each signing adds the record of itself.
    assert sizes == [1, 7, 11]
    assert list(db.session.scalars(select(AuditCheckpoint.size))) == sizes


def test_a_log_shorter_than_signed_is_not_signed_again() -> None:
    write(5)
    sign_checkpoint()
    with tampering() as session:
        cut_tail(session, 3)
        forget_checkpoints(session)
    write(10)

    with pytest.raises(LogRolledBack, match="not those that were signed"):
        sign_checkpoint()


def test_a_log_that_was_emptied_is_not_signed_again() -> None:
    write(5)
    sign_checkpoint()
    with tampering() as session:
        cut_tail(session, 0)
        forget_checkpoints(session)
        session.execute(text("DELETE FROM audit_outbox"))

    with pytest.raises(LogRolledBack, match="5 entries were signed, the log has 0"):
        sign_checkpoint()


def test_a_missing_checkpoint_file_is_not_replaced_silently() -> None:
    write(5)
    sign_checkpoint()
    settings().checkpoint_path.unlink()
    write(1)

    with pytest.raises(LogRolledBack, match="file is missing"):
        sign_checkpoint()
    assert not settings().checkpoint_path.exists()


def test_a_checkpoint_file_of_another_log_is_refused(app: Flask) -> None:
    write(5)
    settings().checkpoint_path.parent.mkdir()
    settings().checkpoint_path.write_text("seloste/x\n5\nAAAA\n\n— seloste/x AAAA\n", "utf-8")

    with pytest.raises(CheckpointRefused):
        sign_checkpoint()


def test_a_lost_tail_is_accepted_only_in_the_log_itself() -> None:
    write(5)
    sign_checkpoint()
    write(5)
    lost = sign_checkpoint()
    with tampering() as session:
        cut_tail(session, 5)
        session.execute(text("DELETE FROM audit_checkpoint WHERE size > 5"))
        session.execute(text("DELETE FROM audit_outbox"))
    assert lost is not None
    assert verify_log().status is Status.TAMPERED

    accept_rollback(actor_id=9)
    signed = sign_checkpoint()

    assert signed is not None
    assert signed.size == 6
    assert verify_log().status is Status.INTACT
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.seq == 5)).one()
    assert (entry.action, entry.actor_id) == ("log.rolled_back", 9)
    assert details_of(entry.payload) == {"signed_size": lost.size, "signed_root": lost.root.hex()}
    kept = list(settings().checkpoint_path.parent.glob("rolled-back-*.txt"))
    assert [signer().verifier.open_checkpoint(path.read_text("utf-8")) for path in kept] == [lost]


def test_a_lost_checkpoint_file_can_be_accepted_too() -> None:
    write(5)
    signed = sign_checkpoint()
    settings().checkpoint_path.unlink()

    accept_rollback(actor_id=None)

    assert outside_checkpoint() == signed
    sequence_pending()
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert details_of(entry.payload) == {"signed_size": None, "signed_root": None}


def test_there_is_nothing_to_accept_in_a_log_that_continues() -> None:
    write(5)
    sign_checkpoint()

    accept_rollback(actor_id=9)

    sequence_pending()
    assert "log.rolled_back" not in set(db.session.scalars(select(AuditEntry.action)))
