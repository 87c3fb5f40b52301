"""A finding is accepted with a reason, by somebody who may, and comes back with other facts."""

import json

import pytest
from sqlalchemy import select

from app.accounts.permissions import Actor, NotPermitted, Role
from app.db import db
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.findings import Finding, FindingCode
from app.registers.models import FindingAcceptance, RegisterVersion
from app.registers.services import Shown
from app.registers.settling import Settled, settled_findings
from app.web.problems import Conflict, InputError, NotFound
from tests.fixtures.log import entries
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import Publish, small_definition

REASON = "Sovittu kaupungin kanssa 3.2.2026."


def newest(register_id: int) -> RegisterVersion:
    return queries.versions(register_id)[0]


def state(register_id: int) -> Settled:
    definition = queries.parse_definition(newest(register_id).content)
    return settled_findings(register_id, definition, ())


def shown(finding: Finding) -> Shown:
    return Shown(str(finding.code), finding.place, finding.fingerprint)


def first(register_id: int, code: FindingCode) -> Finding:
    return next(each for each in state(register_id).open if each.code is code)


def accept(actor: Actor, register_id: int, finding: Finding, reason: str = REASON) -> None:
    services.accept_finding(actor, newest(register_id).id, shown(finding), reason)


def with_owner(definition: RegisterDefinition, role: str) -> RegisterDefinition:
    content = definition.model_dump(mode="json") | {"owner": {"role": {"fi": role}}}
    return RegisterDefinition.model_validate_json(json.dumps(content))


@pytest.fixture
def register_id(published_register: tuple[int, RegisterDefinition]) -> int:
    return published_register[0]


def test_an_accepted_finding_is_not_open_any_more(register_id: int, officer: Actor) -> None:
    finding = first(register_id, FindingCode.DPO_MISSING)
    before = len(state(register_id).open)

    accept(officer, register_id, finding)

    now = state(register_id)
    assert len(now.open) == before - 1
    assert now.find(finding.fingerprint) is None
    ((same, acceptance),) = now.accepted
    assert same.fingerprint == finding.fingerprint
    assert (acceptance.accepted_by, acceptance.reason) == ("Tietosuoja", REASON)


def test_it_comes_back_when_its_facts_change(
    register_id: int, officer: Actor, publish: Publish
) -> None:
    definition = small_definition("valmennus")
    publish(with_owner(definition, "palvelupäällikkö"))
    accept(officer, register_id, first(register_id, FindingCode.OWNER_WITHOUT_SUBSTITUTE))
    assert FindingCode.OWNER_WITHOUT_SUBSTITUTE not in {f.code for f in state(register_id).open}

    publish(with_owner(definition, "toimistopäällikkö"))

    now = state(register_id)
    back = first(register_id, FindingCode.OWNER_WITHOUT_SUBSTITUTE)
    assert now.accepted == ()
    assert now.earlier[back.fingerprint].reason == REASON


def citing(definition: RegisterDefinition, number: str, section: str) -> RegisterDefinition:
    statute = {"name": {"fi": "Laki"}, "number": number, "section": section}
    content = definition.model_dump(mode="json") | {"statutes": [statute]}
    return RegisterDefinition.model_validate_json(json.dumps(content))


def test_it_comes_back_when_another_repealed_law_is_cited(
    register_id: int, officer: Actor, publish: Publish
) -> None:
    definition = small_definition("valmennus")
    publish(citing(definition, "523/1999", "8 §"))
    accept(officer, register_id, first(register_id, FindingCode.REPEALED_LAW))

    publish(citing(definition, "523/1999", "10 §"))
    assert FindingCode.REPEALED_LAW not in {f.code for f in state(register_id).open}
    publish(citing(definition, "1386/2010", "8 §"))

    back = first(register_id, FindingCode.REPEALED_LAW)
    assert state(register_id).earlier[back.fingerprint].reason == REASON


def test_an_acceptance_of_another_register_does_not_count(
    register_id: int, other_register: int, officer: Actor
) -> None:
    accept(officer, register_id, first(register_id, FindingCode.DPO_MISSING))

    assert FindingCode.DPO_MISSING in {f.code for f in state(other_register).open}


def test_a_finding_with_other_facts_than_shown_is_refused(register_id: int, officer: Actor) -> None:
    finding = first(register_id, FindingCode.DPO_MISSING)
    old = Shown(str(finding.code), finding.place, "0" * 64)

    with pytest.raises(Conflict) as changed:
        services.accept_finding(officer, newest(register_id).id, old, REASON)
    with pytest.raises(Conflict) as gone:
        services.accept_finding(
            officer, newest(register_id).id, Shown("dpo_missing", "moon", "0" * 64), REASON
        )

    assert changed.value.message != gone.value.message
    assert state(register_id).accepted == ()


def test_a_finding_is_accepted_once(register_id: int, officer: Actor, owner: Actor) -> None:
    finding = first(register_id, FindingCode.DPO_MISSING)
    accept(officer, register_id, finding)

    with pytest.raises(Conflict):
        accept(owner, register_id, finding)


@pytest.mark.parametrize("reason", ["", "   ", "sovittu..", "          lyhyt         "])
def test_a_reason_says_something(register_id: int, officer: Actor, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        accept(officer, register_id, first(register_id, FindingCode.DPO_MISSING), reason)
    assert refused.value.field == "reason"


def test_a_reason_is_not_a_report(register_id: int, officer: Actor) -> None:
    with pytest.raises(InputError):
        accept(officer, register_id, first(register_id, FindingCode.DPO_MISSING), "a" * 2001)


def test_an_owner_settles_only_the_own_registers(
    register_id: int, other_register: int, make_actor: MakeActor
) -> None:
    owner = make_actor("kapea", Role.REGISTER_OWNER, register_id=other_register)

    with pytest.raises(NotPermitted):
        accept(owner, register_id, first(register_id, FindingCode.DPO_MISSING))
    accept(owner, other_register, first(other_register, FindingCode.DPO_MISSING))
    with pytest.raises(NotPermitted):
        services.revoke_acceptance(owner, register_id, "0" * 64)


def test_staff_and_auditors_settle_nothing(
    register_id: int, worker: Actor, auditor: Actor, officer: Actor
) -> None:
    finding = first(register_id, FindingCode.DPO_MISSING)
    for actor in (worker, auditor):
        with pytest.raises(NotPermitted):
            accept(actor, register_id, finding)
    accept(officer, register_id, finding)
    for actor in (worker, auditor):
        with pytest.raises(NotPermitted):
            services.revoke_acceptance(actor, register_id, finding.fingerprint)
    assert len(state(register_id).accepted) == 1


def test_a_version_that_there_is_not_has_no_findings(register_id: int, officer: Actor) -> None:
    finding = first(register_id, FindingCode.DPO_MISSING)
    with pytest.raises(NotFound):
        services.accept_finding(officer, newest(register_id).id + 1000, shown(finding), REASON)


def test_an_acceptance_can_be_taken_back_and_stays_on_record(
    register_id: int, officer: Actor, owner: Actor
) -> None:
    finding = first(register_id, FindingCode.DPO_MISSING)
    accept(officer, register_id, finding)

    services.revoke_acceptance(owner, register_id, finding.fingerprint)

    assert state(register_id).find(finding.fingerprint) is not None
    kept = db.session.scalars(select(FindingAcceptance)).one()
    assert (kept.revoked_by_id, kept.reason) == (owner.user_id, REASON)
    with pytest.raises(NotFound):
        services.revoke_acceptance(owner, register_id, finding.fingerprint)
    accept(officer, register_id, finding)
    assert len(state(register_id).accepted) == 1


def test_both_acts_are_logged_without_the_reason(register_id: int, officer: Actor) -> None:
    finding = first(register_id, FindingCode.DPO_MISSING)
    accept(officer, register_id, finding)
    services.revoke_acceptance(officer, register_id, finding.fingerprint)

    acts = [*entries("finding.accepted"), *entries("finding.acceptance_revoked")]
    told = {"code": "dpo_missing", "fingerprint": finding.fingerprint}
    assert [act["details"] for act in acts] == [told, told]
    assert "Sovittu" not in json.dumps(acts)
