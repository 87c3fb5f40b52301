"""What a change between two versions is: to what part, for whom it matters, and what it was."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """For whom a change matters, the widest circle first."""

    CLIENTS = "clients"
    STAFF = "staff"
    RECORD = "record"


class ChangeKind(StrEnum):
    """What happened to a part of the definition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"
    TRANSLATED = "translated"
    MERGED = "merged"
    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    STORED_OTHERWISE = "stored_otherwise"
    KEPT_LONGER = "kept_longer"
    KEPT_SHORTER = "kept_shorter"
    KEPT_OTHERWISE = "kept_otherwise"


@dataclass(frozen=True)
class Change:
    """One change, in words of the organisation that were picked when it was computed.

    `part` is the top-level key of the definition, `where` the place (`("services", "ray")`), `name`
    what people call it. `details` are lines of what was and what is: field, before, after.
    """

    kind: ChangeKind
    audience: Audience
    part: str
    where: tuple[str, ...] = ()
    name: str = ""
    details: tuple[tuple[str, str, str], ...] = ()
