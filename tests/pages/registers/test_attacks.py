"""Registers whose texts are attacks: on every page, in every file and print."""

import csv
import io
import json
import re
from itertools import product
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from ruamel.yaml import YAML

from app import clock
from app.accounts.permissions import Actor
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
from tests.fixtures.poison import MORE, poisoned
from tests.fixtures.registers import FOUNDATION, publish_knowingly
from tests.pages.conftest import Browse, Reader, check_html

ROOT = Path(__file__).resolve().parents[3]
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
    publish_knowingly(officer, draft.id, clock.today())
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
        for address in [*addresses(part, content.get(part) or ())[:1], NEW]
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


def test_no_text_of_a_register_becomes_markup(
    register_id: int, owner: Actor, browse: Browse
) -> None:
    draft = other_attacks(owner, register_id)
    reader = browse(owner)

    for address in pages_of(register_id, draft.number):
        harmless(reader.get(address))


def test_no_text_becomes_markup_on_the_public_pages(app: Flask, register_id: int) -> None:
    stranger = app.test_client()
    for language, address in product(
        ("fi", "sv", "en"),
        ("?language={0}", f"{FOUNDATION}/?language={{0}}", f"{FOUNDATION}/1/{{0}}.html"),
    ):
        answer = stranger.get(f"/notices/{address.format(language)}")
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
