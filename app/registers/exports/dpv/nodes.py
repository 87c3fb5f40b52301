"""Pieces of a JSON-LD document: names, texts in their languages, references, nodes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.registers.definitions import LocalizedText
from app.registers.exports.dpv.terms import OWN_PREFIX

Node = dict[str, Any]


def node(id_: str | None, types: str | Iterable[str], **values: Any) -> Node:
    """A node without what is empty. A name `dct_title` stands for the term `dct:title`."""
    made: Node = {"@id": id_} if id_ else {}
    made["@type"] = types if isinstance(types, str) else list(types)
    return made | properties(**values)


def properties(**values: Any) -> Node:
    """What a node says, without what is empty."""
    return {_term(name): value for name, value in values.items() if not _is_empty(value)}


def _term(name: str) -> str:
    prefix, _underscore, rest = name.partition("_")
    return f"{prefix}:{rest}"


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def text(said: LocalizedText | None) -> list[Node]:
    """A text of the organisation in each language that it has."""
    if said is None:
        return []
    found = {"fi": said.fi, "sv": said.sv, "en": said.en}
    return [{"@value": words, "@language": code} for code, words in found.items() if words]


def reference(id_: str) -> Node:
    """A mention of a node or a term."""
    return {"@id": id_}


def references(ids: Iterable[str]) -> list[Node]:
    """Mentions, each once."""
    return [reference(id_) for id_ in dict.fromkeys(ids)]


def day(value: date | None) -> Node | None:
    """A day as XML Schema has it."""
    return None if value is None else {"@value": value.isoformat(), "@type": "xsd:date"}


def own(name: str) -> str:
    """A term of our own."""
    return f"{OWN_PREFIX}:{name}"


class Names:
    """The identifiers of one register's parts; its keys make them unique and lasting."""

    def __init__(self, register_key: str) -> None:
        self.base = f"urn:seloste:register:{register_key}"

    def __call__(self, kind: str, *keys: str) -> str:
        """The identifier of a part: its kind and its key."""
        return ":".join((self.base, kind, *keys))


def rule_name(key: str) -> str:
    """The identifier of a retention rule, which several registers share."""
    return f"urn:seloste:retention-rule:{key}"
