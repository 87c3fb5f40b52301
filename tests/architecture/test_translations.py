"""No page speaks a language halfway: every message has its Finnish and Swedish, with the same
placeholders, and one message is never said in two ways."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "_n": (1, 2), "_l": None, "gettext": None, "ngettext": (1, 2)}
KEYWORDS["lazy_gettext"] = None
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}


@pytest.fixture(scope="module")
def used() -> dict[str, str]:
    """Every message of the code and the templates, with the place of its first use."""
    messages = dict(messages_in_code())
    methods = [("templates/**.html", "jinja2")]
    for name, line, message, _comments, _context in extract_from_dir(
        ROOT / "app", methods, OPTIONS, KEYWORDS
    ):
        key = message if isinstance(message, str) else message[0]
        if key:
            messages.setdefault(key, f"app/{name}:{line}")
    return messages


def messages_in_code() -> Iterator[tuple[str, str]]:
    """Those of the code, also inside f-strings, where Babel does not look before Python 3.12."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            first = node.args[0] if node.args and node.func.id in KEYWORDS else None
            if isinstance(first, ast.Constant) and first.value:
                yield str(first.value), f"{path.relative_to(ROOT)}:{node.lineno}"


def catalogues(language: str) -> Iterator[tuple[str, Catalog]]:
    folder = ROOT / "app" / "translations" / language / "LC_MESSAGES"
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            yield path.name, read_po(file, locale=language)


def messages(language: str) -> Iterator[tuple[str, Message]]:
    for name, catalogue in catalogues(language):
        for message in catalogue:
            if message.id:
                yield name, message


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_message_is_translated(language: str, used: dict[str, str]) -> None:
    translated = {
        key_of(message)
        for _name, message in messages(language)
        if message.string and (isinstance(message.string, str) or all(message.string))
    }

    missing = {key: place for key, place in used.items() if key not in translated}

    assert not missing


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_translation_is_left_over(language: str, used: dict[str, str]) -> None:
    unused = {key_of(message): name for name, message in messages(language)}

    assert not {key: name for key, name in unused.items() if key not in used}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_translation_is_marked_doubtful(language: str) -> None:
    assert not [key_of(message) for _name, message in messages(language) if message.fuzzy]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_placeholders_are_the_same_in_each_language(language: str) -> None:
    for name, message in messages(language):
        wanted = set(PLACEHOLDER.findall(key_of(message)))
        if not isinstance(message.id, str):
            wanted |= set(PLACEHOLDER.findall(message.id[1])) | {"num"}
        strings = [message.string] if isinstance(message.string, str) else message.string
        for string in strings:
            found = set(PLACEHOLDER.findall(string))
            plural = not isinstance(message.id, str)
            assert found <= wanted if plural else found == wanted, f"{name}: {message.id}"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_message_is_said_in_one_way(language: str) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for _name, message in messages(language):
        said[key_of(message)].add(str(message.string))

    assert not {key: ways for key, ways in said.items() if len(ways) > 1}
