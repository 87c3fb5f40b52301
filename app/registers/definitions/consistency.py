"""What must hold between the parts of a register: keys are unique, and what they name is there.

The same questions are asked of a file before it is loaded and of a draft before it is saved.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.registers.definitions.model import RegisterDefinition
from app.registers.definitions.references import references
from app.retention.definition_files import MAX_PROBLEMS, Loc
from app.retention.definition_models import located_texts
from app.web.i18n import gettext as _

# Lists whose members are known by their key.
KEYED_LISTS = (
    "controllers",
    "processors",
    "purposes",
    "data_subjects",
    "data_categories",
    "sources",
    "disclosures",
    "safeguards",
    "services",
    "document_types",
    "remarks",
)


@dataclass(frozen=True)
class Fault:
    """A place in a definition that contradicts another, in the language in use."""

    code: str
    loc: Loc
    message: str
    remedy: str


def faults(register: RegisterDefinition, known: Mapping[str, Collection[str]]) -> tuple[Fault, ...]:
    """Everything in a register that does not fit together.

    `known` holds the keys of what stands outside it, `retention_rules` and `registers`; what is
    left out is not checked.
    """
    found = [*_duplicate_keys(register), *_duplicate_pairs(register)]
    found += _dangling(register, {**known, **_own_keys(register)})
    found += _merges(register)
    found += _unsaid(register)
    return tuple(found)


def _own_keys(register: RegisterDefinition) -> dict[str, set[str]]:
    return {name: {member.key for member in getattr(register, name) or ()} for name in KEYED_LISTS}


def _duplicate_keys(register: RegisterDefinition) -> Iterator[Fault]:
    for name in KEYED_LISTS:
        seen: set[str] = set()
        for number, member in enumerate(getattr(register, name) or ()):
            if member.key in seen:
                yield Fault(
                    "duplicate_member",
                    (name, number, "key"),
                    _("The key “%(key)s” is used twice in this list.", key=member.key),
                    _("Give each member of the list a key of its own."),
                )
            seen.add(member.key)


def _duplicate_pairs(register: RegisterDefinition) -> Iterator[Fault]:
    pairs: set[tuple[str, str]] = set()
    for number, rule in enumerate(register.storage_rules):
        pair = (rule.service, rule.document_type)
        if pair in pairs:
            yield Fault(
                "duplicate_member",
                ("storage_rules", number),
                _("There is already a storage rule for this service and document type."),
                _("Merge the two rules."),
            )
        pairs.add(pair)


def _dangling(
    register: RegisterDefinition, known: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    told = 0  # Looking for near keys is slow, and nobody reads more.
    for loc, target, key in references(register):
        if target == "registers" and key == register.key:
            yield Fault(
                "self_reference",
                loc,
                _("The notice of a register tells of that register anyway."),
                _("Name only other registers here."),
            )
        elif target in known and key not in known[target]:
            yield Fault(
                "dangling_reference",
                loc,
                _("“%(key)s” is not among “%(target)s”.", key=key, target=target),
                _way_out(key, target, () if told > MAX_PROBLEMS else known[target]),
            )
            told += 1


def _way_out(key: str, target: str, known: Collection[str]) -> str:
    """What to do about a reference that leads nowhere: the nearest key, or where to define it."""
    near = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.8)
    if near:
        return _("Did you mean “%(key)s”?", key=near[0])
    if target == "retention_rules":
        return _(
            "Correct the key, or add the rule to a file of retention rules; “seloste check” reads "
            "the files it is given and, without any, the folder retention_policies."
        )
    if target == "registers":
        return _("Correct the key, or check both files together.")
    return _("Define it there, or correct the reference.")


def _unsaid(register: RegisterDefinition) -> Iterator[Fault]:
    """Texts that are not in the first language of the register."""
    first = register.languages[0]
    for loc, text in located_texts(register, ()):
        if getattr(text, first) is None:
            yield Fault(
                "missing_key",
                (*loc, first.value),
                _("The text is missing in the first language of the register."),
                _("Add it; or put the language in which texts are written first in “languages”."),
            )


def _merges(register: RegisterDefinition) -> Iterator[Fault]:
    """Merged document types lead to one that is in use, and nothing else leads to them."""
    into = {kind.key: kind.merged_into for kind in register.document_types if kind.merged_into}
    for number, kind in enumerate(register.document_types):
        if kind.key in into and _is_circular(kind.key, into):
            yield Fault(
                "circular_merge",
                ("document_types", number, "merged_into"),
                _("“%(key)s” is merged into itself in the end.", key=kind.key),
                _("Leave “merged_into” out of the type that stays in use."),
            )
    for loc, target, key in references(register):
        if target == "document_types" and key in into and loc[-1] != "merged_into":
            yield Fault(
                "merged_type_used",
                loc,
                _(
                    "“%(key)s” was merged into “%(into)s” and is not used any more.",
                    key=key,
                    into=into[key],
                ),
                _("Write “%(into)s” here, or leave the entry out.", into=into[key]),
            )


def _is_circular(key: str, into: Mapping[str, str]) -> bool:
    seen = {key}
    while key in into:
        key = into[key]
        if key in seen:
            return True
        seen.add(key)
    return False
