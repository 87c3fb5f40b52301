"""The organisation's records plan, as other systems take it: what each service keeps, how long."""

from collections.abc import Iterable

from app.config import settings
from app.registers.definitions import RegisterDefinition, Sensitivity
from app.reports.queries.retention_rules import definitions_in_force
from app.retention.exchange import Nature, Plan, PlanClass, PlanRecord
from app.retention.policies import RetentionPolicy
from app.retention.queries import rules_in_force

# The formats are Finnish, whoever makes the export; names of the organisation tell their language.
_TITLE = "Säilytyssäännöt"
_CONTACT = "tietosuojavastaava"
_CATEGORIES = {"fi": "Tietoryhmät", "sv": "Uppgiftskategorier", "en": "Data categories"}
_UNUSED_CODE, _UNUSED = "muut-saannot", "Säännöt, joita mikään voimassa oleva rekisteri ei käytä"


def records_plan() -> Plan:
    """All rules: under each service that uses them, the others in a class of their own."""
    policies = {rule.policy.key: rule.policy for rule in rules_in_force()}
    classes = [
        each
        for definition in definitions_in_force()
        for each in _classes(definition, policies)
        if each.records
    ]
    used = {record.policy.key for each in classes for record in each.records}
    unused = [
        PlanRecord(policy.name.original, Nature.PERSONAL, policy)
        for key, policy in policies.items()
        if key not in used
    ]
    if unused:
        classes.append(PlanClass(_UNUSED_CODE, _UNUSED, tuple(unused)))
    return Plan(_TITLE, settings().organisation or "–", _CONTACT, tuple(classes))


def _classes(
    definition: RegisterDefinition, policies: dict[str, RetentionPolicy]
) -> Iterable[PlanClass]:
    """A class for each service, and one for the data that no service's documents hold."""
    types = {kind.key: kind for kind in definition.document_types}
    for service in definition.services:
        records = (
            PlanRecord(
                types[rule.document_type].name.original,
                nature_of(definition, rule.document_type),
                policies[rule.retention_rule],
                _has_identity_code(definition, rule.document_type),
            )
            for rule in definition.storage_rules_for(service.key)
            if rule.retention_rule in policies
        )
        name = service.name
        code = f"{definition.key}/{service.key}"
        yield PlanClass(code, name.original, tuple(records), name.original_language)
    categories = (
        PlanRecord(
            category.name.original,
            Nature.CRIMINAL
            if category.criminal
            else (Nature.SPECIAL if category.special else Nature.PERSONAL),
            policies[category.retention_rule],
            category.identity_code,
        )
        for category in definition.data_categories
        if category.retention_rule in policies
    )
    language = definition.name.original_language
    title = f"{definition.name.original}: {_CATEGORIES[language]}"
    yield PlanClass(f"{definition.key}/-", title, tuple(categories), language)


def nature_of(definition: RegisterDefinition, type_key: str) -> Nature:
    """What personal data documents of a type hold, by the type and the categories it carries."""
    carried = [each for each in definition.data_categories if type_key in each.documents]
    if any(category.criminal for category in carried):
        return Nature.CRIMINAL
    special = definition.document_type(type_key).sensitivity is Sensitivity.SPECIAL
    return Nature.SPECIAL if special else Nature.PERSONAL


def _has_identity_code(definition: RegisterDefinition, type_key: str) -> bool:
    return any(
        each.identity_code for each in definition.data_categories if type_key in each.documents
    )
