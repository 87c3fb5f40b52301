"""Retention rules as a file of our own: those of another system to review, and those in force."""

from collections.abc import Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from app.retention.definition_files import SCHEMA_VERSION
from app.retention.definition_models import LocalizedText, located_texts
from app.retention.policies import KIND, RetentionPolicy
from app.web.i18n import LANGUAGES

_WIDE = 10_000

_IMPORTED = LocalizedText(
    fi="Tuodut säilytyssäännöt", sv="Importerade förvaringsregler", en="Imported retention rules"
)
_IN_FORCE = LocalizedText(
    fi="Voimassa olevat säilytyssäännöt",
    sv="Gällande förvaringsregler",
    en="Retention rules in force",
)


def incoming_yaml(policies: Iterable[RetentionPolicy], source: Path) -> str:
    """The file of rules that were read from another system's file."""
    name = "".join(c if c.isprintable() else "?" for c in source.name)
    return _yaml(
        policies,
        _IMPORTED,
        f"Read from {name}. Nothing is in force yet: check each rule against its source, give it\n"
        "the texts of other languages (seloste check names those without which it does not load),\n"
        "put the file into retention_policies and run: seloste init",
    )


def rules_yaml(policies: Iterable[RetentionPolicy], made_on: date) -> str:
    """The file of rules in force: loaded again, it says the same and changes nothing."""
    return _yaml(
        policies,
        _IN_FORCE,
        f"The retention rules in force on {made_on.isoformat()}. In retention_policies each rule\n"
        "stands in one file only: take it out of the other one before this file is put there.",
    )


def first_language(policies: Iterable[RetentionPolicy]) -> str | None:
    """The language in which every text of the rules is written, which a file must have."""
    texts = [text for policy in policies for _loc, text in located_texts(policy, ())]
    return next((code for code in LANGUAGES if all(getattr(t, code) for t in texts)), None)


def _yaml(policies: Iterable[RetentionPolicy], title: LocalizedText, comment: str) -> str:
    """The file: header, a comment on its origin, the rules in their order with keys in ours."""
    policies = list(policies)
    first = first_language(policies) or "fi"
    yaml = YAML()
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = CommentedMap(
        {
            "kind": KIND,
            "schema_version": SCHEMA_VERSION,
            **({"languages": [first]} if first != "fi" else {}),
            "title": _plain(title),
            "rules": [_plain(policy) for policy in policies],
        }
    )
    content.yaml_set_start_comment(comment)
    text = StringIO()
    yaml.dump(content, text)
    return text.getvalue()


def _plain(part: RetentionPolicy | LocalizedText) -> dict[str, Any]:
    content: dict[str, Any] = part.model_dump(mode="json", exclude_defaults=True)
    return content
