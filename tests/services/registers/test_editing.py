"""Drafts edited in the browser: one draft, checks of the whole, two people at once."""

import json
import threading
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts.permissions import Actor, NotPermitted
from app.audit.models import AuditOutbox
from app.db import db
from app.documents.queries.allowed import spellings
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.editor.identity import ABSENT, digest, standing
from app.registers.editor.places import NEW, Place, Seen
from app.registers.models import RegisterVersion
from app.registers.services import Overtaken, Refused
from app.retention.services import load_rules
from app.web.problems import Conflict, InputError
from tests.fixtures.registers import publish_knowingly

PURPOSE = {"text": {"fi": "Palvelun järjestäminen"}}


@pytest.fixture
def draft(owner: Actor, published_register: tuple[int, RegisterDefinition]) -> RegisterVersion:
    return services.open_draft(owner, published_register[0])


@pytest.fixture(autouse=True)
def rules(app: Flask) -> None:
    load_rules()


def seen(version: RegisterVersion, place: Place) -> Seen:
    content = json.loads(version.content)
    value = {} if place.member == NEW else place.value(content)
    of_list = standing(place.part, content.get(place.part) or ()) if place.member else ()
    return Seen(version.content_hash, digest(value), of_list)


def definition(version: RegisterVersion) -> RegisterDefinition:
    return queries.definition_of(version.id)


def test_a_register_has_one_draft(owner: Actor, draft: RegisterVersion) -> None:
    assert (draft.number, draft.state) == (2, "draft")
    assert services.open_draft(owner, draft.register_id).id == draft.id


def test_a_proposed_version_is_not_edited(owner: Actor, draft: RegisterVersion) -> None:
    place = Place("purposes", NEW)
    before = seen(draft, place)
    services.propose(owner, draft.id)

    with pytest.raises(Conflict):
        services.save(owner, draft.id, place, PURPOSE, before)
    with pytest.raises(Conflict):
        services.open_draft(owner, draft.register_id)


def test_staff_may_not_edit(worker: Actor, draft: RegisterVersion) -> None:
    with pytest.raises(NotPermitted):
        services.save(worker, draft.id, Place("purposes", NEW), PURPOSE, Seen("", ""))


def test_a_new_member_gets_a_key_and_the_log_says_what_was_edited(
    owner: Actor, draft: RegisterVersion
) -> None:
    draft.source = "# a comment of the file"
    db.session.commit()
    place = Place("purposes", NEW)
    for _time in range(2):
        services.save(owner, draft.id, place, PURPOSE, seen(draft, place))

    keys = [purpose.key for purpose in definition(draft).purposes]
    assert keys == ["palvelun-jarjestaminen", "palvelun-jarjestaminen-2"]
    assert draft.edited_by_id == owner.user_id
    assert draft.edited_at is not None
    assert draft.source == "# a comment of the file"
    entries = [
        json.loads(row.payload) for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)
    ]
    edited = [each["details"] for each in entries if each["action"] == "register.edited"]
    assert edited == [{"version": 2, "part": "purposes", "member": key} for key in keys]


def test_what_does_not_hold_together_is_refused_at_its_place(
    owner: Actor, draft: RegisterVersion
) -> None:
    place = Place("statutes", NEW)
    before = draft.content
    with pytest.raises(Refused) as refused:
        services.save(
            owner, draft.id, place, {"name": {"fi": "Laki"}, "number": "x"}, seen(draft, place)
        )

    assert [loc for loc, _message in refused.value.messages] == [("number",)]
    assert draft.content == before


def test_two_people_in_two_places_both_keep_their_change(
    owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    service = Place("services", "ray")
    other = Place("services", "kuntouttava-tyotoiminta")
    first, second = seen(draft, service), seen(draft, other)

    assert not services.save(owner, draft.id, service, {"name": {"fi": "Avustettu palvelu"}}, first)
    assert services.save(officer, draft.id, other, {"name": {"fi": "Kuntouttava"}}, second)

    names = {each.key: each.name.fi for each in definition(draft).services}
    assert names["ray"] == "Avustettu palvelu"
    assert names["kuntouttava-tyotoiminta"] == "Kuntouttava"


def test_the_second_in_the_same_place_is_told(
    owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    place = Place("basics")
    before = seen(draft, place)
    services.save(owner, draft.id, place, {"name": {"fi": "Ensimmäinen"}}, before)

    with pytest.raises(Overtaken):
        services.save(officer, draft.id, place, {"name": {"fi": "Toinen"}}, before)

    assert definition(draft).name.fi == "Ensimmäinen"


@pytest.mark.parametrize(
    ("place", "first", "second"),
    [
        (
            Place("storage_rules", "ray.suostumukset"),
            {"service": "ray", "document_type": "suostumukset", "media": ["man"]},
            {"service": "ray", "document_type": "suostumukset", "media": ["atk"]},
        ),
        (
            Place("rights", "access"),
            {"right": "access", "form": "written"},
            {"right": "access", "text": {"fi": "Pyyntö osoitetaan rekisterin hoitajalle."}},
        ),
        (
            Place("statutes", "1"),
            {"name": {"fi": "Toinen laki"}, "number": "2/2002"},
            {"name": {"fi": "Toinen laki"}, "section": "5 §"},
        ),
    ],
    ids=["storage rule", "right", "statute"],
)
def test_the_second_in_a_member_without_a_key_is_told_and_saves_over_it(
    owner: Actor,
    officer: Actor,
    draft: RegisterVersion,
    place: Place,
    first: dict[str, Any],
    second: dict[str, Any],
) -> None:
    for name in ("Laki", "Toinen laki"):
        new = Place("statutes", NEW)
        services.save(owner, draft.id, new, {"name": {"fi": name}}, seen(draft, new))
    _add_right(owner, draft)
    before, members = seen(draft, place), len(json.loads(draft.content)[place.part])
    services.save(owner, draft.id, place, first, before)

    with pytest.raises(Overtaken):
        services.save(officer, draft.id, place, second, before)
    content = json.loads(draft.content)
    assert place.value(content, before) == first
    now = Seen(draft.content_hash, digest(first), standing(place.part, content[place.part]))
    services.save(officer, draft.id, place, second, now)

    content = json.loads(draft.content)
    assert second in content[place.part]
    assert len(content[place.part]) == members


def test_what_another_removed_is_not_taken_for_its_neighbour(
    owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    new = Place("statutes", NEW)
    for name in ("Laki", "Toinen laki"):
        services.save(owner, draft.id, new, {"name": {"fi": name}}, seen(draft, new))
    place = Place("statutes", "0")
    before = seen(draft, place)
    services.remove(owner, draft.id, place, before.place, with_rules=False)

    with pytest.raises(Overtaken):
        services.save(officer, draft.id, place, {"name": {"fi": "Minun"}}, before)
    content = json.loads(draft.content)
    assert place.value(content, before) is None
    gone = Seen(draft.content_hash, ABSENT, standing("statutes", content["statutes"]))
    services.save(officer, draft.id, place, {"name": {"fi": "Minun"}}, gone)

    assert [each.name.fi for each in definition(draft).statutes] == ["Toinen laki", "Minun"]


def _add_right(owner: Actor, draft: RegisterVersion) -> None:
    place = Place("rights", NEW)
    services.save(owner, draft.id, place, {"right": "access"}, seen(draft, place))


def test_of_two_at_the_same_moment_one_is_told(
    app: Flask, owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    place, version_id = Place("basics"), draft.id
    before = seen(draft, place)
    db.session.commit()
    start, ends = threading.Barrier(2), []

    def edit(actor: Actor, name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                services.save(actor, version_id, place, {"name": {"fi": name}}, before)
                ends.append("saved")
            except Overtaken:
                ends.append("told")

    threads = [
        threading.Thread(target=edit, args=arguments)
        for arguments in ((owner, "Ensimmäinen"), (officer, "Toinen"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["saved", "told"]


def test_what_is_used_is_not_removed_unless_its_rules_go_too(
    owner: Actor, draft: RegisterVersion
) -> None:
    place = Place("services", "ray")
    digest_ = seen(draft, place).place
    with pytest.raises(InputError):
        services.remove(owner, draft.id, place, digest_, with_rules=False)

    services.remove(owner, draft.id, place, digest_, with_rules=True)

    assert "ray" not in {each.key for each in definition(draft).services}
    assert not definition(draft).storage_rules_for("ray")


def test_members_move(owner: Actor, draft: RegisterVersion) -> None:
    place = Place("services", "ray")
    services.move(owner, draft.id, place, "", -1)

    assert [each.key for each in definition(draft).services][1] == "ray"


def test_none_and_not_stated_are_told_apart(owner: Actor, draft: RegisterVersion) -> None:
    services.say_none(owner, draft.id, "sources", silent=False)
    assert definition(draft).sources == ()
    services.say_none(owner, draft.id, "sources", silent=True)
    assert definition(draft).sources is None


def test_a_new_register_begins_as_a_draft(owner: Actor) -> None:
    register = services.create_register(owner, "uusi-rekisteri", "Uusi rekisteri")

    assert queries.versions(register.id)[0].state == "draft"
    with pytest.raises(InputError):
        services.create_register(owner, "uusi-rekisteri", "Toinen")
    with pytest.raises(InputError):
        services.create_register(owner, "Ei kelpaa", "Nimi")


def test_two_spellings_become_one_type(owner: Actor, draft: RegisterVersion) -> None:
    services.merge_types(owner, draft.id, "suostumukset", "sopimukset", draft.content_hash)

    after = definition(draft)
    assert after.merged_type("suostumukset").key == "sopimukset"
    assert after.spellings_of("sopimukset") == ("sopimukset", "suostumukset")
    assert "Suostumukset" in after.document_type("sopimukset").printed
    moved = after.storage_rule("ray", "sopimukset")
    assert moved is not None
    assert moved.retention_rule == "consents"
    assert after.storage_rule("ray", "suostumukset") is None


def test_a_merge_that_was_shown_of_another_state_is_not_done(
    owner: Actor, draft: RegisterVersion
) -> None:
    with pytest.raises(Conflict):
        services.merge_types(owner, draft.id, "suostumukset", "sopimukset", "0" * 64)


def test_a_filter_by_type_finds_what_was_logged_under_the_merged_one(
    owner: Actor, officer: Actor, draft: RegisterVersion
) -> None:
    services.merge_types(owner, draft.id, "suostumukset", "sopimukset", draft.content_hash)
    assert spellings("sopimukset") == {"sopimukset"}
    services.propose(owner, draft.id)
    publish_knowingly(officer, draft.id, clock.today())

    assert spellings("sopimukset") == {"sopimukset", "suostumukset"}
