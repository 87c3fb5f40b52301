"""YAML from anybody, as a tree of nodes: no larger and no deeper than a definition needs.

Nothing is built from a tag, and the parser stops as soon as a limit is passed: a small file can
hold a tree whose reading takes minutes.
"""

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node, ScalarNode

from app.web.i18n import gettext as _

# Bundled registers have up to 2,600 nodes, six deep; reading these many takes two seconds.
MAX_NODES = 20_000
MAX_DEPTH = 30
_LONGEST_NUMBER = 40

# What ruamel.yaml lets slip on some malformed input, such as the directive “%YAML 1.7”.
_SLIPS = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)

_CORE = "tag:yaml.org,2002:"
_NUMBERS_AND_WORDS = {_CORE + name for name in ("int", "float", "bool", "null")}


class NotReadable(Exception):
    """Text that is not one readable YAML document; `reason` in the language in use."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


class _LimitedComposer(Composer):
    """Counts nodes and levels while they are read."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader)
        self.warn_double_anchors = False
        self.nodes = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node. Raises NotReadable when there are too many, or it stands too deep."""
        self.nodes += 1
        line = self.parser.peek_event().start_mark.line + 1
        if self.nodes > MAX_NODES:
            reason = _("it has more than %(count)s keys and values", count=MAX_NODES)
            raise NotReadable(line, reason)
        if self.depth >= MAX_DEPTH:
            raise NotReadable(line, _("it is nested too deeply"))
        return super().compose_node(parent, index)


def compose(text: str) -> Node:
    """The root node of a text. Raises NotReadable."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _LimitedComposer
    line = 1
    try:
        root = yaml.compose(text)
        if isinstance(root, Node):
            return root
        reason = _("it is empty")
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = str(error.problem or error.context)
    except YAMLError as error:
        reason = str(error).splitlines()[0]
    except _SLIPS as error:
        reason = str(error)
    raise NotReadable(line, reason)


class Scalars:
    """Tells numbers, true, false and null from texts."""

    def __init__(self) -> None:
        self._yaml = YAML(typ="safe", pure=True)

    def is_number_or_word(self, node: Node) -> bool:
        """Whether a node is a number, true, false or null, written as such and not by a tag."""
        if not isinstance(node, ScalarNode) or node.tag not in _NUMBERS_AND_WORDS:
            return False
        if node.style is not None or len(node.value) > _LONGEST_NUMBER:
            return False
        meant = self._yaml.resolver.resolve(ScalarNode, node.value, (True, False))
        return str(meant) == node.tag

    def value(self, node: Node) -> Any:
        """What such a node says. Raises ValueError."""
        return self._yaml.constructor.construct_object(node)
