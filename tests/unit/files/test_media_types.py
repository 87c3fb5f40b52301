"""What may be uploaded: judged by content, whole, and nothing that can run or fill the machine."""

import struct
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from app.files.media_types import ENDINGS, MediaType, check_file
from app.files.refusal import FileRefused, Refusal
from tests.unit.files import samples

MAX = 25 * 1024 * 1024
WHOLE: dict[str, tuple[bytes, MediaType]] = {
    "lausunto.pdf": (samples.pdf(), MediaType.PDF),
    "kuva.png": (samples.image("PNG"), MediaType.PNG),
    "kuva.JPG": (samples.image("JPEG"), MediaType.JPEG),
    "kuva.jpeg": (samples.image("JPEG"), MediaType.JPEG),
    "skanni.tif": (samples.image("TIFF"), MediaType.TIFF),
    "skanni.tiff": (samples.image("TIFF", pages=3), MediaType.TIFF),
    "muistio.txt": ("Åsa soitti.\r\n\tHuomenna uudelleen.\n".encode(), MediaType.TEXT),
    "suunnitelma.docx": (samples.docx(), MediaType.DOCX),
    "tunnit.xlsx": (samples.xlsx(), MediaType.XLSX),
    "kirje.odt": (samples.odt(), MediaType.ODT),
}
STRUCTURED = [name for name in WHOLE if not name.endswith(".txt")]


def refusal(content: bytes, name: str, max_bytes: int = MAX) -> Refusal:
    with pytest.raises(FileRefused) as caught:
        check_file(BytesIO(content), name, max_bytes=max_bytes)
    return caught.value.code


def test_there_is_a_sample_of_every_allowed_type() -> None:
    assert {kind for _content, kind in WHOLE.values()} == set(MediaType) == set(ENDINGS.values())


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_of_an_allowed_type_is_accepted(name: str) -> None:
    content, kind = WHOLE[name]
    file = BytesIO(content)

    assert check_file(file, name, max_bytes=MAX) is kind
    assert file.tell() == 0
    assert check_file(file, "nimetön", max_bytes=MAX) is kind


@pytest.mark.parametrize("name", STRUCTURED)
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.97])
def test_a_file_that_was_cut_off_is_refused(name: str, kept: float) -> None:
    content = WHOLE[name][0]

    assert refusal(content[: int(len(content) * kept)], name) is Refusal.BROKEN


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("ending", ["pdf", "png", "docx", "txt"])
def test_a_file_with_the_ending_of_another_type_is_refused(name: str, ending: str) -> None:
    content, kind = WHOLE[name]
    if ENDINGS[ending] is kind:
        return

    assert refusal(content, f"tiedosto.{ending}") is Refusal.NOT_WHAT_IT_SAYS


@pytest.mark.parametrize("name", ["ohjelma.exe", "sivu.html", "kuva.svg", "a.js", "a.pdf.exe"])
def test_an_ending_that_is_not_allowed_is_refused_whatever_is_inside(name: str) -> None:
    assert refusal(samples.pdf(), name) is Refusal.TYPE_NOT_ALLOWED


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0\x03\0\0\0",
        b"\x7fELF\x02\x01\x01\0",
        b"GIF89a\x01\0\x01\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        b"latin1: \xe4\xf6\xe5",
        b"\xef\xbb\xbf<!DOCTYPE html><script>alert(1)</script>",
        b"  <svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"II+\0\x08\0\0\0" + bytes(20),
    ],
)
def test_content_that_is_not_allowed_is_refused(content: bytes) -> None:
    assert refusal(content, "tiedosto") is Refusal.TYPE_NOT_ALLOWED
    assert refusal(content, "tiedosto.txt") is Refusal.NOT_WHAT_IT_SAYS


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"", "muistio.txt") is Refusal.EMPTY


def test_a_file_may_have_the_largest_size_and_not_a_byte_more() -> None:
    assert check_file(BytesIO(b"x" * 100), "a.txt", max_bytes=100) is MediaType.TEXT
    assert refusal(b"x" * 101, "a.txt", max_bytes=100) is Refusal.TOO_LARGE


def test_a_letter_that_is_split_between_two_reads_is_still_text() -> None:
    content = b"x" * (64 * 1024 - 1) + "ä".encode()

    assert check_file(BytesIO(content), "a.txt", max_bytes=MAX) is MediaType.TEXT
    assert refusal(content[:-1], "a.txt") is Refusal.NOT_WHAT_IT_SAYS


def test_a_page_hidden_behind_a_pdf_is_refused() -> None:
    assert refusal(samples.pdf() + b"<script>alert(1)</script>", "a.pdf") is Refusal.BROKEN


def test_a_pdf_whose_index_is_elsewhere_is_refused() -> None:
    content = samples.pdf()
    start = content.rindex(b"startxref") + 10
    moved = content[:start] + b"7" + content[content.index(b"\n", start) :]

    assert refusal(moved, "a.pdf") is Refusal.BROKEN


@pytest.mark.parametrize("name", ["kuva.png", "kuva.jpeg", "skanni.tif"])
def test_an_image_with_more_pixels_than_a_poster_is_refused(name: str) -> None:
    content = bytearray(WHOLE[name][0])
    if name.endswith("png"):
        struct.pack_into(">II", content, 16, 60_000, 60_000)
        struct.pack_into(">I", content, 29, zlib.crc32(content[12:29]))
    elif name.endswith("jpeg"):
        size = content.index(b"\xff\xc0") + 5
        struct.pack_into(">HH", content, size, 60_000, 60_000)
    else:
        for tag in (256, 257):
            field = content.index(struct.pack("<HHI", tag, 4, 1))
            struct.pack_into("<I", content, field + 8, 60_000)

    assert refusal(bytes(content), name) is Refusal.TOO_LARGE


def test_a_tiff_that_leads_in_a_circle_is_refused() -> None:
    content = bytearray(samples.image("TIFF"))
    (page,) = struct.unpack_from("<I", content, 4)
    (fields,) = struct.unpack_from("<H", content, page)
    struct.pack_into("<I", content, page + 2 + 12 * fields, page)

    assert refusal(bytes(content), "a.tif") is Refusal.BROKEN


@pytest.mark.parametrize(
    "members",
    [
        {"a.txt": b"x"},
        {"META-INF/MANIFEST.MF": b"x", "Main.class": b"x"},
        {"mimetype": b"application/epub+zip"},
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"},
        samples.office_members() | {"word/vbaProject.bin": b"x"},
        {"mimetype": samples.ODT.encode(), "Basic/Standard/Module1.xml": b"x"},
    ],
    ids=["zip", "jar", "epub", "undeclared", "macro", "odt macro"],
)
def test_other_archives_and_documents_with_macros_are_refused(members: dict[str, bytes]) -> None:
    assert refusal(samples.archive(members), "a.docx") is Refusal.TYPE_NOT_ALLOWED


def test_a_document_that_declares_macros_is_refused() -> None:
    members = samples.office_members()
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    members["[Content_Types].xml"] = b"<Types><Override ContentType='" + macro + b"'/></Types>"

    assert refusal(samples.archive(members), "a.docx") is Refusal.TYPE_NOT_ALLOWED


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    bomb = samples.archive(samples.office_members() | {"word/bomb.xml": bytes(30 * 1024 * 1024)})

    assert len(bomb) < 100_000
    assert refusal(bomb, "a.docx") is Refusal.TOO_LARGE


def test_too_many_members_are_refused() -> None:
    many = samples.office_members() | {f"word/{n}.xml": b"" for n in range(3000)}

    assert refusal(samples.archive(many), "a.docx") is Refusal.TOO_LARGE


def test_hundreds_of_thousands_of_members_cost_no_memory(tmp_path: Path) -> None:
    listing = (b"PK\1\2" + bytes(42)) * 400_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(listing), 4, 0)
    (tmp_path / "a.docx").write_bytes(b"PK\3\4" + listing + end)
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from app.files.media_types import check_file; from app.files.refusal import FileRefused\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: check_file(Path(sys.argv[1]).open('rb'), 'a.docx', max_bytes=10**9)\n"
        "except FileRefused as refused: print(refused.code, end=' ')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.docx")],
        capture_output=True,
        text=True,
        check=True,
    )

    code, kilobytes = answer.stdout.split()
    assert code == Refusal.TOO_LARGE
    assert int(kilobytes) < 20_000


def test_a_member_that_is_longer_than_it_says_is_refused() -> None:
    content = bytearray(samples.archive(samples.office_members(), zipfile.ZIP_STORED))
    at = content.rindex(b"PK\1\2")
    (length,) = struct.unpack_from("<L", content, at + 24)
    struct.pack_into("<L", content, at + 24, length - 100)

    assert refusal(bytes(content), "a.docx") is Refusal.BROKEN


def test_a_member_that_was_changed_is_refused() -> None:
    content = bytearray(samples.archive(samples.office_members(), zipfile.ZIP_STORED))
    content[content.index(b"<x/><x/>") + 40] ^= 1

    assert refusal(bytes(content), "a.docx") is Refusal.BROKEN


def test_a_document_behind_something_else_is_refused() -> None:
    assert refusal(b"PK\3\4" + bytes(100) + samples.docx(), "a.docx") is Refusal.BROKEN
    assert refusal(samples.docx() + b"<script>", "a.docx") is Refusal.BROKEN


def test_a_document_under_a_password_is_refused() -> None:
    content = bytearray(samples.docx())
    at = content.index(b"PK\1\2")
    content[at + 8] |= 1

    assert refusal(bytes(content), "a.docx") is Refusal.BROKEN
