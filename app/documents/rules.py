"""When a document's retention clock starts, and who may have custody of paper. Pure.

A retention rule names the event that starts its clock (the closed vocabulary of
`app.retention.policies`); what has happened is read from the document, its episode and the client.
Where the program cannot know that the event has occurred, the clock has not started: a document
kept too long can still be destroyed, one destroyed too early cannot be brought back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LocationKind(StrEnum):
    """Places for paper, from the largest to the smallest."""

    ROOM = "room"
    CABINET = "cabinet"
    BOX = "box"
    FOLDER = "folder"


class CustodyKind(StrEnum):
    """What can happen to a piece of paper in its chain of custody (ISO 15489-1, 9.8)."""

    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    MOVED = "moved"
    DESTROYED = "destroyed"


class RefusalReason(StrEnum):
    """Why a receiver does not acknowledge: a code, so that no client's affairs are written here."""

    NOT_RECEIVED = "not_received"
    INCOMPLETE = "incomplete"
    WRONG_PAPERS = "wrong_papers"
    WRONG_RECEIVER = "wrong_receiver"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """The days on which a clock can start; None where the thing has not happened.

    `clientship_ended_on` is the end of the last service, None while any service goes on.
    `consent_ended_on` is the withdrawal of the consent to the service, None while one is valid or
    none was needed.
    """

    dated_on: date
    logged_on: date
    episode_started_on: date
    presented_until: date | None = None
    episode_ended_on: date | None = None
    clientship_ended_on: date | None = None
    consent_ended_on: date | None = None


class ClockStart(StrEnum):
    """What a trigger of a retention rule means for a client's document."""

    EPISODE_ENDED = "episode_ended"
    CLIENTSHIP_ENDED = "clientship_ended"
    CONSENT_ENDED = "consent_ended"
    EPISODE_STARTED = "episode_started"
    DOCUMENT_DATED = "document_dated"
    YEAR_OF_DOCUMENT = "year_of_document"
    ABSENCE_OVER = "absence_over"
    ENTRY_MADE = "entry_made"
    NOT_RECORDED = "not_recorded"


# Every trigger of a retention rule. A plan may outlive the service it was made in, so its clock
# waits for the later of the two ends that the acts name. Whoever starts in a service has been told
# of the selection. Projects, payments, deaths and the end of a need are not recorded here.
CLOCK_STARTS: Mapping[str, ClockStart] = {
    "matter_closed": ClockStart.EPISODE_ENDED,
    "service_ended": ClockStart.EPISODE_ENDED,
    "agreement_ended": ClockStart.EPISODE_ENDED,
    "employment_ended": ClockStart.EPISODE_ENDED,
    "clientship_ended": ClockStart.CLIENTSHIP_ENDED,
    "plan_ended": ClockStart.CLIENTSHIP_ENDED,
    "consent_withdrawn_or_ended": ClockStart.CONSENT_ENDED,
    "selection_told": ClockStart.EPISODE_STARTED,
    "event": ClockStart.DOCUMENT_DATED,
    "document_dated": ClockStart.DOCUMENT_DATED,
    "shown": ClockStart.DOCUMENT_DATED,
    "recording_ended": ClockStart.DOCUMENT_DATED,
    "financial_year_end": ClockStart.YEAR_OF_DOCUMENT,
    "absence_settled": ClockStart.ABSENCE_OVER,
    "entry_created": ClockStart.ENTRY_MADE,
    "pay_settled": ClockStart.NOT_RECORDED,
    "project_end": ClockStart.NOT_RECORDED,
    "accounts_submitted": ClockStart.NOT_RECORDED,
    "last_payment": ClockStart.NOT_RECORDED,
    "client_died": ClockStart.NOT_RECORDED,
    "person_born": ClockStart.NOT_RECORDED,
    "membership_ended": ClockStart.NOT_RECORDED,
    "last_used": ClockStart.NOT_RECORDED,
    "account_closed": ClockStart.NOT_RECORDED,
    "no_longer_needed": ClockStart.NOT_RECORDED,
}


def clock_start(trigger: str, *, named: bool = False) -> ClockStart:
    """What a trigger means for a document. `named`: the rule says in words what the event is.

    Then it need not be what the document is about, and nothing tells its day. Raises KeyError.
    """
    return ClockStart.NOT_RECORDED if named else CLOCK_STARTS[trigger]


def trigger_on(trigger: str, facts: ClockFacts, *, named: bool = False) -> date | None:
    """The day on which the trigger of a retention rule occurred; None: the clock has not started.

    A consent ends when it is withdrawn, or with the service it was given for. An absence is settled
    when it is over and its certificate has been seen. Raises KeyError for a trigger outside the
    vocabulary. Source of the triggers: the annex to act 703/2023 and the other mandates named in
    `retention_policies/`.
    """
    consent_ends = (facts.consent_ended_on, facts.episode_ended_on)
    days: Mapping[ClockStart, date | None] = {
        ClockStart.EPISODE_ENDED: facts.episode_ended_on,
        ClockStart.CLIENTSHIP_ENDED: facts.clientship_ended_on,
        ClockStart.CONSENT_ENDED: min((day for day in consent_ends if day), default=None),
        ClockStart.EPISODE_STARTED: facts.episode_started_on,
        ClockStart.DOCUMENT_DATED: facts.dated_on,
        ClockStart.YEAR_OF_DOCUMENT: date(facts.dated_on.year, 12, 31),
        ClockStart.ABSENCE_OVER: max(facts.dated_on, facts.presented_until or facts.dated_on),
        ClockStart.ENTRY_MADE: facts.logged_on,
        ClockStart.NOT_RECORDED: None,
    }
    return days[clock_start(trigger, named=named)]


_ORDER = tuple(LocationKind)


def fits_inside(kind: LocationKind, parent: LocationKind | None) -> bool:
    """Whether a place of this kind can stand in the other: only in a larger one, or by itself."""
    return parent is None or _ORDER.index(parent) < _ORDER.index(kind)


class KeptState(StrEnum):
    """How a document's retention stands on a day."""

    DESTROYED = "destroyed"
    NOT_STORED = "not_stored"
    NO_RULE = "no_rule"
    PERMANENT = "permanent"
    PERIOD_OPEN = "period_open"
    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """What decides how a retention stands. `permanent` and `period_open` are those of its rule."""

    destroyed: bool
    presented: bool
    has_rule: bool
    permanent: bool
    period_open: bool
    disposable_from: date | None


def kept_state(facts: KeptFacts, as_of: date) -> KeptState:
    """How a document's retention stands on `as_of`.

    Only a note of what was shown has nothing stored, whatever its rule says.
    """
    answers = (
        (facts.destroyed, KeptState.DESTROYED),
        (facts.presented, KeptState.NOT_STORED),
        (not facts.has_rule, KeptState.NO_RULE),
        (facts.permanent, KeptState.PERMANENT),
        (facts.period_open, KeptState.PERIOD_OPEN),
    )
    for holds, state in answers:
        if holds:
            return state
    if facts.disposable_from is None:
        return KeptState.WAITING
    return KeptState.ENDED if facts.disposable_from <= as_of else KeptState.RUNNING
