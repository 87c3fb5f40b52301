"""Loading register files: each new or changed definition becomes a draft version."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.config import settings
from app.db import db, insert_once, transaction
from app.registers.definitions import RegisterDefinition
from app.registers.definitions.files import SortedFiles, sorted_files
from app.registers.definitions.loader import load_register_files
from app.registers.models import Register, RegisterVersion
from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.policies import PolicySet, load_policies
from app.retention.queries import rules_in_force
from app.retention.services import LoadedRules, load_rules


@dataclass(frozen=True)
class Loaded:
    """What loading did: keys of registers with a new draft, and of those left as they were.

    `spared` have a draft that somebody edits in the browser, and a file that says something else.
    """

    changed: tuple[str, ...]
    spared: tuple[str, ...]


@dataclass(frozen=True)
class LoadedFiles:
    """What loading files of both kinds did."""

    rules: LoadedRules
    registers: Loaded


def load_files(paths: Sequence[Path], *, replace_edited: bool = False) -> LoadedFiles:
    """Read files of registers and of retention rules, the rules first: all of them or nothing.

    What was changed in the browser is spared, as by `load` and `load_rules`. Raises
    `DefinitionError` with the mistakes of all files.
    """
    files = sorted_files(paths)
    rules, registers = LoadedRules((), ()), Loaded((), ())
    problems = list(files.problems)
    with transaction():
        try:
            if files.rules:
                rules = load_rules(*files.rules)
        except DefinitionError as error:
            problems += error.problems
        if problems:
            raise DefinitionError([*problems, *_problems_of_registers(files)])
        if files.registers:
            registers = load(files.registers, replace_edited=replace_edited)
    return LoadedFiles(rules, registers)


def _problems_of_registers(files: SortedFiles) -> Sequence[DefinitionProblem]:
    """What is wrong with them, but for references, as what they refer to may be unreadable."""
    try:
        load_register_files(*files.registers, policies=None, others=None)
    except DefinitionError as error:
        return error.problems
    return ()


def load(
    paths: Sequence[Path] | None = None,
    *,
    replace_edited: bool = False,
) -> Loaded:
    """Read register files; each new or changed one becomes a draft version.

    A draft that was edited in the browser is not overwritten unless `replace_edited` says so.
    Raises `DefinitionError` with every mistake of the files; then nothing is kept.
    """
    policies = _rules_of_files(settings().policies_path)
    # Rules that were made in the browser are in no file.
    in_use = {rule.policy.key: rule.policy for rule in rules_in_force()}
    policies = PolicySet.of({**in_use, **policies.policies}.values())
    others = db.session.scalars(select(Register.key)).all()
    files = load_register_files(
        *(paths or [settings().registers_path]), policies=policies, others=others
    )
    changed, spared = [], []
    with transaction() as session:
        for file, definition in files:
            register = _register(session, definition.key)
            newest = register.versions[-1] if register.versions else None
            if newest is not None and newest.content_hash == definition.content_hash:
                _keep_source(newest, file.text)
            elif _is_being_edited(newest) and not replace_edited:
                spared.append(definition.key)
            else:
                _keep_draft(session, register, definition, file.text)
                changed.append(definition.key)
    return Loaded(tuple(changed), tuple(spared))


def _rules_of_files(folder: Path) -> PolicySet:
    """The rules of a folder, which may hold registers as well."""
    files = sorted_files([folder])
    if files.problems:
        raise DefinitionError(files.problems)
    return load_policies(*files.rules)


def _register(session: Session, key: str) -> Register:
    """The register with this key, new or locked until the end of the transaction."""
    of_key = select(Register).where(Register.key == key).with_for_update(of=Register)
    found = session.scalar(of_key)
    if found is None:
        found = Register(key=key, created_at=clock.now(), versions=[])
        if not insert_once(session, found):
            found = session.scalars(of_key).one()
    return found


def _is_being_edited(newest: RegisterVersion | None) -> bool:
    return newest is not None and newest.state == "draft" and newest.edited_at is not None


def _keep_source(version: RegisterVersion, source: str) -> None:
    """Comments change no meaning: keep the newest, but those of a published version stay."""
    if version.source is None or version.state == "draft":
        version.source = source


def _keep_draft(
    session: Session,
    register: Register,
    definition: RegisterDefinition,
    source: str,
) -> None:
    """Put the definition into the register's draft, or into a new one after the newest version."""
    newest = register.versions[-1] if register.versions else None
    if newest is not None and newest.state == "draft":
        draft = newest
    else:
        draft = RegisterVersion(register_id=register.id, number=newest.number + 1 if newest else 1)
        session.add(draft)
    draft.content = definition.to_json()
    draft.content_hash = definition.content_hash
    draft.source = source
    draft.loaded_at = clock.now()
    draft.edited_at = draft.edited_by_id = None
    session.flush()
    record(
        Event.REGISTER_LOADED,
        actor_id=None,
        register_id=register.id,
        object_type=ObjectType.REGISTER_VERSION,
        object_id=draft.id,
        details={"source_hash": draft.content_hash},
    )
