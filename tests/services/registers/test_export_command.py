"""`seloste export`: writes a file, says what it leaves out, and names what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.config import Settings
from app.registers.definitions import RegisterDefinition

Run = Callable[..., Result]


@pytest.fixture
def run(published_register: tuple[int, RegisterDefinition], settings: Settings) -> Run:
    environment = {
        "SELOSTE_INSTANCE_PATH": str(settings.instance_path),
        "SELOSTE_DATABASE": settings.database,
        "SELOSTE_ORGANISATION": "Esimerkkisäätiö",
    }

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["export", *arguments], env=environment)

    return invoke


def test_a_file_is_written_and_its_losses_are_told(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "seloste.csv"

    answer = run("csv", "--language", "en", "--output", str(output))

    assert answer.exit_code == 0, answer.output
    assert "Register valmennus" in output.read_text("utf-8-sig")
    assert "- Only the table of Art. 30(1)" in answer.output


def test_the_same_export_twice_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"

    for output in (first, second):
        options = ["--register", "valmennus", "--version", "1", "--output", str(output)]
        assert run("workbook", *options).exit_code == 0

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--register", "puuttuva"], "the register “puuttuva”"),
        (["--register", "valmennus", "--version", "9"], "no version 9"),
        (["--version", "1"], "--version needs --register"),
    ],
)
def test_what_is_missing_is_named(run: Run, tmp_path: Path, options: list[str], told: str) -> None:
    output = tmp_path / "f.csv"

    answer = run("csv", *options, "--output", str(output))

    assert answer.exit_code == 2
    assert told in answer.output
    assert not output.exists()


def test_a_place_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    answer = run("csv", "--output", str(tmp_path / "missing" / "f.csv"))

    assert answer.exit_code == 2
    assert "cannot be written" in answer.output
