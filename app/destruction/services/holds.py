"""Holds: a person stops the disposal of a client's documents, or of one, and lifts that again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients.models import Client
from app.db import transaction
from app.destruction.models import DisposalHold
from app.destruction.roles import HOLDERS
from app.destruction.rules import HoldReason
from app.documents.models import Document
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound

MANDATE_MAX = 200


def set_hold(
    actor: Actor,
    *,
    reason: str,
    mandate: str,
    client_id: int | None = None,
    document_id: int | None = None,
) -> DisposalHold:
    """Stop the disposal of all of a client's documents, or of one document, until it is lifted.

    `reason` is a code of `HoldReason`; `mandate` says who asks for it and where that is recorded.
    It wins over a list that has been approved. Raises `InputError`, `NotFound`, `NotPermitted`.
    """
    mandate = mandate.strip()
    if reason not in set(HoldReason):
        raise InputError("reason", _("Choose why the documents must be kept."))
    if not mandate or len(mandate) > MANDATE_MAX:
        raise InputError(
            "mandate",
            _("Say in at most %(max)s characters what the hold rests on.", max=MANDATE_MAX),
        )
    with transaction() as session:
        client, document = _target(session, client_id, document_id)
        actor.require(client.register_id, *HOLDERS)
        if document is not None and document.state == "destroyed":
            raise InputError("target", _("This document has been destroyed already."))
        hold = DisposalHold(
            register_id=client.register_id,
            client_id=client_id,
            document_id=document_id,
            reason=reason,
            mandate=mandate,
            set_at=clock.now(),
            set_by_id=actor.user_id,
        )
        session.add(hold)
        session.flush()
        _record(Event.HOLD_SET, actor, hold, client.id, {"ground": reason})
    return hold


def lift_hold(actor: Actor, hold_id: int) -> DisposalHold:
    """End a hold. What has fallen due meanwhile can be destroyed again, by a list of its own.

    Raises `NotFound`, `NotPermitted`, and `Conflict` when it has been lifted.
    """
    with transaction() as session:
        hold = session.get(DisposalHold, hold_id, with_for_update=True)
        if hold is None:
            raise NotFound(hold_id)
        actor.require(hold.register_id, *HOLDERS)
        if hold.lifted_at is not None:
            raise Conflict(_("This hold has been lifted already."))
        hold.lifted_at = clock.now()
        hold.lifted_by_id = actor.user_id
        client, _document = _target(session, hold.client_id, hold.document_id)
        _record(Event.HOLD_LIFTED, actor, hold, client.id, {})
    return hold


def _target(
    session: Session, client_id: int | None, document_id: int | None
) -> tuple[Client, Document | None]:
    """Client and document of a hold, locked: a destruction that goes on is waited for.

    The client comes first, as in `lock_documents`: two orders would wait for each other.
    """
    if document_id is not None:
        client_id = session.scalar(select(Document.client_id).where(Document.id == document_id))
    client = session.get(Client, client_id, with_for_update=True) if client_id else None
    if client is None:
        raise NotFound(client_id or document_id)
    if document_id is None:
        return client, None
    return client, session.get_one(Document, document_id, with_for_update=True)


def _record(
    event: Event, actor: Actor, hold: DisposalHold, client_id: int, details: dict[str, str]
) -> None:
    record(
        event,
        actor_id=actor.user_id,
        register_id=hold.register_id,
        client_id=client_id,
        object_type=ObjectType.DOCUMENT if hold.document_id else ObjectType.CLIENT,
        object_id=hold.document_id or client_id,
        details=details,
    )
