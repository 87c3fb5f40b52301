"""Everything the page of one document tells."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event
from app.audit.models import AuditEntry
from app.clients.models import Episode
from app.clients.queries import ClientCard, client_card
from app.db import db
from app.documents.blockers import blockers_of
from app.documents.explain import Explanation, explain
from app.documents.models import Document, Item
from app.documents.queries.custody import CustodyLine, custody_lines
from app.documents.queries.documents import DocumentRow, ItemRow, rows_of
from app.documents.queries.names import notes_of, people
from app.documents.queries.timeline import TimelineEvent, start_of
from app.documents.rules import CustodyKind
from app.retention.queries import rule_as_known
from app.web.i18n import format_datetime
from app.web.i18n import gettext as _
from app.web.problems import NotFound

OPENINGS = 20


@dataclass(frozen=True)
class Opening:
    """When a file of the document was opened, and by whom."""

    item_id: int
    at: datetime
    by: str


@dataclass(frozen=True)
class DocumentView:
    """A document with its client, its explained date, its items and its history."""

    row: DocumentRow
    client: ClientCard
    note: str | None
    explanation: Explanation
    custody: list[CustodyLine]
    openings: list[Opening]
    history: list[TimelineEvent]

    @property
    def papers(self) -> list[ItemRow]:
        """The pieces of paper that are held."""
        return [item for item in self.row.items if item.medium == "man" and item.state == "held"]

    def last(self, item: ItemRow) -> str | None:
        """What happened last to an item, and when."""
        for line in self.custody:
            if line.item_id == item.id:
                return f"{line.words} {format_datetime(line.at)}"
        for opening in self.openings:
            if opening.item_id == item.id:
                return f"{_('Opened')} {format_datetime(opening.at)}"
        return None


def document_page(actor: Actor, document_id: int) -> DocumentView:
    """A document for a person who may open its client.

    Raises `NotFound`, `NotPermitted`, and `ReasonNeeded` outside the own caseload.
    """
    document = db.session.get(Document, document_id)
    if document is None:
        raise NotFound(document_id)
    client = client_card(actor, document.client_id)
    row = rows_of([document])[0]
    rule_id = document.retention_rule_version_id
    number, rule = rule_as_known(rule_id) if rule_id is not None else (0, None)
    obstacles = blockers_of([document.id]).get(document.id, [])
    custody = custody_lines(row.items, document.register_id)
    openings = _openings(row)
    return DocumentView(
        row=row,
        client=client,
        note=notes_of([document]).get(document.id),
        explanation=explain(
            document, rule, rule_number=number, obstacles=obstacles, at=clock.now()
        ),
        custody=custody,
        openings=openings,
        history=_history(document, row, custody, openings),
    )


def item_page(actor: Actor, item_id: int) -> tuple[DocumentView, ItemRow]:
    """A piece of paper that is held, with its document. Raises as `document_page`."""
    item = db.session.get(Item, item_id)
    if item is None:
        raise NotFound(item_id)
    view = document_page(actor, item.document_id)
    found = next((paper for paper in view.papers if paper.id == item_id), None)
    if found is None:
        raise NotFound(item_id)
    return view, found


def client_of_episode(episode_id: int) -> int:
    """The id of the client of an episode. Raises `NotFound`."""
    episode = db.session.get(Episode, episode_id)
    if episode is None:
        raise NotFound(episode_id)
    return episode.client_id


def _history(
    document: Document, row: DocumentRow, custody: list[CustodyLine], openings: list[Opening]
) -> list[TimelineEvent]:
    """What has happened to the document, newest first."""
    version = _("register version %(version)s", version=row.version)
    events = [TimelineEvent(row.logged_at, _("Logged"), row.logged_by, version)]
    events += [TimelineEvent(opening.at, _("Opened"), f"· {opening.by}") for opening in openings]
    for line in custody:
        if line.kind != CustodyKind.RECEIVED:
            goal = " › ".join(part for part in (line.holder, line.place) if part)
            note = f"{line.by} → {goal}" if goal else line.by
            events.append(
                TimelineEvent(line.at, line.words, note=note, hand_over_id=line.hand_over_id)
            )
    if document.trigger_on is not None:
        events.append(TimelineEvent(start_of(document.trigger_on), _("The clock started")))
    if document.destroyed_at is not None:
        events.append(TimelineEvent(document.destroyed_at, _("Destroyed")))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _openings(row: DocumentRow) -> list[Opening]:
    """The newest openings of the document's files, as the log has them."""
    files = [item.id for item in row.items if item.medium == "atk"]
    statement = (
        select(AuditEntry.object_id, AuditEntry.at, AuditEntry.actor_id)
        .where(
            AuditEntry.client_id == row.client_id,
            AuditEntry.action == Event.ITEM_OPENED.action,
            AuditEntry.object_id.in_(files),
        )
        .order_by(AuditEntry.seq.desc())
        .limit(OPENINGS)
    )
    found = db.session.execute(statement).all() if files else []
    names = people(actor_id for _item, _at, actor_id in found)
    return [
        Opening(item_id, at, names.get(actor_id or 0, ""))
        for item_id, at, actor_id in found
        if item_id is not None
    ]
