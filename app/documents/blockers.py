"""What stands in the way of a document's disposal, asked of every package that knows something.

Packages above this one (requests, destruction) cannot be imported here, so they add their question
when the program starts. An obstacle is a code; its words are given with the question.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.clients.models import Episode
from app.db import db
from app.documents.models import Document, HandOver, HandOverItem, Item
from app.documents.rules import ClockStart, clock_start
from app.retention.policies import RetentionPolicy
from app.retention.queries import rules_of
from app.web.i18n import lazy_gettext as _l

# Of the given documents, those that must be kept for now: document id → code of the obstacle.
Blocker = Callable[[Sequence[int]], Mapping[int, str]]

OPEN_HAND_OVER = "open_hand_over"
CLIENT_RETURNED = "client_returned"

BLOCKERS: list[Blocker] = []
_words: dict[str, Any] = {}


def register_blocker(blocker: Blocker, words: Mapping[str, Any] | None = None) -> None:
    """Add a question. `words`: code → lazily translated phrase; again is no error."""
    if blocker not in BLOCKERS:
        BLOCKERS.append(blocker)
    _words.update(words or {})


def blockers_of(document_ids: Collection[int]) -> dict[int, list[str]]:
    """The obstacles of those of the documents that have any, by document, in a stable order."""
    found: dict[int, list[str]] = {}
    wanted = sorted(document_ids)
    if not wanted:
        return found
    for blocker in BLOCKERS:
        for document_id, code in blocker(wanted).items():
            found.setdefault(document_id, []).append(code)
    return found


def blocker_words(code: str) -> str:
    """An obstacle in the language in use."""
    return str(_words.get(code, code))


def _handed_over(document_ids: Sequence[int]) -> dict[int, str]:
    """Paper between two people is in nobody's hands: it cannot be destroyed with a witness."""
    open_items = (
        select(Item.document_id)
        .join(HandOverItem, HandOverItem.item_id == Item.id)
        .join(HandOver, HandOver.id == HandOverItem.hand_over_id)
        .where(Item.document_id.in_(document_ids), HandOver.state == "open")
    )
    return dict.fromkeys(db.session.scalars(open_items), OPEN_HAND_OVER)


def _client_returned(document_ids: Sequence[int]) -> dict[int, str]:
    """A clientship that had ended goes on when the client starts in a service again."""
    in_service = select(Episode.client_id).where(Episode.ended_on.is_(None))
    started = (
        select(Document.id, Document.retention_rule_version_id)
        .where(Document.id.in_(document_ids), Document.trigger_on.is_not(None))
        .where(Document.client_id.in_(in_service))
    )
    found = [(id_, rule_id) for id_, rule_id in db.session.execute(started) if rule_id is not None]
    rules = rules_of({rule_id for _id, rule_id in found})
    return {
        document_id: CLIENT_RETURNED
        for document_id, rule_id in found
        if _starts(rules[rule_id][1]) is ClockStart.CLIENTSHIP_ENDED
    }


def _starts(rule: RetentionPolicy) -> ClockStart:
    return clock_start(rule.retention_trigger, named=rule.names_its_event)


register_blocker(_handed_over, {OPEN_HAND_OVER: _l("paper in a hand-over not yet acknowledged")})
register_blocker(_client_returned, {CLIENT_RETURNED: _l("the client is in a service again")})
