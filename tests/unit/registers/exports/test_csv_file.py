"""The CSV file: what Excel needs to open it, and that no cell of it can be a formula."""

import csv
import io
from dataclasses import replace

import pytest

from app.registers.definitions.vocabulary import Article10Ground
from app.registers.exports.csv_file import csv_file, harmless
from app.registers.exports.source import ExportSource
from app.registers.exports.tables import by_category
from app.web.i18n import gettext as _
from app.web.i18n import language, pick


def parsed(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_is_what_a_finnish_excel_opens(full: ExportSource) -> None:
    content = csv_file(full)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 5


def test_it_says_what_the_table_says(full: ExportSource) -> None:
    headings, *rows = parsed(csv_file(full))
    table = by_category(full)

    assert tuple(headings[:-3]) == table.headings
    assert len(rows) == len(table.rows) == 4
    assert rows[0][headings.index("In force from")] == "2026-01-01"
    assert rows[0][headings.index("Purpose (b)")] == "Guidance"
    assert rows[0][-3:-1] == ["Esimerkkisäätiö", "2026-11-26"]
    assert "are in the workbook" in rows[0][-1]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fi", "tietoja rikostuomioista ja rikkomuksista"),
        ("sv", "uppgifter om fällande domar i brottmål och överträdelser"),
    ],
)
def test_data_on_offences_is_named_in_the_language_of_the_file(
    full: ExportSource, code: str, said: str
) -> None:
    with language(code):
        text = csv_file(full).decode("utf-8-sig")

    assert f": {said}" in text
    assert "criminal convictions" not in text


def test_each_category_has_its_row_with_its_own_periods_and_people(full: ExportSource) -> None:
    headings, *rows = parsed(csv_file(full))
    told = [dict(zip(headings, row, strict=True)) for row in rows]

    assert [(row["Purpose (b)"], row["Categories of data (c)"]) for row in told] == [
        ("Guidance", "Identity code"),
        ("Guidance", "Health data"),
        ("Newsletter", "E-mail address"),
        ("not stated", "Convictions"),
    ]
    code, health, mail, convictions = (row["Time limits (f)"] for row in told)
    assert code == "Säilytysajat asiakirjoittain"
    assert "Health data: 10 years" in health
    assert "– Statement" in health
    assert "E-mail address: " in mail
    assert "10 years" not in mail
    assert "Convictions: Destroyed at once" in convictions
    assert [row["Data subjects (c)"] for row in told[:3]] == [
        "Clients",
        "Clients",
        "People close to them (under 18 years of age; represented by: huoltaja)",
    ]
    # A category that a disclosure names is said to go there, and who decides on it.
    assert "Kela: Päätökset; Identity code;" in told[0]["Recipients (d)"]
    assert "needs the decision of: rehtori" in told[0]["Recipients (d)"]
    assert "Kela" in told[0]["Recipients (d)"]
    assert "Kela" not in told[1]["Recipients (d)"]
    assert "Työnantaja: consent of the data subject; Vain luvalla" in told[1]["Recipients (d)"]


def test_what_only_other_sheets_told_is_in_the_row(full: ExportSource) -> None:
    register = full.registers[0]
    purposes = [
        purpose.model_copy(update={"article_10_ground": Article10Ground.STATUTE})
        for purpose in register.definition.purposes
    ]
    storage = tuple(
        category.model_copy(update={"documents": ()})
        for category in register.definition.data_categories
    )
    changed = register.definition.model_copy(
        update={"purposes": tuple(purposes), "data_categories": storage}
    )
    headings, first, *_rest = parsed(
        csv_file(replace(full, registers=(replace(register, definition=changed),)))
    )
    row = dict(zip(headings, first, strict=True))

    assert row["Ground for data on offences"].startswith("provided by law")
    assert "10 years" in row["Time limits of documents in no category"]
    assert row["Places of storage"].endswith("Palvelin")
    assert "Kirjallisesti" in row["Rights"]
    assert "tietosuojavastaava" in row["Rights"]


@pytest.mark.parametrize("name", ["bundled", "documented", "examples"])
@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_no_category_of_any_register_is_lost(
    name: str, code: str, request: pytest.FixtureRequest
) -> None:
    source: ExportSource = request.getfixturevalue(name)
    with language(code):
        headings, *rows = parsed(csv_file(source))
        known = {
            pick(category.name)
            for register in source.registers
            if not register.is_for_others
            for category in register.definition.data_categories
        }
        column = headings.index(_("Categories of data (c)"))

    assert len(headings) == len(set(headings))
    assert known <= {row[column].removeprefix("'") for row in rows}


def test_names_like_formulas_are_neutralised(full: ExportSource) -> None:
    headings, first, *_rest = parsed(csv_file(full))

    assert first[headings.index("Register")] == "'=1+1 Full register"
    assert first[headings.index("Controller (a)")].startswith("'+Esimerkkikaupunki")
    assert not [cell for cell in first if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_every_start_of_a_formula_is_known(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"


def test_other_text_is_left_as_it_is() -> None:
    assert harmless("Valmennus - ja =") == "Valmennus - ja ="
    assert harmless(None) == ""
    assert harmless(3) == "3"
