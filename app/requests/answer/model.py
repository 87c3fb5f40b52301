"""What an answer holds. The letter and the data file are made of the same object, so they agree.

Texts are in the language of the person; codes and ISO dates go into the data file as they are.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

FORMAT = "seloste-answer/1"


class OmissionReason(StrEnum):
    """Why something that is on record is not in the package."""

    DESTROYED = "destroyed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Information:
    """One item of GDPR Art. 15(1) or (2), answered from the register in force."""

    article: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who the person is, and how the person is reached, as the register has it."""

    client_number: int
    last_name: str
    first_names: str
    born_on: date
    identity_code: str | None
    language: str
    address: str
    phone: str
    email: str
    non_disclosure: bool


@dataclass(frozen=True, slots=True)
class EpisodeFact:
    """A time in a service."""

    service_key: str
    service: str
    started_on: date
    ended_on: date | None
    coaching_number: str | None


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """A consent and, when it was withdrawn, when."""

    service_key: str
    service: str
    given_on: date
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """A privacy notice that the person was given: which edition, in which language, how, when.

    `register`: whose notice it was; one notice may tell of several registers.
    """

    register: str
    edition: int
    language: str
    channel: str
    channel_words: str
    given_on: date


@dataclass(frozen=True, slots=True)
class RequestFact:
    """A request the person has made; `details` in the words in which it was written down."""

    reference: str
    kind: str
    received_on: date
    details: str
    outcome: str | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file in the package: its place there, and its name and form when it was stored."""

    path: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A document. `papers` and `sheets`: how much of it is on paper; that is answered on paper."""

    id: int
    type_key: str
    type: str
    service: str
    dated_on: date
    logged_on: date
    note: str
    presented_from: date | None
    presented_until: date | None
    retention: str
    last_kept_on: date | None
    destroyed_on: date | None
    files: tuple[FileFact, ...]
    papers: int
    sheets: int


@dataclass(frozen=True, slots=True)
class Omission:
    """A file that is on record and could not be put into the package."""

    document_id: int
    type: str
    dated_on: date
    reason: OmissionReason
    words: str


@dataclass(frozen=True, slots=True)
class PersonalData:
    """The copy of the data (GDPR Art. 15(3)), without the files themselves."""

    person: Person
    episodes: tuple[EpisodeFact, ...]
    consents: tuple[ConsentFact, ...]
    notices: tuple[NoticeFact, ...]
    requests: tuple[RequestFact, ...]
    documents: tuple[DocumentFact, ...]
    omissions: tuple[Omission, ...]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One handling of the person's data: when, what, what for, in which role; never by name."""

    at: datetime
    event: str
    act: str
    purpose: str
    role: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer; a part that the kind of request does not call for is None."""

    reference: str
    kind: str
    kind_words: str
    register: str
    controllers: tuple[str, ...]
    language: str
    received_on: date
    built_at: datetime
    information: tuple[Information, ...] | None
    data: PersonalData | None
    log: tuple[LogLine, ...] | None

    def to_json(self) -> str:
        """The answer as a data file: a commonly used, machine-readable form (GDPR Art. 20(1))."""
        content = {key: value for key, value in asdict(self).items() if value is not None}
        return json.dumps({"format": FORMAT, **content}, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    """Days and instants as in ISO 8601."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
