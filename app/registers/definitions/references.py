"""How one part of a definition names another: by its key, marked with what kind of thing it is.

The mark is part of the type, so that whoever needs the references of a definition (the checks, the
editor, a difference) finds them without a list of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.retention.definition_files import Loc
from app.retention.definition_models import Key


@dataclass(frozen=True)
class RefersTo:
    """The list of a definition, or the kind of definition, to which a key belongs."""

    target: str


ServiceKey = Annotated[Key, RefersTo("services")]
DocumentTypeKey = Annotated[Key, RefersTo("document_types")]
DisclosureKey = Annotated[Key, RefersTo("disclosures")]
CategoryKey = Annotated[Key, RefersTo("data_categories")]
SubjectKey = Annotated[Key, RefersTo("data_subjects")]
RetentionRuleKey = Annotated[Key, RefersTo("retention_rules")]
RegisterKey = Annotated[Key, RefersTo("registers")]


def target_of(field: FieldInfo) -> str | None:
    """What the key or the keys in a field refer to; None for a field of another kind."""
    return _target(field.annotation, tuple(field.metadata))


def references(part: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, str, str]]:
    """Each reference in a part of a definition: where it stands, to what, by which key."""
    for name, target in _fields(type(part)):
        value = getattr(part, name)
        if target is not None:
            yield from _keys(value, (*loc, name), target)
        elif isinstance(value, BaseModel):
            yield from references(value, (*loc, name))
        elif isinstance(value, tuple):
            for number, member in enumerate(value):
                if isinstance(member, BaseModel):
                    yield from references(member, (*loc, name, number))


def _keys(value: object, loc: Loc, target: str) -> Iterator[tuple[Loc, str, str]]:
    if isinstance(value, str):
        yield loc, target, value
    elif isinstance(value, tuple):
        for number, key in enumerate(value):
            yield (*loc, number), target, key


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    return tuple((name, target_of(field)) for name, field in model.model_fields.items())


def _target(annotation: Any, metadata: tuple[Any, ...]) -> str | None:
    for mark in metadata:
        if isinstance(mark, RefersTo):
            return mark.target
    inner = get_args(annotation)
    marks = tuple(part for part in inner if isinstance(part, RefersTo))
    if marks:
        return marks[0].target
    return next(filter(None, (_target(part, ()) for part in inner)), None)
