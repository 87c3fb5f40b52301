"""Register definitions: the typed model of `registers/*.yaml`, its loader and its vocabularies."""

from app.registers.definitions.loader import load_register, load_registers
from app.registers.definitions.model import RegisterDefinition
from app.registers.definitions.parts import (
    DataCategory,
    Disclosure,
    DocumentType,
    Purpose,
    ServiceType,
    StorageRule,
)
from app.registers.definitions.vocabulary import (
    DisclosureBasis,
    LegalBasis,
    MarketingChannel,
    Medium,
    Right,
    Sensitivity,
    words,
)
from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.definition_models import LocalizedText

__all__ = [
    "DataCategory",
    "DefinitionError",
    "DefinitionProblem",
    "Disclosure",
    "DisclosureBasis",
    "DocumentType",
    "LegalBasis",
    "LocalizedText",
    "MarketingChannel",
    "Medium",
    "Purpose",
    "RegisterDefinition",
    "Right",
    "Sensitivity",
    "ServiceType",
    "StorageRule",
    "load_register",
    "load_registers",
    "words",
]
