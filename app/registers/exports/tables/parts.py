"""The parts of the registers, each in a table of its own: data, recipients, transfers and so on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.registers import phrases
from app.registers.definitions import StorageRule, words
from app.registers.definitions.citations import statute_words
from app.registers.definitions.parts import (
    DataCategory,
    Disclosure,
    Processor,
    RightOffered,
    Safeguard,
    Source,
    Transfer,
)
from app.registers.exports.source import ExportedRegister, ExportSource
from app.registers.exports.tables.model import Cell, Column, Table, build
from app.registers.phrases import lines
from app.retention.explain import ACTION_WORDS
from app.retention.policies import RetentionPolicy
from app.retention.rules import CutOff
from app.retention.words import further_words, length_words
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import pick

P = TypeVar("P")

_CUT_OFF_WORDS = {
    CutOff.NONE: "",
    CutOff.CALENDAR_YEAR_END: _l("end of the calendar year"),
    CutOff.FINANCIAL_YEAR_END: _l("end of the financial year"),
}


@dataclass(frozen=True)
class Part(Generic[P]):
    """A part of a register, with the register it belongs to."""

    register: ExportedRegister
    part: P


def _table(
    key: str,
    title: str,
    source: ExportSource,
    parts: Callable[[ExportedRegister], Iterable[P]],
    columns: Iterable[Column[Part[P]]],
) -> Table:
    """A table with a row for each part of each register, its register named first."""
    named: list[Column[Part[P]]] = [
        Column(_("Register"), 28, lambda row: pick(row.register.definition.name)),
        Column(_("Version"), 9, lambda row: row.register.number),
    ]
    rows = (Part(register, part) for register in source.registers for part in parts(register))
    return build(key, title, [*named, *columns], rows)


def yes_or_no(value: bool | None) -> str:
    """Yes, no, or nothing where the register is silent."""
    return "" if value is None else _("yes") if value else _("no")


def data_categories(source: ExportSource) -> Table:
    """Categories of data, and the documents that carry them."""

    def documents(row: Part[DataCategory]) -> str:
        definition = row.register.definition
        return lines(pick(definition.merged_type(key).name) for key in row.part.documents)

    def subjects(row: Part[DataCategory]) -> str:
        chosen = row.part.data_subjects
        groups = row.register.definition.data_subjects
        return lines(phrases.subject(g) for g in groups if not chosen or g.key in chosen)

    columns: list[Column[Part[DataCategory]]] = [
        Column(_("Number"), 9, lambda row: row.part.number),
        Column(_("Category of data"), 40, lambda row: pick(row.part.name)),
        Column(_("Data subjects"), 30, subjects),
        Column(_("Special categories of data"), 30, lambda row: phrases.special(row.part)),
        Column(
            _("Criminal convictions and offences"), 16, lambda row: yes_or_no(row.part.criminal)
        ),
        Column(_("Identity code"), 14, lambda row: yes_or_no(row.part.identity_code)),
        Column(_("Documents"), 44, documents),
        Column(_("Client's basic details"), 14, lambda row: yes_or_no(row.part.master_data)),
        Column(_("Media"), 14, lambda row: ", ".join(map(words, row.part.media))),
        Column(
            _("How long the data is kept"),
            36,
            lambda row: phrases.category_retention(row.part, source.policies),
        ),
        Column(_("Without a document"), 40, lambda row: pick(row.part.gap)),
    ]
    return _table(
        "data", _("Data"), source, lambda register: register.definition.data_categories, columns
    )


def sources(source: ExportSource) -> Table:
    """Where data comes from."""
    columns: list[Column[Part[Source]]] = [
        Column(_("Source"), 36, lambda row: pick(row.part.name)),
        Column(_("What"), 44, lambda row: pick(row.part.what)),
        Column(_("Channel"), 30, lambda row: pick(row.part.channel)),
        Column(_("The person themselves"), 14, lambda row: yes_or_no(row.part.data_subject)),
        Column(_("Publicly accessible"), 14, lambda row: yes_or_no(row.part.public)),
    ]
    return _table(
        "sources", _("Sources"), source, lambda register: register.definition.sources or (), columns
    )


def recipients(source: ExportSource) -> Table:
    """To whom data is disclosed, what, and on what basis."""

    def services(row: Part[Disclosure]) -> str:
        return lines(pick(row.register.definition.service(key).name) for key in row.part.services)

    def categories(row: Part[Disclosure]) -> str:
        listed = row.register.definition.data_categories
        return lines(pick(c.name) for c in listed if c.key in row.part.data_categories)

    columns: list[Column[Part[Disclosure]]] = [
        Column(_("Recipient"), 36, lambda row: pick(row.part.recipient)),
        Column(_("What"), 40, lambda row: pick(row.part.what)),
        Column(_("Categories of data"), 32, categories),
        Column(_("Purpose"), 32, lambda row: pick(row.part.purpose)),
        Column(_("Condition"), 32, lambda row: pick(row.part.condition)),
        Column(_("Basis"), 24, lambda row: words(row.part.basis) if row.part.basis else ""),
        Column(
            _("Law"), 30, lambda row: statute_words(row.part.statute) if row.part.statute else ""
        ),
        Column(
            _("Form of the consent"),
            16,
            lambda row: words(row.part.consent_form) if row.part.consent_form else "",
        ),
        Column(_("Needs the decision of"), 30, lambda row: pick(row.part.decided_by)),
        Column(_("How the person may refuse it"), 30, lambda row: pick(row.part.refusal)),
        Column(_("Open to everyone"), 14, lambda row: yes_or_no(row.part.published)),
        Column(_("Channel"), 30, lambda row: pick(row.part.channel)),
        Column(_("Delivered by"), 18, lambda row: words(row.part.delivered_by)),
        Column(_("Service types"), 36, services),
    ]
    return _table(
        "recipients",
        _("Recipients"),
        source,
        lambda register: register.definition.disclosures or (),
        columns,
    )


def processors(source: ExportSource) -> Table:
    """Who processes on behalf of the controller, and by which contract: GDPR Art. 28."""
    columns: list[Column[Part[Processor]]] = [
        Column(_("Processor"), 36, lambda row: pick(row.part.name)),
        Column(_("Business ID"), 14, lambda row: row.part.business_id),
        Column(_("Contact"), 30, lambda row: row.part.contact),
        Column(_("Task"), 40, lambda row: pick(row.part.task)),
        Column(_("Contract"), 40, lambda row: pick(row.part.contract)),
        Column(_("Contract made on"), 14, lambda row: row.part.contract_on),
    ]
    return _table(
        "processors",
        _("Processors"),
        source,
        lambda register: register.definition.processors or (),
        columns,
    )


def transfers(source: ExportSource) -> Table:
    """Transfers to third countries and international organisations: GDPR Arts. 44–49."""

    def items(register: ExportedRegister) -> Iterable[Transfer]:
        made = register.definition.transfers
        return made.items if made else ()

    columns: list[Column[Part[Transfer]]] = [
        Column(_("Country or organisation"), 24, lambda row: pick(row.part.destination)),
        Column(_("Country code"), 10, lambda row: row.part.country_code),
        Column(_("Recipient"), 36, lambda row: pick(row.part.recipient)),
        Column(_("Mechanism"), 36, lambda row: lines(map(words, row.part.mechanism))),
        Column("GDPR", 12, lambda row: lines(row.part.mechanism)),
        Column(_("Safeguard"), 40, lambda row: pick(row.part.safeguard)),
        Column(_("Copy from"), 30, lambda row: pick(row.part.copy_from)),
    ]
    return _table("transfers", _("Transfers"), source, items, columns)


def safeguards(source: ExportSource) -> Table:
    """Measures of protection, and the places where documents are kept."""
    columns: list[Column[Part[Safeguard]]] = [
        Column(_("Kind"), 18, lambda row: words(row.part.kind)),
        Column(_("Measure"), 64, lambda row: pick(row.part.text)),
        Column(_("Who has the key"), 32, lambda row: pick(row.part.key_holders)),
        Column(_("Rests on one person"), 14, lambda row: yes_or_no(row.part.single_person)),
    ]
    return _table(
        "safeguards",
        _("Safeguards"),
        source,
        lambda register: register.definition.safeguards,
        columns,
    )


def rights(source: ExportSource) -> Table:
    """The rights as the registers offer them."""
    columns: list[Column[Part[RightOffered]]] = [
        Column(_("Right"), 36, lambda row: words(row.part.right)),
        Column(_("Text"), 64, lambda row: pick(row.part.text)),
        Column(_("Form"), 18, lambda row: words(row.part.form) if row.part.form else ""),
        Column(_("Addressed to"), 36, lambda row: lines(map(pick, row.part.addressed_to))),
        Column(_("Does not apply, because"), 48, lambda row: pick(row.part.not_applicable)),
    ]
    return _table(
        "rights", _("Rights"), source, lambda register: register.definition.rights or (), columns
    )


def _time(policy: RetentionPolicy) -> str:
    return lines((length_words(policy), *further_words(policy)))


def retention(source: ExportSource) -> Table:
    """What each service keeps of each type of document, where, and how long."""

    def place(row: Part[StorageRule]) -> str:
        places = row.register.definition.storage_places
        return lines(pick(p.place) for p in places if p.medium in row.part.media)

    def sensitivity(row: Part[StorageRule]) -> str:
        return words(row.register.definition.document_type(row.part.document_type).sensitivity)

    columns: list[Column[Part[StorageRule]]] = [
        Column(
            _("Service type"),
            32,
            lambda row: pick(row.register.definition.service(row.part.service).name),
        ),
        Column(
            _("Document type"),
            36,
            lambda row: pick(row.register.definition.document_type(row.part.document_type).name),
        ),
        Column(_("Sensitivity"), 14, sensitivity),
        Column(_("Media"), 18, lambda row: ", ".join(map(words, row.part.media))),
        Column(_("Place"), 32, place),
        Column(_("Only shown"), 20, _shown),
        Column(_("Add-on service"), 12, lambda row: yes_or_no(row.part.add_on)),
        *_rule_columns(source),
        Column(_("Notes"), 40, lambda row: pick(row.part.notes)),
    ]
    return _table(
        "retention", _("Retention"), source, lambda reg: reg.definition.storage_rules, columns
    )


def retention_of_categories(source: ExportSource) -> Table:
    """How long data is kept that has a retention rule of its own, beside those of documents."""
    title = _("Retention of categories")
    columns: list[Column[Part[DataCategory]]] = _rule_columns(source)
    columns.insert(0, Column(_("Category of data"), 40, lambda row: pick(row.part.name)))

    def ruled(register: ExportedRegister) -> tuple[DataCategory, ...]:
        return tuple(c for c in register.definition.data_categories if c.retention_rule)

    return _table("data-retention", title, source, ruled, columns)


Ruled = TypeVar("Ruled", StorageRule, DataCategory)


def _rule_columns(source: ExportSource) -> list[Column[Part[Ruled]]]:
    """What a retention rule says, for whatever follows one."""

    def of_rule(say: Callable[[RetentionPolicy], Cell]) -> Callable[[Part[Ruled]], Cell]:
        def value(row: Part[Ruled]) -> Cell:
            policy = source.policies.get(row.part.retention_rule or "")
            return say(policy) if policy is not None else ""

        return value

    def name(row: Part[Ruled]) -> str:
        key = row.part.retention_rule or ""
        policy = source.policies.get(key)
        if policy is None:
            return key
        return f"{policy.code} {pick(policy.name)}" if policy.code else pick(policy.name)

    return [
        Column(_("Retention rule"), 36, name),
        Column(_("Time"), 24, of_rule(_time)),
        Column(_("Counted from"), 30, of_rule(lambda policy: policy.trigger_words)),
        Column(_("Cut-off"), 20, of_rule(lambda policy: str(_CUT_OFF_WORDS[policy.cut_off]))),
        Column(
            _("What happens then"),
            24,
            of_rule(lambda policy: str(ACTION_WORDS[policy.disposal_action])),
        ),
        Column(_("Law"), 48, of_rule(lambda policy: pick(policy.mandate.citation))),
        Column(_("Settled"), 10, of_rule(lambda policy: yes_or_no(policy.mandate.is_settled))),
        Column(_("Confirmed by"), 24, of_rule(lambda policy: policy.mandate.confirmed_by)),
        Column(_("Confirmed on"), 14, of_rule(lambda policy: policy.mandate.confirmed_on)),
    ]


def _shown(row: Part[StorageRule]) -> str:
    shown = row.part.presentation_only
    if shown is None:
        return ""
    holder = _("the person keeps the document")
    if shown.holder is not None:
        holder = pick(row.register.definition.disclosure(shown.holder).recipient)
    hidden = _("not: %(what)s", what=words(shown.hidden)) if shown.hidden else None
    return phrases.joined(words(shown.shown), hidden, holder)
