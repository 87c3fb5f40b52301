"""Reads of destruction: what is due, what stands in the way, lists, paper, holds."""

from app.destruction.queries.due import (
    DueCounts,
    DueKey,
    DuePage,
    DueRow,
    due,
    due_by_month,
    due_counts,
)
from app.destruction.queries.holds import HoldRow, find_target, hold_list, holds_on, target_of
from app.destruction.queries.lists import (
    ListPage,
    ListRow,
    disposal_list,
    disposal_lists,
    find_list,
)
from app.destruction.queries.obstacles import obstacles_of
from app.destruction.queries.paper import PaperLine, pick_list, witnesses

__all__ = [
    "DueCounts",
    "DueKey",
    "DuePage",
    "DueRow",
    "HoldRow",
    "ListPage",
    "ListRow",
    "PaperLine",
    "disposal_list",
    "disposal_lists",
    "due",
    "due_by_month",
    "due_counts",
    "find_list",
    "find_target",
    "hold_list",
    "holds_on",
    "obstacles_of",
    "pick_list",
    "target_of",
    "witnesses",
]
