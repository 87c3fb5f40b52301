"""What people call the things that the log's entries are about: H-12, 2026-14, a rule's key."""

from collections.abc import Callable, Collection, Iterable

from sqlalchemy import Select, select

from app.audit.events import ObjectType
from app.audit.models import AuditEntry
from app.db import db
from app.destruction.models import DisposalConfirmation
from app.documents.models import HandOver
from app.documents.queries.names import people
from app.registers.models import NoticeEdition, RegisterVersion
from app.requests.models import DataSubjectRequest
from app.retention.models import RetentionRule, RetentionRuleProposal, RetentionRuleVersion


def references_of(found: Iterable[AuditEntry]) -> dict[tuple[str, int], str]:
    """What people call the objects that have more than a number, by type and id."""
    wanted: dict[str, set[int]] = {}
    for entry in found:
        if entry.object_type in _NAMED and entry.object_id is not None:
            wanted.setdefault(entry.object_type, set()).add(entry.object_id)
    return {
        (kind, id_): name for kind, ids in wanted.items() for id_, name in _NAMED[kind](ids).items()
    }


def _request_references(ids: Collection[int]) -> dict[int, str]:
    statement = select(DataSubjectRequest).where(DataSubjectRequest.id.in_(ids))
    return {each.id: each.reference for each in db.session.scalars(statement)}


def _hand_over_references(ids: Collection[int]) -> dict[int, str]:
    statement = select(HandOver).where(HandOver.id.in_(ids))
    return {each.id: each.reference for each in db.session.scalars(statement)}


def _list_references(ids: Collection[int]) -> dict[int, str]:
    statement = select(DisposalConfirmation).where(DisposalConfirmation.id.in_(ids))
    return {each.id: each.reference for each in db.session.scalars(statement)}


def _version_references(ids: Collection[int]) -> dict[int, str]:
    statement = select(RegisterVersion.id, RegisterVersion.number)
    return _numbered(statement.where(RegisterVersion.id.in_(ids)))


def _edition_references(ids: Collection[int]) -> dict[int, str]:
    statement = select(NoticeEdition.id, NoticeEdition.number)
    return _numbered(statement.where(NoticeEdition.id.in_(ids)))


def _numbered(statement: Select[int, int]) -> dict[int, str]:
    return {id_: str(number) for id_, number in db.session.execute(statement)}


def _rule_references(ids: Collection[int]) -> dict[int, str]:
    statement = (
        select(RetentionRuleVersion.id, RetentionRule.key, RetentionRuleVersion.number)
        .join(RetentionRuleVersion.rule)
        .where(RetentionRuleVersion.id.in_(ids))
    )
    return {id_: f"{key} {number}" for id_, key, number in db.session.execute(statement).all()}


def _proposal_references(ids: Collection[int]) -> dict[int, str]:
    statement = select(RetentionRuleProposal.id, RetentionRuleProposal.rule_key)
    return dict(db.session.execute(statement.where(RetentionRuleProposal.id.in_(ids))).all())


_NAMED: dict[str, Callable[[Collection[int]], dict[int, str]]] = {
    ObjectType.DATA_SUBJECT_REQUEST: _request_references,
    ObjectType.DISPOSAL_LIST: _list_references,
    ObjectType.HAND_OVER: _hand_over_references,
    ObjectType.NOTICE_EDITION: _edition_references,
    ObjectType.REGISTER_VERSION: _version_references,
    ObjectType.RETENTION_RULE_PROPOSAL: _proposal_references,
    ObjectType.RETENTION_RULE_VERSION: _rule_references,
    ObjectType.USER: people,
}
