"""The CSV file: what Excel needs to open it, and that no cell of it can be a formula."""

import csv
import io

import pytest

from app.registers.exports.csv_file import csv_file, harmless
from app.registers.exports.source import ExportSource
from app.registers.exports.tables import record


def parsed(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_is_what_a_finnish_excel_opens(full: ExportSource) -> None:
    content = csv_file(full)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3


def test_it_says_what_the_table_says(full: ExportSource) -> None:
    headings, *rows = parsed(csv_file(full))
    table = record(full)

    assert tuple(headings[:-3]) == table.headings
    assert len(rows) == len(table.rows) == 2
    assert rows[0][headings.index("In force from")] == "2026-01-01"
    assert rows[0][headings.index("Purpose (b)")] == "Guidance"
    assert rows[0][-3:-1] == ["Esimerkkisäätiö", "2026-11-26"]
    assert "other tables are in the workbook" in rows[0][-1]


def test_names_like_formulas_are_neutralised(full: ExportSource) -> None:
    headings, first, _second = parsed(csv_file(full))

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
