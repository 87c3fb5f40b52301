"""Commands for the public privacy notices."""

import sys
from pathlib import Path

import click

from app import clock
from app.cli.options import language_option
from app.cli.run import instance
from app.config import settings
from app.registers.editions import NoticeTampered
from app.registers.site import SUMS, site_files
from app.web.i18n import gettext as _
from app.web.i18n import language
from app.web.i18n import ngettext as _n


@click.group("notices")
def notices_group() -> None:
    """Privacy notices as they were given out."""


@notices_group.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@language_option
def export(folder: Path, code: str) -> None:
    """Write all public notices into FOLDER, which can be put on the organisation's site.

    Pages are made in the languages in which there are notices; index.html is in the leading one.
    Archived notices go out byte for byte; SHA256SUMS lists the files for `sha256sum -c`.

    Exit codes: 0 written, 1 an archived notice has been changed and the rest was not written.
    """
    with language(code), instance():
        before = _listed(folder)
        written = []
        try:
            for path, content in site_files(clock.today(), settings().organisation):
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                written.append(path)
        except NoticeTampered as problem:
            message = _(
                "An archived notice has been changed (file %(number)s).", number=problem.file_id
            )
            click.echo(message, err=True)
            sys.exit(1)
        message = _n(
            "%(num)d file: %(folder)s", "%(num)d files: %(folder)s", len(written), folder=folder
        )
        click.echo(message)
        _tell_left_over(folder, before - set(written))


def _listed(folder: Path) -> set[str]:
    """What an earlier export wrote into the folder, by its own list."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    return {path for _sum, found, path in (line.partition("  ") for line in lines) if found}


def _tell_left_over(folder: Path, paths: set[str]) -> None:
    for path in sorted(path for path in paths if (folder / path).is_file()):
        message = _(
            "%(path)s is of an earlier export and no longer part of the site. Remove it.",
            path=folder / path,
        )
        click.echo(message, err=True)
