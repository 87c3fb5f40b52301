"""Letters: what a reader of the PDF sees on its pages."""

import pypdfium2
import pytest

from app.web.pdf import Letter


def pages_of(letter: Letter) -> list[str]:
    document = pypdfium2.PdfDocument(letter.to_bytes())
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("lines", range(30, 60))
def test_no_heading_is_left_alone_at_the_end_of_a_page(lines: int) -> None:
    letter = Letter("Kirje")
    for number in range(lines):
        letter.paragraph(f"rivi {number}")
    letter.heading("Otsikko")
    letter.facts([("Tieto", "arvo\ntoinen rivi\nkolmas rivi\nneljäs rivi")])

    (page,) = (text for text in pages_of(letter) if "Otsikko" in text)

    assert "neljäs rivi" in page


def test_the_lines_of_a_list_item_stay_apart() -> None:
    letter = Letter("Kirje")
    letter.bullets(["10 vuotta:\nAlkuhaastattelu\nLoppulausunto"])

    assert "Alkuhaastattelu\r\nLoppulausunto" in pages_of(letter)[0]
