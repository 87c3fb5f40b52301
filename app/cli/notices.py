"""Commands for the public privacy notices."""

import sys
from pathlib import Path

import click

from app import clock
from app.cli.run import instance
from app.config import settings
from app.registers.editions import NoticeTampered
from app.registers.site import site_files


@click.group("notices")
def notices_group() -> None:
    """Privacy notices as they were given out."""


@notices_group.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write all public notices into FOLDER, which can be put on the organisation's site.

    Archived notices go out byte for byte; SHA256SUMS lists the files for `sha256sum -c`.
    """
    with instance():
        count = 0
        try:
            for path, content in site_files(clock.today(), settings().organisation):
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                count += 1
        except NoticeTampered as problem:
            click.echo(f"An archived notice has been changed (file {problem.file_id}).", err=True)
            sys.exit(1)
        click.echo(f"{count} files: {folder}")
