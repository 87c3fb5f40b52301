"""Killed, or with a failing or full disk, at any write of a register: all of the act, or nothing.

What the program had reported is so after the restart; what it had not is done whole or not at all,
and can be done again.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from app.accounts.permissions import Actor
from app.audit.models import AuditEntry
from app.audit.services import sequence_pending, sign_checkpoint, verify_log
from app.audit.verification import Status
from app.db import db
from app.registers import services
from app.registers.definitions import RegisterDefinition
from app.registers.editor.identity import digest
from app.registers.editor.places import Place, Seen
from app.registers.models import NoticeFile, Register, RegisterVersion
from app.retention.services import load_rules
from tests.faults.instances import Instance, freeze, opened, restarted
from tests.faults.killing import FAULTS, STEPS, Report, each_fault
from tests.fixtures.registers import publish, publish_knowingly, published_register

__all__ = ["freeze", "publish", "published_register"]

pytestmark = pytest.mark.faults

# Every SQL statement is a long way round; where every write can be struck, do that. PostgreSQL
# writes in processes of its own, so that there the program is killed between its statements.
WRITE_FAULTS = [
    *(("sqlite", fault) for fault in [fault for fault in FAULTS if fault != STEPS] or FAULTS),
    ("postgresql", STEPS),
]

FILE = "kind: register\nschema_version: 1\nkey: {key}\nname: {{fi: Rekisteri}}\n"
NOTICE_FILES = 6

Act = Callable[[], object]
State = tuple[Any, ...]


def state_now() -> State:
    """What the registers say, what was archived of them, and what the log tells of it."""
    sequence_pending()
    versions = select(
        Register.key, RegisterVersion.number, RegisterVersion.state, RegisterVersion.content_hash
    ).join_from(Register, RegisterVersion, isouter=True)
    files = db.session.scalars(select(NoticeFile)).all()
    for file in files:
        assert sha256(file.content).hexdigest() == file.sha256
    of_editions = Counter(file.edition_id for file in files)
    editions = db.session.scalars(text("SELECT id FROM notice_edition")).all()
    assert {of_editions[edition] for edition in editions} <= {NOTICE_FILES}
    acts = Counter(db.session.scalars(select(AuditEntry.action)).all())
    return (
        tuple(sorted(map(str, db.session.execute(versions)))),
        len(editions),
        tuple(sorted(acts.items())),
    )


@pytest.fixture(params=["save", "publish", "load"])
def act(
    owner: Actor,
    officer: Actor,
    published_register: tuple[int, RegisterDefinition],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Act:
    """What a person does, ready to be done once."""
    load_rules()
    draft = services.open_draft(owner, published_register[0])
    version_id = draft.id
    if request.param == "publish":
        services.propose(owner, version_id)
        return lambda: publish_knowingly(officer, version_id, date(2026, 6, 1))
    if request.param == "load":
        files = tmp_path / "files"
        files.mkdir()
        for key in ("yksi", "kaksi"):
            (files / f"{key}.yaml").write_text(FILE.format(key=key), "utf-8")
        return lambda: services.load([files])
    place = Place("services", "ray")
    seen = Seen(draft.content_hash, digest(place.value(json.loads(draft.content))))
    return lambda: services.save(owner, version_id, place, {"name": {"fi": "Uusi"}}, seen)


@pytest.mark.parametrize(("database", "fault"), WRITE_FAULTS)
def test_an_act_is_done_whole_or_not_at_all(
    act: Act, freeze: Callable[[], Instance], database: str, fault: str, tmp_path: Path
) -> None:
    assert sign_checkpoint() is not None
    instance = freeze()
    with restarted(instance.settings):
        before = state_now()
        act()
        after = state_now()

    changed = True

    def prepare() -> None:
        if changed:
            instance.put_back()

    def work(report: Report) -> None:
        with opened(instance.settings):
            act()
            report("done")

    undone = 0
    for reported in each_fault(fault, tmp_path, prepare, work):
        with restarted(instance.settings):
            assert verify_log().status is Status.INTACT
            now = state_now()
            assert now in ({after} if "done" in reported else {before, after})
            undone += now == before
            # A database of PostgreSQL is copied slowly: there it is not done again each time.
            again = now == before and (database == "sqlite" or undone % 8 == 1)
            changed = again or now != before
            if again:
                act()
                assert state_now() == after
            assert sign_checkpoint() is not None
            assert verify_log().status is Status.INTACT
    assert reported == {"done"}
    assert undone > 0
