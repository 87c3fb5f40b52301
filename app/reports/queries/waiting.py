"""What waits for a person: the numbers of the rail, counted on each page, so counted cheaply."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Actor, Role
from app.db import db
from app.destruction.models import DisposalConfirmation
from app.destruction.queries.due import is_due
from app.destruction.roles import APPROVERS, EXECUTORS
from app.documents.models import Document, HandOver
from app.registers.models import RegisterVersion
from app.registers.queries import latest_definition, register_keys
from app.requests.models import DataSubjectRequest
from app.requests.progress import progress_of
from app.requests.queries import READERS
from app.requests.rules import DUE_SOON_DAYS
from app.retention.queries import count_to_approve
from app.web.i18n import pick

# Counting stops here: the rail says that there is much to do, its page says how much exactly.
CEILING = 9_999

# The shortest period to answer is a month, and a month has 28 days at least: no request that came
# later than this many days ago can be near its deadline.
_NEVER_URGENT_DAYS = 28 - DUE_SOON_DAYS


@dataclass(frozen=True)
class Waiting:
    """How much waits; nothing is counted that the person's roles do not open."""

    hand_overs: int
    requests: int
    urgent_requests: int
    due_documents: int
    lists_to_approve: int
    lists_to_carry_out: int
    rule_changes: int = 0
    versions_to_publish: int = 0

    @property
    def lists(self) -> int:
        """Destruction lists that wait for an act of this person."""
        return self.lists_to_approve + self.lists_to_carry_out


def waiting(actor: Actor) -> Waiting:
    """What waits for the person today, in the registers in which the roles are granted."""
    today = clock.today()
    return Waiting(
        hand_overs=_count(_to_acknowledge(actor)) if actor.has(*CLIENT_ROLES) else 0,
        requests=_count(_open_requests(actor)) if actor.has(*READERS) else 0,
        urgent_requests=_urgent_requests(actor, today) if actor.has(*READERS) else 0,
        due_documents=_count(_due(actor, today)) if actor.has(*APPROVERS) else 0,
        lists_to_approve=_count(_to_approve(actor)) if actor.has(*APPROVERS) else 0,
        lists_to_carry_out=_count(_to_carry_out(actor, today)) if actor.has(*EXECUTORS) else 0,
        rule_changes=count_to_approve(actor),
        versions_to_publish=_count(_to_publish(actor)),
    )


def scope_name(actor: Actor) -> str:
    """The name of the register, when there is only one in which the person works; else empty."""
    granted = actor.registers(*Role)
    registers = frozenset(register_keys()) if granted is None else granted
    if len(registers) != 1:
        return ""
    (register_id,) = registers
    return pick(latest_definition(register_id).name)


def within(
    column: InstrumentedAttribute[int], registers: frozenset[int] | None
) -> ColumnElement[bool]:
    """Condition that the column names one of the registers; None stands for all of them."""
    if registers is None:
        return true()
    return column.in_(registers) if registers else false()


def _count(statement: Select[int]) -> int:
    found = statement.limit(CEILING).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def _to_acknowledge(actor: Actor) -> Select[int]:
    return select(HandOver.id).where(
        HandOver.to_user_id == actor.user_id, HandOver.answered_at.is_(None)
    )


def _open_requests(actor: Actor) -> Select[int]:
    return select(DataSubjectRequest.id).where(
        within(DataSubjectRequest.register_id, actor.registers(*READERS)),
        DataSubjectRequest.closed_on.is_(None),
    )


def _urgent_requests(actor: Actor, today: date) -> int:
    """Open requests that are late or due within `DUE_SOON_DAYS`; the deadline is computed."""
    statement = (
        select(DataSubjectRequest)
        .where(
            DataSubjectRequest.id.in_(_open_requests(actor)),
            DataSubjectRequest.received_on <= today - timedelta(days=_NEVER_URGENT_DAYS),
        )
        .options(selectinload(DataSubjectRequest.suspensions))
    )
    left = (progress_of(each, today).urgency.days_left for each in db.session.scalars(statement))
    return sum(days is not None and days <= DUE_SOON_DAYS for days in left)


def _due(actor: Actor, today: date) -> Select[int]:
    return select(Document.id).where(
        within(Document.register_id, actor.registers(*APPROVERS)), is_due(today)
    )


def _to_approve(actor: Actor) -> Select[int]:
    """Proposed lists of other people: nobody approves an own one."""
    return select(DisposalConfirmation.id).where(
        within(DisposalConfirmation.register_id, actor.registers(*APPROVERS)),
        DisposalConfirmation.state == "proposed",
        DisposalConfirmation.proposed_by_id != actor.user_id,
    )


def _to_publish(actor: Actor) -> Select[int]:
    """Versions of registers that other people proposed: nobody publishes an own one."""
    return select(RegisterVersion.id).where(
        within(RegisterVersion.register_id, actor.registers(Role.DATA_PROTECTION_OFFICER)),
        RegisterVersion.state == "proposed",
        RegisterVersion.proposed_by_id != actor.user_id,
    )


def _to_carry_out(actor: Actor, today: date) -> Select[int]:
    """Approved lists whose waiting time is over, and those that have been begun."""
    ready = and_(
        DisposalConfirmation.state == "approved", DisposalConfirmation.executable_from <= today
    )
    return select(DisposalConfirmation.id).where(
        within(DisposalConfirmation.register_id, actor.registers(*EXECUTORS)),
        or_(ready, DisposalConfirmation.state == "executing"),
    )
