"""The text of one log entry: canonical JSON, so that the same facts always give the same bytes.

The text is hashed as it was stored; nothing ever writes it a second time from its parts.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.audit.events import Details, Event, ObjectType

VERSION = 1


class PayloadUnreadable(ValueError):
    """A stored text that is not an entry of this log."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and what an entry is about: identifiers only."""

    actor_id: int | None
    register_id: int | None = None
    client_id: int | None = None
    object_type: ObjectType | None = None
    object_id: int | None = None


def compose(
    event: Event, subject: Subject, details: Details, at: datetime, request_id: str | None
) -> str:
    """The text of an entry. `at` is an aware instant; raises `DetailsRefused` on wrong details."""
    event.check(details)
    return _canonical(
        {
            "v": VERSION,
            "at": instant_text(at),
            "actor": subject.actor_id,
            "action": event.action,
            "register": subject.register_id,
            "client": subject.client_id,
            "object": subject.object_type,
            "object_id": subject.object_id,
            "details": dict(details),
            "request": request_id,
        }
    )


def columns(payload: str) -> dict[str, Any]:
    """What the table repeats of a payload, by column name; `PayloadUnreadable` if it is none."""
    try:
        facts = json.loads(payload)
        return {
            "at": datetime.fromisoformat(facts["at"]),
            "actor_id": facts["actor"],
            "action": facts["action"],
            "register_id": facts["register"],
            "client_id": facts["client"],
            "object_type": facts["object"],
            "object_id": facts["object_id"],
        }
    except (ValueError, KeyError, TypeError) as problem:
        raise PayloadUnreadable(payload[:80]) from problem


def details_of(payload: str) -> dict[str, Any]:
    """The details of a stored entry."""
    details: dict[str, Any] = json.loads(payload)["details"]
    return details


def instant_text(at: datetime) -> str:
    """An aware instant in UTC to the microsecond, always of the same length."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _canonical(facts: dict[str, Any]) -> str:
    return json.dumps(
        facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
