"""`seloste retention import`: a file to review, remarks, and nothing written on a fault."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from app.cli.retention import import_rules
from app.retention.policies import load_policies

HELERM = """[{"RecordType": "sopimus", "RetentionPeriod": "10", "SecurityPeriodd": "25"}]"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(import_rules, [str(each) for each in arguments])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "helerm.json"
    path.write_text(HELERM, "utf-8")
    return path


def test_what_is_read_can_be_loaded_and_is_reported(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "rules.yaml"

    result = run(source, "--output", output, "--language", "en")

    assert result.exit_code == 0, result.output
    assert [policy.key for policy in load_policies(output)] == ["sopimus"]
    assert f"{source}:1: SecurityPeriodd:" in result.stderr
    assert "1 rule to be reviewed." in result.stderr


def test_without_a_file_it_is_printed(source: Path) -> None:
    result = run(source)

    assert result.stdout.startswith("# Read from helerm.json")
    assert "retention_period: P10Y" in result.stdout


def test_an_existing_file_is_left_alone(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "rules.yaml"
    output.write_text("mine", "utf-8")

    result = run(source, "--output", output)

    assert result.exit_code == click.UsageError.exit_code
    assert output.read_text("utf-8") == "mine"


def test_a_fault_writes_nothing(source: Path, tmp_path: Path) -> None:
    source.write_text('{"RetentionPeriod": "ten"}', "utf-8")
    output = tmp_path / "rules.yaml"

    result = run(source, "--output", output)

    assert result.exit_code == 1
    assert f"{source}:1: RetentionPeriod: " in result.stderr
    assert " → " in result.stderr
    assert not output.exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = run(tmp_path / "none.xml")

    assert result.exit_code == 1
    assert "none.xml:1:" in result.stderr
