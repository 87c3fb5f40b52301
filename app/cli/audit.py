"""Commands for the access log: verify it, hand it out, show the key that verifies it."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from app.audit.checkpoint import CheckpointRefused
from app.audit.labels import problem_label, status_label
from app.audit.services import accept_rollback, export_log, signer, verify_log
from app.audit.services.exporting import NothingToExport, checkpoint_file
from app.audit.services.signing import LogRolledBack
from app.audit.verification import VerifyReport, verify_export
from app.cli.run import installation
from app.cli.telling import refuse
from app.crypto.master import MasterKeyProblem
from app.web.i18n import language

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("audit")
def audit_group() -> None:
    """The access log: verify, export."""


@audit_group.command()
@click.option("--log", type=_FILE, help="An exported log, instead of the database.")
@click.option("--vkey", help="Verification key of the exported log (seloste audit vkey).")
@click.option(
    "--checkpoint",
    "checkpoints",
    type=_FILE,
    multiple=True,
    help="A signed checkpoint you kept; by default the one beside the exported log.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def verify(
    log: Path | None, vkey: str | None, checkpoints: tuple[Path, ...], *, as_json: bool
) -> None:
    """Check that no entry was changed, removed or added unnoticed.

    Exit code 0: intact, 1: tampered, 2: cannot be judged. With --log it needs neither the
    database nor the instance.
    """
    if (log is None) != (vkey is None):
        raise click.UsageError("--log and --vkey belong together")
    try:
        if log is not None and vkey is not None:
            report = verify_export(log, _notes(log, checkpoints), vkey)
        else:
            with installation():
                report = verify_log()
    except (CheckpointRefused, MasterKeyProblem, OSError, UnicodeDecodeError) as problem:
        refuse(f"The log cannot be judged: {problem}")
    _print(report, as_json=as_json)
    sys.exit(report.exit_code)


@audit_group.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the log to FILE and its signed checkpoint beside it."""
    try:
        with installation():
            checkpoint = export_log(file, actor_id=None)
    except NothingToExport:
        refuse("The log has no entries yet.")
    except (LogRolledBack, CheckpointRefused, MasterKeyProblem, OSError) as problem:
        refuse(str(problem))
    click.echo(f"{checkpoint.size} entries: {file}, {checkpoint_file(file)}")


@audit_group.command()
def vkey() -> None:
    """Print the key with which anyone can verify the log. It is public."""
    try:
        with installation():
            click.echo(signer().verifier.vkey)
    except MasterKeyProblem as problem:
        refuse(str(problem))


@audit_group.command("accept-rollback")
@click.confirmation_option(prompt="Was the database restored from an older copy on purpose?")
def accept() -> None:
    """Go on after a restore from an older copy; the log says for good that entries were lost."""
    try:
        with installation():
            accept_rollback(None)
    except (CheckpointRefused, MasterKeyProblem, OSError) as problem:
        refuse(str(problem))
    click.echo("The log continues.")


def _notes(log: Path, checkpoints: Sequence[Path]) -> list[str]:
    files = checkpoints or [checkpoint_file(log)]
    return [file.read_text(encoding="utf-8") for file in files]


def _print(report: VerifyReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(report)))
        return
    with language("en"):
        click.echo(f"{status_label(report.status)}.")
        if report.problem:
            click.echo(f"{problem_label(report.problem)}.")
    if report.bad_seq is not None:
        click.echo(f"First entry in doubt: {report.bad_seq}")
    click.echo(f"Entries: {report.size}, covered by a signature: {report.signed_size}")
