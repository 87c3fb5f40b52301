"""The record of processing as a workbook (XLSX): a sheet that says what it is, then the tables.

Every text is written as a text, so none can become a formula. The same source gives the same bytes.
"""

import io
from collections.abc import Iterable
from datetime import datetime, time
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.registers import phrases
from app.registers.exports.losses import ExportFormat, losses
from app.registers.exports.source import ExportSource
from app.registers.exports.tables import Cell, Table, all_tables
from app.web.i18n import current_language, pick
from app.web.i18n import gettext as _

# What a cell of the format can hold.
LONGEST_TEXT = 32_767

# Not more than a screen: columns that do not move when one scrolls sideways.
_FROZEN_COLUMNS = 1
# A line of text in points, and the tallest row that the format allows.
_LINE = 15
_TALLEST_ROW = 409
# So many characters go beside each other on a sheet of A4 that can still be read.
_PAGE_WIDTH = 180
_DATE_FORMATS = {"fi": "d.m.yyyy", "sv": "d.m.yyyy", "en": "d mmm yyyy"}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Book:
    """A workbook being written, with the formats of its cells."""

    def __init__(self, stream: io.BytesIO) -> None:
        self.file = xlsxwriter.Workbook(stream, _OPTIONS)
        top: dict[str, Any] = {"valign": "top", "text_wrap": True}
        self.text = self.file.add_format(top)
        self.bold = self.file.add_format({**top, "bold": True})
        self.title = self.file.add_format({**top, "bold": True, "font_size": 16})
        self.heading = self.file.add_format(
            {**top, "bold": True, "bg_color": "#DCE6F0", "bottom": 1}
        )
        # To the left, as a number at the right edge would run into the text beside it.
        self.number = self.file.add_format({**top, "align": "left"})
        self.day = self.file.add_format(
            {"valign": "top", "align": "left", "num_format": _DATE_FORMATS[current_language()]}
        )

    def write(
        self, sheet: Worksheet, row: int, column: int, cell: Cell, style: Format | None = None
    ) -> None:
        """Write a cell; a text never becomes anything else than a text."""
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, style or self.text)
        elif isinstance(cell, str):
            sheet.write_string(row, column, fitting(cell), style or self.text)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, style or self.number)
        else:
            sheet.write_datetime(row, column, datetime.combine(cell, time()), self.day)


def _set_height(sheet: Worksheet, row: int, cells: Iterable[tuple[Cell, float]]) -> None:
    """Make a row as tall as its wrapped texts: not every program does it when it opens a file.

    `cells`: each with the width of its column, of which words that do not break leave some unused.
    """
    tallest = max(
        sum(ceil(len(line) * 1.15 / width) or 1 for line in str(cell or "").split("\n"))
        for cell, width in cells
    )
    sheet.set_row(row, min(tallest * _LINE, _TALLEST_ROW))


def workbook(source: ExportSource) -> bytes:
    """The file, in the language in use."""
    stream = io.BytesIO()
    book = _Book(stream)
    title = _("Record of processing activities")
    book.file.set_properties(
        {
            "title": title,
            "author": source.organisation,
            "company": source.organisation,
            # The start of the day of the export, which is all that the source knows.
            "created": datetime.combine(source.day, time()),
        }
    )
    tables = all_tables(source)
    _about_sheet(book, source, title, tables)
    for table in tables:
        _table_sheet(book, table)
    book.file.close()
    return stream.getvalue()


def fitting(text: str) -> str:
    """The text as far as a cell can hold it; a longer one ends by saying that it goes on."""
    if len(text) <= LONGEST_TEXT:
        return text
    ending = "\n" + _("… cut: a cell of a workbook cannot hold more.")
    return text[: LONGEST_TEXT - len(ending)] + ending


def _about_sheet(book: _Book, source: ExportSource, title: str, tables: Iterable[Table]) -> None:
    sheet = book.file.add_worksheet(_("About"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.write(sheet, 0, 0, title, book.title)
    for number, (label, value) in enumerate(_about(source, tables), start=2):
        _set_height(sheet, number, ((label, 34), (value, 90)))
        book.write(sheet, number, 0, label, book.bold)
        book.write(sheet, number, 1, value)


def _about(source: ExportSource, tables: Iterable[Table]) -> Iterable[tuple[str, Cell]]:
    yield (
        _("What this is"),
        _(
            "The internal record of processing activities under GDPR Art. 30. It is not the "
            "privacy notice, which is written for the people in the registers."
        ),
    )
    yield _("Organisation"), source.organisation or phrases.not_stated()
    yield _("Exported on"), source.day
    for register in source.registers:
        name = pick(register.definition.name)
        yield name, phrases.version(register.number, register.in_force_from)
    for number, sentence in enumerate(losses(ExportFormat.WORKBOOK)):
        yield "" if number else _("Not in this file"), sentence
    for number, table in enumerate(tables):
        counted = _("%(title)s: %(count)s rows", title=table.title, count=len(table.rows))
        yield "" if number else _("Sheets"), counted


def _table_sheet(book: _Book, table: Table) -> None:
    sheet = book.file.add_worksheet(table.title)
    _set_height(sheet, 0, zip(table.headings, table.widths, strict=True))
    for column, (heading, width) in enumerate(zip(table.headings, table.widths, strict=True)):
        sheet.set_column(column, column, width)
        book.write(sheet, 0, column, heading, book.heading)
    for number, row in enumerate(table.rows, start=1):
        _set_height(sheet, number, zip(row, table.widths, strict=True))
        for column, cell in enumerate(row):
            book.write(sheet, number, column, cell)
    if not table.rows:
        book.write(sheet, 1, 0, _("The registers say nothing here."))
    sheet.freeze_panes(1, _FROZEN_COLUMNS)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    # A wide table goes on beside itself; its first column says on each page which register it is.
    sheet.fit_to_pages(ceil(sum(table.widths) / _PAGE_WIDTH), 0)
    sheet.repeat_columns(0, _FROZEN_COLUMNS - 1)
    sheet.repeat_rows(0)
