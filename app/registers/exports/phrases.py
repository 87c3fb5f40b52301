"""Parts of a register as lines of text, in the language in use."""

from collections.abc import Iterable, Mapping

from app.registers.definitions import RegisterDefinition, words
from app.registers.definitions.parts import (
    DataCategory,
    Disclosure,
    Purpose,
    RoleContact,
    Statute,
    Transfer,
)
from app.retention.policies import RetentionPolicy
from app.retention.words import retention_words
from app.web.i18n import gettext as _
from app.web.i18n import pick


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


def statute(law: Statute) -> str:
    """A law with its number and section."""
    return " ".join(part for part in (pick(law.name), law.number, law.section) if part)


def legal_bases(purpose: Purpose) -> str:
    """The legal bases of a purpose with their articles; not stated when there is none."""
    listed = (f"{words(basis)} (GDPR {basis})" for basis in purpose.legal_bases)
    return lines(listed) or not_stated()


def special(category: DataCategory) -> str:
    """The special categories that a data category holds, or may hold."""
    return lines(f"{words(part.category)} ({words(part.presence)})" for part in category.special)


def recipient(disclosure: Disclosure) -> str:
    """A recipient, what goes there and on what basis."""
    basis = words(disclosure.basis) if disclosure.basis else ""
    said = "; ".join(part for part in (pick(disclosure.what), basis) if part)
    name = pick(disclosure.recipient)
    return f"{name}: {said}" if said else name


def recipients(register: RegisterDefinition) -> str:
    """All recipients and processors: GDPR Art. 30(1)(d)."""
    listed = [recipient(disclosure) for disclosure in register.disclosures or ()]
    listed += [
        _("%(name)s, processes data on our behalf", name=pick(processor.name))
        for processor in register.processors or ()
    ]
    if not listed and register.disclosures is not None:
        return _("Data is not disclosed.")
    return lines(listed) or not_stated()


def transfer(item: Transfer) -> str:
    """A transfer: to whom, where, and by what it is allowed."""
    return joined(
        pick(item.recipient), pick(item.destination), mechanisms(item), pick(item.safeguard)
    )


def mechanisms(item: Transfer) -> str:
    """What allows a transfer, each with its Article; empty where it is not stated."""
    return "; ".join(f"{words(each)} (GDPR {each})" for each in item.mechanism)


def transfers(register: RegisterDefinition) -> str:
    """Transfers to third countries: GDPR Art. 30(1)(e)."""
    if register.transfers is None:
        return not_stated()
    if not register.transfers.made:
        return _("Data is not transferred outside the EU and the EEA.")
    return lines(transfer(item) for item in register.transfers.items)


def retention(register: RegisterDefinition, policies: Mapping[str, RetentionPolicy]) -> str:
    """The time limits, each with what it covers: GDPR Art. 30(1)(f)."""
    covered: dict[str, dict[str, None]] = {}
    for rule in register.storage_rules:
        if rule.retention_rule:
            limit = rule_words(rule.retention_rule, policies)
            name = pick(register.document_type(rule.document_type).name)
            covered.setdefault(limit, {})[name] = None
    for category in register.data_categories:
        said = category_retention(category, policies)
        if said:
            covered.setdefault(said, {})[pick(category.name)] = None
    told = [pick(register.retention)]
    told += [f"{limit} – {', '.join(names)}" for limit, names in covered.items()]
    return lines(told) or not_stated()


def category_retention(category: DataCategory, policies: Mapping[str, RetentionPolicy]) -> str:
    """How long a data category is kept, where it says so itself."""
    rule = rule_words(category.retention_rule, policies) if category.retention_rule else None
    return joined(pick(category.retention), rule)


def rule_words(key: str, policies: Mapping[str, RetentionPolicy]) -> str:
    """A retention rule as one phrase; its key when this installation does not have it."""
    policy = policies.get(key)
    return retention_words(policy) if policy is not None else key


def safeguards(register: RegisterDefinition) -> str:
    """The measures of protection: GDPR Art. 30(1)(g)."""
    listed = (
        f"{words(safeguard.kind)}: {pick(safeguard.text)}" for safeguard in register.safeguards
    )
    return lines(listed) or not_stated()


def automated(register: RegisterDefinition) -> str:
    """Whether decisions are made without a person: GDPR Art. 22."""
    stated = register.automated_decisions
    if stated is None:
        return ""
    if stated.text is not None:
        return pick(stated.text)
    if stated.made:
        return _("Decisions are also made without a person.")
    if stated.profiling:
        return _("No decision is made without a person, but there is profiling.")
    if stated.profiling is None:
        return _("No decision is made without a person.")
    return _("No decision is made without a person, and there is no profiling.")
