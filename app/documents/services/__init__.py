"""What is done with documents: logged, opened, handed over, placed, and their clocks started."""

from app.documents.services.clocks import catch_up_clocks, end_episode, restart_clocks
from app.documents.services.custody import acknowledge, hand_over, move_item, refuse_hand_over
from app.documents.services.entry import log_document
from app.documents.services.locations import create_location
from app.documents.services.opening import open_item
from app.documents.services.rule_changes import (
    Outlook,
    check_may_move,
    follow_changes,
    outlook,
)
from app.documents.services.sweeping import sweep_orphans
from app.documents.services.uploads import Upload

__all__ = [
    "Outlook",
    "Upload",
    "acknowledge",
    "catch_up_clocks",
    "check_may_move",
    "create_location",
    "end_episode",
    "follow_changes",
    "hand_over",
    "log_document",
    "move_item",
    "open_item",
    "outlook",
    "refuse_hand_over",
    "restart_clocks",
    "sweep_orphans",
]
