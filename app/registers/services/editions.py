"""Notices as given out: each publication archives the notice it makes, byte for byte."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.config import settings
from app.db import transaction
from app.registers import editions, queries
from app.registers.definitions import RegisterDefinition
from app.registers.definitions.vocabulary import Capacity
from app.registers.models import NoticeEdition, NoticeFile, Register, RegisterVersion
from app.registers.notice import (
    Told,
    build_notice,
    changes_between,
    notice_html,
    notice_pdf,
)
from app.retention.policies import PolicySet
from app.retention.queries import rules_in_force, rules_known
from app.web.i18n import format_date, language
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
    for register_id in _tellers(version):
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


def renew_editions(as_of: date) -> int:
    """Archive the notices whose periods a retention rule has changed since they were made.

    The periods of a notice follow the rules, which change without a new version of the register:
    those in force and those to come are made again. Gives how many.
    """
    made = 0
    with transaction() as session:
        for register_id in queries.register_keys():
            for day in _days(session, register_id, as_of):
                edition = editions.current_edition(editions.editions(register_id), day)
                version = queries.version_in_force(register_id, day)
                if edition is None or version is None or edition.version_id != version.id:
                    continue
                if _has_other_periods(edition, version, day):
                    made += _archive(session, register_id, day, version, None) is not None
    return made


def _has_other_periods(edition: editions.Edition, version: RegisterVersion, day: date) -> bool:
    known = PolicySet.of(rules_known(edition.created_at))
    now = _told(queries.parse_definition(version.content), day)
    definition, *covered = now.registers.values()
    was = build_notice(definition, known.policies, covered)
    return was != build_notice(definition, now.policies.policies, covered)


def _tellers(version: RegisterVersion) -> Iterator[int]:
    """The registers whose notice changes: the version's own or its teller's, and those it left."""
    assert version.in_force_from is not None
    definition = queries.parse_definition(version.content)
    teller = editions.covering(definition.key, version.in_force_from)
    own = teller.id if teller is not None else version.register_id
    yield own
    yield from sorted(editions.covering_later(definition.key, version.in_force_from) - {own})
    before = queries.version_before(version)
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
    if version is None or editions.covering(register.key, day) is not None:
        return None
    definition = queries.parse_definition(version.content)
    if definition.capacity is Capacity.PROCESSOR:
        # The controllers tell the people; a processor has nothing of its own to tell (Art. 13(1)).
        return None
    now = _told(definition, day)
    before = _told_before(register.id, day, cause)
    edition = NoticeEdition(
        register_id=register.id,
        number=editions.highest_number(register.id) + 1,
        version_id=version.id,
        cause_version_id=cause.id,
        in_force_from=day,
        tells_clients=before is None or changes_between(before, now) is not None,
        created_at=clock.now(),
        files=[],
    )
    edition.files = list(_files(edition, now, before))
    session.add(edition)
    session.flush()
    _record(edition, actor_id)
    return edition


def _told(definition: RegisterDefinition, day: date) -> Told:
    covered = editions.covered_by(definition, day)
    registers = {register.key: register for register in (definition, *covered)}
    return Told(registers, PolicySet.of(rule.policy for rule in rules_in_force()))


def _told_before(register_id: int, day: date, cause: RegisterVersion) -> Told | None:
    """What the edition that was in force until `day` rested on; None before the first one.

    One that would begin on a day to come has told nobody anything: what is made in its stead is
    compared with the edition of the day before. Of the registers that an edition covered, only the
    one whose version is the cause has changed since, unless the edition rests on that already.
    """
    is_to_come = day > clock.today()
    until = day - timedelta(days=1) if is_to_come else day
    edition = editions.current_edition(editions.editions(register_id), until)
    if edition is None:
        return None
    definition = queries.definition_of(edition.version_id)
    registers = {register.key: register for register in _told(definition, until).registers.values()}
    if cause.register_id != register_id and not (is_to_come and day != cause.in_force_from):
        changed = queries.parse_definition(cause.content).key
        earlier = queries.version_before(cause)
        if earlier is None:
            registers.pop(changed, None)
        elif changed in registers:
            registers[changed] = queries.parse_definition(earlier.content)
    return Told(registers, PolicySet.of(rules_known(edition.created_at)))


def _files(edition: NoticeEdition, now: Told, before: Told | None) -> Iterator[NoticeFile]:
    definition, *covered = now.registers.values()
    organisation = settings().organisation
    languages = [each.value for each in definition.languages]
    for code in languages:
        with language(code):
            notice = build_notice(definition, now.policies.policies, covered)
            changes = changes_between(before, now)
            line = edition_line(edition.number, edition.in_force_from)
            page = notice_html(
                notice,
                version=line,
                organisation=organisation,
                changes=changes,
                languages=languages,
            )
            printed = notice_pdf(notice, version=line, organisation=organisation, changes=changes)
        for media_type, content in ((editions.HTML, page), (editions.PDF, printed)):
            yield NoticeFile(
                language=code,
                media_type=media_type,
                content=content,
                sha256=sha256(content).hexdigest(),
            )


def edition_line(number: int, in_force_from: date) -> str:
    """Which edition this is and since when, as the public reads it in the language in use.

    The number leads to the edition, and so to its hash and the register version, on the public
    page and in the log.
    """
    return _(
        "In force from %(day)s. Edition %(number)s of this notice.",
        number=number,
        day=format_date(in_force_from),
    )


def _record(edition: NoticeEdition, actor_id: int | None) -> None:
    record(
        Event.NOTICE_ARCHIVED,
        actor_id=actor_id,
        register_id=edition.register_id,
        object_type=ObjectType.NOTICE_EDITION,
        object_id=edition.id,
        details={
            "edition": edition.number,
            "hashes": [file.sha256 for file in edition.files],
        },
    )
