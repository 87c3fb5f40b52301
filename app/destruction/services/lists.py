"""Destruction lists until they are carried out: proposed, approved by another, or stopped."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.accounts.services import confirm_password
from app.audit.events import Event
from app.db import transaction
from app.destruction.explain import stored_obstacle
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.queries.due import due_ids
from app.destruction.queries.lists import (
    find_list,
    open_documents,
    paper_destroyed,
    waiting_days,
)
from app.destruction.queries.obstacles import obstacles_of
from app.destruction.roles import APPROVERS, PROPOSERS
from app.destruction.rules import (
    Decision,
    ListState,
    Obstacle,
    executable_from,
    may_approve,
    may_cancel,
    may_move,
    may_propose,
)
from app.destruction.services.steps import (
    leave_out,
    locked_list,
    record_step,
    require,
    restart_clocks_of,
)
from app.documents.models import Document
from app.registers.models import Register
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound

# A list is read by the person who approves it; more than this is several lists.
MOST_DOCUMENTS = 2000
REASON_MAX = 200


def propose(
    actor: Actor, register_id: int, as_of: date, document_ids: Collection[int] | None = None
) -> DisposalConfirmation:
    """Put up documents of a register for destruction: the chosen ones, or all that are due.

    Documents with an obstacle are entered as left out, with the reason. `as_of`, today or earlier,
    is the day for which they are due. Of all that are due at most `MOST_DOCUMENTS` are taken,
    longest overdue first. Raises `InputError`, `NotFound`, `NotPermitted`.
    """
    if as_of > clock.today():
        raise InputError(
            "as_of", _("Documents can be proposed when they are due, not before: choose today.")
        )
    actor.require(register_id, *PROPOSERS)
    document_ids = _with_dates_of_today(register_id, as_of, document_ids)
    with transaction() as session:
        # The lock gives two proposers two numbers, and a document to one of their lists only.
        if session.get(Register, register_id, with_for_update=True) is None:
            raise NotFound(register_id)
        documents = _chosen(session, register_id, document_ids)
        against = obstacles_of([document.id for document in documents], as_of)
        require(may_propose(against.values()))
        found = DisposalConfirmation(
            register_id=register_id,
            number=_next_number(session, register_id),
            as_of=as_of,
            state=ListState.PROPOSED,
            proposed_by_id=actor.user_id,
            proposed_at=clock.now(),
            entries=[_entry(document, against[document.id]) for document in documents],
        )
        session.add(found)
        session.flush()
        listed = sum(entry.state == "listed" for entry in found.entries)
        record_step(Event.DISPOSAL_PROPOSED, actor.user_id, found, {"count": listed})
    return found


def approve(
    actor: Actor, confirmation_id: int, password: str, address: str
) -> DisposalConfirmation:
    """Approve a list that another person proposed, with one's own password; nothing goes yet.

    Documents that have met an obstacle since are left out. From here the waiting time runs, in
    which the list can be cancelled. `address`: where the person signs from, for the count of
    failures. Raises `InputError`, `Conflict`, `NotPermitted`, `Throttled`.
    """
    # Outside the transaction: a wrong password is recorded although the approval is not.
    _check_approver(actor, find_list(actor, confirmation_id))
    confirm_password(actor, password, address)
    # Dates that have moved stay corrected, also when nothing is left to approve.
    with transaction() as session:
        restart_clocks_of(session, session.scalars(open_documents(confirmation_id)).all())
    with transaction() as session:
        found = locked_list(session, actor, confirmation_id, *APPROVERS)
        _check_approver(actor, found)
        entries = _listed(session, found)
        against = obstacles_of(
            [entry.document_id for entry in entries], clock.today(), own_list=found.id
        )
        leave_out(entries, against)
        require(may_propose(against.values()))
        found.state = ListState.APPROVED
        found.approved_by_id = actor.user_id
        found.approved_at = clock.now()
        found.executable_from = executable_from(clock.today(), waiting_days())
        listed = sum(entry.state == "listed" for entry in entries)
        record_step(Event.DISPOSAL_APPROVED, actor.user_id, found, {"count": listed})
    return found


def return_for_change(actor: Actor, confirmation_id: int, reason: str) -> DisposalConfirmation:
    """Send a proposed list back, or take an own one back: its documents are due again.

    Raises `InputError`, `Conflict`, `NotFound`, `NotPermitted`.
    """
    with transaction() as session:
        found = locked_list(session, actor, confirmation_id, *APPROVERS)
        decision = may_move(ListState(found.state), ListState.RETURNED)
        _stop(session, actor, found, state=ListState.RETURNED, decision=decision, reason=reason)
        record_step(Event.DISPOSAL_RETURNED, actor.user_id, found)
    return found


def cancel(actor: Actor, confirmation_id: int, reason: str) -> DisposalConfirmation:
    """Call off an approved list before anything of it has been destroyed.

    Raises `InputError`, `Conflict`, `NotFound`, `NotPermitted`.
    """
    with transaction() as session:
        found = locked_list(session, actor, confirmation_id, *APPROVERS)
        decision = may_cancel(ListState(found.state), paper_destroyed(found.id))
        _stop(session, actor, found, state=ListState.CANCELLED, decision=decision, reason=reason)
        record_step(Event.DISPOSAL_CANCELLED, actor.user_id, found)
    return found


def _check_approver(actor: Actor, found: DisposalConfirmation) -> None:
    actor.require(found.register_id, *APPROVERS)
    require(may_approve(found.proposed_by_id, actor.user_id, ListState(found.state)))


def _with_dates_of_today(
    register_id: int, as_of: date, document_ids: Collection[int] | None
) -> set[int]:
    """The documents that are put up, their clocks computed anew; without choice those still due.

    In a transaction of its own: corrected dates stay, also when the proposal is refused for them.
    """
    chosen = None if document_ids is None else set(document_ids)
    if chosen is not None and len(chosen) > MOST_DOCUMENTS:
        raise InputError(
            "documents",
            _("A list has at most %(max)s documents: make several.", max=MOST_DOCUMENTS),
        )
    with transaction() as session:
        wanted = set(due_ids(register_id, as_of, MOST_DOCUMENTS)) if chosen is None else chosen
        in_register = Document.register_id == register_id, Document.id.in_(wanted)
        restart_clocks_of(session, session.scalars(select(Document.id).where(*in_register)).all())
        if chosen is None:
            wanted &= set(due_ids(register_id, as_of, MOST_DOCUMENTS))
    return wanted


def _chosen(session: Session, register_id: int, wanted: Collection[int]) -> list[Document]:
    if not wanted:
        raise InputError("documents", _("Choose the documents to be destroyed."))
    found = session.scalars(
        select(Document)
        .where(
            Document.id.in_(wanted),
            Document.register_id == register_id,
            Document.state == "active",
            Document.disposable_from.is_not(None),
            Document.retention_rule_version_id.is_not(None),
        )
        .order_by(Document.disposable_from, Document.id)
    ).all()
    if len(found) != len(wanted):
        raise InputError(
            "documents",
            _("Some of the documents are not due any more. Open the list of due documents again."),
        )
    return list(found)


def _entry(document: Document, obstacles: tuple[Obstacle, ...]) -> DisposalEntry:
    assert document.retention_rule_version_id is not None
    assert document.disposable_from is not None
    return DisposalEntry(
        document_id=document.id,
        state="excluded" if obstacles else "listed",
        obstacle=stored_obstacle(obstacles[0]) if obstacles else None,
        retention_rule_version_id=document.retention_rule_version_id,
        trigger_on=document.trigger_on,
        last_kept_on=document.last_kept_on,
        disposable_from=document.disposable_from,
    )


def _next_number(session: Session, register_id: int) -> int:
    highest = select(func.max(DisposalConfirmation.number)).where(
        DisposalConfirmation.register_id == register_id
    )
    return (session.scalar(highest) or 0) + 1


def _listed(session: Session, found: DisposalConfirmation) -> list[DisposalEntry]:
    statement = select(DisposalEntry).where(
        DisposalEntry.confirmation_id == found.id, DisposalEntry.state == "listed"
    )
    return list(session.scalars(statement))


def _stop(
    session: Session,
    actor: Actor,
    found: DisposalConfirmation,
    *,
    state: ListState,
    decision: Decision,
    reason: str,
) -> None:
    reason = reason.strip()
    if not reason or len(reason) > REASON_MAX:
        raise InputError(
            "reason", _("Say the reason in at most %(max)s characters.", max=REASON_MAX)
        )
    require(decision)
    found.state = state
    found.stopped_by_id = actor.user_id
    found.stopped_at = clock.now()
    found.stop_reason = reason
    for entry in _listed(session, found):
        entry.state = "released"
