"""The page of one service's matrix: a plain form that saves a whole table."""

import json

import pytest
from flask import Flask

from app.accounts.permissions import Actor
from app.registers import queries, services
from app.registers.definitions import Medium
from app.registers.editor.identity import digest
from app.registers.editor.matrix import FIELDS
from app.registers.editor.places import Place
from app.registers.models import RegisterVersion
from app.retention.services import load_rules
from tests.fixtures.registers import FOUNDATION
from tests.pages.conftest import Browse
from tests.pages.forms import typed

SERVICE = "palkkatuettu-tyohonvalmennus"


@pytest.fixture
def draft(app: Flask, owner: Actor, officer: Actor) -> RegisterVersion:
    """The draft of the bundled register of the foundation."""
    load_rules()
    services.load()
    return queries.numbered_version(FOUNDATION, None)


@pytest.fixture
def address(draft: RegisterVersion) -> str:
    return f"/registers/{draft.register_id}/versions/{draft.number}/matrix/{SERVICE}"


def stored(draft: RegisterVersion) -> object:
    return json.loads(queries.version(draft.id).content)


def test_every_field_of_a_rule_stands_in_the_row(
    address: str, owner: Actor, browse: Browse
) -> None:
    names = set(typed(browse(owner).get(address))) | {
        box["name"] for box in browse(owner).get(address).select("[type=checkbox]")
    }
    for field in FIELDS:
        assert any(name.startswith(f"sopimukset-{field}") for name in names), field


def test_what_the_service_keeps_comes_first(
    address: str, draft: RegisterVersion, owner: Actor, browse: Browse
) -> None:
    definition = queries.definition_of(draft.id)
    keys = [field["value"] for field in browse(owner).get(address).select("[name=types]")]

    kept = {rule.document_type for rule in definition.storage_rules_for(SERVICE)}
    assert set(keys[: len(kept)]) == kept
    assert set(keys) == {kind.key for kind in definition.offered_types()}


@pytest.mark.parametrize(("first", "language"), [(0, "fi"), (1, "sv"), (2, "en")])
def test_saving_as_it_is_changes_nothing(
    draft: RegisterVersion, owner: Actor, browse: Browse, first: int, language: str
) -> None:
    reader = browse(owner, language)
    before = stored(draft)
    for service in queries.definition_of(draft.id).services[first::3]:
        address = f"/registers/{draft.register_id}/versions/1/matrix/{service.key}"
        assert reader.send(address, typed(reader.get(address))).status_code == 303

    assert stored(draft) == before


def test_a_whole_service_is_changed_at_once(
    address: str, draft: RegisterVersion, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    page = reader.get(address)
    data = typed(page)
    keys = [each["value"] for each in page.select("[name=types]")]
    first, empty = keys[0], keys[-1]
    data |= {
        f"{first}-media": [],
        f"{first}-retention_rule": "",
        f"{first}-add_on": [],
        f"{first}-presentation_only-shown": "",
        f"{first}-presentation_only-hidden": "",
        f"{first}-presentation_only-holder": "",
        **{f"{first}-notes-{language}": "" for language in ("fi", "sv", "en")},
        f"{empty}-media": ["atk", "man"],
        f"{empty}-notes-fi": "Ensimmäinen rivi\r\ntoinen rivi",
    }

    page = reader.post(address, data)

    assert page.select_one("[name=types]")["value"] != first
    definition = queries.definition_of(draft.id)
    assert definition.storage_rule(SERVICE, first) is None
    added = definition.storage_rule(SERVICE, empty)
    assert added.media == (Medium.ATK, Medium.MAN)
    assert added.notes.fi == "Ensimmäinen rivi\ntoinen rivi"


def test_a_mistake_keeps_what_was_typed_and_names_its_row(
    address: str, draft: RegisterVersion, owner: Actor, browse: Browse
) -> None:
    reader, before = browse(owner, "en"), stored(draft)
    data = typed(reader.get(address))
    data |= {
        "sopimukset-media": ["man"],
        "sopimukset-presentation_only-shown": "dates",
        "sopimukset-notes-sv": "x" * 4001,
        "kelan-paatos-media": ["paper"],
    }

    page = reader.post(address, data, status=422)

    assert page.select_one("#sopimukset-notes-sv").get_text(strip=True) == "x" * 4001
    assert page.select_one("#sopimukset-presentation_only-shown [selected]")["value"] == "dates"
    links = {link["href"]: link.get_text() for link in page.select(".govuk-error-summary a")}
    assert set(links) == {
        "#sopimukset-notes-sv",
        "#kelan-paatos-media-c1",
    }
    assert all(page.select_one(target) for target in links)
    assert links["#sopimukset-notes-sv"].startswith("Agreements: ")
    assert page.select_one("details[open] #sopimukset-notes-sv")
    assert stored(draft) == before


def test_a_row_that_is_neither_kept_nor_shown_is_asked_about(
    address: str, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner, "en")
    data = typed(reader.get(address)) | {"sopimukset-media": [], "sopimukset-add_on": "yes"}

    page = reader.post(address, data, status=422)

    (link,) = page.select(".govuk-error-summary a")
    assert link["href"] == "#sopimukset-media-c1"
    assert "Agreements: Tick where it is kept" in link.get_text()


def test_two_people_in_different_rows_both_keep_their_change(
    address: str, draft: RegisterVersion, owner: Actor, officer: Actor, browse: Browse
) -> None:
    first, second = browse(owner), browse(officer, "en")
    data = typed(first.get(address))
    first.post(address, data | {"sopimukset-media": ["atk"]})

    page = second.post(address, data | {"loppulausunto-media": ["atk"]})

    assert "both changes are kept" in page.get_text()
    definition = queries.definition_of(draft.id)
    for kind in ("sopimukset", "loppulausunto"):
        assert definition.storage_rule(SERVICE, kind).media == (Medium.ATK,)


def test_the_second_in_the_same_row_sees_both_and_may_save_over(
    address: str, draft: RegisterVersion, owner: Actor, officer: Actor, browse: Browse
) -> None:
    first, second = browse(owner), browse(officer, "en")
    data = typed(first.get(address))
    first.post(address, data | {"sopimukset-media": ["atk"], "loppulausunto-media": ["atk"]})

    page = second.post(address, data | {"sopimukset-notes-fi": "Toisen huomautus"}, status=409)

    told = page.select_one(".notice").get_text(" ")
    assert "Omistaja" in told
    assert "Toisen huomautus" in told
    assert "Final statement" not in told
    second.post(address, typed(page))
    definition = queries.definition_of(draft.id)
    assert definition.storage_rule(SERVICE, "sopimukset").notes.fi == "Toisen huomautus"
    assert definition.storage_rule(SERVICE, "loppulausunto").media == (Medium.ATK,)


def test_what_was_typed_for_a_type_that_has_gone_is_kept(
    address: str, draft: RegisterVersion, owner: Actor, officer: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    data = typed(reader.get(address)) | {"aktivointisuunnitelmat-media": ["man"]}
    place = Place("document_types", "aktivointisuunnitelmat")
    content = json.loads(draft.content)
    content["data_categories"] = []
    draft.content = json.dumps(content)
    services.remove(officer, draft.id, place, digest(place.value(content)), with_rules=True)

    page = reader.post(address, data, status=422)

    assert page.select_one("#aktivointisuunnitelmat-media-c2").has_attr("checked")
    assert page.select_one(".govuk-error-summary a")["href"].startswith("#aktivointisuunnitelmat")


def test_what_was_typed_for_a_service_that_has_gone_is_kept(
    address: str, draft: RegisterVersion, owner: Actor, officer: Actor, browse: Browse
) -> None:
    reader, address = browse(owner), address.replace(SERVICE, "tyokokeilu")
    data = typed(reader.get(address)) | {"sopimukset-notes-fi": "Minun huomautukseni"}
    place = Place("services", "tyokokeilu")
    seen = digest(place.value(json.loads(draft.content)))
    services.remove(officer, draft.id, place, seen, with_rules=True)

    page = reader.post(address, data, status=409)

    assert page.select_one("#sopimukset-notes-fi").get_text(strip=True) == "Minun huomautukseni"
    page = reader.post(address, typed(page), status=422)
    assert page.select_one("#sopimukset-notes-fi").get_text(strip=True) == "Minun huomautukseni"
    assert page.select(".govuk-error-summary a[href='#sopimukset-media-c1']")


def test_what_was_typed_into_a_version_that_was_proposed_meanwhile_is_kept(
    address: str, draft: RegisterVersion, owner: Actor, officer: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    data = typed(reader.get(address)) | {"sopimukset-notes-fi": "Minun huomautukseni"}
    services.propose(officer, draft.id)

    page = reader.post(address, data, status=409)

    assert page.select_one("#sopimukset-notes-fi").get_text(strip=True) == "Minun huomautukseni"
    assert page.select(".govuk-error-summary li")
    services.return_to_draft(officer, draft.id)
    reader.post(address, typed(page))
    rule = queries.definition_of(draft.id).storage_rule(SERVICE, "sopimukset")
    assert rule.notes.fi == "Minun huomautukseni"


def test_staff_do_not_find_the_page_and_an_unknown_service_is_none(
    address: str, owner: Actor, worker: Actor, browse: Browse
) -> None:
    browse(worker).get(address, status=403)
    browse(owner).get(address.replace(SERVICE, "ei-ole"), status=404)


def test_the_way_there_is_only_for_those_who_may_edit(
    address: str, draft: RegisterVersion, owner: Actor, worker: Actor, browse: Browse
) -> None:
    version = address.partition("/matrix")[0]
    for reader, links in ((browse(owner), 9), (browse(worker), 0)):
        header = reader.get(version).select("thead a")
        assert len(header) == links
    parts = browse(owner).get(f"{version}/edit/storage_rules").select("main a[href*='/matrix/']")
    assert address in {link["href"] for link in parts}
    services.propose(owner, draft.id)
    assert not browse(owner).get(version).select("thead a")
    browse(owner).get(address, status=409)
