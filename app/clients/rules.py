"""What holds for clients whatever the day or the database: identity codes, episodes, searches.

The identity code follows the Act on the Population Information System 661/2009 and decree 128/2010,
which has had more century signs since 1.1.2023. The sign is part of the code: two codes that differ
in nothing else belong to two people, so no sign is ever turned into another.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from stdnum.fi import hetu

from app.calendar.periods import Period, add_period

CODE_LENGTH = 11
CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
ARTIFICIAL_NUMBERS = range(900, 1000)
FIRST_NUMBER = 2
# Longer rows of digits are identity codes without their sign, not client numbers.
NUMBER_DIGITS = 8

# Hyphens and dashes of all widths, and the minus sign: what word processors make of "-".
_DASHES = re.compile("[‐‑‒–—―−﹘﹣－]")
_CODE_FORM = re.compile(r"[0-9]{6}.[0-9]{3}.")
_CODE_LIKE = re.compile(r"[0-9]{6}[^0-9].*|[0-9]{9,}")
_AFTER_Z = str.maketrans("åäö", "{|}")

# The papers of an ended episode are still being finished for some weeks; a reason asked for each
# day of that would only teach people to write any reason.
CASELOAD_AFTER_END = timedelta(days=30)
# A coaching place is agreed on some months ahead; a start further away is a typing error.
START_AHEAD = Period(years=1)

REASON_MIN = 10
REASON_MAX = 500


class NoticeChannel(StrEnum):
    """How a privacy notice was given. The law asks for writing or other means; Art. 12(1) GDPR."""

    IN_PERSON = "in_person"
    LETTER = "letter"
    SECURE_EMAIL = "secure_email"
    ONLINE = "online"
    ORAL = "oral"


class CodeFault(StrEnum):
    """What is wrong with a typed identity code."""

    SPACES = "spaces"
    DASH = "dash"
    LOWER_CASE = "lower_case"
    LENGTH = "length"
    FORM = "form"
    SIGN = "sign"
    DATE = "date"
    UNBORN = "unborn"
    NUMBER = "number"
    CHECK = "check"
    ARTIFICIAL = "artificial"


class CodeRefused(ValueError):
    """A typed text is not an identity code that may be kept.

    `suggestion`: the code that was probably meant; it is offered, never taken by itself.
    """

    def __init__(self, fault: CodeFault, suggestion: str | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class IdentityCodeParts:
    """A valid identity code and the day of birth in it."""

    code: str
    born_on: date


@dataclass(frozen=True, slots=True)
class Name:
    """Who a client is. `born_on` is in the identity code, or told by the client."""

    last_name: str
    first_names: str
    born_on: date

    def __str__(self) -> str:
        return f"{self.last_name}, {self.first_names}"


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a client. `non_disclosure`: kept from others for personal safety (turvakielto,
    661/2009 s. 36); it is shown wherever the address is."""

    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    non_disclosure: bool = False


class SearchKind(StrEnum):
    """What a typed search is taken for; the log tells this and never the words."""

    NUMBER = "number"
    CODE = "code"
    NAME = "name"


class RevealReason(StrEnum):
    """Why a whole identity code is needed (1050/2018 s. 29: only where it identifies someone)."""

    IDENTIFY = "identify"
    AUTHORITY = "authority"
    BENEFIT = "benefit"
    REQUEST = "request"
    CORRECT = "correct"


class EpisodeFault(StrEnum):
    """Why a day cannot be the first or the last of an episode."""

    TOO_FAR = "too_far"
    BEFORE_BIRTH = "before_birth"
    IN_FUTURE = "in_future"
    BEFORE_START = "before_start"


def read_identity_code(text: str, *, artificial_allowed: bool, as_of: date) -> IdentityCodeParts:
    """The identity code that `text` is, exactly as typed but for spaces around it.

    Raises `CodeRefused`; where spaces inside, a typographic dash or lower case are all that is
    wrong, with the code that was meant. Source: 661/2009 s. 11, decree 128/2010.
    """
    typed = text.strip()
    meant = _DASHES.sub("-", "".join(typed.split())).upper()
    parts = _exact_code(meant, artificial_allowed, as_of)
    if meant != typed:
        raise CodeRefused(_slip(typed), meant)
    return parts


def _slip(typed: str) -> CodeFault:
    if _DASHES.search(typed):
        return CodeFault.DASH
    return CodeFault.SPACES if any(map(str.isspace, typed)) else CodeFault.LOWER_CASE


def _exact_code(code: str, artificial_allowed: bool, as_of: date) -> IdentityCodeParts:
    born_on = _birth_date(code)
    if born_on > as_of:
        raise CodeRefused(CodeFault.UNBORN)
    if int(code[7:10]) < FIRST_NUMBER:
        raise CodeRefused(CodeFault.NUMBER)
    # The rest being right, what the library refuses is the check character.
    if not hetu.is_valid(code, allow_temporary=True):
        raise CodeRefused(CodeFault.CHECK)
    if int(code[7:10]) in ARTIFICIAL_NUMBERS and not artificial_allowed:
        raise CodeRefused(CodeFault.ARTIFICIAL)
    return IdentityCodeParts(code, born_on)


def _birth_date(code: str) -> date:
    if len(code) != CODE_LENGTH:
        raise CodeRefused(CodeFault.LENGTH)
    if not _CODE_FORM.fullmatch(code):
        raise CodeRefused(CodeFault.FORM)
    if code[6] not in CENTURIES:
        raise CodeRefused(CodeFault.SIGN)
    day, month, year = int(code[:2]), int(code[2:4]), int(code[4:6])
    try:
        return date(CENTURIES[code[6]] + year, month, day)
    except ValueError:
        raise CodeRefused(CodeFault.DATE) from None


def mask(code: str) -> str:
    """The code as it is shown until a reason is given: 131052-****."""
    return code[:7] + "****"


def agrees(parts: IdentityCodeParts, born_on: date | None) -> bool:
    """Whether a day of birth typed beside a code says the same; none typed says nothing else."""
    return born_on is None or born_on == parts.born_on


def search_kind(text: str) -> SearchKind:
    """What somebody who types this looks for: a client number, an identity code or a name."""
    typed = text.strip()
    if typed.isascii() and typed.isdigit() and len(typed) <= NUMBER_DIGITS:
        return SearchKind.NUMBER
    return SearchKind.CODE if _CODE_LIKE.fullmatch(typed) else SearchKind.NAME


def start_fault(started_on: date, *, born_on: date, as_of: date) -> EpisodeFault | None:
    """Why an episode cannot start on a day: before birth, or over a year ahead."""
    if started_on < born_on:
        return EpisodeFault.BEFORE_BIRTH
    if started_on > add_period(as_of, START_AHEAD):
        return EpisodeFault.TOO_FAR
    return None


def end_fault(ended_on: date, *, started_on: date, as_of: date) -> EpisodeFault | None:
    """Why an episode cannot end on a day: an end starts retention clocks, so it must have been."""
    if ended_on < started_on:
        return EpisodeFault.BEFORE_START
    if ended_on > as_of:
        return EpisodeFault.IN_FUTURE
    return None


def collation_key(name: str) -> str:
    """What names are sorted by: as in Finnish and Swedish, å, ä and ö come after z."""
    return name.casefold().translate(_AFTER_Z)
