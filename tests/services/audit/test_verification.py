"""Whatever is done to the stored log is found, and the first wrong entry named."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from app.audit.events import Event
from app.audit.models import AuditEntry
from app.audit.services import record, sequence_pending, sign_checkpoint, verify_log, verifying
from app.audit.services.signing import signer
from app.audit.tree import EMPTY_ROOT
from app.audit.verification import Problem, Status
from app.config import settings
from app.db import transaction
from tests.services.audit.tampering import cut_tail, forget_checkpoints, rehash, tampering

pytestmark = pytest.mark.usefixtures("app")

SIZE = 13


def write(count: int) -> None:
    with transaction():
        for number in range(count):
            record(Event.CLIENT_VIEWED, actor_id=1, register_id=2, client_id=number)


@pytest.fixture
def signed_log(app: Flask) -> None:
    """Thirteen entries: five signed, the record of that, seven more, signed again."""
    write(5)
    sign_checkpoint()
    write(7)
    sign_checkpoint()


def run(session: Session, statement: str, **values: object) -> None:
    session.execute(text(statement), values)


def replace(session: Session, old: str, new: str) -> None:
    """Change the text of entry 8."""
    statement = "UPDATE audit_entry SET payload = replace(payload, :old, :new) WHERE seq = 8"
    run(session, statement, old=old, new=new)


Change = Callable[[Session], None]


def edit_payload(session: Session) -> None:
    replace(session, '"register":2', '"register":3')


def edit_unsearchable(session: Session) -> None:
    """Change what no column repeats, and everything that can be recomputed."""
    replace(session, '"request":null', '"request":"x"')
    rehash(session)


def edit_payload_and_leaf(session: Session) -> None:
    nodes = session.execute(text("SELECT level, idx, hash FROM audit_node")).all()
    edit_unsearchable(session)
    run(session, "DELETE FROM audit_node")
    for level, idx, digest in nodes:
        run(session, "INSERT INTO audit_node VALUES (:a, :b, :c)", a=level, b=idx, c=digest)


def rewrite(session: Session) -> None:
    edit_payload(session)
    rehash(session)


def replace_by_garbage(session: Session) -> None:
    run(session, "UPDATE audit_entry SET payload = 'x' WHERE seq = 8")
    rehash(session)


def delete_entry(session: Session) -> None:
    run(session, "DELETE FROM audit_entry WHERE seq = 8")


def delete_and_close_the_gap(session: Session) -> None:
    delete_entry(session)
    for seq in range(9, SIZE):
        run(session, "UPDATE audit_entry SET seq = :new WHERE seq = :old", new=seq - 1, old=seq)
    rehash(session)


def insert_entry(session: Session) -> None:
    for seq in range(SIZE - 1, 7, -1):
        run(session, "UPDATE audit_entry SET seq = :new WHERE seq = :old", new=seq + 1, old=seq)
    run(
        session,
        "INSERT INTO audit_entry (seq, at, actor_id, action, register_id, client_id, object_type,"
        " object_id, payload, leaf_hash) SELECT 8, at, actor_id, action, register_id, client_id,"
        " object_type, object_id, payload, leaf_hash FROM audit_entry WHERE seq = 7",
    )
    rehash(session)


def swap_entries(session: Session) -> None:
    for old, new in ((8, 100), (9, 8), (100, 9)):
        run(session, "UPDATE audit_entry SET seq = :new WHERE seq = :old", new=new, old=old)
    rehash(session)


def edit_node(session: Session) -> None:
    run(session, "UPDATE audit_node SET hash = :hash WHERE level = 1 AND idx = 4", hash=bytes(32))


def delete_node(session: Session) -> None:
    run(session, "DELETE FROM audit_node WHERE level = 2 AND idx = 2")


def add_node(session: Session) -> None:
    run(session, "INSERT INTO audit_node VALUES (1, 6, :hash)", hash=bytes(32))


def entry_before_the_first(session: Session) -> None:
    run(
        session,
        "INSERT INTO audit_entry (seq, at, action, payload, leaf_hash)"
        " SELECT -1, at, action, payload, leaf_hash FROM audit_entry WHERE seq = 0",
    )


def cut_and_forget(session: Session) -> None:
    cut_tail(session, 8)
    forget_checkpoints(session)


def forge_checkpoint(session: Session) -> None:
    run(session, "UPDATE audit_checkpoint SET note = replace(note, '5', '6') WHERE size = 5")


def rewrite_and_forget(session: Session) -> None:
    rewrite(session)
    forget_checkpoints(session)


@pytest.mark.parametrize(
    ("change", "problem", "bad_seq"),
    [
        (edit_payload, Problem.ENTRY_CHANGED, 8),
        (edit_payload_and_leaf, Problem.TREE_DIFFERS, 8),
        (rewrite, Problem.COLUMNS_DIFFER, 8),
        (replace_by_garbage, Problem.COLUMNS_DIFFER, 0),
        (delete_entry, Problem.OUT_OF_SEQUENCE, 8),
        (delete_and_close_the_gap, Problem.SHORTER_THAN_SIGNED, 12),
        (insert_entry, Problem.NOT_AS_SIGNED, 5),
        (swap_entries, Problem.NOT_AS_SIGNED, 5),
        (edit_node, Problem.TREE_DIFFERS, 8),
        (delete_node, Problem.TREE_DIFFERS, 8),
        (add_node, Problem.TREE_DIFFERS, None),
        (entry_before_the_first, Problem.OUT_OF_SEQUENCE, 0),
        (lambda session: cut_tail(session, 8), Problem.SHORTER_THAN_SIGNED, 8),
        (cut_and_forget, Problem.SHORTER_THAN_SIGNED, 8),
        (forge_checkpoint, Problem.CHECKPOINT_FORGED, None),
    ],
)
@pytest.mark.usefixtures("signed_log")
def test_a_change_is_found_and_named(change: Change, problem: Problem, bad_seq: int | None) -> None:
    with tampering() as session:
        change(session)

    report = verify_log()

    assert report.status is Status.TAMPERED
    assert (report.problem, report.bad_seq) == (problem, bad_seq)
    assert report.exit_code == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", datetime(2026, 1, 1, tzinfo=UTC)),
        ("actor_id", 5),
        ("actor_id", None),
        ("action", "client.listed"),
        ("register_id", 3),
        ("client_id", 4),
        ("object_type", "item"),
        ("object_id", 4),
    ],
)
@pytest.mark.usefixtures("signed_log")
def test_a_search_field_that_was_changed_is_found(column: str, value: object) -> None:
    with tampering() as session:
        session.execute(update(AuditEntry).where(AuditEntry.seq == 9).values({column: value}))

    report = verify_log()

    assert (report.problem, report.bad_seq) == (Problem.COLUMNS_DIFFER, 9)


@pytest.mark.usefixtures("signed_log")
def test_a_rewritten_log_is_found_by_its_signatures() -> None:
    with tampering() as session:
        edit_unsearchable(session)

    report = verify_log()

    assert (report.problem, report.bad_seq) == (Problem.NOT_AS_SIGNED, 5)
    assert report.signed_size == 5


@pytest.mark.usefixtures("signed_log")
def test_a_rewritten_log_without_its_signatures_is_found_by_the_one_outside() -> None:
    with tampering() as session:
        edit_unsearchable(session)
        forget_checkpoints(session)

    report = verify_log()

    assert (report.status, report.problem, report.bad_seq) == (
        Status.TAMPERED,
        Problem.NOT_AS_SIGNED,
        0,
    )


@pytest.mark.usefixtures("signed_log")
def test_a_lost_outside_checkpoint_is_found() -> None:
    settings().checkpoint_path.unlink()

    assert verify_log().problem is Problem.CHECKPOINT_LOST


@pytest.mark.usefixtures("signed_log")
def test_a_forged_outside_checkpoint_is_found() -> None:
    path = settings().checkpoint_path
    path.write_text(path.read_text("utf-8").replace("\n13\n", "\n12\n"), "utf-8")

    assert verify_log().problem is Problem.CHECKPOINT_FORGED


@pytest.mark.usefixtures("signed_log")
def test_an_untouched_log_is_intact() -> None:
    write(4)
    sequence_pending()

    report = verify_log()

    assert (report.status, report.problem, report.bad_seq) == (Status.INTACT, None, None)
    assert (report.size, report.signed_size) == (SIZE + 5, SIZE)
    assert report.exit_code == 0
    assert report.root != EMPTY_ROOT.hex()


def test_the_root_is_the_one_that_is_signed() -> None:
    write(9)
    signed = sign_checkpoint()

    assert signed is not None
    assert (
        signer().verifier.open_checkpoint(settings().checkpoint_path.read_text("utf-8")) == signed
    )
    with tampering() as session:
        session.execute(text("DELETE FROM audit_outbox"))
    assert verify_log().root == signed.root.hex()


def test_a_log_that_was_never_signed_cannot_be_judged() -> None:
    write(3)
    sequence_pending()

    report = verify_log()

    assert (report.status, report.problem) == (Status.UNUSABLE, Problem.NEVER_SIGNED)
    assert report.exit_code == 2


def test_an_empty_log_is_intact() -> None:
    report = verify_log()

    assert (report.status, report.size, report.root) == (Status.INTACT, 0, EMPTY_ROOT.hex())


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 8 entries instead of 4096, so that a short log has several."""
    monkeypatch.setattr(verifying, "BLOCK_LEVEL", 3)


@pytest.mark.parametrize("count", [7, 8, 9, 16, 17, 40])
@pytest.mark.usefixtures("small_blocks")
def test_a_log_of_several_blocks_is_intact(count: int) -> None:
    write(3)
    sign_checkpoint()
    write(count - 4)
    signed = sign_checkpoint()

    report = verify_log()

    assert signed is not None
    assert signed.size == count
    assert (report.status, report.signed_size) == (Status.INTACT, count)


@pytest.mark.parametrize(("level", "idx"), [(1, 14), (3, 3), (4, 1), (5, 0)])
@pytest.mark.usefixtures("small_blocks")
def test_a_changed_node_is_found_at_every_height(level: int, idx: int) -> None:
    write(40)
    sign_checkpoint()
    change = "UPDATE audit_node SET hash = :hash WHERE level = :level AND idx = :idx"
    with tampering() as session:
        run(session, change, hash=bytes(32), level=level, idx=idx)

    report = verify_log()

    assert (report.problem, report.bad_seq) == (Problem.TREE_DIFFERS, idx << level)
