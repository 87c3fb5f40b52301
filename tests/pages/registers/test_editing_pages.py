"""Editing a register on its pages: every part has a form, errors keep what was typed."""

import pytest
from flask import Flask

from app.accounts.permissions import Actor
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.editor.places import FORMS, LISTS, NEW
from app.retention.services import load_rules
from tests.fixtures.registers import FOUNDATION
from tests.pages.conftest import Browse
from tests.pages.forms import typed


def test_every_field_stands_on_a_page() -> None:
    edited = {field for fields in FORMS.values() for field in fields} | set(LISTS)
    assert edited == set(RegisterDefinition.model_fields) - {"kind", "schema_version", "key"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_form_opens(address: str, owner: Actor, browse: Browse, language: str) -> None:
    reader = browse(owner, language)
    reader.get(address)
    for part in (*FORMS, *LISTS):
        reader.get(f"{address}/{part}")
    for part in LISTS:
        reader.get(f"{address}/{part}/{NEW}")


def test_saving_a_form_as_it_is_changes_nothing(address: str, owner: Actor, browse: Browse) -> None:
    reader = browse(owner)
    register_id = queries.register_id_of(FOUNDATION)
    before = queries.versions(register_id)[0].content
    for part in FORMS:
        reader.post(f"{address}/{part}", typed(reader.get(f"{address}/{part}")))
    for part in LISTS:
        for link in reader.get(f"{address}/{part}").select("tbody th a")[:3]:
            reader.post(str(link["href"]), typed(reader.get(str(link["href"]))))

    assert queries.versions(register_id)[0].content == before


def test_a_mistake_keeps_what_was_typed(address: str, owner: Actor, browse: Browse) -> None:
    reader = browse(owner)
    data = typed(reader.get(f"{address}/statutes/{NEW}"))

    page = reader.post(
        f"{address}/statutes/{NEW}", {**data, "name-sv": "Lag", "number": "x"}, status=422
    )

    assert page.select_one("#name-sv")["value"] == "Lag"
    assert page.select_one("#number")["value"] == "x"
    links = {link["href"] for link in page.select(".govuk-error-summary a")}
    assert links == {"#number"}

    page = reader.post(
        f"{address}/statutes/{NEW}", {**data, "name-sv": "Lag", "number": "1/2000"}, status=422
    )

    assert page.select_one("#name-sv")["value"] == "Lag"
    (link,) = page.select(".govuk-error-summary a")
    assert link["href"] == "#name-fi"


def test_what_was_typed_into_a_draft_that_was_proposed_meanwhile_is_kept(
    address: str, owner: Actor, officer: Actor, browse: Browse
) -> None:
    reader, register_id = browse(owner), queries.register_id_of(FOUNDATION)
    draft_id = queries.versions(register_id)[0].id
    forms = (f"{address}/basics", f"{address}/services/{NEW}")
    data = [typed(reader.get(form)) | {"name-sv": "Mitt namn"} for form in forms]
    services.propose(officer, draft_id)

    for form, sent in zip(forms, data, strict=True):
        page = reader.post(form, sent | {"name-fi": "Minun nimeni"}, status=409)
        assert page.select_one("#name-fi")["value"] == "Minun nimeni"
        assert page.select_one("#name-sv")["value"] == "Mitt namn"
        assert page.select(".govuk-error-summary li")
        reader.get(form, status=409)
    for way in ("move", "remove"):
        reader.post(f"{address}/services/tyokokeilu/{way}", {"seen": ""}, status=409)
    assert queries.versions(register_id)[0].state == "proposed"
    services.return_to_draft(officer, draft_id)
    reader.post(forms[1], typed(page))
    kept = queries.definition_of(draft_id)
    assert kept.services[-1].name.fi == "Minun nimeni"
    assert kept.name.sv != "Mitt namn"


def test_a_register_that_names_no_languages_shows_that_it_has_all(
    address: str, owner: Actor, browse: Browse
) -> None:
    page = browse(owner).get(f"{address}/basics")

    chosen = [box["value"] for box in page.select("[name=languages][checked]")]
    assert chosen == ["fi", "sv", "en"]


@pytest.mark.usefixtures("address")
def test_no_edit_is_offered_while_a_version_waits(
    owner: Actor, officer: Actor, browse: Browse
) -> None:
    register_id = queries.register_id_of(FOUNDATION)
    draft = services.open_draft(owner, register_id)
    reader, form = browse(owner), f"main form[action='/registers/{register_id}/draft']"

    assert reader.get(f"/registers/{register_id}").select(form)
    services.propose(officer, draft.id)
    assert not reader.get(f"/registers/{register_id}").select(form)


def test_the_second_of_two_sees_both_and_may_save_over(
    address: str, owner: Actor, officer: Actor, browse: Browse
) -> None:
    first, second = browse(owner), browse(officer)
    data = typed(second.get(f"{address}/basics"))
    first.post(f"{address}/basics", {**data, "name-fi": "Ensimmäinen"})

    page = second.post(f"{address}/basics", {**data, "name-fi": "Toinen"}, status=409)

    told = page.select_one(".notice").get_text(" ")
    assert "Omistaja" in told
    assert "Ensimmäinen" in told
    assert page.select_one("#name-fi")["value"] == "Toinen"
    second.post(f"{address}/basics", typed(page))
    register_id = queries.register_id_of(FOUNDATION)
    assert queries.definition_of(queries.versions(register_id)[0].id).name.fi == "Toinen"


def test_the_second_in_a_storage_rule_sees_both_field_by_field(
    address: str, owner: Actor, officer: Actor, browse: Browse
) -> None:
    first, second = browse(owner), browse(officer)
    rule = str(first.get(f"{address}/storage_rules").select("tbody th a")[0]["href"])
    data = typed(second.get(rule))
    first.post(rule, {**data, "notes-fi": "Ensimmäisen huomautus"})

    page = second.post(rule, {**data, "notes-fi": "Toisen huomautus"}, status=409)

    rows = [row.get_text("|", strip=True) for row in page.select(".notice tbody tr")]
    assert rows == ["Huomautukset – suomi|Ensimmäisen huomautus|Toisen huomautus"]
    second.post(rule, typed(page))
    notes = [each.notes.fi for each in latest().storage_rules if each.notes]
    assert "Toisen huomautus" in notes
    assert "Ensimmäisen huomautus" not in notes


def test_what_the_other_removed_can_be_added_again(
    address: str, owner: Actor, officer: Actor, browse: Browse
) -> None:
    first, second = browse(owner), browse(officer)
    link = first.get(f"{address}/printed_fields").select("tbody th a")[0]
    heading = str(link["href"]).removesuffix("#main")
    data, headings = typed(second.get(heading)), len(latest().printed_fields)
    first.post(f"{heading}/remove", typed(first.get(f"{heading}/remove")))

    page = second.post(heading, {**data, "heading": "Minun otsikkoni"}, status=409)

    assert "poistettu" in page.select_one(".notice").get_text()
    second.post(heading, typed(page))
    assert len(latest().printed_fields) == headings
    assert latest().printed_fields[-1].heading == "Minun otsikkoni"


def latest() -> RegisterDefinition:
    return queries.latest_definition(queries.register_id_of(FOUNDATION))


def test_a_register_is_made_from_nothing(owner: Actor, browse: Browse, app: Flask) -> None:
    load_rules()
    reader = browse(owner)
    reader.post("/registers/new", {"key": "uusi", "name": "Uusi rekisteri", "language": "fi"})
    address = f"/registers/{queries.register_id_of('uusi')}/versions/1/edit"
    for part, values in (
        ("services", {"name-fi": "Valmennus"}),
        ("document_types", {"name-fi": "Sopimus"}),
        ("storage_rules", {"service": "valmennus", "document_type": "sopimus", "media": "man"}),
    ):
        page = reader.get(f"{address}/{part}/{NEW}")
        reader.post(f"{address}/{part}/{NEW}", {**typed(page), **values})

    rules = reader.get(f"{address}/storage_rules").select("tbody th")
    assert [rule.get_text(strip=True) for rule in rules] == ["Valmennus: Sopimus"]


def test_what_people_may_not_ask_and_may_refuse_is_written_in_the_browser(
    address: str, owner: Actor, browse: Browse
) -> None:
    reader, why = browse(owner), "Aineisto on tutkimuksessa (tietosuojalaki, 31 §)."
    right, recipient = f"{address}/rights/{NEW}", f"{address}/disclosures/{NEW}"
    data = {**typed(reader.get(right)), "right": "rectification", "not_applicable-fi": why}

    page = reader.post(right, {**data, "form": "free"}, status=422)
    assert page.select_one("#not_applicable-fi").get_text().strip() == why

    reader.post(right, data)
    who = {"recipient-fi": "Yleisö verkossa", "decided_by-fi": "rehtori", "published": "yes"}
    reader.post(recipient, {**typed(reader.get(recipient)), **who, "refusal-fi": "Kerro meille."})
    reader.post(
        f"{address}/data_subjects/{NEW}",
        {
            **typed(reader.get(f"{address}/data_subjects/{NEW}")),
            "name-fi": "Oppilaat",
            "minors": "yes",
            "represented_by-fi": "huoltaja",
        },
    )

    register = latest()
    assert register.rights[-1].not_applicable.fi == why
    assert register.disclosures[-1].published
    assert register.disclosures[-1].decided_by.fi == "rehtori"
    assert register.disclosures[-1].refusal.fi == "Kerro meille."
    assert register.data_subjects[-1].minors
    assert register.data_subjects[-1].represented_by.fi == "huoltaja"


def test_a_register_in_swedish_is_made_and_edited_in_the_browser(
    owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    reader.post("/registers/new", {"key": "kor", "name": "Körens register", "language": "sv"})
    address = f"/registers/{queries.register_id_of('kor')}/versions/1/edit"

    page = reader.get(f"{address}/basics")
    assert [box["value"] for box in page.select("[name=languages][checked]")] == ["sv"]
    assert page.select("[name=languages]")[0]["value"] == "sv"
    reader.post(f"{address}/basics", {**typed(page), "languages": ["sv", "fi"]})
    page = reader.get(f"{address}/services/{NEW}")
    reader.post(f"{address}/services/{NEW}", {**typed(page), "name-sv": "Konserter"})

    register = queries.latest_definition(queries.register_id_of("kor"))
    assert register.languages == ("sv", "fi")
    assert register.services[0].name.sv == "Konserter"
    assert register.services[0].key == "konserter"


def test_a_merge_is_shown_before_it_is_done(address: str, owner: Actor, browse: Browse) -> None:
    reader = browse(owner)
    keys = [
        kind.key
        for kind in queries.latest_definition(queries.register_id_of(FOUNDATION)).offered_types()
    ]
    url = f"{address}/document-types/{keys[0]}/merge"
    assert not reader.get(url).select_one("form[method=post] [name=content_hash]")
    page = reader.get(f"{url}?into={keys[1]}")
    value = page.select_one("form[method=post] [name=content_hash]")["value"]

    reader.post(url, {"into": keys[1], "content_hash": value})

    register_id = queries.register_id_of(FOUNDATION)
    assert queries.latest_definition(register_id).merged_type(keys[0]).key == keys[1]
    reader.get(f"{address}/document_types/{keys[0]}")


def test_a_code_is_typed_on_one_line_and_an_entry_is_called_by_its_name(
    address: str, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner, "en")

    transfers = reader.get(f"{address}/transfers")
    recipient = reader.get(f"{address}/disclosures/te-toimisto")
    new = reader.get(f"{address}/disclosures/{NEW}")

    assert transfers.select_one("[id$=country_code]").name == "input"
    assert recipient.h1.get_text(strip=True) == "Employment and Economic Development Office"
    assert new.h1.get_text(strip=True) == "New entry: Recipients and disclosures"
