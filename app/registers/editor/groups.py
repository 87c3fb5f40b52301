"""The parts of a draft under the questions that they answer, in the order in which one writes."""

from dataclasses import dataclass
from typing import Any

from app.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Group:
    """Parts that answer one question; `key` is its place on the page."""

    key: str
    label: Any
    parts: tuple[str, ...]


GROUPS = (
    Group("itself", _l("The register itself"), ("basics",)),
    Group("who", _l("Who answers for it"), ("people", "controllers", "processors")),
    Group(
        "why",
        _l("Why, and by what right"),
        ("purposes", "statutes", "automated_decisions", "impact_assessment", "direct_marketing"),
    ),
    Group("what", _l("What, on whom, from where"), ("data_subjects", "data_categories", "sources")),
    Group("where", _l("To whom and where"), ("disclosures", "transfers")),
    Group("how", _l("How long and how safely"), ("retention", "storage_places", "safeguards")),
    Group("work", _l("Services and documents"), ("services", "document_types", "storage_rules")),
    Group("offered", _l("What people are told and offered"), ("rights", "notice")),
    Group("printed", _l("The printed description"), ("printed_fields", "remarks")),
)
_IN_ORDER = tuple(part for group in GROUPS for part in group.parts)


def part_after(part: str) -> str | None:
    """The part that one writes next; None after the last."""
    following = _IN_ORDER[_IN_ORDER.index(part) + 1 :]
    return following[0] if following else None
