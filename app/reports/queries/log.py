"""Pages of the access log: who did what and when, with clients by number, never by name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from app.accounts.models import User
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.labels import event_label, object_label
from app.audit.models import AuditCheckpoint, AuditEntry, AuditOutbox
from app.audit.payload import details_of
from app.audit.queries import LogFilter, client_access_log, entries
from app.audit.services import signer
from app.clients.models import Client
from app.clock import HELSINKI
from app.db import db
from app.documents.queries.names import people
from app.registers.editor.labels import page_label
from app.registers.editor.places import FORMS, LISTS
from app.registers.queries import register_names
from app.reports.queries.log_references import references_of
from app.reports.queries.waiting import within
from app.web.i18n import gettext as _
from app.web.problems import InputError

READERS = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
PAGE_SIZE = 50

# What tells of guessing, of curiosity or of a fault, without telling of any client.
_WATCHED = (
    Event.AUTH_FAILED,
    Event.AUTH_THROTTLED,
    Event.ACCESS_REFUSED,
    Event.ACCESS_REASON_GIVEN,
    Event.CLIENT_IDENTITY_CODE_REVEALED,
    Event.EXPORT_MADE,
    Event.DISPOSAL_FAILED,
    Event.GRANT_GIVEN,
    Event.GRANT_REVOKED,
    Event.LOG_EXPORTED,
    Event.LOG_ROLLED_BACK,
    Event.SYSTEM_RECOVERED,
)


@dataclass(frozen=True)
class LogLine:
    """An entry in words.

    `part`: what of a register was edited; `shown`: how many clients a list or a search put before
    the reader.
    """

    seq: int
    at: datetime
    who: str
    what: str
    kind: str
    reference: str
    part: str
    register: str
    client_number: int | None
    shown: int


@dataclass(frozen=True)
class LogPage:
    """A page of the log, newest first; `older` is the key of the next one."""

    lines: list[LogLine]
    older: int | None
    client_ids: list[int]


@dataclass(frozen=True)
class WeekLine:
    """An event of the last seven days with its number; `since`: the first of those days."""

    action: str
    what: str
    number: int
    since: date


@dataclass(frozen=True)
class Coverage:
    """How many entries the log has, and how many of them the newest signature covers."""

    entries: int
    covered: int

    @property
    def left(self) -> int:
        """Entries that wait for the next signature."""
        return self.entries - self.covered


def log_filter(
    actor: Actor,
    *,
    person: int | None = None,
    event: str = "",
    register_id: int | None = None,
    client_number: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> LogFilter:
    """What to look for, limited to the registers whose log the person reads; both days count.

    Raises `InputError` for a client number that does not lead to exactly one client.
    """
    return LogFilter(
        actor_id=person,
        client_id=_client_id(actor, client_number, register_id),
        register_id=register_id,
        event=Event.of(event) if event else None,
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        registers=actor.registers(*READERS),
    )


def log_page(wanted: LogFilter, before: int | None = None) -> LogPage:
    """The newest entries that are wanted, or those before entry number `before`."""
    found = _entries(wanted, before)
    shown = found[:PAGE_SIZE]
    older = shown[-1].seq if len(found) > PAGE_SIZE else None
    client_ids = {entry.client_id for entry in shown if entry.client_id is not None}
    return LogPage(_lines(shown, _client_numbers(client_ids)), older, sorted(client_ids))


def persons() -> list[tuple[int, str]]:
    """Everybody who can stand in the log, by name; those who left as well."""
    statement = select(User.id, User.display_name).order_by(User.display_name, User.id)
    return [(id_, name) for id_, name in db.session.execute(statement)]


def registers(actor: Actor) -> list[tuple[int, str]]:
    """The registers whose log the person reads."""
    granted = actor.registers(*READERS)
    return [
        (id_, name) for id_, name in register_names().items() if granted is None or id_ in granted
    ]


def may_export(actor: Actor) -> bool:
    """Whether the person reads the log of all registers as an auditor: it is exported whole."""
    return actor.has(Role.AUDITOR) and actor.registers(Role.AUDITOR) is None


def coverage() -> Coverage:
    """How far the log is signed for; entries that wait for their place in it count as well."""
    last = db.session.scalar(select(func.max(AuditEntry.seq)))
    waiting = db.session.scalar(select(func.count(AuditOutbox.id))) or 0
    covered = db.session.scalar(select(func.max(AuditCheckpoint.size)))
    return Coverage(waiting + (0 if last is None else last + 1), covered or 0)


def week(now: datetime) -> list[WeekLine]:
    """What happened in the last seven days that is worth a look, the most frequent first."""
    since = now - timedelta(days=7)
    statement = (
        select(AuditEntry.action, func.count())
        .where(AuditEntry.action.in_([event.action for event in _WATCHED]), AuditEntry.at >= since)
        .group_by(AuditEntry.action)
    )
    counted = dict(db.session.execute(statement).all())
    first = since.astimezone(HELSINKI).date()
    lines = [
        WeekLine(event.action, event_label(event), counted[event.action], first)
        for event in _WATCHED
        if event.action in counted
    ]
    return sorted(lines, key=lambda line: -line.number)


def newest_checkpoint() -> str:
    """The newest signed statement of the log's size and root; empty before the first."""
    newest = select(AuditCheckpoint.note).order_by(AuditCheckpoint.size.desc()).limit(1)
    return db.session.scalar(newest) or ""


def vkey() -> str:
    """The key with which anyone can verify a checkpoint; it is public."""
    return signer().verifier.vkey


def _client_id(actor: Actor, number: int | None, register_id: int | None) -> int | None:
    """Client numbers run in each register by themselves."""
    if number is None:
        return None
    statement = select(Client.id).where(
        Client.number == number, within(Client.register_id, actor.registers(*READERS))
    )
    if register_id is not None:
        statement = statement.where(Client.register_id == register_id)
    found = db.session.scalars(statement.limit(2)).all()
    if not found:
        raise InputError(
            "client", _("There is no client with the number %(number)s.", number=number)
        )
    if len(found) > 1:
        raise InputError(
            "client",
            _(
                "Several registers have a client with the number %(number)s. Choose the register.",
                number=number,
            ),
        )
    return found[0]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, HELSINKI)


def _entries(wanted: LogFilter, before: int | None) -> Sequence[AuditEntry]:
    """One more entry than a page holds; of a client also the lists that showed it among others."""
    if wanted.client_id is None:
        return entries(wanted, before=before, limit=PAGE_SIZE + 1)
    about = [entry.seq for entry in client_access_log(wanted.client_id)]
    query = select(AuditEntry).where(
        AuditEntry.seq.in_(about), replace(wanted, client_id=None).condition()
    )
    if before is not None:
        query = query.where(AuditEntry.seq < before)
    return db.session.scalars(query.order_by(AuditEntry.seq.desc()).limit(PAGE_SIZE + 1)).all()


def _lines(found: Sequence[AuditEntry], numbers: dict[int, int]) -> list[LogLine]:
    names = people(entry.actor_id for entry in found)
    titles = register_names()
    references = references_of(found)
    return [
        LogLine(
            seq=entry.seq,
            at=entry.at,
            who=names.get(entry.actor_id or 0, "") if entry.actor_id else _("the system"),
            what=_event_words(entry.action),
            kind=_kind(entry),
            reference=_reference(entry, references),
            part=_edited(entry),
            register=titles.get(entry.register_id or 0, ""),
            client_number=numbers.get(entry.client_id or 0),
            shown=len(details_of(entry.payload).get("shown", ())),
        )
        for entry in found
    ]


def _client_numbers(client_ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(select(Client.id, Client.number).where(Client.id.in_(client_ids)))
    return dict(rows.all())


def _event_words(action: str) -> str:
    """Entries outlive the program that wrote them: an act it no longer knows keeps its own name."""
    try:
        return event_label(Event.of(action))
    except KeyError:
        return action


def _kind(entry: AuditEntry) -> str:
    """What sort of thing the entry is about; clients have a column of their own."""
    kind = entry.object_type
    if kind is None or kind == ObjectType.CLIENT:
        return ""
    try:
        return object_label(ObjectType(kind))
    except ValueError:
        return kind


def _reference(entry: AuditEntry, references: dict[tuple[str, int], str]) -> str:
    """What the thing is called: H-12, 2026-14, or the number of what has no other name."""
    kind, number = entry.object_type, entry.object_id
    if kind is None or kind == ObjectType.CLIENT or number is None:
        return ""
    return references.get((kind, number), str(number))


def _edited(entry: AuditEntry) -> str:
    """Which part of a register was edited, and what in it; empty for every other act."""
    if entry.action != Event.REGISTER_EDITED.action:
        return ""
    details = details_of(entry.payload)
    part, member = str(details.get("part", "")), details.get("member")
    words = page_label(part) if part in (*FORMS, *LISTS) else part
    return f"{words}: {member}" if member else words
