"""A rule that is changed between the approval of a list and its execution."""

from collections.abc import Callable

import pytest

from app import clock
from app.accounts.permissions import Actor
from app.calendar.periods import Period
from app.crypto import key_store
from app.db import db
from app.destruction import services
from app.documents.models import Item
from app.reports.services import approve_rule_change
from app.retention.queries import versions_of_rule
from app.retention.rules import DisposalAction
from app.retention.services import Change, propose
from tests.fixtures.disposal import Archive, fresh

KEY = "employment-agreements"


@pytest.mark.parametrize(
    "update", [{"retention_period": Period(years=30)}, {"disposal_action": DisposalAction.REVIEW}]
)
@pytest.mark.parametrize("moves", [True, False])
def test_a_change_that_reaches_back_keeps_what_was_about_to_be_destroyed(
    archive: Archive,
    second: Actor,
    after_waiting: Callable[[], None],
    update: dict[str, object],
    moves: bool,  # a parameter of the test
) -> None:
    document = archive.log()
    found = archive.approved()
    after_waiting()
    last = versions_of_rule(KEY)[0]
    policy = last.policy.model_copy(update=update)
    asked = Change(policy, clock.today(), "Laki muuttui", moves_earlier=moves)
    approve_rule_change(second, propose(archive.officer, asked, seen=last.number).id)

    services.execute(archive.manager, found.id)

    item = db.session.query(Item).filter_by(document_id=document.id).one()
    kept = fresh(document).state == "active"
    assert kept is moves
    assert (item.key_id is not None and key_store().exists(item.key_id)) is moves
