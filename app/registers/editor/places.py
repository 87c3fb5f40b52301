"""Places of a definition that are edited at once: a page of fields, or one member of a list.

A definition is held as the plain data of its canonical JSON; nothing here changes it in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.consistency import KEYED_LISTS
from app.registers.editor.identity import position
from app.registers.editor.inputs import type_of
from app.registers.editor.keys import after_name
from app.retention.definition_files import Loc

Content = Mapping[str, Any]

FORMS: dict[str, tuple[str, ...]] = {
    "basics": ("name", "description", "languages", "version", "capacity"),
    "people": (
        "data_protection_officer",
        "owner",
        "contact",
        "joint_arrangement",
        "processing_for_others",
    ),
    "transfers": ("transfers",),
    "automated_decisions": ("automated_decisions",),
    "impact_assessment": ("impact_assessment",),
    "retention": ("retention", "staff_instructions"),
    "direct_marketing": ("direct_marketing",),
    "notice": ("notice",),
}
LISTS = (
    "controllers",
    "processors",
    "purposes",
    "statutes",
    "data_subjects",
    "data_categories",
    "sources",
    "disclosures",
    "safeguards",
    "storage_places",
    "services",
    "document_types",
    "storage_rules",
    "rights",
    "printed_fields",
    "remarks",
)
# A list that is not there says nothing; an empty one says that there is nothing.
MAY_BE_SILENT = ("processors", "sources", "disclosures", "rights")
# No key looks like this.
NEW = "_new"


@dataclass(frozen=True)
class Seen:
    """What a form was made from: the hash of the draft, and the digest of the place in it.

    `standing`: the digests of the members of the list, where they have only their place.
    """

    content_hash: str = ""
    place: str = ""
    standing: tuple[str, ...] = ()


UNSEEN = Seen()


@dataclass(frozen=True)
class Place:
    """A page of fields (`member` None), a member of a list by its key or number, or a new one."""

    part: str
    member: str | None = None

    @property
    def model(self) -> type[BaseModel]:
        """The model whose fields are edited."""
        if self.member is None:
            return RegisterDefinition
        members = RegisterDefinition.model_fields[self.part].annotation
        member: type[BaseModel] = type_of(members)[0]
        return member

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are edited; a key is given once and stays."""
        if self.member is None:
            return FORMS[self.part]
        names = after_name(self.model)
        if self.member == NEW and self.part in KEYED_LISTS:
            return names
        return tuple(name for name in names if name != "key")

    def index(self, content: Content, seen: Seen = UNSEEN) -> int | None:
        """Where the member stands now; None when it is not there."""
        members = content.get(self.part) or []
        return position(self.part, members, self.member or "", seen.place, seen.standing)

    def value(self, content: Content, seen: Seen = UNSEEN) -> dict[str, Any] | None:
        """What stands at the place; None when it is not there."""
        if self.member is None:
            return {name: content[name] for name in FORMS[self.part] if name in content}
        number = self.index(content, seen)
        return None if number is None else dict(content[self.part][number])

    def put(
        self, content: Content, value: dict[str, Any], seen: Seen = UNSEEN
    ) -> tuple[Content, Loc]:
        """The definition with a value at the place, and where that is in it."""
        if self.member is None:
            rest = {name: each for name, each in content.items() if name not in FORMS[self.part]}
            return {**rest, **value}, ()
        members = list(content.get(self.part) or [])
        number = None if self.member == NEW else self.index(content, seen)
        if number is None:
            number = len(members)
            members.append(value)
        else:
            members[number] = value
        return {**content, self.part: members}, (self.part, number)


def place_of(where: tuple[str, ...], content: Content) -> Place | None:
    """The place that is edited to change what a finding is about, as `where` tells it.

    Of a member that is not there it is the list; None where the editor has no place for it.
    """
    part, *rest = where
    if part in LISTS:
        member = Place(part, ".".join(rest[: 2 if part == "storage_rules" else 1]))
        return Place(part) if member.index(content) is None else member
    return next((Place(page) for page, fields in FORMS.items() if part in fields), None)
