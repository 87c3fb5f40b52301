"""`seloste retention load` and `export --format yaml`: rules go in, come out, and say the same."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KEY = "social-agreements"
# What an approval in the browser leaves behind: a version that a person made.
CHANGE = """
from app import create_app
from app.accounts.permissions import Actor, Role
from app.calendar.periods import Period
from app.clock import today
from app.reports.services import approve_rule_change
from app.retention.queries import versions_of_rule
from app.retention.services import Change, propose

with create_app().app_context():
    one, two = (
        Actor(id_, "", frozenset({(Role.DATA_PROTECTION_OFFICER, None)})) for id_ in (1, 2)
    )
    last = versions_of_rule("social-agreements")[0]
    policy = last.policy.model_copy(update={"retention_period": Period(years=77)})
    approve_rule_change(two, propose(one, Change(policy, today(), "x"), seen=last.number).id)
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command on an instance of its own, in which a rule was changed by two people."""
    environment = os.environ | {
        "SELOSTE_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance")),
        "PYTHONPATH": str(ROOT),
    }

    def python(
        code: str, *arguments: object, stdin: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            capture_output=True,
            text=True,
            input=stdin,
            env=environment,
            cwd=ROOT,
            check=False,
        )

    def run(*arguments: object, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return python("from app.cli import main; main()", *arguments, stdin=stdin)

    assert run("init").returncode == 0
    for name in ("aino", "bertta"):
        answer = run(
            "user", "add", name, "--name", name.title(), "--role", "data_protection_officer",
            "--password-stdin", stdin="a long enough password 9\n",
        )  # fmt: skip
        assert answer.returncode == 0, answer.stderr
    changed = python(CHANGE)
    assert changed.returncode == 0, changed.stderr
    return run


def test_files_spare_the_change_until_they_say_the_same(run: Run, tmp_path: Path) -> None:
    spared = run("retention", "load", "--json")
    assert spared.returncode == 1
    assert json.loads(spared.stdout) == {"changed": [], "spared": [KEY]}
    told = run("retention", "load", "--language", "en")
    assert f"{KEY}: this rule was changed in the browser" in told.stderr
    assert KEY in run("init").stderr

    file = tmp_path / "rules.yaml"
    exported = run("retention", "export", "--format", "yaml", "--output", file)
    assert exported.returncode == 0, exported.stderr
    assert "P77Y" in file.read_text("utf-8")
    again = run("retention", "load", file, "--language", "en")
    assert (again.returncode, again.stdout) == (0, "Nothing has changed.\n")

    # From here on files lead, so that the folder's old text is a change like any other.
    back = run("retention", "load", "--language", "en")
    assert back.returncode == 0
    assert back.stdout == f"{KEY}: a new version.\n"


def test_a_file_with_a_fault_takes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("kind: retention_policies\nschema_version: 1\nrules: 3\n", "utf-8")

    answer = run("retention", "load", file, "--replace-changed")

    assert answer.returncode == 1
    assert f"{file}:" in answer.stderr
