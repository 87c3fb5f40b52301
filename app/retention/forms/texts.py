"""Texts in languages as fields of a form: `name_fi`, `name_sv`, `name_en`."""

from collections.abc import Mapping
from typing import Any

from wtforms import Field, SelectChoice

from app.retention.definition_models import LocalizedText
from app.web.forms import Form
from app.web.i18n import LANGUAGES

TEXT_MAX = {"maxlength": 4000}


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


def offered(words: Mapping[Any, object]) -> list[SelectChoice]:
    """The words of a closed list as choices."""
    return [SelectChoice(value.value, str(text)) for value, text in words.items()]
