"""The format of definition files as JSON Schema, made from the typed model itself."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from app.registers.definitions import parts
from app.registers.definitions.model import RegisterDefinition
from app.registers.definitions.names import label
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


# What tells files apart has no name for people.
_HEAD = ("kind", "schema_version", "key")

SCHEMAS: dict[str, Callable[[], Schema]] = {
    "register": register_schema,
    "policy": policy_schema,
}


def _schema(model: type[BaseModel], name: str) -> Schema:
    schema = model.model_json_schema(mode="validation")
    with language("en"):
        _entitle(schema, model if model is RegisterDefinition else None)
        for part, definition in schema.get("$defs", {}).items():
            _entitle(definition, getattr(parts, part, None))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:seloste:{name}:1",
        **schema,
    }


def _entitle(schema: Schema, model: type[BaseModel] | None) -> None:
    """Give each field the name that people see in forms, instead of its key in capitals."""
    for key, field in schema.get("properties", {}).items():
        field["title"] = key if model is None or key in _HEAD else label(model, key)
