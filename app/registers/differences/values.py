"""Values of a definition in words, for showing what was and what is."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from app.registers.definitions import words
from app.registers.definitions.vocabulary import has_words
from app.retention.definition_models import LocalizedText
from app.web.i18n import LANGUAGES, format_date, pick
from app.web.i18n import gettext as _


def in_words(value: Any) -> str:
    """A value of a definition as people read it; an empty text for what is not there."""
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(in_words, value)))
    for kind, say in _WAYS:
        if isinstance(value, kind):
            return say(value)
    return "" if value is None else str(value)


def name_of(part: BaseModel) -> str:
    """What people call a part of a definition: its name, or the texts it consists of."""
    for field in ("name", "recipient", "role", "heading"):
        found = getattr(part, field, None)
        if found is not None:
            return in_words(found)
    texts = (in_words(getattr(part, field)) for field in type(part).model_fields if field != "key")
    return ", ".join(filter(None, texts))


def untranslated(value: Any) -> Any:
    """Plain data without its translations: what is left equal was only said in other words."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES):
            return next(value[code] for code in LANGUAGES if code in value)
        return {key: untranslated(member) for key, member in value.items()}
    if isinstance(value, list):
        return [untranslated(member) for member in value]
    return value


# A vocabulary is text and a text in languages is a model, so the narrower kind stands first.
_WAYS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: _("yes") if value else _("no")),
    (LocalizedText, pick),
    (StrEnum, lambda value: words(value) if has_words(value) else value.value),
    (date, format_date),
    (BaseModel, name_of),
)
