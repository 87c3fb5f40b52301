"""`seloste check`: what it prints for good and bad definitions, and its exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli.check import check
from app.registers.findings import FindingCode
from app.registers.findings.texts import finding

RULES = """\
kind: retention_policies
schema_version: 1
title: {fi: Säännöt}
rules:
  - key: lausunnot
    name: {fi: Lausunnot}
    retention_period: P10Y
    retention_trigger: matter_closed
    disposal_action: destroy
    mandate: {citation: {fi: Laki}, certainty: to_be_confirmed}
"""

REGISTER = """\
kind: register
schema_version: 1
key: kuntoutus
name: {fi: Kuntoutus}
services:
  - {key: ryhma, name: {fi: Ryhmä}}
document_types:
  - {key: lausunto, name: {fi: Lausunto}}
storage_rules:
  - {service: ryhma, document_type: lausunto, media: [man], retention_rule: lausunnot}
"""

BOMB = "l0: &a [x]\nl1: &b [*a, *a, *a, *a, *a, *a]\nl2: [*b, *b, *b, *b, *b, *b]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text(RULES, "utf-8")
    (tmp_path / "register.yaml").write_text(REGISTER, "utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def report(*arguments: str | Path) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return parsed


def test_the_bundled_definitions_are_valid() -> None:
    result = run()

    assert result.exit_code == 0, result.output
    assert "asiakastietokantarekisteri" in result.output
    assert "kotoutumishankkeen-asiakasrekisteri" in result.output
    assert "47 säilytyssääntöä" in result.output


def test_findings_do_not_fail_unless_asked_to(folder: Path) -> None:
    assert run(folder).exit_code == 0
    assert run(folder, "--strict").exit_code == 1


def test_strict_does_not_fail_for_remarks_alone(folder: Path) -> None:
    rules = folder / "rules.yaml"
    rules.write_text(RULES.replace("to_be_confirmed", "verified"), "utf-8")

    assert run(rules, "--strict").exit_code == 0


def test_a_finding_is_printed_with_its_place_remedy_and_law(folder: Path) -> None:
    output = run(folder, "--language", "en").output

    assert (
        "  error: data_protection_officer: Neither a data protection officer nor the lack "
        "of one is stated. → "
        "Name the officer with contact details, or state why none is designated. "
        "(GDPR 13(1)(b), 14(1)(b), 30(1)(a), 30(2)(a), 37(1))\n"
    ) in output


def test_findings_are_given_as_data(folder: Path) -> None:
    data = report(folder, "--language", "en")

    (register,) = data["registers"]
    assert data["problems"] == []
    assert register["key"] == "kuntoutus"
    assert len(register["content_hash"]) == 64
    assert {
        "code": "dpo_missing",
        "severity": "error",
        "where": ["data_protection_officer"],
        "title": "Neither a data protection officer nor the lack of one is stated.",
        "explanation": (
            "The officer is the person's contact in all matters of data protection. Not every "
            "organisation needs one, and why not is weighed and written down."
        ),
        "remedy": "Name the officer with contact details, or state why none is designated.",
        "field": "",
        "law": "GDPR 13(1)(b), 14(1)(b), 30(1)(a), 30(2)(a), 37(1)",
        "fingerprint": finding(FindingCode.DPO_MISSING, ("data_protection_officer",)).fingerprint,
    } in register["findings"]
    assert data["retention_rules"]["count"] == 1


def test_a_rule_that_a_register_uses_is_told_of_once(folder: Path) -> None:
    with_register = report(folder)
    alone = report(folder / "rules.yaml")

    found = [f["code"] for f in with_register["registers"][0]["findings"]]
    assert found.count("retention_rule_unconfirmed") == 1
    assert with_register["retention_rules"]["findings"] == []
    assert [f["code"] for f in alone["retention_rules"]["findings"]] == [
        "retention_rule_unconfirmed"
    ]


def test_a_register_alone_is_checked_against_the_rules_of_the_settings(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "rules").mkdir()
    (folder / "rules.yaml").rename(folder / "rules" / "rules.yaml")

    assert run(folder / "register.yaml").exit_code == 1, "the bundled rules lack this one"
    monkeypatch.setenv("SELOSTE_POLICIES_PATH", str(folder / "rules"))
    assert run(folder / "register.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "key"),
    [
        ("rules.yaml", "retention_period", "retention_perod", 7, "rules[0].retention_perod"),
        ("rules.yaml", "P10Y", "ten years", 7, "rules[0].retention_period"),
        ("rules.yaml", "{fi: Lausunnot}", "{de: Gutachten}", 6, "rules[0].name.de"),
        ("rules.yaml", "schema_version: 1", "schema_version: 9", 2, "schema_version"),
        ("rules.yaml", "kind: retention_policies", "kind: poem", 1, "kind"),
        ("rules.yaml", "title:", BOMB + "title:", 3, "l0"),
        ("rules.yaml", "title:", "title: {fi: A}\ntitle:", 4, "title"),
        ("register.yaml", "key: kuntoutus", "key: kuntoutus\nkey: toinen", 4, "key"),
        ("register.yaml", "service: ryhma", "service: rhyma", 10, "storage_rules[0].service"),
        (
            "register.yaml",
            "retention_rule: lausunnot",
            "retention_rule: muut",
            10,
            "storage_rules[0].retention_rule",
        ),
        ("register.yaml", "[man]", "[man", 10, "–"),
    ],
)
def test_a_bad_definition_is_told_with_file_line_key_and_remedy(
    folder: Path, name: str, old: str, new: str, *, line: int, key: str
) -> None:
    path = folder / name
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")

    result = run(folder)
    problems = report(folder)["problems"]

    assert result.exit_code == 1
    assert f"{path}:{line}: {key}: " in result.output
    assert " → " in result.output
    (problem,) = [p for p in problems if (p["line"], p["key"]) == (line, key)]
    assert problem["file"] == str(path)
    assert problem["message"]
    assert problem["remedy"]
    assert "Traceback" not in result.output


def test_broken_rules_do_not_make_every_reference_dangle(folder: Path) -> None:
    path = folder / "rules.yaml"
    path.write_text(RULES.replace("P10Y", "x"), "utf-8")

    assert [p["code"] for p in report(folder)["problems"]] == ["bad_value"]


def test_rules_in_an_unreadable_file_do_not_make_references_dangle(folder: Path) -> None:
    (folder / "others.yaml").write_text(RULES.replace("lausunnot", "muut"), "utf-8")
    (folder / "rules.yaml").write_text(RULES + "  - [\n", "utf-8")

    assert [p["code"] for p in report(folder)["problems"]] == ["not_yaml"]


def test_a_huge_file_is_refused(folder: Path) -> None:
    path = folder / "huge.yaml"
    path.write_bytes(b"x" * 1_048_577)

    result = run(folder)

    assert result.exit_code == 1
    assert f"{path}:1: –: " in result.output


def test_problems_stand_in_the_order_of_files_and_lines(folder: Path) -> None:
    (folder / "a.yaml").write_text("kind: register\nschema_version: 3\n")
    (folder / "rules.yaml").write_text(RULES.replace("P10Y", "x").replace("destroy", "y"))

    problems = report(folder)["problems"]

    assert [(Path(p["file"]).name, p["line"]) for p in problems] == [
        ("a.yaml", 2),
        ("rules.yaml", 7),
        ("rules.yaml", 9),
    ]


def test_with_a_problem_there_are_no_findings(folder: Path) -> None:
    (folder / "rules.yaml").write_text("kind: poem\nschema_version: 1\n")

    data = report(folder)

    assert data["problems"]
    assert data["registers"] == []


def test_a_path_that_does_not_exist_cannot_be_used(folder: Path) -> None:
    result = run(folder / "nowhere")

    assert result.exit_code == 2
    assert "nowhere" in result.output


def test_an_empty_folder_cannot_be_used(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert result.exit_code == 2
    assert ".yaml" in result.output


def test_the_report_speaks_the_language_asked_for(folder: Path) -> None:
    swedish = run(folder, "--language", "sv").output
    assert "Det anges inte om ett dataskyddsombud har utsetts" in swedish
    assert "Ei ole kerrottu, onko tietosuojavastaavaa nimetty." in run(folder).output


def test_files_that_define_nothing_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES[: RULES.index("rules:")] + "rules: []\n", "utf-8")

    result = run(tmp_path, "--language", "en")

    assert result.output == "The files define nothing: their lists of rules are empty.\n"
