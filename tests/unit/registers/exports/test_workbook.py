"""The workbook as a spreadsheet program reads it: sheets, cells, dates, no formula, same bytes."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.registers.exports.losses import ExportFormat, losses
from app.registers.exports.source import ExportSource
from app.registers.exports.tables import all_tables
from app.registers.exports.workbook import LONGEST_TEXT, fitting, workbook
from app.web.i18n import language


def opened(source: ExportSource) -> Workbook:
    return load_workbook(io.BytesIO(workbook(source)))


def day(year: int, month: int, number: int) -> datetime:
    """A day as the reader gives it: an instant without a zone."""
    return datetime.combine(date(year, month, number), time())


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_record_has_a_row_for_each_purpose(full: ExportSource) -> None:
    rows = rows_of(opened(full)["Art. 30(1)"])

    assert [row["Purpose (b)"] for row in rows] == ["Guidance", "Newsletter"]
    first, second = rows
    assert first["Legal basis"] == (
        "legal obligation (GDPR 6(1)(c))\n"
        "task in the public interest or exercise of official authority (GDPR 6(1)(e))"
    )
    assert first["Data subjects (c)"] == "Clients"
    assert first["Categories of data (c)"] == "Identity code\nHealth data"
    assert second["Categories of data (c)"] == "E-mail address"
    assert "0000000-0" in str(first["Controller (a)"])
    assert "Kela" in str(first["Recipients (d)"])
    assert "Palvelintalo" in str(first["Recipients (d)"])
    assert "(GDPR 46(2)(c))" in str(first["Transfers (e)"])
    assert "10 years" in str(first["Time limits (f)"])
    assert "physical: Lukittu kaappi" in str(first["Safeguards (g)"])


def test_what_the_article_asks_and_the_register_does_not_say_is_marked(
    silent: ExportSource,
) -> None:
    (row,) = rows_of(opened(silent)["Art. 30(1)"])

    asked = [heading for heading in row if str(heading)[-3:] in ("(b)", "(c)", "(d)", "(f)", "(g)")]
    assert len(asked) == 6
    assert {row[heading] for heading in asked} == {"not stated"}
    assert row["Controller (a)"] == row["Transfers (e)"] == "not stated"


def test_each_part_has_its_sheet_and_all_its_members(full: ExportSource) -> None:
    book = opened(full)
    counted = {sheet.title: sheet.max_row - 1 for sheet in book.worksheets[1:]}

    assert counted == {
        "Art. 30(1)": 2,
        "Data": 4,
        "Sources": 3,
        "Recipients": 2,
        "Transfers": 2,
        "Processors": 1,
        "Retention": 2,
        "Retention of categories": 1,
        "Safeguards": 3,
        "Rights": 9,
        "Art. 30(2)": 1,
    }
    assert book["Art. 30(2)"]["A2"].value == "The registers say nothing here."


def test_retention_tells_period_trigger_action_and_law_of_each_pair(full: ExportSource) -> None:
    kept, shown = rows_of(opened(full)["Retention"])

    assert kept["Time"] == "10 years"
    assert kept["Counted from"] == "closing of the matter"
    assert kept["What happens then"] == "destruction"
    assert "703/2023" in str(kept["Law"])
    assert kept["Settled"] == "no"
    assert kept["Place"] == "Kaappi\nPalvelin"
    assert shown["Only shown"] == "duration, not: diagnosis, Työnantaja"


def test_a_rule_that_a_category_follows_is_told_with_its_law(full: ExportSource) -> None:
    (row,) = rows_of(opened(full)["Retention of categories"])

    assert row["Category of data"] == "E-mail address"
    assert row["Time"] == "3 years"
    assert row["What happens then"] == "destruction"
    assert "2016/679" in str(row["Law"])


def test_a_right_that_does_not_apply_is_not_told_as_offered(full: ExportSource) -> None:
    book = opened(full)

    (row,) = (row for row in rows_of(book["Rights"]) if row["Right"] == "right to data portability")
    assert row["Does not apply, because"] == "Käsittely perustuu lakiin"
    rights = str(rows_of(book["Art. 30(1)"])[0]["Rights"]).split("\n")
    assert "right to data portability: does not apply: Käsittely perustuu lakiin" in rights


def test_a_register_kept_for_others_is_on_its_own_sheet(for_others: ExportSource) -> None:
    book = opened(for_others)

    assert book["Art. 30(1)"]["A2"].value == "The registers say nothing here."
    (row,) = rows_of(book["Art. 30(2)"])
    assert row["Controller (a)"] == "Esimerkkikunta"
    assert row["Processor (Art. 30(2)(a))"] == "Esimerkkisäätiö"
    assert row["Categories of processing (Art. 30(2)(b))"] == "Attendance of workshops"


def test_dates_are_dates(full: ExportSource) -> None:
    book = opened(full)

    assert rows_of(book["Art. 30(1)"])[0]["In force from"] == day(2026, 1, 1)
    assert rows_of(book["Processors"])[0]["Contract made on"] == day(2025, 3, 1)


def test_no_text_is_a_formula_or_a_link(full: ExportSource) -> None:
    content = workbook(full)
    book = load_workbook(io.BytesIO(content))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    looks_like_one = [c for c in cells if str(c.value).startswith(("=", "+", "-", "@"))]
    assert {cell.data_type for cell in looks_like_one} == {"s"}
    assert looks_like_one[0].value == "=1+1 Full register"
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_the_first_sheet_says_what_it_is_and_what_it_leaves_out(full: ExportSource) -> None:
    sheet = opened(full).worksheets[0]
    told = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]

    assert sheet.title == "About"
    assert "Esimerkkisäätiö" in told
    assert day(2026, 11, 26) in told
    assert "Version 1, in force from 1 Jan 2026" in told
    assert set(losses(ExportFormat.WORKBOOK)) <= set(told)


def test_headings_stay_in_sight_and_can_be_filtered(bundled: ExportSource) -> None:
    for sheet in opened(bundled).worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
        assert sheet.column_dimensions["A"].width > 20
        assert sheet["A2"].alignment.wrap_text


def test_rows_are_as_tall_as_their_texts_and_pages_can_be_read(bundled: ExportSource) -> None:
    for sheet in opened(bundled).worksheets:
        for row in sheet.iter_rows():
            lines = max(str(cell.value or "").count("\n") + 1 for cell in row)
            height = sheet.row_dimensions[row[0].row].height or 15
            assert height >= min(lines * 15, 409), (sheet.title, row[0].row)
        width = sum(each.width for each in sheet.column_dimensions.values())
        assert width / (sheet.page_setup.fitToWidth or 1) < 200, sheet.title
    record = opened(bundled)["Art. 30(1)"]
    assert record.print_title_cols == "$A:$A"
    assert record.print_title_rows == "$1:$1"


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", ["bundled", "documented", "examples"])
def test_it_is_made_in_each_language(name: str, code: str, request: pytest.FixtureRequest) -> None:
    source: ExportSource = request.getfixturevalue(name)
    with language(code):
        book = opened(source)
        tables = all_tables(source)

    assert [sheet.title for sheet in book.worksheets[1:]] == [table.title for table in tables]
    for sheet, table in zip(book.worksheets[1:], tables, strict=True):
        assert sheet.max_row - 1 == max(len(table.rows), 1)


def test_the_same_source_gives_the_same_bytes(bundled: ExportSource) -> None:
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC)):
        later = workbook(bundled)

    assert workbook(bundled) == later


def test_another_day_gives_another_file(bundled: ExportSource) -> None:
    other = replace(bundled, day=bundled.day.replace(day=1))

    assert workbook(other) != workbook(bundled)


def test_a_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    assert fitting("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    cut = fitting("x" * (LONGEST_TEXT + 1))
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith("cannot hold more.")
