"""The log through crashes and failing disks: what it acknowledged stays, and it stays provable."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.audit.events import Event
from app.audit.models import AuditEntry
from app.audit.services import (
    record,
    record_view,
    sequence_pending,
    sign_checkpoint,
    verify_log,
)
from app.audit.verification import Status
from app.db import db, transaction
from tests.faults.instances import Instance, freeze, opened, restarted
from tests.faults.killing import FAULTS, STEPS, Report, each_fault

__all__ = ["freeze"]

pytestmark = pytest.mark.faults

# Every SQL statement of the log is a long way round; where every fsync can be struck, do that.
LOG_FAULTS = [fault for fault in FAULTS if fault != STEPS] or FAULTS


@pytest.fixture
def instance(app: Flask, freeze: Callable[[], Instance]) -> Instance:
    """An instance with a signed log of three entries, to start each run from."""
    with transaction():
        for number in range(3):
            record(Event.CLIENT_VIEWED, actor_id=1, client_id=number)
    sign_checkpoint()
    return freeze()


@pytest.mark.parametrize("fault", LOG_FAULTS)
def test_the_log_keeps_what_it_acknowledged_and_stays_verifiable(
    fault: str, instance: Instance, tmp_path: Path
) -> None:
    def work(report: Report) -> None:
        with opened(instance.settings):
            record_view(Event.CLIENT_VIEWED, actor_id=1, client_id=100)
            report("viewed")
            sequence_pending()
            signed = sign_checkpoint()
            assert signed is not None
            report(f"signed-{signed.size}")

    for done in each_fault(fault, tmp_path, instance.put_back, work):
        with restarted(instance.settings):
            assert verify_log().status is Status.INTACT
            sequence_pending()
            clients = {entry.client_id for entry in db.session.query(AuditEntry)}
            assert 100 in clients or "viewed" not in done
            assert sign_checkpoint() is not None
            report = verify_log()
            assert report.status is Status.INTACT
            assert report.signed_size >= (5 if "signed-5" in done else 3)
    assert done == {"viewed", "signed-5"}
