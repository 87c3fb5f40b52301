"""Two people at the same moment: the second is told, and nothing is done twice."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.permissions import Actor, Role
from app.audit.models import AuditOutbox
from app.db import db
from app.registers import editions, queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.editor.identity import digest
from app.registers.editor.places import NEW, Place, Seen
from app.registers.models import FindingAcceptance, Register, RegisterVersion
from app.registers.settling import settled_findings
from app.retention.models import RetentionRuleVersion
from app.retention.services import load_rules
from app.web.problems import Conflict, InputError
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import publish_knowingly
from tests.services.conftest import Race

SPRING = date(2026, 3, 1)
REASON = "Sovittu kaupungin kanssa 3.2.2026."
FILE = "kind: register\nschema_version: 1\nkey: uusi\nname: {fi: Uusi}\n"


@pytest.fixture
def draft(owner: Actor, published_register: tuple[int, RegisterDefinition]) -> RegisterVersion:
    load_rules()
    return services.open_draft(owner, published_register[0])


@pytest.fixture
def second_officer(make_actor: MakeActor) -> Actor:
    return make_actor("toinen-tietosuoja", Role.DATA_PROTECTION_OFFICER)


def acts_in_log(action: str) -> int:
    payloads = db.session.scalars(select(AuditOutbox.payload))
    return sum(json.loads(payload)["action"] == action for payload in payloads)


def definition(version: RegisterVersion) -> RegisterDefinition:
    return queries.definition_of(version.id)


def test_a_finding_is_accepted_once(
    race: Race, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    finding = settled_findings(draft.register_id, definition(draft), ()).open[0]
    shown = services.Shown(str(finding.code), finding.place, finding.fingerprint)

    ends = race(
        *[
            lambda actor=actor: services.accept_finding(actor, draft.id, shown, REASON)
            for actor in (owner, officer)
        ]
    )

    assert ends == ["Conflict", "done"]
    assert db.session.query(FindingAcceptance).count() == 1
    assert acts_in_log("finding.accepted") == 1


def test_a_version_is_published_once(
    race: Race, owner: Actor, officer: Actor, second_officer: Actor, draft: RegisterVersion
) -> None:
    services.propose(owner, draft.id)

    ends = race(
        *[
            lambda actor=actor: publish_knowingly(actor, draft.id, SPRING)
            for actor in (officer, second_officer)
        ]
    )

    assert ends == ["Conflict", "done"]
    assert [edition.number for edition in editions.editions(draft.register_id)] == [1]
    assert acts_in_log("register.published") == 1
    assert acts_in_log("notice.archived") == 1


def test_a_version_is_published_or_returned(
    race: Race, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    services.propose(owner, draft.id)

    ends = race(
        lambda: publish_knowingly(officer, draft.id, SPRING),
        lambda: services.return_to_draft(owner, draft.id),
    )

    assert ends == ["Conflict", "done"]
    found = queries.version(draft.id)
    published = found.state == "published"
    assert published or found.state == "draft"
    assert len(editions.editions(draft.register_id)) == published


def test_what_is_proposed_is_what_was_saved(
    race: Race, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    place = Place("services", "ray")
    before = place.value(json.loads(draft.content))
    seen = Seen(draft.content_hash, digest(before))
    renamed = {"name": {"fi": "Avustettu"}}

    ends = race(
        lambda: services.save(officer, draft.id, place, renamed, seen),
        lambda: services.propose(owner, draft.id),
    )

    assert ends in (["done", "done"], ["Conflict", "done"])
    found = queries.version(draft.id)
    assert found.state == "proposed"
    assert found.content_hash == definition(found).content_hash
    assert (definition(found).service("ray").name.fi == "Avustettu") == (ends[0] == "done")


def test_types_are_merged_once(
    race: Race, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    seen = draft.content_hash

    ends = race(
        lambda: services.merge_types(owner, draft.id, "suostumukset", "sopimukset", seen),
        lambda: services.merge_types(officer, draft.id, "sopimukset", "suostumukset", seen),
    )

    assert ends == ["Conflict", "done"]
    merged = [kind for kind in definition(draft).document_types if kind.merged_into]
    assert len(merged) == 1
    assert acts_in_log("register.edited") == 1


def test_two_new_members_of_one_name_are_both_kept(
    race: Race, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    place, seen = Place("purposes", NEW), Seen(draft.content_hash, digest({}))
    purpose = {"text": {"fi": "Palvelun järjestäminen"}}

    ends = race(
        *[
            lambda actor=actor: services.save(actor, draft.id, place, purpose, seen)
            for actor in (owner, officer)
        ]
    )

    assert ends == ["done", "done"]
    keys = [each.key for each in definition(draft).purposes]
    assert keys == ["palvelun-jarjestaminen", "palvelun-jarjestaminen-2"]


def test_a_register_gets_one_draft(
    race: Race, owner: Actor, officer: Actor, published_register: tuple[int, RegisterDefinition]
) -> None:
    register_id, _definition = published_register

    ends = race(
        *[lambda a=actor: services.open_draft(a, register_id) for actor in (owner, officer)]
    )

    assert ends == ["done", "done"]
    assert [version.number for version in queries.versions(register_id)] == [2, 1]


def test_a_new_register_is_made_once(race: Race, owner: Actor, officer: Actor) -> None:
    ends = race(
        *[
            lambda actor=actor: services.create_register(actor, "uusi", "Uusi")
            for actor in (owner, officer)
        ]
    )

    assert ends == [InputError.__name__, "done"]
    assert db.session.scalar(select(func.count()).select_from(Register)) == 1


def test_one_file_loaded_twice_at_once_is_one_draft(race: Race, tmp_path: Path) -> None:
    path = tmp_path / "uusi.yaml"
    path.write_text(FILE)

    ends = race(*[lambda: services.load([path])] * 2)

    assert ends == ["done", "done"]
    (register_id,) = queries.register_keys()
    assert [version.state for version in queries.versions(register_id)] == ["draft"]


def test_retention_rules_loaded_twice_at_once_are_kept_once(race: Race) -> None:
    ends = race(load_rules, load_rules)

    assert ends == ["done", "done"]
    numbers = db.session.scalars(select(RetentionRuleVersion.number)).all()
    assert set(numbers) == {1}


def test_a_finding_is_taken_back_once(
    race: Race, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    finding = settled_findings(draft.register_id, definition(draft), ()).open[0]
    shown = services.Shown(str(finding.code), finding.place, finding.fingerprint)
    services.accept_finding(owner, draft.id, shown, REASON)

    ends = race(
        *[
            lambda a=actor: services.revoke_acceptance(a, draft.register_id, finding.fingerprint)
            for actor in (owner, officer)
        ]
    )

    assert ends == ["NotFound", "done"]


def test_the_day_of_a_version_is_judged_by_what_is_published_at_that_moment(
    race: Race, owner: Actor, officer: Actor, second_officer: Actor, draft: RegisterVersion
) -> None:
    """Two versions that wait at once: each is judged after the other."""
    services.propose(owner, draft.id)
    later = RegisterVersion(
        register_id=draft.register_id,
        number=3,
        state="proposed",
        content=draft.content,
        content_hash=draft.content_hash,
        loaded_at=draft.loaded_at,
        proposed_by_id=owner.user_id,
        proposed_at=draft.loaded_at,
    )
    db.session.add(later)
    db.session.commit()
    older, newer = draft.id, later.id

    ends = race(
        lambda: publish_knowingly(officer, older, date(2026, 9, 1)),
        lambda: publish_knowingly(second_officer, newer, date(2026, 6, 1)),
    )

    found = sorted(map(queries.version, (older, newer)), key=lambda v: str(v.published_at))
    days = [version.in_force_from for version in found if version.in_force_from]
    assert days == sorted(days)
    assert len(days) == ends.count("done")


def test_conflicts_say_what_to_do(owner: Actor, draft: RegisterVersion) -> None:
    services.propose(owner, draft.id)
    with pytest.raises(Conflict) as told:
        services.propose(owner, draft.id)

    assert "draft" in told.value.message or "luonnos" in told.value.message
