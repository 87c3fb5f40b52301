"""Whether an image is whole: its parts are walked through, nothing is decoded."""

import struct
import zlib
from typing import BinaryIO

from app.files.refusal import FileRefused, Refusal

# A poster scanned at 400 dots per inch has some 250 million pixels; a flood has many more.
MAX_PIXELS = 400_000_000
_MAX_PARTS = 100_000

_PNG_SIGNATURE_BYTES = 8
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_PIXELS = 0xDA
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_JPEG_TAIL_BYTES = 1024

_TIFF_NUMBERS = {3: "H", 4: "I"}
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257
_TIFF_DATA = ((273, 279), (324, 325))  # strips and tiles: where each begins, how long it is


def check_png(file: BinaryIO, size: int) -> None:
    """Raise `FileRefused` unless every chunk is whole and the last one is the end."""
    file.seek(_PNG_SIGNATURE_BYTES)
    for number in range(_MAX_PARTS):
        length, kind = struct.unpack(">I4s", _exactly(file, 8))
        if file.tell() + length + 4 > size:
            raise FileRefused(Refusal.BROKEN)
        if number == 0:
            content = _exactly(file, length)
            (stored,) = struct.unpack(">I", _exactly(file, 4))
            if kind != b"IHDR" or length != 13 or zlib.crc32(kind + content) != stored:
                raise FileRefused(Refusal.BROKEN)
            _refuse_flood(*struct.unpack_from(">II", content))
        else:
            file.seek(length + 4, 1)
        if kind == b"IEND":
            break
    if file.tell() != size:
        raise FileRefused(Refusal.BROKEN)


def check_jpeg(file: BinaryIO, size: int) -> None:
    """Raise `FileRefused` unless the headers state a size and the file ends as an image does."""
    file.seek(2)
    for _ in range(_MAX_PARTS):
        marker = _jpeg_marker(file)
        if marker in _JPEG_ALONE:
            continue
        (length,) = struct.unpack(">H", _exactly(file, 2))
        if marker in _JPEG_SIZES:
            _, height, width = struct.unpack(">BHH", _exactly(file, 5))
            _refuse_flood(width, height)
            break
        # The pixels must not come before their size.
        if marker == _JPEG_PIXELS or length < 2:
            raise FileRefused(Refusal.BROKEN)
        file.seek(length - 2, 1)
    file.seek(max(0, size - _JPEG_TAIL_BYTES))
    if b"\xff\xd9" not in file.read():
        raise FileRefused(Refusal.BROKEN)


def _jpeg_marker(file: BinaryIO) -> int:
    prefix, marker = _exactly(file, 2)
    while marker == 0xFF:
        (marker,) = _exactly(file, 1)
    if prefix != 0xFF:
        raise FileRefused(Refusal.BROKEN)
    return marker


def check_tiff(file: BinaryIO, size: int) -> None:
    """Raise `FileRefused` unless every page's data lies within the file."""
    order = "<" if _exactly(file, 4).startswith(b"II") else ">"
    seen: set[int] = set()
    (position,) = struct.unpack(order + "I", _exactly(file, 4))
    while position:
        if position in seen or position >= size or len(seen) > _MAX_PARTS:
            raise FileRefused(Refusal.BROKEN)
        seen.add(position)
        fields, position = _tiff_page(file, position, order)
        for starts, lengths in _TIFF_DATA:
            ends = zip(fields.get(starts, ()), fields.get(lengths, ()), strict=False)
            if any(start + length > size for start, length in ends):
                raise FileRefused(Refusal.BROKEN)
        if not (fields.get(_TIFF_WIDTH) and fields.get(_TIFF_HEIGHT)):
            raise FileRefused(Refusal.BROKEN)
        _refuse_flood(fields[_TIFF_WIDTH][0], fields[_TIFF_HEIGHT][0])
    if not seen:
        raise FileRefused(Refusal.BROKEN)


def _tiff_page(file: BinaryIO, position: int, order: str) -> tuple[dict[int, tuple[int, ...]], int]:
    """The whole-number fields of one page, and where the next page is described."""
    file.seek(position)
    (count,) = struct.unpack(order + "H", _exactly(file, 2))
    entries = _exactly(file, 12 * count)
    (following,) = struct.unpack(order + "I", _exactly(file, 4))
    wanted = {_TIFF_WIDTH, _TIFF_HEIGHT, *(tag for pair in _TIFF_DATA for tag in pair)}
    fields = {}
    for start in range(0, len(entries), 12):
        tag, kind, number = struct.unpack_from(order + "HHI", entries, start)
        if tag not in wanted:
            continue
        if kind not in _TIFF_NUMBERS or number > _MAX_PARTS:
            raise FileRefused(Refusal.BROKEN)
        form = f"{order}{number}{_TIFF_NUMBERS[kind]}"
        content = entries[start + 8 : start + 12]
        if struct.calcsize(form) > 4:
            file.seek(struct.unpack(order + "I", content)[0])
            content = _exactly(file, struct.calcsize(form))
        fields[tag] = struct.unpack_from(form, content)
    return fields, following


def _exactly(file: BinaryIO, length: int) -> bytes:
    content = file.read(length)
    if len(content) != length:
        raise FileRefused(Refusal.BROKEN)
    return content


def _refuse_flood(width: int, height: int) -> None:
    if not width or not height:
        raise FileRefused(Refusal.BROKEN)
    if width * height > MAX_PIXELS:
        raise FileRefused(Refusal.TOO_LARGE)
