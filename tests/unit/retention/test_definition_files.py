"""Definition files are read strictly: every problem has its file, line, key and remedy."""

from pathlib import Path

import pytest

from app.retention.definition_files import (
    MAX_BYTES,
    DefinitionError,
    DefinitionProblem,
    definition_paths,
    dotted,
    read_definition_file,
)
from app.web.i18n import language

HEADER = "kind: sample\nschema_version: 1\n"


def problems(path: Path, content: str | bytes) -> tuple[DefinitionProblem, ...]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with language("en"), pytest.raises(DefinitionError) as refused:
        read_definition_file(path, ["sample"])
    for problem in refused.value.problems:
        assert problem.file == str(path)
        assert problem.message
        assert problem.remedy
    return refused.value.problems


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.yaml"


def test_a_file_is_read_as_plain_data_with_the_line_of_each_key(path: Path) -> None:
    path.write_text(HEADER + "a:\n  b:\n    - x\n    - c: no\n")

    file = read_definition_file(path, ["sample"])

    assert file.kind == "sample"
    assert file.content["a"] == {"b": ["x", {"c": "no"}]}
    assert file.lines[("a", "b", 1, "c")] == 6


def test_a_missing_key_has_the_line_of_what_should_hold_it(path: Path) -> None:
    path.write_text(HEADER + "a:\n  - b: 1\n  - c: 2\n")

    problem = read_definition_file(path, ["sample"]).problem("x", ("a", 1, "b"), "m", "r")

    assert (problem.line, problem.key) == (5, "a[1].b")


def test_a_problem_reads_as_one_line() -> None:
    problem = DefinitionProblem("x", "f.yaml", 3, "a.b", "Wrong.", "Mend it.")

    assert str(problem) == "f.yaml:3: a.b: Wrong. → Mend it."


def test_every_duplicate_key_is_reported_with_both_lines(path: Path) -> None:
    found = problems(path, HEADER + "a: 1\nb: {c: 1, c: 2}\na: 2\n")

    assert [(p.code, p.line, p.key) for p in found] == [
        ("duplicate_key", 4, "b.c"),
        ("duplicate_key", 5, "a"),
    ]
    assert "line 3" in found[1].message


def test_an_alias_is_refused(path: Path) -> None:
    (found,) = problems(path, HEADER + "a: &x 1\nb: *x\n")

    assert (found.code, found.line, found.key) == ("alias", 3, "a")


def test_an_alias_bomb_is_refused_before_it_grows(path: Path) -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]

    (found,) = problems(path, HEADER + "l0: &l0 [boom]\n" + "\n".join(levels))

    assert (found.code, found.line) == ("alias", 3)


@pytest.mark.parametrize(
    "value",
    ["!!python/object/apply:os.system [ls]", "!!binary aGk=", "!!set {a, b}", "!own x"],
)
def test_a_tag_that_makes_an_object_is_refused(path: Path, value: str) -> None:
    (found,) = problems(path, HEADER + f"a: {value}\n")

    assert (found.code, found.line, found.key) == ("bad_tag", 3, "a")


@pytest.mark.parametrize("key", ["1", "true", "[a, b]", "{a: b}", "<<"])
def test_a_key_that_is_not_text_is_refused(path: Path, key: str) -> None:
    found = problems(path, HEADER + f"? {key}\n: {{x: 1}}\n")

    assert [p.code for p in found] == ["key_not_text"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (HEADER + "a: [1, 2\n", 4),
        (HEADER + "a: 'open\n", 4),
        (HEADER + "\ta: 1\n", 3),
        (HEADER + "a: 1\n---\nb: 2\n", 4),
        ("", 1),
        ("# nothing but a comment\n", 1),
        (HEADER + "a: \x01\n", 3),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_line(path: Path, content: str, line: int) -> None:
    (found,) = problems(path, content)

    assert found.code == "not_yaml"
    assert abs(found.line - line) <= 1


def test_a_file_nested_too_deeply_is_refused(path: Path) -> None:
    (found,) = problems(path, "[" * 5000)

    assert found.code == "not_yaml"
    assert "deeply" in found.message


@pytest.mark.parametrize("content", ["just text\n", "- a\n- b\n", "12\n", "null\n"])
def test_a_file_that_is_not_a_group_of_keys_is_refused(path: Path, content: str) -> None:
    (found,) = problems(path, content)

    assert found.code == "not_a_group"


def test_a_huge_file_is_refused_without_being_parsed(path: Path) -> None:
    (found,) = problems(path, b"a: " + b"x" * MAX_BYTES)

    assert found.code == "too_large"
    assert "1024 KiB" in found.message


def test_a_file_of_the_largest_size_is_read(path: Path) -> None:
    path.write_text((HEADER + "a: ").ljust(MAX_BYTES, "x"))

    assert read_definition_file(path, ["sample"]).content["a"].startswith("xxx")


def test_text_in_another_encoding_is_refused_with_its_line(path: Path) -> None:
    (found,) = problems(path, HEADER.encode() + "a: määräaika\n".encode("latin-1"))

    assert (found.code, found.line) == ("not_utf8", 3)


def test_a_byte_order_mark_does_no_harm(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode())

    assert read_definition_file(path, ["sample"]).kind == "sample"


def test_a_file_that_is_not_there_is_a_problem_and_no_crash(path: Path) -> None:
    with pytest.raises(DefinitionError) as refused:
        read_definition_file(path, ["sample"])

    assert refused.value.problems[0].code == "unreadable"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("kind: sample\n", [("wrong_schema_version", "schema_version", 1)]),
        (
            "a: 1\n",
            [("unknown_kind", "kind", 1), ("wrong_schema_version", "schema_version", 1)],
        ),
        ("schema_version: 1\nkind: other\n", [("unknown_kind", "kind", 2)]),
        ("kind: sample\nschema_version: 2\n", [("wrong_schema_version", "schema_version", 2)]),
        ("kind: sample\nschema_version: true\n", [("wrong_schema_version", "schema_version", 2)]),
        ("kind: sample\nschema_version: '1'\n", [("wrong_schema_version", "schema_version", 2)]),
        ("kind: [sample]\nschema_version: 1\n", [("unknown_kind", "kind", 1)]),
    ],
)
def test_the_header_must_name_the_kind_and_the_version(
    path: Path, content: str, expected: list[tuple[str, str, int]]
) -> None:
    assert [(p.code, p.key, p.line) for p in problems(path, content)] == expected


def test_messages_are_in_the_language_in_use(path: Path) -> None:
    path.write_text("kind: sample\nschema_version: 0\n")

    with language("sv"), pytest.raises(DefinitionError) as refused:
        read_definition_file(path, ["sample"])

    assert refused.value.problems[0].message == "Schemats version 0 är inte känd."


def test_a_folder_stands_for_its_definition_files_by_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "notes.txt", "c.yaml~"):
        (tmp_path / name).touch()

    assert [path.name for path in definition_paths(tmp_path)] == ["a.yml", "b.yaml"]
    assert definition_paths(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]


def test_a_place_reads_as_people_write_it() -> None:
    assert dotted(("rules", 2, "name", "fi")) == "rules[2].name.fi"
    assert dotted(()) == "–"
