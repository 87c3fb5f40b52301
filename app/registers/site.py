"""All public notices as files that can be put on the organisation's site, and checked there."""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.registers import editions
from app.registers.notice import public_page
from app.web.i18n import LANGUAGES, language

STYLESHEET = Path(__file__).resolve().parent.parent / "static" / "css" / "notice.css"
SUMS = "SHA256SUMS"

ADDRESSES: Mapping[str, str] = {
    code: "index.html" if place == 0 else f"index.{code}.html"
    for place, code in enumerate(LANGUAGES)
}


def site_files(day: date, organisation: str) -> Iterator[tuple[str, bytes]]:
    """Each file of the site: its path below the folder and its bytes; the list of hashes last.

    Archived notices go out as they are stored. Raises `NoticeTampered` when one is not.
    """
    sums = []
    for path, content in _files(day, organisation):
        sums.append(f"{sha256(content).hexdigest()}  {path}\n")
        yield path, content
    yield SUMS, "".join(sums).encode()


def _files(day: date, organisation: str) -> Iterator[tuple[str, bytes]]:
    yield "notice.css", STYLESHEET.read_bytes()
    notices = editions.public_notices(day)
    for code, name in ADDRESSES.items():
        with language(code):
            yield (
                name,
                public_page(
                    "index", ADDRESSES, organisation=organisation, depth=0, notices=notices
                ),
            )
    for notice in notices:
        for code, name in ADDRESSES.items():
            with language(code):
                page = public_page(
                    "register", ADDRESSES, organisation=organisation, depth=1, notice=notice
                )
            yield f"{notice.key}/{name}", page
        yield from _archived(notice)


def _archived(notice: editions.PublicNotice) -> Iterator[tuple[str, bytes]]:
    current = (notice.current,) if notice.current is not None else ()
    for edition in (*notice.coming, *current, *notice.past):
        for code, media_type, _hash in edition.files:
            file = editions.edition_file(notice.key, edition.number, code, media_type)
            suffix = next(s for s, known in editions.MEDIA_TYPES.items() if known == media_type)
            yield f"{notice.key}/{edition.number}/{code}.{suffix}", file.content
