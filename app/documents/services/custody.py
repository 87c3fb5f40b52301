"""Custody of paper: handed over, acknowledged or refused by the receiver, moved between places."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import User
from app.accounts.permissions import CLIENT_ROLES, Actor, NotPermitted
from app.accounts.services import actor_of
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients.queries import open_client
from app.db import transaction
from app.documents.models import (
    CustodyEvent,
    Document,
    HandOver,
    HandOverItem,
    Item,
    Location,
)
from app.documents.rules import CustodyKind, RefusalReason
from app.registers.models import Register
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound

PURPOSE_MAX = 200


def hand_over(
    actor: Actor,
    item_ids: Collection[int],
    to_user_id: int,
    purpose: str,
    to_location_id: int | None = None,
) -> HandOver:
    """Hand paper of one register to another person, who answers for it from the acknowledgement.

    `to_location_id`: where the receiver is asked to put it. Until the answer nothing else changes.
    Raises `InputError`, `NotFound`, `NotPermitted`; `Conflict` when a piece is already on its way.
    """
    purpose = purpose.strip()
    if not purpose or len(purpose) > PURPOSE_MAX:
        raise InputError(
            "purpose",
            _(
                "Say in at most %(max)s characters what the papers are handed over for.",
                max=PURPOSE_MAX,
            ),
        )
    with transaction() as session:
        items = _paper(session, item_ids)
        register_id = _register_of(items)
        for item in items:
            _check_may_give(actor, item)
        _refuse_on_the_way(session, item_ids)
        _check_receiver(session, actor, to_user_id, register_id)
        _check_place(session, to_location_id, register_id, "to_location_id")
        now = clock.now()
        slip = HandOver(
            year=clock.today().year,
            number=_next_number(session),
            register_id=register_id,
            from_user_id=actor.user_id,
            to_user_id=to_user_id,
            to_location_id=to_location_id,
            purpose=purpose,
            handed_at=now,
        )
        session.add(slip)
        session.flush()
        for item in items:
            session.add(HandOverItem(hand_over_id=slip.id, item_id=item.id))
        _note(session, actor, items, CustodyKind.HANDED_OVER, slip)
        _record(Event.CUSTODY_HANDED_OVER, actor, items, slip, {"holder": to_user_id})
    return slip


def acknowledge(actor: Actor, hand_over_id: int) -> HandOver:
    """The receiver has the papers: custody changes with this act, not before.

    Raises `NotPermitted` for anyone else and for a receiver who no longer works with the register,
    `Conflict` when it has been answered.
    """
    with transaction() as session:
        slip, items = _answer(session, actor, hand_over_id, "acknowledged")
        # The grant may have been revoked meanwhile; papers can still be refused without one.
        actor.require(slip.register_id, *CLIENT_ROLES)
        for item in items:
            item.location_id = slip.to_location_id
            item.holder_id = slip.to_user_id if slip.to_location_id is None else None
        _note(session, actor, items, CustodyKind.ACKNOWLEDGED, slip)
        _record(Event.CUSTODY_ACKNOWLEDGED, actor, items, slip, {})
    return slip


def refuse_hand_over(actor: Actor, hand_over_id: int, reason: str) -> HandOver:
    """The receiver does not take the papers: they stay where they were.

    `reason` is a code of `RefusalReason`. Raises as `acknowledge`, `InputError` for no reason.
    """
    if reason not in set(RefusalReason):
        raise InputError("reason", _("Choose why you do not take the papers."))
    with transaction() as session:
        slip, items = _answer(session, actor, hand_over_id, "refused")
        slip.refusal_reason = reason
        _note(session, actor, items, CustodyKind.REFUSED, slip)
        _record(Event.CUSTODY_REFUSED, actor, items, slip, {"reason": reason})
    return slip


def move_item(actor: Actor, item_id: int, location_id: int) -> Item:
    """Put a piece of paper into a place of its register; whoever held it does so no longer.

    Raises `InputError`, `NotFound`, `NotPermitted`; `Conflict` when it is on its way to somebody.
    """
    with transaction() as session:
        items = _paper(session, [item_id])
        _check_may_give(actor, items[0])
        _refuse_on_the_way(session, [item_id])
        _check_place(session, location_id, _register_of(items), "location_id")
        items[0].location_id = location_id
        items[0].holder_id = None
        _note(session, actor, items, CustodyKind.MOVED)
        _record(Event.CUSTODY_MOVED, actor, items, None, {"location": location_id})
    return items[0]


def _paper(session: Session, item_ids: Collection[int]) -> Sequence[Item]:
    """The pieces, locked: two people cannot hand the same one over at the same time."""
    statement = select(Item).where(Item.id.in_(item_ids)).order_by(Item.id)
    items = session.scalars(statement.with_for_update(of=Item)).all()
    if not items:
        raise InputError("items", _("Choose the papers that are handed over."))
    if len(items) < len(set(item_ids)):
        raise NotFound(item_ids)
    for item in items:
        if item.medium != "man":
            raise InputError("items", _("Only paper is handed over; files are opened here."))
        if item.state != "held":
            raise Conflict(_("One of the papers has been destroyed."))
    return items


def _register_of(items: Iterable[Item]) -> int:
    registers = {item.document.register_id for item in items}
    if len(registers) > 1:
        raise InputError("items", _("Papers of different registers need a hand-over of their own."))
    return registers.pop()


def _check_may_give(actor: Actor, item: Item) -> None:
    """What somebody else holds, only that person gives; what lies in a place, whoever may open it.

    `open_client` refuses a client outside the grants, and asks for a reason outside the caseload.
    """
    actor.require(item.document.register_id, *CLIENT_ROLES)
    if item.holder_id == actor.user_id:
        return
    if item.holder_id is not None:
        raise NotPermitted(item.id)
    open_client(actor, item.document.client_id)


def _refuse_on_the_way(session: Session, item_ids: Collection[int]) -> None:
    on_the_way = (
        select(HandOverItem.item_id)
        .join(HandOver, HandOver.id == HandOverItem.hand_over_id)
        .where(HandOverItem.item_id.in_(item_ids), HandOver.state == "open")
        .limit(1)
    )
    if session.scalar(on_the_way) is not None:
        raise Conflict(_("One of the papers is in a hand-over that has not been answered yet."))


def _check_receiver(session: Session, actor: Actor, user_id: int, register_id: int) -> None:
    receiver = session.get(User, user_id)
    if user_id == actor.user_id:
        raise InputError("to_user_id", _("You cannot hand papers over to yourself."))
    if (
        receiver is None
        or not receiver.is_active
        or not actor_of(receiver).has(*CLIENT_ROLES, register_id=register_id)
    ):
        raise InputError("to_user_id", _("Choose a person who works with this register."))


def _check_place(session: Session, location_id: int | None, register_id: int, field: str) -> None:
    location = session.get(Location, location_id) if location_id is not None else None
    if location_id is not None and (location is None or location.register_id != register_id):
        raise InputError(field, _("Choose one of the locations of this register."))


def _next_number(session: Session) -> int:
    """The next number of the year. One row of the registers serves as the queue for it."""
    session.scalar(select(Register.id).order_by(Register.id).limit(1).with_for_update())
    year = clock.today().year
    newest = session.scalar(select(func.max(HandOver.number)).where(HandOver.year == year))
    return (newest or 0) + 1


def _answer(
    session: Session, actor: Actor, hand_over_id: int, state: str
) -> tuple[HandOver, Sequence[Item]]:
    slip = session.get(HandOver, hand_over_id, with_for_update=True)
    if slip is None:
        raise NotFound(hand_over_id)
    if slip.to_user_id != actor.user_id:
        raise NotPermitted(hand_over_id)
    if slip.state != "open":
        raise Conflict(_("This hand-over has already been answered."))
    slip.state = state
    slip.answered_at = clock.now()
    statement = (
        select(Item)
        .join(HandOverItem, HandOverItem.item_id == Item.id)
        .where(HandOverItem.hand_over_id == slip.id)
        .order_by(Item.id)
    )
    return slip, session.scalars(statement).all()


def _note(
    session: Session,
    actor: Actor,
    items: Iterable[Item],
    kind: CustodyKind,
    slip: HandOver | None = None,
) -> None:
    """Add a link to the chain of custody of each piece: to whom, or where, it goes by it."""
    handed = kind is CustodyKind.HANDED_OVER and slip is not None
    now = clock.now()
    for item in items:
        session.add(
            CustodyEvent(
                item_id=item.id,
                kind=kind,
                at=now,
                by_user_id=actor.user_id,
                holder_id=slip.to_user_id if slip and handed else item.holder_id,
                location_id=slip.to_location_id if slip and handed else item.location_id,
                hand_over_id=slip.id if slip else None,
            )
        )


def _record(
    event: Event,
    actor: Actor,
    items: Sequence[Item],
    slip: HandOver | None,
    details: dict[str, str | int],
) -> None:
    """One log entry for each document, so that each client's log is complete by itself."""
    documents: dict[int, Document] = {item.document_id: item.document for item in items}
    for document in documents.values():
        record(
            event,
            actor_id=actor.user_id,
            register_id=document.register_id,
            client_id=document.client_id,
            object_type=ObjectType.HAND_OVER if slip else ObjectType.ITEM,
            object_id=slip.id if slip else items[0].id,
            details=details,
        )
