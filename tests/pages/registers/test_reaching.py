"""People who reach for what is not theirs, is not there, or was not sent from a page."""

import pytest
from flask import Flask

from app.accounts.permissions import Actor, Role
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.editor.places import NEW
from app.retention.services import load_rules
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse


@pytest.fixture
def register_id(published_register: tuple[int, RegisterDefinition]) -> int:
    load_rules()
    return published_register[0]


def test_a_draft_of_another_register_is_closed(
    register_id: int,
    other_register: int,
    owner: Actor,
    make_actor: MakeActor,
    browse: Browse,
) -> None:
    draft = services.open_draft(owner, register_id)
    intruder = browse(make_actor("toinen", Role.REGISTER_OWNER, register_id=other_register))
    edit = f"/registers/{register_id}/versions/{draft.number}/edit"
    place = f"{edit}/services/{queries.definition_of(draft.id).services[0].key}"
    before = draft.content
    kind = queries.definition_of(draft.id).document_types[0].key

    for address in (
        edit,
        f"{edit}/basics",
        f"{edit}/services",
        place,
        f"{place}/remove",
        f"{edit}/document-types/{kind}/merge",
    ):
        intruder.get(address, status=403)
    for address in (
        f"{edit}/basics",
        f"{edit}/sources",
        place,
        f"{place}/move",
        f"{place}/remove",
        f"{edit}/document-types/{kind}/merge",
        f"/registers/{register_id}/draft",
        f"/registers/{register_id}/versions/{draft.number}/propose",
    ):
        intruder.post(address, {"step": "up", "silent": "yes", "into": kind}, status=403)
    answer = intruder.send(
        "/registers/exports", {"kind": "csv", "language": "fi", "register": str(register_id)}
    )
    assert answer.status_code in (403, 422)
    assert queries.version(draft.id).content == before


def test_nothing_changes_without_the_token_of_the_page(
    app: Flask, register_id: int, owner: Actor, browse: Browse
) -> None:
    draft = services.open_draft(owner, register_id)
    client = browse(owner).client
    changing = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.methods and "POST" in rule.methods and rule.rule.startswith("/registers")
    ]
    values = {
        "<int:register_id>": str(register_id),
        "<int:number>": str(draft.number),
        "<string:part>": "basics",
        "<string:member>": NEW,
        "<string:facts>": "0" * 64,
    }
    before = draft.content
    assert len(changing) > 8
    for rule in changing:
        address = rule
        for placeholder, value in values.items():
            address = address.replace(placeholder, value)
        assert client.post(address, data={"name-fi": "X"}).status_code == 400, address
    assert queries.version(draft.id).content == before


def test_a_place_that_is_not_there_is_not_found(
    register_id: int, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    draft = services.open_draft(owner, register_id)
    version = f"/registers/{register_id}/versions/{draft.number}"
    places = [
        place
        for odd in ("0", "-1", "99", "9" * 30, "1e3", "%00", "..%2f")
        for place in (
            f"/registers/{odd}",
            f"/registers/{register_id}/versions/{odd}",
            f"/registers/{odd}/versions/1/edit",
            f"{version}/matrix/{odd}",
            f"{version}/edit/{odd}",
            f"{version}/edit/statutes/{odd}9",
            f"{version}/edit/services/{odd}",
            f"{version}/edit/services/{odd}/remove",
            f"{version}/edit/document-types/{odd}/merge",
            f"/notices/valmennus/{odd}/fi.html",
            f"/notices/{odd}/",
        )
    ]

    # The path of some is put right first.
    found = [
        place
        for place in places
        if reader.client.get(place, follow_redirects=True).status_code != 404
    ]

    assert found == []


def test_overlong_and_odd_texts_are_refused_at_their_field(
    register_id: int, owner: Actor, browse: Browse
) -> None:
    draft = services.open_draft(owner, register_id)
    reader = browse(owner)
    edit = f"/registers/{register_id}/versions/{draft.number}/edit"
    page = reader.post(f"{edit}/purposes/{NEW}", {"text-fi": "x" * 4001}, status=422)
    assert "4000" in page.get_text()
    typed = "a\x00b\x1b[2J\u202ec\uffff"
    reader.post(f"{edit}/purposes/{NEW}", {"text-fi": typed})

    saved = queries.definition_of(draft.id).purposes[-1]
    assert saved.text.fi == "ab[2Jc"
