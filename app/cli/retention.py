"""`seloste retention load`, `export` and `import`: rules to and from files."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from app.cli.files import definition_files
from app.cli.options import json_option, language_option
from app.cli.run import SETTINGS_READ, instance
from app.cli.telling import has_changed, tell_rules
from app.config import settings
from app.crypto.durable import write_file
from app.reports.services import RULE_WRITERS
from app.reports.services import export_rules as export_rules_in
from app.retention.definition_bytes import read_bytes
from app.retention.definition_files import MAX_BYTES, DefinitionError, DefinitionProblem
from app.retention.exchange import Incoming, incoming_yaml
from app.retention.exchange.helerm_in import read_helerm
from app.retention.exchange.jhs191_in import read_jhs191
from app.retention.services import load_rules
from app.web.i18n import gettext as _
from app.web.i18n import language
from app.web.i18n import ngettext as _n
from app.web.problems import InputError

_FILE_MODE = 0o644


@click.command("load", epilog=SETTINGS_READ)
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH]")
@click.option(
    "--replace-changed",
    is_flag=True,
    help="Let the file win over rules that were changed in the browser.",
)
@json_option
@language_option
def load_rules_command(
    path: Path | None, code: str, *, replace_changed: bool, as_json: bool
) -> None:
    """Take rule files into use.

    PATH is a file or a folder, of which the files named *.yaml and *.yml are read; without one, the
    folder of retention rules of the settings. Files of registers in it are left alone: “seloste
    registers load” takes both.

    A new or changed rule becomes a new version. One that was changed in the browser is left as it
    is until a file says the same. Exit codes: 0 all taken, 1 some rules were left as they are, or
    the files have faults and nothing was taken, 2 there is no file of rules.
    """
    with language(code), instance():
        chosen = path or settings().policies_path
        try:
            loaded = load_rules(*_rule_files(chosen), replace_changed=replace_changed)
        except DefinitionError as error:
            _say(error.problems)
            sys.exit(1)
        if as_json:
            click.echo(json.dumps(asdict(loaded), ensure_ascii=False))
        else:
            tell_rules(loaded, command="--replace-changed")
            if not has_changed(loaded):
                click.echo(_("Nothing has changed."))
    sys.exit(1 if loaded.spared else 0)


def _rule_files(path: Path) -> Sequence[Path]:
    """The files of rules that a path stands for; says which others it leaves alone."""
    files = definition_files([path])
    if files.problems:
        raise DefinitionError(files.problems)
    command = f"seloste registers load {path}"
    if not files.rules:
        message = _(
            "There are registers in “%(path)s” and no retention rules. Load registers: %(command)s",
            path=path,
            command=command,
        )
        raise click.UsageError(message)
    if files.registers:
        message = _n(
            "%(num)d file defines a register and was left alone. Load both: %(command)s",
            "%(num)d files define registers and were left alone. Load both: %(command)s",
            len(files.registers),
            command=command,
        )
        click.echo(message, err=True)
    return files.rules


@click.command("export")
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(RULE_WRITERS)),
    required=True,
    help="YAML as in retention_policies, JHS 191 or helerm.",
)
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; one that is there is replaced.",
)
@click.option("--helsinki", is_flag=True, help="Use the two codes that only Helsinki's schema has.")
@language_option
def export_rules(kind: str, output: Path, code: str, *, helsinki: bool) -> None:
    """Write the rules in force; JHS 191 and helerm list them by the services that use them.

    The YAML file can be loaded again and says the same. Exit codes: 0 written, 2 it cannot be
    written.
    """
    with language(code), instance():
        try:
            content, count = export_rules_in(kind, helsinki=helsinki)
        except InputError as problem:
            raise click.UsageError(problem.message) from problem
        _write(output, content, replace=True)
        click.echo(_n("%(num)d rule written.", "%(num)d rules written.", count), err=True)


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="YAML file to write; it must not exist yet. Printed when not given.",
)
@language_option
def import_rules(source: Path, output: Path | None, code: str) -> None:
    """Read rules of JHS 191 (XML) or helerm (JSON) into a file that a person reviews and loads.

    Needs no installation. Exit codes: 0 read, 1 the file has faults and nothing was written, 2 it
    cannot be used.
    """
    with language(code):
        try:
            incoming = _read(source)
            content = _yaml(incoming, source)
        except DefinitionError as error:
            _say(error.problems)
            sys.exit(1)
        if output is None:
            click.echo(content, nl=False)
        else:
            _write(output, content.encode(), replace=False)
        _say(incoming.remarks)
        count = len(incoming.policies)
        message = _n("%(num)d rule to be reviewed.", "%(num)d rules to be reviewed.", count)
        click.echo(message, err=True)


def _read(source: Path) -> Incoming:
    """By the first character of the file: XML or JSON."""
    try:
        first = read_bytes(source, 255).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    except OSError:
        first = b""
    return read_helerm(source) if first in {b"{", b"["} else read_jhs191(source)


def _yaml(incoming: Incoming, source: Path) -> str:
    content = incoming_yaml(incoming.policies, source)
    if len(content.encode()) > MAX_BYTES:
        message = _("There are more rules than one file of retention rules may hold.")
        remedy = _("Export fewer classes at a time.")
        raise DefinitionError(
            [DefinitionProblem("too_large", str(source), 1, "–", message, remedy)]
        )
    return content


def _say(problems: Iterable[DefinitionProblem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


def _write(path: Path, content: bytes, *, replace: bool) -> None:
    try:
        write_file(path, content, mode=_FILE_MODE, replace=replace)
    except FileExistsError as error:
        message = _("%(path)s exists already. Choose another name.", path=path)
        raise click.UsageError(message) from error
    except OSError as error:
        message = _("%(path)s cannot be written: %(reason)s.", path=path, reason=error.strerror)
        raise click.UsageError(message) from error
