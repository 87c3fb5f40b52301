"""Office documents are ZIP files: which one it is, whether it is whole, whether it is a bomb."""

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from app.files.refusal import FileRefused, Refusal

MAX_MEMBERS = 2000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
# Below this size a high ratio harms nobody: an empty sheet packs very well.
RATIO_FROM_BYTES = 10 * 1024 * 1024

# The list of members is read whole, so its length is limited first: some 500 bytes for each.
_MAX_DIRECTORY_BYTES = 1024 * 1024
_END_RECORD = struct.Struct("<4s4H2LH")

_PIECE_BYTES = 64 * 1024
_TYPES = "[Content_Types].xml"
_OOXML = "application/vnd.openxmlformats-officedocument."
_DOCX = _OOXML + "wordprocessingml.document"
_XLSX = _OOXML + "spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"
_MACRO = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)


def check_office(file: BinaryIO) -> str:
    """The media type of a DOCX, XLSX or ODT file; raises `FileRefused` for any other ZIP file."""
    _check_end(file)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_bomb(members)
            media_type = _media_type(archive, {member.filename for member in members})
            for member in members:
                _unpack(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError) as problem:
        raise FileRefused(Refusal.BROKEN) from problem
    return media_type


def _check_end(file: BinaryIO) -> None:
    """Refuse a list of members that is too long to read, and anything after the last record."""
    file.seek(0, 2)
    if file.tell() < _END_RECORD.size:
        raise FileRefused(Refusal.BROKEN)
    file.seek(-_END_RECORD.size, 2)
    record = _END_RECORD.unpack(file.read())
    if record[0] != b"PK\5\6":
        raise FileRefused(Refusal.BROKEN)
    if record[5] > _MAX_DIRECTORY_BYTES:
        raise FileRefused(Refusal.TOO_LARGE)


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
        raise FileRefused(Refusal.TOO_LARGE)
    if unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * packed:
        raise FileRefused(Refusal.TOO_LARGE)
    # Something in front of the first member, or a password: not what an office program writes.
    if not members or min(member.header_offset for member in members) != 0:
        raise FileRefused(Refusal.BROKEN)
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(Refusal.BROKEN)


def _media_type(archive: zipfile.ZipFile, names: set[str]) -> str:
    """What the parts say the document is. One that carries macros is refused."""
    if any(_MACRO.search(name) for name in names):
        raise FileRefused(Refusal.TYPE_NOT_ALLOWED)
    if _TYPES in names:
        declared = _read(archive, _TYPES)
        for media_type, part in ((_DOCX, "word/document.xml"), (_XLSX, "xl/workbook.xml")):
            if part in names and f"{media_type}.main+xml".encode() in declared:
                return media_type
    elif "mimetype" in names and _read(archive, "mimetype").strip() == _ODT.encode():
        return _ODT
    raise FileRefused(Refusal.TYPE_NOT_ALLOWED)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(1024 * 1024)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member to its end without keeping it: `zipfile` compares length and checksum.

    It hands out no more than the stated length, which was counted before.
    """
    with archive.open(member) as content:
        while content.read(_PIECE_BYTES):
            pass
