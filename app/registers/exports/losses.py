"""What each format cannot say. Told in the file itself, and in docs/exports.md."""

from enum import StrEnum

from app.web.i18n import lazy_gettext as _l


class ExportFormat(StrEnum):
    """The formats in which registers leave the program; the values name them in commands."""

    WORKBOOK = "workbook"
    CSV = "csv"


_TABLES_LOSE = (
    _l("Texts are in one language. A text without a translation is in Finnish."),
    _l("Only one version of each register is told, not its earlier ones."),
    _l("Notes on service types and document types, and instructions to staff, are left out."),
    _l("Direct marketing, the texts of the notice and headings of printed forms are left out."),
)

_LOSSES = {
    ExportFormat.WORKBOOK: _TABLES_LOSE,
    ExportFormat.CSV: (
        _l("Only the table of Art. 30(1): the other tables are in the workbook."),
        *_TABLES_LOSE,
    ),
}


def losses(kind: ExportFormat) -> tuple[str, ...]:
    """The losses of a format as sentences, in the language in use."""
    return tuple(str(sentence) for sentence in _LOSSES[kind])
