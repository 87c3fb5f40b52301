"""The table of GDPR Art. 30(1) as CSV that a Finnish Excel opens with a double click.

UTF-8 with a byte order mark, semicolons, CRLF. A text that a spreadsheet would take for a formula
gets an apostrophe before it, as OWASP advises for CSV injection.
"""

import csv
import io
from datetime import date

from app.registers.exports.losses import ExportFormat, losses
from app.registers.exports.source import ExportSource
from app.registers.exports.tables import Cell, by_category
from app.web.i18n import gettext as _

BYTE_ORDER_MARK = "\ufeff"

# Also the wide forms, which some spreadsheets read as the narrow ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(source: ExportSource) -> bytes:
    """The file, in the language in use. The last columns say whose it is and what it leaves out."""
    table = by_category(source)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    about = (_("Organisation"), _("Exported on"), _("Not in this file"))
    writer.writerow(map(harmless, (*table.headings, *about)))
    told = (source.organisation, source.day, "\n".join(losses(ExportFormat.CSV)))
    for row in table.rows:
        writer.writerow(map(harmless, (*row, *told)))
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


def harmless(cell: Cell) -> str:
    """The text of a cell, which no spreadsheet takes for a formula; days as in ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    text = cell.isoformat() if isinstance(cell, date) else cell
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
