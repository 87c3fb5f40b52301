"""What the members of a definition are called in lists, and what a reference may name."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from app.registers.definitions import RegisterDefinition, words
from app.registers.definitions.consistency import KEYED_LISTS
from app.registers.definitions.parts import (
    PrintedField,
    RightOffered,
    StoragePlace,
    StorageRule,
)
from app.registers.editor.inputs import Choice
from app.registers.editor.keys import NAMES
from app.web.i18n import pick


def title_of(definition: RegisterDefinition, member: BaseModel) -> str:
    """A member of a list as people call it, in the language in use."""
    if isinstance(member, StorageRule):
        service = pick(definition.service(member.service).name)
        return f"{service}: {pick(definition.document_type(member.document_type).name)}"
    if isinstance(member, RightOffered):
        return words(member.right)
    if isinstance(member, PrintedField):
        return f"{member.number} {member.heading}"
    if isinstance(member, StoragePlace):
        return f"{words(member.medium)}: {pick(member.place)}"
    text = next(getattr(member, n) for n in NAMES if hasattr(member, n))
    return pick(text)


def targets(
    definition: RegisterDefinition, rules: Sequence[Choice], registers: Mapping[str, str]
) -> dict[str, Sequence[Choice]]:
    """What references may name: key and words, by the list they refer to."""
    found: dict[str, Sequence[Choice]] = {
        name: [(each.key, title_of(definition, each)) for each in getattr(definition, name) or ()]
        for name in KEYED_LISTS
    }
    in_use = {kind.key for kind in definition.offered_types()}
    found["document_types"] = [each for each in found["document_types"] if each[0] in in_use]
    found["retention_rules"] = rules
    found["registers"] = [each for each in registers.items() if each[0] != definition.key]
    return found
