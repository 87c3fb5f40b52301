"""The register's own words in the taxonomy of fides: categories of data, uses, data subjects."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.registers.definitions import DataCategory, RegisterDefinition
from app.registers.definitions.parts import Purpose
from app.registers.exports.fides.terms import (
    CRIMINAL,
    DEFAULT_USE,
    IDENTITY_CODE,
    PARENT_USES,
    RIGHTS,
    SPECIAL_DATA,
    Keys,
)
from app.web.i18n import pick

Resource = dict[str, Any]


def data_categories(register: RegisterDefinition, keys: Keys) -> Iterator[Resource]:
    """A category of our own, under `user`, for each of the register."""
    for category in register.data_categories:
        yield {
            "fides_key": keys.below("user", category.key),
            "parent_key": "user",
            "name": pick(category.name),
            "tags": [register.key],
        }


def category_keys(categories: Iterable[DataCategory], keys: Keys) -> list[str]:
    """Our own categories, and those of the taxonomy that tell what they hold or may hold."""
    found: dict[str, None] = {}
    for category in categories:
        found[keys.below("user", category.key)] = None
        if category.identity_code:
            found[IDENTITY_CODE] = None
        if category.criminal:
            found[CRIMINAL] = None
        for part in category.special:
            if part.category in SPECIAL_DATA:
                found[SPECIAL_DATA[part.category]] = None
    return list(found)


def data_uses(register: RegisterDefinition, keys: Keys) -> Iterator[Resource]:
    """A use of our own for each purpose."""
    for purpose in register.purposes:
        yield {
            "fides_key": keys.below(parent_use(purpose), purpose.key),
            "parent_key": parent_use(purpose),
            "name": pick(purpose.text),
            "tags": [register.key],
        }


def parent_use(purpose: Purpose) -> str:
    """The use under which a purpose stands: its first legal basis decides."""
    return PARENT_USES[purpose.legal_bases[0]] if purpose.legal_bases else DEFAULT_USE


def data_subjects(register: RegisterDefinition, keys: Keys) -> Iterator[Resource]:
    """The groups of data subjects, with the rights that the register offers."""
    decisions = register.automated_decisions
    for group in register.data_subjects:
        made: Resource = {
            "fides_key": keys.part(group.key),
            "name": pick(group.name),
            "tags": [register.key],
        }
        if register.rights is not None:
            made["rights"] = _rights(register)
        if decisions is not None:
            made["automated_decisions_or_profiling"] = decisions.made or decisions.profiling
        yield made


def _rights(register: RegisterDefinition) -> Resource:
    offered = (RIGHTS.get(right.right) for right in register.offered_rights())
    values = list(dict.fromkeys(right for right in offered if right is not None))
    return {"strategy": "INCLUDE", "values": values} if values else {"strategy": "NONE"}
