"""What the steps of a list share: the list under lock, refusals as problems, its log entries."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients.models import Client
from app.destruction.explain import refusal_text, stored_obstacle
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.rules import Decision, Obstacle, RefusalCode
from app.documents.models import Document, Item
from app.documents.services import restart_clocks
from app.web.problems import Conflict, InputError, NotFound


def locked_list(
    session: Session, actor: Actor, confirmation_id: int, *roles: Role
) -> DisposalConfirmation:
    """The list as it is now, kept from changing by others until the end of the transaction.

    Raises `NotFound` and `NotPermitted`.
    """
    found = session.get(DisposalConfirmation, confirmation_id, with_for_update=True)
    if found is None:
        raise NotFound(confirmation_id)
    actor.require(found.register_id, *roles)
    return found


def lock_documents(session: Session, document_ids: Collection[int]) -> None:
    """Keep documents, their clients and their items as they are until the end of the transaction.

    A hold, a request or a hand-over refers to one of these rows, so whoever adds one waits for us,
    or we for them: what the obstacles say afterwards stays true until the keys are gone.
    """
    documents = select(Document.id).where(Document.id.in_(document_ids))
    clients = select(Document.client_id).where(Document.id.in_(document_ids))
    session.execute(
        select(Client.id).where(Client.id.in_(clients)).order_by(Client.id).with_for_update()
    )
    session.execute(documents.order_by(Document.id).with_for_update())
    session.execute(
        select(Item.id)
        .where(Item.document_id.in_(document_ids))
        .order_by(Item.id)
        .with_for_update()
    )


def restart_clocks_of(session: Session, document_ids: Collection[int]) -> None:
    """Compute the dates of the documents' clients anew, once for each client.

    A consent that was given again or a client who came back may have moved a date since the daily
    run. The clients are locked first, in the order of `lock_documents`.
    """
    of_documents = select(Document.client_id).where(Document.id.in_(document_ids))
    client_ids = session.scalars(
        select(Client.id).where(Client.id.in_(of_documents)).order_by(Client.id).with_for_update()
    ).all()
    for client_id in client_ids:
        restart_clocks(client_id)


def require(decision: Decision) -> None:
    """Raise what speaks against a step: `Conflict` for a changed state, else `InputError`."""
    if decision:
        return
    refusal = decision.refusals[0]
    if refusal.code is RefusalCode.WRONG_STATE:
        raise Conflict(refusal_text(refusal))
    raise InputError(None, refusal_text(refusal))


def leave_out(
    entries: Collection[DisposalEntry], obstacles: Mapping[int, tuple[Obstacle, ...]]
) -> int:
    """Take the documents that have an obstacle off the list, with the first reason: how many."""
    kept = [entry for entry in entries if obstacles[entry.document_id]]
    for entry in kept:
        entry.state = "excluded"
        entry.obstacle = stored_obstacle(obstacles[entry.document_id][0])
    return len(kept)


def record_step(
    event: Event,
    actor_id: int | None,
    found: DisposalConfirmation,
    details: dict[str, str | int] | None = None,
) -> None:
    """Put a step of a list into the log."""
    record(
        event,
        actor_id=actor_id,
        register_id=found.register_id,
        object_type=ObjectType.DISPOSAL_LIST,
        object_id=found.id,
        details=details,
    )
