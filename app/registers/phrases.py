"""Parts of a register as lines of text, in the language in use.

The internal record, the exports and the differences say them alike; the notice has its own words.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from app.registers.definitions import RegisterDefinition, words
from app.registers.definitions.citations import statute_words
from app.registers.definitions.parts import (
    AutomatedDecisions,
    DataCategory,
    DataObligation,
    Disclosure,
    ImpactAssessment,
    Purpose,
    RightOffered,
    RoleContact,
    SubjectGroup,
    Transfer,
)
from app.retention.policies import Policies
from app.retention.words import retention_words
from app.web.i18n import format_date, listed, pick
from app.web.i18n import gettext as _


def lines(parts: Iterable[str]) -> str:
    """One line for each part that says something."""
    return "\n".join(part for part in parts if part)


def joined(*parts: str | None) -> str:
    """The parts that say something, with commas."""
    return ", ".join(part for part in parts if part)


def not_stated() -> str:
    """What stands where GDPR Art. 30 asks for something and the register is silent."""
    return _("not stated")


def role(person: RoleContact | None) -> str:
    """A role, how to reach it, who steps in; empty when the register names none."""
    if person is None:
        return ""
    substitute = _("substitute: %(role)s", role=pick(person.substitute))
    return joined(
        pick(person.role),
        person.contact,
        _("held by several people") if person.several else None,
        substitute if person.substitute else None,
    )


def officer(register: RegisterDefinition) -> str:
    """The data protection officer, or that none is designated and why; empty for silence."""
    stated = register.data_protection_officer
    if stated is None:
        return ""
    if stated.not_designated is not None:
        return _("not designated: %(reason)s", reason=pick(stated.not_designated))
    return role(stated.designated)


def with_article(member: StrEnum) -> str:
    """A word of the law with the point of GDPR that is its value: consent (GDPR 6(1)(a))."""
    return f"{words(member)} (GDPR {member})"


def legal_bases(purpose: Purpose) -> str:
    """The legal bases of a purpose with their articles; not stated when there is none."""
    return lines(map(with_article, purpose.legal_bases)) or not_stated()


def obligation(stated: DataObligation) -> str:
    """Whether the data must be given, and what follows if not: GDPR Art. 13(2)(e)."""
    return joined(words(stated.obligation), pick(stated.consequences))


def special(category: DataCategory) -> str:
    """The special categories that a data category holds, or may hold."""
    return lines(f"{words(part.category)} ({words(part.presence)})" for part in category.special)


def subject(group: SubjectGroup) -> str:
    """A group of data subjects; of minors also that, and who acts for them."""
    acting = _("represented by: %(who)s", who=pick(group.represented_by))
    marks = (
        _("under 18 years of age") if group.minors else None,
        acting if group.represented_by else None,
    )
    told = "; ".join(mark for mark in marks if mark)
    return f"{pick(group.name)} ({told})" if told else pick(group.name)


def recipient(register: RegisterDefinition, disclosure: Disclosure) -> str:
    """A recipient, what goes there, what for, on what basis and on what conditions."""
    what = pick(disclosure.what)
    names = (pick(c.name) for c in register.data_categories if c.key in disclosure.data_categories)
    decided = _("needs the decision of: %(who)s", who=pick(disclosure.decided_by))
    refusal = _("the person may refuse it: %(how)s", how=pick(disclosure.refusal))
    law = statute_words(disclosure.statute) if disclosure.statute else ""
    basis = words(disclosure.basis) if disclosure.basis else ""
    said = (
        what,
        listed(name for name in names if name.casefold() not in what.casefold()),
        pick(disclosure.purpose),
        joined(basis, law),
        pick(disclosure.condition),
        decided if disclosure.decided_by else None,
        refusal if disclosure.refusal else None,
        _("published: anyone can see it") if disclosure.published else None,
    )
    told = "; ".join(part for part in said if part)
    name = pick(disclosure.recipient)
    return f"{name}: {told}" if told else name


def recipients(register: RegisterDefinition, categories: Iterable[DataCategory]) -> str:
    """The recipients of these data categories, and processors: GDPR Art. 30(1)(d).

    A disclosure that names no category may be of any.
    """
    keys = {category.key for category in categories}
    found = [
        recipient(register, disclosure)
        for disclosure in register.disclosures or ()
        if not disclosure.data_categories or keys.intersection(disclosure.data_categories)
    ]
    found += [
        _("%(name)s, processes data on our behalf", name=pick(processor.name))
        for processor in register.processors or ()
    ]
    if not found and register.disclosures is not None:
        return _("Data is not disclosed.")
    return lines(found) or not_stated()


def right(offered: RightOffered) -> str:
    """A right as the register offers it: in its words, the form asked for, and to whom.

    One that people do not have here says so, and why.
    """
    if offered.not_applicable is not None:
        why = _("does not apply: %(reason)s", reason=pick(offered.not_applicable))
        return f"{words(offered.right)}: {why}"
    form = words(offered.form) if offered.form else ""
    told = joined(pick(offered.text), form, *map(pick, offered.addressed_to))
    return f"{words(offered.right)}: {told}" if told else words(offered.right)


def transfer(item: Transfer) -> str:
    """A transfer: to whom, where, and by what it is allowed."""
    return joined(
        pick(item.recipient), pick(item.destination), mechanisms(item), pick(item.safeguard)
    )


def mechanisms(item: Transfer) -> str:
    """What allows a transfer, each with its Article; empty where it is not stated."""
    return "; ".join(map(with_article, item.mechanism))


def transfers(register: RegisterDefinition) -> str:
    """Transfers to third countries: GDPR Art. 30(1)(e)."""
    if register.transfers is None:
        return not_stated()
    if not register.transfers.made:
        return _("Data is not transferred outside the EU and the EEA.")
    return lines(transfer(item) for item in register.transfers.items)


def retention(register: RegisterDefinition, policies: Policies) -> str:
    """The time limits, each with what it covers: GDPR Art. 30(1)(f)."""
    covered = _limits_of_documents(register, None, policies)
    for category in register.data_categories:
        said = category_retention(category, policies)
        if said:
            covered.setdefault(said, {})[pick(category.name)] = None
    return lines((pick(register.retention), *_told(covered))) or not_stated()


def retention_of(
    register: RegisterDefinition,
    categories: Iterable[DataCategory],
    policies: Policies,
) -> str:
    """The time limits of data categories, each by its name: their own and their documents'."""
    told = [pick(register.retention)]
    for category in categories:
        own = category_retention(category, policies)
        keys = {register.merged_type(key).key for key in category.documents}
        limits = [own, *_told(_limits_of_documents(register, keys, policies))]
        told += [f"{pick(category.name)}: {limit}" for limit in limits if limit]
    return lines(told) or not_stated()


def retention_of_the_rest(register: RegisterDefinition, policies: Policies) -> str:
    """The time limits of documents that no data category names."""
    named = {
        register.merged_type(key).key
        for category in register.data_categories
        for key in category.documents
    }
    rest = {kind.key for kind in register.offered_types()} - named
    return lines(_told(_limits_of_documents(register, rest, policies)))


def _limits_of_documents(
    register: RegisterDefinition,
    keys: Collection[str] | None,
    policies: Policies,
) -> dict[str, dict[str, None]]:
    """Names of the document types under each time limit; of all types without `keys`."""
    covered: dict[str, dict[str, None]] = {}
    for rule in register.storage_rules:
        kind = register.merged_type(rule.document_type)
        if rule.retention_rule and (keys is None or kind.key in keys):
            limit = rule_words(rule.retention_rule, policies)
            covered.setdefault(limit, {})[pick(kind.name)] = None
    return covered


def _told(covered: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return (f"{limit} – {listed(names)}" for limit, names in covered.items())


def category_retention(category: DataCategory, policies: Policies) -> str:
    """How long a data category is kept, where it says so itself."""
    rule = rule_words(category.retention_rule, policies) if category.retention_rule else None
    own = pick(category.retention)
    return joined(own.removesuffix(".") if rule else own, rule)


def rule_words(key: str, policies: Policies) -> str:
    """A retention rule as one phrase; its key when this installation does not have it."""
    policy = policies.get(key)
    return retention_words(policy) if policy is not None else key


def safeguards(register: RegisterDefinition) -> str:
    """The measures of protection: GDPR Art. 30(1)(g)."""
    found = (
        f"{words(safeguard.kind)}: {pick(safeguard.text)}" for safeguard in register.safeguards
    )
    return lines(found) or not_stated()


def assessment(stated: ImpactAssessment) -> str:
    """Whether an impact assessment is needed, why, and when it was made: GDPR Art. 35."""
    needed = _("needed") if stated.needed else _("not needed")
    made = _("made on %(day)s", day=format_date(stated.made_on)) if stated.made_on else None
    return joined(needed, pick(stated.reason), made)


def version(number: int, in_force_from: date | None) -> str:
    """A version of a register: since when it is in force, or that it is a draft."""
    if in_force_from is None:
        return _("Version %(number)s, draft", number=number)
    day = format_date(in_force_from)
    return _("Version %(number)s, in force from %(day)s", number=number, day=day)


def automated(register: RegisterDefinition) -> str:
    """Whether decisions are made without a person: GDPR Art. 22."""
    stated = register.automated_decisions
    if stated is None:
        return ""
    return lines((_decisions(stated), pick(stated.text)))


def _decisions(stated: AutomatedDecisions) -> str:
    if stated.made:
        made = _("Decisions are also made without a person.")
        return f"{made} {_('There is profiling.')}" if stated.profiling else made
    if stated.profiling:
        return _("No decision is made without a person, but there is profiling.")
    if stated.profiling is None:
        return _("No decision is made without a person.")
    return _("No decision is made without a person, and there is no profiling.")
