"""What every definition file is made of: the strict base model, texts in three languages, keys.

A definition is a value: frozen, comparable, with one canonical JSON form. That form is stored when
a version is published, and its hash tells whether two versions say the same.
"""

import hashlib
import json
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

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
    """A text of the organisation. Finnish is always there; bundled definitions have all three."""

    fi: Text
    sv: Text | None = None
    en: Text | None = None


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
