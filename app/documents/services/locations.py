"""Places for paper: rooms, cabinets, boxes and folders of a register."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.db import transaction
from app.documents.models import Location
from app.documents.rules import LocationKind, fits_inside
from app.registers.models import Register
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound

NAME_MAX = 80


def create_location(
    actor: Actor,
    register_id: int,
    *,
    kind: str,
    name: str,
    is_locked: bool,
    parent_id: int | None = None,
) -> Location:
    """Add a place, by itself or inside a larger one of the same register.

    Raises `InputError` naming the field, `NotFound` for an unknown register, `NotPermitted`.
    """
    name = " ".join(name.split())
    if kind not in set(LocationKind):
        raise InputError("kind", _("Choose what kind of place it is."))
    if not name or len(name) > NAME_MAX:
        raise InputError(
            "name", _("Give the place a name of at most %(max)s characters.", max=NAME_MAX)
        )
    with transaction() as session:
        # The lock makes two people who add the same place at once one after the other.
        register = session.get(Register, register_id, with_for_update=True)
        if register is None:
            raise NotFound(register_id)
        actor.require(register_id, Role.RECORDS_MANAGER)
        _check_parent(session, register_id, LocationKind(kind), parent_id)
        _check_name(session, register_id, parent_id, name)
        location = Location(
            register_id=register_id, parent_id=parent_id, kind=kind, name=name, is_locked=is_locked
        )
        session.add(location)
        session.flush()
        record(
            Event.LOCATION_CREATED,
            actor_id=actor.user_id,
            register_id=register_id,
            object_type=ObjectType.LOCATION,
            object_id=location.id,
        )
    return location


def _check_parent(
    session: Session, register_id: int, kind: LocationKind, parent_id: int | None
) -> None:
    parent = session.get(Location, parent_id) if parent_id is not None else None
    if parent_id is not None and (parent is None or parent.register_id != register_id):
        raise InputError("parent_id", _("Choose one of the locations of this register."))
    if not fits_inside(kind, LocationKind(parent.kind) if parent else None):
        raise InputError(
            "parent_id",
            _("A place stands inside a larger one: room, cabinet, box, folder, in this order."),
        )


def _check_name(session: Session, register_id: int, parent_id: int | None, name: str) -> None:
    beside = Location.parent_id.is_(None) if parent_id is None else Location.parent_id == parent_id
    same = select(Location.id).where(
        Location.register_id == register_id, beside, Location.name == name
    )
    if session.scalar(same) is not None:
        raise InputError("name", _("There is already a place with this name here."))
