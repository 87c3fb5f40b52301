"""A version is loaded, proposed by one person and published by another; then it rules the work."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts.permissions import Actor, NotPermitted
from app.audit.models import AuditOutbox
from app.db import db, transaction
from app.registers import queries, services
from app.registers.models import RegisterVersion
from app.registers.services.versions import LONGEST_NOTICE
from app.registers.settling import open_serious
from app.retention.definition_files import DefinitionError
from app.retention.queries import rules_in_force
from app.retention.services import load_rules
from app.web.i18n import language
from app.web.problems import Conflict, InputError, NotFound
from tests.fixtures.registers import FOUNDATION, publish_knowingly

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def draft(app: Flask) -> RegisterVersion:
    """The bundled client register, loaded and not yet published."""
    load_rules()
    services.load()
    (version,) = queries.versions(queries.register_id_of(FOUNDATION))
    return version


def test_loading_the_bundled_files_gives_a_draft_of_each(draft: RegisterVersion) -> None:
    assert len(queries.register_keys()) == 2
    assert draft.state == "draft"
    assert queries.definition_of(draft.id).key == FOUNDATION
    assert len(rules_in_force()) > 30


def test_loading_the_same_files_again_changes_nothing(draft: RegisterVersion) -> None:
    assert services.load().changed == ()
    assert load_rules().changed == ()
    assert len(queries.versions(draft.register_id)) == 1


def test_nothing_is_in_force_before_publication(draft: RegisterVersion) -> None:
    assert queries.version_in_force(draft.register_id, clock.today()) is None


def test_another_person_publishes_what_one_proposed(
    draft: RegisterVersion, owner: Actor, officer: Actor
) -> None:
    services.propose(owner, draft.id)
    publish_knowingly(officer, draft.id, date(2026, 1, 1))

    in_force = queries.version_in_force(draft.register_id, date(2026, 1, 1))
    assert in_force is not None
    assert in_force.id == draft.id
    assert queries.version_in_force(draft.register_id, date(2025, 12, 31)) is None


def test_the_proposer_cannot_publish(draft: RegisterVersion, officer: Actor) -> None:
    services.propose(officer, draft.id)

    with pytest.raises(InputError):
        publish_knowingly(officer, draft.id, clock.today())
    assert queries.version(draft.id).state == "proposed"


def test_the_database_itself_refuses_one_pair_of_eyes(
    draft: RegisterVersion, officer: Actor
) -> None:
    services.propose(officer, draft.id)

    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(
            update(RegisterVersion)
            .where(RegisterVersion.id == draft.id)
            .values(published_by_id=officer.user_id)
        )


def test_a_register_owner_cannot_publish(
    draft: RegisterVersion, owner: Actor, officer: Actor
) -> None:
    services.propose(officer, draft.id)

    with pytest.raises(NotPermitted):
        services.publish(owner, draft.id, clock.today())


def test_staff_can_neither_propose_nor_publish_nor_return(
    draft: RegisterVersion, worker: Actor, owner: Actor
) -> None:
    with pytest.raises(NotPermitted):
        services.propose(worker, draft.id)
    services.propose(owner, draft.id)

    for act in (
        lambda: services.publish(worker, draft.id, clock.today()),
        lambda: services.return_to_draft(worker, draft.id),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert queries.version(draft.id).state == "proposed"


def test_a_version_that_there_is_not_can_be_neither_proposed_nor_published(
    draft: RegisterVersion, officer: Actor
) -> None:
    for act in (services.propose, services.return_to_draft):
        with pytest.raises(NotFound):
            act(officer, draft.id + 1000)
    with pytest.raises(NotFound):
        services.publish(officer, draft.id + 1000, clock.today())


def test_each_step_says_who_and_when_and_is_in_the_log(
    draft: RegisterVersion, owner: Actor, officer: Actor
) -> None:
    proposed = services.propose(owner, draft.id)
    assert proposed.proposed_by_id == owner.user_id
    assert proposed.proposed_at is not None
    returned = services.return_to_draft(officer, draft.id)
    assert (returned.proposed_by_id, returned.proposed_at) == (None, None)
    services.propose(owner, draft.id)
    serious = len(open_serious(draft))
    published = publish_knowingly(officer, draft.id, clock.today())
    assert serious > 1
    assert published.published_by_id == officer.user_id
    assert published.published_at is not None

    rows = db.session.scalars(select(AuditOutbox.payload).order_by(AuditOutbox.id))
    steps = [
        (entry["action"], entry["actor"], entry["details"])
        for entry in map(json.loads, rows)
        if entry["action"].startswith("register.") and entry["object_id"] == draft.id
    ]
    version = {"version": 1}
    assert steps[1:] == [
        ("register.proposed", owner.user_id, version),
        ("register.returned", officer.user_id, version),
        ("register.proposed", owner.user_id, version),
        ("register.published", officer.user_id, version | {"serious_findings": serious}),
    ]


def test_nobody_publishes_without_knowing_of_the_open_serious_findings(
    draft: RegisterVersion, owner: Actor, officer: Actor
) -> None:
    services.propose(owner, draft.id)
    serious = open_serious(draft)

    for known in (0, 1, len(serious) - 1, len(serious) + 1):
        with pytest.raises(InputError) as refused, language("en"):
            services.publish(officer, draft.id, clock.today(), acknowledged=known)
        assert refused.value.field == "acknowledged"
        assert refused.value.message.startswith(f"{len(serious)} serious findings are open.")
        assert queries.version(draft.id).state == "proposed"

    accepted = serious[0]
    shown = services.Shown(str(accepted.code), accepted.place, accepted.fingerprint)
    services.accept_finding(officer, draft.id, shown, "Hallituksen päätös 3.2.2026")
    with pytest.raises(InputError):
        services.publish(officer, draft.id, clock.today(), acknowledged=len(serious))
    published = services.publish(officer, draft.id, clock.today(), acknowledged=len(serious) - 1)
    assert published.state == "published"


def test_without_serious_findings_nothing_is_asked(
    officer: Actor, owner: Actor, app: Flask
) -> None:
    examples = ROOT / "tests/definitions/examples"
    services.load_files(
        [examples / kind / "choir.yaml" for kind in ("registers", "retention_policies")]
    )
    (draft,) = queries.versions(queries.register_id_of("choir-members"))
    assert open_serious(draft) == ()
    services.propose(owner, draft.id)

    # Somebody accepted the last one while the page was open.
    assert services.publish(officer, draft.id, clock.today(), acknowledged=1).state == "published"


def test_the_first_version_may_begin_long_ago_and_none_far_ahead(
    draft: RegisterVersion, owner: Actor, officer: Actor
) -> None:
    services.propose(owner, draft.id)

    with pytest.raises(InputError) as refused:
        publish_knowingly(officer, draft.id, clock.today() + timedelta(days=LONGEST_NOTICE + 1))
    assert refused.value.field == "in_force_from"
    publish_knowingly(officer, draft.id, date(1995, 1, 1))
    next_one = services.open_draft(owner, draft.register_id)
    services.propose(owner, next_one.id)
    for days in (-LONGEST_NOTICE - 1, LONGEST_NOTICE + 1):
        with pytest.raises(InputError) as refused:
            publish_knowingly(officer, next_one.id, clock.today() + timedelta(days=days))
        assert refused.value.field == "in_force_from"
    publish_knowingly(officer, next_one.id, clock.today() - timedelta(days=LONGEST_NOTICE))
    last = services.open_draft(owner, draft.register_id)
    services.propose(owner, last.id)
    publish_knowingly(officer, last.id, clock.today() + timedelta(days=LONGEST_NOTICE))


def test_publishing_twice_is_refused(draft: RegisterVersion, owner: Actor, officer: Actor) -> None:
    services.propose(owner, draft.id)
    publish_knowingly(officer, draft.id, clock.today())

    with pytest.raises(Conflict):
        publish_knowingly(officer, draft.id, clock.today())


def test_a_changed_file_becomes_the_next_version(
    draft: RegisterVersion, owner: Actor, officer: Actor, tmp_path: Path, app: Flask
) -> None:
    services.propose(owner, draft.id)
    publish_knowingly(officer, draft.id, date(2026, 1, 1))
    source = app.config["SELOSTE"].registers_path / f"{FOUNDATION}.yaml"
    changed = tmp_path / source.name
    changed.write_text(
        source.read_text("utf-8").replace("fi: MT-kuntoutus", "fi: Mielenterveyskuntoutus"), "utf-8"
    )

    assert services.load([changed]).changed == (FOUNDATION,)

    newest, first = queries.versions(draft.register_id)
    assert (newest.number, newest.state) == (2, "draft")
    assert first.state == "published"


def test_a_version_does_not_start_before_the_one_it_follows(
    draft: RegisterVersion, owner: Actor, officer: Actor, tmp_path: Path, app: Flask
) -> None:
    test_a_changed_file_becomes_the_next_version(draft, owner, officer, tmp_path, app)
    newest = queries.versions(draft.register_id)[0]
    services.propose(owner, newest.id)

    with pytest.raises(InputError) as refused:
        publish_knowingly(officer, newest.id, date(2026, 1, 1) - timedelta(days=1))
    assert refused.value.field == "in_force_from"
    assert "1.1.2026" in refused.value.message


def test_a_file_with_a_mistake_loads_nothing(app: Flask, tmp_path: Path) -> None:
    load_rules()
    source = app.config["SELOSTE"].registers_path / f"{FOUNDATION}.yaml"
    broken = tmp_path / source.name
    broken.write_text(source.read_text("utf-8") + "\nunknown_key: 1\n", "utf-8")

    with pytest.raises(DefinitionError):
        services.load([broken])
    assert queries.register_keys() == {}
