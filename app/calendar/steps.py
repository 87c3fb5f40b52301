"""One step of a computed date, as data that can be stored, sent and put into any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Step(Generic[Code]):
    """What was done (`code`), the day it led to, and the values that it used.

    Values are text and whole numbers only; days among them are written as in ISO 8601.
    """

    code: Code
    day: date | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The step as JSON data, the same in each language."""
        day = None if self.day is None else self.day.isoformat()
        return {"code": self.code.value, "day": day, "values": dict(self.values)}
