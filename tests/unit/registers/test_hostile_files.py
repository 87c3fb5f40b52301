"""Whatever a definition file holds, it is read whole, or refused with file, line and remedy."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.loader import load_registers
from app.retention.definition_files import MAX_PROBLEMS, DefinitionError
from app.retention.policies import PolicySet, load_policies
from app.web.i18n import language

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [*(ROOT / "registers").glob("*.yaml"), *(ROOT / "retention_policies").glob("*.yaml")]
HEADER = "kind: register\nschema_version: 1\nkey: x\nname: {fi: X}\n"

Tree = dict[str, Any]


def _tree(path: Path) -> Tree:
    found: Tree = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    return json.loads(json.dumps(found, default=str))


TREES = [_tree(path) for path in sorted(SOURCES)]
KEYS = sorted({key for tree in TREES for key in tree} | set(RegisterDefinition.model_fields))

strange_texts = st.text(max_size=12) | st.sampled_from(
    [
        "\x00",
        "\ud800",
        "\u202e",
        "\uffff",
        "\x1b[2J",
        "a: b",
        "- ",
        "{",
        "*x",
        "&x",
        "<<",
        "ei",
        "é",
    ]
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | strange_texts
    | st.sampled_from(
        ["2020-02-30", "P10Y", "P-1Y", "atk", "6(1)(c)", "123/2020", "2020-01-01T12:30"]
    )
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "fi", "key"]) | strange_texts, inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def spoilt_trees(draw: st.DrawFn) -> Tree:
    """Some parts of a real file, in which up to four places were replaced, renamed or removed."""
    tree = draw(st.sampled_from(TREES))
    parts = draw(st.lists(st.sampled_from(sorted(tree)), min_size=1, max_size=4, unique=True))
    header = [key for key in ("kind", "schema_version", "key", "name", "title") if key in tree]
    found: Tree = json.loads(json.dumps({key: tree[key] for key in [*header, *parts]}))
    for _time in range(draw(st.integers(1, 4))):
        _spoil(draw, found)
    return found


def _spoil(draw: st.DrawFn, node: Any) -> None:
    """Walk down to some place and do something to it."""
    while True:
        places = sorted(node) if isinstance(node, dict) else range(len(node))
        if not places:
            return
        place = draw(st.sampled_from(places))
        if isinstance(node[place], dict | list) and draw(st.integers(0, 3)):
            node = node[place]
            continue
        act = draw(st.sampled_from(["replace", "remove", "rename"]))
        taken = node.pop(place)
        if act == "replace" and isinstance(node, list):
            node.insert(place, draw(values))
        elif act == "replace":
            node[place] = draw(values)
        elif act == "rename" and isinstance(node, dict):
            node[draw(st.sampled_from(KEYS) | strange_texts)] = taken
        return


def outcome(content: bytes, path: Path) -> RegisterDefinition | PolicySet | None:
    """What the file was read as; None when it was refused as it should be."""
    path.write_bytes(content)
    read = load_policies if b"retention_policies" in content else _register
    with language("fi"):
        try:
            return read(path)
        except DefinitionError as error:
            problems = error.problems
    assert problems
    for problem in problems:
        assert problem.file == str(path)
        assert 1 <= problem.line <= content.count(b"\n") + content.count(b"\r") + 2
        assert problem.remedy
        line = str(problem)
        assert line.encode()
        assert line.isprintable(), ascii(line)
        # pydantic's own words, which nobody translated.
        assert "should" not in problem.message
        assert "Invalid" not in problem.message
    return None


def _register(path: Path) -> RegisterDefinition:
    (found,) = load_registers(path, policies=None)
    return found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "file.yaml"


hostile = settings(max_examples=80, suppress_health_check=list(HealthCheck))


@hostile
@given(tree=spoilt_trees())
def test_a_spoilt_file_is_read_or_refused(tree: Tree, path: Path) -> None:
    # JSON is YAML, also where it says what no YAML tool would write.
    found = outcome(json.dumps(tree, indent=1).encode(), path)

    if isinstance(found, RegisterDefinition):
        assert RegisterDefinition.from_json(found.to_json()) == found


@hostile
@given(tree=values)
def test_any_tree_is_refused(tree: Any, path: Path) -> None:
    assert (
        outcome(json.dumps({"kind": "register", "schema_version": 1, "x": tree}).encode(), path)
        is None
    )


@hostile
@given(text=st.text(max_size=60) | st.text("abk:-[]{}&*!|>%#'\"\\<= \n\t0.?,@~", max_size=40))
@example(text="x: !!bool maybe")
@example(text="x: !!int ''")
@example(text="x: !!float ''")
@example(text="x: !!null y")
@example(text="x: 0x" + "f" * 5000)
@example(text="&a x: 1\n&a y: 2")
@example(text='"\\ud800": 1')
@example(text="{" * 10_000)
@example(text="x:\n" + "- " * 400)
@example(text="x: [" + "{}," * 25_000 + "]")
def test_any_text_after_the_header_is_read_or_refused(text: str, path: Path) -> None:
    outcome((HEADER + text).encode("utf-8", "surrogatepass"), path)


@hostile
@given(content=st.binary(max_size=60))
@example(content=b"%YAML 1.7\n---\nkind: register\n")
@example(content=b"%YAML 1.1\n---\nkind: no\n")
@example(content=b"\xef\xbb\xbf")
@example(content=b"\xff\xfek\x00")
@example(content=b"")
@example(content=b"\x00")
def test_any_bytes_are_refused(content: bytes, path: Path) -> None:
    assert outcome(content, path) is None


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_do_no_harm(path: Path, ending: str) -> None:
    content = HEADER + "description: {fi: Kuvaus}\n"

    found = outcome(content.replace("\n", ending).encode("utf-8-sig"), path)

    assert isinstance(found, RegisterDefinition)
    assert found.description is not None
    assert found.description.fi == "Kuvaus"


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(path: Path) -> None:
    path.write_text(HEADER + "services: [" + "1, " * 5000 + "]\n")

    with language("en"), pytest.raises(DefinitionError) as refused:
        load_registers(path, policies=None)

    assert len(refused.value.problems) == MAX_PROBLEMS + 1
    assert refused.value.problems[-1].message == "There are 4900 problems more."


def test_a_long_value_is_not_repeated_whole(path: Path) -> None:
    path.write_text(HEADER.replace("key: x", f"key: {'X' * 100_000}"))

    with pytest.raises(DefinitionError) as refused:
        load_registers(path, policies=None)

    assert len(str(refused.value)) < 500
