"""A definition as the text of a file: what `seloste check` reads back as the same register.

Where the register came from a file, its comments and its order stay: the file's own tree is changed
only where the register says something else. Without one, keys stand in the order of the format.
"""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from app.registers.definitions import RegisterDefinition

_WIDTH = 100
# What tells the members of a list apart, the first that all of them have.
_IDENTITIES = (("key",), ("service", "document_type"), ("right",), ("number", "heading"))


def to_yaml(definition: RegisterDefinition, source: str | None = None) -> str:
    """The text of the definition's file; `source` is the text from which it once came."""
    if source is not None:
        tree = _tree(source)
        if _says(tree, definition):
            return source
        if isinstance(tree, CommentedMap):
            _merge_mapping(tree, _content(definition), list(type(definition).model_fields))
            text = _dumped(tree)
            if _says(_tree(text), definition):
                return text
    return _dumped(_content(definition))


def _content(definition: RegisterDefinition) -> dict[str, Any]:
    """What the definition says, without what goes without saying, in the order of the format."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.width = _WIDTH
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _tree(text: str) -> Any:
    try:
        return _yaml().load(text)
    except YAMLError:
        return None


def _dumped(tree: Any) -> str:
    stream = io.StringIO()
    _yaml().dump(tree, stream)
    return stream.getvalue()


def _says(tree: Any, definition: RegisterDefinition) -> bool:
    """Whether a tree says what the definition says."""
    if not isinstance(tree, Mapping):
        return False
    try:
        read = RegisterDefinition.model_validate_json(json.dumps(_plain(tree)))
    except ValueError:
        return False
    return read.to_json() == definition.to_json()


def _plain(tree: Any) -> Any:
    if isinstance(tree, Mapping):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(value) for value in tree]
    if tree is None or isinstance(tree, bool | int):
        return tree
    return str(tree)


def _merge(node: Any, value: Any) -> Any:
    """The node of the file where it says the value already, else the value in its place."""
    if isinstance(node, CommentedMap) and isinstance(value, dict):
        _merge_mapping(node, value, list(value))
        return node
    if isinstance(node, CommentedSeq) and isinstance(value, list):
        _merge_list(node, value)
        return node
    return node if _plain(node) == value else value


def _merge_mapping(node: CommentedMap, value: Mapping[str, Any], order: Sequence[str]) -> None:
    for key in [key for key in node if key not in value]:
        del node[key]
    for key, member in value.items():
        if key in node:
            node[key] = _merge(node[key], member)
        else:
            node.insert(_place(node, key, order), key, member)


def _place(node: CommentedMap, key: str, order: Sequence[str]) -> int:
    """Where a new key goes: after the last of those that come before it in the format."""
    before = set(order[: order.index(key)])
    return max((n + 1 for n, present in enumerate(node) if present in before), default=0)


def _merge_list(node: CommentedSeq, value: list[Any]) -> None:
    names = [_identity(member) for member in value]
    for number in reversed(range(len(node))):
        if _identity(node[number]) not in names:
            del node[number]
    for number, member in enumerate(value):
        present = [_identity(each) for each in node]
        if names[number] not in present[number:]:
            node.insert(number, member)
            continue
        found = present.index(names[number], number)
        if found != number:
            node.insert(number, node.pop(found))
        node[number] = _merge(node[number], member)


def _identity(member: Any) -> str:
    if isinstance(member, Mapping):
        for keys in _IDENTITIES:
            if all(key in member for key in keys):
                return json.dumps([str(member[key]) for key in keys])
    return json.dumps(_plain(member), sort_keys=True, ensure_ascii=False)
