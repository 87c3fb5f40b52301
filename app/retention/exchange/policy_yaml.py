"""Retention rules as a file that a person reviews and then loads."""

from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from app.retention.definition_files import SCHEMA_VERSION
from app.retention.definition_models import LocalizedText
from app.retention.policies import KIND, RetentionPolicy

_WIDE = 10_000


def to_yaml(policies: Iterable[RetentionPolicy], source: Path) -> str:
    """The file: header, a comment on its origin, the rules in their order with keys in ours."""
    yaml = YAML()
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    title = LocalizedText(fi="Tuodut säilytyssäännöt", sv="Importerade förvaringsregler")
    content = CommentedMap(
        {
            "kind": KIND,
            "schema_version": SCHEMA_VERSION,
            "title": {**_plain(title), "en": "Imported retention rules"},
            "rules": [_plain(policy) for policy in policies],
        }
    )
    name = "".join(c if c.isprintable() else "?" for c in source.name)
    content.yaml_set_start_comment(
        f"Read from {name}. Nothing is in force yet: check each rule against its source, give it\n"
        "Swedish and English texts, put the file into retention_policies and run: seloste init"
    )
    text = StringIO()
    yaml.dump(content, text)
    return text.getvalue()


def _plain(part: RetentionPolicy | LocalizedText) -> dict[str, Any]:
    content: dict[str, Any] = part.model_dump(mode="json", exclude_defaults=True)
    return content
