"""The parts of a record of processing as rows of label and lines, in the language in use."""

from collections.abc import Iterator, Sequence

from app.registers import phrases
from app.registers.definitions import DataCategory, Disclosure, Purpose, RegisterDefinition, words
from app.registers.definitions.citations import statute_words
from app.registers.definitions.parts import Named, Processor, SubjectGroup
from app.retention.policies import Policies
from app.retention.words import certainty_words, retention_words
from app.web.i18n import format_date, listed, pick
from app.web.i18n import gettext as _

Row = tuple[str, str]


def purposes(definition: RegisterDefinition) -> Iterator[Row]:
    """Each purpose with all that makes it lawful."""
    for purpose in definition.purposes:
        yield pick(purpose.text), phrases.lines(_purpose(definition, purpose))


def _purpose(definition: RegisterDefinition, purpose: Purpose) -> Iterator[str]:
    bases = listed(map(phrases.with_article, purpose.legal_bases))
    yield _said(_("Legal basis"), bases or phrases.not_stated())
    yield _said(_("Legitimate interest"), pick(purpose.legitimate_interest))
    condition, ground = purpose.article_9_condition, purpose.identity_code_ground
    if condition is not None:
        said = phrases.with_article(condition)
        yield _said(_("Ground for special categories of data"), said)
    if ground is not None:
        yield _said(_("Ground for the identity code"), words(ground))
    if purpose.article_10_ground is not None:
        yield _said(_("Ground for data on offences"), words(purpose.article_10_ground))
    yield _said(_("Law"), "; ".join(map(statute_words, purpose.statutes)))
    if purpose.data_obligation is not None:
        yield _said(_("Must you give the data"), phrases.obligation(purpose.data_obligation))
    yield _said(_("Data subjects"), _names(definition.data_subjects, purpose.data_subjects))
    yield _said(
        _("Categories of data"), _names(definition.data_categories, purpose.data_categories)
    )


def data(definition: RegisterDefinition) -> Iterator[Row]:
    """Groups of people, categories of data with what carries them, and sources."""
    groups = phrases.lines(map(_group, definition.data_subjects))
    if groups:
        yield _("Data subjects"), groups
    for category in definition.data_categories:
        yield pick(category.name), phrases.lines(_category(definition, category)) or "–"
    for source in definition.sources or ():
        public = {True: _("publicly accessible"), False: _("not publicly accessible"), None: None}
        details = phrases.joined(
            pick(source.name), pick(source.what), pick(source.channel), public[source.public]
        )
        yield _("Source"), details


def _group(group: SubjectGroup) -> str:
    return phrases.joined(
        pick(group.name),
        _("under 18 years of age") if group.minors else None,
        _said(_("Who acts for them"), pick(group.represented_by)),
    )


def _category(definition: RegisterDefinition, category: DataCategory) -> Iterator[str]:
    special = phrases.special(category).replace("\n", ", ")
    yield _said(_("Special categories of data"), special)
    if category.criminal:
        yield _("Criminal convictions and offences")
    if category.identity_code:
        yield _("Identity code")
    yield _said(_("Data subjects"), _names(definition.data_subjects, category.data_subjects))
    documents = listed(pick(definition.merged_type(key).name) for key in category.documents)
    yield _said(_("Documents"), documents)
    yield _said(_("Media"), ", ".join(map(words, category.media)))
    yield _said(_("Without a document"), pick(category.gap))


def recipients(definition: RegisterDefinition) -> Iterator[Row]:
    """Recipients with the basis of each, and processors with their contracts (Art. 28(3))."""
    for disclosure in definition.disclosures or ():
        yield pick(disclosure.recipient), phrases.lines(_disclosure(definition, disclosure)) or "–"
    if definition.disclosures == ():
        yield _("Recipients"), _("Data is not disclosed.")
    if definition.processors == ():
        yield _("Processors"), _("Nobody processes the data on the controller’s behalf.")
    yield from processors(definition)


def _disclosure(definition: RegisterDefinition, disclosure: Disclosure) -> Iterator[str]:
    categories = _names(definition.data_categories, disclosure.data_categories)
    yield _said(_("What"), phrases.joined(pick(disclosure.what), categories))
    yield _said(_("Purpose"), pick(disclosure.purpose))
    yield _said(_("Condition"), pick(disclosure.condition))
    yield _said(_("Needs the decision of"), pick(disclosure.decided_by))
    basis = words(disclosure.basis) if disclosure.basis else phrases.not_stated()
    law = statute_words(disclosure.statute) if disclosure.statute else ""
    form = words(disclosure.consent_form) if disclosure.consent_form else ""
    yield _said(_("Basis"), phrases.joined(basis, law, form))
    yield _said(_("How the person may refuse it"), pick(disclosure.refusal))
    if disclosure.published:
        yield _("Published: anyone can see it")
    yield _said(_("Channel"), pick(disclosure.channel))
    yield _said(_("Delivered by"), words(disclosure.delivered_by))
    services = listed(pick(definition.service(key).name) for key in disclosure.services)
    yield _said(_("Service types"), services)


def processors(definition: RegisterDefinition) -> Iterator[Row]:
    """Processors with contact, task and contract; a missing contract is said."""
    for processor in definition.processors or ():
        yield _("Processor"), phrases.lines(_processor(processor))


def _processor(processor: Processor) -> Iterator[str]:
    yield phrases.joined(pick(processor.name), processor.business_id, processor.contact)
    yield _said(_("Task"), pick(processor.task))
    made = format_date(processor.contract_on)
    yield _said(
        _("Contract"), phrases.joined(pick(processor.contract), made) or phrases.not_stated()
    )


def transfers(definition: RegisterDefinition) -> Iterator[Row]:
    """Transfers to third countries with what protects them."""
    made = definition.transfers
    if made is None:
        return
    if not made.made:
        yield _("Transfers"), _("Data is not transferred outside the EU and the EEA.")
    for item in made.items:
        lines = (
            _said(_("Mechanism"), phrases.mechanisms(item) or phrases.not_stated()),
            _said(_("Safeguard"), pick(item.safeguard)),
            _said(_("Copy from"), pick(item.copy_from)),
        )
        where = phrases.joined(pick(item.recipient), pick(item.destination), item.country_code)
        yield where, phrases.lines(lines)


def limits(definition: RegisterDefinition, policies: Policies) -> Iterator[Row]:
    """Each time limit with its rule, citation, certainty and what it governs."""
    if definition.retention is not None:
        yield _("In general"), pick(definition.retention)
    governed: dict[str, dict[str, None]] = {}
    for rule in definition.storage_rules:
        if rule.retention_rule is not None:
            name = pick(definition.document_type(rule.document_type).name)
            governed.setdefault(rule.retention_rule, {})[name] = None
    for category in definition.data_categories:
        if category.retention is not None:
            yield pick(category.name), pick(category.retention)
        if category.retention_rule is not None:
            governed.setdefault(category.retention_rule, {})[pick(category.name)] = None
    for key, names in governed.items():
        yield _limit(key, list(names), policies)


def _limit(key: str, names: Sequence[str], policies: Policies) -> Row:
    policy = policies.get(key)
    if policy is None:
        return key, listed(names)
    label = phrases.joined(policy.code, pick(policy.name))
    lines = (
        retention_words(policy),
        pick(policy.mandate.citation),
        certainty_words(policy),
        listed(names),
    )
    return label, phrases.lines(lines)


def safeguards(definition: RegisterDefinition) -> Iterator[Row]:
    """Measures with who holds the keys, and where documents are kept."""
    for safeguard in definition.safeguards:
        lines = [pick(safeguard.text)]
        lines.append(_said(_("Who has the key"), pick(safeguard.key_holders)))
        lines.append(_("Rests on one person") if safeguard.single_person else "")
        yield words(safeguard.kind)[:1].upper() + words(safeguard.kind)[1:], phrases.lines(lines)
    for place in definition.storage_places:
        yield _("Storage place: %(medium)s", medium=words(place.medium)), pick(place.place)


def _said(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def _names(parts: Sequence[Named], keys: Sequence[str]) -> str:
    return listed(pick(part.name) for part in parts if part.key in keys)
