"""Holds: what stops the disposal of a client's documents or of one document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app.accounts.permissions import Actor
from app.clients.models import Client
from app.db import db
from app.destruction.models import DisposalHold
from app.destruction.roles import HOLDERS
from app.destruction.rules import HoldReason
from app.documents.models import Document
from app.documents.queries.names import people
from app.web.i18n import gettext as _
from app.web.problems import InputError

PAGE_SIZE = 50


# A client is called by number, A-88 or 88; a document by client and number, A-88/4.
_TARGET = re.compile(r"(?:A-)?(?P<client>[0-9]{1,9})(?:/(?P<document>[0-9]{1,12}))?", re.IGNORECASE)


@dataclass(frozen=True)
class HoldRow:
    """A hold with the words for whom and what it is about; no client is named."""

    id: int
    register_id: int
    client_id: int
    client_number: int
    document_id: int | None
    reason: HoldReason
    mandate: str
    set_at: datetime
    set_by: str
    lifted_at: datetime | None
    lifted_by: str

    @property
    def target(self) -> str:
        """What it is on: A-88 for a client, A-88/4 for a document."""
        return _reference(self.client_number, self.document_id)


def holds_on(client_id: int, document_id: int | None = None) -> list[HoldRow]:
    """The holds in force on a client, and on one of its documents; newest first.

    The caller checks who asks.
    """
    target = DisposalHold.client_id == client_id
    if document_id is not None:
        target = or_(target, DisposalHold.document_id == document_id)
    return _rows([target, DisposalHold.lifted_at.is_(None)])


def hold_list(
    actor: Actor, *, lifted: bool = False, before_id: int | None = None, limit: int = PAGE_SIZE
) -> list[HoldRow]:
    """The holds of the actor's registers, in force or lifted, newest first.

    One more than `limit` when there are more.
    """
    allowed = actor.registers(*HOLDERS)
    wanted: list[ColumnElement[bool]] = [
        DisposalHold.lifted_at.is_not(None) if lifted else DisposalHold.lifted_at.is_(None)
    ]
    if allowed is not None:
        wanted.append(DisposalHold.register_id.in_(allowed))
    if before_id is not None:
        wanted.append(DisposalHold.id < before_id)
    return _rows(wanted, limit + 1)


def find_target(actor: Actor, register_id: int, typed: str) -> dict[str, int]:
    """What a typed reference means, as the argument of `set_hold`.

    Raises `InputError` when there is no such client or document in the register, and
    `NotPermitted`.
    """
    actor.require(register_id, *HOLDERS)
    match = _TARGET.fullmatch(typed.strip())
    if match is None:
        raise InputError("target", _("Write a client as A-88 and a document as A-88/4."))
    client = select(Client.id).where(
        Client.register_id == register_id, Client.number == int(match["client"])
    )
    client_id = db.session.scalar(client)
    if client_id is None:
        raise InputError("target", _("The register has no client with this number."))
    if match["document"] is None:
        return {"client_id": client_id}
    document = select(Document.id).where(
        Document.client_id == client_id, Document.id == int(match["document"])
    )
    document_id = db.session.scalar(document)
    if document_id is None:
        raise InputError("target", _("The client has no document with this number."))
    return {"document_id": document_id}


def target_of(
    actor: Actor, client_id: int | None, document_id: int | None
) -> tuple[int, str] | None:
    """Register and reference of a client or a document that a link names; None for neither."""
    statement = select(Client.register_id, Client.number)
    if document_id is not None:
        statement = statement.join(Document).where(Document.id == document_id)
    else:
        statement = statement.where(Client.id == client_id)
    found = db.session.execute(statement).one_or_none()
    if found is None:
        return None
    actor.require(found.register_id, *HOLDERS)
    return found.register_id, _reference(found.number, document_id)


def _reference(client_number: int, document_id: int | None) -> str:
    return f"A-{client_number}" + (f"/{document_id}" if document_id else "")


def _rows(wanted: Iterable[ColumnElement[bool]], limit: int | None = None) -> list[HoldRow]:
    found = db.session.execute(
        select(DisposalHold, Client.id, Client.number)
        .outerjoin(Document, Document.id == DisposalHold.document_id)
        .join(Client, or_(Client.id == DisposalHold.client_id, Client.id == Document.client_id))
        .where(*wanted)
        .order_by(DisposalHold.id.desc())
        .limit(limit)
    ).all()
    names = people(
        user_id for hold, _id, _number in found for user_id in (hold.set_by_id, hold.lifted_by_id)
    )
    return [
        HoldRow(
            id=hold.id,
            register_id=hold.register_id,
            client_id=client_id,
            client_number=number,
            document_id=hold.document_id,
            reason=HoldReason(hold.reason),
            mandate=hold.mandate,
            set_at=hold.set_at,
            set_by=names[hold.set_by_id],
            lifted_at=hold.lifted_at,
            lifted_by=names.get(hold.lifted_by_id or 0, ""),
        )
        for hold, client_id, number in found
    ]
