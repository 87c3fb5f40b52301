"""The documents of a demo episode: on paper, as files, and certificates that were only shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from random import Random

from sqlalchemy import select

from app.accounts.permissions import Actor
from app.clients.models import Episode
from app.db import db, transaction
from app.documents.models import Document, Item
from app.documents.services import Upload, log_document
from app.registers.definitions import Medium, RegisterDefinition, StorageRule
from app.web.i18n import pick
from app.web.pdf import Letter


@dataclass(frozen=True)
class Shelf:
    """Where a register's papers are kept."""

    boxes: tuple[int, ...]


@cache
def _scan(title: str) -> bytes:
    """A page that stands for a scanned document of the type."""
    letter = Letter(title, subtitle="Esittelyaineistoa: kuvitteellinen asiakirja")
    letter.paragraph("Tässä asiakirjassa ei ole kenenkään oikean henkilön tietoja.")
    return letter.to_bytes()


def log_history(
    worker: Actor,
    episode: Episode,
    definition: RegisterDefinition,
    shelf: Shelf,
    since: date,
    until: date,
    random: Random,
) -> None:
    """Log three to seven documents of an episode, dated from `since` on and before `until`."""
    rules = definition.storage_rules_for(episode.service_key)
    length = max(1, (until - since).days)
    for rule in random.sample(rules, min(len(rules), random.randrange(3, 8))):
        dated_on = since + timedelta(days=random.randrange(length))
        if rule.presentation_only:
            log_document(
                worker,
                episode_id=episode.id,
                document_type_key=rule.document_type,
                media=(),
                dated_on=dated_on,
                presented_from=dated_on,
                presented_until=dated_on + timedelta(days=random.randrange(1, 9)),
            )
        else:
            _log_stored(worker, episode, definition, rule, shelf, dated_on, random)


def _log_stored(
    worker: Actor,
    episode: Episode,
    definition: RegisterDefinition,
    rule: StorageRule,
    shelf: Shelf,
    dated_on: date,
    random: Random,
) -> None:
    title = pick(definition.document_type(rule.document_type).name)
    media = {str(medium) for medium in rule.media}
    in_hand = episode.ended_on is None and random.random() < 0.15
    paper = Medium.MAN in rule.media
    log_document(
        worker,
        episode_id=episode.id,
        document_type_key=rule.document_type,
        media=media,
        dated_on=dated_on,
        upload=Upload(f"{title}.pdf", BytesIO(_scan(title))) if Medium.ATK in rule.media else None,
        location_id=random.choice(shelf.boxes) if paper and not in_hand else None,
        holder_id=worker.user_id if paper and in_hand else None,
        sheets=random.randrange(1, 9) if paper else None,
    )


def paper_in_hand(actor: Actor) -> Sequence[int]:
    """The pieces of paper that a person holds, oldest first."""
    held = select(Item.id).where(Item.holder_id == actor.user_id, Item.state == "held")
    return db.session.scalars(held.order_by(Item.id)).all()


def as_if_logged_then(today: date) -> None:
    """Let the documents look logged soon after their day; the log keeps the true moment."""
    with transaction() as session:
        for document in session.scalars(select(Document)):
            day = min(document.dated_on + timedelta(days=document.id % 5), today)
            document.logged_at = datetime.combine(day, time(8 + document.id % 7, 15), UTC)
