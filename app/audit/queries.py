"""Reading the log: pages of it for those who watch, and one client's entries for the client.

Entries show here once they are in sequence; a page calls `sequence_pending` first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from app.audit.events import Event, ObjectType
from app.audit.models import AuditEntry, AuditOutbox
from app.audit.payload import columns, details_of
from app.db import db

# Events of pages that showed several clients at once: their details name them.
_SHOWING = tuple(event.action for event in Event if "shown" in event.detail_keys)


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What to look for; empty fields do not restrict. `since` is included, `until` is not.

    `registers` are those the reader may see; entries that concern no register are always shown.
    """

    actor_id: int | None = None
    client_id: int | None = None
    register_id: int | None = None
    event: Event | None = None
    since: datetime | None = None
    until: datetime | None = None
    registers: frozenset[int] | None = None

    def condition(self) -> ColumnElement[bool]:
        """The filter as a condition on the entries."""
        entry = AuditEntry
        wanted: list[ColumnElement[bool]] = [true()]
        if self.actor_id is not None:
            wanted.append(entry.actor_id == self.actor_id)
        if self.client_id is not None:
            wanted.append(entry.client_id == self.client_id)
        if self.register_id is not None:
            wanted.append(entry.register_id == self.register_id)
        if self.event is not None:
            wanted.append(entry.action == self.event.action)
        if self.since is not None:
            wanted.append(entry.at >= self.since)
        if self.until is not None:
            wanted.append(entry.at < self.until)
        if self.registers is not None:
            wanted.append(or_(entry.register_id.is_(None), entry.register_id.in_(self.registers)))
        return and_(*wanted)


def entries(
    wanted: LogFilter, *, before: int | None = None, limit: int = 50
) -> Sequence[AuditEntry]:
    """Entries, newest first; `before` is the smallest `seq` of the page already seen."""
    query = select(AuditEntry).where(wanted.condition())
    if before is not None:
        query = query.where(AuditEntry.seq < before)
    return db.session.scalars(query.order_by(AuditEntry.seq.desc()).limit(limit)).all()


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something, when, and the details that the log keeps of it."""

    actor_id: int | None
    at: datetime
    details: Mapping[str, Any]


def acts_on(event: Event, object_type: ObjectType, object_id: int, limit: int = 500) -> list[Act]:
    """The last acts of one kind on one thing, newest first; those that wait for a place count."""
    # The text of an entry is canonical, so that what it is about can be looked for in it.
    about = (f'"action":"{event.action}"', f'"object":"{object_type}"', f'"object_id":{object_id},')
    waiting = (
        select(AuditOutbox.payload)
        .where(*(AuditOutbox.payload.contains(part) for part in about))
        .order_by(AuditOutbox.id.desc())
    )
    placed = (
        select(AuditEntry.payload)
        .where(
            AuditEntry.action == event.action,
            AuditEntry.object_type == object_type,
            AuditEntry.object_id == object_id,
        )
        .order_by(AuditEntry.seq.desc())
    )
    payloads = [
        *db.session.scalars(waiting.limit(limit)),
        *db.session.scalars(placed.limit(limit)),
    ]
    read = (columns(payload) for payload in payloads)
    return [
        Act(facts["actor_id"], facts["at"], details_of(payload))
        for facts, payload in zip(read, payloads, strict=True)
    ]


def client_access_log(client_id: int) -> Sequence[AuditEntry]:
    """Every entry about a client, oldest first: the answer to who has handled their data and when.

    Includes the lists and searches in which the client was shown among others. GDPR Art. 15 gives
    the client the dates and purposes; the names of employees as a rule not (CJEU C-579/21), which
    is for the caller to decide.
    """
    about = AuditEntry.client_id == client_id
    # The list is written without spaces: [17] [17,… …,17,… …,17]
    listed = (f"{left}{client_id}{right}" for left in "[," for right in ",]")
    named = and_(
        AuditEntry.action.in_(_SHOWING),
        or_(*(AuditEntry.payload.contains(part) for part in listed)),
    )
    found = db.session.scalars(select(AuditEntry).where(or_(about, named)).order_by(AuditEntry.seq))
    return [entry for entry in found if entry.client_id == client_id or _shows(entry, client_id)]


def _shows(entry: AuditEntry, client_id: int) -> bool:
    return client_id in details_of(entry.payload).get("shown", ())
