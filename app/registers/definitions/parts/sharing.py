"""To whom data goes: recipients, and countries outside the EU and the EEA."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, PlainSerializer, StringConstraints, model_validator

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
    `decided_by`: whose decision each disclosure needs. `refusal`: how the person may forbid it.
    `published`: the recipient is everyone, on the open web or otherwise in public.
    `printed_in`: numbers of the fields of the printed description that name the recipient.
    """

    key: Key
    recipient: LocalizedText
    what: LocalizedText | None = None
    data_categories: tuple[CategoryKey, ...] = ()
    purpose: LocalizedText | None = None
    condition: LocalizedText | None = None
    decided_by: LocalizedText | None = None
    basis: DisclosureBasis | None = None
    statute: Statute | None = None
    consent_form: RequestForm | None = None
    refusal: LocalizedText | None = None
    published: bool = False
    channel: LocalizedText | None = None
    delivered_by: Deliverer = Deliverer.CONTROLLER
    services: tuple[ServiceKey, ...] = ()
    printed_in: tuple[Text, ...] = ()


def _as_many(value: Any) -> Any:
    """A word by itself is a list of one, as in the versions that were stored first."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _as_written(mechanisms: tuple[TransferMechanism, ...]) -> str | list[str]:
    """One is stored as a word: files and versions that name one keep their hash."""
    words = [mechanism.value for mechanism in mechanisms]
    return words[0] if len(words) == 1 else words


Mechanisms = Annotated[
    tuple[TransferMechanism, ...],
    BeforeValidator(_as_many, json_schema_input_type=TransferMechanism | list[TransferMechanism]),
    PlainSerializer(_as_written),
]


class Transfer(StrictModel):
    """One transfer to a third country or an international organisation: GDPR Arts. 44–49.

    `country_code`: ISO 3166-1, two letters. `mechanism`: what allows it, one Article or several
    beside each other. `copy_from`: where a copy of the safeguards is to be had (Art. 13(1)(f)).
    """

    country: LocalizedText | None = None
    country_code: CountryCode | None = None
    organisation: LocalizedText | None = None
    recipient: LocalizedText
    mechanism: Mechanisms = ()
    safeguard: LocalizedText | None = None
    copy_from: LocalizedText | None = None

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Self:
        if (self.country is None) == (self.organisation is None):
            raise refused(
                _("A transfer goes to a country or to an international organisation."),
                _("Give “country” or “organisation”, not both and not neither."),
            )
        if self.country is None and self.country_code is not None:
            raise refused(
                _("An international organisation has no country code."),
                _("Leave “country_code” out."),
            )
        return self

    @property
    def destination(self) -> LocalizedText:
        """The country or the organisation."""
        found = self.country or self.organisation
        assert found is not None
        return found


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
