"""What several commands say: that they cannot go on, and what loading files did."""

import sys
from typing import NoReturn

import click

from app.registers.services import Loaded
from app.retention.services import LoadedRules
from app.web.i18n import gettext as _


def refuse(*lines: str) -> NoReturn:
    """Say why the command cannot be carried out, and end with exit code 2."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(2)


def tell_rules(loaded: LoadedRules, *, command: str) -> None:
    """Say which rules have a new version, and which were spared. `command`: how a file may win."""
    for key in loaded.changed:
        click.echo(_("%(key)s: a new version.", key=key))
    for key in loaded.spared:
        message = _(
            "%(key)s: this rule was changed in the browser and the file says something else. It "
            "was left as it is. Take what is in force into a file: seloste retention export "
            "--format yaml. Or let the file win: %(command)s.",
            key=key,
            command=command,
        )
        click.echo(message, err=True)


def has_changed(*loaded: Loaded | LoadedRules) -> bool:
    """Whether there was anything to say."""
    return any(each.changed or each.spared for each in loaded)
