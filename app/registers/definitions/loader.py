"""Loads register files: reads, validates, refuses references to what is not there."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from app.registers.definitions.model import RegisterDefinition
from app.retention.definition_files import (
    DefinitionError,
    DefinitionFile,
    DefinitionProblem,
    Loc,
    definition_paths,
    read_definition_file,
)
from app.retention.definition_validation import validate
from app.retention.policies import PolicySet
from app.web.i18n import gettext as _

KIND = "register"

# Lists whose members are known by their key.
_KEYED = (
    "controllers",
    "purposes",
    "data_subjects",
    "data_categories",
    "safeguards",
    "services",
    "document_types",
    "sources",
    "disclosures",
    "processors",
    "remarks",
)


def load_registers(*paths: Path, policies: PolicySet | None) -> tuple[RegisterDefinition, ...]:
    """The registers of all files that `paths` (files or folders) stand for.

    Each retention rule a register names must be among `policies`; None leaves that unchecked.
    Raises DefinitionError with the problems of every file; then no register is loaded.
    """
    found: dict[str, RegisterDefinition] = {}
    problems: list[DefinitionProblem] = []
    for path in chain.from_iterable(map(definition_paths, paths)):
        try:
            file = read_definition_file(path, [KIND])
            register = validate(file, RegisterDefinition)
        except DefinitionError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_dangling(file, register, policies))
        problems.extend(_duplicates(file, register))
        if register.key in found:
            message = _("There is already a register “%(key)s”.", key=register.key)
            remedy = _("Give this register a key of its own, or remove one of the two.")
            problems.append(file.problem("duplicate_definition", ("key",), message, remedy))
        found[register.key] = register
    if problems:
        raise DefinitionError(problems)
    return tuple(found.values())


def load_register(path: Path, *, policies: PolicySet | None) -> RegisterDefinition:
    """The register of one file. Raises DefinitionError."""
    (register,) = load_registers(path, policies=policies)
    return register


def _duplicates(file: DefinitionFile, register: RegisterDefinition) -> Iterator[DefinitionProblem]:
    for name in _KEYED:
        seen: set[str] = set()
        for number, member in enumerate(getattr(register, name) or ()):
            if member.key in seen:
                message = _("The key “%(key)s” is used twice in this list.", key=member.key)
                remedy = _("Give each member of the list a key of its own.")
                yield file.problem("duplicate_member", (name, number, "key"), message, remedy)
            seen.add(member.key)
    pairs: set[tuple[str, str]] = set()
    for number, rule in enumerate(register.storage_rules):
        pair = (rule.service, rule.document_type)
        if pair in pairs:
            message = _("There is already a storage rule for this service and document type.")
            remedy = _("Merge the two rules.")
            yield file.problem("duplicate_member", ("storage_rules", number), message, remedy)
        pairs.add(pair)


def _dangling(
    file: DefinitionFile, register: RegisterDefinition, policies: PolicySet | None
) -> Iterator[DefinitionProblem]:
    known = {
        "services": {service.key for service in register.services},
        "document_types": {document_type.key for document_type in register.document_types},
        "disclosures": {disclosure.key for disclosure in register.disclosures or ()},
    }
    if policies is not None:
        known["retention_rules"] = {policy.key for policy in policies}
    for loc, target, key in _references(register):
        if target in known and key not in known[target]:
            message = _("“%(key)s” is not among %(target)s.", key=key, target=target)
            remedy = _("Define it there, or correct the reference.")
            yield file.problem("dangling_reference", loc, message, remedy)


def _references(register: RegisterDefinition) -> Iterable[tuple[Loc, str, str]]:
    """Where the register refers to something, to what kind of thing, and by which key."""
    for number, category in enumerate(register.data_categories):
        for index, key in enumerate(category.documents):
            yield ("data_categories", number, "documents", index), "document_types", key
    for number, disclosure in enumerate(register.disclosures or ()):
        for index, key in enumerate(disclosure.services):
            yield ("disclosures", number, "services", index), "services", key
    for number, rule in enumerate(register.storage_rules):
        here: Loc = ("storage_rules", number)
        yield (*here, "service"), "services", rule.service
        yield (*here, "document_type"), "document_types", rule.document_type
        if rule.retention_rule is not None:
            yield (*here, "retention_rule"), "retention_rules", rule.retention_rule
        if rule.presentation_only is not None:
            holder = rule.presentation_only.holder
            yield (*here, "presentation_only", "holder"), "disclosures", holder
