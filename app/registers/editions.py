"""Reads of notices as they were given out: editions of a register, their files, who covers whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Select, exists, func, select

from app import clock
from app.db import db
from app.registers import queries
from app.registers.definitions import RegisterDefinition
from app.registers.models import NoticeEdition, NoticeFile, Register, RegisterVersion
from app.retention.policies import PolicySet
from app.retention.queries import rules_in_force, rules_known
from app.web.problems import NotFound

HTML = "text/html"
PDF = "application/pdf"
MEDIA_TYPES = {"html": HTML, "pdf": PDF}


class NoticeTampered(RuntimeError):
    """A stored file is not the one that was archived: its hash differs. It is not served."""

    def __init__(self, file_id: int) -> None:
        super().__init__(file_id)
        self.file_id = file_id


@dataclass(frozen=True)
class Edition:
    """An edition without its files' contents. `files`: hash by language and media type."""

    id: int
    register_id: int
    number: int
    version_id: int
    in_force_from: date
    tells_clients: bool
    created_at: datetime
    files: tuple[tuple[str, str, str], ...]

    @property
    def published_on(self) -> date:
        """The day in Finland on which it was made."""
        return self.created_at.astimezone(clock.HELSINKI).date()


@dataclass(frozen=True)
class Teller:
    """A register whose notice tells of another one."""

    register_id: int
    key: str
    version: int
    definition: RegisterDefinition


@dataclass(frozen=True)
class Telling:
    """The newest edition in force that says something new to clients."""

    register_id: int
    number: int
    in_force_from: date


@dataclass(frozen=True)
class PublicNotice:
    """A register as its public page shows it: the definition in force, the editions by time.

    `told_by`: key of the register whose notice tells of this one now; None for its own.
    `languages`: those in which there are notices to read, the leading one first, never none;
    `told_by_languages`: of them those of the other register's notice.
    """

    register_id: int
    key: str
    definition: RegisterDefinition
    current: Edition | None
    coming: tuple[Edition, ...]
    past: tuple[Edition, ...]
    told_by: str | None
    told_by_definition: RegisterDefinition | None
    languages: tuple[str, ...]
    told_by_languages: tuple[str, ...]


def covering(key: str, day: date) -> Register | None:
    """The register whose notice tells of the register `key` on a day; None when its own does."""
    for register in db.session.scalars(_possible_tellers(key)):
        version = queries.version_in_force(register.id, day)
        if version is not None and key in queries.parse_definition(version.content).notice.covers:
            return register
    return None


def covering_definition(key: str, day: date) -> RegisterDefinition | None:
    """The definition on a day of the register whose notice tells of `key`; None for its own."""
    found = covering(key, day)
    version = queries.version_in_force(found.id, day) if found is not None else None
    return queries.parse_definition(version.content) if version is not None else None


def covering_later(key: str, day: date) -> set[int]:
    """The registers whose notice will tell of the register `key` after a day, as published."""
    later = (
        select(RegisterVersion)
        .where(RegisterVersion.state == "published", RegisterVersion.in_force_from > day)
        .where(RegisterVersion.content.contains('"covers":'))
    )
    return {
        version.register_id
        for version in db.session.scalars(later)
        if key in queries.parse_definition(version.content).notice.covers
    }


def _possible_tellers(key: str) -> Select[Register]:
    """Most organisations have no notice of several registers: then nothing comes of this read."""
    covers = exists().where(
        RegisterVersion.register_id == Register.id,
        RegisterVersion.state == "published",
        RegisterVersion.content.contains('"covers":'),
    )
    return select(Register).where(Register.key != key, covers).order_by(Register.id)


def teller_of(register_id: int, day: date) -> Teller | None:
    """The other register in whose notice this one is told of on a day; None when in its own."""
    key = queries.register_keys().get(register_id)
    found = covering(key, day) if key is not None else None
    version = queries.version_on(found.id, day) if found is not None else None
    if found is None or version is None:
        return None
    definition = queries.parse_definition(version.content)
    return Teller(found.id, found.key, version.number, definition)


def covered_by(definition: RegisterDefinition, day: date) -> tuple[RegisterDefinition, ...]:
    """The other registers of which the definition's notice tells, as they are on a day.

    One that has not been published is left out: nothing can be told of it yet.
    """
    versions = [queries.version_on(id_, day) for id_ in _ids_of(definition.notice.covers)]
    return tuple(queries.parse_definition(v.content) for v in versions if v is not None)


def notice_register(register_id: int, day: date) -> int:
    """The register whose notice tells of this one on a day: itself, or the one that covers it."""
    key = queries.register_keys().get(register_id)
    if key is None:
        raise NotFound(register_id)
    found = covering(key, day)
    return found.id if found is not None else register_id


def told_registers(register_id: int, day: date) -> tuple[int, ...]:
    """The registers of which this register's notice tells on a day, itself first."""
    version = queries.version_on(register_id, day)
    if version is None:
        return (register_id,)
    covers = queries.parse_definition(version.content).notice.covers
    return (register_id, *_ids_of(covers))


def _ids_of(keys: Sequence[str]) -> list[int]:
    """The registers with these keys, in their order; a key may be of none that is here."""
    ids = {key: id_ for id_, key in queries.register_keys().items()}
    return [ids[key] for key in keys if key in ids]


def editions(register_id: int) -> list[Edition]:
    """All editions of a register's notice, newest first, without their contents."""
    found = db.session.scalars(
        select(NoticeEdition)
        .where(NoticeEdition.register_id == register_id)
        .order_by(NoticeEdition.number.desc())
    ).all()
    files = _files([edition.id for edition in found])
    return [_edition(edition, files.get(edition.id, ())) for edition in found]


def _files(edition_ids: Sequence[int]) -> dict[int, tuple[tuple[str, str, str], ...]]:
    found: dict[int, list[tuple[str, str, str]]] = {}
    statement = (
        select(NoticeFile.edition_id, NoticeFile.language, NoticeFile.media_type, NoticeFile.sha256)
        .where(NoticeFile.edition_id.in_(edition_ids))
        .order_by(NoticeFile.id)
    )
    for edition_id, language, media_type, digest in db.session.execute(statement):
        found.setdefault(edition_id, []).append((language, media_type, digest))
    return {edition_id: tuple(files) for edition_id, files in found.items()}


def _edition(edition: NoticeEdition, files: tuple[tuple[str, str, str], ...]) -> Edition:
    return Edition(
        edition.id,
        edition.register_id,
        edition.number,
        edition.version_id,
        edition.in_force_from,
        edition.tells_clients,
        edition.created_at,
        files,
    )


def editions_for(register_id: int, day: date) -> list[Edition]:
    """The editions that tell of a register: those of the notice that covers it, and its own.

    Its own stay in the list, because people were given them before.
    """
    teller = notice_register(register_id, day)
    own = editions(register_id) if teller != register_id else []
    return [*editions(teller), *own]


def telling(register_id: int, day: date) -> Telling | None:
    """What clients of a register have to have been told by a day; None before the first notice."""
    teller = notice_register(register_id, day)
    row = db.session.execute(
        select(NoticeEdition.number, NoticeEdition.in_force_from)
        .where(
            NoticeEdition.register_id == teller,
            NoticeEdition.tells_clients,
            NoticeEdition.in_force_from <= day,
        )
        .order_by(NoticeEdition.number.desc())
        .limit(1)
    ).first()
    return Telling(teller, row.number, row.in_force_from) if row is not None else None


def rules_told(version: RegisterVersion) -> PolicySet:
    """The retention rules by which the newest notice of a version was made; before one, today's."""
    made = db.session.scalar(
        select(func.max(NoticeEdition.created_at)).where(NoticeEdition.version_id == version.id)
    )
    if made is None:
        return PolicySet.of(rule.policy for rule in rules_in_force())
    return PolicySet.of(rules_known(made))


def current_edition(found: Sequence[Edition], day: date) -> Edition | None:
    """Of the editions, the one in force on a day: the latest start, then the newest."""
    begun = [edition for edition in found if edition.in_force_from <= day]
    return max(begun, key=lambda e: (e.in_force_from, e.number)) if begun else None


def coming_editions(found: Sequence[Edition], day: date) -> tuple[Edition, ...]:
    """Of the editions, newest first, those that begin after a day: the next to begin first.

    One that was made again before it begins is no longer to come: the newest of its day is.
    """
    newest = {edition.in_force_from: edition for edition in reversed(found)}
    return tuple(newest[start] for start in sorted(newest) if start > day)


def public_notice(key: str, day: date) -> PublicNotice:
    """A register's public page. Raises `NotFound` for a register that has published nothing."""
    register_id = queries.register_id_of(key)
    version = queries.version_on(register_id, day)
    found = editions(register_id)
    teller = covering(key, day)
    if version is None or not (found or teller):
        raise NotFound(key)
    # What another notice tells of now, this register's own told before.
    current = current_edition(found, day) if teller is None else None
    coming = coming_editions(found, day)
    past = tuple(e for e in found if e is not current and e not in coming)
    other = queries.version_on(teller.id, day) if teller is not None else None
    told_by_definition = queries.parse_definition(other.content) if other is not None else None
    in_other = languages_of(editions(teller.id), day) if teller is not None else ()
    if told_by_definition is not None and not in_other:
        in_other = tuple(code.value for code in told_by_definition.languages)
    return PublicNotice(
        register_id,
        key,
        queries.parse_definition(version.content),
        current,
        coming,
        past,
        teller.key if teller is not None else None,
        told_by_definition,
        tuple(dict.fromkeys((*in_other, *languages_of(found, day)))),
        in_other,
    )


def languages_of(found: Sequence[Edition], day: date) -> tuple[str, ...]:
    """The languages of all editions; those of the one in force first, in its order."""
    current = current_edition(found, day)
    in_order = sorted(found, key=lambda edition: edition is not current)
    return tuple(dict.fromkeys(code for each in in_order for code, *_rest in each.files))


def public_notices(day: date) -> list[PublicNotice]:
    """The public pages of all registers that have published a notice, or are told of in one."""
    found = []
    for key in queries.register_keys().values():
        try:
            found.append(public_notice(key, day))
        except NotFound:
            continue
    return found


def edition_file(key: str, number: int, language: str, media_type: str) -> NoticeFile:
    """An archived file. Raises `NotFound`, and `NoticeTampered` when its hash is another."""
    found = db.session.scalar(
        select(NoticeFile)
        .join(NoticeEdition, NoticeEdition.id == NoticeFile.edition_id)
        .join(Register, Register.id == NoticeEdition.register_id)
        .where(
            Register.key == key,
            NoticeEdition.number == number,
            NoticeFile.language == language,
            NoticeFile.media_type == media_type,
        )
    )
    if found is None:
        raise NotFound(key)
    if sha256(found.content).hexdigest() != found.sha256:
        raise NoticeTampered(found.id)
    return found


def highest_number(register_id: int) -> int:
    """The number of the newest edition; 0 before the first."""
    statement = select(func.max(NoticeEdition.number)).where(
        NoticeEdition.register_id == register_id
    )
    return db.session.scalar(statement) or 0
