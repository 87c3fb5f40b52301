"""File names that people download under: harmless whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.files.names import MAX_BYTES, clean_file_name


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("lausunto.pdf", "lausunto.pdf"),
        ("Työsuunnitelma Åsa Öhman.docx", "Työsuunnitelma Åsa Öhman.docx"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\x\\loma.pdf", "loma.pdf"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("   ", "file"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("lasku\u202efdp.exe", "laskufdp.exe"),
        ("a\u2028b\u2029c.pdf", "abc.pdf"),
        ('a"b<c>d|e?f*g:h.pdf', "a_b_c_d_e_f_g_h.pdf"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("lpt1.pdf", "_lpt1.pdf"),
        ("console.txt", "console.txt"),
        (".htaccess", "htaccess"),
        ("nimi. . ", "nimi"),
        ("a\t b.pdf", "a b.pdf"),
        ("A\u030ake.pdf", "Åke.pdf"),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, clean: str) -> None:
    assert clean_file_name(name) == clean


def test_a_long_name_keeps_its_ending() -> None:
    clean = clean_file_name("ä" * 300 + ".pdf")

    assert clean.endswith("ä.pdf")
    assert len(clean.encode()) <= MAX_BYTES


def test_what_to_call_a_file_without_a_name_can_be_chosen() -> None:
    assert clean_file_name("...", fallback="asiakirja") == "asiakirja"


@given(st.text(alphabet=st.characters(), max_size=400))
def test_no_name_can_do_harm(name: str) -> None:
    clean = clean_file_name(name)

    assert clean
    assert len(clean.encode()) <= MAX_BYTES
    assert not set(clean) & set('/\\:*?"<>|\0\r\n\u202e')
    assert clean == clean.strip(" .")
    assert clean_file_name(clean) == clean
