"""Two spellings of one document type become one type; what was logged under either stays."""

from dataclasses import dataclass
from typing import Any

from app.registers.editor.places import Content
from app.web.i18n import LANGUAGES


@dataclass(frozen=True)
class Merge:
    """A definition in which one type was merged into another, and what that does to its rules.

    `moved`: services whose rule goes over to the other type; `dropped`: services that have a rule
    for the other type already, which stays as it is; `categories`: data categories that change.
    """

    content: Content
    moved: tuple[str, ...]
    dropped: tuple[str, ...]
    categories: tuple[str, ...]


def merge(content: Content, key: str, into: str) -> Merge:
    """Merge the document type `key` into `into`; both are types of the definition."""
    rules: list[dict[str, Any]] = list(content.get("storage_rules", []))
    has = {rule["service"] for rule in rules if rule["document_type"] == into}
    own = [rule["service"] for rule in rules if rule["document_type"] == key]
    dropped = tuple(service for service in own if service in has)
    kept = [r for r in rules if r["document_type"] != key or r["service"] not in has]
    categories = list(content.get("data_categories", []))
    changed = tuple(each["key"] for each in categories if key in each.get("documents", ()))
    return Merge(
        {
            **content,
            "storage_rules": [
                {**r, "document_type": into} if r["document_type"] == key else r for r in kept
            ],
            "data_categories": [_linked(each, key, into) for each in categories],
            "document_types": _types(content["document_types"], key, into),
        },
        moved=tuple(service for service in own if service not in has),
        dropped=dropped,
        categories=changed,
    )


def _linked(category: dict[str, Any], key: str, into: str) -> dict[str, Any]:
    if key not in category.get("documents", ()):
        return category
    documents = dict.fromkeys(into if each == key else each for each in category["documents"])
    return {**category, "documents": list(documents)}


def _original(text: dict[str, str]) -> str:
    return next(text[code] for code in LANGUAGES if code in text)


def _types(types: list[dict[str, Any]], key: str, into: str) -> list[dict[str, Any]]:
    old = next(each for each in types if each["key"] == key)
    spellings = [_original(old["name"]), *old.get("printed", ())]
    found = []
    for each in types:
        if each["key"] == key:
            found.append({**each, "merged_into": into})
        elif each["key"] == into:
            printed = dict.fromkeys([*each.get("printed", ()), *spellings])
            found.append({**each, "printed": list(printed)})
        else:
            found.append(each)
    return found
