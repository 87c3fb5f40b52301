"""Where a finding stands, in words: the part of the register and the member of it."""

from collections.abc import Iterator

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.names import part_label
from app.retention.policies import RetentionPolicy
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import pick

# Findings stand in the retention rules as well, which are no part of a definition.
_RULES = _l("Retention rules")

# A long text names its member only by its beginning.
_LONGEST = 60


def place_words(
    register: RegisterDefinition, policies: dict[str, RetentionPolicy], where: tuple[str, ...]
) -> str:
    """The place of a finding, for example “Service types › Ray”; empty for the whole register."""
    if not where:
        return ""
    part, *keys = where
    label = str(_RULES) if part == "retention_rules" else part_label(part)
    if part == "storage_rules":
        # A finding in the words of a rule knows only that they stand in one.
        ways = zip(("services", "document_types"), keys, strict=False)
        names = [name for way, key in ways for name in _member(register, way, key)]
    elif part == "retention_rules":
        names = [pick(policies[keys[0]].name)] if keys[0] in policies else keys
    else:
        names = list(_member(register, part, keys[0])) if keys else []
    return " › ".join([label, *names])


def _member(register: RegisterDefinition, part: str, key: str) -> Iterator[str]:
    """What people call the member of a part."""
    members = getattr(register, part, None)
    for member in members if isinstance(members, tuple) else ():
        if getattr(member, "key", None) == key:
            words = next(
                (
                    getattr(member, name)
                    for name in ("name", "recipient", "text")
                    if hasattr(member, name)
                ),
            )
            text = pick(words)
            yield text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
