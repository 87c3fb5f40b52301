"""Base of all forms: CSRF, language of the messages, a date field people can type into."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import ValidationError

from app import clock
from app.web.characters import without_unfit
from app.web.i18n import current_language, gettext, parse_date
from app.web.problems import InputError

LARGEST_ID = 2**63 - 1


def database_id(text: Any) -> int:
    """A key that a database can hold, from an address or a form. Raises ValueError."""
    found = int(text)
    if not 0 < found <= LARGEST_ID:
        raise ValueError(text)
    return found


def without_control_characters(value: Any) -> Any:
    """A typed text without NUL and its like; line ends and tabs stay, other values as they are."""
    return without_unfit(value) if isinstance(value, str) else value


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form whose messages follow the language in use and which shows domain errors."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """Language of WTForms' own messages."""

        @property
        def locales(self) -> list[str]:
            """The language in use, for the messages WTForms brings itself."""
            return [current_language()]

        # WTForms keeps translations per tuple of languages; ours change with each request.
        cache_translations = False

        def bind_field(
            self, form: Any, unbound_field: UnboundField, options: dict[str, Any]
        ) -> Field:
            """Take control characters out of every text; no field means them."""
            filters = [*unbound_field.kwargs.get("filters", ()), without_control_characters]
            return unbound_field.bind(form=form, **{**options, "filters": filters})

    def attach(self, problem: InputError) -> None:
        """Show a service's refusal beside its field, or above the form when it has none."""
        field = self._fields.get(problem.field or "")
        if field is None:
            self.form_errors.append(problem.message)
        else:
            field.errors = [*field.errors, problem.message]


class DateField(StringField):  # type: ignore[misc]  # WTForms ships no types
    """A day typed as 5.3.2026, 5.3. or 2026-03-05; what was typed is kept when it is wrong."""

    typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the typed day; an empty field is no day."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data: Any = None
        if not self.typed:
            return
        try:
            self.data = parse_date(self.typed, clock.today())
        except ValueError:
            message = gettext(
                "“%(typed)s” is not a day of the calendar. Write the day as 5.3.2026.",
                typed=self.typed[:40],
            )
            raise ValidationError(message) from None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        if isinstance(self.data, date):
            return f"{self.data.day}.{self.data.month}.{self.data.year}"
        return ""


class Required:
    """The field must be filled in; the message says which field and why."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse an empty value, but leave an earlier error of the field as it is."""
        blank = field.data is None or (isinstance(field.data, str) and not field.data.strip())
        if blank and not field.errors:
            raise ValidationError(str(self.message))
