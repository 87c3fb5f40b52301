"""Input of the pages of destruction. Field names are those that the services' refusals name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import (
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import ValidationError

from app import clock
from app.destruction.explain import HOLD_WORDS, METHOD_WORDS
from app.destruction.rules import PaperMethod
from app.web.forms import DateField, Form, Required, database_id
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l


def options(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """Choices of a field from pairs of value and label."""
    return [SelectChoice(value, str(label)) for value, label in pairs]


def chosen_id(text: Any) -> int | None:
    """The key that was chosen; None when nothing was. Raises ValueError."""
    return database_id(text) if text else None


class DueForm(Form):
    """For which day and register the due documents are listed, and which of them are chosen."""

    as_of = DateField(_l("Due on"), default=clock.today)
    register_id = SelectField(_l("Register"), coerce=database_id, validate_choice=False)
    documents = SelectMultipleField(_l("Documents"), coerce=database_id, validate_choice=False)

    def __init__(self, registers: Iterable[tuple[int, str]], **values: Any) -> None:
        super().__init__(**values)
        self.register_id.choices = options(registers)
        known = {choice.value for choice in self.register_id.choices}
        if self.register_id.data not in known:
            self.register_id.data = next(iter(known), None)

    @property
    def day(self) -> date:
        """The day that is asked for; today when none was understood."""
        return self.as_of.data or clock.today()


class ApprovalForm(Form):
    """The approver's own password, asked again before an act that cannot be undone."""

    password = PasswordField(_l("Your password"), [Required(_l("Type your own password again."))])


class ReasonForm(Form):
    """Why a list is stopped."""

    reason = StringField(
        _l("Reason"), [Required(_l("Say why, so that the proposer knows what to change."))]
    )


class PaperForm(Form):
    """Which papers were destroyed, how, when, and who saw it."""

    item_ids = SelectMultipleField(_l("Papers"), coerce=database_id, validate_choice=False)
    method = RadioField(
        _l("How was the paper destroyed?"),
        [Required(_l("Choose how the paper was destroyed."))],
        validate_choice=False,
    )
    destroyed_on = DateField(
        _l("Destroyed on"),
        [Required(_l("Give the day on which the paper was destroyed."))],
        default=clock.today,
    )
    witness_id = SelectField(_l("Witness"), coerce=chosen_id, validate_choice=False)

    def __init__(self, witnesses: Iterable[tuple[int, str]], **values: Any) -> None:
        super().__init__(**values)
        self.method.choices = options((method, METHOD_WORDS[method]) for method in PaperMethod)
        self.witness_id.choices = options([("", _("Choose a person")), *witnesses])


class ExecutionForm(Form):
    """The reference of the list, typed as a last question."""

    reference = StringField(
        _l("Type the reference of the list"), [Required(_l("Type the reference of the list."))]
    )

    def __init__(self, expected: str, **values: Any) -> None:
        super().__init__(**values)
        self._expected = expected

    def validate_reference(self, field: StringField) -> None:
        """Refuse any other text than the reference of this list."""
        if (field.data or "").strip().upper() != self._expected:
            message = _("This is not the reference of this list: it is %(reference)s.")
            raise ValidationError(message % {"reference": self._expected})


class HoldForm(Form):
    """What must be kept, why, and on what that rests."""

    register_id = SelectField(_l("Register"), coerce=database_id, validate_choice=False)
    target = StringField(
        _l("Client or document"), [Required(_l("Say which client or document must be kept."))]
    )
    reason = RadioField(
        _l("Why must it be kept?"),
        [Required(_l("Choose why the documents must be kept."))],
        validate_choice=False,
    )
    mandate = StringField(
        _l("What the hold rests on"),
        [Required(_l("Say what the hold rests on: whose decision or enquiry, and its number."))],
    )

    def __init__(self, registers: Iterable[tuple[int, str]], **values: Any) -> None:
        super().__init__(**values)
        self.register_id.choices = options(registers)
        self.reason.choices = options(HOLD_WORDS.items())
