"""Words for the identifiers in rows, read in batches: people, places, services, document types."""

import re
from collections.abc import Collection, Iterable

from sqlalchemy import select

from app.accounts.models import Grant, User
from app.accounts.permissions import CLIENT_ROLES, Actor
from app.crypto import key_store
from app.db import db
from app.documents.models import Document, Location
from app.documents.sealing import open_note
from app.registers.definitions import RegisterDefinition
from app.registers.models import RegisterVersion
from app.registers.queries import parse_definition


def people(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of users by id."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(wanted)))
    return dict(rows.all())


def notes_of(documents: Iterable[Document]) -> dict[int, str]:
    """The notes of those of the documents that have one, by id; with its key a note is gone."""
    sealed = [
        (document.id, document.note_key_id, document.note_sealed)
        for document in documents
        if document.note_key_id is not None and document.note_sealed is not None
    ]
    keys = key_store().open_many(key_id for _id, key_id, _note in sealed)
    return {
        id_: open_note(note, id_, keys[key_id]) for id_, key_id, note in sealed if key_id in keys
    }


def location_paths(register_ids: Collection[int]) -> dict[int, str]:
    """Where each place of the registers is: “Archive › cabinet 7 › box 88”, by id."""
    return {id_: " › ".join(parts) for id_, parts in location_parts(register_ids).items()}


def location_parts(register_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The names that lead to each place of the registers, by id, each place after its parent.

    Numbers count as numbers: cabinet 2 comes before cabinet 10.
    """
    rows = db.session.execute(
        select(Location.id, Location.parent_id, Location.name).where(
            Location.register_id.in_(register_ids)
        )
    )
    places = {place_id: (parent_id, name) for place_id, parent_id, name in rows}
    parts = {place_id: _parts(place_id, places) for place_id in places}
    return dict(sorted(parts.items(), key=lambda item: [_by_number(name) for name in item[1]]))


def _parts(place_id: int, places: dict[int, tuple[int | None, str]]) -> tuple[str, ...]:
    parent_id, name = places[place_id]
    return (*_parts(parent_id, places), name) if parent_id is not None else (name,)


def _by_number(name: str) -> list[tuple[int, int, str]]:
    pieces = re.split(r"([0-9]+)", name.casefold())
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]


def definitions(version_ids: Iterable[int]) -> dict[int, tuple[int, RegisterDefinition]]:
    """Number and definition of register versions, by version id."""
    rows = db.session.execute(
        select(RegisterVersion.id, RegisterVersion.number, RegisterVersion.content).where(
            RegisterVersion.id.in_(set(version_ids))
        )
    )
    return {id_: (number, parse_definition(content)) for id_, number, content in rows}


def receivers(actor: Actor, register_id: int) -> list[tuple[int, str]]:
    """To whom papers of a register can be handed: everyone else who works with it, by name."""
    in_scope = Grant.register_id.is_(None) | (Grant.register_id == register_id)
    works = User.grants.any(Grant.role.in_(CLIENT_ROLES) & in_scope)
    statement = (
        select(User.id, User.display_name)
        .where(User.is_active, User.id != actor.user_id, works)
        .order_by(User.display_name, User.id)
    )
    return [(user_id, name) for user_id, name in db.session.execute(statement)]
