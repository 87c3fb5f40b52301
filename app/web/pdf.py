"""Printed pages: notices, answers, pick lists and certificates share one plain letter.

The bytes depend on nothing but the content: an archived page can be made again and compared.
"""

import io
from collections.abc import Mapping, Sequence
from functools import cache, partial
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
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

from app.web.i18n import current_language
from app.web.i18n import gettext as _
from app.web.pdf_structure import (
    Element,
    Rule,
    TaggedCanvas,
    TaggedParagraph,
    TaggedTable,
)

_VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
_MARGIN = 20 * mm
_PADDING = 4
# Languages as BCP 47 names them.
_TAGS = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
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
_ITEM = _style("item", leftIndent=12)
# A label above its values: each value starts a little to the right, and goes on further in.
_LABEL = _style("label", fontName="Strong", fontSize=9.5, leading=13, spaceAfter=0.5 * mm)
_VALUE = _style("value", fontSize=9, leading=12, spaceAfter=0, leftIndent=24, firstLineIndent=-12)
# Longer labels do not stand beside their values: the column would be narrow, and the row tall.
_LABEL_WIDTH = 48 * mm
_LABEL_LINES = 3
_ROOM_BELOW_LABEL = 12 * mm
# No heading stands alone at the end of a page: two lines or a small table's first row follow it.
_ROOM_BELOW_HEADING = 30 * mm
_NOTE = _style("note", fontSize=8.5, leading=11.5, textColor=_QUIET)


class _Rows(TaggedTable):
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
        foreign: Mapping[str, str] | None = None,
    ) -> None:
        """`foreign`: the language of each text that is in another one than the letter."""
        _register_fonts()
        self._title = title
        self._reference = reference or ""
        self._organisation = organisation
        self._foreign = foreign or {}
        self._language = current_language()
        self._page_word = _("Page")
        self._root = Element("Document")
        self._story: list[Flowable] = [self._text(title, _TITLE, "H1")]
        self._story.append(self._text(subtitle, _SUBTITLE) if subtitle else Spacer(1, 4 * mm))

    def _text(
        self, text: str, style: ParagraphStyle, tag: str = "P", within: Element | None = None
    ) -> TaggedParagraph:
        """A paragraph of the letter, or of an element `within` it."""
        paragraph = self._spoken(text, style)
        paragraph.element = (within or self._root).child(tag)
        return paragraph

    def _spoken(self, text: str, style: ParagraphStyle) -> TaggedParagraph:
        """A paragraph that knows when it is not in the language of the letter."""
        paragraph = TaggedParagraph(_lines(text), style)
        languages = {self._foreign.get(line, "") for line in text.split("\n")}
        if len(languages) == 1:
            paragraph.language = _TAGS.get(languages.pop(), "")
        return paragraph

    def _head(self, text: str, style: ParagraphStyle, tag: str, level: int) -> TaggedParagraph:
        paragraph = self._text(text, style, tag)
        paragraph.bookmark = (text, level)
        return paragraph

    def heading(self, text: str) -> None:
        """A section's heading."""
        self._story += [CondPageBreak(_ROOM_BELOW_HEADING), self._head(text, _HEADING, "H2", 0)]

    def subheading(self, text: str) -> None:
        """A heading within a section."""
        above = self._story[-1] if self._story else None
        if isinstance(above, Paragraph) and above.style is _HEADING:
            # No break between a heading and its first subheading: room for both, or neither.
            self._story[-2] = CondPageBreak(2 * _ROOM_BELOW_HEADING)
        else:
            self._story.append(CondPageBreak(_ROOM_BELOW_HEADING))
        self._story.append(self._head(text, _SUBHEADING, "H3", 1))

    def paragraph(self, text: str) -> None:
        """Running text."""
        self._story.append(self._text(text, _BODY))

    def note(self, text: str) -> None:
        """Small text: sources, explanations."""
        self._story.append(self._text(text, _NOTE))

    def bullets(self, lines: Sequence[str]) -> None:
        """A list of short lines."""
        if not lines:
            return
        made = self._root.child("L")
        for line in lines:
            item = made.child("LI")
            label = item.child("Lbl")
            paragraph = self._text(line, _ITEM, "LBody", item)
            paragraph.label = label
            self._story.append(paragraph)

    def facts(self, rows: Sequence[tuple[str, str]], *, labels_above: bool = False) -> None:
        """Labels with their values beside them; below them where asked for, or a label is long."""
        if labels_above or any(_is_long(label) for label, _value in rows):
            self._stacked(rows)
            return
        data = [[self._spoken(a, _HEAD), self._spoken(b, _CELL)] for a, b in rows]
        if not data:
            return
        table = _Rows(data, colWidths=[_LABEL_WIDTH, _text_width() - _LABEL_WIDTH])
        table.element, table.row_heads = self._root.child("Table"), True
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

    def _stacked(self, rows: Sequence[tuple[str, str]]) -> None:
        """Labels above their values, for labels that a column beside them cannot hold."""
        made = self._root.child("L")
        for label, value in rows:
            item = made.child("LI")
            self._story += [
                CondPageBreak(_ROOM_BELOW_LABEL),
                self._text(label, _LABEL, "Lbl", item),
            ]
            body = item.child("LBody")
            self._story += [self._text(line, _VALUE, within=body) for line in value.split("\n")]
            self._story.append(
                Rule("100%", 0.4, color=_LINE, spaceBefore=1.5 * mm, spaceAfter=1.5 * mm)
            )
        self._story.append(Spacer(1, 2 * mm))

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] | None = None,
    ) -> None:
        """A table whose headings repeat on each page; `widths` are shares of the text's width."""
        shares = widths or [1.0] * len(headers)
        columns = [_text_width() * share / sum(shares) for share in shares]
        data: list[list[Paragraph | str]] = [
            [TaggedParagraph(escape(text), _HEAD) for text in headers]
        ]
        data += [[_cell(text, columns[place]) for place, text in enumerate(row)] for row in rows]
        table = _Rows(data, colWidths=columns, repeatRows=1)
        table.element = self._root.child("Table")
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
        cells = [[self._text(label, _NOTE)] for label in labels]
        table = TaggedTable(cells, colWidths=[80 * mm], rowHeights=[20 * mm] * len(cells))
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
            displayDocTitle=True,
            author=self._organisation,
            creator="Seloste",
            lang=_TAGS[self._language],
            invariant=1,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN,
            bottomMargin=_MARGIN,
        )
        frame = Frame(_MARGIN, _MARGIN, _text_width(), _text_height(), 0, 0, 0, 0, id="text")
        document.addPageTemplates([PageTemplate("page", [frame], onPage=self._furniture)])
        document.build(self._story, canvasmaker=partial(TaggedCanvas, root=self._root))
        return sink.getvalue()

    def _furniture(self, canvas: Any, _document: BaseDocTemplate) -> None:
        """Organisation and reference above, page number below."""
        canvas.saveState()
        canvas.begin(None)
        canvas.setFont("Text", 8.5)
        canvas.setFillColor(_QUIET)
        canvas.drawString(_MARGIN, A4[1] - 12 * mm, self._organisation)
        canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 12 * mm, self._reference)
        number = f"{self._page_word} {canvas.getPageNumber()}"
        canvas.drawRightString(A4[0] - _MARGIN, 11 * mm, number)
        canvas.end()
        canvas.restoreState()


def _text_width() -> float:
    return float(A4[0] - 2 * _MARGIN)


def _text_height() -> float:
    return float(A4[1] - 2 * _MARGIN)


def _is_long(label: str) -> bool:
    """Whether a label needs more lines in a column of its own than look well there."""
    _width, height = Paragraph(escape(label), _HEAD).wrap(_LABEL_WIDTH - 6, _text_height())
    return bool(height > _LABEL_LINES * _HEAD.leading)


def _cell(text: str, width: float) -> Paragraph | str:
    """A cell that breaks its lines; plain text where one line is enough, which is far quicker."""
    room = width - 2 * _PADDING
    if "\n" not in text and pdfmetrics.stringWidth(text, "Text", _CELL.fontSize) <= room:
        return text
    return TaggedParagraph(_lines(text), _CELL)


def _lines(text: str) -> str:
    """Escaped text whose line breaks stay."""
    return "<br/>".join(escape(line) for line in text.split("\n"))
