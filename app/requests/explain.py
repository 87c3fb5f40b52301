"""A response deadline in words: the rule, the receipt, the sum, the days passed over."""

from collections.abc import Iterable
from datetime import date

from app.calendar.periods import Period
from app.requests.rules import (
    DeadlineStep,
    ExtensionFault,
    ResponseLaw,
    StepCode,
    SuspensionFault,
)
from app.retention.explain import MONTH_END_SENTENCE, period_in_words
from app.web.i18n import current_language, format_date
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import ngettext as _n

EXTENSION_FAULTS = {
    ExtensionFault.NOT_AVAILABLE: _l("The law of this kind of request knows no extension."),
    ExtensionFault.SECOND_EXTENSION: _l(
        "The deadline has been extended once already; three months in all is the most."
    ),
    ExtensionFault.NO_REASON: _l("An extension needs a reason that is told to the person."),
    ExtensionFault.NOTICE_BEFORE_RECEIPT: _l(
        "The notice of the extension cannot have been sent before the request was received."
    ),
    ExtensionFault.NOTICE_TOO_LATE: _l(
        "The notice of the extension was sent after the original deadline, which stays in force."
    ),
}

SUSPENSION_FAULTS = {
    SuspensionFault.ANSWER_BEFORE_QUESTION: _l(
        "A suspension begins when more is asked of the person and ends with the answer; the answer "
        "cannot come before the question."
    ),
    SuspensionFault.OVERLAP: _l(
        "Suspensions cannot overlap: the next begins when the previous has ended."
    ),
}

_LAW_SENTENCES = {
    ResponseLaw.GDPR: _l(
        "The deadline is %(period)s from receipt (General Data Protection Regulation, Article "
        "12(3))."
    ),
    ResponseLaw.CLIENT_DATA_ACT: _l(
        "The deadline is %(period)s from receipt (Client Data Act 703/2023, section 11)."
    ),
}

_SENTENCES = {
    StepCode.RECEIVED: _l("The request was received on %(day)s."),
    StepCode.RECEIPT_DAY_STANDS: _l("The day of receipt (%(name)s) is not moved."),
    StepCode.EXTENDED: _l("The deadline has been extended: %(period)s from receipt in all."),
    StepCode.MONTH_END: MONTH_END_SENTENCE,
    StepCode.PERIOD_END: _l("%(counted_from)s + %(period)s = %(day)s."),
    StepCode.ASKED_LATE: _l(
        "More was asked of the person on %(asked_on)s, but with undue delay: the clock was not "
        "stopped."
    ),
    StepCode.ASKED_AFTER_DUE: _l(
        "More was asked of the person on %(asked_on)s, when the deadline had passed: the clock was "
        "not stopped."
    ),
    StepCode.ANSWERED_BEFORE_RECEIPT: _l(
        "The answer of %(answered_on)s came before the request itself, so it stops no clock."
    ),
    StepCode.COUNTED_FROM_RECEIPT: _l(
        "More was asked of the person on %(asked_on)s, before the request was received; the "
        "suspension is counted from receipt, %(day)s."
    ),
    StepCode.RESTART_EARLIER: _l(
        "%(period)s from the answer ends earlier, on %(day)s, and the earlier day counts."
    ),
    StepCode.CLOCK_STOPPED: _l(
        "The clock has been stopped since %(day)s, until the person answers; there is no deadline "
        "meanwhile."
    ),
    StepCode.PASSED_OVER: _l("%(day)s is %(name)s, and a period does not end on such a day."),
    StepCode.DUE: _l("The last day to answer is %(day)s."),
    StepCode.NOTICE_BY: _l(
        "An extension with its reasons, or a refusal, must be told on %(day)s at the latest."
    ),
    StepCode.NOTICE_BY_WHILE_STOPPED: _l(
        "An extension with its reasons, or a refusal, must be told on %(day)s at the latest; the "
        "day moves on while the clock is stopped."
    ),
}

_DATE_KEYS = ("asked_on", "answered_on", "started_on", "counted_from")


def explain(steps: Iterable[DeadlineStep]) -> list[str]:
    """The steps of a response deadline as sentences, one for each step."""
    return [_sentence(step) for step in steps]


def _sentence(step: DeadlineStep) -> str:
    words = _words(step)
    if step.code is StepCode.SUSPENDED:
        return _n(
            "The clock was stopped from %(started_on)s to %(answered_on)s, %(num)d day, so the "
            "period ends on %(day)s.",
            "The clock was stopped from %(started_on)s to %(answered_on)s, %(num)d days, so the "
            "period ends on %(day)s.",
            int(step.values["days"]),
            **words,
        )
    if step.code is StepCode.RULE:
        return str(_LAW_SENTENCES[ResponseLaw(words["law"])]) % words
    return str(_SENTENCES[step.code]) % words


def _words(step: DeadlineStep) -> dict[str, str]:
    words = {key: str(value) for key, value in step.values.items()} | {"day": format_date(step.day)}
    for key in _DATE_KEYS:
        if key in words:
            words[key] = format_date(date.fromisoformat(words[key]))
    if "period" in words:
        words["period"] = period_in_words(Period.parse(words["period"]))
    if "kind" in words:
        words["name"] = words[current_language()]
    return words
