"""Input of a proposed change of a retention rule: every field of the rule, and back again."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from pydantic import ValidationError
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)

from app import clock
from app.calendar.periods import DateOutOfRange
from app.retention.definition_keys import KEY_RULE, key_from
from app.retention.definition_validation import fault_in_a_form
from app.retention.explain import ACTION_WORDS
from app.retention.forms.alternatives import AlternativesField
from app.retention.forms.confirming import number_seen
from app.retention.forms.fields import (
    NO_CRITERIA,
    NO_PERIOD,
    ONLY_THE_EVENT,
    PAST_THE_CALENDAR,
    TEXT_MAX,
    choose,
    offered,
    offered_triggers,
    said,
    show_text,
    typed,
    typed_text,
    word_unknown_choices,
)
from app.retention.forms.lengths import PeriodField
from app.retention.policies import Certainty, RetentionPolicy
from app.retention.rules import CutOff, DisposalAction, retention_date
from app.retention.services import REASON_MAX
from app.retention.triggers import RetentionTrigger
from app.retention.words import CUT_OFF_WORDS, STANDING_WORDS, Standing
from app.web.forms import DateField, Form, Required
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l


class Length(StrEnum):
    """The ways to say how long something is kept."""

    PERIOD = "period"
    CRITERIA = "criteria"
    UNTIL_FURTHER_NOTICE = "until_further_notice"
    NONE = "none"


_LENGTHS = {
    Length.PERIOD: _l("A period"),
    Length.CRITERIA: _l("Criteria in words"),
    Length.UNTIL_FURTHER_NOTICE: _l("Until further notice"),
    Length.NONE: _l("No period: kept permanently, or the period is still to be set"),
}
_CERTAINTIES = {
    Certainty.VERIFIED: STANDING_WORDS[Standing.VERIFIED],
    Certainty.TO_BE_CONFIRMED: STANDING_WORDS[Standing.TO_BE_CONFIRMED],
}

KEEP, MOVE = "keep", "move"
_EARLIER = {
    KEEP: _l("They keep the version that was in force when they were logged"),
    MOVE: _l("They come under the changed rule on the same day"),
}

# Where the message of a fault stands, by the place of the fault in the rule.
_PLACES = {
    ("mandate", "citation"): "citation",
    ("mandate", "source"): "source",
    ("mandate", "certainty"): "certainty",
    ("retention_trigger",): "trigger",
    ("trigger_text",): "event",
    ("disposal_action",): "action",
}


class RuleForm(Form):
    """A rule as it would be, from which day, and why.

    `seen` is the number of the version that it was made from, `shown` the fingerprint of the change
    whose effect the page has shown.
    """

    # Where the page begins when it comes back: at the field of the added row, or at the button.
    added = ""
    removed = False

    seen = HiddenField()
    shown = HiddenField()
    key = StringField(_l("Key"), description=KEY_RULE, render_kw={"maxlength": 80})
    code = StringField(
        _l("Code"), description=_l("For example S12: one to three capital letters and a number.")
    )
    name_fi = StringField(_l("Name in Finnish"), render_kw=TEXT_MAX)
    name_sv = StringField(_l("Name in Swedish"), render_kw=TEXT_MAX)
    name_en = StringField(_l("Name in English"), render_kw=TEXT_MAX)
    length = RadioField(_l("How long"), default=Length.PERIOD.value)
    period = PeriodField(_l("Period"))
    is_minimum = BooleanField(_l("At least this long"))
    criteria_fi = TextAreaField(_l("Criteria in Finnish"), render_kw=TEXT_MAX)
    criteria_sv = TextAreaField(_l("Criteria in Swedish"), render_kw=TEXT_MAX)
    criteria_en = TextAreaField(_l("Criteria in English"), render_kw=TEXT_MAX)
    alternatives = AlternativesField(_l("Other lengths under a condition"))
    trigger = SelectField(
        _l("Counted from"), [Required(_l("Choose from what the period is counted."))]
    )
    event_fi = StringField(_l("What the event is, in Finnish"), render_kw=TEXT_MAX)
    event_sv = StringField(_l("What the event is, in Swedish"), render_kw=TEXT_MAX)
    event_en = StringField(_l("What the event is, in English"), render_kw=TEXT_MAX)
    cut_off = SelectField(_l("Moved first"), default=CutOff.NONE.value)
    action = SelectField(
        _l("Then"), [Required(_l("Choose what happens when the period has ended."))]
    )
    review = PeriodField(_l("Reviewed at least every"))
    citation_fi = TextAreaField(_l("Citation in Finnish"), render_kw=TEXT_MAX)
    citation_sv = TextAreaField(_l("Citation in Swedish"), render_kw=TEXT_MAX)
    citation_en = TextAreaField(_l("Citation in English"), render_kw=TEXT_MAX)
    certainty = RadioField(_l("Certainty"), default=Certainty.TO_BE_CONFIRMED.value)
    source = TextAreaField(_l("Source that was read"), render_kw=TEXT_MAX)
    notes_fi = TextAreaField(_l("Notes in Finnish"), render_kw=TEXT_MAX)
    notes_sv = TextAreaField(_l("Notes in Swedish"), render_kw=TEXT_MAX)
    notes_en = TextAreaField(_l("Notes in English"), render_kw=TEXT_MAX)
    in_force_from = DateField(
        _l("In force from"),
        [Required(_l("Give the day from which the rule is in force."))],
        default=clock.today,
    )
    earlier = RadioField(_l("Documents that were logged earlier"), default=KEEP)
    reason = TextAreaField(
        _l("Reason for the change"),
        [Required(_l("Write why the rule is to be changed."))],
        render_kw={"maxlength": REASON_MAX},
    )
    example_on = DateField(
        _l("Day of the example"),
        [Required(_l("Give a day, to show what follows from it."))],
        default=clock.today,
    )

    def make_key(self, taken: Collection[str]) -> None:
        """Make the key of a new rule from its name where none was typed."""
        name = typed_text(self, "name")
        if name and typed(self.key) is None:
            self.key.data = key_from(next(iter(name.values())), taken)

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.length.choices = offered(_LENGTHS)
        self.trigger.choices = offered_triggers()
        self.cut_off.choices = offered(CUT_OFF_WORDS)
        self.action.choices = [choose(), *offered(ACTION_WORDS)]
        self.certainty.choices = offered(_CERTAINTIES)
        self.earlier.choices = [SelectChoice(value, str(text)) for value, text in _EARLIER.items()]
        word_unknown_choices(self)

    @property
    def seen_number(self) -> int:
        """The number of the version that was seen; 0 for a new rule."""
        return number_seen(self.seen.data)

    @property
    def moves_earlier(self) -> bool:
        """Whether earlier documents come under the changed rule as well."""
        return bool(self.earlier.data == MOVE)

    def fill(self, policy: RetentionPolicy) -> None:
        """Show a rule in the fields."""
        self.key.data, self.code.data = policy.key, policy.code
        self.length.data = _length_of(policy).value
        self.period.form.fill(policy.retention_period)
        self.is_minimum.data = policy.is_minimum
        self.trigger.data = policy.retention_trigger.value
        self.cut_off.data = policy.cut_off.value
        self.action.data = policy.disposal_action.value
        self.review.form.fill(policy.review_period)
        self.certainty.data = policy.mandate.certainty.value
        self.source.data = policy.mandate.source
        texts = {
            "name": policy.name,
            "criteria": policy.criteria,
            "event": policy.trigger_text,
            "citation": policy.mandate.citation,
            "notes": policy.notes,
        }
        for name, text in texts.items():
            show_text(self, name, text)
        self.alternatives.fill(policy.alternatives)

    def read(self, base: RetentionPolicy | None) -> RetentionPolicy | None:
        """The rule that was typed; None where it breaks a rule, and then the form says which.

        `base` is the rule that is changed; None for a new one, whose key was typed as well.
        """
        if not self.validate() or not self._fits_together():
            return None
        try:
            policy = RetentionPolicy.model_validate_json(json.dumps(self._content(base)))
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                message = fault_in_a_form(RetentionPolicy, fault)
                self._say(tuple(map(str, fault["loc"])), message)
            return None
        try:
            retention_date(policy.terms(), self.example_on.data)
        except DateOutOfRange:
            self._refuse(self.period.form.years, str(PAST_THE_CALENDAR))
            return None
        if self.alternatives.refuse_unended(policy.alternatives, self.example_on):
            return None
        return policy

    def rearrange(self, sent: Mapping[str, str]) -> bool:
        """Whether a row was asked for or taken away: the form then stands as it was typed."""
        if "remove" in sent:
            self.alternatives.remove(sent["remove"])
            self.removed = True
        elif "more" in sent:
            added = self.alternatives.add()
            self.added = added.condition_fi.id if added else ""
        else:
            return False
        self.shown.data = ""
        return True

    def _fits_together(self) -> bool:
        """Whether the length, in whichever way it was given, is whole."""
        if typed_text(self, "name") is None:
            self._refuse(self.name_fi, _("Give the rule a name, in one language at least."))
        if typed_text(self, "citation") is None:
            message = _("Give the authority: the act and section, or the decision.")
            self._refuse(self.citation_fi, message)
        if typed_text(self, "event") and self.trigger.data != RetentionTrigger.EVENT:
            self._refuse(self.event_fi, str(ONLY_THE_EVENT))
        self._check_length()
        for row in self.alternatives.rows:
            for field, message in row.refusals():
                self._refuse(field, message)
        return not self.errors

    def _check_length(self) -> None:
        """Refuse a length that is not whole, or does not go with what follows."""
        length, period = self.length.data, self.period.form
        if length == Length.PERIOD and period.is_empty:
            self._refuse(period.years, str(NO_PERIOD))
        elif length == Length.PERIOD and self.action.data == DisposalAction.RETAIN_PERMANENTLY:
            message = _(
                "What is kept permanently has no period. Choose “No period”, or another action."
            )
            self._refuse(self.action, message)
        if length == Length.CRITERIA and typed_text(self, "criteria") is None:
            self._refuse(self.criteria_fi, str(NO_CRITERIA))
        if self.is_minimum.data and length != Length.PERIOD:
            message = _("“At least” needs a period: choose “A period”, or take the tick away.")
            self._refuse(self.is_minimum, message)

    def _content(self, base: RetentionPolicy | None) -> dict[str, Any]:
        """The rule as its file would have it; what is empty is left out."""
        period = self.length.data == Length.PERIOD
        worded = self.length.data != Length.NONE
        content = {
            "key": base.key if base is not None else typed(self.key),
            "code": typed(self.code),
            "name": typed_text(self, "name"),
            "retention_period": self.period.form.text() if period else None,
            "is_minimum": bool(self.is_minimum.data) or None,
            "until_further_notice": self.length.data == Length.UNTIL_FURTHER_NOTICE or None,
            "criteria": typed_text(self, "criteria") if worded else None,
            "alternatives": [row.content() for row in self.alternatives.rows] or None,
            "retention_trigger": self.trigger.data,
            "trigger_text": typed_text(self, "event"),
            "cut_off": self.cut_off.data,
            "disposal_action": self.action.data,
            "review_period": self.review.form.text(),
            "mandate": said(
                {
                    "citation": typed_text(self, "citation"),
                    "certainty": self.certainty.data,
                    "source": typed(self.source),
                }
            ),
            "notes": typed_text(self, "notes"),
        }
        return said(content)

    def _say(self, loc: tuple[str, ...], message: str) -> None:
        """Put a message beside its field, or above the form."""
        form: Form = self
        if loc[0] == "alternatives" and len(loc) > 1:
            form, loc = self.alternatives.rows[int(loc[1])], loc[2:]
        for place in _candidates(loc):
            if place in form:
                self._refuse(form[place], message)
                return
        self.form_errors.append(message)

    def _refuse(self, field: Field, message: str) -> None:
        field.errors = [*field.errors, message]


def _candidates(loc: tuple[str, ...]) -> Iterator[str]:
    """Names of fields that a place in the rule may have, the nearest one first."""
    for size in range(len(loc), 0, -1):
        name = _PLACES.get(loc[:size], loc[0] if size == 1 else "")
        rest: Iterable[str] = loc[size:] or ("fi",)
        yield from (f"{name}_{code}" for code in rest)
        yield name


def _length_of(policy: RetentionPolicy) -> Length:
    if policy.retention_period is not None:
        return Length.PERIOD
    if policy.until_further_notice:
        return Length.UNTIL_FURTHER_NOTICE
    return Length.CRITERIA if policy.criteria is not None else Length.NONE


class DecisionForm(Form):
    """Why a proposal is not approved, or is taken back."""

    decision_reason = TextAreaField(
        _l("Reason"),
        [Required(_l("Write the reason: it stays with the proposal."))],
        render_kw={"maxlength": REASON_MAX},
    )
