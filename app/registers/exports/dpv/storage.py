"""What is kept, where and how long: retention rules, places, document types, storage rules."""

from collections.abc import Iterator, Mapping

from app.calendar.periods import Period
from app.registers.definitions import RegisterDefinition, StorageRule
from app.registers.exports.dpv.nodes import Names, Node, node, reference, rule_name, text
from app.registers.exports.dpv.terms import MEDIA
from app.retention.policies import RetentionPolicy
from app.retention.rules import CutOff, DisposalAction

Policies = Mapping[str, RetentionPolicy]


def used_rules(register: RegisterDefinition) -> list[str]:
    """Keys of the retention rules that the register names, each once, in order."""
    named = [rule.retention_rule for rule in register.storage_rules]
    named += [category.retention_rule for category in register.data_categories]
    return list(dict.fromkeys(key for key in named if key is not None))


def retention_rule(key: str, policies: Policies) -> Node:
    """A retention rule; only its name when this installation does not have it."""
    policy = policies.get(key)
    if policy is None:
        return node(rule_name(key), "dpv:StorageDuration", dct_identifier=key)
    return node(
        rule_name(key),
        "dpv:StorageDuration",
        dct_identifier=policy.code or key,
        dct_title=text(policy.name),
        dpv_hasDuration=_duration(policy),
        seloste_cutOff=None if policy.cut_off is CutOff.NONE else policy.cut_off.value,
        seloste_disposalAction=policy.disposal_action.value,
        dct_bibliographicCitation=text(policy.mandate.citation),
        seloste_settled=policy.mandate.is_settled,
    )


def _duration(policy: RetentionPolicy) -> Node:
    trigger = policy.retention_trigger.value
    period = policy.retention_period
    if policy.disposal_action is DisposalAction.RETAIN_PERMANENTLY:
        return node(None, "dpv:EndlessDuration")
    if period is None:
        # In words, until further notice, or not yet set: in no case does a date follow.
        return node(
            None,
            "dpv:IndeterminateDuration",
            dct_description=text(policy.criteria),
            seloste_countedFrom=trigger,
        )
    if period.is_zero:
        return node(None, "dpv:UntilEventDuration", seloste_countedFrom=trigger)
    return node(
        None,
        "dpv:TemporalDuration",
        rdf_value={"@value": iso_duration(period), "@type": "xsd:duration"},
        seloste_countedFrom=trigger,
        seloste_isMinimum=policy.is_minimum or None,
    )


def iso_duration(period: Period) -> str:
    """The period as XML Schema writes it, which has no weeks."""
    return f"P{period.weeks * 7}D" if period.weeks else str(period)


def stores(register: RegisterDefinition, names: Names) -> Iterator[Node]:
    """Places of storage, the retention in words, services, document types and storage rules."""
    for number, place in enumerate(register.storage_places, 1):
        yield node(
            names("place", str(number)),
            "dpv:StorageLocation",
            dct_description=text(place.place),
            seloste_medium=MEDIA[place.medium],
        )
    if register.retention is not None:
        yield node(
            names("retention"), "dpv:StorageDuration", dct_description=text(register.retention)
        )
    for service in register.services:
        yield node(names("service", service.key), "dpv:Service", dct_title=text(service.name))
    for kind in register.document_types:
        merged = kind.merged_into
        yield node(
            names("document-type", kind.key),
            "seloste:DocumentType",
            dct_title=text(kind.name),
            seloste_sensitivity=kind.sensitivity.value,
            dct_isReplacedBy=reference(names("document-type", merged)) if merged else None,
        )
    for rule in register.storage_rules:
        yield _storage_rule(rule, names)


def _storage_rule(rule: StorageRule, names: Names) -> Node:
    shown = rule.presentation_only
    return node(
        storage_rule_name(rule, names),
        "seloste:StorageRule",
        seloste_service=reference(names("service", rule.service)),
        seloste_documentType=reference(names("document-type", rule.document_type)),
        seloste_medium=[MEDIA[medium] for medium in rule.media],
        seloste_retention=(
            reference(rule_name(rule.retention_rule)) if rule.retention_rule else None
        ),
        seloste_addOn=rule.add_on or None,
        seloste_shownOnly=shown.shown.value if shown else None,
        seloste_notShown=shown.hidden.value if shown and shown.hidden else None,
        seloste_holder=reference(names("recipient", shown.holder)) if shown else None,
    )


def storage_rule_name(rule: StorageRule, names: Names) -> str:
    """The identifier of a storage rule: its service and its document type."""
    return names("storage-rule", rule.service, rule.document_type)
