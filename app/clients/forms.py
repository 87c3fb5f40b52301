"""Input of the pages of clients. Field names are those that the services' refusals name."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField

from app import clock
from app.clients.explain import NOTICE_CHANNELS, REVEAL_REASONS
from app.clients.queries import ClientCard
from app.clients.rules import REASON_MAX, Contact
from app.web.forms import DateField, Form, Required, database_id
from app.web.i18n import LANGUAGES
from app.web.i18n import lazy_gettext as _l


def options(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """Choices of a field from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]


class Details(TypedDict):
    """What the services that enter and change a client take from the form."""

    last_name: str
    first_names: str
    identity_code: str | None
    birth_date: date | None
    language: str
    contact: Contact


class DetailsForm(Form):
    """Who a client is and how to reach the client."""

    last_name = StringField(_l("Last name"), [Required(_l("Give the last name."))])
    first_names = StringField(_l("First names"), [Required(_l("Give the first names."))])
    identity_code = StringField(_l("Identity code"))
    birth_date = DateField(_l("Birth date"))
    language = RadioField(
        _l("Language of letters"), choices=options(LANGUAGES.items()), default="fi"
    )
    address = StringField(_l("Street address"))
    postal_code = StringField(_l("Postal code"))
    city = StringField(_l("Town"))
    phone = StringField(_l("Phone"))
    email = StringField(_l("E-mail"))
    non_disclosure = BooleanField(_l("Non-disclosure for personal safety"))

    def details(self) -> Details:
        """The arguments of the services that enter and change a client."""
        return {
            "last_name": self.last_name.data or "",
            "first_names": self.first_names.data or "",
            "identity_code": self.identity_code.data,
            "birth_date": self.birth_date.data,
            "language": self.language.data,
            "contact": Contact(
                address=self.address.data or "",
                postal_code=self.postal_code.data or "",
                city=self.city.data or "",
                phone=self.phone.data or "",
                email=self.email.data or "",
                non_disclosure=self.non_disclosure.data,
            ),
        }


class NewClientForm(DetailsForm):
    """A new client, and in which register when there are several."""

    register_id = SelectField(_l("Register"), coerce=database_id)


class EditClientForm(DetailsForm):
    """A client's details. The identity code is never put into the page: empty keeps it."""

    remove_identity_code = BooleanField(_l("Remove the identity code"))

    def show(self, client: ClientCard) -> None:
        """Fill in what is known of the client."""
        for name in ("last_name", "first_names", "language"):
            self[name].data = getattr(client, name)
        self.birth_date.data = client.born_on
        for name in ("address", "postal_code", "city", "phone", "email", "non_disclosure"):
            self[name].data = getattr(client.contact, name)


class EpisodeForm(Form):
    """The start of an episode."""

    service = RadioField(_l("Service"), [Required(_l("Choose a service."))], validate_choice=False)
    started_on = DateField(
        _l("Starts on"),
        [Required(_l("Give the day on which the service starts."))],
        default=clock.today,
    )
    worker = SelectField(
        _l("Worker"),
        [Required(_l("Choose a worker who is staff of this register."))],
        coerce=database_id,
        validate_choice=False,
    )
    coaching_number = StringField(_l("Coaching number"))


class ConsentForm(Form):
    """A consent that the client has given."""

    service = RadioField(_l("Service"), [Required(_l("Choose a service."))], validate_choice=False)
    given_on = DateField(
        _l("Given on"),
        [Required(_l("Give the day on which the client consented."))],
        default=clock.today,
    )


class NoticeForm(Form):
    """A privacy notice that the client was given."""

    edition = SelectField(
        _l("Edition of the notice"),
        [Required(_l("Choose which edition was given."))],
        coerce=database_id,
        validate_choice=False,
    )
    language = RadioField(
        _l("Language of the notice"), choices=options(LANGUAGES.items()), validate_choice=False
    )
    channel = RadioField(
        _l("How it was given"),
        [Required(_l("Choose how the notice was given."))],
        choices=options(NOTICE_CHANNELS.items()),
        validate_choice=False,
    )
    given_on = DateField(
        _l("Given on"),
        [Required(_l("Give the day on which the client got the notice."))],
        default=clock.today,
    )


class WithdrawalForm(Form):
    """The withdrawal of a consent."""

    withdrawn_on = DateField(
        _l("Withdrawn on"),
        [Required(_l("Give the day on which the client withdrew the consent."))],
        default=clock.today,
    )


class ReasonForm(Form):
    """Why a client outside the caseload is opened."""

    reason = TextAreaField(
        _l("Reason"),
        [Required(_l("Write why your work needs this client today."))],
        render_kw={"maxlength": REASON_MAX},
    )


class RevealForm(Form):
    """Why the whole identity code is needed."""

    reason = RadioField(
        _l("Why do you need the whole identity code?"),
        [Required(_l("Choose why you need the whole identity code."))],
        choices=options(REVEAL_REASONS.items()),
        validate_choice=False,
    )
