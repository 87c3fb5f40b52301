"""Input of the pages of requests. Field names are those that the services' refusals name."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, TextAreaField

from app import clock
from app.requests.rules import RequestKind
from app.requests.vocabulary import (
    Channel,
    DeliveryChannel,
    ExtensionReason,
    IdentityMethod,
    Outcome,
    RefusalGround,
    SuspensionReason,
    choices,
)
from app.web.forms import DateField, Form, Required
from app.web.i18n import lazy_gettext as _l


class RequestForm(Form):
    """A request as it arrived."""

    kind = RadioField(
        _l("What the person asks for"),
        [Required(_l("Choose what the person asks for."))],
        validate_choice=False,
    )
    channel = SelectField(
        _l("How it arrived"),
        [Required(_l("Choose how the request arrived."))],
        validate_choice=False,
    )
    received_on = DateField(
        _l("Received on"),
        [Required(_l("Give the day on which the request arrived: the deadline runs from it."))],
        default=clock.today,
    )
    details = TextAreaField(_l("The request in words"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.kind.choices = choices(RequestKind)
        self.channel.choices = choices(Channel)

    def facts(self) -> dict[str, Any]:
        """The arguments of the service that registers the request."""
        names = ("kind", "channel", "received_on", "details")
        return {name: self[name].data or "" for name in names}


class IdentityForm(Form):
    """How it was made sure who asks."""

    method = RadioField(
        _l("How was it made sure who asks?"),
        [Required(_l("Choose how the identity was made sure of."))],
        validate_choice=False,
    )
    answered_on = DateField(_l("The proof arrived on"), default=clock.today)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.method.choices = choices(IdentityMethod)


class SuspensionForm(Form):
    """What the person was asked for, and when."""

    reason = RadioField(
        _l("What was the person asked for?"),
        [Required(_l("Choose what the person was asked for."))],
        validate_choice=False,
    )
    asked_on = DateField(
        _l("Asked on"),
        [Required(_l("Give the day on which the person was asked."))],
        default=clock.today,
    )
    asked_late = BooleanField(_l("It was asked with undue delay, so the clock does not stop"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.reason.choices = choices(SuspensionReason)


class ResumptionForm(Form):
    """When the person's answer arrived."""

    answered_on = DateField(
        _l("The answer arrived on"),
        [Required(_l("Give the day on which the person's answer arrived."))],
        default=clock.today,
    )


class ExtensionForm(Form):
    """Why two further months are needed, and when the person was told."""

    reason = RadioField(
        _l("Why are two further months needed?"),
        [Required(_l("Choose why two further months are needed."))],
        validate_choice=False,
    )
    told_on = DateField(
        _l("The person was told on"),
        [Required(_l("Give the day on which the person was told of the extension."))],
        default=clock.today,
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.reason.choices = choices(ExtensionReason)


class HandOverForm(Form):
    """How the answer reached the person."""

    channel = RadioField(
        _l("How was the answer handed over?"),
        [Required(_l("Choose how the answer was handed over."))],
        validate_choice=False,
    )
    handed_over_on = DateField(
        _l("Handed over on"),
        [Required(_l("Give the day on which the answer was handed over."))],
        default=clock.today,
    )
    proof = TextAreaField(
        _l("Proof"),
        [Required(_l("Write what proves the hand-over: a signed receipt, a tracking code."))],
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.channel.choices = choices(DeliveryChannel)


class ClosingForm(Form):
    """How the request ended."""

    outcome = RadioField(
        _l("How did the request end?"),
        [Required(_l("Choose how the request ended."))],
        validate_choice=False,
    )
    ground = SelectField(_l("Ground of the refusal"), validate_choice=False)
    closed_on = DateField(
        _l("Ended on"),
        [Required(_l("Give the day on which the request ended."))],
        default=clock.today,
    )

    def __init__(
        self, outcomes: Sequence[Outcome], grounds: Sequence[RefusalGround], **values: Any
    ) -> None:
        super().__init__(**values)
        self.outcome.choices = choices(tuple(outcomes))
        self.ground.choices = [("", "–"), *choices(tuple(grounds))]
