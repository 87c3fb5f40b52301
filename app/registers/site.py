"""The public pages of notices, here and as files for the organisation's own site.

A page is made in the languages in which there are notices to read from it, and in no others.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.registers import editions
from app.registers.editions import PublicNotice
from app.registers.notice import public_page
from app.web.i18n import LANGUAGES, language

STYLESHEET = Path(__file__).resolve().parent.parent / "static" / "css" / "notice.css"
SUMS = "SHA256SUMS"

# Where a page is in a language, of the languages that it has: the end of its address.
Address = Callable[[Sequence[str], str], str]


def nearest(languages: Sequence[str], code: str) -> str:
    """The language itself where it is among the languages, else the leading one."""
    return code if code in languages else languages[0]


def file_address(languages: Sequence[str], code: str) -> str:
    """The name of a page in a folder: `index.html` is in the leading language."""
    code = nearest(languages, code)
    return "index.html" if code == languages[0] else f"index.{code}.html"


def query_address(languages: Sequence[str], code: str) -> str:
    """The address of a page that this program serves."""
    return f"?language={nearest(languages, code)}"


def site_languages(notices: Sequence[PublicNotice]) -> tuple[str, ...]:
    """The languages in which there are notices; the one that leads in most of them first.

    Before the first notice: all languages of the program.
    """
    leading = Counter(notice.languages[0] for notice in notices)
    found = {code for notice in notices for code in notice.languages}
    by_use = sorted(found, key=lambda code: (-leading[code], list(LANGUAGES).index(code)))
    return tuple(by_use or LANGUAGES)


def index_page(
    notices: Sequence[PublicNotice], code: str, *, organisation: str, address: Address
) -> bytes:
    """The list of all notices in one of its languages."""
    links = {n.key: f"{n.key}/{address(n.languages, code)}" for n in notices}
    with language(code):
        return public_page(
            "index",
            _addresses(site_languages(notices), address),
            organisation=organisation,
            depth=0,
            notices=notices,
            links=links,
        )


def register_page(
    notice: PublicNotice, code: str, *, organisation: str, address: Address, home: str
) -> bytes:
    """The notices of a register in one of its languages. `home`: the list of all notices."""
    teller = address(notice.told_by_languages, code) if notice.told_by else ""
    with language(code):
        return public_page(
            "register",
            _addresses(notice.languages, address),
            organisation=organisation,
            depth=1,
            notice=notice,
            teller=teller,
            home=home,
        )


def _addresses(languages: Sequence[str], address: Address) -> Mapping[str, str]:
    return {code: address(languages, code) for code in languages}


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
    languages = site_languages(notices)
    for code in languages:
        yield (
            file_address(languages, code),
            index_page(notices, code, organisation=organisation, address=file_address),
        )
    for notice in notices:
        for code in notice.languages:
            page = register_page(
                notice,
                code,
                organisation=organisation,
                address=file_address,
                home=file_address(languages, code),
            )
            yield f"{notice.key}/{file_address(notice.languages, code)}", page
        yield from _archived(notice)


def _archived(notice: PublicNotice) -> Iterator[tuple[str, bytes]]:
    current = (notice.current,) if notice.current is not None else ()
    for edition in (*notice.coming, *current, *notice.past):
        for code, media_type, _hash in edition.files:
            file = editions.edition_file(notice.key, edition.number, code, media_type)
            suffix = next(s for s, known in editions.MEDIA_TYPES.items() if known == media_type)
            yield f"{notice.key}/{edition.number}/{code}.{suffix}", file.content
