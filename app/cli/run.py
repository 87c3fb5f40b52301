"""Commands that prepare and start an installation."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from app import clock, create_app
from app.config import Settings, settings
from app.crypto import create_keys
from app.crypto.durable import write_file
from app.crypto.master import MasterKeyProblem
from app.db import db
from app.db.migrate import is_current, upgrade
from app.demo.build import SignIn, build, is_empty
from app.destruction.services import recover
from app.registers.services import load_files, make_missing_editions, renew_editions
from app.retention.definition_files import DefinitionError
from app.scheduler import start_scheduler

SIGN_INS = "demo-sign-ins.json"

# What commands that load files say at the end of their help.
SETTINGS_READ = """\b
Settings read from the environment, or from INSTANCE/seloste.toml as registers_path = "…":
  SELOSTE_INSTANCE_PATH    folder of everything the installation owns (instance)
  SELOSTE_DATABASE         address of the database (SQLite in INSTANCE/data)
  SELOSTE_MASTER_KEY_FILE  file with the master key (INSTANCE/master/master.key)
  SELOSTE_REGISTERS_PATH   folder of the registers (registers)
  SELOSTE_POLICIES_PATH    folder of the retention rules (retention_policies)
"""


def _settings_of(app: Flask) -> Settings:
    found = app.config["SELOSTE"]
    assert isinstance(found, Settings)
    return found


@contextmanager
def installation() -> Iterator[Flask]:
    """The installation that the settings name; its connections are closed in the end."""
    app = create_app()
    with app.app_context():
        engines = list(db.engines.values())
    try:
        with app.app_context():
            yield app
    finally:
        # After the context, which gives the session's connection back.
        for engine in engines:
            engine.dispose()


@contextmanager
def instance() -> Iterator[Flask]:
    """The installation, ready to be worked on; ends with exit code 2 when it cannot be used."""
    with installation() as app:
        _require_usable()
        yield app


def _require_usable() -> None:
    if not is_current(db.engine):
        click.echo("The database has another schema. Run: seloste init", err=True)
        sys.exit(2)
    try:
        create_keys()
    except MasterKeyProblem as problem:
        click.echo(f"The keys cannot be used: {problem}", err=True)
        sys.exit(2)


def prepare() -> None:
    """Bring the instance of the current application up to date; safe to repeat."""
    upgrade(db.engine)
    create_keys()
    # Both folders may be one.
    loaded = load_files([settings().policies_path, settings().registers_path])
    for key in loaded.rules.spared:
        click.echo(
            f"{key}: this retention rule was changed in the browser and is left as it is. See: "
            "seloste retention load --help",
            err=True,
        )
    for key in loaded.registers.spared:
        click.echo(
            f"{key}: its draft was edited in the browser and is left as it is. See: seloste "
            "registers load --help",
            err=True,
        )
    make_missing_editions()
    renew_editions(clock.today())


@click.command(epilog=SETTINGS_READ)
def init() -> None:
    """Prepare the instance: schema, keys, retention rules, registers as drafts. Safe to repeat.

    Files named *.yaml and *.yml are read from the folders of retention rules and of registers,
    which may be one. What was changed in the browser is left as it is.

    Exit codes: 0 ready, 1 a file has faults and nothing was loaded, 2 the keys cannot be used.
    """
    with create_app().app_context():
        try:
            prepare()
        except MasterKeyProblem as problem:
            click.echo(f"The keys cannot be used: {problem}", err=True)
            sys.exit(2)
        except DefinitionError as error:
            for problem_line in error.problems:
                click.echo(str(problem_line), err=True)
            sys.exit(1)
        click.echo(f"Ready: {settings().instance_path}")


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing to an instance that has people already.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def demo(*, if_empty: bool, as_json: bool) -> None:
    """Fill an empty instance with fictional people and fifteen years of their documents.

    Works only where the setting `demo` is on (SELOSTE_DEMO=true).
    """
    app = create_app()
    if not _settings_of(app).demo:
        click.echo("This is not a demo instance. Set SELOSTE_DEMO=true for one.", err=True)
        sys.exit(2)
    with app.app_context():
        prepare()
        if is_empty():
            keep_sign_ins(build())
        elif not if_empty:
            click.echo("There are people in this instance already; nothing was added.", err=True)
            sys.exit(2)
        show_sign_ins(as_json=as_json)


def keep_sign_ins(sign_ins: list[SignIn]) -> None:
    """Keep the demo's passwords beside it, so that the next start can print them again."""
    content = json.dumps([asdict(sign_in) for sign_in in sign_ins], ensure_ascii=False, indent=1)
    write_file(settings().instance_path / SIGN_INS, content.encode(), mode=0o600)


def show_sign_ins(*, as_json: bool) -> None:
    """Print who can sign in to the demo, with which password."""
    path = settings().instance_path / SIGN_INS
    rows = json.loads(path.read_text("utf-8")) if path.exists() else []
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    click.echo("Sign-ins of the demo (fictional people, passwords of this instance):")
    for row in rows:
        role = row["role"].replace("_", " ")
        click.echo(f"  {row['username']:<15} {row['password']:<14} {row['display_name']}, {role}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, threads: int) -> None:
    """Serve the pages. Completes first what an interrupted destruction left undone."""
    with instance() as app:
        replayed = recover()
        if replayed:
            click.echo(f"Completed {replayed} interrupted destructions from the journal.")
        scheduler = start_scheduler(app)
        click.echo(f"Seloste: http://{host}:{port}")
        server = Granian(
            "app:create_app",
            factory=True,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=threads,
        )
        server.serve()
        scheduler.shutdown(wait=False)
