"""Keys of entries, made from their names where nobody types one."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel

from app.retention.definition_keys import key_from
from app.web.i18n import LANGUAGES

# The fields that may name an entry, the first that it has.
NAMES = ("name", "recipient", "text")


def after_name(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model in the order of a form: a key stands after what it is made from."""
    names = [name for name in model.model_fields if name != "key"]
    if "key" in model.model_fields:
        said = next(name for name in NAMES if name in names)
        names.insert(names.index(said) + 1, "key")
    return tuple(names)


def proposed_key(value: Mapping[str, Any], taken: Collection[str]) -> str:
    """A key made from the name of an entry, unlike those that are taken."""
    texts = (value.get(name) for name in NAMES)
    found = (text for text in texts if isinstance(text, dict))
    said = next((text[code] for text in found for code in LANGUAGES if code in text), "")
    return key_from(said, taken)


def with_keys(members: Collection[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Entries of a list, each with a key: its own, or one made from its name."""
    taken = {str(each["key"]) for each in members if each.get("key")}
    found = []
    for each in members:
        key = each.get("key") or proposed_key(each, taken)
        taken.add(str(key))
        found.append({**each, "key": key})
    return found
