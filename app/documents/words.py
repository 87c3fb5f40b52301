"""Words of documents and custody: how long a document is kept, in one phrase, and the codes."""

from dataclasses import dataclass
from datetime import date

from app.documents.models import Document
from app.documents.rules import (
    CustodyKind,
    KeptFacts,
    KeptState,
    LocationKind,
    RefusalReason,
    kept_state,
)
from app.retention.policies import RetentionPolicy
from app.retention.rules import DisposalAction
from app.retention.words import further_words, length_words
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

LOCATION_WORDS = {
    LocationKind.ROOM: _l("room"),
    LocationKind.CABINET: _l("cabinet"),
    LocationKind.BOX: _l("box"),
    LocationKind.FOLDER: _l("folder"),
}

CUSTODY_WORDS = {
    CustodyKind.RECEIVED: _l("Received"),
    CustodyKind.HANDED_OVER: _l("Handed over"),
    CustodyKind.ACKNOWLEDGED: _l("Acknowledged"),
    CustodyKind.REFUSED: _l("Not taken"),
    CustodyKind.MOVED: _l("Moved"),
    CustodyKind.DESTROYED: _l("Destroyed"),
}

REFUSAL_WORDS = {
    RefusalReason.NOT_RECEIVED: _l("the papers have not arrived"),
    RefusalReason.INCOMPLETE: _l("some of the papers are missing"),
    RefusalReason.WRONG_PAPERS: _l("they are not the papers named here"),
    RefusalReason.WRONG_RECEIVER: _l("they do not belong to my work"),
    RefusalReason.DAMAGED: _l("the papers are damaged"),
}

HAND_OVER_WORDS = {
    "open": _l("waits for acknowledgement"),
    "acknowledged": _l("acknowledged"),
    "refused": _l("not taken"),
}

ITEM_KIND_WORDS = {
    "original": _l("original"),
    "copy": _l("copy"),
    "worker_copy": _l("worker's own copy"),
}

# The states by which the list of documents can be filtered, in the order of a document's life.
FILTER_STATE_WORDS = {
    "waiting": _l("clock not started"),
    "running": _l("retention goes on"),
    "ended": _l("retention ended"),
    "destroyed": _l("destroyed"),
}


@dataclass(frozen=True)
class Kept:
    """How long a document is kept: a phrase, a grey addition, and a tag (state and words)."""

    state: KeptState
    phrase: str
    note: str | None = None
    tag: tuple[str, str] | None = None


def kept(document: Document, rule: RetentionPolicy | None, as_of: date) -> Kept:
    """How long a document is kept, as lists say it."""
    state = state_of(document, rule, as_of)
    if state is KeptState.DESTROYED:
        destroyed_at = document.destroyed_at
        day = format_date(destroyed_at.date() if destroyed_at else None)
        return Kept(state, _("Destroyed %(day)s", day=day), tag=("neutral", _("destroyed")))
    if state in (KeptState.RUNNING, KeptState.ENDED):
        return _dated(document, state)
    if state is KeptState.WAITING and rule is not None:
        return Kept(state, period_and_trigger(rule), _("the clock has not started"))
    fixed = {
        KeptState.NOT_STORED: Kept(state, _("Nothing is stored"), tag=("ok", _("not stored"))),
        KeptState.NO_RULE: Kept(
            state, _("The register names no retention rule"), tag=("warn", _("no rule"))
        ),
        KeptState.PERMANENT: Kept(state, _("Kept permanently")),
        KeptState.PERIOD_OPEN: _undated(rule),
    }
    return fixed[state]


def _undated(rule: RetentionPolicy | None) -> Kept:
    """A document whose rule leads to no date: in words, until further notice, or not yet set."""
    if rule is not None and not rule.is_period_open:
        return Kept(KeptState.PERIOD_OPEN, _("Kept: %(words)s", words=length_words(rule)))
    phrase, tag = _("Kept until a retention period is set"), ("warn", _("period not set"))
    return Kept(KeptState.PERIOD_OPEN, phrase, tag=tag)


def state_of(document: Document, rule: RetentionPolicy | None, as_of: date) -> KeptState:
    """How a document's retention stands on a day."""
    facts = KeptFacts(
        destroyed=document.state == "destroyed",
        presented=document.presented_from is not None,
        has_rule=rule is not None,
        permanent=rule is not None and rule.disposal_action is DisposalAction.RETAIN_PERMANENTLY,
        period_open=rule is not None and rule.retention_period is None,
        disposable_from=document.disposable_from,
    )
    return kept_state(facts, as_of)


def period_and_trigger(rule: RetentionPolicy) -> str:
    """What a rule asks for, before there is a date: 10 years, from: closing of the matter."""
    if rule.retention_period is None or rule.retention_period.is_zero:
        return _("no longer than: %(trigger)s", trigger=rule.trigger_words)
    period = length_words(rule)
    said = _("%(period)s, from: %(trigger)s", period=period, trigger=rule.trigger_words)
    return "; ".join([said, *further_words(rule)])


def _dated(document: Document, state: KeptState) -> Kept:
    phrase = (
        _("Until %(day)s", day=format_date(document.last_kept_on))
        if document.last_kept_on
        else _("May go on %(day)s", day=format_date(document.disposable_from))
    )
    tag = ("warn", _("retention ended")) if state is KeptState.ENDED else None
    return Kept(state, phrase, tag=tag)
