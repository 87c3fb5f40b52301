"""Reads definition files (YAML): strictly, completely or not at all.

A problem names the file, the line, the key, what is wrong and what to do about it. All problems of
a file are collected before it is refused. The file may come from anyone who may edit the folder, so
nothing in it can run code, refer to another place or grow when it is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.retention.definition_bytes import read_bytes, unreadable
from app.retention.definition_yaml import NotReadable, Scalars, compose
from app.web.characters import first_unfit
from app.web.i18n import gettext as _

MAX_BYTES = 1024 * 1024
SCHEMA_VERSION = 1
SUFFIXES = {".yaml", ".yml"}
# A file with more is mended in rounds; nobody reads more lines at once.
MAX_PROBLEMS = 100

Loc = tuple[str | int, ...]

_LONGEST_QUOTE = 80
_CORE = "tag:yaml.org,2002:"
# A day stays text until the model that asks for a day reads it.
_TEXTS = {_CORE + name for name in ("str", "timestamp")}


@dataclass(frozen=True, slots=True)
class DefinitionProblem:
    """One thing wrong in a definition file, in the language in use."""

    code: str
    file: str
    line: int
    key: str
    message: str
    remedy: str

    def __post_init__(self) -> None:
        """The names come from anybody: nothing in them rules a terminal or fakes a line."""
        object.__setattr__(self, "file", _printable(self.file))
        object.__setattr__(self, "key", _printable(self.key))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message} → {self.remedy}"


def quoted(value: object) -> str:
    """What stands in a file, as a message may repeat it: on one line, and not endless."""
    text = str(value)
    return _printable(text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…")


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class DefinitionError(Exception):
    """Definition files that cannot be used. Nothing of them was loaded."""

    def __init__(self, problems: Iterable[DefinitionProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class DefinitionFile:
    """A file as read: plain data, the line on which each key of it stands, and its text."""

    path: Path
    content: dict[str, Any]
    lines: dict[Loc, int]
    text: str = ""

    @property
    def kind(self) -> str:
        """What the file says it defines."""
        return str(self.content["kind"])

    def problem(self, code: str, loc: Loc, message: str, remedy: str) -> DefinitionProblem:
        """A problem at `loc`; a key that is not there has the line of what should hold it."""
        line = next(self.lines[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in self.lines)
        return DefinitionProblem(code, str(self.path), line, dotted(loc), message, remedy)


def dotted(loc: Loc) -> str:
    """A place in a file as people read it: `services[2].name.fi`; a dash for the whole file."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{quoted(part)}" for part in loc)
    return text.lstrip(".") or "–"


def definition_paths(path: Path) -> list[Path]:
    """The definition files that `path` stands for: itself, or the files of the folder by name.

    Raises DefinitionError for a folder that cannot be read.
    """
    try:
        if not path.is_dir():
            return [path]
        return sorted(entry for entry in path.iterdir() if entry.suffix in SUFFIXES)
    except OSError as error:
        problem = DefinitionProblem("unreadable", str(path), 1, dotted(()), *unreadable(error))
        raise DefinitionError([problem]) from error


def read_definition_file(path: Path, kinds: Iterable[str]) -> DefinitionFile:
    """The content of one file whose header names one of `kinds` and the schema version in use.

    Raises DefinitionError.
    """
    reading = _Reading(path)
    text = _text(reading)
    root = _compose(reading, text)
    content = reading.value(root, ())
    if not isinstance(content, dict):
        reading.refuse(
            "not_a_group",
            (),
            _("The file is not a group of keys."),
            _("Begin the file with “kind:” and “schema_version:”."),
        )
    reading.raise_problems()
    file = DefinitionFile(path, content, reading.lines, text)
    _check_header(file, sorted(kinds))
    return file


class _Reading:
    """One file on its way from YAML nodes to plain data."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.scalars = Scalars()
        self.lines: dict[Loc, int] = {(): 1}
        self.problems: list[DefinitionProblem] = []

    def refuse(self, code: str, loc: Loc, message: str, remedy: str, line: int = 1) -> None:
        problem = DefinitionProblem(code, str(self.path), line, dotted(loc), message, remedy)
        self.problems.append(problem)

    def raise_problems(self) -> None:
        if self.problems:
            raise DefinitionError(self.problems)

    def value(self, node: Node, loc: Loc) -> Any:
        """Plain data of a node; notes where it stands and what must not stand in it."""
        line = node.start_mark.line + 1
        self.lines.setdefault(loc, line)
        if node.anchor:
            # The tree below an anchor may be shared a thousandfold: stop before going into it.
            self.refuse(
                "alias",
                loc,
                _("Anchors and aliases (& and *) are not allowed."),
                _(
                    "Write the value out in each place; put a text that begins with & or * in "
                    "quotation marks."
                ),
                line,
            )
            self.raise_problems()
        if isinstance(node, MappingNode) and node.tag == _CORE + "map":
            return dict(self._pairs(node, loc))
        if isinstance(node, SequenceNode) and node.tag == _CORE + "seq":
            return [self.value(child, (*loc, number)) for number, child in enumerate(node.value)]
        return self._scalar(node, loc, line)

    def _pairs(self, node: MappingNode, loc: Loc) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or key_node.tag not in _TEXTS:
                self.refuse("key_not_text", loc, *_key_fault(key_node), line)
                continue
            key = self._text(key_node, loc)
            here = (*loc, key)
            if key in seen:
                self.refuse(
                    "duplicate_key",
                    here,
                    _("The key is given twice, first on line %(line)s.", line=seen[key]),
                    _("Keep one of the two."),
                    line,
                )
                continue
            seen[key] = self.lines[here] = line
            yield key, self.value(value_node, here)

    def _text(self, node: ScalarNode, loc: Loc) -> str:
        text = str(node.value)
        unfit = first_unfit(text)
        if unfit is not None:
            self.refuse(
                "unfit_character",
                loc,
                _(
                    "There is a character that no text may hold: %(code)s.",
                    code=f"U+{ord(unfit):04X}",
                ),
                _("Take it out; line breaks and tabs may stay."),
                node.start_mark.line + 1,
            )
        return text

    def _scalar(self, node: Node, loc: Loc, line: int) -> Any:
        if isinstance(node, ScalarNode) and node.tag in _TEXTS:
            return self._text(node, loc)
        if self.scalars.is_number_or_word(node):
            try:
                return self.scalars.value(node)
            except ValueError:
                pass
        tag = str(node.tag).removeprefix(_CORE)
        self.refuse(
            "bad_tag",
            loc,
            _("A value of the type “%(tag)s” is not allowed.", tag=quoted(tag)),
            _(
                "Use plain text, numbers, true, false, lists and groups of keys; put a text that "
                "begins with ! in quotation marks."
            ),
            line,
        )
        return None


def _key_fault(node: Node) -> tuple[str, str]:
    if node.tag == _CORE + "merge":
        message = _("Groups of keys cannot be merged (<<).")
        return message, _("Write the keys out in each place.")
    message = _("A key is not plain text.")
    return message, _("Write the key as a word, in quotes if it looks like a number.")


def _text(reading: _Reading) -> str:
    try:
        content = read_bytes(reading.path, MAX_BYTES)
    except OSError as error:
        reading.refuse("unreadable", (), *unreadable(error))
        raise DefinitionError(reading.problems) from error
    if len(content) > MAX_BYTES:
        reading.refuse(
            "too_large",
            (),
            _("The file is larger than %(limit)s KiB.", limit=MAX_BYTES // 1024),
            _("Define one register in each file, without attachments."),
        )
        reading.raise_problems()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.refuse(
            "not_utf8",
            (),
            _("The file is not UTF-8 text."),
            _("Save it with the encoding UTF-8."),
            content.count(b"\n", 0, error.start) + 1,
        )
        raise DefinitionError(reading.problems) from error


def _compose(reading: _Reading, text: str) -> Node:
    try:
        return compose(text)
    except NotReadable as error:
        reading.refuse(
            "not_yaml",
            (),
            _printable(error.message),
            error.remedy,
            error.line,
        )
        raise DefinitionError(reading.problems) from error


def _check_header(file: DefinitionFile, kinds: list[str]) -> None:
    problems = []
    if file.content.get("kind") not in kinds:
        message = _("The file does not say what it defines.")
        if file.content.get("kind") is not None:
            message = _(
                "“%(kind)s” is not a kind that fits here.", kind=quoted(file.content["kind"])
            )
        remedy = _(
            "Write %(kinds)s.",
            kinds=_(" or ").join(_("“kind: %(kind)s”", kind=kind) for kind in kinds),
        )
        problems.append(file.problem("unknown_kind", ("kind",), message, remedy))
    version = file.content.get("schema_version")
    if version != SCHEMA_VERSION or type(version) is not int:
        fault = _version_fault(version)
        problems.append(file.problem("wrong_schema_version", ("schema_version",), *fault))
    if problems:
        raise DefinitionError(problems)


def _version_fault(version: Any) -> tuple[str, str]:
    """What is wrong with a schema version, and what to do about it."""
    remedy = _(
        "Write “schema_version: %(version)s” and bring the keys up to it.", version=SCHEMA_VERSION
    )
    if version is None:
        return _("The schema version is missing."), remedy
    if type(version) is not int:
        message = _("The schema version is not a whole number: “%(value)s”.", value=quoted(version))
        return message, _(
            "Write “schema_version: %(version)s”, without quotation marks.", version=SCHEMA_VERSION
        )
    if version > SCHEMA_VERSION:
        message = _(
            "The file is written for a newer version of the format: %(version)s.", version=version
        )
        return message, _(
            "Update Seloste, or write “schema_version: %(version)s” and use its keys only.",
            version=SCHEMA_VERSION,
        )
    return _("The schema version %(version)s is not known.", version=quoted(version)), remedy
