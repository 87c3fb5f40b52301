"""What a service may keep and how long: pairs of service and document type compared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.registers.definitions import DataCategory, RegisterDefinition, StorageRule
from app.registers.differences.model import Audience, Change, ChangeKind
from app.registers.differences.values import Names, field_in_words
from app.retention.policies import PolicySet, RetentionPolicy
from app.retention.words import retention_words
from app.web.i18n import listed, pick

PART = "storage_rules"
Pair = tuple[str, str]

# Length of a period for comparing two of them; their dates are computed elsewhere.
_DAYS = {"years": 365.25, "months": 30.44, "weeks": 7, "days": 1, "hours": 1 / 24}


def storage_changes(
    old: RegisterDefinition,
    new: RegisterDefinition,
    old_policies: PolicySet,
    new_policies: PolicySet,
    names: Names,
) -> Iterator[Change]:
    """Changes of the matrix for staff, and of how long things are kept for clients."""
    before, after = _by_pair(old), _by_pair(new)
    yield from _listed(ChangeKind.ALLOWED, new, [p for p in after if p not in before])
    yield from _listed(ChangeKind.DISALLOWED, old, [p for p in before if p not in after])
    common = [pair for pair in after if pair in before]
    for pair in common:
        yield from _stored_otherwise(new, before[pair], after[pair], names)
    if common != [pair for pair in before if pair in after]:
        yield Change(ChangeKind.REORDERED, Audience.RECORD, PART, (PART,))
    kept = [
        _Kept(
            pick(new.document_type(pair[1]).name),
            pick(new.service(pair[0]).name),
            old_policies.find(before[pair].retention_rule),
            new_policies.find(after[pair].retention_rule),
        )
        for pair in common
    ]
    kept += _categories(old, new, old_policies, new_policies)
    yield from _lengths(kept)


def _by_pair(register: RegisterDefinition) -> dict[Pair, StorageRule]:
    return {(rule.service, rule.document_type): rule for rule in register.storage_rules}


def _listed(kind: ChangeKind, register: RegisterDefinition, pairs: list[Pair]) -> Iterator[Change]:
    """New or gone document types, one change for each service."""
    of_service: defaultdict[str, list[str]] = defaultdict(list)
    for service, document_type in pairs:
        of_service[service].append(pick(register.document_type(document_type).name))
    for service, names in of_service.items():
        where = ("services", service)
        name = pick(register.service(service).name)
        yield Change(kind, Audience.STAFF, PART, where, name, (("", "", ", ".join(names)),))


def _stored_otherwise(
    register: RegisterDefinition, before: StorageRule, after: StorageRule, names: Names
) -> Iterator[Change]:
    fields = [
        field
        for field in type(after).model_fields
        if getattr(before, field) != getattr(after, field)
    ]
    if fields:
        pair = (after.service, after.document_type)
        quiet = set(fields) <= {"notes", "retention_rule"}
        details = tuple(
            (field, field_in_words(before, field, names), field_in_words(after, field, names))
            for field in fields
        )
        audience = Audience.RECORD if quiet else Audience.STAFF
        kind = ChangeKind.STORED_OTHERWISE
        yield Change(kind, audience, PART, (PART, *pair), _named(register, pair), details)


def _named(register: RegisterDefinition, pair: Pair) -> str:
    service, document_type = pair
    names = (register.document_type(document_type).name, register.service(service).name)
    return "{} ({})".format(*map(pick, names))


@dataclass(frozen=True)
class _Kept:
    """What is kept by which rule: a document type in a service, or a data category as such."""

    name: str
    service: str
    before: RetentionPolicy | None
    now: RetentionPolicy | None


def _categories(
    old: RegisterDefinition,
    new: RegisterDefinition,
    old_policies: PolicySet,
    new_policies: PolicySet,
) -> list[_Kept]:
    """Data categories that are kept by a rule of their own."""
    before: dict[str, DataCategory] = {each.key: each for each in old.data_categories}
    return [
        _Kept(
            pick(category.name),
            "",
            old_policies.find(before[category.key].retention_rule),
            new_policies.find(category.retention_rule),
        )
        for category in new.data_categories
        if category.key in before
    ]


def _lengths(kept: Sequence[_Kept]) -> Iterator[Change]:
    """How long things are kept now; things with the same change are one change."""
    together: defaultdict[tuple[ChangeKind, str, str], list[_Kept]] = defaultdict(list)
    for each in kept:
        words = [retention_words(rule) if rule else "" for rule in (each.before, each.now)]
        if words[0] != words[1]:
            together[_direction(each.before, each.now), words[0], words[1]].append(each)
    places = Counter(each.name for each in kept)
    for (kind, was, now), same in together.items():
        names = listed(_names_of(same, places))
        yield Change(kind, Audience.CLIENTS, PART, (PART,), names, (("", was, now),))


def _names_of(kept: Iterable[_Kept], places: Mapping[str, int]) -> Iterator[str]:
    """What is kept, with its services where it is kept otherwise in some; `places`: how many."""
    services: defaultdict[str, list[str]] = defaultdict(list)
    for each in kept:
        services[each.name].append(each.service)
    for name, found in services.items():
        everywhere = len(found) == places[name]
        yield name if everywhere or not any(found) else f"{name} ({listed(found)})"


def _direction(before: RetentionPolicy | None, after: RetentionPolicy | None) -> ChangeKind:
    old, new = _days(before), _days(after)
    if old is None or new is None or old == new:
        return ChangeKind.KEPT_OTHERWISE
    return ChangeKind.KEPT_LONGER if new > old else ChangeKind.KEPT_SHORTER


def _days(rule: RetentionPolicy | None) -> float | None:
    if rule is None or rule.retention_period is None:
        return None
    period = rule.retention_period
    return sum(float(getattr(period, unit)) * days for unit, days in _DAYS.items())
