"""A register (processing activity) as a whole, and the questions the program asks it."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from app.registers.definitions.parts import (
    AutomatedDecisions,
    Controller,
    DataCategory,
    DirectMarketing,
    Disclosure,
    DocumentType,
    ImpactAssessment,
    NoticeTexts,
    PrintedField,
    Processor,
    ProtectionOfficer,
    Purpose,
    Remark,
    RightOffered,
    RoleContact,
    Safeguard,
    ServiceType,
    Source,
    Statute,
    StoragePlace,
    StorageRule,
    SubjectGroup,
    Transfers,
    Version,
)
from app.registers.definitions.vocabulary import Capacity, Language, Right
from app.retention.definition_models import Definition, Key, LocalizedText


class RegisterDefinition(Definition):
    """What the published version of a register allows and promises.

    `languages`: those in which its notices are made; every text is there in the first of them.

    `capacity`: whether the organisation processes for itself, or for the controllers named here
    (GDPR Art. 30(2)); then `processors` has the organisation first, and `processing_for_others`
    the categories of processing that it carries out for them.
    """

    kind: Literal["register"]
    schema_version: Literal[1]
    key: Key
    name: LocalizedText
    description: LocalizedText | None = None
    version: Version | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = tuple(Language)
    capacity: Capacity = Capacity.CONTROLLER
    controllers: tuple[Controller, ...] = ()
    joint_arrangement: LocalizedText | None = None
    processors: tuple[Processor, ...] | None = None
    processing_for_others: tuple[LocalizedText, ...] = ()
    data_protection_officer: ProtectionOfficer | None = None
    owner: RoleContact | None = None
    contact: RoleContact | None = None
    purposes: tuple[Purpose, ...] = ()
    statutes: tuple[Statute, ...] = ()
    data_subjects: tuple[SubjectGroup, ...] = ()
    data_categories: tuple[DataCategory, ...] = ()
    sources: tuple[Source, ...] | None = None
    disclosures: tuple[Disclosure, ...] | None = None
    transfers: Transfers | None = None
    safeguards: tuple[Safeguard, ...] = ()
    storage_places: tuple[StoragePlace, ...] = ()
    retention: LocalizedText | None = None
    automated_decisions: AutomatedDecisions | None = None
    impact_assessment: ImpactAssessment | None = None
    services: tuple[ServiceType, ...] = ()
    document_types: tuple[DocumentType, ...] = ()
    storage_rules: tuple[StorageRule, ...] = ()
    rights: tuple[RightOffered, ...] | None = None
    direct_marketing: DirectMarketing | None = None
    notice: NoticeTexts = NoticeTexts()
    staff_instructions: LocalizedText | None = None
    printed_fields: tuple[PrintedField, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def officer(self) -> RoleContact | None:
        """The data protection officer; None where none is designated, or the register is silent."""
        stated = self.data_protection_officer
        return stated.designated if stated is not None else None

    @property
    def has_joint_controllers(self) -> bool:
        """Whether several decide together; the customers of one processor do not (Art. 26)."""
        return self.capacity is Capacity.CONTROLLER and len(self.controllers) > 1

    @property
    def asks_the_person(self) -> bool:
        """Whether data may come from the person; so it is where the sources are not stated."""
        return self.sources is None or any(source.data_subject for source in self.sources)

    @cached_property
    def _services(self) -> dict[str, ServiceType]:
        return {service.key: service for service in self.services}

    @cached_property
    def _document_types(self) -> dict[str, DocumentType]:
        return {document_type.key: document_type for document_type in self.document_types}

    @cached_property
    def _storage_rules(self) -> dict[tuple[str, str], StorageRule]:
        return {(rule.service, rule.document_type): rule for rule in self.storage_rules}

    def service(self, key: str) -> ServiceType:
        """The service type with this key. Raises KeyError."""
        return self._services[key]

    def document_type(self, key: str) -> DocumentType:
        """The document type with this key. Raises KeyError."""
        return self._document_types[key]

    def merged_type(self, key: str) -> DocumentType:
        """The document type under which `key` is logged now: itself, or what it was merged into.

        Raises KeyError.
        """
        found = self._document_types[key]
        while found.merged_into is not None:
            found = self._document_types[found.merged_into]
        return found

    def spellings_of(self, key: str) -> tuple[str, ...]:
        """The keys under which documents of a type may have been logged: its own first."""
        merged = (k.key for k in self.document_types if k.merged_into and k.key != key)
        return (key, *(other for other in merged if self.merged_type(other).key == key))

    def offered_types(self) -> tuple[DocumentType, ...]:
        """The document types in use: those that were not merged into another."""
        return tuple(kind for kind in self.document_types if kind.merged_into is None)

    def offered_rights(self) -> tuple[RightOffered, ...]:
        """The rights that people have here; one may be named to say that it does not apply."""
        return tuple(right for right in self.rights or () if right.not_applicable is None)

    def disclosure(self, key: str) -> Disclosure:
        """The recipient with this key. Raises KeyError."""
        return {disclosure.key: disclosure for disclosure in self.disclosures or ()}[key]

    def storage_rules_for(self, service_key: str) -> tuple[StorageRule, ...]:
        """What the service may keep or look at, in the order of the register."""
        return tuple(rule for rule in self.storage_rules if rule.service == service_key)

    def storage_rule(self, service_key: str, document_type_key: str) -> StorageRule | None:
        """The rule of the pair; None when the register does not let the service have the type."""
        return self._storage_rules.get((service_key, document_type_key))

    def right(self, right: Right) -> RightOffered | None:
        """The right as the register offers it; None where it does not mention it."""
        return next((offered for offered in self.rights or () if offered.right is right), None)
