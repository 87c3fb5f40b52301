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


@pytest.mark.parametrize("lines", range(30, 60, 2))
def test_a_heading_stays_with_its_first_subheading(lines: int) -> None:
    letter = Letter("Kirje")
    for number in range(lines):
        letter.paragraph(f"rivi {number}")
    letter.heading("Otsikko")
    letter.subheading("Alaotsikko")
    letter.facts([("Tieto", "arvo\ntoinen rivi\nkolmas rivi\nneljäs rivi")])

    (page,) = (text for text in pages_of(letter) if "Otsikko" in text)

    assert "Alaotsikko" in page
    assert "neljäs rivi" in page


def test_the_lines_of_a_list_item_stay_apart() -> None:
    letter = Letter("Kirje")
    letter.bullets(["10 vuotta:\nAlkuhaastattelu\nLoppulausunto"])

    assert "Alkuhaastattelu\r\nLoppulausunto" in pages_of(letter)[0]


@pytest.mark.parametrize("before", [0, 20, 40, 45])
@pytest.mark.parametrize("label", ["Tieto", "sana " * 500])
def test_a_row_longer_than_a_page_goes_on_on_the_next(before: int, label: str) -> None:
    for write in (
        lambda letter, rows: letter.facts(rows),
        lambda letter, rows: letter.table(["A", "B"], rows),
    ):
        letter = Letter("Kirje")
        for number in range(before):
            letter.paragraph(f"rivi {number}")
        value = "\n".join(f"asia {number}." for number in range(150))
        write(letter, [("Alku", "alku"), (label, value), ("Loppu", "loppu")])

        pages = pages_of(letter)

        text = "".join(pages)
        assert len(pages) >= 3
        assert [text.count(f"asia {number}.") for number in range(150)] == [1] * 150
        assert "loppu" in pages[-1]


@pytest.mark.parametrize("before", range(30, 50, 3))
def test_a_row_that_a_page_can_hold_stays_whole(before: int) -> None:
    letter = Letter("Kirje")
    for number in range(before):
        letter.paragraph(f"rivi {number}")
    letter.facts([("Tieto", "\n".join(f"asia {number}." for number in range(12)))])

    (page,) = (text for text in pages_of(letter) if "asia 0." in text)

    assert "asia 11." in page


def test_a_tall_row_goes_on_on_the_next_page_instead_of_leaving_this_one_half_empty() -> None:
    letter = Letter("Kirje")
    for number in range(20):
        letter.paragraph(f"{number}.")
    letter.facts([("Lyhyt", "arvo"), ("Pitkä", "\n".join(f"rivi {n}" for n in range(30)))])

    first, second = pages_of(letter)

    assert "rivi 0" in first
    assert "rivi 29" in second


@pytest.mark.parametrize("lines", range(30, 60))
def test_lines_to_sign_stand_with_the_section_that_they_end(lines: int) -> None:
    letter = Letter("Kirje")
    for number in range(lines):
        letter.paragraph(f"rivi {number}")
    letter.heading("Hyllyssä")
    letter.table(["Asiakirja"], [["Loppulausunto"]])
    letter.signature_lines(["Kerännyt", "Palauttanut"])

    (page,) = (text for text in pages_of(letter) if "Palauttanut" in text)

    assert "Loppulausunto" in page
    assert "Kerännyt" in page
