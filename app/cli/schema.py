"""`seloste schema`: the format of definition files as JSON Schema, for editors."""

import json

import click

from app.registers.schema import SCHEMAS


@click.command()
@click.argument("kind", type=click.Choice(list(SCHEMAS)))
def schema(kind: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a register or of a file of retention rules.

    Editors that know it complete keys and mark mistakes while one types. What only the program
    can judge (does a key refer to something that is there) is told by: seloste check.
    """
    click.echo(json.dumps(SCHEMAS[kind](), ensure_ascii=False, indent=2))
