"""A retention date in words: the rule, the trigger, the sum, in the language in use.

What keeps a document in spite of its date (holds, open requests) follows in the words of the
packages that know it.
"""

from collections.abc import Iterable
from datetime import date

from app.calendar.periods import Period
from app.retention.rules import (
    CutOff,
    DisposalAction,
    RetentionStep,
    RetentionTerms,
    StepCode,
    retention_date,
)
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import ngettext as _n

ACTION_WORDS = {
    DisposalAction.DESTROY: _l("destruction"),
    DisposalAction.REVIEW: _l("review"),
    DisposalAction.TRANSFER: _l("transfer to an archive"),
    DisposalAction.RETURN_TO_CONTROLLER: _l("return to the controller"),
    DisposalAction.ANONYMISE: _l("making anonymous"),
    DisposalAction.RETAIN_PERMANENTLY: _l("permanent retention"),
}

MONTH_END_SENTENCE = _l(
    "The month in which the period ends has no day %(day_of_month)s, so its last day counts."
)

_CUT_OFF_SENTENCES = {
    CutOff.CALENDAR_YEAR_END: _l("The period is counted from the end of that year, %(day)s."),
    CutOff.FINANCIAL_YEAR_END: _l(
        "The period is counted from the end of that financial year, %(day)s."
    ),
}

_DISPOSABLE_SENTENCES = {
    DisposalAction.DESTROY: _l("The document may be destroyed on %(day)s at the earliest."),
    DisposalAction.REVIEW: _l("The need for the document is reviewed from %(day)s on."),
    DisposalAction.TRANSFER: _l("The document may be transferred on %(day)s at the earliest."),
    DisposalAction.RETURN_TO_CONTROLLER: _l(
        "The document may be returned to the controller on %(day)s at the earliest."
    ),
    DisposalAction.ANONYMISE: _l(
        "The document is to be made anonymous from %(day)s on; a person does it, not the program."
    ),
}

_SENTENCES = {
    StepCode.PERMANENT: _l("The document is kept permanently."),
    StepCode.UNTIL_FURTHER_NOTICE: _l(
        "No retention period has been set: the document is kept until one is."
    ),
    StepCode.NOT_STORED: _l(
        "The document is not stored; what has been kept of it may be destroyed at once, on %(day)s."
    ),
    StepCode.MONTH_END: MONTH_END_SENTENCE,
    StepCode.LAST_KEPT_DAY: _l(
        "%(counted_from)s + %(period)s = %(day)s, the last day of retention."
    ),
}


def explain(
    steps: Iterable[RetentionStep], *, rule: str = "", trigger: str = "", law: str = ""
) -> list[str]:
    """The steps of a retention date as sentences, one for each step.

    `rule`, `trigger` and `law` are what the organisation calls them: the rule with its version,
    the event that starts the clock, the citation. Left out, the sentences do without.
    """
    return [_sentence(step, rule, trigger, law) for step in steps]


def example(terms: RetentionTerms, trigger_on: date) -> list[str]:
    """What would follow from the terms if the trigger were on a day. Raises DateOutOfRange."""
    return explain(retention_date(terms, trigger_on).steps)


def period_in_words(period: Period) -> str:
    """A period as people say it: 1 year, 6 months and 10 days."""
    counted = (
        _n("%(num)d year", "%(num)d years", period.years) if period.years else "",
        _n("%(num)d month", "%(num)d months", period.months) if period.months else "",
        _n("%(num)d week", "%(num)d weeks", period.weeks) if period.weeks else "",
        _n("%(num)d day", "%(num)d days", period.days) if period.days else "",
        _n("%(num)d hour", "%(num)d hours", period.hours) if period.hours else "",
    )
    *first, last = [words for words in counted if words] or [_("no time")]
    return _("%(first)s and %(last)s", first=", ".join(first), last=last) if first else last


def _sentence(step: RetentionStep, rule: str, trigger: str, law: str) -> str:
    if step.code is StepCode.RULE:
        return _rule_sentence(step, rule, law)
    if step.code is StepCode.TRIGGER:
        return _trigger_sentence(step, trigger)
    if step.code is StepCode.TRIGGER_MISSING:
        return _missing_sentence(trigger)
    if step.code is StepCode.CUT_OFF:
        message = _CUT_OFF_SENTENCES[CutOff(str(step.values["cut_off"]))]
    elif step.code is StepCode.DISPOSABLE_FROM:
        message = _DISPOSABLE_SENTENCES[DisposalAction(str(step.values["disposal_action"]))]
    else:
        message = _SENTENCES[step.code]
    return str(message) % _words(step)


def _words(step: RetentionStep) -> dict[str, str]:
    words = {key: str(value) for key, value in step.values.items()} | {"day": format_date(step.day)}
    if "counted_from" in words:
        words["counted_from"] = format_date(date.fromisoformat(words["counted_from"]))
    if "period" in words:
        words["period"] = period_in_words(Period.parse(words["period"]))
    return words


def _rule_sentence(step: RetentionStep, rule: str, law: str) -> str:
    action = DisposalAction(str(step.values["disposal_action"]))
    text = str(ACTION_WORDS[action])
    if action is not DisposalAction.RETAIN_PERMANENTLY:
        period = _words(step).get("period") or _("a period still to be set")
        text = _("%(period)s, then %(action)s", period=period, action=text)
    if law:
        text = f"{text} ({law})"
    if rule:
        return _("Rule %(rule)s: %(text)s.", rule=rule, text=text)
    return _("Rule: %(text)s.", text=text)


def _trigger_sentence(step: RetentionStep, trigger: str) -> str:
    day = format_date(step.day)
    if trigger:
        return _("Trigger: %(trigger)s, %(day)s.", trigger=trigger, day=day)
    return _("Trigger: %(day)s.", day=day)


def _missing_sentence(trigger: str) -> str:
    if trigger:
        return _(
            "Trigger: %(trigger)s. It has not occurred, so the retention period has not started.",
            trigger=trigger,
        )
    return _("The trigger has not occurred, so the retention period has not started.")
