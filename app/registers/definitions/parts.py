"""The parts of a register definition: who, why, what, from whom, to whom, how long, how safe.

People appear as roles only. Where a part may be None, None means that the register does not state
the matter at all; an empty list means that it states that there is nothing. The checks need the
difference.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.registers.definitions.vocabulary import (
    Article9Condition,
    Deliverer,
    DisclosureBasis,
    DocumentRole,
    IdentityCodeGround,
    LegalBasis,
    MarketingChannel,
    Medium,
    Obligation,
    Presence,
    PresentedField,
    RequestForm,
    Right,
    SafeguardKind,
    Sensitivity,
    SpecialCategory,
)
from app.retention.definition_models import Key, LocalizedText, StrictModel, Text, refused
from app.web.i18n import gettext as _

StatuteNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}/[0-9]{4}$")]
BusinessId = Annotated[str, StringConstraints(pattern=r"^[0-9]{7}-[0-9]$")]


class Named(StrictModel):
    """Something that has no more than a name."""

    key: Key
    name: LocalizedText


class Controller(Named):
    """GDPR Art. 4(7): who decides on purposes and means. Several of them are joint controllers."""

    business_id: BusinessId | None = None
    contact: Text | None = None


class Processor(Named):
    """GDPR Art. 28: who processes on behalf of a controller."""

    task: LocalizedText | None = None
    contract: LocalizedText | None = None


class RoleContact(StrictModel):
    """A role that answers for something, how to reach it, and who steps in. Never a name."""

    role: LocalizedText
    contact: Text | None = None
    substitute: LocalizedText | None = None


class Statute(StrictModel):
    """A law that the register cites. `inferred`: the number is not printed in the description."""

    name: LocalizedText
    number: StatuteNumber | None = None
    section: Text | None = None
    inferred: bool = False


class DataObligation(StrictModel):
    """GDPR Art. 13(2)(e): must the person give the data, and what follows if not."""

    obligation: Obligation
    consequences: LocalizedText | None = None


class Purpose(StrictModel):
    """Why personal data is processed, and what makes it lawful; None where it is not stated."""

    key: Key
    text: LocalizedText
    legal_bases: tuple[LegalBasis, ...] = ()
    legitimate_interest: LocalizedText | None = None
    article_9_condition: Article9Condition | None = None
    identity_code_ground: IdentityCodeGround | None = None
    statutes: tuple[Statute, ...] = ()
    data_obligation: DataObligation | None = None


class SpecialData(StrictModel):
    """The special category of personal data that a data category holds."""

    category: SpecialCategory
    presence: Presence = Presence.ALWAYS


class DataCategory(Named):
    """A kind of data, and the document types that carry it.

    `master_data`: kept as the client's basic details, not in a document; `media` are theirs then.
    `gap`: the part of the category for which the register lists no document.
    """

    number: Text | None = None
    printed: Text | None = None
    special: SpecialData | None = None
    identity_code: bool = False
    documents: tuple[Key, ...] = ()
    gap: LocalizedText | None = None
    master_data: bool = False
    media: tuple[Medium, ...] = ()
    retention: LocalizedText | None = None


class Source(Named):
    """Where data comes from: GDPR Art. 14(2)(f)."""

    data_subject: bool = False
    what: LocalizedText | None = None
    channel: LocalizedText | None = None


class Disclosure(StrictModel):
    """A recipient of data: GDPR Art. 13(1)(e). No services named: it concerns all of them.

    `printed_in`: numbers of the fields of the printed description that name the recipient.
    """

    key: Key
    recipient: LocalizedText
    what: LocalizedText | None = None
    purpose: LocalizedText | None = None
    condition: LocalizedText | None = None
    basis: DisclosureBasis | None = None
    consent_form: RequestForm | None = None
    channel: LocalizedText | None = None
    delivered_by: Deliverer = Deliverer.CONTROLLER
    services: tuple[Key, ...] = ()
    printed_in: tuple[Text, ...] = ()


class Transfer(StrictModel):
    """One transfer to a third country: GDPR Arts. 44–49."""

    country: LocalizedText
    recipient: LocalizedText
    safeguard: LocalizedText | None = None


class Transfers(StrictModel):
    """Whether personal data leaves the EU and the EEA, and how."""

    made: bool
    items: tuple[Transfer, ...] = ()

    @model_validator(mode="after")
    def _items_fit(self) -> Self:
        if self.made != bool(self.items):
            raise refused(
                _("“made” and the list of transfers contradict each other."),
                _("List each transfer when there are any, and none when there are not."),
            )
        return self


class Safeguard(StrictModel):
    """A measure of protection. `single_person`: it rests on one person and nobody else."""

    key: Key
    kind: SafeguardKind
    text: LocalizedText
    single_person: bool = False


class StoragePlace(StrictModel):
    """Where documents of a medium are kept."""

    medium: Medium
    place: LocalizedText


class AutomatedDecisions(StrictModel):
    """GDPR Art. 22: whether decisions are made without a person, and by what logic."""

    made: bool
    profiling: bool = False
    text: LocalizedText | None = None


class ServiceType(Named):
    """A service that the register is about.

    `number` is its place in the printed list, `section` the section that lists its documents, and
    `printed` each spelling. `consent_required`: nothing is logged before a separate consent.
    """

    number: Text | None = None
    section: Text | None = None
    printed: tuple[Text, ...] = ()
    consent_required: bool = False
    consent_text: LocalizedText | None = None
    notes: LocalizedText | None = None

    @model_validator(mode="after")
    def _consent_has_text(self) -> Self:
        if self.consent_required and self.consent_text is None:
            raise refused(
                _("A consent is required, but its text is missing."),
                _("Give “consent_text”: what the client consents to."),
            )
        return self


class DocumentType(Named):
    """A type of document; `printed` holds each spelling of the printed description."""

    printed: tuple[Text, ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    role: DocumentRole | None = None
    notes: LocalizedText | None = None


class PresentationOnly(StrictModel):
    """A document that is looked at and not kept: what is noted, what is not, who holds it.

    `holder` is the key of the disclosure whose recipient keeps the document.
    """

    shown: PresentedField
    hidden: PresentedField | None = None
    holder: Key


def _as_set(media: tuple[Medium, ...]) -> tuple[Medium, ...]:
    """The media in one order: "atk, man" and "man, atk" say the same."""
    if len(set(media)) != len(media):
        raise refused(_("A medium is given twice."), _("Name each medium once."))
    return tuple(medium for medium in Medium if medium in media)


class StorageRule(StrictModel):
    """What a service may keep of a document type: media and retention rule, or only a look.

    Storage sits on the pair, because one document type is kept differently in different services.
    """

    service: Key
    document_type: Key
    media: Annotated[tuple[Medium, ...], AfterValidator(_as_set)] = ()
    retention_rule: Key | None = None
    add_on: bool = False
    presentation_only: PresentationOnly | None = None
    notes: LocalizedText | None = None

    @model_validator(mode="after")
    def _stored_or_presented(self) -> Self:
        if bool(self.media) == (self.presentation_only is not None):
            raise refused(
                _("A document is either stored or only shown."),
                _("Give “media” or “presentation_only”, not both and not neither."),
            )
        return self


class RightOffered(StrictModel):
    """A right as the register offers it; `form` None: no form is asked for."""

    right: Right
    text: LocalizedText | None = None
    form: RequestForm | None = None
    addressed_to: tuple[LocalizedText, ...] = ()


class OwnMarketing(StrictModel):
    """Marketing of the controller's own activity, by permission for each channel."""

    about: LocalizedText
    permission: RequestForm
    channels: Annotated[tuple[MarketingChannel, ...], Field(min_length=1)]


class DirectMarketing(StrictModel):
    """The purposes for which the person may forbid processing, and the controller's own marketing.

    `disclosed_outside` None: the register does not say whether others get the data for this.
    """

    prohibited_purposes: tuple[Named, ...] = ()
    disclosed_outside: bool | None = None
    statutes: tuple[Statute, ...] = ()
    own: OwnMarketing | None = None


class NoticeTexts(StrictModel):
    """Texts of the privacy notice that do not follow from the other parts."""

    introduction: LocalizedText | None = None
    informing: LocalizedText | None = None


class PrintedField(StrictModel):
    """A heading of the printed description on which the definition rests."""

    number: Text
    heading: Text


class Remark(StrictModel):
    """Something in the printed description that a person should settle and no check can compute."""

    key: Key
    text: LocalizedText


class Version(StrictModel):
    """Name and day of the printed version."""

    label: Text | None = None
    adopted_on: date
