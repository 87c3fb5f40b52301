"""Does the register agree with itself? Services, document types, data categories, their links."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from app.registers.definitions import (
    DataCategory,
    DisclosureBasis,
    RegisterDefinition,
    ServiceType,
    StorageRule,
)
from app.registers.definitions.vocabulary import DocumentRole
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.texts import finding
from app.retention.definition_models import LocalizedText

# Singular and plural, or one slip of the pen; “lääkärin lausunto” and the like stay far below.
_NEARLY_SAME = 0.92


def services(register: RegisterDefinition) -> Iterator[Finding]:
    """Services that list nothing, and sections whose numbers do not fit the list."""
    any_section = any(service.section for service in register.services)
    for service in register.services:
        where = ("services", service.key)
        if not register.storage_rules_for(service.key):
            yield finding(Code.SERVICE_WITHOUT_DOCUMENTS, where, service=service.name)
        if any_section and service.section is None:
            yield finding(Code.SERVICE_WITHOUT_SECTION, where, service=service.name)
        if service.section and service.number and _last_number(service.section) != service.number:
            yield finding(
                Code.SECTION_SHIFTED,
                where,
                service=service.name,
                number=service.number,
                section=service.section,
            )
    sections = [service.section for service in register.services if service.section]
    for before, after in pairwise(sections):
        if int(_last_number(after)) > int(_last_number(before)) + 1:
            yield finding(Code.SECTION_GAP, ("services",), before=before, after=after)


def _last_number(section: str) -> str:
    last = section.rpartition(".")[2]
    return last if last.isdecimal() else "0"


def spellings(register: RegisterDefinition) -> Iterator[Finding]:
    """Names that the printed description spells in more than one way, or not as usual."""
    for service in register.services:
        odd = tuple(text for text in service.printed if text != service.name.fi)
        if odd:
            where = ("services", service.key)
            yield finding(Code.SERVICE_SPELLING, where, service=service.name, spellings=odd)
    for kind in register.offered_types():
        # A list prints its items without a capital; proper names only keep theirs.
        odd = tuple(text for text in kind.printed if text.casefold() != kind.name.fi.casefold())
        if odd:
            where = ("document_types", kind.key)
            yield finding(Code.DOCUMENT_SPELLING, where, document=kind.name, spellings=odd)


def near_names(register: RegisterDefinition) -> Iterator[Finding]:
    """Document types that staff can hardly tell apart by their names."""
    for one, other in combinations(register.offered_types(), 2):
        first, second = one.name.fi.casefold(), other.name.fi.casefold()
        where = ("document_types", one.key)
        if SequenceMatcher(None, first, second).ratio() >= _NEARLY_SAME:
            yield finding(Code.NEAR_DUPLICATE_NAMES, where, first=one.name, second=other.name)
        elif second.endswith(first):
            yield finding(Code.GENERIC_NAME, where, general=one.name, specific=other.name)
        elif first.endswith(second):
            where = ("document_types", other.key)
            yield finding(Code.GENERIC_NAME, where, general=other.name, specific=one.name)


def practices(register: RegisterDefinition) -> Iterator[Finding]:
    """One document type that services treat differently: media, or stored here and shown there."""
    rules: defaultdict[str, list[StorageRule]] = defaultdict(list)
    for rule in register.storage_rules:
        rules[rule.document_type].append(rule)
    for key, of_type in rules.items():
        where = ("document_types", key)
        document = register.document_type(key).name
        stored = [rule for rule in of_type if rule.presentation_only is None]
        shown = [rule for rule in of_type if rule.presentation_only is not None]
        usual = Counter(rule.media for rule in stored).most_common(1)
        different = [rule for rule in stored if rule.media != usual[0][0]]
        if different:
            listed = _names(register, different)
            yield finding(Code.MEDIA_DIFFER, where, document=document, services=listed)
        if stored and shown:
            yield finding(
                Code.PRESENTATION_DIFFERS,
                where,
                document=document,
                stored=_names(register, stored),
                shown=_names(register, shown),
            )
        yield from _hidden_fields(register, shown)


def _names(register: RegisterDefinition, rules: list[StorageRule]) -> tuple[LocalizedText, ...]:
    return tuple(register.service(rule.service).name for rule in rules)


def _hidden_fields(register: RegisterDefinition, shown: list[StorageRule]) -> Iterator[Finding]:
    silent = [
        rule for rule in shown if rule.presentation_only and not rule.presentation_only.hidden
    ]
    if len(silent) == len(shown):
        return
    for rule in silent:
        yield finding(
            Code.HIDDEN_FIELD_MISSING,
            ("storage_rules", rule.service, rule.document_type),
            service=register.service(rule.service).name,
            document=register.document_type(rule.document_type).name,
        )


def consents(register: RegisterDefinition) -> Iterator[Finding]:
    """Services that need a consent, or disclose data without another basis, and keep none."""
    consent_types = {k.key for k in register.offered_types() if k.role is DocumentRole.CONSENT}
    for service in register.services:
        kept = {rule.document_type for rule in register.storage_rules_for(service.key)}
        needed = service.consent_required or (kept and _discloses_on_consent(register, service))
        if needed and not kept & consent_types:
            where = ("services", service.key)
            yield finding(Code.CONSENT_DOCUMENT_MISSING, where, service=service.name)


def _discloses_on_consent(register: RegisterDefinition, service: ServiceType) -> bool:
    """Data of the service goes to somebody on consent, or on no stated basis at all."""
    return any(
        disclosure.basis in {DisclosureBasis.CONSENT, None}
        for disclosure in register.disclosures or ()
        if not disclosure.services or service.key in disclosure.services
    )


def categories(register: RegisterDefinition) -> Iterator[Finding]:
    """Data categories without documents, and documents without a data category."""
    for category in register.data_categories:
        where = ("data_categories", category.key)
        if not category.documents and not category.master_data:
            yield finding(Code.CATEGORY_WITHOUT_DOCUMENTS, where, category=category.name)
        if category.gap is not None:
            yield finding(
                Code.CATEGORY_PARTLY_COVERED, where, category=category.name, gap=category.gap
            )
    homeless = tuple(c.name for c in register.data_categories if _has_no_medium(c))
    if homeless:
        yield finding(Code.MASTER_DATA_WITHOUT_MEDIUM, ("data_categories",), categories=homeless)
    carried = {key for category in register.data_categories for key in category.documents}
    kept = {rule.document_type for rule in register.storage_rules}
    for kind in register.offered_types():
        where = ("document_types", kind.key)
        if kind.key not in carried:
            yield finding(Code.DOCUMENT_WITHOUT_CATEGORY, where, document=kind.name)
        if kind.key not in kept:
            yield finding(Code.DOCUMENT_UNUSED, where, document=kind.name)


def _has_no_medium(category: DataCategory) -> bool:
    return category.master_data and not category.media


def disclosure_lists(register: RegisterDefinition) -> Iterator[Finding]:
    """Recipients that one field of the printed description names and another leaves out.

    Only a description with a field of its own for recipients lists them more than once.
    """
    disclosures = register.disclosures or ()
    repeated = {f for d in disclosures if len(d.printed_in) > 1 for f in d.printed_in}
    for disclosure in disclosures:
        missing = tuple(sorted(repeated - set(disclosure.printed_in)))
        if disclosure.printed_in and missing:
            yield finding(
                Code.DISCLOSURE_UNEVEN,
                ("disclosures", disclosure.key),
                recipient=disclosure.recipient,
                named=disclosure.printed_in,
                missing=missing,
            )


def remarks(register: RegisterDefinition) -> Iterator[Finding]:
    """What a person noted about the printed description."""
    for remark in register.remarks:
        yield finding(Code.REMARK, ("remarks", remark.key), text=remark.text)


PRACTICE_CHECKS = (
    services,
    spellings,
    near_names,
    practices,
    consents,
    categories,
    disclosure_lists,
    remarks,
)
