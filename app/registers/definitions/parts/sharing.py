"""To whom data goes: recipients, and countries outside the EU and the EEA."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from app.registers.definitions.parts.purposes import Statute
from app.registers.definitions.references import CategoryKey, ServiceKey
from app.registers.definitions.vocabulary import (
    Deliverer,
    DisclosureBasis,
    RequestForm,
    TransferMechanism,
)
from app.retention.definition_models import Key, LocalizedText, StrictModel, Text, refused
from app.web.i18n import gettext as _

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Disclosure(StrictModel):
    """A recipient of data: GDPR Art. 13(1)(e). No services named: it concerns all of them.

    `data_categories`: what goes, as keys; `what` says it in words.
    `printed_in`: numbers of the fields of the printed description that name the recipient.
    """

    key: Key
    recipient: LocalizedText
    what: LocalizedText | None = None
    data_categories: tuple[CategoryKey, ...] = ()
    purpose: LocalizedText | None = None
    condition: LocalizedText | None = None
    basis: DisclosureBasis | None = None
    statute: Statute | None = None
    consent_form: RequestForm | None = None
    channel: LocalizedText | None = None
    delivered_by: Deliverer = Deliverer.CONTROLLER
    services: tuple[ServiceKey, ...] = ()
    printed_in: tuple[Text, ...] = ()


class Transfer(StrictModel):
    """One transfer to a third country or an international organisation: GDPR Arts. 44–49.

    `country_code`: ISO 3166-1, two letters. `copy_from`: where a copy of the safeguards is to be
    had (Art. 13(1)(f)).
    """

    country: LocalizedText
    country_code: CountryCode | None = None
    recipient: LocalizedText
    mechanism: TransferMechanism | None = None
    safeguard: LocalizedText | None = None
    copy_from: LocalizedText | None = None


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
