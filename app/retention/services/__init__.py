"""Taking retention rules into use, confirming and changing them. The only writers."""

from app.retention.services.confirming import ROLE_MAX, SOURCE_MAX, confirm
from app.retention.services.loading import LoadedRules, load_rules
from app.retention.services.proposing import (
    PROPOSERS,
    REASON_MAX,
    Change,
    approve,
    propose,
    reject,
    withdraw,
)

__all__ = [
    "PROPOSERS",
    "REASON_MAX",
    "ROLE_MAX",
    "SOURCE_MAX",
    "Change",
    "LoadedRules",
    "approve",
    "confirm",
    "load_rules",
    "propose",
    "reject",
    "withdraw",
]
