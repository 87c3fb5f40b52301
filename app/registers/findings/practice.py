"""Does the register agree with itself? Services, document types, data categories, their links."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from app.registers.definitions import (
    DataCategory,
    DisclosureBasis,
    LegalBasis,
    RegisterDefinition,
    ServiceType,
    StorageRule,
)
from app.registers.definitions.vocabulary import DocumentRole, Medium, Presence, Sensitivity
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.texts import finding
from app.retention.definition_models import LocalizedText

# Fewer services do not make a practice from which another departs.
_FEWEST_SERVICES = 4


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
            yield from _silent(register, key, where)
        yield from _hidden_fields(register, shown)


def _documented(register: RegisterDefinition) -> list[ServiceType]:
    return [each for each in register.services if register.storage_rules_for(each.key)]


def _silent(
    register: RegisterDefinition, document_type: str, where: tuple[str, ...]
) -> Iterator[Finding]:
    """Services that neither store nor show what the others do in two ways."""
    silent = tuple(
        service.name
        for service in _documented(register)
        if register.storage_rule(service.key, document_type) is None
    )
    if silent:
        document = register.document_type(document_type).name
        yield finding(Code.PRACTICE_NOT_STATED, where, document=document, services=silent)


def usual_documents(register: RegisterDefinition) -> Iterator[Finding]:
    """A document type that every service keeps but one."""
    documented = _documented(register)
    if len(documented) < _FEWEST_SERVICES:
        return
    for kind in register.offered_types():
        without = [s for s in documented if register.storage_rule(s.key, kind.key) is None]
        if len(without) == 1:
            where = ("services", without[0].key)
            yield finding(
                Code.USUAL_DOCUMENT_MISSING, where, service=without[0].name, document=kind.name
            )


def list_order(register: RegisterDefinition) -> Iterator[Finding]:
    """A list out of order where the lists of all other services are alphabetical."""
    documented = [s for s in _documented(register) if len(_listed(register, s)) >= _FEWEST_SERVICES]
    unsorted = [
        each for each in documented if _listed(register, each) != sorted(_listed(register, each))
    ]
    if len(unsorted) == 1 and len(documented) >= _FEWEST_SERVICES:
        where = ("services", unsorted[0].key)
        yield finding(Code.LIST_ORDER, where, service=unsorted[0].name)


def _listed(register: RegisterDefinition, service: ServiceType) -> list[str]:
    """The names of what the service keeps, in the order of the list; add-ons have their own."""
    return [
        register.document_type(rule.document_type).name.original.casefold()
        for rule in register.storage_rules_for(service.key)
        if rule.presentation_only is None and not rule.add_on
    ]


def agreements(register: RegisterDefinition) -> Iterator[Finding]:
    """Services that are an agreement by their name and keep none."""
    kinds = {k.key for k in register.offered_types() if k.role is DocumentRole.AGREEMENT}
    for service in _documented(register):
        kept = {rule.document_type for rule in register.storage_rules_for(service.key)}
        if "sopimus" in service.name.original.casefold() and not kept & kinds:
            where = ("services", service.key)
            yield finding(Code.AGREEMENT_MISSING, where, service=service.name)


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
        if kept & consent_types:
            continue
        where, name = ("services", service.key), service.name
        if service.consent_required:
            yield finding(Code.CONSENT_DOCUMENT_MISSING, where, service=name)
            continue
        given = _recipients_by_consent(register, service)
        if kept and given:
            yield finding(Code.DISCLOSURE_CONSENT_UNPROVED, where, service=name, recipients=given)

    if register.document_types and not consent_types:
        for purpose in register.purposes:
            if LegalBasis.CONSENT in purpose.legal_bases:
                where = ("purposes", purpose.key)
                yield finding(Code.CONSENT_PROOF_MISSING, where, purpose=purpose.text)


def _recipients_by_consent(
    register: RegisterDefinition, service: ServiceType
) -> tuple[LocalizedText, ...]:
    """Who gets data of the service on consent, or on no stated basis at all."""
    return tuple(
        disclosure.recipient
        for disclosure in register.disclosures or ()
        if disclosure.basis in {DisclosureBasis.CONSENT, None}
        and (not disclosure.services or service.key in disclosure.services)
    )


def categories(register: RegisterDefinition) -> Iterator[Finding]:
    """Data categories without documents, and documents without a data category.

    A register of a web service or of cameras has no document types, and is not asked for them.
    """
    any_type = bool(register.offered_types())
    for category in register.data_categories:
        where = ("data_categories", category.key)
        if any_type and not category.documents and not _is_beside_documents(category):
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


def _is_beside_documents(category: DataCategory) -> bool:
    """Whether data is kept outside documents: as basic details, or in a system with its own period.

    GDPR Art. 30(1)(c) and (f) ask for categories of data with their time limits, not for documents.
    """
    own_period = category.retention is not None or category.retention_rule is not None
    return category.master_data or own_period


def sensitivity(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 9: documents and categories agree on whether the data is special."""
    special = [category for category in register.data_categories if category.special]
    in_special = {key for category in special for key in category.documents}
    # Data on offences is handled as carefully, though it is none of Art. 9.
    on_offences = {key for c in register.data_categories if c.criminal for key in c.documents}
    always = {
        key
        for category in special
        if any(each.presence is Presence.ALWAYS for each in category.special)
        for key in category.documents
    }
    for kind in register.offered_types():
        where = ("document_types", kind.key)
        if kind.sensitivity is Sensitivity.SPECIAL and kind.key not in in_special | on_offences:
            yield finding(Code.SPECIAL_DOCUMENT_OUTSIDE, where, document=kind.name)
        if kind.sensitivity is Sensitivity.ORDINARY and kind.key in always:
            yield finding(Code.SENSITIVITY_TOO_LOW, where, document=kind.name)


def places(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 30(1)(g): where the documents of each medium are."""
    used = {medium for rule in register.storage_rules for medium in rule.media}
    used |= {medium for category in register.data_categories for medium in category.media}
    known = {place.medium for place in register.storage_places}
    missing = tuple(medium for medium in Medium if medium in used - known)
    if missing:
        yield finding(Code.STORAGE_PLACE_MISSING, ("storage_places",), media=missing)


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
    practices,
    usual_documents,
    list_order,
    consents,
    agreements,
    categories,
    sensitivity,
    places,
    disclosure_lists,
    remarks,
)
