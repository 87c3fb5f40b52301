"""Every text of a definition with its place."""

from collections.abc import Iterator

from pydantic import BaseModel

from app.registers.definitions import RegisterDefinition
from app.retention.definition_models import LocalizedText


def texts_of(register: RegisterDefinition) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text with its place. Of a translated text only the Finnish original."""
    yield from _texts(register, ())


def _texts(value: object, where: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, LocalizedText):
        yield where, value.original
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*where, name))
    elif isinstance(value, tuple):
        for number, member in enumerate(value):
            yield from _texts(member, (*where, getattr(member, "key", str(number))))
    elif isinstance(value, str):
        yield where, value


def localized(value: object) -> Iterator[LocalizedText]:
    """Each translated text inside a value."""
    if isinstance(value, LocalizedText):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from localized(getattr(value, name))
    elif isinstance(value, tuple):
        for member in value:
            yield from localized(member)
