"""Letters are tagged: programs that read aloud find title, headings, lists, tables and language."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest

from app.web.i18n import language
from app.web.pdf import Letter

# Operators that put something on the page: text, lines and areas.
PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}

Tree = tuple[str, list["Tree"]]


def opened(letter: Letter) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(letter.to_bytes()))


def elements(element: Any) -> list[Any]:
    return [kid for kid in element.K if not isinstance(kid, int) and "/S" in kid]


def tree(element: Any) -> Tree:
    return str(element.S).removeprefix("/"), [tree(kid) for kid in elements(element)]


def contents(element: Any) -> Iterator[tuple[int, tuple[int, int]]]:
    """Number and page of each piece that was drawn of an element."""
    for kid in element.K:
        if isinstance(kid, int):
            yield kid, element.Pg.objgen
        else:
            yield int(kid.MCID), kid.Pg.objgen


def of_tag(element: Any, tag: str) -> Iterator[Any]:
    for kid in elements(element):
        if f"/{tag}" == kid.S:
            yield kid
        yield from of_tag(kid, tag)


def full_letter() -> Letter:
    letter = Letter("Kirje", subtitle="Alaotsikko", reference="Viite", organisation="Säätiö")
    letter.heading("Ensimmäinen")
    letter.paragraph("Teksti, joka jatkuu riviltä toiselle. " * 8)
    letter.facts([("Tieto", "arvo\ntoinen rivi"), ("Toinen", "arvo")])
    letter.subheading("Sen alla")
    letter.bullets(["yksi", "kaksi"])
    letter.heading("Toinen")
    letter.table(["A", "B"], [["1", "2"], ["3", "neljä " * 30]])
    letter.facts([("Pitkä nimi, jolla on monta sanaa ja riviä. " * 4, "arvo\ntoinen arvo")])
    letter.note("Lähde")
    letter.signature_lines(["Allekirjoitus"])
    return letter


def test_the_structure_follows_the_letter() -> None:
    with opened(full_letter()) as pdf:
        root = pdf.Root.StructTreeRoot.K
        cells = ("TR", [("TH", []), ("TD", [])])
        item = ("LI", [("Lbl", []), ("LBody", [])])

        assert tree(root) == (
            "Document",
            [
                ("H1", []),
                ("P", []),
                ("H2", []),
                ("P", []),
                ("Table", [cells, cells]),
                ("H3", []),
                ("L", [item, item]),
                ("H2", []),
                (
                    "Table",
                    [
                        ("TR", [("TH", []), ("TH", [])]),
                        ("TR", [("TD", []), ("TD", [])]),
                        ("TR", [("TD", []), ("TD", [])]),
                    ],
                ),
                ("L", [("LI", [("Lbl", []), ("LBody", [("P", []), ("P", [])])])]),
                ("P", []),
                ("P", []),
            ],
        )
        scopes = [str(head.A.Scope) for head in of_tag(root, "TH")]
        assert scopes == ["/Row", "/Row", "/Column", "/Column"]


@pytest.mark.parametrize(("code", "tag"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")])
def test_the_document_tells_its_title_and_language(code: str, tag: str) -> None:
    with language(code), opened(Letter("Otsikko")) as pdf:
        assert pdf.Root.Lang == tag
        assert pdf.docinfo["/Title"] == "Otsikko"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)


def test_headings_are_the_outline() -> None:
    with opened(full_letter()) as pdf, pdf.open_outline() as outline:
        heads = [(item.title, [below.title for below in item.children]) for item in outline.root]

    assert heads == [("Ensimmäinen", ["Sen alla"]), ("Toinen", [])]


def test_a_letter_that_begins_with_a_subheading_has_an_outline_too() -> None:
    letter = Letter("Kirje")
    letter.subheading("Pieni")

    with opened(letter) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Pieni"]


def test_all_that_is_painted_is_content_of_one_element_or_an_artifact() -> None:
    painted = 0
    with opened(full_letter()) as pdf:
        for page in pdf.pages:
            depth = 0
            for operation in pikepdf.parse_content_stream(page):
                operator = str(operation.operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
                assert depth in {0, 1}
                if operator in PAINTS:
                    assert depth == 1, operation
                    painted += 1
            assert depth == 0
    assert painted > 30


def many_rows() -> Letter:
    letter = Letter("Kirje")
    rows = [[f"rivi {number}", "arvo"] for number in range(120)]
    letter.table(["A", "B"], [*rows, ["pitkä", "\n".join(f"asia {n}" for n in range(150))]])
    letter.paragraph("Pitkä kappale. " * 900)
    return letter


def test_each_page_leads_to_the_elements_of_what_is_on_it() -> None:
    with opened(many_rows()) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        on_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
        assert len(pdf.pages) > 5
        for page in pdf.pages:
            for number, element in enumerate(on_page[int(page.StructParents)]):
                assert (number, page.objgen) in contents(element)


def test_a_table_over_several_pages_is_one_table_with_its_headers_once() -> None:
    with opened(many_rows()) as pdf:
        (table,) = of_tag(pdf.Root.StructTreeRoot.K, "Table")
        rows = list(of_tag(table, "TR"))

        assert len(rows) == 1 + 120 + 1
        assert len(list(of_tag(table, "TH"))) == 2
        assert all(len(list(row.K)) == 2 for row in rows)
        (paragraph,) = of_tag(pdf.Root.StructTreeRoot.K, "P")
        assert len(paragraph.K) > 1


def test_a_long_label_stands_above_its_values_over_the_whole_width() -> None:
    label = (
        "10 vuotta, laskettuna: palkkatuetun työhönvalmennusjakson ja sen jälkeisen seurannan loppu"
    )
    letter = Letter("Kirje")
    letter.facts([(label, "Loppulausunto\nTyötodistus"), ("Lyhyt", "Päätös")])

    text = pypdfium2.PdfDocument(letter.to_bytes())[0].get_textpage().get_text_range()

    assert f"{label}\nLoppulausunto\n" in text.replace("\r", "").replace(" \n", "\n")


def test_words_on_both_sides_of_a_line_end_stay_apart_for_what_reads_the_text() -> None:
    letter = Letter("Kirje")
    letter.paragraph("sana " * 60)
    letter.facts([("Tieto", f"{'sana ' * 60}\nrivi")])

    text = pypdfium2.PdfDocument(letter.to_bytes())[0].get_textpage().get_text_range()

    assert text.count("sana \r\n") > 3
    assert "sana\r\nsana" not in text


def test_the_same_letter_is_the_same_bytes() -> None:
    assert full_letter().to_bytes() == full_letter().to_bytes()


def test_a_text_in_another_language_than_the_letter_says_so() -> None:
    swedish = ("Rubrik", "Stycke", "Punkt", "Etikett", "Värde", "Rad")
    with language("en"):
        letter = Letter("Letter", foreign=dict.fromkeys(swedish, "sv"))
    letter.heading("Rubrik")
    letter.paragraph("Stycke")
    letter.paragraph("Paragraph")
    letter.bullets(["Punkt", "Item"])
    letter.facts([("Etikett", "Värde\nRad"), ("Label", "Värde\nline")])

    with opened(letter) as pdf:
        root = pdf.Root.StructTreeRoot.K
        marked = {
            tag: [str(each.get("/Lang", "")) for each in of_tag(root, tag)]
            for tag in ("H1", "H2", "P", "LBody", "TH", "TD")
        }

    assert marked == {
        "H1": [""],
        "H2": ["sv-FI"],
        "P": ["sv-FI", ""],
        "LBody": ["sv-FI", ""],
        "TH": ["sv-FI", ""],
        "TD": ["sv-FI", ""],
    }
