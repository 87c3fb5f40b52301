"""`seloste registers`: from files to the database and back, what changed, and publication."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.accounts.permissions import Actor, NotPermitted
from app.accounts.services import actor_named
from app.cli.files import definition_files
from app.cli.options import json_option, language_option
from app.cli.run import SETTINGS_READ, instance
from app.cli.telling import has_changed, refuse, tell_rules
from app.config import Settings, settings
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition, load_register
from app.registers.definitions.files import sorted_files
from app.registers.differences import Audience, Change, difference, explain_change, for_audience
from app.registers.differences.texts import AUDIENCE_WORDS
from app.registers.editions import rules_told
from app.registers.findings import Finding, explain
from app.registers.settling import open_serious
from app.registers.writing import to_yaml
from app.retention.definition_files import DefinitionError
from app.retention.policies import PolicySet, load_policies
from app.retention.queries import rules_in_force
from app.web.i18n import gettext as _
from app.web.i18n import language
from app.web.problems import Conflict, InputError, NotFound

_by = click.option("--by", "username", required=True, help="Who does it: a name for signing in.")


@click.group("registers")
def registers_group() -> None:
    """Registers: load files, list, export, compare, propose and publish versions."""


@registers_group.command("load", epilog=SETTINGS_READ)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--replace-draft", is_flag=True, help="Overwrite drafts edited in the browser too.")
@json_option
@language_option
def load(paths: tuple[Path, ...], code: str, *, replace_draft: bool, as_json: bool) -> None:
    """Load register files; each new or changed one becomes a draft.

    PATH is a file or a folder, of which the files named *.yaml and *.yml are read; without one, the
    folder of registers of the settings. Files of retention rules among them are taken into use
    first, as by “seloste retention load”; rules changed in the browser are left as they are.

    Exit codes: 0 loaded, 1 a draft or a rule that was changed in the browser was left as it was, 2
    a file cannot be used (then nothing was loaded).
    """
    with language(code), instance():
        chosen = paths or (settings().registers_path,)
        try:
            definition_files(chosen)
            loaded = services.load_files(chosen, replace_edited=replace_draft)
        except DefinitionError as error:
            refuse(*map(str, error.problems))
        if as_json:
            registers = asdict(loaded.registers)
            click.echo(json.dumps({**registers, "rules": asdict(loaded.rules)}, ensure_ascii=False))
        else:
            tell_rules(loaded.rules, command="seloste retention load --replace-changed")
            _tell_registers(loaded.registers)
            if not has_changed(loaded.rules, loaded.registers):
                click.echo(_("Nothing has changed."))
    sys.exit(1 if loaded.registers.spared or loaded.rules.spared else 0)


def _tell_registers(loaded: services.Loaded) -> None:
    for key in loaded.changed:
        click.echo(_("%(key)s: a new draft.", key=key))
    for key in loaded.spared:
        message = _(
            "%(key)s: its draft was edited in the browser and the file says something else. "
            "Nothing was changed. Compare: seloste registers diff %(key)s FILE. Take the draft "
            "into a file: seloste registers export %(key)s. Or give the draft up: --replace-draft.",
            key=key,
        )
        click.echo(message, err=True)


@registers_group.command("list")
@json_option
def list_registers(*, as_json: bool) -> None:
    """List registers with their versions."""
    with instance():
        rows = [
            (key, version)
            for register_id, key in queries.register_keys().items()
            for version in queries.versions(register_id)
        ]
        listed = [
            {
                "key": key,
                "number": version.number,
                "state": version.state,
                "in_force_from": _day(version.in_force_from),
                "content_hash": version.content_hash,
            }
            for key, version in rows
        ]
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for row in listed:
        click.echo(f"{row['key']}@{row['number']}  {row['state']}  {row['in_force_from'] or '–'}")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


@registers_group.command("export")
@click.argument("key")
@click.option("--version", "number", type=int, help="A version; the newest when absent.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to write.")
def export(key: str, number: int | None, output: Path | None) -> None:
    """Write register KEY as a definition file, with the comments of the file it came from."""
    with instance():
        version = _version(key, number)
        text = to_yaml(queries.parse_definition(version.content), version.source)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as problem:
        refuse(f"{output} cannot be written: {problem.strerror}")
    click.echo(f"{output}: version {version.number} of {key}.")


@registers_group.command("diff")
@click.argument("before")
@click.argument("after")
@language_option
@json_option
def diff(before: str, after: str, code: str, *, as_json: bool) -> None:
    """Say what changed from BEFORE to AFTER: each a file, KEY (its newest version) or KEY@NUMBER.

    Exit codes: 0 they say the same, 1 they differ, 2 one of them cannot be used.
    """
    with language(code):
        if all(map(_is_there, (before, after))):
            rules = _rules_of_files()
            found = difference(_of_file(before), _of_file(after), rules, rules)
        else:
            with instance():
                (old, old_rules), (new, new_rules) = map(_with_rules, (before, after))
                found = difference(old, new, old_rules, new_rules)
        click.echo(_as_json(found) if as_json else _as_text(found))
    sys.exit(1 if found else 0)


def _rules_of_files() -> PolicySet:
    try:
        return load_policies(*sorted_files([Settings().policies_path]).rules)
    except DefinitionError as error:
        refuse(*map(str, error.problems))


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except OSError:  # A key, and too long for the name of a file
        return False


def _with_rules(name: str) -> tuple[RegisterDefinition, PolicySet]:
    """A definition with the retention rules that people were told by, or those of today."""
    if _is_there(name):
        return _of_file(name), PolicySet.of(rule.policy for rule in rules_in_force())
    key, _at, number = name.partition("@")
    if number and not number.isdecimal():
        refuse(f"“{name}”: write KEY@NUMBER, such as {key}@2.")
    version = _version(key, int(number) if number else None)
    return queries.parse_definition(version.content), rules_told(version)


def _of_file(name: str) -> RegisterDefinition:
    try:
        return load_register(Path(name), policies=None)
    except DefinitionError as error:
        refuse(*map(str, error.problems))


def _as_json(found: Sequence[Change]) -> str:
    rows: list[dict[str, Any]] = [
        {
            "audience": change.audience.value,
            "kind": change.kind.value,
            "part": change.part,
            "where": list(change.where),
            "sentence": explain_change(change),
        }
        for change in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _as_text(found: Sequence[Change]) -> str:
    lines = []
    for audience in Audience:
        changes = for_audience(found, audience)
        lines += [str(AUDIENCE_WORDS[audience])] if changes else []
        lines += [f"  {explain_change(change)}" for change in changes]
    return "\n".join(lines) or "="


@registers_group.command("propose")
@click.argument("key")
@_by
def propose(key: str, username: str) -> None:
    """Put the draft of register KEY up for publication by another person."""
    with instance():
        version = _version(key, None)
        _act(lambda: services.propose(_actor(username), version.id))
        click.echo(f"{key}@{version.number} waits for another person to publish it.")


@registers_group.command("publish")
@click.argument("key")
@click.option("--from", "start", required=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--version", "number", type=int, help="A version; the newest when absent.")
@click.option(
    "--acknowledge",
    "known",
    default=0,
    type=click.IntRange(min=0),
    metavar="COUNT",
    help="How many serious findings are known to be open; needed where there are any.",
)
@_by
@language_option
def publish(key: str, start: Any, number: int | None, known: int, username: str, code: str) -> None:
    """Publish the proposed version of register KEY from a day on.

    The one who publishes is a data protection officer and not the one who proposed it. Whoever may
    use this command on the machine acts in the name that is given; the log keeps the name.

    Serious findings that are open stop nothing, but nobody publishes without knowing of them: the
    command lists them and asks for their number, which the log keeps.
    """
    with language(code), instance():
        version = _version(key, number)
        day = start.date()
        serious = open_serious(version)
        _act(lambda: services.publish(_actor(username), version.id, day, known), serious)
        click.echo(f"{key}@{version.number} is published and in force from {day}.")


def _act(act: Any, serious: Sequence[Finding] = ()) -> None:
    """Do it, or say why not. `serious`: findings to list where they are what stands in the way."""
    try:
        act()
    except NotPermitted:
        refuse("This person has no role that may do it in this register.")
    except InputError as problem:
        if problem.field != "acknowledged":
            refuse(problem.message)
        listed = [f"  {each.place}: {explain(each).title}" for each in serious]
        refuse(problem.message, *listed, f"--acknowledge {len(serious)}")
    except Conflict as problem:
        refuse(problem.message)


def _actor(username: str) -> Actor:
    try:
        return actor_named(username)
    except NotFound:
        refuse(f"--by: nobody signs in as “{username}”.")


def _version(key: str, number: int | None) -> Any:
    try:
        return queries.numbered_version(key, number)
    except NotFound:
        which = f"version {number} of " if number is not None else ""
        refuse(f"There is no {which}register “{key}”. List them: seloste registers list.")
