"""Who answers for a register: controllers, processors and people in their roles, never by name."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from app.retention.definition_models import Key, LocalizedText, StrictModel, Text

BusinessId = Annotated[str, StringConstraints(pattern=r"^[0-9]{7}-[0-9]$")]


class Named(StrictModel):
    """Something that has no more than a name."""

    key: Key
    name: LocalizedText


class RoleContact(StrictModel):
    """A role that answers for something, how to reach it, and who steps in. Never a name."""

    role: LocalizedText
    contact: Text | None = None
    substitute: LocalizedText | None = None


class Controller(Named):
    """GDPR Art. 4(7): who decides on purposes and means. Several of them are joint controllers.

    `responsibilities`: the duties that are this one's in a joint arrangement (Art. 26(1)).
    `representative`: in the EU, of a controller outside it (Art. 27).
    """

    business_id: BusinessId | None = None
    contact: Text | None = None
    responsibilities: LocalizedText | None = None
    representative: RoleContact | None = None


class Processor(Named):
    """GDPR Art. 28: who processes on behalf of a controller, and by which contract."""

    business_id: BusinessId | None = None
    contact: Text | None = None
    task: LocalizedText | None = None
    contract: LocalizedText | None = None
    contract_on: date | None = None
