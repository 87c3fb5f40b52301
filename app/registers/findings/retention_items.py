"""Retention and law: pairs without a rule, rules nobody has confirmed, laws that have ended."""

from collections.abc import Iterator
from datetime import date

from app.registers.definitions import DataCategory, RegisterDefinition
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.open_periods import is_left_open
from app.registers.findings.repealed import RepealedAct, repealed_acts_in, repealed_names_in
from app.registers.findings.texts import finding
from app.registers.findings.walking import localized, texts_of
from app.retention.definition_models import LocalizedText
from app.retention.policies import PolicySet, RetentionPolicy
from app.retention.triggers import RetentionTrigger

_NOT_CITED = ("remarks", "printed_fields")


def retention_rules(
    register: RegisterDefinition, policies: PolicySet, as_of: date | None
) -> Iterator[Finding]:
    """GDPR Art. 5(1)(e): each stored pair has a rule, and each rule can be relied on."""
    for rule in register.storage_rules:
        if rule.retention_rule is None and rule.presentation_only is None:
            yield finding(
                Code.RETENTION_RULE_MISSING,
                ("storage_rules", rule.service, rule.document_type),
                service=register.service(rule.service).name,
                document=register.document_type(rule.document_type).name,
            )
    used: dict[str, RetentionPolicy] = {}
    for where, key in _rules_named(register):
        if key in policies:
            used[key] = policies.policy(key)
            if where[0] == "data_categories" and _counts_from_anything(used[key]):
                where_rule = ("retention_rules", key)
                yield finding(Code.RETENTION_EVENT_UNNAMED, where_rule, rule=used[key].name)
        else:
            yield finding(Code.RETENTION_RULE_UNKNOWN, where, rule=key)
    for policy in used.values():
        yield from policy_items(policy, as_of)


def _rules_named(register: RegisterDefinition) -> Iterator[tuple[tuple[str, ...], str]]:
    """The retention rules that the register refers to, each with its place."""
    for rule in register.storage_rules:
        if rule.retention_rule is not None:
            yield ("storage_rules", rule.service, rule.document_type), rule.retention_rule
    for category in register.data_categories:
        if category.retention_rule is not None:
            yield ("data_categories", category.key), category.retention_rule


def _counts_from_anything(policy: RetentionPolicy) -> bool:
    """Whether a period starts from an event that nobody has named; a document is about one."""
    main = (policy.retention_period, policy.retention_trigger, policy.trigger_text)
    others = [
        (a.retention_period, a.retention_trigger, a.trigger_text) for a in policy.alternatives
    ]
    return any(
        period is not None and trigger is RetentionTrigger.EVENT and text is None
        for period, trigger, text in (main, *others)
    )


def policy_items(policy: RetentionPolicy, as_of: date | None) -> Iterator[Finding]:
    """What a person should settle in one retention rule."""
    where = ("retention_rules", policy.key)
    if not policy.mandate.is_settled:
        yield finding(
            Code.RETENTION_RULE_UNCONFIRMED,
            where,
            rule=policy.name,
            citation=policy.mandate.citation,
            terms=_terms(policy),
        )
    if policy.is_period_open:
        yield finding(Code.RETENTION_PERIOD_OPEN, where, rule=policy.name, terms=_terms(policy))
    if _lacks_criteria(policy):
        yield finding(
            Code.RETENTION_CRITERIA_MISSING, where, rule=policy.name, terms=_terms(policy)
        )
    for act in repealed_acts_in(policy.mandate.citation.original, as_of):
        yield _repealed(act, where)


def _lacks_criteria(policy: RetentionPolicy) -> bool:
    """Whether a rule is open to the end and says nothing of what ends it."""
    if policy.retention_period is not None:
        return False
    if policy.criteria is not None:
        return is_left_open(policy.criteria.original)
    return policy.until_further_notice


def _terms(policy: RetentionPolicy) -> tuple[str | LocalizedText, ...]:
    """What decides when a document goes: who accepts a finding accepts it for these terms only."""
    periods = [policy.retention_period, *(each.retention_period for each in policy.alternatives)]
    texts = [policy.criteria, policy.trigger_text]
    return (
        *map(str, periods),
        *(text for text in texts if text is not None),
        *(str(policy.is_minimum), str(policy.until_further_notice)),
        *(str(policy.retention_trigger), str(policy.cut_off), str(policy.disposal_action)),
    )


def category_retention(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 13(2)(a): how long each category is kept, or by what criteria."""
    if register.retention is not None:
        yield from _left_open(register.retention, ("retention",))
    for category in register.data_categories:
        if category.retention is not None:
            yield from _left_open(category.retention, ("data_categories", category.key))
    if register.retention is not None:
        return
    ruled = {rule.document_type for rule in register.storage_rules if rule.retention_rule}
    for category in register.data_categories:
        if not _has_retention(category, ruled):
            where = ("data_categories", category.key)
            yield finding(Code.RETENTION_MISSING, where, category=category.name)


def _left_open(text: LocalizedText, where: tuple[str, ...]) -> Iterator[Finding]:
    if is_left_open(text.original):
        yield finding(Code.RETENTION_TEXT_OPEN, where, text=text)


def _has_retention(category: DataCategory, ruled: set[str]) -> bool:
    said = category.retention is not None or category.retention_rule is not None
    return said or not ruled.isdisjoint(category.documents)


def repealed_laws(register: RegisterDefinition, as_of: date | None) -> Iterator[Finding]:
    """Acts that the register cites in any of its parts after they were repealed.

    By number first: it leads to the field to change. By name where no number is cited; what a
    reader noted, and the headings of a printed description, may name any law.
    """
    seen: set[str] = set()
    for find, left_out in ((repealed_acts_in, ()), (repealed_names_in, _NOT_CITED)):
        for where, text in texts_of(register):
            for act in find(text, as_of) if where[0] not in left_out else ():
                if act.number not in seen:
                    seen.add(act.number)
                    yield _repealed(act, where)


def _repealed(act: RepealedAct, where: tuple[str, ...]) -> Finding:
    return finding(
        Code.REPEALED_LAW,
        where,
        law=act.name,
        number=act.number,
        repealed_on=act.repealed_on,
        successor=act.successor,
    )


def translations(register: RegisterDefinition) -> Iterator[Finding]:
    """Texts that are not in each of the languages in which the register's notices are made."""
    texts = list(localized(register))
    for language in register.languages[1:]:
        missing = sum(1 for text in texts if getattr(text, language) is None)
        if missing:
            yield finding(Code.TRANSLATION_MISSING, (), count=missing, language=language.value)
