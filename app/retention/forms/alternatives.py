"""Input of the other lengths of a rule: rows that are added, removed and left empty."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from wtforms import FieldList, SelectField, StringField, TextAreaField

from app.calendar.periods import DateOutOfRange
from app.retention.forms.fields import (
    NO_CRITERIA,
    NO_PERIOD,
    ONLY_THE_EVENT,
    PAST_THE_CALENDAR,
    TEXT_MAX,
    offered,
    offered_triggers,
    said,
    show_text,
    typed_text,
    word_unknown_choices,
)
from app.retention.forms.lengths import PartField, PeriodField
from app.retention.policies import Alternative
from app.retention.rules import retention_date
from app.retention.triggers import RetentionTrigger
from app.web.forms import DateField, Form
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

# More rows than any rule has; a form that says it has more is not one of ours.
MOST_ROWS = 100


class How(StrEnum):
    """The ways in which an alternative says how long."""

    PERIOD = "period"
    CRITERIA = "criteria"
    PERMANENT = "permanent"


_HOW_WORDS = {
    How.PERIOD: _l("A period"),
    How.CRITERIA: _l("Criteria in words"),
    How.PERMANENT: _l("Kept permanently"),
}


class AlternativeForm(Form):
    """One other length: under which condition, and how long then. It stands in the rule's form."""

    class Meta(Form.Meta):
        """The outer form is protected."""

        csrf = False

    condition_fi = TextAreaField(_l("Condition in Finnish"), render_kw=TEXT_MAX)
    condition_sv = TextAreaField(_l("Condition in Swedish"), render_kw=TEXT_MAX)
    condition_en = TextAreaField(_l("Condition in English"), render_kw=TEXT_MAX)
    how = SelectField(_l("How long then"), default=How.PERIOD.value)
    period = PeriodField(_l("Period"))
    trigger = SelectField(_l("Counted from"), default="")
    event_fi = StringField(_l("What the event is, in Finnish"), render_kw=TEXT_MAX)
    event_sv = StringField(_l("What the event is, in Swedish"), render_kw=TEXT_MAX)
    event_en = StringField(_l("What the event is, in English"), render_kw=TEXT_MAX)
    criteria_fi = TextAreaField(_l("Criteria in Finnish"), render_kw=TEXT_MAX)
    criteria_sv = TextAreaField(_l("Criteria in Swedish"), render_kw=TEXT_MAX)
    criteria_en = TextAreaField(_l("Criteria in English"), render_kw=TEXT_MAX)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.how.choices = offered(_HOW_WORDS)
        self.trigger.choices = offered_triggers()
        word_unknown_choices(self)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed, so that the row is not an alternative."""
        texts = (typed_text(self, name) for name in ("condition", "event", "criteria"))
        chosen = self.trigger.data or self.how.data != How.PERIOD
        return self.period.form.is_empty and not chosen and not any(texts)

    def fill(self, alternative: Alternative) -> None:
        """Show an alternative in the fields."""
        self.how.data = _how(alternative).value
        self.period.form.fill(alternative.retention_period)
        self.trigger.data = alternative.retention_trigger or ""
        show_text(self, "condition", alternative.condition)
        show_text(self, "event", alternative.trigger_text)
        show_text(self, "criteria", alternative.criteria)

    def content(self) -> dict[str, Any]:
        """The alternative as a file would have it. Ask only when valid."""
        found: dict[str, Any] = {"condition": typed_text(self, "condition")}
        if self.how.data == How.PERMANENT:
            found["permanent"] = True
        elif self.how.data == How.CRITERIA:
            found["criteria"] = typed_text(self, "criteria")
        else:
            found["retention_period"] = self.period.form.text()
            found["retention_trigger"] = self.trigger.data
            found["trigger_text"] = typed_text(self, "event")
        return said(found)

    def refusals(self) -> Iterator[tuple[Any, str]]:
        """Each field that keeps the alternative from being whole, with the reason."""
        if typed_text(self, "condition") is None:
            yield self.condition_fi, _("Write under which condition, in one language at least.")
        if self.how.data == How.CRITERIA and typed_text(self, "criteria") is None:
            yield self.criteria_fi, str(NO_CRITERIA)
        if self.how.data != How.PERIOD:
            return
        if self.period.form.is_empty:
            yield self.period.form.years, str(NO_PERIOD)
        if not self.trigger.data:
            yield self.trigger, _("Choose from what the period is counted.")
        if typed_text(self, "event") and self.trigger.data != RetentionTrigger.EVENT:
            yield self.event_fi, str(ONLY_THE_EVENT)


def _how(alternative: Alternative) -> How:
    if alternative.permanent:
        return How.PERMANENT
    return How.CRITERIA if alternative.criteria is not None else How.PERIOD


class AlternativesField(FieldList):  # type: ignore[misc]  # WTForms ships no types
    """The rows of other lengths; their own fields have the filters that each form gives."""

    def __init__(self, *args: Any, filters: Sequence[Any] = (), **kwargs: Any) -> None:
        del filters
        super().__init__(PartField(AlternativeForm), *args, **kwargs)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """Numbers of rows in names that a page of ours may have sent; others are no rows."""
        for name in formdata:
            found = re.match(rf"{re.escape(prefix)}-([0-9]{{1,2}})-", name)
            if found:
                yield int(found[1])

    @property
    def errors(self) -> list[Any]:
        """What is wrong in the rows, also what was found after their validation."""
        return [row.errors for row in self.entries if row.errors]

    @errors.setter
    def errors(self, _found: object) -> None:
        """WTForms gathers here what the rows have themselves."""

    @property
    def rows(self) -> list[AlternativeForm]:
        """The rows in which something was typed, in their order."""
        return [row.form for row in self.entries if not row.form.is_empty]

    def fill(self, alternatives: Iterable[Alternative]) -> None:
        """Show the alternatives of a rule."""
        for alternative in alternatives:
            self.append_entry().form.fill(alternative)

    def add(self) -> AlternativeForm | None:
        """A further empty row; None when there are enough."""
        if len(self.entries) >= MOST_ROWS:
            return None
        form: AlternativeForm = self.append_entry().form
        return form

    def remove(self, number: str) -> None:
        """Take a row away, with what was typed into it; a number that no row has is let be."""
        if number in {row.short_name for row in self.entries}:
            self.pop_entry(int(number))

    def refuse_unended(self, alternatives: Iterable[Alternative], day: DateField) -> bool:
        """Whether a period that leads out of the calendar was refused, counted from a day."""
        found = False
        for row, alternative in zip(self.rows, alternatives, strict=True):
            try:
                retention_date(alternative.terms(), day.data)
            except DateOutOfRange:
                found = True
                row.period.form.years.errors = [str(PAST_THE_CALENDAR)]
        return found
