"""`seloste retention load`, `export` and `import`: rules to and from files."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from app.cli.run import instance
from app.crypto.durable import write_file
from app.reports.services import RULE_WRITERS
from app.reports.services import export_rules as export_rules_in
from app.retention.definition_bytes import read_bytes
from app.retention.definition_files import MAX_BYTES, DefinitionError, DefinitionProblem
from app.retention.exchange import Incoming, incoming_yaml
from app.retention.exchange.helerm_in import read_helerm
from app.retention.exchange.jhs191_in import read_jhs191
from app.retention.services import LoadedRules, load_rules
from app.web.i18n import DEFAULT_LANGUAGE, LANGUAGES, language
from app.web.i18n import gettext as _
from app.web.i18n import ngettext as _n
from app.web.problems import InputError

_FILE_MODE = 0o644

_language_option = click.option(
    "--language",
    "code",
    type=click.Choice(list(LANGUAGES)),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help="Language of the sentences.",
)


@click.command("load")
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH]")
@click.option(
    "--replace-changed",
    is_flag=True,
    help="Let the file win over rules that were changed in the browser.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@_language_option
def load_rules_command(
    path: Path | None, code: str, *, replace_changed: bool, as_json: bool
) -> None:
    """Take rule files into use: PATH, or the folder of the instance.

    A new or changed rule becomes a new version. One that was changed in the browser is left as it
    is until a file says the same. Exit codes: 0 all taken, 1 some rules were left as they are, or
    the files have faults and nothing was taken.
    """
    with language(code), instance():
        try:
            loaded = load_rules(path, replace_changed=replace_changed)
        except DefinitionError as error:
            _say(error.problems)
            sys.exit(1)
        if as_json:
            click.echo(json.dumps(asdict(loaded), ensure_ascii=False))
        else:
            _tell_loaded(loaded)
    sys.exit(1 if loaded.spared else 0)


def _tell_loaded(loaded: LoadedRules) -> None:
    for key in loaded.changed:
        click.echo(_("%(key)s: a new version.", key=key))
    for key in loaded.spared:
        message = _(
            "%(key)s: this rule was changed in the browser and the file says something else. It "
            "was left as it is. Take what is in force into a file: seloste retention export "
            "--format yaml. Or let the file win: --replace-changed.",
            key=key,
        )
        click.echo(message, err=True)
    if not (loaded.changed or loaded.spared):
        click.echo(_("Nothing has changed."))


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
@_language_option
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
@_language_option
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
