"""The guard at the door of the file store: what may be uploaded, judged by content, not by name.

Allowed are the formats an office scans to and writes in. Whatever could run, carry a page of its
own, or fill the machine when it is opened stays outside; so does a file that is cut off, because
that would be noticed only when the paper is gone.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

from app.files.images import check_jpeg, check_png, check_tiff
from app.files.office import check_office
from app.files.refusal import FileRefused, Refusal
from app.files.text import check_pdf, check_text


class MediaType(StrEnum):
    """The media types of stored files."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    TEXT = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODT = "application/vnd.oasis.opendocument.text"


ENDINGS = {
    "pdf": MediaType.PDF,
    "png": MediaType.PNG,
    "jpg": MediaType.JPEG,
    "jpeg": MediaType.JPEG,
    "tif": MediaType.TIFF,
    "tiff": MediaType.TIFF,
    "txt": MediaType.TEXT,
    "docx": MediaType.DOCX,
    "xlsx": MediaType.XLSX,
    "odt": MediaType.ODT,
}

_HEAD_BYTES = 16
_ZIP = b"PK\x03\x04"
_SIGNATURES: tuple[tuple[bytes, MediaType, Callable[[BinaryIO, int], None]], ...] = (
    (b"%PDF-", MediaType.PDF, check_pdf),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG, check_png),
    (b"\xff\xd8\xff", MediaType.JPEG, check_jpeg),
    (b"II*\0", MediaType.TIFF, check_tiff),
    (b"MM\0*", MediaType.TIFF, check_tiff),
)


def check_file(file: BinaryIO, file_name: str, *, max_bytes: int) -> MediaType:
    """The media type of an uploaded file; raises `FileRefused` with the reason.

    `file` must be seekable and is left at its beginning. The ending of `file_name` must agree with
    the content; a name without an ending promises nothing.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise FileRefused(Refusal.EMPTY)
    if size > max_bytes:
        raise FileRefused(Refusal.TOO_LARGE)
    ending = PurePath(file_name.strip()).suffix.removeprefix(".").lower()
    promised = ENDINGS.get(ending)
    if ending and promised is None:
        raise FileRefused(Refusal.TYPE_NOT_ALLOWED)
    found = _content_type(file, size)
    file.seek(0)
    if promised is not None and found is not promised:
        raise FileRefused(Refusal.NOT_WHAT_IT_SAYS)
    if found is None:
        raise FileRefused(Refusal.TYPE_NOT_ALLOWED)
    return found


def _content_type(file: BinaryIO, size: int) -> MediaType | None:
    """What the content is, its structure checked; None when it is nothing that is allowed."""
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    for signature, media_type, check in _SIGNATURES:
        if head.startswith(signature):
            check(file, size)
            return media_type
    if head.startswith(_ZIP):
        return MediaType(check_office(file))
    return MediaType.TEXT if check_text(file) else None
