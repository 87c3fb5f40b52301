"""Registers whose texts are attacks, and people who reach for what is not theirs."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from ruamel.yaml import YAML

from app import clock
from app.accounts.permissions import Actor, Role
from app.db import transaction
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition, load_register
from app.registers.editor.identity import addresses
from app.registers.editor.places import FORMS, LISTS, NEW
from app.registers.exports.csv_file import FORMULA_STARTS
from app.registers.exports.losses import ExportFormat
from app.registers.models import RegisterVersion
from app.registers.writing import to_yaml
from app.retention.services import load_rules
from tests.fixtures.people import MakeActor
from tests.fixtures.poison import MORE, poisoned
from tests.pages.conftest import Browse, Reader, check_html

ROOT = Path(__file__).resolve().parents[3]
FOUNDATION = "asiakastietokantarekisteri"
SOURCES = [
    ROOT / "registers" / f"{FOUNDATION}.yaml",
    *(ROOT / "tests/fixtures/written").glob("*.yaml"),
]

# Elements that no register page has by itself, and attributes that run something.
INJECTED = "img, svg:not([class]), iframe, object, embed, base, meta[http-equiv], b, u, para"


@pytest.fixture
def register_id(app: Flask, owner: Actor, officer: Actor, tmp_path: Path) -> int:
    """A register full of attacks, published."""
    load_rules()
    content = json.loads(load_register(SOURCES[0], policies=None).to_json()) | MORE
    definition = poisoned(RegisterDefinition.from_json(json.dumps(content)))
    path = tmp_path / "attack.yaml"
    path.write_text(to_yaml(definition), "utf-8")
    services.load([path])
    register_id = queries.register_id_of(FOUNDATION)
    (draft,) = queries.versions(register_id)
    services.propose(owner, draft.id)
    services.publish(officer, draft.id, clock.today())
    return register_id


def other_attacks(owner: Actor, register_id: int) -> RegisterVersion:
    """A draft in which each text is another attack, so that the difference tells them all."""
    draft = services.open_draft(owner, register_id)
    content = json.loads(poisoned(queries.definition_of(draft.id), first=5).to_json())
    content["data_categories"] = content["data_categories"][1:]
    with transaction():
        draft.content = json.dumps(content)
    return draft


def harmless(page: BeautifulSoup) -> None:
    main = page.select_one("main") or page
    assert not main.select(INJECTED)
    for element in page.find_all(True):
        handlers = [name for name in element.attrs if name.lower().startswith("on")]
        assert not handlers, element
        for name in ("href", "src", "action", "formaction"):
            assert not str(element.get(name, "")).strip().lower().startswith("javascript:"), element
    assert "49" not in re.findall(r"\+1-1 (\S+) \$", page.get_text())


def pages_of(register_id: int, draft: int) -> list[str]:
    version = f"/registers/{register_id}/versions"
    views = ["", "/difference", "/findings", "/notice", "/record"]
    content = json.loads(queries.versions(register_id)[0].content)
    edit = f"{version}/{draft}/edit"
    members = [
        f"{edit}/{part}/{address}"
        for part in LISTS
        for address in [*addresses(part, content.get(part) or ())[:3], NEW]
    ]
    return [
        "/registers",
        f"/registers/{register_id}",
        f"/registers/{register_id}/notice-recipients",
        *[f"{version}/{number}{view}" for number in (1, draft) for view in views],
        edit,
        *[f"{edit}/{part}" for part in (*FORMS, *LISTS)],
        *members,
        *[f"{address}/remove" for address in members if not address.endswith(NEW)],
        f"{edit}/document-types/{content['document_types'][0]['key']}/merge",
        "/registers/exports",
    ]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_text_of_a_register_becomes_markup(
    register_id: int, owner: Actor, browse: Browse, language: str
) -> None:
    draft = other_attacks(owner, register_id)
    reader = browse(owner, language)

    for address in pages_of(register_id, draft.number):
        harmless(reader.get(address))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_text_becomes_markup_on_the_public_pages(
    app: Flask, register_id: int, language: str
) -> None:
    stranger = app.test_client()
    for address in (
        f"/notices/?language={language}",
        f"/notices/{FOUNDATION}/?language={language}",
        f"/notices/{FOUNDATION}/1/{language}.html",
    ):
        answer = stranger.get(address)
        assert answer.status_code == 200
        harmless(check_html(answer.text, language))
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_printed_notice_and_record_say_the_texts_as_they_are(
    register_id: int, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    for address in ("notice.pdf", "record.pdf"):
        answer = reader.fetch(f"/registers/{register_id}/versions/1/{address}")
        assert answer.status_code == 200
        document = pypdfium2.PdfDocument(answer.data)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        assert '<script>alert("x")</script>' in text.replace("\r\n", " ")
        assert "<b>lihava</b>" in text


def export(reader: Reader, kind: ExportFormat, register_id: int) -> bytes:
    answer = reader.send(
        "/registers/exports", {"kind": kind, "language": "fi", "register": str(register_id)}
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "html" not in answer.mimetype
    return answer.data


def test_no_text_becomes_a_formula_or_a_link(
    register_id: int, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)

    book = openpyxl.load_workbook(io.BytesIO(export(reader, ExportFormat.WORKBOOK, register_id)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=cmd") for cell in cells), "the attack is in it"
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)

    table = export(reader, ExportFormat.CSV, register_id).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(FORMULA_STARTS)]


def test_no_text_breaks_out_of_the_machine_readable_files(
    register_id: int, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)

    document = json.loads(export(reader, ExportFormat.DPV, register_id))
    assert "</script>" in json.dumps(document)
    assert set(document) == {"@context", "@graph"}
    manifest = YAML(typ="safe", pure=True).load(export(reader, ExportFormat.FIDES, register_id))
    assert set(manifest) <= {
        "system",
        "dataset",
        "organization",
        "data_category",
        "data_use",
        "data_subject",
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_tricky_texts_come_back_from_a_definition_file(source: Path, tmp_path: Path) -> None:
    definition = poisoned(load_register(source, policies=None))
    path = tmp_path / "back.yaml"
    for text in (to_yaml(definition), to_yaml(definition, source.read_text("utf-8"))):
        path.write_text(text, "utf-8")

        assert load_register(path, policies=None) == definition


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


@pytest.mark.parametrize("number", ["0", "-1", "99", "9" * 30, "1e3", "%00", "..%2f"])
def test_a_place_that_is_not_there_is_not_found(
    register_id: int, owner: Actor, browse: Browse, number: str
) -> None:
    reader = browse(owner)
    draft = services.open_draft(owner, register_id)
    version = f"/registers/{register_id}/versions/{draft.number}"
    for address in (
        f"/registers/{number}",
        f"/registers/{register_id}/versions/{number}",
        f"/registers/{number}/versions/1/edit",
        f"{version}/edit/{number}",
        f"{version}/edit/statutes/{number}9",
        f"{version}/edit/services/{number}",
        f"{version}/edit/services/{number}/remove",
        f"{version}/edit/document-types/{number}/merge",
        f"/notices/{FOUNDATION}/{number}/fi.html",
        f"/notices/{number}/",
    ):
        # The path of some is put right first.
        assert reader.client.get(address, follow_redirects=True).status_code == 404, address


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
