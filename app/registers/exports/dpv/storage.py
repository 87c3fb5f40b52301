"""What is kept, where and how long: retention rules, places, document types, storage rules."""

from collections.abc import Iterator

from app.calendar.periods import Period
from app.registers.definitions import LocalizedText, RegisterDefinition, StorageRule
from app.registers.exports.dpv.nodes import (
    Names,
    Node,
    node,
    properties,
    reference,
    rule_name,
    text,
)
from app.registers.exports.dpv.terms import MEDIA
from app.retention.policies import Alternative, Policies, RetentionPolicy
from app.retention.rules import CutOff, DisposalAction


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
    if policy.disposal_action is DisposalAction.RETAIN_PERMANENTLY:
        return node(None, "dpv:EndlessDuration")
    counted = _counted(policy.retention_period, policy.criteria, policy)
    beside = policy.criteria if policy.retention_period is not None else None
    return counted | properties(
        seloste_isMinimum=policy.is_minimum or None,
        seloste_condition=text(beside),
        seloste_alternative=[_alternative(each) for each in policy.alternatives],
    )


def _counted(
    period: Period | None, criteria: LocalizedText | None, start: RetentionPolicy | Alternative
) -> Node:
    """How long, and from what; in words, until further notice or not yet set: without an end."""
    trigger = start.retention_trigger.value if start.retention_trigger else None
    event = text(start.trigger_text)
    if period is None:
        return node(
            None,
            "dpv:IndeterminateDuration",
            dct_description=text(criteria),
            seloste_countedFrom=_from(trigger, event),
        )
    if period.is_zero:
        return node(None, "dpv:UntilEventDuration", seloste_countedFrom=_from(trigger, event))
    return node(
        None,
        "dpv:TemporalDuration",
        rdf_value={"@value": iso_duration(period), "@type": "xsd:duration"},
        seloste_countedFrom=_from(trigger, event),
    )


def _from(trigger: str | None, event: list[Node]) -> str | list[str | Node] | None:
    return [trigger, *event] if trigger and event else trigger


def _alternative(alternative: Alternative) -> Node:
    """The time under a condition."""
    length = (
        node(None, "dpv:EndlessDuration")
        if alternative.permanent
        else _counted(alternative.retention_period, alternative.criteria, alternative)
    )
    return length | properties(seloste_condition=text(alternative.condition))


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
        seloste_holder=(
            reference(names("recipient", shown.holder)) if shown and shown.holder else None
        ),
    )


def storage_rule_name(rule: StorageRule, names: Names) -> str:
    """The identifier of a storage rule: its service and its document type."""
    return names("storage-rule", rule.service, rule.document_type)
