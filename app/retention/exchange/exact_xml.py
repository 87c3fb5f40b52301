"""Our rule inside an extension of another format: exactly what it says, key by key.

A text stands as it is. Whatever else a rule can hold tells its type: a list has an element for each
member, and a value that is neither text nor group stands as JSON, so that no field is ever lost.
"""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from app.retention.definition_files import Loc
from app.retention.exchange.incoming import exact_policies
from app.retention.exchange.plan import Unwritable
from app.retention.exchange.xml_nodes import Node
from app.retention.policies import RetentionPolicy

SPACE = "urn:x-seloste:retention-rule:1"
_RULE = "rule"
_TYPE, _BOOLEAN, _TRUE = "type", "boolean", "true"
_LIST, _MEMBER, _JSON = "list", "item", "json"


def rule_element(policy: RetentionPolicy) -> ET.Element:
    """The rule as an element of our namespace. Raises `Unwritable`."""
    root = ET.Element(f"{{{SPACE}}}{_RULE}")
    _fill(root, policy.model_dump(mode="json", exclude_defaults=True), policy.key)
    return root


def exact_rule(node: Node) -> Node | None:
    """Our rule among the children of an extension."""
    return next((c for c in node.children if (c.space, c.name) == (SPACE, _RULE)), None)


def policies_in(path: Path, rules: list[Node]) -> tuple[RetentionPolicy, ...]:
    """The rules that the elements say. Raises `DefinitionError` with the line of each fault."""
    lines: dict[Loc, int] = {(): 1}
    contents = [_value(rule, ("rules", n), lines) for n, rule in enumerate(rules)]
    return exact_policies(path, contents, lines)


def _fill(element: ET.Element, value: Any, key: str) -> None:
    """Write a value into an element, so that `_value` reads the same. Raises `Unwritable`."""
    if isinstance(value, dict) and value:
        for name, part in value.items():
            _fill(ET.SubElement(element, f"{{{SPACE}}}{name}"), part, key)
        return
    if isinstance(value, list):
        element.set(_TYPE, _LIST)
        for member in value:
            _fill(ET.SubElement(element, f"{{{SPACE}}}{_MEMBER}"), member, key)
        return
    if value is True:
        element.set(_TYPE, _BOOLEAN)
    elif not isinstance(value, str):
        element.set(_TYPE, _JSON)
    element.text = value if isinstance(value, str) else json.dumps(value)
    if not all(map(_is_xml, element.text)):
        raise Unwritable(key)


def _is_xml(character: str) -> bool:
    """Whether XML 1.0 has the character (section 2.2)."""
    code = ord(character)
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or code >= 0x10000
    )


def _value(node: Node, loc: Loc, lines: dict[Loc, int]) -> Any:
    """What an element says: a text, true, a list of its members, or the group of its children."""
    lines[loc] = node.line
    kind = node.attributes.get(_TYPE)
    if kind == _LIST:
        return [_value(child, (*loc, n), lines) for n, child in enumerate(node.children)]
    if node.children:
        return {child.name: _value(child, (*loc, child.name), lines) for child in node.children}
    if kind == _BOOLEAN:
        return node.text == _TRUE
    if kind == _JSON:
        return _json(node.text)
    return node.text


def _json(text: str) -> Any:
    """The value that a JSON text says; what is no JSON stays text, for the rule to refuse."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
