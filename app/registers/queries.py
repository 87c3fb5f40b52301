"""Reads of registers and their versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.queries import acts_on
from app.db import db
from app.registers.definitions import RegisterDefinition
from app.registers.models import Register, RegisterVersion
from app.web.i18n import pick
from app.web.problems import NotFound


@dataclass(frozen=True)
class RegisterSummary:
    """A register with the version in force and the newest one (often the same)."""

    id: int
    key: str
    definition: RegisterDefinition
    in_force: RegisterVersion | None
    newest: RegisterVersion


@lru_cache(maxsize=64)
def parse_definition(content: str) -> RegisterDefinition:
    """The definition that a version's stored content says; versions never change once proposed."""
    return RegisterDefinition.from_json(content)


def register_id_of(key: str) -> int:
    """The id of a register. Raises `NotFound`."""
    found = db.session.scalar(select(Register.id).where(Register.key == key))
    if found is None:
        raise NotFound(key)
    return found


def register_keys() -> dict[int, str]:
    """All registers: key by id."""
    rows = db.session.execute(select(Register.id, Register.key).order_by(Register.id))
    return dict(rows.all())


def version(version_id: int) -> RegisterVersion:
    """A version by its id. Raises `NotFound`."""
    found = db.session.get(RegisterVersion, version_id)
    if found is None:
        raise NotFound(version_id)
    return found


def numbered_version(key: str, number: int | None) -> RegisterVersion:
    """A version of the register with this key; without a number the newest. Raises `NotFound`."""
    for found in versions(register_id_of(key)):
        if number is None or found.number == number:
            return found
    raise NotFound(number)


def versions(register_id: int) -> Sequence[RegisterVersion]:
    """All versions of a register, newest first."""
    statement = (
        select(RegisterVersion)
        .where(RegisterVersion.register_id == register_id)
        .order_by(RegisterVersion.number.desc())
    )
    return db.session.scalars(statement).all()


def version_in_force(register_id: int, as_of: date) -> RegisterVersion | None:
    """The published version that rules on a day; None before the first."""
    statement = (
        select(RegisterVersion)
        .where(
            RegisterVersion.register_id == register_id,
            RegisterVersion.state == "published",
            RegisterVersion.in_force_from <= as_of,
        )
        .order_by(RegisterVersion.in_force_from.desc(), RegisterVersion.number.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def version_before(version: RegisterVersion) -> RegisterVersion | None:
    """The published version that a version follows."""
    return db.session.scalar(
        select(RegisterVersion)
        .where(
            RegisterVersion.register_id == version.register_id,
            RegisterVersion.state == "published",
            RegisterVersion.number < version.number,
        )
        .order_by(RegisterVersion.number.desc())
        .limit(1)
    )


def version_on(register_id: int, day: date) -> RegisterVersion | None:
    """The version in force on a day, or before the first one the newest published."""
    return version_in_force(register_id, day) or _newest_published(register_id)


def _newest_published(register_id: int) -> RegisterVersion | None:
    """The published version with the latest start, whether it has begun or not."""
    return db.session.scalar(
        select(RegisterVersion)
        .where(RegisterVersion.register_id == register_id, RegisterVersion.state == "published")
        .order_by(RegisterVersion.in_force_from.desc(), RegisterVersion.number.desc())
        .limit(1)
    )


def published_definitions(register_id: int) -> list[RegisterDefinition]:
    """What a register said in each version that was published and has begun, the oldest first."""
    begun = [
        each
        for each in reversed(versions(register_id))
        if each.in_force_from is not None and each.in_force_from <= clock.today()
    ]
    return [parse_definition(each.content) for each in begun]


def definition_of(version_id: int) -> RegisterDefinition:
    """The definition as it is in a version."""
    return parse_definition(version(version_id).content)


def current_definition(register_id: int) -> RegisterDefinition:
    """The definition in force today. Raises `NotFound` when nothing is published yet."""
    found = version_in_force(register_id, clock.today())
    if found is None:
        raise NotFound(register_id)
    return parse_definition(found.content)


def latest_definition(register_id: int) -> RegisterDefinition:
    """The definition in force, or the newest draft of a register that has none yet."""
    found = version_in_force(register_id, clock.today())
    if found is None:
        newest = versions(register_id)
        if not newest:
            raise NotFound(register_id)
        found = newest[0]
    return parse_definition(found.content)


def register_choices(actor: Actor, *roles: Role) -> list[tuple[int, str]]:
    """The registers in which the person has one of `roles` and work is possible: id and name."""
    allowed = actor.registers(*roles)
    return [
        (register_id, pick(current_definition(register_id).name))
        for register_id in register_keys()
        if (allowed is None or register_id in allowed)
        and version_in_force(register_id, clock.today()) is not None
    ]


def register_names() -> dict[int, str]:
    """Names of all registers in the language in use, by id."""
    return {id_: pick(latest_definition(id_).name) for id_ in register_keys()}


def overview() -> list[RegisterSummary]:
    """Every register, with its state; a register's description is no secret among staff."""
    today = clock.today()
    summaries = []
    for register_id, key in register_keys().items():
        newest = versions(register_id)[0]
        in_force = version_in_force(register_id, today)
        shown = in_force or newest
        summaries.append(
            RegisterSummary(register_id, key, parse_definition(shown.content), in_force, newest)
        )
    return summaries


def last_change(
    version: RegisterVersion, part: str, member: str | None
) -> tuple[str | None, datetime]:
    """Who changed a part of a draft last, or what is called `member` in it, and when.

    The log tells it. Without a word in it, the last one who changed the draft at all.
    """
    for act in acts_on(Event.REGISTER_EDITED, ObjectType.REGISTER_VERSION, version.id):
        if _touches(act.details, part, member):
            return person_name(act.actor_id), act.at
    return person_name(version.edited_by_id), version.edited_at or version.loaded_at


def _touches(details: Mapping[str, Any], part: str, member: str | None) -> bool:
    edited = details.get("member")
    if details["part"] != part:
        # What was merged, and into what: its rules and its categories changed with it.
        merged = details["part"] == "document_types" and "." in (edited or "")
        return merged and part in ("storage_rules", "data_categories")
    if edited is None or member is None or edited == member:
        return True
    # A storage rule stands in the matrix of its service: “service.type” and “service”.
    return edited.startswith(f"{member}.") or member.startswith(f"{edited}.")


def person_name(user_id: int | None) -> str | None:
    """The name of the person who edited a version; None where a file was loaded."""
    user = db.session.get(User, user_id) if user_id is not None else None
    return user.display_name if user else None
