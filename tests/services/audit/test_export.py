"""The log in an outsider's hands: verified with a file, a checkpoint and a key, nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from app.audit.checkpoint import CheckpointRefused
from app.audit.events import Event
from app.audit.services import export_log, record, sequence_pending, sign_checkpoint, signer
from app.audit.services.exporting import NothingToExport, checkpoint_file
from app.audit.verification import Problem, Status, VerifyReport, verify_export
from app.cli import main
from app.config import Settings, settings
from app.db import transaction
from tests.services.audit.tampering import tampering


def write(count: int) -> None:
    with transaction():
        for number in range(count):
            record(Event.CLIENT_VIEWED, actor_id=1, client_id=number)


@pytest.fixture
def log(app: Flask, tmp_path: Path) -> Path:
    """An exported log of twelve entries: six signed early, all twelve at the export."""
    write(5)
    sign_checkpoint()
    write(6)
    path = tmp_path / "log.jsonl"
    export_log(path, actor_id=4)
    return path


@pytest.fixture
def vkey(app: Flask) -> str:
    return signer().verifier.vkey


@pytest.fixture
def note(log: Path) -> str:
    return checkpoint_file(log).read_text("utf-8")


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The settings of the test's instance, as the command line reads them."""
    return {
        "SELOSTE_INSTANCE_PATH": str(settings.instance_path),
        "SELOSTE_DATABASE": settings.database,
    }


def report(log: Path, vkey: str, *notes: str) -> VerifyReport:
    return verify_export(log, notes, vkey)


def test_an_exported_log_is_verified_without_the_database(log: Path, note: str, vkey: str) -> None:
    found = report(log, vkey, note)

    assert (found.status, found.size, found.signed_size) == (Status.INTACT, 12, 12)
    lines = log.read_text("utf-8").splitlines()
    assert [json.loads(line)["client"] for line in lines] == [0, 1, 2, 3, 4, None, *range(6)]


def test_the_export_is_recorded(log: Path) -> None:
    sequence_pending()
    export_log(log, actor_id=4)

    entry = json.loads(log.read_text("utf-8").splitlines()[-1])

    assert (entry["action"], entry["actor"], entry["details"]) == ("log.exported", 4, {"size": 12})


@pytest.mark.usefixtures("app")
def test_an_empty_log_cannot_be_exported(tmp_path: Path) -> None:
    with pytest.raises(NothingToExport):
        export_log(tmp_path / "log.jsonl", actor_id=None)
    assert not (tmp_path / "log.jsonl").exists()


def test_every_changed_line_is_found(log: Path, note: str, vkey: str) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    for position in range(len(lines)):
        variants = [
            [*lines[:position], *lines[position + 1 :]],
            [*lines[:position], lines[position].replace(b"0", b"1"), *lines[position + 1 :]],
            [*lines[:position], lines[0], *lines[position:]],
            [*lines[:position], b"\n", *lines[position:]],
        ]
        for changed in variants:
            log.write_bytes(b"".join(changed))
            assert report(log, vkey, note).status is Status.TAMPERED


def test_a_log_that_was_cut_off_is_found(log: Path, note: str, vkey: str) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:7]))

    found = report(log, vkey, note)

    assert (found.problem, found.bad_seq) == (Problem.SHORTER_THAN_SIGNED, 7)


def test_an_old_checkpoint_narrows_down_where_a_change_is(
    log: Path, note: str, vkey: str, settings: Settings
) -> None:
    early = signer().sign(5, bytes(32))
    found = report(log, vkey, early, note)
    assert (found.problem, found.bad_seq, found.signed_size) == (Problem.NOT_AS_SIGNED, 0, 0)

    lines = log.read_bytes().splitlines(keepends=True)
    lines[9] = lines[9].replace(b"client", b"klient")
    log.write_bytes(b"".join(lines))
    with tampering() as session:
        kept = session.execute(text("SELECT note FROM audit_checkpoint WHERE size = 5")).scalar()

    found = report(log, vkey, str(kept), note)

    assert (found.problem, found.bad_seq, found.signed_size) == (Problem.NOT_AS_SIGNED, 5, 5)


def test_lines_after_the_signed_ones_are_counted_apart(log: Path, note: str, vkey: str) -> None:
    log.write_bytes(log.read_bytes() + b'{"action":"later"}\n')

    found = report(log, vkey, note)

    assert (found.status, found.size, found.signed_size) == (Status.INTACT, 13, 12)


def test_a_forged_checkpoint_cannot_be_used(log: Path, note: str, vkey: str) -> None:
    found = report(log, vkey, note.replace("\n12\n", "\n11\n"))

    assert (found.status, found.problem) == (Status.UNUSABLE, Problem.CHECKPOINT_FORGED)


def test_without_a_checkpoint_there_is_no_judgement(log: Path, vkey: str) -> None:
    assert report(log, vkey).status is Status.UNUSABLE
    with pytest.raises(CheckpointRefused):
        report(log, "not a key")


def test_the_command_works_in_a_folder_with_nothing_but_the_files(
    log: Path, vkey: str, tmp_path: Path
) -> None:
    bare = tmp_path / "outside"
    bare.mkdir()
    for file in (log, checkpoint_file(log)):
        (bare / file.name).write_bytes(file.read_bytes())
    command = [sys.executable, "-c", "from app.cli import main; main()", "audit", "verify"]
    command += ["--log", log.name, "--vkey", vkey, "--json"]
    environment = os.environ | {
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "SELOSTE_INSTANCE_PATH": str(bare / "no-instance"),
    }

    answer = subprocess.run(
        command, cwd=bare, env=environment, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["status"] == "intact"
    assert not (bare / "no-instance").exists()

    log_there = bare / log.name
    log_there.write_bytes(log_there.read_bytes().replace(b'"client":3', b'"client":9'))
    answer = subprocess.run(
        command, cwd=bare, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["problem"] == "not_as_signed"


def test_the_commands_work_on_the_installation(
    log: Path, vkey: str, environment: dict[str, str], tmp_path: Path
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        answer = CliRunner().invoke(main, ["audit", *arguments], env=environment)
        return answer.exit_code, answer.output

    assert run("vkey") == (0, f"{vkey}\n")
    code, output = run("verify")
    assert (code, "intact" in output) == (0, True)
    assert run("export", str(tmp_path / "again.jsonl"))[0] == 0
    again = checkpoint_file(tmp_path / "again.jsonl").read_text("utf-8")
    assert report(tmp_path / "again.jsonl", vkey, again).status is Status.INTACT

    with tampering() as session:
        session.execute(text("DELETE FROM audit_entry WHERE seq = 3"))
    code, output = run("verify", "--json")
    assert code == 1
    assert json.loads(output)["bad_seq"] == 3

    settings().master_key_path.unlink()
    assert run("verify")[0] == 2
    assert run("verify", "--log", str(log))[0] == 2
