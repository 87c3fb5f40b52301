"""Loads register files: reads, validates, refuses references to what is not there."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path

from app.registers.definitions.consistency import faults
from app.registers.definitions.model import RegisterDefinition
from app.retention.definition_files import (
    MAX_PROBLEMS,
    DefinitionError,
    DefinitionFile,
    DefinitionProblem,
    definition_paths,
    read_definition_file,
)
from app.retention.definition_validation import more_problems, validate
from app.retention.policies import PolicySet
from app.web.i18n import gettext as _

KIND = "register"


def load_registers(
    *paths: Path, policies: PolicySet | None, others: Collection[str] | None = ()
) -> tuple[RegisterDefinition, ...]:
    """The registers of all files, as `load_register_files`, without the files."""
    found = load_register_files(*paths, policies=policies, others=others)
    return tuple(register for _file, register in found)


def load_register_files(
    *paths: Path, policies: PolicySet | None, others: Collection[str] | None
) -> tuple[tuple[DefinitionFile, RegisterDefinition], ...]:
    """The files that `paths` (files or folders) stand for, each with its register.

    Each retention rule a register names must be among `policies`, and each register whose notice it
    gives among the files or `others`; None leaves that unchecked.
    Raises DefinitionError with the problems of every file; then no register is loaded.
    """
    found: dict[str, tuple[DefinitionFile, RegisterDefinition]] = {}
    problems: list[DefinitionProblem] = []
    for path in chain.from_iterable(map(definition_paths, paths)):
        try:
            file = read_definition_file(path, [KIND])
            register = validate(file, RegisterDefinition)
        except DefinitionError as error:
            problems.extend(error.problems)
            others = None  # The register may be in the file that cannot be read.
            continue
        if register.key in found:
            message = _("There is already a register “%(key)s”.", key=register.key)
            remedy = _("Give this register a key of its own, or remove one of the two.")
            problems.append(file.problem("duplicate_definition", ("key",), message, remedy))
        found[register.key] = (file, register)
    known: dict[str, Collection[str]] = {}
    if policies is not None:
        known["retention_rules"] = {policy.key for policy in policies}
    if others is not None:
        known["registers"] = {*found, *others}
    for file, register in found.values():
        problems.extend(_problems(file, register, known))
    problems.extend(_circular_notices(found))
    if problems:
        raise DefinitionError(problems)
    return tuple(found.values())


def load_register(path: Path, *, policies: PolicySet | None) -> RegisterDefinition:
    """The register of one file, its references to other registers unchecked.

    Raises DefinitionError.
    """
    (register,) = load_registers(path, policies=policies, others=None)
    return register


def _problems(
    file: DefinitionFile, register: RegisterDefinition, known: Mapping[str, Collection[str]]
) -> Iterator[DefinitionProblem]:
    found = faults(register, known)
    for fault in found[:MAX_PROBLEMS]:
        yield file.problem(fault.code, fault.loc, fault.message, fault.remedy)
    if len(found) > MAX_PROBLEMS:
        yield more_problems(file, len(found) - MAX_PROBLEMS)


def _circular_notices(
    found: Mapping[str, tuple[DefinitionFile, RegisterDefinition]],
) -> Iterator[DefinitionProblem]:
    """A register whose notice another one gives does not give that of others itself."""
    covered = {key for _file, register in found.values() for key in register.notice.covers}
    for file, register in found.values():
        if register.key in covered and register.notice.covers:
            yield file.problem(
                "circular_notice",
                ("notice", "covers"),
                _("Another register's notice covers this register, so it cannot cover others."),
                _("Name all the registers in one notice, and leave “covers” out of the others."),
            )
