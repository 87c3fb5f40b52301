"""What tells the members of a list apart while two people edit it.

Most members have a key. Storage rules are told apart by their pair, rights by the right. The rest
have only their place and what they say: whoever edits one sends along what the whole list said, so
that a member that somebody else has changed meanwhile is told from one that is gone.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.registers.definitions.consistency import KEYED_LISTS

_FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(KEYED_LISTS, ("key",)),
    "storage_rules": ("service", "document_type"),
    "rights": ("right",),
}


def digest(value: object) -> str:
    """Tells whether a value is the one that a form was made from."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


# The digest of a member that is not there.
ABSENT = digest(None)


def addresses(part: str, members: Sequence[Mapping[str, Any]]) -> list[str]:
    """What each member of a list is called in the address of its page: no two are called alike.

    A member whose name an earlier one bears already is called by its position.
    """
    found: list[str] = []
    for number, member in enumerate(members):
        name = ".".join(str(member[field]) for field in _FIELDS.get(part, ()))
        found.append(name if name and name not in found else str(number))
    return found


def standing(part: str, members: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What the list said, for a form of a member that has only its place; else empty."""
    return () if part in _FIELDS else tuple(map(digest, members))


def position(
    part: str,
    members: Sequence[Mapping[str, Any]],
    address: str,
    seen: str = "",
    before: Collection[str] = (),
) -> int | None:
    """Where the member with an address stands now; None when it is not there any more.

    `seen`: the digest of the member as the form showed it; `before`: those of its list then.
    """
    called = addresses(part, members)
    number = called.index(address) if address in called else None
    if part in _FIELDS or not seen:
        return number
    now = [digest(member) for member in members]
    if seen in now:
        return number if number is not None and now[number] == seen else now.index(seen)
    if not before or seen == ABSENT:
        return None
    changed = [n for n, each in enumerate(now) if each not in before]
    if number in changed:
        return number
    gone = [each for each in before if each not in now]
    return changed[0] if len(changed) == len(gone) == 1 else None
