"""How long data is kept: Art. 13(2)(a), by rule, by category, and in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from app.registers.definitions import RegisterDefinition
from app.registers.notice.model import Section
from app.registers.notice.words import sentence
from app.retention.explain import period_in_words
from app.retention.policies import Policies, RetentionPolicy
from app.retention.rules import DisposalAction
from app.retention.triggers import RetentionTrigger
from app.retention.words import counted_words, further_words, length_words
from app.web.i18n import gettext as _
from app.web.i18n import listed, pick

# What is kept for one period: document type → services, and names of whole categories.
_Kept = dict[str, list[str]]


def retention(definition: RegisterDefinition, policies: Policies) -> Section:
    """The periods, each with what it concerns."""
    said = [pick(definition.retention)] if definition.retention is not None else []
    used = _used(definition, policies)
    periods: dict[str, list[str]] = {}
    for category in definition.data_categories:
        policy = policies.get(category.retention_rule or "")
        words = pick(category.retention) or (_period(policy) if policy is not None else "")
        if words:
            periods.setdefault(sentence(words), []).append(pick(category.name))
    spread = Counter(kind for kinds in used.values() for kind in kinds)
    for words, kinds in used.items():
        lines = [_named(definition, kind, kinds[kind], spread[kind]) for kind in kinds]
        periods.setdefault(words, []).extend(lines)
    rows = [(words, "\n".join(lines)) for words, lines in periods.items()]
    shown = _only_shown(definition)
    if shown:
        rows.append((_("We only look at these and do not keep them"), "\n".join(shown)))
    silent = list(_without_period(definition, policies)) if periods and not said else []
    if silent:
        rows.append((_("It is not told yet how long we keep these"), "\n".join(silent)))
    heading = _("How long do we keep your data?")
    law = "13(2)(a), 14(2)(a)"
    return Section(heading, law, tuple(said), rows=tuple(rows), labels_above=True)


def _used(definition: RegisterDefinition, policies: Policies) -> dict[str, _Kept]:
    used: dict[str, _Kept] = {}
    for rule in definition.storage_rules:
        policy = policies.get(rule.retention_rule or "")
        if policy is not None and rule.presentation_only is None:
            kinds = used.setdefault(sentence(_period(policy)), {})
            kinds.setdefault(rule.document_type, []).append(rule.service)
    return used


def _without_period(definition: RegisterDefinition, policies: Policies) -> Iterator[str]:
    """The categories of which neither they nor any of their documents say how long."""
    ruled = {
        rule.document_type
        for rule in definition.storage_rules
        if rule.retention_rule in policies or rule.presentation_only is not None
    }
    for category in definition.data_categories:
        said = category.retention is not None or category.retention_rule in policies
        if not said and ruled.isdisjoint(category.documents):
            yield pick(category.name)


def _period(policy: RetentionPolicy) -> str:
    """A rule as one phrase, with what follows where it is not destruction."""
    period = policy.retention_period
    if policy.is_period_open:
        text = _("It has not been decided yet how long we keep these")
    elif period is None:
        text = _until(policy)
    elif period.is_zero:
        text = _("only until: %(trigger)s", trigger=policy.trigger_words)
    else:
        text = counted_words(policy)
    text = "; ".join([text, *further_words(policy)])
    after = {
        DisposalAction.REVIEW: _("Then we check whether we still need them."),
        DisposalAction.TRANSFER: _("Then they go to an archive."),
        DisposalAction.RETURN_TO_CONTROLLER: _("Then they are returned to the controller."),
        DisposalAction.ANONYMISE: _("Then we make them anonymous."),
    }.get(policy.disposal_action)
    return f"{text}. {after}" if after and period is not None else text


def _until(policy: RetentionPolicy) -> str:
    """How long where no date follows: what ends the need, and how often it is checked."""
    text = length_words(policy)
    needed = policy.retention_trigger is RetentionTrigger.NO_LONGER_NEEDED
    if policy.until_further_notice and needed:
        text = _("until further notice, as long as the data is needed")
    if policy.review_period is not None and (policy.until_further_notice or policy.criteria):
        between = period_in_words(policy.review_period)
        checked = _("the need is checked, at most %(time)s between the checks", time=between)
        text = f"{text}; {checked}"
    return text


def _named(definition: RegisterDefinition, kind: str, services: list[str], periods: int) -> str:
    """A document type; with its services when the period differs between them."""
    name = pick(definition.document_type(kind).name)
    if periods == 1:
        return name
    return f"{name} ({listed(pick(definition.service(key).name) for key in services)})"


def _only_shown(definition: RegisterDefinition) -> list[str]:
    shown: dict[str, list[str]] = defaultdict(list)
    for rule in definition.storage_rules:
        if rule.presentation_only is not None:
            shown[rule.document_type].append(rule.service)
    return [_named(definition, kind, services, 2) for kind, services in shown.items()]
