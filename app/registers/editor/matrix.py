"""The matrix of one service: what it keeps of each document type, edited as a whole.

A row is compared with what the form showed of it, so that two people in different rows of the same
service both keep their change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.registers.definitions import StorageRule
from app.registers.editor.identity import digest
from app.registers.editor.places import Content

Rule = dict[str, Any]

FIELDS = tuple(n for n in StorageRule.model_fields if n not in ("service", "document_type"))


@dataclass(frozen=True)
class Row:
    """What a form says of a document type: its rule, or None where nothing is kept.

    `seen` is the digest of the rule that the form showed.
    """

    document_type: str
    rule: Rule | None
    seen: str


@dataclass(frozen=True)
class Filled:
    """A definition with the rows put into it.

    `places`: the document type of each rule of the service, by its number among the storage rules;
    `overtaken`: types whose rule somebody else has changed to another than was typed; `merged`:
    whether somebody else had changed other rows.
    """

    content: Content
    places: Mapping[int, str]
    overtaken: tuple[str, ...]
    merged: bool


def rules_of(content: Content, service: str) -> dict[str, Rule]:
    """The storage rules of a service, by document type, without the pair itself."""
    return {
        rule["document_type"]: {name: rule[name] for name in FIELDS if name in rule}
        for rule in content.get("storage_rules") or ()
        if rule["service"] == service
    }


def fill(content: Content, service: str, rows: Sequence[Row]) -> Filled:
    """Put the rows of a service into a definition; document types without a row stay as they are.

    A row that the form left as it showed it takes over what stands in the definition now.
    """
    stored = rules_of(content, service)
    changed: dict[str, Rule | None] = {}
    overtaken: list[str] = []
    merged = False
    for row in rows:
        now = stored.get(row.document_type)
        is_new_to_form = digest(now) != row.seen
        if row.rule == now or digest(row.rule) == row.seen:
            merged = merged or is_new_to_form
        elif is_new_to_form:
            overtaken.append(row.document_type)
        else:
            changed[row.document_type] = row.rule
    rules = _put(content.get("storage_rules") or (), service, changed)
    places = {n: r["document_type"] for n, r in enumerate(rules) if r["service"] == service}
    return Filled({**content, "storage_rules": rules}, places, tuple(overtaken), merged)


def is_undecided(rule: Rule) -> bool:
    """Whether a rule says neither that a document is kept nor that it is only shown, or both."""
    return bool(rule.get("media")) == bool(rule.get("presentation_only"))


def _put(
    rules: Sequence[Rule], service: str, changed: Mapping[str, Rule | None]
) -> list[dict[str, Any]]:
    """Changed rules where they stood, new ones after the last rule of the service."""
    found: list[dict[str, Any]] = []
    end, new = None, dict(changed)
    for rule in rules:
        kind = rule["document_type"]
        if rule["service"] != service:
            found.append(rule)
            continue
        kept = _rule(service, kind, new.pop(kind)) if kind in new else rule
        found += [kept] if kept else []
        end = len(found)
    added = [_rule(service, kind, rule) for kind, rule in new.items() if rule is not None]
    end = len(found) if end is None else end
    return [*found[:end], *added, *found[end:]]


def _rule(service: str, document_type: str, rule: Rule | None) -> dict[str, Any]:
    return {} if rule is None else {"service": service, "document_type": document_type, **rule}
