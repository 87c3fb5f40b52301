"""Parts of a definition compared one by one: members of lists by their key, the rest as a whole."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from app.registers.definitions import RegisterDefinition
from app.registers.differences.model import Audience, Change, ChangeKind
from app.registers.differences.values import (
    Names,
    field_in_words,
    in_words,
    name_of,
    only_translated,
)

# Parts that staff work by, and parts that only the record holds; clients are told of the rest.
_STAFF = frozenset({"services", "document_types", "staff_instructions"})
_RECORD = frozenset(
    {
        "version",
        "languages",
        "owner",
        "processing_for_others",
        "safeguards",
        "storage_places",
        "impact_assessment",
        "printed_fields",
        "remarks",
    }
)
# Fields within other parts that say nothing to clients.
_QUIET_FIELDS = frozenset(
    {
        "number",
        "printed",
        "printed_in",
        "section",
        "gap",
        "documents",
        "master_data",
        "media",
        "notes",
        "contract",
        "contract_on",
        "inferred",
        "single_person",
        "substitute",
        "several",
    }
)
# What a service asks of the client before anything is recorded matters to the client too.
_CLIENT_FIELDS = frozenset({"consent_required", "consent_text"})

Key = tuple[str, ...]


def part_changes(
    old: RegisterDefinition, new: RegisterDefinition, names: Names
) -> Iterator[Change]:
    """What changed in every part but the storage rules; `names` of what keys refer to."""
    for part in type(new).model_fields:
        before, after = getattr(old, part), getattr(new, part)
        if part == "storage_rules" or _plain(before) == _plain(after):
            continue
        if _is_list(before) and _is_list(after):
            unstated = (before is None, after is None)
            yield from _members(part, before or (), after or (), unstated, names)
        else:
            yield _whole(part, before, after, names)


def _is_list(value: Any) -> bool:
    return value is None or isinstance(value, tuple)


def _members(
    part: str,
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    unstated: tuple[bool, bool],
    names: Names,
) -> Iterator[Change]:
    old, new = _by_key(before), _by_key(after)
    for key, member in new.items():
        if key not in old:
            yield _change(ChangeKind.ADDED, part, key, member)
        elif _plain(old[key]) != _plain(member):
            yield _member_change(part, key, old[key], member, names)
    for key, member in old.items():
        if key not in new:
            yield _change(ChangeKind.REMOVED, part, key, member)
    if not before and not after and unstated[0] != unstated[1]:
        # "There is nothing" and "the register does not say" are two different statements.
        yield Change(ChangeKind.CHANGED, part_audience(part), part, (part,))
    common = [key for key in old if key in new]
    if common != [key for key in new if key in old]:
        yield Change(ChangeKind.REORDERED, Audience.RECORD, part, (part,))


def _by_key(members: tuple[Any, ...]) -> dict[Key, Any]:
    """Members by what tells them apart: their key, or else all that they say."""
    found: dict[Key, Any] = {}
    for member in members:
        name = str(getattr(member, "key", "") or getattr(member, "number", "") or "")
        name = name or str(getattr(member, "right", "")) or str(_plain(member))
        same = sum(1 for key in found if key[0] == name)
        found[(name, str(same))] = member
    return found


def _member_change(part: str, key: Key, before: Any, after: Any, names: Names) -> Change:
    if part == "document_types" and after.merged_into and not before.merged_into:
        details = (("merged_into", "", field_in_words(after, "merged_into", names)),)
        return Change(
            ChangeKind.MERGED, Audience.STAFF, part, (part, key[0]), name_of(after), details
        )
    if only_translated(_plain(before), _plain(after)):
        return _change(ChangeKind.TRANSLATED, part, key, after, Audience.RECORD)
    fields = _changed_fields(before, after)
    audience = _audience_of_fields(part, fields)
    return Change(
        ChangeKind.CHANGED,
        audience,
        part,
        (part, key[0]),
        name_of(after),
        _details(before, after, fields, names),
    )


def _whole(part: str, before: Any, after: Any, names: Names) -> Change:
    """A part that is not a list: stated, not stated any more, or stated otherwise."""
    where = (part,)
    if only_translated(_plain(before), _plain(after)):
        return Change(ChangeKind.TRANSLATED, Audience.RECORD, part, where)
    if before is None:
        return Change(ChangeKind.ADDED, part_audience(part), part, where, name_of(after))
    if after is None:
        return Change(ChangeKind.REMOVED, part_audience(part), part, where, name_of(before))
    if isinstance(before, BaseModel) and isinstance(after, BaseModel):
        fields = _changed_fields(before, after)
        if "role" in type(after).model_fields or "fi" in type(after).model_fields:
            details: tuple[tuple[str, str, str], ...] = (("", in_words(before), in_words(after)),)
        else:
            details = _details(before, after, fields, names)
        return Change(
            ChangeKind.CHANGED, _audience_of_fields(part, fields), part, where, "", details
        )
    details = (("", in_words(before), in_words(after)),)
    return Change(ChangeKind.CHANGED, part_audience(part), part, where, "", details)


def _change(
    kind: ChangeKind, part: str, key: Key, member: Any, audience: Audience | None = None
) -> Change:
    return Change(kind, audience or part_audience(part), part, (part, key[0]), name_of(member))


def part_audience(part: str) -> Audience:
    """For whom a change of a part of the definition matters as a rule."""
    if part in _STAFF:
        return Audience.STAFF
    return Audience.RECORD if part in _RECORD else Audience.CLIENTS


def _audience_of_fields(part: str, fields: list[str]) -> Audience:
    usual = part_audience(part)
    if usual is Audience.STAFF and _CLIENT_FIELDS.intersection(fields):
        return Audience.CLIENTS
    if usual is Audience.CLIENTS and _QUIET_FIELDS.issuperset(fields):
        return Audience.RECORD
    return usual


def _changed_fields(before: BaseModel, after: BaseModel) -> list[str]:
    return [
        field
        for field in type(after).model_fields
        if _plain(getattr(before, field)) != _plain(getattr(after, field))
    ]


def _details(
    before: BaseModel, after: BaseModel, fields: list[str], names: Names
) -> tuple[tuple[str, str, str], ...]:
    lines = []
    for field in fields:
        old, new = (field_in_words(each, field, names) for each in (before, after))
        lines.append((field, old, new) if old != new else (field, "", ""))
    return tuple(lines)


def _plain(value: Any) -> Any:
    """Plain data of a value, by which two are compared: order counts, objects do not."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return value
