"""The manifest as YAML. Every text is quoted, because readers of YAML 1.1 take `no` for false."""

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from app.registers.exports.fides.systems import systems
from app.registers.exports.fides.taxonomy import (
    Resource,
    data_categories,
    data_subjects,
    data_uses,
)
from app.registers.exports.fides.terms import DEFAULT_ORGANISATION, Keys, fides_key
from app.registers.exports.source import ExportSource

# Wider than any text, so that no line is folded.
_WIDTH = 1_000_000


def fides_file(source: ExportSource) -> bytes:
    """The file, with texts in the language in use; each definition in `meta` has them all."""
    stream = io.StringIO()
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.allow_unicode = True
    yaml.dump(_quoted(manifest(source)), stream)
    return stream.getvalue().encode()


def manifest(source: ExportSource) -> dict[str, list[Resource]]:
    """The resources of the manifest by their kind; each names its organisation."""
    made: dict[str, list[Resource]] = {
        "organization": [],
        "data_category": [],
        "data_use": [],
        "data_subject": [],
        "system": [],
    }
    for exported in source.registers:
        keys = Keys(exported.definition.key)
        made["data_category"] += data_categories(exported.definition, keys)
        made["data_use"] += data_uses(exported.definition, keys)
        made["data_subject"] += data_subjects(exported.definition, keys)
        made["system"] += systems(exported, source, keys)
    organisation = fides_key(source.organisation) or DEFAULT_ORGANISATION
    made["organization"].append({"fides_key": organisation, "name": source.organisation})
    return {
        kind: [
            {"organization_fides_key": organisation, **resource}
            if kind != "organization"
            else resource
            for resource in resources
        ]
        for kind, resources in made.items()
    }


def _quoted(value: Any) -> Any:
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    if isinstance(value, dict):
        return {key: _quoted(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_quoted(part) for part in value]
    return value
