"""Retention clocks: the day a document is kept until, computed anew when what starts it changes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app import clock
from app.accounts.permissions import Actor
from app.clients import services as clients
from app.clients.models import Consent, Episode
from app.db import db, transaction
from app.documents.models import Document
from app.documents.rules import ClockFacts, ClockStart, clock_start, trigger_on
from app.retention.models import RetentionRuleVersion
from app.retention.queries import parse_policy, rule_of
from app.retention.rules import retention_date


def end_episode(actor: Actor, episode_id: int, ended_on: date) -> Episode:
    """End a client's time in a service, and start the clocks that were waiting for it.

    Raises what `app.clients.services.end_episode` raises; then no clock is started either.
    """
    with transaction():
        episode = clients.end_episode(actor, episode_id, ended_on)
        restart_clocks(episode.client_id)
    return episode


def restart_clocks(client_id: int) -> int:
    """Compute the dates of all of a client's documents anew: how many changed.

    A clock that waits for the end of the client relationship stops again when the client comes
    back; one that waits for a consent starts when it is withdrawn.
    """
    with transaction() as session:
        session.flush()
        documents = session.scalars(
            select(Document).where(Document.client_id == client_id, Document.state == "active")
        ).all()
        episodes = session.scalars(select(Episode).where(Episode.client_id == client_id)).all()
        consents = session.scalars(select(Consent).where(Consent.client_id == client_id)).all()
        return sum(set_dates(document, episodes, consents) for document in documents)


def catch_up_clocks() -> int:
    """Restart the clocks that something else than `end_episode` has moved: how many changed.

    A consent is withdrawn and a client comes back in the package of clients, which does not know
    of documents; run daily, this makes their dates right. Each client is one transaction.
    """
    moved = db.session.scalars(select(Document.client_id).where(_may_be_stale()).distinct()).all()
    return sum(restart_clocks(client_id) for client_id in moved)


def _may_be_stale() -> ColumnElement[bool]:
    """Condition on `Document`: what its clock waits for, or had, may have changed."""
    versions = db.session.execute(select(RetentionRuleVersion.id, RetentionRuleVersion.content))
    rules: dict[ClockStart, list[int]] = defaultdict(list)
    for version_id, content in versions:
        rule = parse_policy(content)
        start = clock_start(rule.retention_trigger, named=rule.names_its_event)
        rules[start].append(version_id)
    of_client = Episode.client_id == Document.client_id
    in_service = exists().where(of_client, Episode.ended_on.is_(None))
    withdrawn = exists().where(
        Consent.client_id == Document.client_id,
        Consent.service_key == Document.service_key,
        Consent.withdrawn_on.is_not(None),
    )
    rule_id = Document.retention_rule_version_id
    returned = and_(
        rule_id.in_(rules[ClockStart.CLIENTSHIP_ENDED]),
        Document.trigger_on.is_not(None),
        in_service,
    )
    ended = and_(rule_id.in_(rules[ClockStart.CONSENT_ENDED]), withdrawn)
    return and_(Document.state == "active", or_(returned, ended))


def set_dates(document: Document, episodes: Iterable[Episode], consents: Iterable[Consent]) -> bool:
    """Put the dates that follow from its rule on a document: whether they changed.

    A document whose register gives no rule has none. Raises `DateOutOfRange` past the year 9999.
    """
    if document.retention_rule_version_id is None:
        return False
    rule = rule_of(document.retention_rule_version_id)
    before = (document.trigger_on, document.last_kept_on, document.disposable_from)
    facts = clock_facts(document, episodes, consents)
    started_on = trigger_on(rule.retention_trigger, facts, named=rule.names_its_event)
    dates = retention_date(rule.terms(), started_on)
    document.trigger_on = started_on
    document.last_kept_on = dates.last_kept_day
    document.disposable_from = dates.disposable_from
    return before != (started_on, dates.last_kept_day, dates.disposable_from)


def clock_facts(
    document: Document, episodes: Iterable[Episode], consents: Iterable[Consent]
) -> ClockFacts:
    """What has happened to a document's client, as the rules ask for it."""
    episodes = list(episodes)
    episode = next(each for each in episodes if each.id == document.episode_id)
    return ClockFacts(
        dated_on=document.dated_on,
        logged_on=document.logged_at.astimezone(clock.HELSINKI).date(),
        episode_started_on=episode.started_on,
        presented_until=document.presented_until,
        episode_ended_on=episode.ended_on,
        clientship_ended_on=_latest([each.ended_on for each in episodes]),
        consent_ended_on=_latest(
            [each.withdrawn_on for each in consents if each.service_key == document.service_key]
        ),
    )


def _latest(ends: list[date | None]) -> date | None:
    """The last end, when everything has ended."""
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
