"""Where a finding stands, in words: the part of the register and the member of it."""

from collections.abc import Iterator
from typing import Any

from app.registers.definitions import RegisterDefinition
from app.retention.policies import RetentionPolicy
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import pick

PARTS: dict[str, Any] = {
    "automated_decisions": _l("Automated decisions"),
    "capacity": _l("Capacity"),
    "contact": _l("Contact person"),
    "controllers": _l("Controllers"),
    "data_categories": _l("Data categories"),
    "data_protection_officer": _l("Data protection officer"),
    "data_subjects": _l("Data subjects"),
    "description": _l("Description"),
    "direct_marketing": _l("Direct marketing"),
    "disclosures": _l("Recipients"),
    "document_types": _l("Document types"),
    "impact_assessment": _l("Impact assessment"),
    "languages": _l("Languages of the register"),
    "joint_arrangement": _l("Joint arrangement"),
    "name": _l("Name"),
    "notice": _l("Privacy notice"),
    "owner": _l("Person responsible"),
    "printed_fields": _l("Printed fields"),
    "processing_for_others": _l("Processing for others"),
    "processors": _l("Processors"),
    "purposes": _l("Purposes"),
    "remarks": _l("Remarks"),
    "retention": _l("Retention in words"),
    "retention_rules": _l("Retention rules"),
    "rights": _l("Rights of the data subject"),
    "safeguards": _l("Protection"),
    "services": _l("Service types"),
    "sources": _l("Sources"),
    "staff_instructions": _l("Staff instructions"),
    "statutes": _l("Statutes"),
    "storage_places": _l("Storage places"),
    "storage_rules": _l("Services, documents and media"),
    "transfers": _l("Transfers"),
    "version": _l("Version"),
}

# A long text names its member only by its beginning.
_LONGEST = 60


def place_words(
    register: RegisterDefinition, policies: dict[str, RetentionPolicy], where: tuple[str, ...]
) -> str:
    """The place of a finding, for example “Service types › Ray”; empty for the whole register."""
    if not where:
        return ""
    part, *keys = where
    label = str(PARTS[part])
    if part == "storage_rules":
        # A finding in the words of a rule knows only that they stand in one.
        ways = zip(("services", "document_types"), keys, strict=False)
        names = [name for way, key in ways for name in _member(register, way, key)]
    elif part == "retention_rules":
        names = [pick(policies[keys[0]].name)] if keys[0] in policies else keys
    else:
        names = list(_member(register, part, keys[0])) if keys else []
    return " › ".join([label, *names])


def _member(register: RegisterDefinition, part: str, key: str) -> Iterator[str]:
    """What people call the member of a part."""
    members = getattr(register, part, None)
    for member in members if isinstance(members, tuple) else ():
        if getattr(member, "key", None) == key:
            words = next(
                (
                    getattr(member, name)
                    for name in ("name", "recipient", "text")
                    if hasattr(member, name)
                ),
            )
            text = pick(words)
            yield text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
