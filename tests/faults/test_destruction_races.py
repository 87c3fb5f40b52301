"""Two people at once: exactly one approval, one destruction, and a hold either wins or is told."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from app import clock
from app.accounts.permissions import Actor
from app.audit.models import AuditEntry, AuditOutbox
from app.config import Settings
from app.db import db
from app.destruction import services
from app.destruction.journal import journal
from app.destruction.models import DisposalCertificate, DisposalConfirmation
from app.destruction.services import closing
from app.documents.models import Document
from app.web.problems import Conflict, InputError
from tests.fixtures.clients import make_client
from tests.fixtures.disposal import ADDRESS, Archive, archive
from tests.fixtures.people import PASSWORD
from tests.fixtures.registers import publish, published_register

__all__ = ["archive", "make_client", "publish", "published_register"]

pytestmark = [
    pytest.mark.faults,
    pytest.mark.parametrize("database", ["sqlite", "postgresql"]),
]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Lists can be carried out on the day of their approval."""
    return settings.model_copy(update={"disposal_waiting_days": 0})


def together(app: Flask, *acts: Callable[[], object]) -> list[Exception | None]:
    """Do the acts at the same moment, each in a thread with a session of its own."""
    start = threading.Barrier(len(acts))
    outcomes: list[Exception | None] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                act()
            except (Conflict, InputError) as problem:
                outcomes[number] = problem

    db.session.rollback()
    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    db.session.rollback()
    db.session.expire_all()
    return outcomes


def count_of(action: str) -> int:
    payloads = [
        row.payload for model in (AuditEntry, AuditOutbox) for row in db.session.query(model)
    ]
    return sum(f'"action":"{action}"' in text for text in payloads)


def test_two_approvers_at_once_make_one_approval(
    app: Flask, archive: Archive, owner: Actor
) -> None:
    archive.log()
    list_id = archive.propose().id

    outcomes = together(
        app,
        lambda: services.approve(archive.officer, list_id, PASSWORD, ADDRESS),
        lambda: services.approve(owner, list_id, PASSWORD, "192.0.2.10"),
    )

    assert [type(outcome) for outcome in outcomes if outcome] == [Conflict]
    found = db.session.get_one(DisposalConfirmation, list_id)
    assert found.state == "approved"
    assert found.approved_by_id in (archive.officer.user_id, owner.user_id)
    assert count_of("disposal.approved") == 1


def test_approving_and_sending_back_at_once_do_one_of_them(
    app: Flask, archive: Archive, owner: Actor
) -> None:
    archive.log()
    list_id = archive.propose().id

    outcomes = together(
        app,
        lambda: services.approve(archive.officer, list_id, PASSWORD, ADDRESS),
        lambda: services.return_for_change(owner, list_id, "Väärä rekisteri"),
    )

    assert [type(outcome) for outcome in outcomes if outcome] == [Conflict]
    state = db.session.get_one(DisposalConfirmation, list_id).state
    assert count_of("disposal.approved") + count_of("disposal.returned") == 1
    assert state == ("approved" if count_of("disposal.approved") else "returned")


def test_two_proposers_at_once_put_a_document_on_one_list(app: Flask, archive: Archive) -> None:
    documents = [archive.log("man").id for _ in range(2)]

    def propose() -> object:
        return services.propose(archive.manager, archive.register_id, clock.today(), documents)

    outcomes = together(app, propose, propose)

    assert [type(outcome) for outcome in outcomes if outcome] == [InputError]
    assert db.session.query(DisposalConfirmation).count() == 1


def test_two_who_carry_out_at_once_destroy_once(app: Flask, archive: Archive) -> None:
    documents = [archive.log().id for _ in range(3)]
    list_id = archive.approved().id

    def execute() -> object:
        return services.execute(archive.manager, list_id)

    together(app, execute, execute)

    named = [each.document_id for act in journal().read() for each in act.documents]
    assert sorted(named) == documents
    assert count_of("disposal.destroyed") == len(documents)
    assert count_of("disposal.executed") == 1
    assert db.session.query(DisposalCertificate).count() == 1


@pytest.mark.parametrize("round_", range(4))
def test_a_hold_during_the_act_wins_or_hears_that_it_is_too_late(
    app: Flask, archive: Archive, monkeypatch: pytest.MonkeyPatch, round_: int
) -> None:
    monkeypatch.setattr(closing, "issue_certificate", lambda _list_id: None)
    document_id = archive.log().id
    list_id = archive.approved().id

    outcomes = together(
        app,
        lambda: services.execute(archive.manager, list_id),
        lambda: services.set_hold(
            archive.officer, document_id=document_id, reason="audit", mandate="ESR 7/2026"
        ),
    )

    destroyed = db.session.get_one(Document, document_id).state == "destroyed"
    assert outcomes[0] is None
    assert isinstance(outcomes[1], InputError) is destroyed
    assert count_of("hold.set") == (0 if destroyed else 1)
