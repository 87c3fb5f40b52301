"""The format of definition files as JSON Schema, made from the typed model itself."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from app.registers.definitions.model import RegisterDefinition
from app.registers.differences.names import FIELD_WORDS, PART_WORDS
from app.retention.policies import PolicyFile
from app.web.i18n import language

Schema = dict[str, Any]


def register_schema() -> Schema:
    """The schema of a register's file."""
    schema = _schema(RegisterDefinition, "register")
    # One special category may stand without a list, as in the files of the first version.
    category = schema["$defs"]["DataCategory"]["properties"]
    category["special"] = {
        "title": category["special"].get("title", "special"),
        "anyOf": [
            {"type": "array", "items": {"$ref": "#/$defs/SpecialData"}},
            {"$ref": "#/$defs/SpecialData"},
        ],
    }
    return schema


def policy_schema() -> Schema:
    """The schema of a file of retention rules."""
    return _schema(PolicyFile, "retention-policies")


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "register": register_schema,
    "policy": policy_schema,
}


def _schema(model: type[BaseModel], name: str) -> Schema:
    schema = model.model_json_schema(mode="validation")
    with language("en"):
        _entitle(schema, PART_WORDS)
        for part in schema.get("$defs", {}).values():
            _entitle(part, FIELD_WORDS)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:seloste:{name}:1",
        **schema,
    }


def _entitle(part: Schema, names: dict[str, Any]) -> None:
    """Give each field the name that people see, instead of its key in capitals."""
    for key, field in part.get("properties", {}).items():
        field["title"] = str(names[key]) if key in names else key
