"""Obstacles, refusals, reasons and methods of destruction in words, in the language in use."""

import re
from collections.abc import Mapping
from datetime import date

from app.destruction.rules import (
    KEY_DESTROYED,
    HoldReason,
    ListState,
    Obstacle,
    ObstacleCode,
    PaperMethod,
    Refusal,
    RefusalCode,
)
from app.documents.blockers import blocker_words
from app.retention.explain import ACTION_WORDS
from app.retention.policies import RetentionPolicy
from app.retention.rules import DisposalAction
from app.web.i18n import format_date
from app.web.i18n import lazy_gettext as _l

HOLD_WORDS = {
    HoldReason.DISPUTE: _l("dispute or legal claim"),
    HoldReason.COMPLAINT: _l("complaint to an authority"),
    HoldReason.AUTHORITY: _l("order or enquiry of an authority"),
    HoldReason.AUDIT: _l("audit of a project or of its funding"),
    HoldReason.RESTRICTION: _l("restriction of processing"),
    HoldReason.ARCHIVING: _l("appraisal for archiving"),
}

METHOD_WORDS = {
    PaperMethod.CROSS_CUT_P4: _l("cross-cut shredder, level P-4"),
    PaperMethod.CROSS_CUT_P5: _l("cross-cut shredder, level P-5"),
    PaperMethod.SECURE_CONTAINER: _l("locked container, collected for destruction"),
    PaperMethod.INCINERATED: _l("incinerated"),
    KEY_DESTROYED: _l("key destroyed, file erased"),
}

STATE_WORDS = {
    ListState.PROPOSED: _l("waits for approval"),
    ListState.RETURNED: _l("sent back for changes"),
    ListState.APPROVED: _l("approved"),
    ListState.CANCELLED: _l("cancelled"),
    ListState.EXECUTING: _l("being carried out"),
    ListState.EXECUTED: _l("carried out"),
}

# Colour of the tag of each state; the words say the same.
STATE_TAGS = {
    ListState.PROPOSED: "warn",
    ListState.RETURNED: "neutral",
    ListState.APPROVED: "info",
    ListState.CANCELLED: "neutral",
    ListState.EXECUTING: "warn",
    ListState.EXECUTED: "ok",
}

_OBSTACLES = {
    ObstacleCode.NO_DATE: _l("no retention date"),
    ObstacleCode.NOT_DUE: _l("not before %(day)s"),
    ObstacleCode.OTHER_ACTION: _l("the rule ends in: %(action)s"),
    ObstacleCode.ON_HOLD: _l("hold: %(reason)s"),
    ObstacleCode.ON_ANOTHER_LIST: _l("on list %(list)s"),
    ObstacleCode.LOCATION_UNKNOWN: _l("paper whose place is not known"),
    ObstacleCode.PAPER_LEFT: _l("paper whose destruction is not confirmed"),
}

_REFUSALS = {
    RefusalCode.WRONG_STATE: _l(
        "This cannot be done any more: the list is now in the state “%(state)s”. Open it again."
    ),
    RefusalCode.EMPTY_LIST: _l(
        "None of the chosen documents can be destroyed now: each has an obstacle."
    ),
    RefusalCode.OWN_PROPOSAL: _l(
        "You proposed this list yourself, so another person must approve it."
    ),
    RefusalCode.NOT_APPROVED_BY_ANOTHER: _l(
        "The list has not been approved by another person than the one who proposed it."
    ),
    RefusalCode.WAITING: _l("The waiting time goes on: the list can be carried out on %(day)s."),
    RefusalCode.PAPER_GONE: _l(
        "Paper of this list has already been destroyed, so it can only be carried through."
    ),
    RefusalCode.OWN_WITNESS: _l("The witness must be another person than the one who confirms."),
}

_STATUTE = re.compile(r"\b\d{1,4}/\d{4}\b")


def obstacle_text(obstacle: Obstacle) -> str:
    """One obstacle as a phrase; what another package has against it says so in its own words."""
    if obstacle.code is ObstacleCode.BLOCKED:
        return blocker_words(obstacle.values["blocker"])
    return str(_OBSTACLES[obstacle.code]) % _obstacle_values(obstacle.values)


def refusal_text(refusal: Refusal) -> str:
    """One refusal as a sentence that says the rule and the way out."""
    values = dict(refusal.values)
    if "state" in values:
        values["state"] = str(STATE_WORDS[ListState(values["state"])])
    if "first_day" in values:
        values["day"] = _day(values["first_day"])
    return str(_REFUSALS[refusal.code]) % values


def stored_obstacle(obstacle: Obstacle) -> str:
    """An obstacle as an entry of a list keeps it: its code and its value."""
    value = next(iter(obstacle.values.values()), None)
    return f"{obstacle.code}:{value}"[:40] if value else str(obstacle.code)


def read_obstacle(stored: str) -> Obstacle:
    """The obstacle of `stored_obstacle`."""
    code, _colon, value = stored.partition(":")
    return Obstacle(ObstacleCode(code), {_VALUE_KEYS[ObstacleCode(code)]: value} if value else {})


def short_mandate(policy: RetentionPolicy, number: int) -> str:
    """What lists call a rule: the number of its act, else its code, and the version of the rule."""
    found = _STATUTE.search(policy.mandate.citation.original)
    name = found.group() if found else policy.code or policy.key
    return f"{name} · v{number}"


_VALUE_KEYS = {
    ObstacleCode.NOT_DUE: "disposable_from",
    ObstacleCode.OTHER_ACTION: "disposal_action",
    ObstacleCode.ON_HOLD: "hold",
    ObstacleCode.BLOCKED: "blocker",
    ObstacleCode.ON_ANOTHER_LIST: "list",
    ObstacleCode.LOCATION_UNKNOWN: "item",
    ObstacleCode.PAPER_LEFT: "item",
}


def _obstacle_values(values: Mapping[str, str]) -> dict[str, str]:
    words = dict(values)
    if "disposable_from" in values:
        words["day"] = _day(values["disposable_from"])
    if "disposal_action" in values:
        words["action"] = str(ACTION_WORDS[DisposalAction(values["disposal_action"])])
    if "hold" in values:
        words["reason"] = str(HOLD_WORDS[HoldReason(values["hold"])])
    return words


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text)) if text else ""
