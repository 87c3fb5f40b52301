"""Versions of registers: a draft is proposed by one person and published by another."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.db import transaction
from app.registers.models import Register, RegisterVersion
from app.registers.services.editing import EDITORS
from app.registers.services.editions import archive_notices
from app.registers.settling import open_serious
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.i18n import ngettext as _n
from app.web.problems import Conflict, InputError, NotFound

# Days between publication and the day from which a version rules; the first may be older.
LONGEST_NOTICE = 366


def propose(actor: Actor, version_id: int) -> RegisterVersion:
    """Put a draft up for publication. From here on its content does not change."""
    with transaction() as session:
        version = _version(session, version_id)
        actor.require(version.register_id, *EDITORS)
        if version.state != "draft":
            raise Conflict(_("Only a draft can be proposed; this version is not one any more."))
        version.state = "proposed"
        version.proposed_by_id = actor.user_id
        version.proposed_at = clock.now()
        _record_step(Event.REGISTER_PROPOSED, actor, version)
    return version


def publish(
    actor: Actor,
    version_id: int,
    in_force_from: date,
    acknowledged: int = 0,
    seen: str | None = None,
) -> RegisterVersion:
    """Publish a proposed version from a day on; another person than the one who proposed it.

    `seen`: the hash of the content that the person read; one that was returned, changed and
    proposed again since is not what this person publishes. None where it was read just now.

    `acknowledged`: how many serious findings the person knows to be open. They stop no publication,
    but nobody publishes without knowing of them: another number than that of now is refused.
    The privacy notice it makes is archived with it, or neither is kept.
    """
    with transaction() as session:
        version = _version(session, version_id)
        actor.require(version.register_id, Role.DATA_PROTECTION_OFFICER)
        if version.state != "proposed":
            raise Conflict(_("Only a proposed version can be published."))
        if version.proposed_by_id == actor.user_id:
            raise InputError(
                None, _("You proposed this version yourself: another person must publish it.")
            )
        if seen not in (None, version.content_hash):
            message = _(
                "The version has been changed since you opened it. Read what changes now, and "
                "publish it then."
            )
            raise InputError(None, message)
        # One publication of a register at a time: the day and the notice rest on the others.
        session.get_one(Register, version.register_id, with_for_update=True)
        _check_start(session, version, in_force_from)
        serious = len(open_serious(version))
        _check_acknowledged(acknowledged, serious)
        version.state = "published"
        version.published_by_id = actor.user_id
        version.published_at = clock.now()
        version.in_force_from = in_force_from
        session.flush()
        _record_step(Event.REGISTER_PUBLISHED, actor, version, serious_findings=serious)
        archive_notices(session, version, actor.user_id)
    return version


def return_to_draft(actor: Actor, version_id: int) -> RegisterVersion:
    """Take a proposed version back for changes: the proposer, or the one who would publish."""
    with transaction() as session:
        version = _version(session, version_id)
        actor.require(version.register_id, *EDITORS)
        if version.state != "proposed":
            raise Conflict(_("This version is not waiting for publication."))
        version.state = "draft"
        version.proposed_by_id = version.proposed_at = None
        _record_step(Event.REGISTER_RETURNED, actor, version)
    return version


def _check_start(session: Session, version: RegisterVersion, in_force_from: date) -> None:
    last = session.scalar(
        select(RegisterVersion)
        .where(
            RegisterVersion.register_id == version.register_id,
            RegisterVersion.state == "published",
        )
        .order_by(RegisterVersion.in_force_from.desc(), RegisterVersion.number.desc())
        .limit(1)
    )
    earlier = last.in_force_from if last is not None else None
    if last is not None and earlier is not None and in_force_from < earlier:
        message = _(
            "Version %(number)s begins on %(day)s: choose that day or a later one.",
            number=last.number,
            day=format_date(earlier),
        )
        raise InputError("in_force_from", message)
    too_far = (in_force_from - clock.today()).days > LONGEST_NOTICE
    too_old = earlier is not None and (clock.today() - in_force_from).days > LONGEST_NOTICE
    if too_far or too_old:
        raise InputError("in_force_from", _("Choose a day within a year from today."))


def _check_acknowledged(acknowledged: int, serious: int) -> None:
    if serious in {0, acknowledged}:
        return
    raise InputError(
        "acknowledged",
        _n(
            "%(num)s serious finding is open. Settle it, or confirm that you know of it and "
            "publish the version all the same.",
            "%(num)s serious findings are open. Settle them, or confirm that you know of them and "
            "publish the version all the same.",
            serious,
        ),
    )


def _version(session: Session, version_id: int) -> RegisterVersion:
    version = session.get(RegisterVersion, version_id, with_for_update=True)
    if version is None:
        raise NotFound(version_id)
    return version


def _record_step(event: Event, actor: Actor, version: RegisterVersion, **counts: int) -> None:
    record(
        event,
        actor_id=actor.user_id,
        register_id=version.register_id,
        object_type=ObjectType.REGISTER_VERSION,
        object_id=version.id,
        details={"version": version.number, **counts},
    )
