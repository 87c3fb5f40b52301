"""Earlier documents under a changed retention rule, where two people have decided that they follow.

A document keeps the version that was in force when it was logged, unless the change was approved
with the decision to move the earlier documents as well (a law may reach back: act 703/2023 annex).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Select, select

from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients.models import Consent, Episode
from app.db import db, transaction
from app.documents.models import Document
from app.documents.rules import trigger_on
from app.documents.services.clocks import clock_facts, set_dates
from app.retention.models import RetentionRuleProposal, RetentionRuleVersion
from app.retention.policies import RetentionPolicy
from app.retention.queries import earlier_versions
from app.retention.rules import RetentionDate, retention_date
from app.web.i18n import gettext as _
from app.web.problems import InputError

# Documents that are computed between two writes: memory stays small whatever their number is.
_BATCH = 1000

Row = TypeVar("Row", Episode, Consent)


@dataclass(frozen=True)
class Outlook:
    """What becomes of the earlier documents when a change moves them.

    `at_once`: those whose retention would be over on the day of the change, and is not now.
    """

    documents: int
    later: int
    earlier: int
    at_once: int


def outlook(
    actor: Actor, policy: RetentionPolicy, version_ids: Sequence[int], day: date
) -> Outlook:
    """What a changed rule would do on a day to the documents of the versions before it.

    Only documents of the registers in which the person works as a data protection officer, a
    register owner or a records manager are counted.
    """
    registers = actor.registers(
        Role.DATA_PROTECTION_OFFICER, Role.REGISTER_OWNER, Role.RECORDS_MANAGER
    )
    statement = _documents(version_ids)
    if registers is not None:
        statement = statement.where(Document.register_id.in_(registers))
    number = later = earlier = at_once = 0
    for document, dates in _computed(statement, policy):
        number += 1
        was = document.disposable_from or date.max
        becomes = dates.disposable_from or date.max
        later += becomes > was
        earlier += becomes < was
        at_once += becomes <= day < was
    return Outlook(number, later, earlier, at_once)


def check_may_move(actor: Actor, version_ids: Sequence[int]) -> None:
    """Raise `InputError` for one who is not the officer of every register whose documents move.

    A rule belongs to no register, but documents do.
    """
    registers = select(Document.register_id).where(
        Document.state == "active", Document.retention_rule_version_id.in_(version_ids)
    )
    for register_id in db.session.scalars(registers.distinct()).all():
        if not actor.has(Role.DATA_PROTECTION_OFFICER, register_id=register_id):
            message = _(
                "Earlier documents of a register in which you are not the data protection officer "
                "would be moved. Someone who is it in all the registers has to decide."
            )
            raise InputError(None, message)


def follow_changes(as_of: date) -> int:
    """Move earlier documents to the versions that have begun and were approved to take them along.

    How many moved. Safe to repeat; run at each approval, and daily for versions that begin later.
    Holds and lists stay as they are: whether a document may be destroyed is asked again, of the
    rule and the dates that it has then, at the last moment.
    """
    moved = 0
    with transaction() as session:
        versions = session.scalars(
            select(RetentionRuleVersion)
            .join(
                RetentionRuleProposal,
                RetentionRuleProposal.version_id == RetentionRuleVersion.id,
            )
            .where(
                RetentionRuleProposal.moves_earlier.is_(True),
                RetentionRuleVersion.in_force_from <= as_of,
            )
            .order_by(RetentionRuleVersion.in_force_from, RetentionRuleVersion.number)
        ).all()
        for version in versions:
            moved += _move(version)
    return moved


def _move(version: RetentionRuleVersion) -> int:
    counts: dict[int, int] = defaultdict(int)
    with transaction() as session:
        before = earlier_versions(version)
        if not before:
            return 0
        for document, episodes, consents in _with_facts(_documents(before)):
            document.retention_rule_version_id = version.id
            set_dates(document, episodes, consents)
            counts[document.register_id] += 1
        session.flush()
        for register_id, count in counts.items():
            record(
                Event.RULES_FOLLOWED,
                actor_id=None,
                register_id=register_id,
                object_type=ObjectType.RETENTION_RULE_VERSION,
                object_id=version.id,
                details={"rule": version.rule.key, "version": version.number, "count": count},
            )
    return sum(counts.values())


def _documents(version_ids: Iterable[int]) -> Select[Document]:
    return (
        select(Document)
        .where(Document.state == "active", Document.retention_rule_version_id.in_(version_ids))
        .order_by(Document.client_id, Document.id)
    )


def _computed(
    statement: Select[Document], policy: RetentionPolicy
) -> Iterator[tuple[Document, RetentionDate]]:
    terms = policy.terms()
    for document, episodes, consents in _with_facts(statement):
        facts = clock_facts(document, episodes, consents)
        started_on = trigger_on(policy.retention_trigger, facts, named=policy.names_its_event)
        yield document, retention_date(terms, started_on)


def _with_facts(
    statement: Select[Document],
) -> Iterator[tuple[Document, list[Episode], list[Consent]]]:
    """Each document with what has happened to its client, read for many clients at once."""
    ids = db.session.scalars(statement.with_only_columns(Document.id)).all()
    for start in range(0, len(ids), _BATCH):
        part = select(Document).where(Document.id.in_(ids[start : start + _BATCH]))
        documents = db.session.scalars(part.order_by(Document.client_id, Document.id)).all()
        clients = {document.client_id for document in documents}
        episodes = _by_client(Episode, clients)
        consents = _by_client(Consent, clients)
        for client_id, group in groupby(documents, key=lambda document: document.client_id):
            for document in group:
                yield document, episodes[client_id], consents[client_id]
        db.session.flush()


def _by_client(model: type[Row], clients: set[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.session.scalars(select(model).where(model.client_id.in_(clients))):
        found[row.client_id].append(row)
    return found
