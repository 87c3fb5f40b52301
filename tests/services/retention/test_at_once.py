"""Two people at one rule at the same moment: the second is told, and nothing is done twice."""

import pytest
from flask import Flask

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.models import AuditOutbox
from app.calendar.periods import Period
from app.db import db
from app.retention.queries import open_proposals, versions_of_rule
from app.retention.services import Change, approve, confirm, propose, reject
from tests.fixtures.people import MakeActor
from tests.fixtures.retention import use_bundled_rules
from tests.services.conftest import Race

KEY = "social-initial-interview"


@pytest.fixture
def third(make_actor: MakeActor) -> Actor:
    return make_actor("kolmas", Role.DATA_PROTECTION_OFFICER)


@pytest.fixture(autouse=True)
def rules(app: Flask) -> None:
    use_bundled_rules()


def ask(actor: Actor, years: int = 12) -> int:
    policy = versions_of_rule(KEY)[0].policy.model_copy(
        update={"retention_period": Period(years=years)}
    )
    return propose(actor, Change(policy, clock.today(), "Laki muuttui"), seen=1).id


def confirmed(actor: Actor) -> object:
    return confirm(
        actor, KEY, seen=1, confirmed_by="dpo", confirmed_on=clock.today(), source="Finlex"
    )


def steps() -> list[str]:
    rows = [row.payload for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)]
    return sorted(row.split('"action":"rules.')[1].split('"')[0] for row in rows if "rules." in row)


def test_a_proposal_is_approved_once(race: Race, owner: Actor, second: Actor, third: Actor) -> None:
    proposal = ask(owner)

    ends = race(lambda: approve(second, proposal), lambda: approve(third, proposal))

    assert ends == ["Conflict", "done"]
    assert [version.number for version in versions_of_rule(KEY)] == [2, 1]
    assert steps() == ["approved", "proposed"]


def test_a_proposal_is_approved_or_rejected(
    race: Race, owner: Actor, second: Actor, third: Actor
) -> None:
    proposal = ask(owner)

    ends = race(lambda: approve(second, proposal), lambda: reject(third, proposal, "Ei"))

    assert ends == ["Conflict", "done"]
    assert len(steps()) == 2
    assert len(versions_of_rule(KEY)) == 1 + ("approved" in steps())
    assert not open_proposals()


def test_a_rule_is_proposed_to_be_changed_once(race: Race, owner: Actor, second: Actor) -> None:
    ends = race(lambda: ask(owner), lambda: ask(second, 13))

    assert ends == ["InputError", "done"]
    assert len(open_proposals()) == 1


def test_a_rule_is_confirmed_once(race: Race, second: Actor, third: Actor) -> None:
    ends = race(lambda: confirmed(second), lambda: confirmed(third))

    assert ends == ["InputError", "done"]
    assert [version.number for version in versions_of_rule(KEY)] == [2, 1]


def test_a_rule_is_confirmed_before_its_change_or_not_as_it_was(
    race: Race, owner: Actor, second: Actor, third: Actor
) -> None:
    proposal = ask(owner)

    ends = race(lambda: approve(second, proposal), lambda: confirmed(third))

    assert ends == ["InputError", "done"]
    assert [version.number for version in versions_of_rule(KEY)] == [2, 1]
