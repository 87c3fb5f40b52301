"""Our rule inside an extension of another format: exactly what it says, key by key."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from app.retention.definition_files import DefinitionFile
from app.retention.definition_models import LocalizedText
from app.retention.definition_validation import validate
from app.retention.exchange.plan import Unwritable
from app.retention.exchange.xml_nodes import Node
from app.retention.policies import KIND, PolicyFile, RetentionPolicy

SPACE = "urn:x-seloste:retention-rule:1"
_RULE = "rule"
_TYPE, _BOOLEAN, _TRUE = "type", "boolean", "true"


def rule_element(policy: RetentionPolicy) -> ET.Element:
    """The rule as an element of our namespace. Raises `Unwritable`."""
    root = ET.Element(f"{{{SPACE}}}{_RULE}")
    _add(root, policy.model_dump(mode="json", exclude_defaults=True), policy.key)
    return root


def exact_rule(node: Node) -> Node | None:
    """Our rule among the children of an extension."""
    return next((c for c in node.children if (c.space, c.name) == (SPACE, _RULE)), None)


def policies_in(path: Path, rules: list[Node]) -> tuple[RetentionPolicy, ...]:
    """The rules that the elements say. Raises `DefinitionError` with the line of each fault."""
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    content = {
        "kind": KIND,
        "schema_version": 1,
        "title": LocalizedText(fi=KIND).model_dump(mode="json", exclude_defaults=True),
        "rules": [_value(rule, ("rules", n), lines) for n, rule in enumerate(rules)],
    }
    return validate(DefinitionFile(path, content, lines), PolicyFile).rules


def _add(element: ET.Element, content: dict[str, Any], key: str) -> None:
    for name, value in content.items():
        child = ET.SubElement(element, f"{{{SPACE}}}{name}")
        if isinstance(value, dict):
            _add(child, value, key)
            continue
        if isinstance(value, bool):
            child.set(_TYPE, _BOOLEAN)
        child.text = _TRUE if value is True else str(value)
        if not all(map(_is_xml, child.text)):
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


def _value(node: Node, loc: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> Any:
    """What an element says: a text, true, or the group of its children."""
    lines[loc] = node.line
    if node.children:
        return {child.name: _value(child, (*loc, child.name), lines) for child in node.children}
    if node.attributes.get(_TYPE) == _BOOLEAN:
        return node.text == _TRUE
    return node.text
