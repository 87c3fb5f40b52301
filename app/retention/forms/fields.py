"""What the forms of a rule and of its other lengths share: texts in languages, choices, refusals.

A text in languages has a field for each of them: `name_fi`, `name_sv`, `name_en`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field, SelectChoice, SelectField

from app.retention.definition_models import LocalizedText
from app.retention.triggers import TRIGGER_WORDS
from app.web.forms import Form
from app.web.i18n import LANGUAGES
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

TEXT_MAX = {"maxlength": 4000}

# What is refused in a rule and in each of its other lengths alike.
NO_PERIOD = _l("Give the length of the period; 0 days for no time at all.")
NO_CRITERIA = _l("Write the criteria, in one language at least.")
PAST_THE_CALENDAR = _l("The period leads past the year 9999. Give a shorter one.")
ONLY_THE_EVENT = _l("Only “the event that the document is about” is told in words of your own.")


def typed(field: Field) -> str | None:
    """What was typed into a field; None for nothing."""
    text = (field.data or "").replace("\r\n", "\n").strip()
    return text or None


def typed_text(form: Form, name: str) -> dict[str, str] | None:
    """A text in the languages in which it was typed; None for none."""
    return said({code: typed(form[f"{name}_{code}"]) for code in LANGUAGES}) or None


def show_text(form: Form, name: str, text: LocalizedText | None) -> None:
    """Show a text in its fields."""
    for code in LANGUAGES:
        form[f"{name}_{code}"].data = getattr(text, code, None)


def said(content: dict[str, Any]) -> dict[str, Any]:
    """What is stated, as a definition has it: without what is left empty."""
    return {name: value for name, value in content.items() if value is not None}


def choose() -> SelectChoice:
    """The first choice of a list from which something has to be chosen."""
    return SelectChoice("", _("Choose"))


def offered_triggers() -> list[SelectChoice]:
    """The events from which a period can be counted, by their words."""
    return [choose(), *sorted(offered(TRIGGER_WORDS), key=lambda choice: choice.label)]


def word_unknown_choices(fields: Iterable[Field]) -> None:
    """Say in our words when a list was sent something that is none of its choices."""
    for field in fields:
        if isinstance(field, SelectField):
            field.invalid_choice_message = _("Choose one of the choices of the list.")


def offered(words: Mapping[Any, object]) -> list[SelectChoice]:
    """The words of a closed list as choices."""
    return [SelectChoice(value.value, str(text)) for value, text in words.items()]
