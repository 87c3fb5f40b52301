"""The parts of a register definition: who, why, what, from whom, to whom, how long, how safe.

People appear as roles only. Where a part may be None, None means that the register does not state
the matter at all; an empty list means that it states that there is nothing. The checks need the
difference.
"""

from app.registers.definitions.parts.data import DataCategory, Source, SpecialData
from app.registers.definitions.parts.outward import (
    DirectMarketing,
    NoticeTexts,
    OwnMarketing,
    PrintedField,
    Remark,
    RightOffered,
    Version,
)
from app.registers.definitions.parts.protection import (
    AutomatedDecisions,
    ImpactAssessment,
    Safeguard,
    StoragePlace,
)
from app.registers.definitions.parts.purposes import DataObligation, Purpose, Statute
from app.registers.definitions.parts.responsible import (
    Controller,
    Named,
    Processor,
    ProtectionOfficer,
    RoleContact,
    SubjectGroup,
)
from app.registers.definitions.parts.sharing import Disclosure, Transfer, Transfers
from app.registers.definitions.parts.work import (
    DocumentType,
    PresentationOnly,
    ServiceType,
    StorageRule,
)

__all__ = [
    "AutomatedDecisions",
    "Controller",
    "DataCategory",
    "DataObligation",
    "DirectMarketing",
    "Disclosure",
    "DocumentType",
    "ImpactAssessment",
    "Named",
    "NoticeTexts",
    "OwnMarketing",
    "PresentationOnly",
    "PrintedField",
    "Processor",
    "ProtectionOfficer",
    "Purpose",
    "Remark",
    "RightOffered",
    "RoleContact",
    "Safeguard",
    "ServiceType",
    "Source",
    "SpecialData",
    "Statute",
    "StoragePlace",
    "StorageRule",
    "SubjectGroup",
    "Transfer",
    "Transfers",
    "Version",
]
