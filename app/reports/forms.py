"""What to look for in the access log and among the retention rules."""

from collections.abc import Sequence

from wtforms import Field, SelectField, StringField
from wtforms.validators import ValidationError

from app.audit.events import Event
from app.audit.labels import event_label
from app.reports.queries.retention_rules import PERIOD_OPEN, Order, RuleFilter, Usage
from app.retention.words import STANDING_WORDS
from app.web.forms import DateField, Form
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

_LARGEST_NUMBER = 2**31 - 1


class LogFilterForm(Form):
    """A filter that stands in the address of the page, so that it can be kept; it has no token."""

    class Meta(Form.Meta):
        """Looking changes nothing."""

        csrf = False

    person = SelectField(_l("Person"), default="")
    event = SelectField(_l("Event"), default="")
    register = SelectField(_l("Register"), default="")
    client = StringField(_l("Client number"))
    since = DateField(_l("From day"), name="from")
    until = DateField(_l("To day"), name="to")

    def offer(
        self, persons: Sequence[tuple[int, str]], registers: Sequence[tuple[int, str]]
    ) -> None:
        """Fill in what can be chosen."""
        all_ = ("", _("All"))
        events = sorted(((each.action, event_label(each)) for each in Event), key=lambda e: e[1])
        self.person.choices = [all_, *((str(id_), name) for id_, name in persons)]
        self.event.choices = [all_, *events]
        self.register.choices = [all_, *((str(id_), name) for id_, name in registers)]

    def validate_client(self, field: Field) -> None:
        """A client number is a whole number."""
        text = (field.data or "").strip()
        digits = text.isascii() and text.isdigit()
        if text and not (digits and int(text) <= _LARGEST_NUMBER):
            raise ValidationError(_("Write the client number in digits."))

    def validate_until(self, field: Field) -> None:
        """The days are in order."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(_("The last day cannot be before the first one."))

    def active(self) -> dict[str, tuple[str, str]]:
        """What is looked for: parameter of the address → its value, and the same in words."""
        found = {}
        for field in self:
            typed = (field.typed if isinstance(field, DateField) else field.data) or ""
            if typed.strip():
                found[field.name] = (typed, f"{field.label.text}: {_shown(field, typed)}")
        return found


def _shown(field: Field, typed: str) -> str:
    if isinstance(field, DateField):
        return format_date(field.data) or typed
    return str(dict(getattr(field, "choices", ())).get(typed, typed))


class RuleFilterForm(Form):
    """The filter of the list of retention rules; it stands in the address, and has no token."""

    class Meta(Form.Meta):
        """Looking changes nothing."""

        csrf = False

    text = StringField(_l("Words"), name="q")
    certainty = SelectField(_l("Certainty"), default="")
    register = SelectField(_l("Register"), default="")
    usage = SelectField(_l("Use"), default="")
    order = SelectField(_l("Order"), default=Order.KEY.value)

    def offer(self, registers: Sequence[tuple[int, str]]) -> None:
        """Fill in what can be chosen."""
        all_ = ("", _("All"))
        certain = [(each.value, str(words)) for each, words in STANDING_WORDS.items()]
        self.certainty.choices = [all_, *certain, (PERIOD_OPEN, _("period to be set"))]
        self.register.choices = [all_, *((str(id_), name) for id_, name in registers)]
        used = (Usage.USED.value, _("used by a register"))
        self.usage.choices = [all_, used, (Usage.UNUSED.value, _("not used"))]
        by_key = (Order.KEY.value, _("by key"))
        self.order.choices = [by_key, (Order.NAME.value, _("by name"))]

    def wanted(self) -> RuleFilter:
        """What was chosen; what is none of the choices does not restrict."""
        valid = {field.name: field.data for field in self if not field.errors}
        register = valid.get("register")
        return RuleFilter(
            text=(valid.get("q") or "").strip(),
            certainty=valid.get("certainty") or "",
            register_id=int(register) if register else None,
            usage=valid.get("usage") or "",
            order=valid.get("order") or Order.KEY,
        )

    def active(self) -> dict[str, tuple[str, str]]:
        """What restricts the list: parameter of the address → its value, and the same in words."""
        return {
            field.name: (field.data, f"{field.label.text}: {_shown(field, field.data)}")
            for field in self
            if field is not self.order and not field.errors and (field.data or "").strip()
        }
