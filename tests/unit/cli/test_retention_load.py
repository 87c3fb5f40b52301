"""`seloste retention load` and `export --format yaml`: rules go in, come out, and say the same."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import clock
from app.accounts.permissions import Actor, Role
from app.calendar.periods import Period
from app.cli.run import installation
from app.reports.services import approve_rule_change
from app.retention.queries import versions_of_rule
from app.retention.services import Change, propose
from tests.unit.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
KEY = "social-agreements"


def change_by_two_people() -> None:
    """What an approval in the browser leaves behind: a version that a person made."""
    one, two = (Actor(id_, "", frozenset({(Role.DATA_PROTECTION_OFFICER, None)})) for id_ in (1, 2))
    last = versions_of_rule(KEY)[0]
    policy = last.policy.model_copy(update={"retention_period": Period(years=77)})
    proposed = propose(one, Change(policy, clock.today(), "x"), seen=last.number)
    approve_rule_change(two, proposed.id)


@pytest.fixture(scope="module")
def changed(run: Run, runner: CliRunner) -> Run:
    """The command, when a rule was changed by two people."""
    with runner.isolation(), installation():
        change_by_two_people()
    return run


def test_files_spare_the_change_until_they_say_the_same(changed: Run, tmp_path: Path) -> None:
    run = changed
    spared = run("retention", "load", "--json")
    assert spared.exit_code == 1
    assert json.loads(spared.stdout) == {"changed": [], "spared": [KEY]}
    told = run("retention", "load", "--language", "en")
    assert f"{KEY}: this rule was changed in the browser" in told.stderr
    assert KEY in run("init").stderr
    with_registers = run("registers", "load", ROOT / "retention_policies", "--language", "en")
    assert with_registers.exit_code == 1
    assert "the file win: seloste retention load --replace-changed" in with_registers.stderr

    file = tmp_path / "rules.yaml"
    exported = run("retention", "export", "--format", "yaml", "--output", file)
    assert exported.exit_code == 0, exported.stderr
    assert "P77Y" in file.read_text("utf-8")
    again = run("retention", "load", file, "--language", "en")
    assert (again.exit_code, again.stdout) == (0, "Nothing has changed.\n")

    # From here on files lead, so that the folder's old text is a change like any other.
    back = run("retention", "load", "--language", "en")
    assert back.exit_code == 0
    assert back.stdout == f"{KEY}: a new version.\n"


def test_a_file_with_a_fault_takes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("kind: retention_policies\nschema_version: 1\nrules: 3\n", "utf-8")

    answer = run("retention", "load", file, "--replace-changed")

    assert answer.exit_code == 1
    assert f"{file}:" in answer.stderr
