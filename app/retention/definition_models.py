"""What every definition file is made of: the strict base model, texts in three languages, keys.

A definition is a value: frozen, comparable, with one canonical JSON form. That form is stored when
a version is published, and its hash tells whether two versions say the same.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.web.i18n import gettext as _

REFUSED = "refused"
KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def refused(message: str, remedy: str) -> PydanticCustomError:
    """The error a validator raises, so that the reader can show why and what to do instead."""
    return PydanticCustomError(REFUSED, "{message}", {"message": message, "remedy": remedy})


# Name by which definitions refer to each other.
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=80)]

# Words for people. What is not stated is left out, never written as an empty text.
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class StrictModel(BaseModel):
    """A part of a definition: no unknown keys, no guessing of types, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LocalizedText(StrictModel):
    """A text of the organisation in one language or more; bundled definitions have all three.

    Which language must be there is told by the definition that holds the text.
    """

    fi: Text | None = None
    sv: Text | None = None
    en: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.fi or self.sv or self.en):
            raise refused(_("The text is in no language."), _("Write it as {fi: …, sv: …, en: …}."))
        return self

    @property
    def original_language(self) -> str:
        """The code of the language of `original`."""
        return "fi" if self.fi else "sv" if self.sv else "en"

    @property
    def original(self) -> str:
        """The text in the language in which it was probably written: the first that it has."""
        found = self.fi or self.sv or self.en
        assert found is not None
        return found


Located = tuple[tuple[str | int, ...], LocalizedText]


class Definition(StrictModel):
    """A definition that is stored as a version."""

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, values that equal their default left out.

        Leaving defaults out keeps the hash of an old version when the format gains an optional key.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The definition that `to_json` wrote. Raises pydantic.ValidationError on anything else."""
        return cls.model_validate_json(text)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def located_texts(value: object, loc: tuple[str | int, ...]) -> Iterator[Located]:
    """Each text in languages inside a value, with its place."""
    if isinstance(value, LocalizedText):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from located_texts(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple):
        for number, member in enumerate(value):
            yield from located_texts(member, (*loc, number))
