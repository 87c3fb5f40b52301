"""Values of a definition in words, for showing what was and what is."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from app.registers import phrases
from app.registers.definitions import RegisterDefinition, words
from app.registers.definitions.consistency import KEYED_LISTS
from app.registers.definitions.parts import RightOffered
from app.registers.definitions.references import target_of
from app.registers.definitions.vocabulary import has_words
from app.retention.definition_models import LocalizedText
from app.retention.policies import PolicySet
from app.web.i18n import LANGUAGES, format_date, listed, pick
from app.web.i18n import gettext as _

Names = Mapping[tuple[str, str], str]

# The fields by which people call a part, the first that it has.
_NAMING = ("name", "recipient", "role", "heading", "right", "place", "label", "text")


def in_words(value: Any) -> str:
    """A value of a definition as people read it; an empty text for what is not there."""
    if isinstance(value, tuple):
        return listed(map(in_words, value))
    for kind, say in _WAYS:
        if isinstance(value, kind):
            return say(value)
    return "" if value is None else str(value)


def field_in_words(part: BaseModel, field: str, names: Names) -> str:
    """A field of a part as people read it: what a key refers to stands there by its name."""
    value = getattr(part, field)
    target = target_of(type(part).model_fields[field])
    if target is None or value is None:
        return in_words(value)
    keys = value if isinstance(value, tuple) else (value,)
    return listed(names.get((target, key), key) for key in keys)


def names_in(register: RegisterDefinition, policies: PolicySet) -> Names:
    """What people call each thing that a key may refer to, by its list and key."""
    found = {
        (part, each.key): name_of(each)
        for part in KEYED_LISTS
        for each in getattr(register, part) or ()
    }
    return found | {("retention_rules", rule.key): pick(rule.name) for rule in policies}


def name_of(part: Any) -> str:
    """What people call a part of a definition; an empty text where the part's own name is all."""
    if not isinstance(part, BaseModel) or isinstance(part, LocalizedText):
        return in_words(part)
    if isinstance(part, RightOffered) and part.not_applicable is not None:
        # “New: right to data portability” would promise what people do not have.
        return phrases.right(part)
    said = (getattr(part, field, None) for field in _NAMING)
    return in_words(next(filter(None, said), None))


def only_translated(before: Any, after: Any) -> bool:
    """Whether plain data says the same in a language that both have: only a translation differs."""
    if isinstance(before, dict) and isinstance(after, dict):
        if before and after and set(before) | set(after) <= set(LANGUAGES):
            shared = [code for code in LANGUAGES if code in before and code in after]
            return bool(shared) and before[shared[0]] == after[shared[0]]
        keys = set(before) | set(after)
        return all(only_translated(before.get(key), after.get(key)) for key in keys)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(only_translated, before, after))
    return bool(before == after)


def _all_fields(part: BaseModel) -> str:
    fields = (in_words(getattr(part, field)) for field in type(part).model_fields if field != "key")
    return name_of(part) or listed(fields)


# A vocabulary is text and a text in languages is a model, so the narrower kind stands first.
_WAYS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: _("yes") if value else _("no")),
    (LocalizedText, pick),
    (StrEnum, lambda value: words(value) if has_words(value) else value.value),
    (date, format_date),
    (BaseModel, _all_fields),
)
