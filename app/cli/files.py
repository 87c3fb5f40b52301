"""Definition files that a command is given; where there are none, it is refused."""

from collections.abc import Sequence
from pathlib import Path

import click

from app.registers.definitions.files import SortedFiles, sorted_files
from app.retention.definition_files import definition_paths
from app.web.i18n import gettext as _


def definition_files(paths: Sequence[Path]) -> SortedFiles:
    """The files that the paths stand for, by kind; ends with exit code 2 where one has none.

    Raises DefinitionError for a folder that cannot be read.
    """
    for path in paths:
        if not _is_there(path):
            raise click.UsageError(_("There is no file or folder “%(path)s”.", path=path))
        if not definition_paths(path):
            message = _(
                "There is no definition file in the folder “%(path)s”. Files are read whose names "
                "end in .yaml or .yml.",
                path=path,
            )
            raise click.UsageError(message)
    return sorted_files(paths)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # A name that no file can have, or a folder that may not be read
        return True
