"""The paper of a list: where to fetch it, and who can be a witness of its destruction."""

from dataclasses import dataclass

from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor
from app.db import db
from app.destruction.models import DisposalConfirmation
from app.destruction.queries.lists import find_list, open_documents
from app.destruction.queries.obstacles import obstacles_of
from app.destruction.queries.rows import DocumentRow, PaperRow, document_rows
from app.destruction.roles import APPROVERS
from app.documents.queries.names import location_paths, people


@dataclass(frozen=True)
class PaperLine:
    """A piece of paper to be taken from its place, or from the person who has it."""

    item: PaperRow
    document: DocumentRow
    place: str


def pick_list(actor: Actor, list_id: int) -> tuple[DisposalConfirmation, list[PaperLine]]:
    """The paper of a list that has to be fetched, in the order of the places.

    Documents that have an obstacle now are left out: their paper stays where it is. Raises as
    `find_list`, and `NotPermitted` for an auditor.
    """
    found = find_list(actor, list_id)
    actor.require(found.register_id, *APPROVERS)
    ids = db.session.scalars(open_documents(list_id)).all()
    against = obstacles_of(ids, clock.today(), own_list=list_id)
    rows = document_rows([id_ for id_ in ids if not against[id_]])
    places = location_paths({found.register_id})
    holders = people(item.holder_id for row in rows.values() for item in row.items)
    lines = [
        PaperLine(
            item, row, places.get(item.location_id or 0) or holders.get(item.holder_id or 0, "")
        )
        for row in rows.values()
        for item in row.items
        if item.medium == "man" and item.state == "held"
    ]
    order = {path: position for position, path in enumerate(places.values())}
    return found, sorted(
        lines,
        key=lambda line: (
            order.get(line.place, len(order)),
            line.place,
            line.document.client_number,
            line.item.id,
        ),
    )


def witnesses(actor: Actor) -> list[tuple[int, str]]:
    """Who can have seen paper being destroyed: every other person who is active, by name."""
    statement = select(User.id, User.display_name).where(
        User.is_active, User.id != actor.user_id, User.grants.any()
    )
    return list(db.session.execute(statement.order_by(User.display_name, User.id)))
