"""Printed pages: notices, answers, pick lists and certificates share one plain letter.

The bytes depend on nothing but the content: an archived page can be made again and compared.
"""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from app.web.i18n import current_language
from app.web.i18n import gettext as _

_VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
_MARGIN = 20 * mm
_PADDING = 4
_INK = colors.HexColor("#17212b")
_QUIET = colors.HexColor("#51606e")
_LINE = colors.HexColor("#d8dee4")
_BRAND = colors.HexColor("#1d4e5f")
_SHADE = colors.HexColor("#f3f5f6")


@cache
def _register_fonts() -> None:
    """Make the product's typeface known: it has the letters of all our clients' names in Europe."""
    folder = next(_VENDOR.glob("*/SourceSans3-Regular.ttf")).parent
    pdfmetrics.registerFont(TTFont("Text", folder / "SourceSans3-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("Strong", folder / "SourceSans3-Semibold.ttf"))
    pdfmetrics.registerFontFamily("Text", normal="Text", bold="Strong", italic="Text")


def _style(name: str, **changes: Any) -> ParagraphStyle:
    base = {
        "fontName": "Text",
        "fontSize": 10,
        "leading": 14,
        "textColor": _INK,
        "alignment": TA_LEFT,
        "spaceAfter": 2 * mm,
        # Finnish compounds are longer than a narrow column.
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **{**base, **changes})


_BODY = _style("body")
_CELL = _style("cell", fontSize=9, leading=12, spaceAfter=0)
_HEAD = _style("head", fontSize=9, leading=12, spaceAfter=0, fontName="Strong")
_TITLE = _style("title", fontName="Strong", fontSize=20, leading=25, spaceAfter=1 * mm)
_SUBTITLE = _style("subtitle", textColor=_QUIET, spaceAfter=6 * mm)
_HEADING = _style(
    "heading", fontName="Strong", fontSize=13, leading=17, spaceBefore=5 * mm, textColor=_BRAND
)
_SUBHEADING = _style("subheading", fontName="Strong", fontSize=10.5, spaceBefore=2 * mm)
# No heading stands alone at the end of a page: two lines or a small table's first row follow it.
_ROOM_BELOW_HEADING = 30 * mm
_NOTE = _style("note", fontSize=8.5, leading=11.5, textColor=_QUIET)


class _Rows(Table):
    """A table whose rows stay whole, but for a tall one that would leave the page half empty."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """The part that fits into the room, and the rest; nothing when a new page is better."""
        room, crossing = height, 0.0
        for crossing in self._rowHeights:  # type: ignore[attr-defined]  # set by wrap()
            if crossing > room:
                break
            room -= crossing
        tall = crossing > _text_height() / 4 and room > _ROOM_BELOW_HEADING
        self.splitInRow = int(tall or height > _text_height() / 2)
        parts: list[Flowable] = super().split(width, height)
        return parts


class Letter:
    """A page built from top to bottom, in the language in use; `to_bytes()` ends it."""

    def __init__(
        self,
        title: str,
        *,
        subtitle: str | None = None,
        reference: str | None = None,
        organisation: str = "",
    ) -> None:
        _register_fonts()
        self._title = title
        self._reference = reference or ""
        self._organisation = organisation
        self._language = current_language()
        self._page_word = _("Page")
        self._story: list[Flowable] = [Paragraph(escape(title), _TITLE)]
        self._story.append(
            Paragraph(escape(subtitle), _SUBTITLE) if subtitle else Spacer(1, 4 * mm)
        )

    def heading(self, text: str) -> None:
        """A section's heading."""
        self._story += [CondPageBreak(_ROOM_BELOW_HEADING), Paragraph(escape(text), _HEADING)]

    def subheading(self, text: str) -> None:
        """A heading within a section."""
        above = self._story[-1] if self._story else None
        if isinstance(above, Paragraph) and above.style is _HEADING:
            # No break between a heading and its first subheading: room for both, or neither.
            self._story[-2] = CondPageBreak(2 * _ROOM_BELOW_HEADING)
        else:
            self._story.append(CondPageBreak(_ROOM_BELOW_HEADING))
        self._story.append(Paragraph(escape(text), _SUBHEADING))

    def paragraph(self, text: str) -> None:
        """Running text."""
        self._story.append(Paragraph(escape(text), _BODY))

    def note(self, text: str) -> None:
        """Small text: sources, explanations."""
        self._story.append(Paragraph(escape(text), _NOTE))

    def bullets(self, lines: Sequence[str]) -> None:
        """A list of short lines."""
        items: list[Any] = [
            ListItem(Paragraph(_lines(line), _BODY), leftIndent=12) for line in lines
        ]
        self._story.append(
            ListFlowable(
                items, bulletType="bullet", start="•", bulletFontName="Text", leftIndent=12
            )
        )

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Labels with their values beside them."""
        data = [[Paragraph(escape(a), _HEAD), Paragraph(_lines(b), _CELL)] for a, b in rows]
        if not data:
            return
        table = _Rows(data, colWidths=[48 * mm, _text_width() - 48 * mm])
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (0, -1), 0),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
                ]
            )
        )
        self._story += [table, Spacer(1, 3 * mm)]

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] | None = None,
    ) -> None:
        """A table whose headings repeat on each page; `widths` are shares of the text's width."""
        shares = widths or [1.0] * len(headers)
        columns = [_text_width() * share / sum(shares) for share in shares]
        data: list[list[Paragraph | str]] = [[Paragraph(escape(text), _HEAD) for text in headers]]
        data += [[_cell(text, columns[place]) for place, text in enumerate(row)] for row in rows]
        table = _Rows(data, colWidths=columns, repeatRows=1)
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("FONT", (0, 1), (-1, -1), "Text", _CELL.fontSize, _CELL.leading),
                    ("TEXTCOLOR", (0, 1), (-1, -1), _INK),
                    ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
                    ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
                    ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
                ]
            )
        )
        self._story += [table, Spacer(1, 3 * mm)]

    def signature_lines(self, labels: Sequence[str]) -> None:
        """Lines to sign on, on one page with each other and with the section that they end."""
        cells = [[Paragraph(escape(label), _NOTE)] for label in labels]
        table = Table(cells, colWidths=[80 * mm], rowHeights=[20 * mm] * len(cells))
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                    ("LINEABOVE", (0, 0), (-1, -1), 0, colors.white),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.6, _INK),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ]
            )
        )
        heads = [n for n, each in enumerate(self._story) if isinstance(each, CondPageBreak)]
        section = heads[-1] if heads else len(self._story)
        self._story[section:] = [KeepTogether([*self._story[section + 1 :], table])]

    def page_break(self) -> None:
        """Go on at the top of the next page."""
        self._story.append(PageBreak())

    def to_bytes(self) -> bytes:
        """The PDF."""
        sink = io.BytesIO()
        document = BaseDocTemplate(
            sink,
            pagesize=A4,
            title=self._title,
            author=self._organisation,
            creator="Seloste",
            lang={"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[self._language],
            invariant=1,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN,
            bottomMargin=_MARGIN,
        )
        frame = Frame(_MARGIN, _MARGIN, _text_width(), _text_height(), 0, 0, 0, 0, id="text")
        document.addPageTemplates([PageTemplate("page", [frame], onPage=self._furniture)])
        document.build(self._story)
        return sink.getvalue()

    def _furniture(self, canvas: Any, _document: BaseDocTemplate) -> None:
        """Organisation and reference above, page number below."""
        canvas.saveState()
        canvas.setFont("Text", 8.5)
        canvas.setFillColor(_QUIET)
        canvas.drawString(_MARGIN, A4[1] - 12 * mm, self._organisation)
        canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 12 * mm, self._reference)
        number = f"{self._page_word} {canvas.getPageNumber()}"
        canvas.drawRightString(A4[0] - _MARGIN, 11 * mm, number)
        canvas.restoreState()


def _text_width() -> float:
    return float(A4[0] - 2 * _MARGIN)


def _text_height() -> float:
    return float(A4[1] - 2 * _MARGIN)


def _cell(text: str, width: float) -> Paragraph | str:
    """A cell that breaks its lines; plain text where one line is enough, which is far quicker."""
    room = width - 2 * _PADDING
    if "\n" not in text and pdfmetrics.stringWidth(text, "Text", _CELL.fontSize) <= room:
        return text
    return Paragraph(_lines(text), _CELL)


def _lines(text: str) -> str:
    """Escaped text whose line breaks stay."""
    return "<br/>".join(escape(line) for line in text.split("\n"))
