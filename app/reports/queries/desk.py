"""What the desk lists: hand-overs without an answer, findings of registers, and its own numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from app import clock
from app.accounts.models import User
from app.accounts.permissions import CLIENT_ROLES, Actor
from app.clients.models import Client
from app.clients.queries import UNRESTRICTED, recipient_count
from app.clients.queries.access import in_caseload
from app.clients.queries.notices import OVERSEERS
from app.db import db
from app.documents.models import Document, HandOver, HandOverItem
from app.documents.queries.documents import DocumentFilters, readable
from app.documents.queries.names import people
from app.registers.findings import Severity, explain
from app.registers.queries import latest_definition, register_keys
from app.registers.services import SETTLERS
from app.registers.settling import settled_findings
from app.reports.queries.waiting import within
from app.retention.queries import rules_in_force
from app.web.i18n import pick


@dataclass(frozen=True)
class HandOverLine:
    """Paper on its way from one person to another; `days` since it was handed over."""

    id: int
    reference: str
    giver: str
    receiver: str
    papers: int
    handed_at: datetime
    days: int


@dataclass(frozen=True)
class FindingLine:
    """Something to settle in a register."""

    severity: str
    title: str
    register: str


@dataclass(frozen=True)
class Findings:
    """The worst findings of the person's registers, and how many there are in all."""

    lines: list[FindingLine]
    errors: int
    total: int


def hand_overs_without_answer(actor: Actor, limit: int) -> list[HandOverLine]:
    """The oldest hand-overs that nobody has answered and that concern the person."""
    count = (
        select(func.count())
        .where(HandOverItem.hand_over_id == HandOver.id)
        .correlate(HandOver)
        .scalar_subquery()
    )
    statement = select(HandOver, count).where(_open_for(actor)).order_by(HandOver.id).limit(limit)
    found = db.session.execute(statement).all()
    names = people(each for slip, _count in found for each in (slip.from_user_id, slip.to_user_id))
    today = clock.today()
    return [
        HandOverLine(
            id=slip.id,
            reference=slip.reference,
            giver=names[slip.from_user_id],
            receiver=names[slip.to_user_id],
            papers=papers,
            handed_at=slip.handed_at,
            days=(today - slip.handed_at.astimezone(clock.HELSINKI).date()).days,
        )
        for slip, papers in found
    ]


def count_hand_overs_without_answer(actor: Actor) -> int:
    """How many there are of them."""
    return db.session.scalar(select(func.count(HandOver.id)).where(_open_for(actor))) or 0


def count_given(actor: Actor) -> int:
    """Hand-overs of the person's own that the receiver has not answered."""
    statement = select(func.count(HandOver.id)).where(
        HandOver.from_user_id == actor.user_id, HandOver.answered_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def count_own_clients(actor: Actor) -> int:
    """Clients of the person's own caseload."""
    statement = select(func.count(Client.id)).where(
        within(Client.register_id, actor.registers(*CLIENT_ROLES)), in_caseload(actor)
    )
    return db.session.scalar(statement) or 0


def count_ended_documents(actor: Actor) -> int:
    """Documents of the person's clients that have been kept long enough."""
    statement = select(func.count(Document.id)).where(
        readable(actor), DocumentFilters(state="ended").condition(clock.today())
    )
    return db.session.scalar(statement) or 0


def count_people() -> int:
    """People who can sign in."""
    return db.session.scalar(select(func.count(User.id)).where(User.is_active)) or 0


def clients_to_tell(actor: Actor) -> dict[int, int]:
    """How many clients have not been told what the notice of their register tells now.

    By register, of those that the person oversees; without the registers where nobody waits.
    """
    granted = actor.registers(*OVERSEERS)
    counts = {
        register_id: recipient_count(actor, register_id)
        for register_id in register_keys()
        if granted is None or register_id in granted
    }
    return {register_id: count for register_id, count in counts.items() if count}


def findings(actor: Actor, limit: int) -> Findings:
    """What is open of the findings of the registers that the person settles, the worst first."""
    granted = actor.registers(*SETTLERS)
    policies = tuple(rule.policy for rule in rules_in_force())
    found = [
        (finding, register_id)
        for register_id in register_keys()
        if granted is None or register_id in granted
        for finding in settled_findings(register_id, latest_definition(register_id), policies).open
    ]
    order = list(Severity)
    worst = sorted(found, key=lambda each: order.index(each[0].severity))[:limit]
    names = {id_: pick(latest_definition(id_).name) for _finding, id_ in worst}
    return Findings(
        [
            FindingLine(str(finding.severity), explain(finding).title, names[register_id])
            for finding, register_id in worst
        ],
        errors=sum(finding.severity is Severity.ERROR for finding, _id in found),
        total=len(found),
    )


def _open_for(actor: Actor) -> ColumnElement[bool]:
    """Hand-overs to or from the person, and all of the registers in which they are overseen."""
    return and_(
        HandOver.answered_at.is_(None),
        or_(
            HandOver.to_user_id == actor.user_id,
            HandOver.from_user_id == actor.user_id,
            within(HandOver.register_id, actor.registers(*UNRESTRICTED)),
        ),
    )
