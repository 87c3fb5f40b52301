"""`seloste registers`: a register goes in, changes, is published by two people, and comes out."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from tests.unit.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
KEY = "kotoutumishankkeen-asiakasrekisteri"


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
    publish = ["registers", "publish", KEY, "--from", "2026-01-01", "--by", "bertta"]
    asked = run(*publish, "--language", "en")
    assert (asked.exit_code, asked.stdout) == (2, "")
    first, *serious, way_out = asked.stderr.splitlines()
    assert first.startswith(f"{len(serious)} serious findings are open.")
    assert any(line.startswith("  purposes.") for line in serious)
    assert way_out == f"--acknowledge {len(serious)}"
    for other in (len(serious) - 1, len(serious) + 1):
        assert run(*publish, "--acknowledge", other).exit_code == 2
    assert run(*publish, *way_out.split()).exit_code == 0

    differs = run("registers", "diff", KEY, changed, "--language", "en")
    assert differs.exit_code == 1
    assert "For clients" in differs.stdout
    assert "recipient “Police”" in differs.stdout

    assert run("registers", "load", changed).exit_code == 0
    assert run("registers", "diff", f"{KEY}@2", changed).exit_code == 0
    assert run("registers", "diff", f"{KEY}@1", f"{KEY}@2").exit_code == 1
    again = run("registers", "load", changed, "--language", "en")
    assert again.stdout == "Nothing has changed.\n"

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


RULES = """kind: retention_policies
schema_version: 1
languages: [en]
title: {en: Rules of the choir}
rules:
  - key: choir-members
    name: {en: Members}
    retention_period: P2Y
    retention_trigger: membership_ended
    disposal_action: destroy
    mandate: {citation: {en: Decision of the board}, certainty: to_be_confirmed}
"""
CHOIR = """kind: register
schema_version: 1
languages: [en]
key: choir
name: {en: Choir}
data_categories:
  - {key: names, name: {en: Names}, retention_rule: choir-members}
"""


def test_a_folder_of_registers_and_their_rules_is_loaded_in_one_go(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "choir.yaml").write_text(CHOIR, "utf-8")
    (tmp_path / "rules.yml").write_text(RULES, "utf-8")

    answer = run("registers", "load", tmp_path, "--language", "en")

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout == "choir-members: a new version.\nchoir: a new draft.\n"
    again = json.loads(run("registers", "load", tmp_path, "--json").stdout)
    nothing: dict[str, list[str]] = {"changed": [], "spared": []}
    assert again == {**nothing, "rules": nothing}


def test_a_fault_in_either_kind_keeps_both_out(run: Run, tmp_path: Path) -> None:
    register, rules = tmp_path / "band.yaml", tmp_path / "rules.yaml"
    good = RULES.replace("choir", "band"), CHOIR.replace("choir", "band")
    before = run("registers", "list", "--json").stdout
    for bad in (
        (good[0].replace("P2Y", "two"), good[1]),
        (good[0], good[1].replace("retention_rule: band", "retention_rule: bund")),
        (good[0].replace("retention_policies", "rules"), good[1].replace("names,", "x, y: z,")),
    ):
        rules.write_text(bad[0], "utf-8")
        register.write_text(bad[1], "utf-8")

        answer = run("registers", "load", tmp_path)

        assert answer.exit_code == 2
        assert f"{tmp_path}/" in answer.stderr
        assert run("registers", "list", "--json").stdout == before
        alone = run("registers", "load", register)
        assert alone.exit_code == 2, "the rule must not be there"
    assert "rules.yaml:1: kind" in answer.stderr
    assert "band.yaml:7:" in answer.stderr


@pytest.mark.parametrize("command", ["registers", "retention"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "There is no definition file in the folder"),
        ("fi", "ei ole määrittelytiedostoja"),
        ("sv", "Det finns ingen definitionsfil"),
    ],
)
def test_a_folder_without_files_is_told_of_by_name(
    run: Run, tmp_path: Path, command: str, language: str, said: str
) -> None:
    (tmp_path / "choir.txt").write_text(CHOIR, "utf-8")

    answer = run(command, "load", tmp_path, "--language", language)

    assert answer.exit_code == 2
    assert said in answer.stderr
    assert str(tmp_path) in answer.stderr
    assert ".yaml" in answer.stderr


def test_loading_rules_leaves_registers_alone_and_names_the_command_for_both(
    run: Run, tmp_path: Path
) -> None:
    register = tmp_path / "kerho.yaml"
    register.write_text(CHOIR.replace("choir", "kerho"), "utf-8")
    only = run("retention", "load", register, "--language", "en")
    assert only.exit_code == 2
    assert f"seloste registers load {register}" in only.stderr
    (tmp_path / "rules.yaml").write_text(RULES.replace("choir", "kerho"), "utf-8")

    answer = run("retention", "load", tmp_path, "--language", "en")

    assert answer.exit_code == 0
    assert answer.stdout == "kerho-members: a new version.\n"
    assert "1 file defines a register and was left alone." in answer.stderr
    assert f"Load both: seloste registers load {tmp_path}" in answer.stderr
    assert "kerho" not in run("registers", "list").stdout


@pytest.mark.parametrize("command", [["init"], ["registers", "load"], ["retention", "load"]])
def test_help_names_the_settings_that_are_read(run: Run, command: list[str]) -> None:
    said = run(*command, "--help").stdout

    for setting in ("INSTANCE_PATH", "DATABASE", "MASTER_KEY_FILE", "REGISTERS_PATH"):
        assert f"SELOSTE_{setting} " in said
    assert "SELOSTE_POLICIES_PATH " in said
    assert "*.yaml" in said


def test_init_takes_both_kinds_from_one_folder(tmp_path: Path) -> None:
    (tmp_path / "choir.yaml").write_text(CHOIR, "utf-8")
    (tmp_path / "rules.yaml").write_text(RULES, "utf-8")
    own = CliRunner(
        env={
            "SELOSTE_INSTANCE_PATH": str(tmp_path / "instance"),
            "SELOSTE_REGISTERS_PATH": str(tmp_path),
            "SELOSTE_POLICIES_PATH": str(tmp_path),
        }
    )

    answer = own.invoke(main, ["init"])

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert own.invoke(main, ["registers", "list"]).stdout.startswith("choir@1  draft")
    assert own.invoke(main, ["init"]).exit_code == 0
