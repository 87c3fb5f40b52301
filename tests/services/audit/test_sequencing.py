"""Every entry gets exactly one place, in order, without a gap, whoever else writes."""

import threading

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.audit.events import Event
from app.audit.models import AuditCheckpoint, AuditEntry, AuditNode, AuditOutbox
from app.audit.services import record, record_view, sequence_pending, sequencing, sign_checkpoint
from app.audit.services.sequencing import frontier, log_size
from app.audit.tree import Tree, completed, leaf_hash, root
from app.db import db, transaction

pytestmark = pytest.mark.usefixtures("app")


def write(count: int) -> None:
    with transaction():
        for number in range(count):
            record(Event.CLIENT_VIEWED, actor_id=1, client_id=number)


def payloads() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.payload).order_by(AuditEntry.seq)))


def test_entries_get_their_places_in_the_order_they_were_written() -> None:
    write(5)

    assert sequence_pending() == 5

    rows = db.session.execute(select(AuditEntry.seq, AuditEntry.client_id)).all()
    assert sorted(rows) == [(n, n) for n in range(5)]
    assert db.session.scalar(select(func.count()).select_from(AuditOutbox)) == 0
    assert sequence_pending() == 0


@pytest.mark.parametrize("steps", [[1], [1, 1, 1], [7, 1, 8], [64, 3, 61]])
def test_the_stored_tree_is_that_of_the_entries(steps: list[int]) -> None:
    for count in steps:
        write(count)
        sequence_pending()
    tree = Tree(leaf_hash(payload.encode()) for payload in payloads())

    stored = db.session.execute(select(AuditNode.level, AuditNode.idx, AuditNode.hash))

    nodes = {(level, idx): digest for level, idx, digest in stored}
    assert len(nodes) == completed(tree.size)
    assert all(tree.node(level, idx) == digest for (level, idx), digest in nodes.items())
    for size in range(tree.size + 1):
        assert frontier(db.session, size).root() == root(size, tree.node)


def test_more_than_a_batch_is_moved_in_one_go() -> None:
    write(sequencing.BATCH + 1)

    assert sequence_pending() == sequencing.BATCH + 1
    assert log_size(db.session) == sequencing.BATCH + 1


def test_sequencing_within_an_act_is_undone_with_it() -> None:
    write(3)

    def sequence_and_fail() -> None:
        with transaction():
            sequence_pending()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sequence_and_fail()

    assert log_size(db.session) == 0
    assert sequence_pending() == 3


def test_many_writers_and_sequencers_lose_and_double_nothing(app: Flask) -> None:
    problems: list[Exception] = []

    def work(number: int) -> None:
        try:
            with app.app_context():
                for turn in range(15):
                    record_view(Event.CLIENT_VIEWED, actor_id=number, client_id=turn)
                    if turn % 5 == number % 5:
                        sequence_pending()
        except Exception as problem:  # noqa: BLE001  # whatever went wrong in a thread is reported
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sequence_pending()

    assert not problems
    rows = db.session.execute(
        select(AuditEntry.seq, AuditEntry.actor_id, AuditEntry.client_id).order_by(AuditEntry.seq)
    ).all()
    assert [row.seq for row in rows] == list(range(90))
    assert {(row.actor_id, row.client_id) for row in rows} == {
        (number, turn) for number in range(6) for turn in range(15)
    }
    for number in range(6):
        assert [r.client_id for r in rows if r.actor_id == number] == list(range(15))


@pytest.mark.parametrize("model", [AuditEntry, AuditNode, AuditCheckpoint])
def test_the_log_can_only_be_added_to(
    model: type[AuditEntry | AuditNode | AuditCheckpoint],
) -> None:
    write(4)
    sign_checkpoint()
    before = db.session.scalar(select(func.count()).select_from(model))
    column = next(c for c in model.__table__.columns if not c.primary_key)
    wanted = [
        update(model).values({column.name: column}),
        delete(model),
        insert(model).from_select(
            [c.name for c in model.__table__.columns], select(model.__table__)
        ),
    ]
    if db.engine.dialect.name == "sqlite":
        wanted.append(
            insert(model)
            .prefix_with("OR REPLACE")
            .from_select([c.name for c in model.__table__.columns], select(model.__table__))
        )
    else:
        wanted.append(text(f"TRUNCATE {model.__tablename__}"))

    for statement in wanted:
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(statement)

    assert before
    assert db.session.scalar(select(func.count()).select_from(model)) == before
