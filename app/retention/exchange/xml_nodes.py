"""Reading an XML file from anybody: elements with their lines, and nothing else.

No document type is accepted, so there are no entities that could grow or lead elsewhere; size,
depth and the number of elements are bounded.
"""

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from app.retention.definition_files import DefinitionError
from app.retention.exchange.reading import problem, read_bytes
from app.web.i18n import gettext as _

MAX_BYTES = 32 * 1024 * 1024
MAX_ELEMENTS = 400_000
MAX_DEPTH = 60
_CHUNK = 64 * 1024


@dataclass(slots=True)
class Node:
    """An element: its namespace, name, attributes by local name, text, children and line."""

    space: str
    name: str
    line: int
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> "Node | None":
        """The first child of this name in the same namespace."""
        return next((c for c in self.children if (c.space, c.name) == (self.space, name)), None)

    def all(self, name: str) -> "list[Node]":
        """All children of this name in the same namespace."""
        return [c for c in self.children if (c.space, c.name) == (self.space, name)]

    def words(self, *path: str) -> str:
        """The text at the end of a path of names, its white space folded; empty when not there."""
        node: Node | None = self
        for name in path:
            node = node.child(name) if node else None
        return " ".join(node.text.split()) if node else ""


def read_xml(path: Path) -> Node:
    """The root element of an XML file. Raises `DefinitionError` with the line of the fault."""
    content = read_bytes(path, MAX_BYTES)
    building = _Building(path)
    try:
        for start in range(0, len(content), _CHUNK):
            building.parser.Parse(content[start : start + _CHUNK], False)
        building.parser.Parse(b"", True)
    except expat.ExpatError as error:
        line, reason = error.lineno, expat.ErrorString(error.code)
    except (LookupError, ValueError) as error:
        # The declaration names an encoding that there is not, or one that expat cannot read.
        line, reason = 1, str(error)
    else:
        return building.root
    message = _("The file is not readable XML: %(reason)s.", reason=reason)
    words = (message, _("Export it anew from the system that it comes from."))
    raise DefinitionError([problem(path, line, "not_xml", "–", *words)])


class _Building:
    """The tree while the file is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.root = Node("", "", 1, {})
        self.open: list[Node] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _space, local = name.rpartition(" ")
        here = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(space, local, self.parser.CurrentLineNumber, here)
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH:
            self.refuse(
                "too_large",
                local,
                _("The file has too many elements, or they stand too deep inside each other."),
                _("Export fewer classes at a time."),
            )
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].text += text

    def doctype(self, *_declared: object) -> None:
        self.refuse(
            "doctype",
            "DOCTYPE",
            _("The file declares a document type, which may refer to other files or grow."),
            _("Remove the DOCTYPE declaration; JHS 191 needs none."),
        )

    def refuse(self, code: str, element: str, *words: str) -> None:
        line = self.parser.CurrentLineNumber
        raise DefinitionError([problem(self.path, line, code, element, *words)])
