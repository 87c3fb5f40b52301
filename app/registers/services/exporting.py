"""Exports of registers: gathers the versions, makes the file, and logs that it was made."""

from collections.abc import Collection

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.config import settings
from app.registers import queries
from app.registers.definitions.sharing import with_shared
from app.registers.editions import covering_definition
from app.registers.exports.files import ExportFile, make_file
from app.registers.exports.losses import ExportFormat
from app.registers.exports.source import ExportedRegister, ExportSource
from app.registers.models import RegisterVersion
from app.retention.queries import rules_in_force
from app.web.problems import NotFound

EXPORTERS = (Role.DATA_PROTECTION_OFFICER, Role.REGISTER_OWNER, Role.AUDITOR)


def export(
    actor: Actor | None,
    kind: ExportFormat,
    *,
    language: str,
    register_id: int | None = None,
    number: int | None = None,
) -> ExportFile:
    """The file of one register, or of all that have a version in force and are open to the person.

    `number`: another version than the one in force. `actor` None: the command on the machine.
    Raises `NotPermitted`, and `NotFound` when there is no such version or nothing in force.
    """
    if actor is not None and register_id is not None:
        actor.require(register_id, *EXPORTERS)
    versions = (
        _all_in_force(actor.registers(*EXPORTERS) if actor else None)
        if register_id is None
        else [_version(register_id, number)]
    )
    if not versions:
        raise NotFound(register_id)
    file = make_file(kind, _source(versions), language)
    record_view(
        Event.EXPORT_MADE,
        actor_id=actor.user_id if actor else None,
        register_id=register_id,
        object_type=ObjectType.REGISTER_VERSION if register_id is not None else None,
        object_id=versions[0].id if register_id is not None else None,
        # No client's data is in it.
        details={"kind": f"registers_{kind}", "shown": []},
    )
    return file


def _all_in_force(allowed: Collection[int] | None) -> list[RegisterVersion]:
    today = clock.today()
    found = (
        queries.version_in_force(register_id, today)
        for register_id in queries.register_keys()
        if allowed is None or register_id in allowed
    )
    return [version for version in found if version is not None]


def _version(register_id: int, number: int | None) -> RegisterVersion:
    if number is None:
        found = queries.version_in_force(register_id, clock.today())
    else:
        numbered = {version.number: version for version in queries.versions(register_id)}
        found = numbered.get(number)
    if found is None:
        raise NotFound(register_id)
    return found


def _source(versions: Collection[RegisterVersion]) -> ExportSource:
    return ExportSource(
        organisation=settings().organisation,
        day=clock.today(),
        registers=tuple(_exported(version) for version in versions),
        policies={rule.policy.key: rule.policy for rule in rules_in_force()},
    )


def _exported(version: RegisterVersion) -> ExportedRegister:
    """A version, with what the register whose notice tells of it states for both."""
    definition = queries.parse_definition(version.content)
    return ExportedRegister(
        with_shared(definition, covering_definition(definition.key, clock.today())),
        version.number,
        version.in_force_from if version.state == "published" else None,
    )
