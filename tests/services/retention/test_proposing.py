"""Changing a rule with four eyes: proposed by one person, approved or rejected by another."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from time_machine import travel

from app import clock
from app.accounts.permissions import Actor, NotPermitted
from app.audit.models import AuditOutbox
from app.calendar.periods import Period
from app.db import db, transaction
from app.retention.models import RetentionRuleProposal
from app.retention.policies import RetentionPolicy
from app.retention.queries import (
    current_rule_version,
    decided_proposals,
    open_proposals,
    proposal_page,
    rule_as_known,
    rules_in_force,
    versions_of_rule,
)
from app.retention.services import Change, approve, confirm, propose, reject, withdraw
from app.web.problems import Conflict, InputError, NotFound
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.retention import use_bundled_rules

KEY = "social-initial-interview"
YESTERDAY = clock.today() - timedelta(days=1)

Ask = Callable[..., RetentionRuleProposal]


@pytest.fixture
def rules(app: Flask) -> None:
    use_bundled_rules()


def longer(years: int = 12) -> RetentionPolicy:
    policy = versions_of_rule(KEY)[0].policy
    return policy.model_copy(update={"retention_period": Period(years=years)})


def ask(actor: Actor, policy: RetentionPolicy | None = None, **asked: Any) -> RetentionRuleProposal:
    seen = asked.pop("seen", 1)
    given = {"in_force_from": clock.today(), "reason": "Laki muuttui", **asked}
    return propose(actor, Change(policy or longer(), **given), seen=seen)


def entries() -> list[str]:
    rows = db.session.query(AuditOutbox).order_by(AuditOutbox.id)
    return [row.payload for row in rows if '"action":"rules.' in row.payload]


@pytest.mark.usefixtures("rules")
def test_what_another_person_approves_is_a_new_version(officer: Actor, second: Actor) -> None:
    proposal = ask(officer)
    assert current_rule_version(KEY).number == 1

    version = approve(second, proposal.id)

    last = versions_of_rule(KEY)[0]
    assert (last.id, last.number, last.policy) == (version.id, 2, longer())
    assert (last.changed_by, last.approved_by) == (officer.display_name, second.display_name)
    assert not open_proposals()
    assert current_rule_version(KEY).number == 2


@pytest.mark.usefixtures("rules")
def test_nobody_approves_or_rejects_an_own_proposal(officer: Actor) -> None:
    proposal = ask(officer)

    with pytest.raises(InputError):
        approve(officer, proposal.id)
    with pytest.raises(InputError):
        reject(officer, proposal.id, "Ei")

    assert current_rule_version(KEY).number == 1
    assert open_proposals(KEY)


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    "values",
    [
        {"state": "approved"},
        {"state": "rejected", "decision_reason": "x"},
        {"state": "approved", "by": "second"},
        {"state": "rejected", "by": "second"},
        {"state": "withdrawn", "by": "second", "decision_reason": "x"},
        {"state": "withdrawn"},
        {"state": "published", "by": "second"},
        {"by": "second"},
    ],
    ids=str,
)
def test_the_database_refuses_what_the_services_would(
    officer: Actor, second: Actor, values: dict[str, str]
) -> None:
    """Each set of values breaks one rule: four eyes, a version, a reason, or a whole decision."""
    proposal = ask(officer)
    decider = {"officer": officer, "second": second}[values.get("by", "officer")]
    row: dict[str, Any] = {k: v for k, v in values.items() if k != "by"}
    row |= {"decided_by_id": decider.user_id, "decided_at": clock.now()}
    if values.get("state") == "approved" and decider is officer:
        row["version_id"] = current_rule_version(KEY).id

    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(
            update(RetentionRuleProposal)
            .where(RetentionRuleProposal.id == proposal.id)
            .values(**row)
        )


@pytest.mark.usefixtures("rules")
def test_the_second_of_two_proposals_is_told(officer: Actor, owner: Actor, second: Actor) -> None:
    first = ask(officer)

    with pytest.raises(InputError) as caught:
        ask(owner, longer(15))
    assert officer.display_name in caught.value.message

    approve(second, first.id)
    with pytest.raises(InputError) as caught:
        ask(owner, longer(15), seen=1)
    assert "2" in caught.value.message
    assert ask(owner, longer(15), seen=2).state == "proposed"


@pytest.mark.usefixtures("rules")
def test_two_open_proposals_on_a_rule_are_refused_by_the_database(officer: Actor) -> None:
    proposal = ask(officer)
    same = {c.name: getattr(proposal, c.name) for c in RetentionRuleProposal.__table__.columns}
    del same["id"]

    with pytest.raises(IntegrityError), transaction() as session:
        session.add(RetentionRuleProposal(**same))


@pytest.mark.usefixtures("rules")
def test_a_rule_that_changed_meanwhile_is_not_overwritten(officer: Actor, second: Actor) -> None:
    proposal = ask(officer)
    confirm(
        second,
        KEY,
        seen=1,
        confirmed_by="tietosuojavastaava",
        confirmed_on=clock.today(),
        source="Finlex",
    )

    with pytest.raises(InputError):
        approve(second, proposal.id)

    assert proposal_page(proposal.id).is_overtaken
    assert current_rule_version(KEY).number == 2
    reject(second, proposal.id, "Sääntö muuttui")
    assert not proposal_page(proposal.id).is_overtaken


@pytest.mark.usefixtures("rules")
def test_a_proposal_is_decided_once(officer: Actor, second: Actor) -> None:
    proposal = ask(officer)
    approve(second, proposal.id)

    for act in (
        lambda: approve(second, proposal.id),
        lambda: reject(second, proposal.id, "Ei"),
        lambda: withdraw(officer, proposal.id, "Ei"),
    ):
        with pytest.raises(Conflict):
            act()
    assert len(versions_of_rule(KEY)) == 2


@pytest.mark.usefixtures("rules")
def test_a_rejected_and_a_withdrawn_proposal_stay_readable(officer: Actor, second: Actor) -> None:
    reject(second, ask(officer).id, "  Ei perustetta ")
    withdraw(officer, ask(officer).id, "Kirjoitusvirhe")

    withdrawn, rejected = decided_proposals(KEY)
    assert (rejected.row.state, rejected.row.decision_reason) == ("rejected", "Ei perustetta")
    assert rejected.decided_by == second.display_name
    assert (withdrawn.row.state, withdrawn.policy) == ("withdrawn", longer())
    assert current_rule_version(KEY).number == 1


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("act", [reject, withdraw])
@pytest.mark.parametrize("reason", [" ", "x" * 2001])
def test_an_end_without_approval_needs_a_reason(
    officer: Actor, second: Actor, act: Callable[..., Any], reason: str
) -> None:
    proposal = ask(officer)

    with pytest.raises(InputError) as caught:
        act(second if act is reject else officer, proposal.id, reason)

    assert caught.value.field == "decision_reason"


@pytest.mark.usefixtures("rules")
def test_only_those_with_a_role_act(
    officer: Actor, owner: Actor, archivist: Actor, worker: Actor, auditor: Actor
) -> None:
    for actor in (worker, auditor):
        with pytest.raises(NotPermitted):
            ask(actor)
    proposal = ask(archivist)
    for actor in (worker, owner, archivist):
        with pytest.raises(NotPermitted):
            approve(actor, proposal.id)
        with pytest.raises(NotPermitted):
            reject(actor, proposal.id, "Ei")
    with pytest.raises(NotPermitted):
        withdraw(officer, proposal.id, "Ei")
    with pytest.raises(NotFound):
        approve(officer, proposal.id + 1)


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"in_force_from": YESTERDAY}, "in_force_from"),
        ({"in_force_from": clock.today() + timedelta(days=367)}, "in_force_from"),
        ({"seen": 0}, "key"),
        ({"seen": 3}, None),
        ({"policy": "new", "seen": 1}, None),
        ({"policy": "new", "seen": 0, "in_force_from": YESTERDAY}, "in_force_from"),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_its_field(
    officer: Actor, asked: dict[str, Any], field: str | None
) -> None:
    key = asked.get("policy", KEY)
    given = {**asked, "policy": longer().model_copy(update={"key": key})}

    with pytest.raises(InputError) as caught:
        ask(officer, **given)

    assert caught.value.field == field
    assert not open_proposals()


@pytest.mark.usefixtures("rules")
def test_a_change_of_nothing_is_refused(officer: Actor) -> None:
    with pytest.raises(InputError):
        ask(officer, versions_of_rule(KEY)[0].policy)


@pytest.mark.usefixtures("rules")
def test_a_new_rule_comes_into_force_with_its_approval(officer: Actor, second: Actor) -> None:
    new = longer().model_copy(update={"key": "brand-new"})
    proposal = ask(officer, new, seen=0)
    assert "brand-new" not in {rule.policy.key for rule in rules_in_force()}
    assert proposal_page(proposal.id).base is None

    version = approve(second, proposal.id)

    assert version.number == 1
    assert {r.policy.key: r.policy for r in rules_in_force()}["brand-new"] == new
    with pytest.raises(InputError) as caught:
        ask(officer, new, seen=0)
    assert caught.value.field == "key"


@pytest.mark.usefixtures("rules")
def test_a_change_to_come_is_in_force_from_its_day(officer: Actor, second: Actor) -> None:
    start = clock.today() + timedelta(days=30)
    approve(second, ask(officer, in_force_from=start).id)

    assert current_rule_version(KEY).number == 1
    assert {r.policy.key: r.number for r in rules_in_force()}[KEY] == 1
    with pytest.raises(InputError) as caught:
        ask(officer, longer(20), seen=2)
    assert caught.value.field == "in_force_from"
    # What is confirmed meanwhile is the version in force; the change still comes.
    confirm(second, KEY, seen=1, confirmed_by="dpo", confirmed_on=clock.today(), source="Finlex")
    assert current_rule_version(KEY).number == 3
    with travel(clock.now() + timedelta(days=30)):
        assert current_rule_version(KEY).number == 2
        assert {r.policy.key: r.number for r in rules_in_force()}[KEY] == 2


@pytest.mark.usefixtures("rules")
def test_a_day_that_has_passed_is_the_day_of_approval(officer: Actor, second: Actor) -> None:
    proposal = ask(officer)

    with travel(clock.now() + timedelta(days=5)):
        version = approve(second, proposal.id)
        assert version.in_force_from == clock.today()


@pytest.mark.usefixtures("rules")
def test_the_log_tells_each_step_without_a_text(officer: Actor, second: Actor) -> None:
    proposal = ask(officer, reason="Salainen syy")
    approve(second, proposal.id)
    reject(second, ask(officer, longer(13), seen=2).id, "Toinen syy")
    withdraw(officer, ask(officer, longer(14), seen=2).id, "Kolmas syy")

    found = entries()
    names = [entry.split('"action":"rules.')[1].split('"')[0] for entry in found]
    assert names == ["proposed", "approved", "proposed", "rejected", "proposed", "withdrawn"]
    assert all("syy" not in entry for entry in found)
    assert f'"actor":{second.user_id}' in found[1]
    assert f'"fingerprint":"{proposal.content_hash}","rule":"{KEY}","version":2' in found[1]


@pytest.mark.usefixtures("rules")
def test_a_confirmation_stays_while_the_rule_says_the_same(officer: Actor, second: Actor) -> None:
    confirm(officer, KEY, seen=1, confirmed_by="dpo", confirmed_on=clock.today(), source="Finlex")
    confirmed = versions_of_rule(KEY)[0].policy
    bare = confirmed.mandate.model_copy(update={"confirmed_by": None, "confirmed_on": None})
    words = confirmed.model_copy(update={"mandate": bare, "code": "S99"})

    approve(second, ask(officer, words, seen=2).id)
    assert versions_of_rule(KEY)[0].policy.mandate.confirmed_on == clock.today()

    other = words.model_copy(update={"retention_period": Period(years=30)})
    approve(second, ask(officer, other, seen=3).id)
    assert versions_of_rule(KEY)[0].policy.mandate.confirmed_on is None


def test_documents_keep_the_version_of_their_day(
    desk: Desk, log: LogDocument, officer: Actor, second: Actor
) -> None:
    document = log()
    approve(second, ask(officer).id)

    later = log()
    numbers = [rule_as_known(d.retention_rule_version_id)[0] for d in (document, later)]
    assert numbers == [1, 2]


def test_a_confirmation_counts_for_documents_of_the_same_wording(
    desk: Desk, log: LogDocument, officer: Actor, second: Actor
) -> None:
    """Whether a source was checked is a fact about the rule, not about a document's day."""
    version_id = log().retention_rule_version_id
    checked = date(2026, 1, 15)
    confirm(officer, KEY, seen=1, confirmed_by="dpo", confirmed_on=checked, source="Finlex")

    number, known = rule_as_known(version_id)
    assert (number, known.mandate.confirmed_on) == (1, checked)

    approve(second, ask(officer, seen=2).id)
    assert rule_as_known(version_id)[1].mandate.confirmed_on == checked
    changed = current_rule_version(KEY)
    assert rule_as_known(changed.id)[1].mandate.confirmed_on is None
