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
from app.web.i18n import lazy_gettext as _l

# Bundled registers have up to 2,600 nodes, six deep; reading these many takes two seconds.
MAX_NODES = 20_000
MAX_DEPTH = 30
_LONGEST_NUMBER = 40
_LONGEST_REASON = 80

# What ruamel.yaml lets slip on some malformed input, such as the directive “%YAML 1.7”.
_SLIPS = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)

_CORE = "tag:yaml.org,2002:"
_NUMBERS_AND_WORDS = {_CORE + name for name in ("int", "float", "bool", "null")}


_QUOTES = _l("Put the whole text in quotation marks.")

# What ruamel.yaml says, in words of people, and what to do: the first that fits.
_KNOWN = (
    (
        "'\\t'",
        _l("A tab stands where only spaces may stand."),
        _l("Indent with spaces, two for each level."),
    ),
    (
        "cannot start any token",
        _l("A text begins with a character that has another meaning in YAML."),
        _QUOTES,
    ),
    ("undefined alias", _l("A text begins with an asterisk (*)."), _QUOTES),
    (
        "mapping values are not allowed",
        _l("A colon and a space stand inside a text, or the line is indented wrongly."),
        _l("Put the text in quotation marks, or indent the line as its neighbours are."),
    ),
    (
        "could not find expected ':'",
        _l("A key has no colon after it."),
        _l("Write “key: value”, with a space after the colon."),
    ),
    (
        "unexpected end of stream",
        _l("A quotation mark is opened and never closed."),
        _l("Close it where the text ends."),
    ),
    (
        "expected ',' or",
        _l("A bracket is not closed, or a text inside it has a colon or a bracket in it."),
        _l("Close the bracket, or put the text in quotation marks."),
    ),
    (
        "<block end>",
        _l(
            "The line does not fit those above it: it is indented differently, or only a part of a "
            "text is in brackets or quotation marks."
        ),
        _l("Indent the line as its neighbours are, or put the whole text in quotation marks."),
    ),
    (
        "expected the node content",
        _l("There is no value where one has to stand."),
        _l("Write it; put a text that begins with # in quotation marks."),
    ),
    (
        "<document start>",
        _l("The file is not a group of keys."),
        _l("Begin the file with “kind:” and “schema_version:”."),
    ),
    (
        "another document",
        _l("The file has several documents, one after the other."),
        _l("Take out the lines “---” and “...”, and define one thing in each file."),
    ),
    (
        "escape sequence",
        _l("A backslash between double quotation marks begins a code that YAML does not know."),
        _l("Use single quotation marks there."),
    ),
    (
        "unknown escape",
        _l("A backslash between double quotation marks begins a code that YAML does not know."),
        _l("Use single quotation marks there."),
    ),
    (
        "special characters",
        _l("The file holds characters that no text has."),
        _l("Save it as plain text with the encoding UTF-8."),
    ),
)


class NotReadable(Exception):
    """Text that is not one readable YAML document: why and what to do, in the language in use."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(line, message, remedy)
        self.line = line
        self.message = message
        self.remedy = remedy


def _in_words(line: int, reason: str) -> NotReadable:
    """What the parser said, as people say it; its own words where nobody foresaw them."""
    for part, message, remedy in _KNOWN:
        if part in reason:
            return NotReadable(line, str(message), str(remedy))
    return NotReadable(
        line,
        _("The file is not readable YAML: %(reason)s.", reason=reason[:_LONGEST_REASON]),
        _("Correct the line; mind the indentation, the colons and the quotes."),
    )


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
            message = _("The file has more than %(count)s keys and values.", count=MAX_NODES)
            raise NotReadable(line, message, _("Divide it into several files."))
        if self.depth >= MAX_DEPTH:
            message = _("The file is nested too deeply.")
            raise NotReadable(line, message, _("Take out brackets and levels that nothing needs."))
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
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = str(error.problem or error.context)
    except YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        reason = str(error).splitlines()[0]
    except _SLIPS as error:
        reason = str(error)
    else:
        message = _("The file is empty.")
        raise NotReadable(line, message, _("Begin the file with “kind:” and “schema_version:”."))
    raise _in_words(line, reason)


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
