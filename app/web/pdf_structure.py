"""What a PDF is made of, for programs that read it aloud: tagged PDF (ISO 32000-1, 14.7 and 14.8).

ReportLab draws the pages and writes no structure of its own, but lets the catalogue and the pages
name one. Here each thing drawn is marked as the content of an element (heading, paragraph, list
item, table cell), or as an artifact that is not read: lines, backgrounds, the head of each page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
)
from reportlab.pdfbase.pdfdoc import format as written
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import HRFlowable, Paragraph, Table

# Scopes of header cells and tags of structure are of this version.
_VERSION = (1, 7)


class Element(PDFObject):
    """A structure element: it has other elements, or page and number of what was drawn of it.

    `scope`: of a header cell, whether it heads its row or its column. `language`: where it is not
    that of the document.
    """

    # A name that ReportLab looks for: the object is written by itself and referred to.
    __RefOnly__ = 1

    def __init__(self, tag: str, parent: "Element | None" = None, scope: str = "") -> None:
        self.tag = tag
        self.scope = scope
        self.language = ""
        self.kids: list[Element] = []
        self.drawn: list[tuple[int, int]] = []
        self.parent: PDFObject | None = parent

    def child(self, tag: str, scope: str = "") -> "Element":
        """A new element at the end of this one."""
        made = Element(tag, self, scope)
        self.kids.append(made)
        return made

    def format(self, document: PDFDocument) -> bytes:
        """The element as it is written; short, because a long table has thousands of them."""
        said = [f"/S/{self.tag}/P ".encode(), written(self.parent, document)]
        if self.scope:
            said.append(f"/A<</O/Table/Scope/{self.scope}>>".encode())
        if self.language:
            said.append(f"/Lang({self.language})".encode())
        first = self.drawn[0][0] if self.drawn else 0
        if first:
            said += [b"/Pg ", written(_page(first), document)]
        kids = [written(kid, document) for kid in self.kids]
        for page, number in self.drawn:
            if page == first:
                kids.append(str(number).encode())
            else:
                where = written(_page(page), document)
                kids.append(b"<</Type/MCR/Pg %b/MCID %d>>" % (where, number))
        return b"<<%b/K[%b]>>" % (b"".join(said), b" ".join(kids))


def _page(number: int) -> PDFObjectReference:
    """A page as ReportLab calls it."""
    return PDFObjectReference(f"Page{number}")


class TaggedCanvas(Canvas):
    """A canvas that knows of which element each thing is that is drawn on it."""

    _code: list[str]
    _doc: Any

    def __init__(self, *args: Any, root: Element, **options: Any) -> None:
        super().__init__(*args, **{**options, "pdfVersion": _VERSION})
        self._root = root
        self._drawn: list[list[Element]] = []
        self._heads = 0

    def begin(self, element: Element | None) -> None:
        """What is drawn from here to `end()` is of the element; of none, it is an artifact."""
        if element is None:
            self._code.append("/Artifact BMC")
            return
        while len(self._drawn) < self.getPageNumber():
            self._drawn.append([])
        here = self._drawn[-1]
        element.drawn.append((self.getPageNumber(), len(here)))
        self._code.append(f"/{element.tag} <</MCID {len(here)}>> BDC")
        here.append(element)

    def end(self) -> None:
        """Here ends what `begin` began."""
        self._code.append("EMC")

    @contextmanager
    def marked(self, element: Element | None) -> Iterator[None]:
        """What is drawn inside is of the element; of none, it is an artifact."""
        self.begin(element)
        yield
        self.end()

    def add_bookmark(self, text: str, level: int) -> None:
        """A line of the outline that leads here; the first one is of the highest level."""
        key = f"heading-{self._heads}"
        self.bookmarkPage(key)
        self.addOutlineEntry(text, key, level if self._heads else 0)
        self._heads += 1

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        """End the page; it says where its part of the structure is."""
        super().showPage()
        pages = self._doc.Pages.pages
        pages[-1].__Defaults__ = {**PDFPage.__Defaults__, "StructParents": len(pages) - 1}

    def save(self) -> None:
        """Write the document with its structure."""
        if self._code:
            self.showPage()
        numbers = [
            item for page, elements in enumerate(self._drawn) for item in (page, PDFArray(elements))
        ]
        structure = PDFDictionary(
            {
                "Type": PDFName("StructTreeRoot"),
                "K": self._root,
                "ParentTree": PDFDictionary({"Nums": PDFArray(numbers)}),
                "ParentTreeNextKey": len(self._drawn),
            }
        )
        self._root.parent = self._doc.Reference(structure)
        self._doc.Catalog.StructTreeRoot = structure
        self._doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        super().save()


class TaggedParagraph(Paragraph):
    """A paragraph of an element, also when it goes on on the next page; in a cell it has none.

    `label`: the element of the mark before the text, where it is an item of a list. `bookmark`:
    text and level of a heading in the outline.
    """

    canv: TaggedCanvas
    blPara: Any  # noqa: N815  # ReportLab's name
    element: Element | None = None
    label: Element | None = None
    language = ""
    bookmark: tuple[str, int] | None = None

    def split(self, width: float, height: float) -> list[Any]:
        """The part that fits into the room, and the rest."""
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.element, part.language = self.element, self.language
        if parts:
            parts[0].bookmark, parts[0].label = self.bookmark, self.label
        return parts

    def draw(self) -> None:
        """Draw the text as content of its element."""
        self._end_lines_with_spaces()
        if self.bookmark is not None:
            self.canv.add_bookmark(*self.bookmark)
        if self.label is not None:
            self._draw_mark(self.label)
        if self.element is None:
            super().draw()
            return
        self.element.language = self.language
        with self.canv.marked(self.element):
            super().draw()

    def _draw_mark(self, label: Element) -> None:
        style, broken = self.style, self.blPara
        # Where ReportLab puts the first line: by its own ascent where its pieces may differ.
        first = broken.lines[0] if broken.kind else broken
        below = getattr(first, "ascent", style.fontSize)
        with self.canv.marked(label):
            self.canv.setFont(style.fontName, style.fontSize)
            self.canv.setFillColor(style.textColor)
            self.canv.drawString(0, self.height - below, "•")

    def _end_lines_with_spaces(self) -> None:
        """What reads the text alone would join the words on both sides of a line's end."""
        lines = self.blPara.lines
        for number, line in enumerate(lines[:-1]):
            if isinstance(line, tuple):
                lines[number] = (line[0], [*line[1], ""])
            elif line.words:
                line.words[-1].text += " "


class Rule(HRFlowable):
    """A line across the text, which is not read."""

    canv: TaggedCanvas

    def draw(self) -> None:
        """Draw it as an artifact."""
        with self.canv.marked(None):
            super().draw()


class TaggedTable(Table):
    """A table whose cells are read in rows; without an element, its cells mark themselves.

    `row_heads`: the first cell of each row is its header. Rows that repeat on each page are read
    once, as headers of their columns.
    """

    canv: TaggedCanvas
    element: Element | None = None
    row_heads = False
    is_rest = False
    goes_on = False
    _row: Element | None = None

    def __init__(self, data: Sequence[Any], *places: Any, **options: Any) -> None:
        super().__init__(data, *places, **{**options, "renderCB": _mark})

    def split(self, width: float, height: float) -> list[Any]:
        """The part that fits into the room, and the rest, which knows what was read before."""
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.element, part.row_heads = self.element, self.row_heads
        if len(parts) == 2:
            first, rest = parts
            first.is_rest, first.goes_on = self.is_rest, self.goes_on
            rest.is_rest = True
            whole, *cut = (len(vars(table)["_cellvalues"]) for table in (self, *parts))
            rest.goes_on = sum(cut) - self.repeatRows > whole
        return parts

    def begin_row(self, row: int) -> None:
        """The next row to be drawn."""
        repeats = self.is_rest and row < self.repeatRows
        if self.element is None or repeats:
            self._row = None
        elif self.goes_on and row == self.repeatRows:
            # The rest of a row that the page before began.
            self._row = self.element.kids[-1]
        else:
            self._row = self.element.child("TR")

    def cell(self, row: int, column: int) -> Element | None:
        """The element of a cell; None for a header that repeats."""
        if self._row is None:
            return None
        if column < len(self._row.kids):
            return self._row.kids[column]
        if row < self.repeatRows:
            return self._row.child("TH", "Column")
        if self.row_heads and column == 0:
            return self._row.child("TH", "Row")
        return self._row.child("TD")


def _mark(table: TaggedTable, event: str, *place: Any) -> None:
    """ReportLab calls this at each step of drawing a table."""
    if event in {"startBG", "startLines"}:
        table.canv.begin(None)
    elif event in {"endBG", "endLines"}:
        table.canv.end()
    elif table.element is None:
        return
    elif event == "startRow":
        table.begin_row(place[0])
    elif event == "startCell":
        row, column, value = place[:3]
        cell = table.cell(row, column)
        if cell is not None:
            pieces = value if isinstance(value, list | tuple) else (value,)
            cell.language = getattr(pieces[0], "language", "") if pieces else ""
        table.canv.begin(cell)
    elif event == "endCell":
        table.canv.end()
