"""`seloste check` on what may lie in a folder of definitions: an answer, and no traceback."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.check import check
from app.cli.retention import import_rules
from app.retention.definition_bytes import read_bytes

HEADER = "kind: register\nschema_version: 1\nkey: x\nname: {fi: X}\n"


@pytest.fixture(autouse=True)
def impatience() -> Iterator[None]:
    """What waits for somebody at the other end of a pipe fails here; it would wait for ever."""

    def stop(_signal: int, _frame: object) -> None:
        pytest.fail("it waits")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(90)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def run(*arguments: str | Path) -> Result:
    began = time.monotonic()
    result = CliRunner().invoke(check, [*map(str, arguments), "--language", "en"])
    assert time.monotonic() - began < 60
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _large(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)


def _many(path: Path) -> None:
    path.write_text(HEADER + "services:\n" + "  - {key: s}\n" * 60_000)


def _deep(path: Path) -> None:
    path.write_text(HEADER + "x: " + "[" * 10_000)


def _bomb(path: Path) -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
    path.write_text(HEADER + "l0: &l0 [boom]\n" + "\n".join(levels))


def _empty(path: Path) -> None:
    path.touch()


def _latin(path: Path) -> None:
    path.write_bytes((HEADER + "x: määräaika\n").encode("latin-1"))


@pytest.mark.parametrize(
    ("make", "line", "said"),
    [
        (_fifo, 1, "not an ordinary file"),
        (_loop, 1, "its links lead in a circle"),
        (_folder, 1, "not an ordinary file"),
        (_dangling, 1, "it is not there"),
        (_device, 1, "not an ordinary file"),
        (_large, 1, "larger than 1024 KiB"),
        (_many, 6668, "more than 20000 keys and values"),
        (_deep, 5, "nested too deeply"),
        (_bomb, 5, "Anchors and aliases"),
        (_empty, 1, "The file is empty."),
        (_latin, 5, "not UTF-8"),
    ],
    ids=lambda each: each.__name__.strip("_") if callable(each) else "",
)
def test_what_lies_in_the_folder_is_told_by_name(
    tmp_path: Path, make: Callable[[Path], None], line: int, said: str
) -> None:
    path = tmp_path / "x.yaml"
    make(path)

    result = run(tmp_path)

    assert result.exit_code == 1
    assert result.output.startswith(f"{path}:{line}: ")
    assert said in result.output
    assert " → " in result.output
    assert len(result.output.splitlines()) == 2


def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEADER)
    path.chmod(0)
    # Root may read everything, so the check runs as somebody else.
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        result = run(path)
    finally:
        os.seteuid(was)

    assert result.exit_code == 1
    assert f"{path}:1: –: The file cannot be read: it may not be read." in result.output


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    result = run(tmp_path / ("x" * 5000))

    assert result.exit_code == 1
    assert "its name is too long" in result.output


@pytest.mark.parametrize("as_json", [False, True])
def test_a_file_name_neither_breaks_the_output_nor_rules_the_terminal(
    tmp_path: Path, *, as_json: bool
) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"\xff.yaml", b"\x1b[2J\n.yaml"):
        Path(os.fsdecode(folder + b"/" + name)).write_text("kind: poem\nschema_version: 1\n")

    result = run(tmp_path, *(["--json"] if as_json else []))

    assert result.exit_code == 1
    assert "\x1b" not in result.output
    if as_json:
        assert len(json.loads(result.stdout)["problems"]) == 2
    else:
        assert len(result.output.splitlines()) == 3


def test_keys_and_values_do_not_rule_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEADER + '"\\e]0;x": 1\nkind2: "\\e[2J"\ncapacity: "\\x9b2J"\n"a\\nb": 1\n')

    result = run(path)

    assert result.exit_code == 1
    assert all(line.isprintable() for line in result.output.splitlines())


def test_registers_that_cover_each_other_are_told(tmp_path: Path) -> None:
    for key, other in (("a", "b"), ("b", "c"), ("c", "a")):
        content = HEADER.replace("key: x", f"key: {key}") + f"notice: {{covers: [{other}]}}\n"
        (tmp_path / f"{key}.yaml").write_text(content)

    result = run(tmp_path)

    assert result.exit_code == 1
    for key in "abc":
        assert f"{tmp_path / key}.yaml:5: notice.covers: " in result.output


def test_types_merged_in_a_circle_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    types = "".join(
        f"  - {{key: t{n}, name: {{fi: T}}, merged_into: t{(n + 1) % 300}}}\n" for n in range(300)
    )
    path.write_text(HEADER + "document_types:\n" + types)

    result = run(path)

    assert result.exit_code == 1
    assert f"{path}:6: document_types[0].merged_into: " in result.output


def test_a_language_that_there_is_not_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEADER + "description: {fi: Kuvaus, se: Beskrivning}\n")

    result = run(path)

    assert result.exit_code == 1
    assert f"{path}:5: description.se: " in result.output
    assert "en, fi, sv" in result.output


@pytest.mark.parametrize("make", [_fifo, _loop, _device], ids=lambda make: make.__name__)
def test_an_import_of_rules_does_not_wait_either(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "x.xml"
    make(path)

    result = CliRunner().invoke(import_rules, [str(path)])

    assert result.exit_code in {1, 2}
    assert isinstance(result.exception, SystemExit)


def test_of_a_larger_file_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abcdef")

    assert read_bytes(path, 3) == b"abcd"
    assert read_bytes(path, 6) == b"abcdef"
