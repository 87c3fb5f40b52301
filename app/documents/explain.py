"""Why a document is kept until its day: rule, trigger, sum and obstacles, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.documents.blockers import blocker_words
from app.documents.models import Document
from app.documents.rules import ClockStart, KeptState, clock_start
from app.documents.words import period_and_trigger, state_of
from app.retention.explain import explain as sentences
from app.retention.policies import Certainty, RetentionPolicy
from app.retention.rules import DisposalAction, StepCode, retention_date
from app.web.i18n import format_date, format_datetime, pick
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

# Where the day of a trigger comes from.
_SOURCES = {
    ClockStart.EPISODE_ENDED: _l("the day on which the client's time in the service ended"),
    ClockStart.CLIENTSHIP_ENDED: _l("the day on which the last of the client's services ended"),
    ClockStart.CONSENT_ENDED: _l("the withdrawal of the consent, or the end of its service"),
    ClockStart.EPISODE_STARTED: _l("the day on which the client started in the service"),
    ClockStart.DOCUMENT_DATED: _l("the date of the document"),
    ClockStart.YEAR_OF_DOCUMENT: _l("the last day of the year in which the document is dated"),
    ClockStart.ABSENCE_OVER: _l("the last day of the absence, or the date of the document"),
    ClockStart.ENTRY_MADE: _l("the day on which the document was logged"),
    ClockStart.NOT_RECORDED: _l("nothing that is recorded with documents tells this day"),
}

_ENDED = {
    DisposalAction.DESTROY: _l("ended, may be destroyed from %(day)s"),
    DisposalAction.REVIEW: _l("ended, to be reviewed from %(day)s"),
    DisposalAction.TRANSFER: _l("ended, may be transferred from %(day)s"),
    DisposalAction.RETURN_TO_CONTROLLER: _l("ended, may be returned from %(day)s"),
    DisposalAction.ANONYMISE: _l("ended, to be made anonymous from %(day)s"),
}


@dataclass(frozen=True)
class ExplainedStep:
    """One of the numbered steps: what it is, its value, its source, a tag (state and words)."""

    name: str
    text: str
    note: str | None = None
    tag: tuple[str, str] | None = None
    waits: bool = False


@dataclass(frozen=True)
class Explanation:
    """The answer as a heading with its tag, and the steps that lead to it."""

    heading: str
    tag: tuple[str, str] | None
    steps: tuple[ExplainedStep, ...]


def explain(
    document: Document,
    rule: RetentionPolicy | None,
    *,
    rule_number: int,
    obstacles: Iterable[str],
    at: datetime,
) -> Explanation:
    """Why a document is kept as long as it is, as known at an instant.

    `obstacles` are codes of `app.documents.blockers`.
    """
    state = state_of(document, rule, at.astimezone(clock.HELSINKI).date())
    heading, tag = _heading(document, rule, state)
    if rule is None:
        text = _("the register names none for this document, so no date follows")
        return Explanation(heading, tag, (ExplainedStep(_("Rule"), text),))
    steps = [
        _rule_step(rule, rule_number),
        _trigger_step(document, rule),
        _sum_step(document, rule),
        _obstacle_step(obstacles, at),
    ]
    if rule.disposal_action is DisposalAction.RETAIN_PERMANENTLY:
        del steps[1]
    return Explanation(heading, tag, tuple(steps))


def _heading(
    document: Document, rule: RetentionPolicy | None, state: KeptState
) -> tuple[str, tuple[str, str] | None]:
    if state is KeptState.ENDED and rule is not None:
        words = str(_ENDED[rule.action_for_documents]) % {
            "day": format_date(document.disposable_from)
        }
        return _until(document), ("warn", words)
    if state is KeptState.RUNNING:
        return _until(document), ("ok", _("retention goes on"))
    if state is KeptState.WAITING and rule is not None:
        heading = _("Kept for %(period)s", period=period_and_trigger(rule))
        return heading, ("info", _("the clock has not started"))
    fixed = {
        KeptState.DESTROYED: (_("Destroyed"), ("neutral", _("destroyed"))),
        KeptState.NOT_STORED: (_("Nothing of the document is stored"), ("ok", _("not stored"))),
        KeptState.NO_RULE: (_("No retention rule"), ("warn", _("no rule"))),
        KeptState.PERMANENT: (_("Kept permanently"), None),
        KeptState.PERIOD_OPEN: (
            _("Kept until a retention period is set"),
            ("warn", _("period not set")),
        ),
    }
    return fixed[state]


def _until(document: Document) -> str:
    if document.last_kept_on is None:
        return _("Not to be kept after %(day)s", day=format_date(document.disposable_from))
    return _("Kept until %(day)s", day=format_date(document.last_kept_on))


def _rule_step(rule: RetentionPolicy, number: int) -> ExplainedStep:
    mandate = rule.mandate
    if mandate.confirmed_on is not None:
        tag = ("ok", _("confirmed %(day)s", day=format_date(mandate.confirmed_on)))
    elif mandate.certainty is Certainty.VERIFIED:
        tag = ("ok", _("verified"))
    else:
        tag = ("warn", _("to be confirmed"))
    text = _("%(rule)s, version %(number)s", rule=pick(rule.name), number=number)
    return ExplainedStep(_("Rule"), text, pick(mandate.citation), tag)


def _trigger_step(document: Document, rule: RetentionPolicy) -> ExplainedStep:
    source = str(_SOURCES[clock_start(rule.retention_trigger, named=rule.names_its_event)])
    if document.trigger_on is None:
        return ExplainedStep(
            _("Trigger"),
            rule.trigger_words,
            _("Has not occurred, so the clock has not started. What tells it: %(source)s.")
            % {"source": source},
            waits=True,
        )
    text = _(
        "%(trigger)s, %(day)s", trigger=rule.trigger_words, day=format_date(document.trigger_on)
    )
    return ExplainedStep(_("Trigger"), text, source)


def _sum_step(document: Document, rule: RetentionPolicy) -> ExplainedStep:
    """The arithmetic; its main sentence is the last kept day, the others stand under it."""
    counted = [
        step
        for step in retention_date(rule.terms(), document.trigger_on).steps
        if step.code not in (StepCode.RULE, StepCode.TRIGGER, StepCode.TRIGGER_MISSING)
    ]
    if not counted:
        text = _("follows when the trigger has occurred")
        return ExplainedStep(_("Sum"), text, period_and_trigger(rule))
    main = next((step for step in counted if step.code is StepCode.LAST_KEPT_DAY), counted[0])
    others = [step for step in counted if step is not main]
    return ExplainedStep(_("Sum"), sentences([main])[0], " ".join(sentences(others)) or None)


def _obstacle_step(obstacles: Iterable[str], at: datetime) -> ExplainedStep:
    found = [blocker_words(code) for code in obstacles]
    note = _("checked %(at)s, checked again when it is destroyed", at=format_datetime(at))
    if found:
        tag = ("warn", _("may not be destroyed now"))
        return ExplainedStep(_("Obstacles"), "; ".join(found), note, tag)
    return ExplainedStep(_("Obstacles"), _("none: no hold, no open request"), note)
