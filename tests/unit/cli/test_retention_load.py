"""`seloste retention load` and `export --format yaml`: rules go in, come out, and say the same."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import clock
from app.accounts.permissions import Actor, Role
from app.calendar.periods import Period
from app.cli import main
from app.cli.run import installation
from app.reports.services import approve_rule_change
from app.retention.queries import versions_of_rule
from app.retention.services import Change, propose

ROOT = Path(__file__).resolve().parents[3]
KEY = "social-agreements"

Run = Callable[..., Result]


def change_by_two_people() -> None:
    """What an approval in the browser leaves behind: a version that a person made."""
    one, two = (Actor(id_, "", frozenset({(Role.DATA_PROTECTION_OFFICER, None)})) for id_ in (1, 2))
    last = versions_of_rule(KEY)[0]
    policy = last.policy.model_copy(update={"retention_period": Period(years=77)})
    proposed = propose(one, Change(policy, clock.today(), "x"), seen=last.number)
    approve_rule_change(two, proposed.id)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command on an instance of its own, in which a rule was changed by two people."""
    environment = {"SELOSTE_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance"))}
    runner = CliRunner(env=environment)

    def run(*arguments: object, stdin: str = "") -> Result:
        return runner.invoke(main, [str(each) for each in arguments], input=stdin)

    assert run("init").exit_code == 0
    for name in ("aino", "bertta"):
        answer = run(
            "user", "add", name, "--name", name.title(), "--role", "data_protection_officer",
            "--password-stdin", stdin="a long enough password 9\n",
        )  # fmt: skip
        assert answer.exit_code == 0, answer.stderr
    with runner.isolation(), installation():
        change_by_two_people()
    return run


def test_files_spare_the_change_until_they_say_the_same(run: Run, tmp_path: Path) -> None:
    spared = run("retention", "load", "--json")
    assert spared.exit_code == 1
    assert json.loads(spared.stdout) == {"changed": [], "spared": [KEY]}
    told = run("retention", "load", "--language", "en")
    assert f"{KEY}: this rule was changed in the browser" in told.stderr
    assert KEY in run("init").stderr

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
