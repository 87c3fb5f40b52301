"""How long a retention rule keeps things, as people say it. The dates are said by `explain`."""

from enum import StrEnum

from app.retention.explain import ACTION_WORDS, period_in_words
from app.retention.policies import Alternative, RetentionPolicy
from app.retention.rules import CutOff, DisposalAction
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import pick

CUT_OFF_WORDS = {
    CutOff.NONE: _l("not moved"),
    CutOff.CALENDAR_YEAR_END: _l("to the end of the calendar year"),
    CutOff.FINANCIAL_YEAR_END: _l("to the end of the financial year"),
}


class Standing(StrEnum):
    """How far a rule may be relied on."""

    VERIFIED = "verified"
    CONFIRMED = "confirmed"
    TO_BE_CONFIRMED = "to_be_confirmed"


STANDING_WORDS = {
    Standing.VERIFIED: _l("verified in the source"),
    Standing.CONFIRMED: _l("confirmed by a person"),
    Standing.TO_BE_CONFIRMED: _l("to be confirmed"),
}


def standing(policy: RetentionPolicy) -> Standing:
    """Whether the period was confirmed by a person, read in its source, or neither."""
    if policy.mandate.confirmed_on is not None:
        return Standing.CONFIRMED
    return Standing.VERIFIED if policy.mandate.is_settled else Standing.TO_BE_CONFIRMED


def certainty_words(policy: RetentionPolicy) -> str:
    """How far the rule may be relied on, in words."""
    return str(STANDING_WORDS[standing(policy)])


def length_words(policy: RetentionPolicy) -> str:
    """The length alone: 10 years; at least 10 years; until further notice; words of the rule."""
    if policy.criteria is not None and policy.retention_period is None:
        return pick(policy.criteria)
    if policy.until_further_notice:
        return _("until further notice")
    if policy.is_period_open:
        return _("until a period has been set")
    if policy.retention_period is None:
        return str(ACTION_WORDS[policy.disposal_action])
    if policy.retention_period.is_zero:
        return _("not stored")
    period = period_in_words(policy.retention_period)
    return _("at least %(period)s", period=period) if policy.is_minimum else period


def retention_words(policy: RetentionPolicy) -> str:
    """A retention rule as one phrase: 10 years, counted from: closing of the matter."""
    length = length_words(policy)
    if policy.retention_period is not None and not policy.retention_period.is_zero:
        length = counted_words(policy)
    return "; ".join([length, *further_words(policy)])


def counted_words(policy: RetentionPolicy) -> str:
    """The length of a rule with a period, from when it is counted, and a move to the year's end."""
    trigger = policy.trigger_words
    if policy.cut_off is not CutOff.NONE:
        trigger = _("%(trigger)s (from the end of that year)", trigger=trigger)
    length = length_words(policy)
    return _("%(period)s, counted from: %(trigger)s", period=length, trigger=trigger)


def further_words(policy: RetentionPolicy) -> list[str]:
    """What else a person looks at: the condition beside a period, and each alternative."""
    found = [condition_words(policy)] if condition_words(policy) else []
    found += [f"{pick(a.condition)}: {alternative_words(a)}" for a in policy.alternatives]
    return found


def condition_words(policy: RetentionPolicy) -> str:
    """What must hold as well when the period has passed; empty where nothing must."""
    if policy.criteria is None or policy.retention_period is None:
        return ""
    return _("and in addition: %(condition)s", condition=pick(policy.criteria))


def alternative_words(alternative: Alternative) -> str:
    """How long where the condition of an alternative holds."""
    if alternative.permanent:
        return str(ACTION_WORDS[DisposalAction.RETAIN_PERMANENTLY])
    if alternative.retention_period is None:
        return pick(alternative.criteria)
    trigger = alternative.trigger_words
    if alternative.retention_period.is_zero:
        return _("only until: %(trigger)s", trigger=trigger)
    period = period_in_words(alternative.retention_period)
    return _("%(period)s, counted from: %(trigger)s", period=period, trigger=trigger)
