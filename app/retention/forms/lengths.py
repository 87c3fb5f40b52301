"""A period typed as numbers of years, months, weeks, days and hours."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field, FormField, StringField
from wtforms.validators import ValidationError

from app.calendar.periods import MAX_UNITS, Period
from app.web.forms import Form
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l


class WholeNumber:
    """The field is empty or a whole number of a unit."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse anything else."""
        text = (field.data or "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_UNITS))):
            message = _("%(unit)s: write a whole number, at most %(max)s.")
            raise ValidationError(message % {"unit": field.label.text, "max": MAX_UNITS})


_NUMBER = {"inputmode": "numeric", "maxlength": 5}


class PeriodForm(Form):
    """The parts of a period; it stands inside another form, which has the token."""

    class Meta(Form.Meta):
        """The outer form is protected."""

        csrf = False

    years = StringField(_l("Years"), [WholeNumber()], render_kw=_NUMBER)
    months = StringField(_l("Months"), [WholeNumber()], render_kw=_NUMBER)
    weeks = StringField(_l("Weeks"), [WholeNumber()], render_kw=_NUMBER)
    days = StringField(_l("Days"), [WholeNumber()], render_kw=_NUMBER)
    hours = StringField(_l("Hours"), [WholeNumber()], render_kw=_NUMBER)

    def validate_weeks(self, field: Field) -> None:
        """Weeks stand alone, as ISO 8601 has it."""
        others = (self.years, self.months, self.days, self.hours)
        if _number(field) and any(map(_number, others)):
            message = _("Weeks cannot be mixed with other units. Give the days instead.")
            raise ValidationError(message)

    @property
    def is_empty(self) -> bool:
        """Whether no number was given, not even 0."""
        return not any((field.data or "").strip() for field in self)

    def fill(self, period: Period | None) -> None:
        """Show a period in the fields; none leaves them empty."""
        for field in self:
            number = getattr(period, field.short_name, 0)
            field.data = str(number) if number else ""
        if period is not None and period.is_zero:
            self.days.data = "0"

    def text(self) -> str | None:
        """The period as ISO 8601 writes it; None for no numbers at all. Ask only when valid."""
        if self.is_empty:
            return None
        return str(Period(**{field.short_name: _number(field) for field in self}))


class PartField(FormField):  # type: ignore[misc]  # WTForms ships no types
    """A form as a part of a form. Its own fields have the filters that each form gives."""

    def __init__(self, *args: Any, filters: Sequence[Any] = (), **kwargs: Any) -> None:
        del filters
        super().__init__(*args, **kwargs)


class PeriodField(PartField):
    """A period as a part of a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(PeriodForm, *args, **kwargs)


def _number(field: Field) -> int:
    text = (field.data or "").strip()
    return int(text) if text.isascii() and text.isdigit() else 0
