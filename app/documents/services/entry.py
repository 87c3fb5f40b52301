"""Logging a document: what the register in force lets the service keep, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.calendar.periods import add_period
from app.clients.models import Client, Consent, Episode
from app.clients.queries import born_on, open_client
from app.clients.rules import START_AHEAD
from app.db import transaction
from app.documents.models import CustodyEvent, Document, Item, Location
from app.documents.rules import CustodyKind
from app.documents.services.clocks import set_dates
from app.documents.services.uploads import (
    StoredFile,
    Upload,
    checked_type,
    keep_file,
    keep_note,
    withdraw_unless_committed,
)
from app.files.media_types import MediaType
from app.registers.definitions import Medium, RegisterDefinition, StorageRule
from app.registers.models import RegisterVersion
from app.registers.queries import definition_of, version_in_force
from app.retention.queries import current_rule_version
from app.web.i18n import gettext as _
from app.web.i18n import pick
from app.web.problems import Conflict, InputError, NotFound

NOTE_MAX = 500
SHEETS_MAX = 9999


@dataclass(frozen=True)
class _Entry:
    """What the person says about the document."""

    document_type_key: str
    media: frozenset[str]
    dated_on: date
    upload: Upload | None
    media_type: MediaType | None
    location_id: int | None
    holder_id: int | None
    sheets: int | None
    note: str | None
    presented_from: date | None
    presented_until: date | None


@dataclass(frozen=True)
class _Setting:
    """Where the document belongs: the client, the service and what the register says of them."""

    client: Client
    episode: Episode
    version: RegisterVersion
    definition: RegisterDefinition
    rule: StorageRule


def log_document(
    actor: Actor,
    *,
    episode_id: int,
    document_type_key: str,
    media: Collection[str],
    dated_on: date,
    upload: Upload | None = None,
    location_id: int | None = None,
    holder_id: int | None = None,
    sheets: int | None = None,
    note: str | None = None,
    presented_from: date | None = None,
    presented_until: date | None = None,
) -> Document:
    """Log a document of an episode with its items: a file, paper, both, or neither if only shown.

    Raises `InputError` naming the field and the rule it breaks, `NotFound` for an unknown episode,
    `NotPermitted`, `ReasonNeeded` outside the own caseload. When anything fails, the uploaded file
    and the new keys are gone again. Source of the limits: the register version in force (GDPR Art.
    5(1)(b) and (c): what the register does not name is not collected).
    """
    entry = _Entry(
        document_type_key,
        frozenset(media),
        dated_on,
        upload,
        checked_type(upload) if upload else None,
        location_id,
        holder_id,
        sheets,
        (note or "").strip() or None,
        presented_from,
        presented_until,
    )
    stored: list[StoredFile] = []
    try:
        with transaction() as session:
            return _log(session, actor, episode_id, entry, stored)
    except BaseException:
        withdraw_unless_committed(stored)
        raise


def _log(
    session: Session, actor: Actor, episode_id: int, entry: _Entry, stored: list[StoredFile]
) -> Document:
    setting = _setting(session, actor, episode_id, entry.document_type_key)
    _check_consent(session, setting)
    birth = born_on(setting.client)
    _check_day(entry, birth)
    if setting.rule.presentation_only:
        _check_presented(entry, birth)
    else:
        _check_media(setting, entry)
        _check_paper(session, actor, setting, entry)
    document = _document(actor, setting, entry)
    session.add(document)
    session.flush()
    if entry.note:
        keep_note(entry.note, setting.client, document, stored)
    if entry.upload is not None and entry.media_type is not None:
        session.add(keep_file(entry.upload, entry.media_type, setting.client, document, stored))
    if Medium.MAN in entry.media:
        _add_paper(session, actor, document, entry)
    consents = _consents(session, setting)
    set_dates(document, setting.client.episodes, consents)
    record(
        Event.DOCUMENT_LOGGED,
        actor_id=actor.user_id,
        register_id=document.register_id,
        client_id=document.client_id,
        object_type=ObjectType.DOCUMENT,
        object_id=document.id,
        details={"document_type": document.document_type_key, "media": sorted(entry.media)},
    )
    return document


def _setting(session: Session, actor: Actor, episode_id: int, type_key: str) -> _Setting:
    # Locked as `end_episode` locks them: of a document logged beside the end of a service, one of
    # the two acts sees the other, and the clock starts.
    episode = session.get(Episode, episode_id, with_for_update=True)
    if episode is None:
        raise NotFound(episode_id)
    client = episode.client
    actor.require(client.register_id, Role.STAFF)
    open_client(actor, client.id)
    session.refresh(client, with_for_update=True)
    version = version_in_force(client.register_id, clock.today())
    if version is None:
        raise Conflict(_("The register has no published version, so nothing can be logged in it."))
    definition = definition_of(version.id)
    rule = definition.storage_rule(episode.service_key, type_key)
    if rule is None:
        raise InputError(
            "document_type_key",
            _(
                "The register (version %(version)s) does not let this service keep such a document."
                " Choose one of the types it names, or ask the register owner.",
                version=version.number,
            ),
        )
    return _Setting(client, episode, version, definition, rule)


def _check_consent(session: Session, setting: _Setting) -> None:
    """GDPR Art. 6(1)(a) and 7(3): without a valid consent nothing more is collected."""
    service = setting.definition.service(setting.episode.service_key)
    if not service.consent_required:
        return
    if all(consent.withdrawn_on is not None for consent in _consents(session, setting)):
        raise InputError(
            None,
            _(
                "%(service)s needs the client's separate consent, and there is no valid one."
                " Record the consent first.",
                service=pick(service.name),
            ),
        )


def _consents(session: Session, setting: _Setting) -> list[Consent]:
    statement = select(Consent).where(
        Consent.client_id == setting.client.id, Consent.service_key == setting.episode.service_key
    )
    return list(session.scalars(statement))


def _check_day(entry: _Entry, birth: date) -> None:
    """A clock may start from the day: a mistyped year would make the document due at once."""
    if entry.dated_on > clock.today():
        raise InputError("dated_on", _("The document cannot be dated in the future."))
    if entry.dated_on < birth:
        raise InputError(
            "dated_on",
            _("The document cannot be dated before the client was born. Check the year."),
        )
    if entry.note and len(entry.note) > NOTE_MAX:
        raise InputError("note", _("Shorten the note to %(max)s characters at most.", max=NOTE_MAX))


def _check_presented(entry: _Entry, birth: date) -> None:
    """The register lets this document be looked at: its duration is noted, nothing is kept."""
    if entry.media or entry.upload or entry.note or entry.location_id or entry.holder_id:
        raise InputError(
            "upload",
            _(
                "This document is only shown: the register lets you note its duration and keep"
                " nothing else of it."
            ),
        )
    if entry.presented_from is None or entry.presented_until is None:
        field = "presented_until" if entry.presented_from else "presented_from"
        raise InputError(field, _("Give the first and the last day that the document covers."))
    if entry.presented_until < entry.presented_from:
        raise InputError("presented_until", _("The last day cannot be before the first day."))
    if entry.presented_from < birth:
        raise InputError(
            "presented_from",
            _("The first day cannot be before the client was born. Check the year."),
        )
    if entry.presented_until > add_period(clock.today(), START_AHEAD):
        raise InputError(
            "presented_until", _("The last day cannot be more than a year ahead. Check the year.")
        )


def _check_media(setting: _Setting, entry: _Entry) -> None:
    allowed = {str(medium) for medium in setting.rule.media}
    if not entry.media:
        raise InputError("media", _("Choose how the document is kept."))
    if not entry.media <= allowed:
        raise InputError(
            "media",
            _(
                "The register (version %(version)s) does not allow this medium for the document.",
                version=setting.version.number,
            ),
        )
    if entry.presented_from or entry.presented_until:
        raise InputError("presented_from", _("Only a document that is shown has a duration."))
    if (Medium.ATK in entry.media) != (entry.upload is not None):
        message = _("Choose the file.") if entry.upload is None else _("Tick “file” as well.")
        raise InputError("upload", message)


def _check_paper(session: Session, actor: Actor, setting: _Setting, entry: _Entry) -> None:
    """Paper is somewhere: in a place of the register, or with the person who logs it."""
    placed = entry.location_id is not None or entry.holder_id is not None
    if Medium.MAN not in entry.media:
        if placed or entry.sheets is not None:
            raise InputError("media", _("Tick “paper” when there is a paper, or empty its fields."))
        return
    if not placed:
        raise InputError("location_id", _("Say where the paper is, or that you hold it yourself."))
    if entry.holder_id not in (None, actor.user_id):
        # Somebody else's custody begins with that person's own acknowledgement.
        raise InputError(
            "holder_id", _("Log the paper to yourself, then hand it over to the other person.")
        )
    location = session.get(Location, entry.location_id) if entry.location_id else None
    if entry.location_id and (
        location is None or location.register_id != setting.client.register_id
    ):
        raise InputError("location_id", _("Choose one of the locations of this register."))
    if entry.sheets is not None and not 1 <= entry.sheets <= SHEETS_MAX:
        raise InputError(
            "sheets", _("Give a number of sheets between 1 and %(max)s.", max=SHEETS_MAX)
        )


def _document(actor: Actor, setting: _Setting, entry: _Entry) -> Document:
    client, rule = setting.client, setting.rule
    rule_version = current_rule_version(rule.retention_rule) if rule.retention_rule else None
    return Document(
        register_id=client.register_id,
        client_id=client.id,
        episode_id=setting.episode.id,
        register_version_id=setting.version.id,
        service_key=setting.episode.service_key,
        document_type_key=entry.document_type_key,
        dated_on=entry.dated_on,
        presented_from=entry.presented_from,
        presented_until=entry.presented_until,
        retention_rule_version_id=rule_version.id if rule_version else None,
        state="active",
        logged_at=clock.now(),
        logged_by_id=actor.user_id,
    )


def _add_paper(session: Session, actor: Actor, document: Document, entry: _Entry) -> None:
    now = clock.now()
    item = Item(
        document_id=document.id,
        medium=Medium.MAN.value,
        location_id=entry.location_id,
        holder_id=entry.holder_id,
        sheets=entry.sheets,
        created_at=now,
    )
    session.add(item)
    session.flush()
    session.add(
        CustodyEvent(
            item_id=item.id,
            kind=CustodyKind.RECEIVED,
            at=now,
            by_user_id=actor.user_id,
            holder_id=entry.holder_id,
            location_id=entry.location_id,
        )
    )
