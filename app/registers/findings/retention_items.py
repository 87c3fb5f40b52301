"""Retention and law: pairs without a rule, rules nobody has confirmed, laws that have ended."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from app.registers.definitions import DataCategory, RegisterDefinition
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.repealed import RepealedAct, repealed_acts_in
from app.registers.findings.texts import finding
from app.retention.definition_models import LocalizedText
from app.retention.policies import PolicySet, RetentionPolicy


def retention_rules(
    register: RegisterDefinition, policies: PolicySet, as_of: date | None
) -> Iterator[Finding]:
    """GDPR Art. 5(1)(e): each stored pair has a rule, and each rule can be relied on."""
    used: dict[str, RetentionPolicy] = {}
    for rule in register.storage_rules:
        where = ("storage_rules", rule.service, rule.document_type)
        if rule.retention_rule is None:
            if rule.presentation_only is None:
                yield finding(
                    Code.RETENTION_RULE_MISSING,
                    where,
                    service=register.service(rule.service).name,
                    document=register.document_type(rule.document_type).name,
                )
        elif rule.retention_rule in policies:
            used[rule.retention_rule] = policies.policy(rule.retention_rule)
        else:
            yield finding(Code.RETENTION_RULE_UNKNOWN, where, rule=rule.retention_rule)
    for policy in used.values():
        yield from policy_items(policy, as_of)


def policy_items(policy: RetentionPolicy, as_of: date | None) -> Iterator[Finding]:
    """What a person should settle in one retention rule."""
    where = ("retention_rules", policy.key)
    if not policy.mandate.is_settled:
        yield finding(
            Code.RETENTION_RULE_UNCONFIRMED,
            where,
            rule=policy.name,
            citation=policy.mandate.citation,
        )
    if policy.is_period_open:
        yield finding(Code.RETENTION_PERIOD_OPEN, where, rule=policy.name)
    for act in repealed_acts_in(policy.mandate.citation.fi, as_of):
        yield _repealed(act, where)


def category_retention(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 13(2)(a): how long each category is kept, or by what criteria."""
    if register.retention is not None:
        return
    ruled = {rule.document_type for rule in register.storage_rules if rule.retention_rule}
    for category in register.data_categories:
        if not _has_retention(category, ruled):
            where = ("data_categories", category.key)
            yield finding(Code.RETENTION_MISSING, where, category=category.name)


def _has_retention(category: DataCategory, ruled: set[str]) -> bool:
    return category.retention is not None or not ruled.isdisjoint(category.documents)


def repealed_laws(register: RegisterDefinition, as_of: date | None) -> Iterator[Finding]:
    """Acts that the register cites, by number, in any of its parts after they were repealed."""
    seen: set[str] = set()
    for where, text in _texts(register, ()):
        for act in repealed_acts_in(text, as_of):
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


def _texts(value: object, where: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text of a definition with its place. Of a translated text only the Finnish original."""
    if isinstance(value, LocalizedText):
        yield where, value.fi
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*where, name))
    elif isinstance(value, tuple):
        for number, member in enumerate(value):
            yield from _texts(member, (*where, getattr(member, "key", str(number))))
    elif isinstance(value, str):
        yield where, value


def translations(register: RegisterDefinition) -> Iterator[Finding]:
    """Texts that people who use the program in Swedish or English see in Finnish."""
    texts = list(_localized(register))
    for language in ("sv", "en"):
        missing = sum(1 for text in texts if getattr(text, language) is None)
        if missing:
            yield finding(Code.TRANSLATION_MISSING, (), count=missing, language=language)


def _localized(value: object) -> Iterator[LocalizedText]:
    if isinstance(value, LocalizedText):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _localized(getattr(value, name))
    elif isinstance(value, tuple):
        for member in value:
            yield from _localized(member)
