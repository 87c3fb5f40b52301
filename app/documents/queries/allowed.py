"""What the register lets a service keep: the choices of the form."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import clock
from app.clients.rules import collation_key
from app.registers.definitions import (
    DocumentType,
    Medium,
    RegisterDefinition,
    Sensitivity,
    StorageRule,
)
from app.registers.queries import (
    parse_definition,
    published_definitions,
    register_keys,
    version_in_force,
)
from app.web.i18n import pick


@dataclass(frozen=True)
class AllowedType:
    """A document type as a service may have it."""

    document_type: DocumentType
    rule: StorageRule

    @property
    def key(self) -> str:
        """Key of the type."""
        return self.document_type.key

    @property
    def media(self) -> tuple[Medium, ...]:
        """The media that are allowed; none when the document is only shown."""
        return self.rule.media

    @property
    def presentation_only(self) -> bool:
        """Whether only its duration may be noted."""
        return self.rule.presentation_only is not None

    @property
    def is_special(self) -> bool:
        """Whether it holds special categories of personal data (GDPR Art. 9)."""
        return self.document_type.sensitivity is Sensitivity.SPECIAL


def allowed_types(definition: RegisterDefinition, service_key: str) -> list[AllowedType]:
    """The document types a service may log, in the order of the register."""
    return [
        AllowedType(definition.document_type(rule.document_type), rule)
        for rule in definition.storage_rules_for(service_key)
    ]


def allowed_type(
    definition: RegisterDefinition, service_key: str, document_type_key: str
) -> AllowedType | None:
    """One of them; None when the register does not let the service have the type."""
    rule = definition.storage_rule(service_key, document_type_key)
    if rule is None:
        return None
    return AllowedType(definition.document_type(document_type_key), rule)


def filter_choices(register_ids: Iterable[int]) -> tuple[dict[str, str], dict[str, str]]:
    """The services and the document types of registers: names by key, by name.

    Those that a register had once stand among them, because documents were logged under them; of
    types that were merged, the one that stays. Of a key that two registers share, one name stands
    for both.
    """
    services: dict[str, str] = {}
    types: dict[str, str] = {}
    for register_id in register_ids:
        found = published_definitions(register_id)
        merged = {kind.key for one in found[-1:] for kind in one.document_types if kind.merged_into}
        for one in found:
            services |= {each.key: pick(each.name) for each in one.services}
            kept = (kind for kind in one.offered_types() if kind.key not in merged)
            types |= {kind.key: pick(kind.name) for kind in kept}
    return _by_name(services), _by_name(types)


def spellings(document_type_key: str) -> set[str]:
    """The keys under which documents of a type were logged: its own and those merged into it."""
    found = {document_type_key}
    for register_id in register_keys():
        version = version_in_force(register_id, clock.today())
        if version is not None:
            found.update(parse_definition(version.content).spellings_of(document_type_key))
    return found


def _by_name(names: dict[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: collation_key(item[1])))
