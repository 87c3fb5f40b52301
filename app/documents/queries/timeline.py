"""What has happened to a client, newest first: documents, services, custody, consents, views."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event
from app.audit.queries import LogFilter, entries
from app.clients.explain import NOTICE_CHANNELS
from app.clients.queries import ClientCard, client_card, consent_lines, notice_lines
from app.clients.rules import NoticeChannel
from app.db import db
from app.documents.models import CustodyEvent, Document, HandOver, Item
from app.documents.queries.names import definitions, people
from app.documents.rules import CustodyKind
from app.web.i18n import gettext as _
from app.web.i18n import pick

LENGTH = 30
VIEWS_READ = 50
_VIEWS = frozenset(
    event.action for event in (Event.CLIENT_VIEWED, Event.DOCUMENT_VIEWED, Event.ITEM_OPENED)
)


@dataclass(frozen=True)
class TimelineEvent:
    """One thing that happened: on which day, what, and a grey line of who or how."""

    at: datetime
    strong: str
    text: str = ""
    note: str | None = None
    document_id: int | None = None
    hand_over_id: int | None = None

    @property
    def on(self) -> date:
        """The day in Finland."""
        return self.at.astimezone(clock.HELSINKI).date()


def timeline(actor: Actor, client_id: int, limit: int = LENGTH) -> list[TimelineEvent]:
    """The newest events of a client the actor may open. Raises as `client_card`.

    One read for each kind of event, however long the history is.
    """
    client = client_card(actor, client_id)
    events = [
        *_documents(client, limit),
        *_custody(client, limit),
        *_services(client),
        *_consents(client),
        *_notices(client),
        *_views(client),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)[:limit]


def _documents(client: ClientCard, limit: int) -> Iterator[TimelineEvent]:
    newest = (
        select(Document)
        .where(Document.client_id == client.id)
        .order_by(Document.logged_at.desc())
        .limit(limit)
    )
    found = db.session.scalars(newest).all()
    titles = _titles(found)
    names = people(document.logged_by_id for document in found)
    versions = definitions(document.register_version_id for document in found)
    for document in found:
        number, _definition = versions[document.register_version_id]
        yield TimelineEvent(
            document.logged_at,
            _("Logged"),
            titles[document.id],
            _(
                "%(person)s, register version %(version)s",
                person=names[document.logged_by_id],
                version=number,
            ),
            document_id=document.id,
        )
        if document.destroyed_at is not None:
            yield TimelineEvent(document.destroyed_at, _("Destroyed"), titles[document.id])


def _custody(client: ClientCard, limit: int) -> Iterator[TimelineEvent]:
    """Hand-overs and their answers, each once however many papers of the client it has."""
    newest = (
        select(CustodyEvent, Document, HandOver)
        .join(Item, Item.id == CustodyEvent.item_id)
        .join(Document, Document.id == Item.document_id)
        .join(HandOver, HandOver.id == CustodyEvent.hand_over_id)
        .where(Document.client_id == client.id)
        .order_by(CustodyEvent.at.desc())
        .limit(limit)
    )
    found = db.session.execute(newest).all()
    titles = _titles({document.id: document for _event, document, _slip in found}.values())
    slips = [slip for _event, _document, slip in found]
    names = people([each for slip in slips for each in (slip.from_user_id, slip.to_user_id)])
    words = {
        CustodyKind.HANDED_OVER: _("Handed over"),
        CustodyKind.ACKNOWLEDGED: _("Acknowledged"),
        CustodyKind.REFUSED: _("Not taken"),
    }
    grouped: dict[tuple[int, str], TimelineEvent] = {}
    for event, document, slip in found:
        key = (slip.id, event.kind)
        earlier = grouped.get(key)
        papers = f"{earlier.text}, {titles[document.id]}" if earlier else titles[document.id]
        grouped[key] = TimelineEvent(
            event.at,
            words[CustodyKind(event.kind)],
            papers,
            f"{names[slip.from_user_id]} → {names[slip.to_user_id]}, {slip.reference}",
            hand_over_id=slip.id,
        )
    yield from grouped.values()


def _services(client: ClientCard) -> Iterator[TimelineEvent]:
    for episode in client.episodes:
        who = _("worker %(name)s", name=episode.worker)
        yield TimelineEvent(start_of(episode.started_on), _("Service began"), episode.service, who)
        if episode.ended_on is not None:
            ended_at = start_of(episode.ended_on)
            yield TimelineEvent(ended_at, _("Service ended"), episode.service)


def _consents(client: ClientCard) -> Iterator[TimelineEvent]:
    for consent in consent_lines(client):
        note = _("register version %(version)s", version=consent.version)
        given_at = start_of(consent.given_on)
        yield TimelineEvent(given_at, _("Consent given"), consent.service, note)
        if consent.withdrawn_on is not None:
            withdrawn_at = start_of(consent.withdrawn_on)
            yield TimelineEvent(withdrawn_at, _("Consent withdrawn"), consent.service)


def _notices(client: ClientCard) -> Iterator[TimelineEvent]:
    for given in notice_lines(client.id):
        yield TimelineEvent(
            start_of(given.given_on),
            _("Privacy notice given"),
            _("edition %(number)s", number=given.edition),
            str(NOTICE_CHANNELS[NoticeChannel(given.channel)]),
        )


def _views(client: ClientCard) -> Iterator[TimelineEvent]:
    """Who has opened the client or a document lately: once for each person and day."""
    found = entries(LogFilter(client_id=client.id), limit=VIEWS_READ)
    views = [entry for entry in found if entry.action in _VIEWS]
    names = people(entry.actor_id for entry in views)
    seen: set[tuple[int | None, date]] = set()
    for entry in views:
        key = (entry.actor_id, entry.at.astimezone(clock.HELSINKI).date())
        if key in seen:
            continue
        seen.add(key)
        yield TimelineEvent(entry.at, _("Opened"), f"· {names.get(entry.actor_id or 0, '')}")


def _titles(documents: Iterable[Document]) -> dict[int, str]:
    documents = list(documents)
    versions = definitions(document.register_version_id for document in documents)
    return {
        document.id: pick(
            versions[document.register_version_id][1].document_type(document.document_type_key).name
        )
        for document in documents
    }


def start_of(day: date) -> datetime:
    """The instant at which a day begins in Finland."""
    return datetime.combine(day, time.min, clock.HELSINKI).astimezone(UTC)
