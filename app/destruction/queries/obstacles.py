"""What stands in the way of documents, read for many at once and judged by the rules."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from app.db import db
from app.destruction.explain import HOLD_WORDS
from app.destruction.models import DisposalConfirmation, DisposalEntry, DisposalHold
from app.destruction.rules import DisposalCandidate, Obstacle, obstacles
from app.documents.blockers import blockers_of, register_blocker
from app.documents.models import Document, Item
from app.retention.queries import rules_of
from app.web.i18n import lazy_gettext as _l

# Entries that keep a document on a list which is not finished.
OPEN_ENTRIES = ("listed", "failed")

_ON_LIST = "on_disposal_list"
_HOLD = "disposal_hold:"


def obstacles_of(
    document_ids: Collection[int],
    as_of: date,
    *,
    own_list: int | None = None,
    paper_must_be_gone: bool = False,
) -> dict[int, tuple[Obstacle, ...]]:
    """The obstacles of each of the documents on a day; empty where there is none.

    `own_list`: the list that is being looked at does not count as another one.
    `paper_must_be_gone`: paper that has not been confirmed destroyed is an obstacle as well.
    """
    documents = db.session.execute(
        select(Document.id, Document.disposable_from, Document.retention_rule_version_id).where(
            Document.id.in_(document_ids)
        )
    ).all()
    rules = rules_of({rule_id for _id, _day, rule_id in documents if rule_id is not None})
    holds = _holds(document_ids)
    blockers = {
        document_id: [code for code in codes if not _is_own(code)]
        for document_id, codes in blockers_of(document_ids).items()
    }
    lists = _lists(document_ids, own_list)
    unlocated, paper_left = _paper(document_ids)
    found = {}
    for document_id, disposable_from, rule_id in documents:
        action = str(rules[rule_id][1].action_for_documents) if rule_id is not None else ""
        candidate = DisposalCandidate(
            disposable_from=disposable_from if rule_id is not None else None,
            disposal_action=action,
            holds=holds.get(document_id, ()),
            blockers=blockers.get(document_id, ()),
            lists=lists.get(document_id, ()),
            unlocated=unlocated.get(document_id, ()),
            paper_left=paper_left.get(document_id, ()) if paper_must_be_gone else (),
        )
        found[document_id] = obstacles(candidate, as_of)
    return found


def is_held() -> ColumnElement[bool]:
    """Condition on `Document`: a hold on it or on its client has not been lifted."""
    in_force = select(DisposalHold).where(DisposalHold.lifted_at.is_(None))
    return or_(
        Document.id.in_(in_force.with_only_columns(DisposalHold.document_id)),
        Document.client_id.in_(in_force.with_only_columns(DisposalHold.client_id)),
    )


def _holds(document_ids: Collection[int]) -> dict[int, list[str]]:
    """Reasons of the holds that have not been lifted, newest first."""
    on_it = or_(
        DisposalHold.document_id == Document.id, DisposalHold.client_id == Document.client_id
    )
    statement = (
        select(Document.id, DisposalHold.reason)
        .join(DisposalHold, on_it)
        .where(Document.id.in_(document_ids), DisposalHold.lifted_at.is_(None))
        .order_by(DisposalHold.id.desc())
    )
    return _grouped(db.session.execute(statement))


def _lists(document_ids: Collection[int], own_list: int | None) -> dict[int, list[str]]:
    """References of the unfinished lists that carry the documents."""
    statement = (
        select(DisposalEntry.document_id, DisposalConfirmation)
        .join(DisposalConfirmation)
        .where(
            DisposalEntry.document_id.in_(document_ids),
            DisposalEntry.state.in_(OPEN_ENTRIES),
            DisposalEntry.confirmation_id != (own_list or 0),
        )
    )
    rows = db.session.execute(statement)
    return _grouped((document_id, each.reference) for document_id, each in rows)


def _paper(document_ids: Collection[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Paper that is nowhere known, and all paper that is held, by document."""
    rows = db.session.execute(
        select(Item.document_id, Item.id, Item.location_id, Item.holder_id).where(
            Item.document_id.in_(document_ids), Item.medium == "man", Item.state == "held"
        )
    ).all()
    nowhere = [row for row in rows if row.location_id is None and row.holder_id is None]
    return (
        _grouped((row.document_id, str(row.id)) for row in nowhere),
        _grouped((row.document_id, str(row.id)) for row in rows),
    )


def _grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for document_id, text in rows:
        found.setdefault(document_id, []).append(text)
    return found


def _is_own(code: str) -> bool:
    """Whether an obstacle was told by this package itself."""
    return code == _ON_LIST or code.startswith(_HOLD)


def _told_holds(document_ids: Sequence[int]) -> dict[int, str]:
    return {
        document_id: f"{_HOLD}{reasons[0]}" for document_id, reasons in _holds(document_ids).items()
    }


def _told_lists(document_ids: Sequence[int]) -> dict[int, str]:
    return dict.fromkeys(_lists(document_ids, None), _ON_LIST)


# Pages of documents stand below this package and hear of its obstacles in this way.
register_blocker(
    _told_holds,
    {
        f"{_HOLD}{reason}": _l("hold: %(reason)s", reason=words)
        for reason, words in HOLD_WORDS.items()
    },
)
register_blocker(_told_lists, {_ON_LIST: _l("on a destruction list")})
