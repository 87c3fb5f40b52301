"""How long a retention rule keeps things, as people say it. The dates are said by `explain`."""

from app.retention.explain import ACTION_WORDS, period_in_words
from app.retention.policies import RetentionPolicy
from app.web.i18n import gettext as _
from app.web.i18n import pick


def length_words(policy: RetentionPolicy) -> str:
    """The length alone: 10 years; at least 10 years; until further notice; words of the rule."""
    if policy.criteria is not None:
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
    if policy.retention_period is None or policy.retention_period.is_zero:
        return length
    return _("%(period)s, counted from: %(trigger)s", period=length, trigger=policy.trigger_words)
