"""Notices as given out: each publication archives the notice it makes, byte for byte."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.events import Event
from app.audit.services import record
from app.config import settings
from app.db import transaction
from app.registers import editions, queries
from app.registers.definitions import RegisterDefinition
from app.registers.definitions.vocabulary import Capacity
from app.registers.models import NoticeEdition, NoticeFile, Register, RegisterVersion
from app.registers.notice import Changes, build_notice, notice_html, notice_pdf
from app.retention.policies import RetentionPolicy
from app.retention.queries import rules_in_force
from app.web.i18n import LANGUAGES, format_date, language
from app.web.i18n import gettext as _


def archive_notices(
    session: Session, version: RegisterVersion, actor_id: int | None
) -> list[NoticeEdition]:
    """Make the editions that follow from a version just published, in the caller's transaction.

    The register's own notice, or that of the register which covers it; and the own notice of
    registers that the version does not cover any more. Where versions that are already published
    come into force later, their notices are made again, so that what is to come is true as well.
    """
    assert version.in_force_from is not None
    made = []
    for register_id in _tellers(session, version):
        for day in _days(session, register_id, version.in_force_from):
            edition = _archive(session, register_id, day, version, actor_id)
            made += [edition] if edition is not None else []
    return made


def make_missing_editions() -> int:
    """Archive the notices of versions that were published before notices were: how many.

    Safe to repeat; the editions say from when they were in force, and that they were made now.
    """
    made = 0
    with transaction() as session:
        done = select(NoticeEdition.cause_version_id)
        missing = session.scalars(
            select(RegisterVersion)
            .where(RegisterVersion.state == "published", RegisterVersion.id.not_in(done))
            .order_by(RegisterVersion.published_at, RegisterVersion.id)
        ).all()
        for version in missing:
            made += len(archive_notices(session, version, None))
    return made


def _tellers(session: Session, version: RegisterVersion) -> Iterator[int]:
    """The registers whose notice changes: the version's own or its teller's, and those it left."""
    assert version.in_force_from is not None
    definition = queries.parse_definition(version.content)
    teller = editions.covering(definition.key, version.in_force_from)
    yield teller.id if teller is not None else version.register_id
    before = session.scalar(
        select(RegisterVersion)
        .where(
            RegisterVersion.register_id == version.register_id,
            RegisterVersion.state == "published",
            RegisterVersion.number < version.number,
        )
        .order_by(RegisterVersion.number.desc())
        .limit(1)
    )
    if before is not None:
        left = set(queries.parse_definition(before.content).notice.covers)
        for key in sorted(left - set(definition.notice.covers)):
            yield queries.register_id_of(key)


def _days(session: Session, register_id: int, since: date) -> list[date]:
    """The days from `since` on which the notice of a register says something else."""
    told = editions.told_registers(register_id, since)
    starts = session.scalars(
        select(RegisterVersion.in_force_from)
        .where(
            RegisterVersion.register_id.in_(told),
            RegisterVersion.state == "published",
            RegisterVersion.in_force_from > since,
        )
        .distinct()
    )
    return sorted({since, *(day for day in starts if day is not None)})


def _archive(
    session: Session, register_id: int, day: date, cause: RegisterVersion, actor_id: int | None
) -> NoticeEdition | None:
    """One edition from a day on; None where there is nothing to tell, or nobody to tell it to."""
    register = session.get_one(Register, register_id, with_for_update=True)
    version = queries.version_in_force(register_id, day)
    if version is None:
        return None
    definition = queries.parse_definition(version.content)
    if definition.capacity is Capacity.PROCESSOR:
        # The controllers tell the people; a processor has nothing of its own to tell (Art. 13(1)).
        return None
    edition = NoticeEdition(
        register_id=register.id,
        number=editions.highest_number(register.id) + 1,
        version_id=version.id,
        cause_version_id=cause.id,
        in_force_from=day,
        tells_clients=True,
        created_at=clock.now(),
        files=[],
    )
    edition.files = list(_files(edition, version, definition))
    session.add(edition)
    session.flush()
    _record(edition, actor_id)
    return edition


def _files(
    edition: NoticeEdition, version: RegisterVersion, definition: RegisterDefinition
) -> Iterator[NoticeFile]:
    covered = editions.covered_by(definition, edition.in_force_from)
    policies: dict[str, RetentionPolicy] = {r.policy.key: r.policy for r in rules_in_force()}
    organisation = settings().organisation
    changes: Changes | None = None
    for code in LANGUAGES:
        with language(code):
            notice = build_notice(definition, policies, covered)
            line = edition_line(edition.number, edition.in_force_from, version.number)
            page = notice_html(notice, version=line, organisation=organisation, changes=changes)
            printed = notice_pdf(notice, version=line, organisation=organisation, changes=changes)
        for media_type, content in ((editions.HTML, page), (editions.PDF, printed)):
            yield NoticeFile(
                language=code,
                media_type=media_type,
                content=content,
                sha256=sha256(content).hexdigest(),
            )


def edition_line(number: int, in_force_from: date, version: int) -> str:
    """Which edition this is, in the language in use."""
    return _(
        "Edition %(number)s, in force from %(day)s (register version %(version)s)",
        number=number,
        day=format_date(in_force_from),
        version=version,
    )


def _record(edition: NoticeEdition, actor_id: int | None) -> None:
    record(
        Event.NOTICE_ARCHIVED,
        actor_id=actor_id,
        register_id=edition.register_id,
        object_type="notice_edition",
        object_id=edition.id,
        details={
            "edition": edition.number,
            "hashes": [file.sha256 for file in edition.files],
        },
    )
