"""Whether a document may be destroyed, by whom, and in which order a disposal list moves.

Decides and gives reasons as data. Never destroys, never reads a clock, and has no exception for
anybody: due, not held, proposed and approved by two different people, asked again at the last
moment.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

PersonId = int | str | UUID

# The value of the retention rule's disposal action that ends in destruction; no other does.
DESTROY = "destroy"


class ListState(StrEnum):
    """Where a disposal list is in its life."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    CANCELLED = "cancelled"
    EXECUTING = "executing"
    EXECUTED = "executed"


# Once the first key is gone a list can only be finished: there is no way back from executing.
TRANSITIONS: Mapping[ListState, frozenset[ListState]] = MappingProxyType(
    {
        ListState.PROPOSED: frozenset({ListState.APPROVED, ListState.RETURNED}),
        ListState.APPROVED: frozenset({ListState.EXECUTING, ListState.CANCELLED}),
        ListState.EXECUTING: frozenset({ListState.EXECUTED}),
        ListState.RETURNED: frozenset(),
        ListState.CANCELLED: frozenset(),
        ListState.EXECUTED: frozenset(),
    }
)


class ObstacleCode(StrEnum):
    """What keeps one document from being destroyed."""

    NO_DATE = "no_date"
    NOT_DUE = "not_due"
    OTHER_ACTION = "other_action"
    ON_HOLD = "on_hold"
    BLOCKED = "blocked"
    ON_ANOTHER_LIST = "on_another_list"
    LOCATION_UNKNOWN = "location_unknown"
    PAPER_LEFT = "paper_left"


class HoldReason(StrEnum):
    """Why a document is kept past its date (GDPR Art. 17(3), 18 and 58; act 906/2019 s. 21)."""

    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    AUTHORITY = "authority"
    AUDIT = "audit"
    RESTRICTION = "restriction"
    ARCHIVING = "archiving"


class PaperMethod(StrEnum):
    """How paper is destroyed; P-4 and P-5 are security levels of ISO/IEC 21964-1."""

    CROSS_CUT_P4 = "cross_cut_p4"
    CROSS_CUT_P5 = "cross_cut_p5"
    SECURE_CONTAINER = "secure_container"
    INCINERATED = "incinerated"


# How a file is destroyed: its key is, and then the cipher text, so that no copy of it opens.
KEY_DESTROYED = "key_destroyed"


class RefusalCode(StrEnum):
    """Why a person may not take a step with a disposal list."""

    WRONG_STATE = "wrong_state"
    EMPTY_LIST = "empty_list"
    OWN_PROPOSAL = "own_proposal"
    NOT_APPROVED_BY_ANOTHER = "not_approved_by_another"
    WAITING = "waiting"
    PAPER_GONE = "paper_gone"
    OWN_WITNESS = "own_witness"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle of one document, with the values that a sentence about it needs."""

    code: ObstacleCode
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against a step, with the values that a sentence about it needs."""

    code: RefusalCode
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a step is allowed; true as a condition exactly when nothing speaks against it."""

    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        """True when nothing speaks against the step."""
        return not self.refusals

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class DisposalCandidate:
    """What must be known of one document; texts are codes or references that people know.

    `holds` are the reasons of its holds, `blockers` what other packages have against its disposal
    (an open request, a hand-over nobody has acknowledged), `lists` the other disposal lists, not
    yet finished, that carry it. `unlocated` names the paper items whose place is unknown, and
    `paper_left` those whose destruction has not been confirmed, asked when the list is carried out.
    """

    disposable_from: date | None
    disposal_action: str
    holds: Sequence[str] = ()
    blockers: Sequence[str] = ()
    lists: Sequence[str] = ()
    unlocated: Sequence[str] = ()
    paper_left: Sequence[str] = ()


def obstacles(candidate: DisposalCandidate, as_of: date) -> tuple[Obstacle, ...]:
    """Everything that keeps a document from destruction on `as_of`; empty when nothing does.

    Asked when the list is proposed and approved and again, within the act, when it is carried out.
    Sources: GDPR Art. 5(1)(e) and 17(3), act 906/2019 s. 21; transfer and return are not
    destruction.
    """
    found: list[Obstacle] = []
    if candidate.disposable_from is None:
        found.append(Obstacle(ObstacleCode.NO_DATE))
    elif as_of < candidate.disposable_from:
        values = {"disposable_from": candidate.disposable_from.isoformat()}
        found.append(Obstacle(ObstacleCode.NOT_DUE, values))
    if candidate.disposal_action != DESTROY:
        values = {"disposal_action": str(candidate.disposal_action)}
        found.append(Obstacle(ObstacleCode.OTHER_ACTION, values))
    named = (
        (ObstacleCode.ON_HOLD, "hold", candidate.holds),
        (ObstacleCode.BLOCKED, "blocker", candidate.blockers),
        (ObstacleCode.ON_ANOTHER_LIST, "list", candidate.lists),
        (ObstacleCode.LOCATION_UNKNOWN, "item", candidate.unlocated),
        (ObstacleCode.PAPER_LEFT, "item", candidate.paper_left),
    )
    for code, key, names in named:
        found.extend(Obstacle(code, {key: name}) for name in names)
    return tuple(found)


def may_move(state: ListState, target: ListState) -> Decision:
    """Whether a list may go from one state to another."""
    if target in TRANSITIONS[state]:
        return Decision()
    values = {"state": state.value, "target": target.value}
    return Decision((Refusal(RefusalCode.WRONG_STATE, values),))


def may_propose(documents: Iterable[Sequence[Obstacle]]) -> Decision:
    """Whether documents, each given by its obstacles, may be put up as a list.

    Those with an obstacle are listed as left out, with the reason; one at least must have none.
    """
    if all(documents):
        return Decision((Refusal(RefusalCode.EMPTY_LIST),))
    return Decision()


def may_approve(
    proposed_by: PersonId, approver: PersonId, state: ListState = ListState.PROPOSED
) -> Decision:
    """Whether `approver` may approve a list: never the person who proposed it."""
    refusals = list(may_move(state, ListState.APPROVED).refusals)
    if _same_person(proposed_by, approver):
        refusals.append(Refusal(RefusalCode.OWN_PROPOSAL))
    return Decision(tuple(refusals))


def executable_from(approved_on: date, waiting_days: int) -> date:
    """The first day on which an approved list may be carried out."""
    return approved_on + timedelta(days=waiting_days)


def may_cancel(state: ListState, paper_destroyed: int) -> Decision:
    """Whether an approved list may be called off.

    Not once paper of it has been destroyed: what is left of those documents follows the paper.
    """
    refusals = list(may_move(state, ListState.CANCELLED).refusals)
    if paper_destroyed:
        refusals.append(Refusal(RefusalCode.PAPER_GONE))
    return Decision(tuple(refusals))


def may_execute(
    state: ListState,
    proposed_by: PersonId,
    approved_by: PersonId | None,
    *,
    first_day: date | None,
    as_of: date,
) -> Decision:
    """Whether a list may be carried out on `as_of`, or carried on with after an interruption.

    `first_day` is its `executable_from`. The two people are compared again here, so that no faulty
    record leads to a destruction that one person decided alone. Each document's `obstacles` are
    asked apart, at the last moment: a document with an obstacle stays out, the others go.
    """
    refusals: list[Refusal] = []
    if state is not ListState.EXECUTING:
        refusals.extend(may_move(state, ListState.EXECUTING).refusals)
    if approved_by is None or _same_person(proposed_by, approved_by):
        refusals.append(Refusal(RefusalCode.NOT_APPROVED_BY_ANOTHER))
    if not refusals and (first_day is None or as_of < first_day):
        values = {"first_day": first_day.isoformat() if first_day else ""}
        refusals.append(Refusal(RefusalCode.WAITING, values))
    return Decision(tuple(refusals))


def may_witness(destroyed_by: PersonId, witness: PersonId) -> Decision:
    """Whether `witness` may vouch for paper that `destroyed_by` destroyed: another person may."""
    if _same_person(destroyed_by, witness):
        return Decision((Refusal(RefusalCode.OWN_WITNESS),))
    return Decision()


def _same_person(one: PersonId, other: PersonId) -> bool:
    # As text: an identifier that came as a number and one that came as text are still one person.
    return str(one) == str(other)
