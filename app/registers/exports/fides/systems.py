"""A register as a system of fides, its purposes as privacy declarations, its processors beside it.

One system to a register: paper and computer hold one record under one retention, and two systems
would tell each purpose twice. The media of each document are in `meta`.
"""

import json
from collections.abc import Iterator

from app.registers import phrases
from app.registers.definitions import DataCategory, LegalBasis, RegisterDefinition
from app.registers.definitions.parts import Processor, Purpose
from app.registers.exports.fides.taxonomy import Resource, category_keys, parent_use
from app.registers.exports.fides.terms import (
    DEFAULT_USE,
    LEGAL_BASES,
    OTHER_TRANSFER,
    SPECIAL_BASES,
    TRANSFERS,
    Keys,
)
from app.registers.exports.losses import ExportFormat, losses
from app.registers.exports.source import ExportedRegister, ExportSource
from app.registers.phrases import joined, lines
from app.web.i18n import pick


def systems(exported: ExportedRegister, source: ExportSource, keys: Keys) -> Iterator[Resource]:
    """The register's system, and one for each of its processors."""
    register = exported.definition
    processors = () if exported.is_for_others else register.processors or ()
    yield {
        **_identity(exported),
        **_safeguards(register),
        **_transfers(register),
        **_assessment(register),
        "privacy_declarations": list(_declarations(register, source, keys)),
        "egress": [{"fides_key": keys.part(p.key), "type": "system"} for p in processors],
        "meta": _meta(exported, source),
    }
    for processor in processors:
        yield _processor(processor, register, keys)


def _identity(exported: ExportedRegister) -> Resource:
    register = exported.definition
    return {
        "fides_key": register.key,
        "name": pick(register.name),
        "description": pick(register.description),
        "system_type": "Register",
        "processes_personal_data": True,
        "responsibility": ["Processor" if exported.is_for_others else "Controller"],
        "legal_name": lines(
            joined(pick(c.name), c.business_id, c.contact) for c in register.controllers
        ),
        "joint_controller_info": pick(register.joint_arrangement),
        "dpo": phrases.officer(register),
        "administrating_department": phrases.role(register.owner) or "Not defined",
    }


def _safeguards(register: RegisterDefinition) -> Resource:
    decisions = register.automated_decisions
    return {
        "data_security_practices": phrases.safeguards(register) if register.safeguards else "",
        "uses_profiling": bool(decisions and decisions.profiling),
    }


def _transfers(register: RegisterDefinition) -> Resource:
    items = register.transfers.items if register.transfers else ()
    named = [TRANSFERS.get(each, OTHER_TRANSFER) for item in items for each in item.mechanism]
    return {
        "does_international_transfers": bool(items),
        "legal_basis_for_transfers": list(dict.fromkeys(named)),
    }


def _assessment(register: RegisterDefinition) -> Resource:
    stated = register.impact_assessment
    if stated is None:
        return {}
    made = stated.made_on.isoformat() if stated.made_on else None
    return {
        "requires_data_protection_assessments": stated.needed,
        "dpa_progress": joined(made, pick(stated.reason)),
    }


def _declarations(
    register: RegisterDefinition, source: ExportSource, keys: Keys
) -> Iterator[Resource]:
    """One for each purpose and legal basis: a declaration holds one of each."""
    for purpose in register.purposes:
        for basis in purpose.legal_bases or (None,):
            yield _declaration(register, source, keys, purpose, basis)
    if not register.purposes:
        yield {
            "name": pick(register.name),
            "data_use": DEFAULT_USE,
            "data_subjects": [keys.part(group.key) for group in register.data_subjects],
            **_of_data(register, source, keys, register.data_categories),
        }


def _declaration(
    register: RegisterDefinition,
    source: ExportSource,
    keys: Keys,
    purpose: Purpose,
    basis: LegalBasis | None,
) -> Resource:
    chosen = purpose.data_categories
    categories = tuple(c for c in register.data_categories if not chosen or c.key in chosen)
    subjects = purpose.data_subjects or tuple(group.key for group in register.data_subjects)
    condition = purpose.article_9_condition
    made: Resource = {
        # With its key, because names must differ within a system.
        "name": joined(purpose.key, pick(purpose.text), f"GDPR {basis}" if basis else None),
        "data_use": keys.below(parent_use(purpose), purpose.key),
        "data_subjects": [keys.part(key) for key in subjects],
        **_of_data(register, source, keys, categories),
    }
    if basis is not None:
        made["legal_basis_for_processing"] = LEGAL_BASES[basis]
    if condition is not None:
        made["special_category_legal_basis"] = SPECIAL_BASES[condition]
    return made


def _of_data(
    register: RegisterDefinition,
    source: ExportSource,
    keys: Keys,
    categories: tuple[DataCategory, ...],
) -> Resource:
    disclosures = register.disclosures or ()
    shared = {key for disclosure in disclosures for key in disclosure.data_categories}
    return {
        "data_categories": category_keys(categories, keys),
        "processes_special_category_data": any(category.special for category in categories),
        "retention_period": phrases.retention(register, source.policies),
        "data_shared_with_third_parties": bool(disclosures),
        "third_parties": lines(phrases.recipient(register, each) for each in disclosures),
        "shared_categories": category_keys((c for c in categories if c.key in shared), keys),
    }


def _processor(processor: Processor, register: RegisterDefinition, keys: Keys) -> Resource:
    return {
        "fides_key": keys.part(processor.key),
        "name": pick(processor.name),
        "description": pick(processor.task),
        "system_type": "Processor",
        "responsibility": ["Processor"],
        "legal_name": joined(pick(processor.name), processor.business_id),
        "legal_address": processor.contact or "",
        "privacy_declarations": [],
        "ingress": [{"fides_key": register.key, "type": "system"}],
        "meta": {
            "contract": pick(processor.contract),
            "contract_on": processor.contract_on.isoformat() if processor.contract_on else "",
        },
    }


def _meta(exported: ExportedRegister, source: ExportSource) -> Resource:
    """What fides has no field for, so that it is not silently dropped: the definition itself."""
    in_force = exported.in_force_from
    return {
        "format": "seloste",
        "exported_on": source.day.isoformat(),
        "organisation": source.organisation,
        "version": exported.number,
        "in_force_from": in_force.isoformat() if in_force else "",
        "not_in_this_file": list(losses(ExportFormat.FIDES)),
        "definition": json.loads(exported.definition.to_json()),
    }
