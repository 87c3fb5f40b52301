"""Who answers for a register: controllers, processors and people in their roles, never by name."""

from datetime import date
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from app.retention.definition_models import Key, LocalizedText, StrictModel, Text, refused
from app.web.i18n import gettext as _

BusinessId = Annotated[str, StringConstraints(pattern=r"^[0-9]{7}-[0-9]$")]


class Named(StrictModel):
    """Something that has no more than a name."""

    key: Key
    name: LocalizedText


class SubjectGroup(Named):
    """A group of people whose data there is: GDPR Art. 30(1)(c).

    `minors`: they are under 18. `represented_by`: who acts for them, such as a guardian.
    """

    minors: bool = False
    represented_by: LocalizedText | None = None


class RoleContact(StrictModel):
    """A role that answers for something, how to reach it, and who steps in. Never a name.

    `several`: several people have the role, so that no one of them needs a substitute.
    """

    role: LocalizedText
    contact: Text | None = None
    substitute: LocalizedText | None = None
    several: bool = False


class ProtectionOfficer(StrictModel):
    """The data protection officer, or why none is designated: GDPR Art. 37(1).

    `not_designated` is the reason; then there is no role to tell of.
    """

    role: LocalizedText | None = None
    contact: Text | None = None
    substitute: LocalizedText | None = None
    not_designated: LocalizedText | None = None

    @model_validator(mode="after")
    def _designated_or_not(self) -> Self:
        if self.not_designated is None and self.role is None:
            raise refused(
                _("The data protection officer has no role."),
                _("Give “role”, or the reason in “not_designated” when there is no officer."),
            )
        if self.not_designated is not None and (self.role or self.contact or self.substitute):
            raise refused(
                _("An officer is named and said not to be designated."),
                _("Keep “role” and “contact”, or “not_designated”."),
            )
        return self

    @property
    def designated(self) -> RoleContact | None:
        """The officer as a role with its contact; None where there is none."""
        if self.role is None:
            return None
        return RoleContact(role=self.role, contact=self.contact, substitute=self.substitute)


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
