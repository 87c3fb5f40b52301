"""The command line on an instance of its own, in which two people may publish."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from app.cli import main

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> CliRunner:
    """Commands of a module work on one instance."""
    instance = str(tmp_path_factory.mktemp("instance"))
    return CliRunner(env={"SELOSTE_INSTANCE_PATH": instance})


@pytest.fixture(scope="module")
def run(runner: CliRunner) -> Run:
    """`seloste …`, when the instance is ready."""

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
