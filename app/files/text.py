"""Whether a PDF is whole, and whether bytes are plain text."""

import codecs
import re
from typing import BinaryIO

from app.files.refusal import FileRefused, Refusal

_PDF_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_PDF_TAIL_BYTES = 2048
_PDF_END = re.compile(rb"startxref\s+(?P<offset>[0-9]{1,12})\s+%%EOF\s*(?:\0*)$")
_PDF_INDEX = re.compile(rb"\s*(?:xref\b|[0-9]+\s+[0-9]+\s+obj\b)")

_PIECE_BYTES = 64 * 1024
# Text has tabs and ends of lines and pages; other control characters belong to programs.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What a browser would take for a page, were the file ever served as one.
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|head|body|svg|script|iframe)\b", re.IGNORECASE)


def check_pdf(file: BinaryIO, size: int) -> None:
    """Raise `FileRefused` unless the PDF begins, ends, and finds its index of objects."""
    if not _PDF_HEADER.match(file.read(16)):
        raise FileRefused(Refusal.BROKEN)
    file.seek(max(0, size - _PDF_TAIL_BYTES))
    end = _PDF_END.search(file.read())
    if end is None or int(end["offset"]) >= size:
        raise FileRefused(Refusal.BROKEN)
    file.seek(int(end["offset"]))
    if not _PDF_INDEX.match(file.read(64)):
        raise FileRefused(Refusal.BROKEN)


def check_text(file: BinaryIO) -> bool:
    """Whether the bytes are plain text in UTF-8. Markup that a browser runs is not plain text."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    first = True
    try:
        while piece := file.read(_PIECE_BYTES):
            text = decoder.decode(piece)
            if _NO_TEXT.search(text) or (first and _MARKUP.match(text)):
                return False
            first = False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
