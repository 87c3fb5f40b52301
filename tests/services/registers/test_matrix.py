"""The matrix of one service, saved as a whole: what it says, what it leaves alone, two people."""

import json
import threading

import pytest
from flask import Flask

from app.accounts.permissions import Actor, NotPermitted
from app.audit.models import AuditOutbox
from app.db import db
from app.documents.models import Document
from app.registers import queries, services
from app.registers.definitions import Medium, RegisterDefinition
from app.registers.editor.identity import digest
from app.registers.editor.matrix import Row, rules_of
from app.registers.editor.places import Place
from app.registers.models import RegisterVersion
from app.registers.services import Refused, RowsOvertaken
from app.retention.services import load_rules
from app.web.problems import Conflict
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.registers import publish_knowingly

WORK = "kuntouttava-tyotoiminta"
KEPT = {"media": ["man"], "retention_rule": "social-agreements"}


@pytest.fixture(autouse=True)
def rules(app: Flask) -> None:
    load_rules()


@pytest.fixture
def draft(owner: Actor, published_register: tuple[int, RegisterDefinition]) -> RegisterVersion:
    return services.open_draft(owner, published_register[0])


def definition(version: RegisterVersion) -> RegisterDefinition:
    return queries.definition_of(version.id)


def shown(version: RegisterVersion, **typed: dict[str, object] | None) -> list[Row]:
    """The rows of a form made now, with some of them changed; `_` in a name stands for `-`."""
    stored = rules_of(json.loads(version.content), WORK)
    offered = {kind.key: stored.get(kind.key) for kind in definition(version).offered_types()}
    rows = {**offered, **{name.replace("_", "-"): rule for name, rule in typed.items()}}
    return [Row(key, rule, digest(stored.get(key))) for key, rule in rows.items()]


def test_rules_are_added_changed_and_taken_out_at_once(
    owner: Actor, draft: RegisterVersion
) -> None:
    before = definition(draft)
    rows = shown(
        draft,
        suostumukset=KEPT,
        laakarin_lausunto=None,
        sopimukset={"media": ["atk", "man"], "add_on": True},
    )

    assert not services.save_matrix(owner, draft.id, WORK, rows)

    after = definition(draft)
    assert [rule.document_type for rule in after.storage_rules_for(WORK)] == [
        "alkuhaastattelu",
        "sopimukset",
        "sairauslomatodistus",
        "suostumukset",
    ]
    agreements = after.storage_rule(WORK, "sopimukset")
    assert agreements is not None
    assert (agreements.media, agreements.add_on) == ((Medium.ATK, Medium.MAN), True)
    for service in before.services:
        if service.key != WORK:
            assert after.storage_rules_for(service.key) == before.storage_rules_for(service.key)


def test_the_log_says_what_was_edited_and_nothing_when_nothing_was(
    owner: Actor, draft: RegisterVersion
) -> None:
    services.save_matrix(owner, draft.id, WORK, shown(draft))
    services.save_matrix(owner, draft.id, WORK, shown(draft, suostumukset=KEPT))

    entries = [
        json.loads(row.payload) for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)
    ]
    edited = [each["details"] for each in entries if each["action"] == "register.edited"]
    assert edited == [{"version": 2, "part": "storage_rules", "member": WORK}]
    assert draft.edited_by_id == owner.user_id


def test_only_a_draft_and_only_by_an_editor(
    owner: Actor, worker: Actor, draft: RegisterVersion
) -> None:
    rows = shown(draft, suostumukset=KEPT)
    with pytest.raises(NotPermitted):
        services.save_matrix(worker, draft.id, WORK, rows)
    services.propose(owner, draft.id)
    with pytest.raises(Conflict):
        services.save_matrix(owner, draft.id, WORK, rows)


def test_faults_are_named_by_their_row(owner: Actor, draft: RegisterVersion) -> None:
    before = draft.content
    with pytest.raises(Refused) as refused:
        services.save_matrix(
            owner,
            draft.id,
            WORK,
            shown(
                draft,
                suostumukset={"add_on": True},
                sopimukset={**KEPT, "notes": {"fi": "x" * 4001}},
            ),
        )
    assert {at for at, _text in refused.value.messages} == {
        ("suostumukset",),
        ("sopimukset", "notes", "fi"),
    }

    with pytest.raises(Refused) as refused:
        services.save_matrix(
            owner,
            draft.id,
            WORK,
            shown(
                draft, suostumukset={**KEPT, "retention_rule": "ei-ole"}, ei_enaa={"media": ["man"]}
            ),
        )
    assert {at for at, _text in refused.value.messages} == {
        ("suostumukset", "retention_rule"),
        ("ei-enaa", "document_type"),
    }
    assert draft.content == before


def test_a_fault_of_another_service_does_not_stand_in_the_way(
    owner: Actor, draft: RegisterVersion
) -> None:
    content = json.loads(draft.content)
    content["storage_rules"][-1]["retention_rule"] = "ei-ole-enaa"
    draft.content = RegisterDefinition.from_json(json.dumps(content)).to_json()
    db.session.commit()

    services.save_matrix(owner, draft.id, WORK, shown(draft, suostumukset=KEPT))

    assert definition(draft).storage_rule(WORK, "suostumukset") is not None


def test_two_people_in_different_rows_both_keep_their_change(
    owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    first = shown(draft, suostumukset=KEPT)
    second = shown(draft, laakarin_lausunto=None)

    assert not services.save_matrix(owner, draft.id, WORK, first)
    assert services.save_matrix(officer, draft.id, WORK, second)

    assert definition(draft).storage_rule(WORK, "suostumukset") is not None
    assert definition(draft).storage_rule(WORK, "laakarin-lausunto") is None


def test_the_second_in_the_same_row_is_told_and_nothing_is_saved(
    owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    first = shown(draft, sopimukset={"media": ["atk"]})
    second = shown(draft, sopimukset=None, suostumukset=KEPT)
    services.save_matrix(owner, draft.id, WORK, first)

    with pytest.raises(RowsOvertaken) as overtaken:
        services.save_matrix(officer, draft.id, WORK, second)

    assert overtaken.value.document_types == ("sopimukset",)
    assert definition(draft).storage_rule(WORK, "sopimukset") is not None
    assert definition(draft).storage_rule(WORK, "suostumukset") is None


def test_an_empty_row_of_a_type_that_has_gone_does_no_harm(
    owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    rows = shown(draft, laakarin_lausunto=None)
    place = Place("document_types", "suostumukset")
    seen = digest(place.value(json.loads(draft.content)))
    services.remove(officer, draft.id, place, seen, with_rules=True)

    services.save_matrix(owner, draft.id, WORK, rows)

    assert "suostumukset" not in {kind.key for kind in definition(draft).document_types}
    assert definition(draft).storage_rule(WORK, "laakarin-lausunto") is None


def test_of_two_at_the_same_moment_one_is_told(
    app: Flask, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    version_id = draft.id
    typed = {
        owner: shown(draft, sopimukset=None),
        officer: shown(draft, sopimukset={"media": ["atk"]}),
    }
    db.session.commit()
    start, ends = threading.Barrier(2), []

    def edit(actor: Actor) -> None:
        with app.app_context():
            start.wait()
            try:
                services.save_matrix(actor, version_id, WORK, typed[actor])
                ends.append("saved")
            except RowsOvertaken:
                ends.append("told")

    threads = [threading.Thread(target=edit, args=(actor,)) for actor in typed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["saved", "told"]


def test_what_was_logged_is_untouched(
    owner: Actor, officer: Actor, desk: Desk, log: LogDocument
) -> None:
    document_id = log().id
    before = vars_of(document_id)
    draft = services.open_draft(owner, desk.register_id)
    services.save_matrix(owner, draft.id, WORK, shown(draft, alkuhaastattelu=None))
    services.propose(owner, draft.id)
    publish_knowingly(officer, draft.id, draft.loaded_at.date())
    db.session.expire_all()

    assert vars_of(document_id) == before
    assert before["register_version_id"] != draft.id


def vars_of(document_id: int) -> dict[str, object]:
    document = db.session.get(Document, document_id)
    assert document is not None
    return {column.key: getattr(document, column.key) for column in Document.__mapper__.columns}
