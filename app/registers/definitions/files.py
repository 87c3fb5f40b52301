"""Definition files of both kinds, told apart: files may lie in one folder or in two."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from app.registers.definitions.loader import KIND as REGISTER
from app.retention.definition_bytes import read_bytes
from app.retention.definition_files import (
    MAX_BYTES,
    DefinitionError,
    DefinitionProblem,
    definition_paths,
    read_definition_file,
)
from app.retention.policies import KIND as RULES

# Reading a file in full only to learn what it is would take as long again as loading it.
_KIND = re.compile(rb"^kind[ \t]*:[ \t]*[\"']?(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class SortedFiles:
    """Files by what they define. `problems`: of files that say neither."""

    registers: tuple[Path, ...]
    rules: tuple[Path, ...]
    problems: tuple[DefinitionProblem, ...]


def sorted_files(paths: Iterable[Path]) -> SortedFiles:
    """The files that `paths` (files or folders) stand for, each once, in their order.

    Raises DefinitionError for a folder that cannot be read.
    """
    found: dict[str, list[Path]] = {REGISTER: [], RULES: []}
    problems: list[DefinitionProblem] = []
    for path in dict.fromkeys(chain.from_iterable(map(definition_paths, paths))):
        try:
            found[_kind(path)].append(path)
        except DefinitionError as error:
            problems.extend(error.problems)
    return SortedFiles(tuple(found[REGISTER]), tuple(found[RULES]), tuple(problems))


def _kind(path: Path) -> str:
    """What the file says that it defines. Raises DefinitionError when it says neither."""
    try:
        said = _KIND.search(read_bytes(path, MAX_BYTES))
    except OSError:
        said = None
    kind = said[1].decode() if said else ""
    return kind if kind in {REGISTER, RULES} else read_definition_file(path, [REGISTER, RULES]).kind
