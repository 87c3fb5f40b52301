"""What each format cannot say. Told in the file itself, and in docs/exports.md."""

from enum import StrEnum

from app.web.i18n import lazy_gettext as _l


class ExportFormat(StrEnum):
    """The formats in which registers leave the program; the values name them in commands."""

    WORKBOOK = "workbook"
    CSV = "csv"
    DPV = "dpv"
    FIDES = "fides"


_VERSION = _l("Only one version of each register is told, not its earlier ones.")
_REST = _l(
    "Notes and remarks, instructions to staff, direct marketing, consents to services, the role of "
    "document types, texts of the notice, and the version, headings and numbers of a printed "
    "description are left out."
)

_TABLES_LOSE = (
    _l("Texts are in one language. A text without a translation is in another."),
    _VERSION,
    _REST,
)

_LOSSES = {
    ExportFormat.WORKBOOK: _TABLES_LOSE,
    ExportFormat.CSV: (
        _l(
            "Only the table of Art. 30(1), with a row for each purpose and data category. "
            "Processing for others, processors beyond their names, key holders, details of "
            "sources, of transfers and of how data is disclosed, media and marks of categories, "
            "services and what each of them keeps are in the workbook."
        ),
        *_TABLES_LOSE,
    ),
    ExportFormat.DPV: (
        _l(
            "DPV has no terms for document types, storage rules, paper and computer, the grounds "
            "for the identity code and for data on offences, who decides on a disclosure and how "
            "to refuse it, minors and who acts for them, or whether data must be given: these are "
            "in terms of our own, which other programs do not know."
        ),
        _l("Religious and philosophical beliefs are marked only as a special category."),
        _l("A right that does not apply, and why, is left out."),
        _l("Whether data is a client's basic details is left out."),
        _l("A country without a code, and an international organisation, is only a name."),
        _VERSION,
        _REST,
    ),
    ExportFormat.FIDES: (
        _l("One legal basis to a declaration: a purpose with several bases is told several times."),
        _l(
            "Retention and recipients are texts. Documents, media, services, sources, statutes, "
            "contracts, the grounds for the identity code and for data on offences, minors and a "
            "right that does not apply have no field: they are in “meta” as the register’s whole "
            "definition, which other programs keep but do not understand."
        ),
        _l("Trade union membership and beliefs are marked only as special data."),
        _l("The right to complain, and the form of a request, have no counterpart."),
        _l("Names are in one language; the definition in “meta” has all of them."),
        _VERSION,
    ),
}


def losses(kind: ExportFormat) -> tuple[str, ...]:
    """The losses of a format as sentences, in the language in use."""
    return tuple(str(sentence) for sentence in _LOSSES[kind])
