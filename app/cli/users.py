"""Commands for the people who sign in."""

import json
import sys

import click

from app import create_app
from app.accounts.permissions import Role
from app.accounts.services import add_user, give_role
from app.db import transaction
from app.registers.queries import register_id_of
from app.web.problems import InputError, NotFound


@click.group("user")
def user_group() -> None:
    """People who sign in."""


@user_group.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The person's name, as colleagues see it.")
@click.option("--role", "roles", multiple=True, type=click.Choice([str(role) for role in Role]))
@click.option("--register", "register_key", help="Key of one register; all registers when absent.")
@click.option("--language", default="fi", type=click.Choice(["fi", "sv", "en"]), show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def add(
    username: str,
    name: str,
    roles: tuple[str, ...],
    register_key: str | None,
    language: str,
    *,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Create USERNAME with a password that is asked for, or read from standard input."""
    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    with create_app().app_context():
        try:
            with transaction():
                register_id = register_id_of(register_key) if register_key else None
                user = add_user(username, name, password, language=language)
                for role in roles:
                    give_role(user.id, Role(role), register_id)
        except InputError as problem:
            click.echo(f"{problem.field}: {problem.message}", err=True)
            sys.exit(2)
        except NotFound:
            click.echo(f"--register: there is no register “{register_key}”", err=True)
            sys.exit(2)
    answer = {"id": user.id, "username": username, "roles": list(roles), "register": register_key}
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else f"Created {username}.")
