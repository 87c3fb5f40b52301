"""Paper of a list: destroyed by a person's hand, confirmed with a witness."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.db import transaction
from app.destruction.explain import obstacle_text, refusal_text
from app.destruction.models import DisposalConfirmation, DisposalEntry, DisposalItem
from app.destruction.queries.lists import paper_ids
from app.destruction.queries.obstacles import obstacles_of
from app.destruction.roles import EXECUTORS
from app.destruction.rules import ListState, PaperMethod, may_execute, may_witness
from app.destruction.services.obliteration import last_link, nowhere
from app.destruction.services.steps import lock_documents, locked_list, require
from app.documents.models import CustodyEvent, Document, Item
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.problems import InputError


def confirm_paper(
    actor: Actor,
    confirmation_id: int,
    item_ids: Collection[int],
    *,
    method: str,
    witness_id: int | None,
    destroyed_on: date,
) -> int:
    """Put on record that paper of an approved list has been destroyed: how many pieces.

    `method` is a code of `PaperMethod`; `witness_id` another person who saw it. The piece is gone
    from here on, whatever becomes of the rest of its document. Raises `InputError` naming the
    field, `Conflict`, `NotFound`, `NotPermitted`.
    """
    if method not in set(PaperMethod):
        raise InputError("method", _("Choose how the paper was destroyed."))
    with transaction() as session:
        found = locked_list(session, actor, confirmation_id, *EXECUTORS)
        require(
            may_execute(
                ListState(found.state),
                found.proposed_by_id,
                found.approved_by_id,
                first_day=found.executable_from,
                as_of=clock.today(),
            )
        )
        _check_day(found, destroyed_on)
        witness = _check_witness(session, actor, witness_id)
        items = _paper(session, found, item_ids)
        _refuse_held(session, found, items)
        for item in items:
            _destroy(
                session,
                actor,
                found,
                item,
                method=method,
                witness_id=witness,
                destroyed_on=destroyed_on,
            )
    return len(items)


def _check_day(found: DisposalConfirmation, destroyed_on: date) -> None:
    first_day = found.executable_from
    assert first_day is not None
    if not first_day <= destroyed_on <= clock.today():
        raise InputError(
            "destroyed_on",
            _(
                "The day is between %(first)s, from which the list may be carried out, and today.",
                first=format_date(first_day),
            ),
        )


def _check_witness(session: Session, actor: Actor, witness_id: int | None) -> int:
    witness = session.get(User, witness_id) if witness_id else None
    if witness is None or not witness.is_active:
        raise InputError("witness_id", _("Choose who saw the paper being destroyed."))
    decision = may_witness(actor.user_id, witness.id)
    if not decision:
        raise InputError("witness_id", refusal_text(decision.refusals[0]))
    return witness.id


def _paper(
    session: Session, found: DisposalConfirmation, item_ids: Collection[int]
) -> Sequence[Item]:
    wanted = set(item_ids)
    if not wanted:
        raise InputError("item_ids", _("Tick the papers that were destroyed."))
    if not wanted <= set(paper_ids(found.id)):
        raise InputError(
            "item_ids",
            _("Some of the papers are not on this list any more. Open the list again."),
        )
    return session.scalars(select(Item).where(Item.id.in_(wanted)).order_by(Item.id)).all()


def _refuse_held(session: Session, found: DisposalConfirmation, items: Sequence[Item]) -> None:
    """Paper whose document must be kept after all is not destroyed: it goes back to its place."""
    document_ids = {item.document_id for item in items}
    lock_documents(session, document_ids)
    against = obstacles_of(document_ids, clock.today(), own_list=found.id)
    for document_id, obstacles in sorted(against.items()):
        if obstacles:
            raise InputError(
                "item_ids",
                _(
                    "Document %(number)s must be kept (%(obstacle)s): leave its paper out.",
                    number=document_id,
                    obstacle=obstacle_text(obstacles[0]),
                ),
            )


def _destroy(
    session: Session,
    actor: Actor,
    found: DisposalConfirmation,
    item: Item,
    *,
    method: str,
    witness_id: int,
    destroyed_on: date,
) -> None:
    now = clock.now()
    document = session.get_one(Document, item.document_id)
    entry_id = session.scalars(
        select(DisposalEntry.id).where(
            DisposalEntry.confirmation_id == found.id,
            DisposalEntry.document_id == item.document_id,
        )
    ).one()
    session.add(
        DisposalItem(
            entry_id=entry_id,
            item_id=item.id,
            medium=item.medium,
            method=method,
            destroyed_on=destroyed_on,
            witness_id=witness_id,
            confirmed_by_id=actor.user_id,
            confirmed_at=now,
        )
    )
    session.add(CustodyEvent(**last_link(item.id, item.location_id, actor.user_id, now)))
    for field, value in nowhere(now).items():
        setattr(item, field, value)
    record(
        Event.DISPOSAL_PAPER_CONFIRMED,
        actor_id=actor.user_id,
        register_id=found.register_id,
        client_id=document.client_id,
        object_type=ObjectType.ITEM,
        object_id=item.id,
        details={"witness": witness_id},
    )
