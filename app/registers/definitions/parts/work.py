"""What drives the daily work: services, document types, and what a service may keep of a type."""

from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from app.registers.definitions.parts.responsible import Named
from app.registers.definitions.references import (
    DisclosureKey,
    DocumentTypeKey,
    RetentionRuleKey,
    ServiceKey,
)
from app.registers.definitions.vocabulary import (
    DocumentRole,
    Medium,
    PresentedField,
    Sensitivity,
)
from app.retention.definition_models import LocalizedText, StrictModel, Text, refused
from app.web.i18n import gettext as _


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
                _("Give “consent_text”, or leave “consent_required” out."),
            )
        return self


class DocumentType(Named):
    """A type of document; `printed` holds each spelling of the printed description.

    `merged_into`: the type of which this one turned out to be another spelling. It stays, so that
    documents logged under it keep their name, but nothing new is logged under it.
    """

    printed: tuple[Text, ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    role: DocumentRole | None = None
    merged_into: DocumentTypeKey | None = None
    notes: LocalizedText | None = None


class PresentationOnly(StrictModel):
    """A document that is looked at and not kept: what is noted, what is not, who holds it.

    `holder` is the key of the disclosure whose recipient keeps the document; without one it goes
    back to the person, as an extract of the criminal records does (act 504/2002).
    """

    shown: PresentedField
    hidden: PresentedField | None = None
    holder: DisclosureKey | None = None


def _as_set(media: tuple[Medium, ...]) -> tuple[Medium, ...]:
    """The media in one order: "atk, man" and "man, atk" say the same."""
    if len(set(media)) != len(media):
        raise refused(_("A medium is given twice."), _("Name each medium once."))
    return tuple(medium for medium in Medium if medium in media)


class StorageRule(StrictModel):
    """What a service may keep of a document type: media and retention rule, or only a look.

    Storage sits on the pair, because one document type is kept differently in different services.
    """

    service: ServiceKey
    document_type: DocumentTypeKey
    media: Annotated[tuple[Medium, ...], AfterValidator(_as_set)] = ()
    retention_rule: RetentionRuleKey | None = None
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
