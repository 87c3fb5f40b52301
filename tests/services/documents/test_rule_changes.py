"""Earlier documents under a changed rule: they move only where two people have decided so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from time_machine import travel

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.models import AuditOutbox
from app.calendar.periods import Period
from app.db import db
from app.documents.models import Document
from app.documents.services import end_episode, follow_changes, outlook
from app.reports.services import approve_rule_change
from app.retention.models import RetentionRuleVersion
from app.retention.queries import open_proposals, versions_of_rule
from app.retention.services import Change, propose
from app.web.problems import InputError
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.people import MakeActor

KEY = "social-initial-interview"
ENDED = date(2026, 1, 31)

ChangeIt = Callable[..., RetentionRuleVersion]


@pytest.fixture
def change(officer: Actor, second: Actor) -> ChangeIt:
    """`change(years, …)`: change the period with four eyes, and take earlier documents along."""

    def make(
        years: int, *, moves: bool = True, days: int = 0, by: Actor = second
    ) -> RetentionRuleVersion:
        last = versions_of_rule(KEY)[0]
        policy = last.policy.model_copy(update={"retention_period": Period(years=years)})
        start = clock.today() + timedelta(days=days)
        asked = Change(policy, start, "Laki muuttui", moves_earlier=moves)
        return approve_rule_change(by, propose(officer, asked, seen=last.number).id)

    return make


def fresh(document: Document) -> Document:
    db.session.refresh(document)
    return document


def test_earlier_documents_keep_their_version_unless_it_was_decided(
    desk: Desk, log: LogDocument, change: ChangeIt
) -> None:
    document = log()
    end_episode(desk.worker, desk.episode_id, ENDED)
    before = (document.retention_rule_version_id, fresh(document).last_kept_on)

    change(30, moves=False)

    assert (fresh(document).retention_rule_version_id, document.last_kept_on) == before
    assert follow_changes(clock.today()) == 0


def test_what_was_decided_moves_them_with_their_dates(
    desk: Desk, log: LogDocument, change: ChangeIt
) -> None:
    document, other = log(), log("sopimukset", media={"man"}, holder_id=desk.worker.user_id)
    end_episode(desk.worker, desk.episode_id, ENDED)
    untouched = (other.retention_rule_version_id, fresh(other).last_kept_on)

    version = change(30)

    assert fresh(document).retention_rule_version_id == version.id
    assert document.last_kept_on == ENDED.replace(year=2056)
    assert document.disposable_from == date(2056, 2, 1)
    assert (fresh(other).retention_rule_version_id, other.last_kept_on) == untouched
    assert follow_changes(clock.today()) == 0
    (entry,) = [
        row.payload
        for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)
        if "rules.followed" in row.payload
    ]
    assert f'"count":1,"rule":"{KEY}","version":2' in entry
    assert f'"register":{desk.register_id}' in entry


def test_a_change_to_come_moves_them_on_its_day(
    desk: Desk, log: LogDocument, change: ChangeIt
) -> None:
    document = log()
    version = change(30, days=30)
    assert fresh(document).retention_rule_version_id != version.id
    between = log()

    with travel(clock.now() + timedelta(days=30)):
        assert follow_changes(clock.today()) == 2

    assert fresh(document).retention_rule_version_id == version.id
    assert fresh(between).retention_rule_version_id == version.id


def test_a_later_change_without_moving_leaves_them_where_they_are(
    desk: Desk, log: LogDocument, change: ChangeIt
) -> None:
    document = log()
    second_version = change(30)
    change(40, moves=False)

    assert follow_changes(clock.today()) == 0
    assert fresh(document).retention_rule_version_id == second_version.id


def test_destroyed_documents_stay_as_they_were(
    desk: Desk, log: LogDocument, change: ChangeIt
) -> None:
    document = log()
    document.state = "destroyed"
    db.session.commit()
    version_id = document.retention_rule_version_id

    change(30)

    assert fresh(document).retention_rule_version_id == version_id


def test_the_officer_of_one_register_does_not_move_documents_of_another(
    desk: Desk, log: LogDocument, change: ChangeIt, other_register: int, make_actor: MakeActor
) -> None:
    document = log()
    elsewhere = make_actor("muualla", Role.DATA_PROTECTION_OFFICER, register_id=other_register)
    version_id = document.retention_rule_version_id

    with pytest.raises(InputError):
        change(30, by=elsewhere)

    assert open_proposals(KEY)
    assert len(versions_of_rule(KEY)) == 1
    assert fresh(document).retention_rule_version_id == version_id


@pytest.mark.parametrize(
    ("years", "expected"),
    [(30, (2, 2, 0, 0)), (1, (2, 0, 2, 0)), (10, (2, 0, 0, 0)), (0, (2, 0, 2, 2))],
)
def test_the_outlook_tells_what_would_become_of_them(
    desk: Desk, log: LogDocument, officer: Actor, years: int, expected: tuple[int, ...]
) -> None:
    log()
    log()
    end_episode(desk.worker, desk.episode_id, clock.today())
    last = versions_of_rule(KEY)[0]
    assert last.policy.retention_period == Period(years=10)
    policy = last.policy.model_copy(update={"retention_period": Period(years=years)})

    seen = outlook(officer, policy, [last.id], clock.today())

    assert (seen.documents, seen.later, seen.earlier, seen.at_once) == expected
