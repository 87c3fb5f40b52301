"""`seloste registers`: a register goes in, changes, is published by two people, and comes out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main

ROOT = Path(__file__).resolve().parents[3]
KEY = "kotoutumishankkeen-asiakasrekisteri"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command on an instance of its own, in which two people may publish."""
    instance = str(tmp_path_factory.mktemp("instance"))
    runner = CliRunner(env={"SELOSTE_INSTANCE_PATH": instance})

    def run(*arguments: object, stdin: str = "") -> Result:
        return runner.invoke(main, [str(each) for each in arguments], input=stdin)

    assert run("init").exit_code == 0
    for name in ("aino", "bertta"):
        answer = run(
            "user", "add", name, "--name", name.title(), "--role", "data_protection_officer",
            "--password-stdin", stdin="a long enough password 9\n",
        )  # fmt: skip
        assert answer.exit_code == 0, answer.stderr
    return run


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The bundled file with one more recipient."""
    text = (ROOT / "registers" / f"{KEY}.yaml").read_text("utf-8")
    path = tmp_path / "changed.yaml"
    police = "disclosures:\n  - key: poliisi\n    recipient: {fi: Poliisi, en: Police}\n"
    path.write_text(text.replace("disclosures:\n", police, 1), "utf-8")
    return path


def test_a_register_from_file_to_publication_and_back(
    run: Run, changed: Path, tmp_path: Path
) -> None:
    listed = json.loads(run("registers", "list", "--json").stdout)
    assert {(row["key"], row["number"], row["state"]) for row in listed} >= {(KEY, 1, "draft")}

    assert run("registers", "publish", KEY, "--from", "2026-01-01", "--by", "aino").exit_code == 2
    assert run("registers", "propose", KEY, "--by", "aino").exit_code == 0
    alone = run("registers", "publish", KEY, "--from", "2026-01-01", "--by", "aino")
    assert (alone.exit_code, alone.stdout) == (2, "")
    assert run("registers", "publish", KEY, "--from", "2026-01-01", "--by", "bertta").exit_code == 0

    differs = run("registers", "diff", KEY, changed, "--language", "en")
    assert differs.exit_code == 1
    assert "For clients" in differs.stdout
    assert "recipient “Police”" in differs.stdout

    assert run("registers", "load", changed).exit_code == 0
    assert run("registers", "diff", f"{KEY}@2", changed).exit_code == 0
    assert run("registers", "diff", f"{KEY}@1", f"{KEY}@2").exit_code == 1
    assert run("registers", "load", changed).stdout == "Nothing has changed.\n"

    target = tmp_path / "out.yaml"
    assert run("registers", "export", KEY, "--output", target).exit_code == 0
    assert target.read_bytes() == changed.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "olematon"], "seloste registers list"),
        (["export", KEY, "--version", "99"], "version 99"),
        (["diff", f"{KEY}@x", KEY], "KEY@NUMBER"),
        (["diff", "x" * 5000, KEY], "seloste registers list"),
        (["propose", KEY, "--by", "nobody"], "nobody"),
        (["publish", KEY, "--from", "yesterday", "--by", "aino"], "yesterday"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_way_out(
    run: Run, arguments: list[str], said: str
) -> None:
    answer = run("registers", *arguments)

    assert answer.exit_code == 2
    assert said in answer.stderr


def test_one_bad_file_among_good_ones_loads_nothing(run: Run, changed: Path) -> None:
    before = run("registers", "list", "--json").stdout
    (changed.parent / "bad.yaml").write_text(
        "kind: register\nschema_version: 2\nkey: uusi\nname: {fi: Uusi, se: Ny}\n", "utf-8"
    )

    answer = run("registers", "load", changed.parent)

    assert answer.exit_code == 2
    assert "bad.yaml:2: schema_version" in answer.stderr
    assert run("registers", "list", "--json").stdout == before
