"""Gathers what the program holds about a person, for the answer to that person's request.

Whoever calls this has checked who asks; everything is read in the language in use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.clients import sealing
from app.clients.explain import NOTICE_CHANNELS
from app.clients.models import CaseloadException, Client, Consent
from app.clients.queries import notice_lines, service_titles
from app.clients.rules import NoticeChannel
from app.crypto import key_store
from app.db import db
from app.documents.models import Document
from app.documents.queries import DocumentRow, ItemRow, notes_of, rows_of
from app.registers.definitions.sharing import with_shared
from app.registers.editions import covering_definition
from app.registers.queries import current_definition, register_names
from app.requests.answer.access_log import own_access_log
from app.requests.answer.information import controllers, information
from app.requests.answer.model import (
    Answer,
    ConsentFact,
    DocumentFact,
    EpisodeFact,
    FileFact,
    NoticeFact,
    Omission,
    Person,
    PersonalData,
    RequestFact,
)
from app.requests.models import DataSubjectRequest
from app.requests.progress import kind_of
from app.requests.sealing import DETAILS, unseal
from app.requests.vocabulary import Outcome, Part, package_parts, words
from app.retention.queries import rules_in_force, rules_of
from app.retention.words import retention_words
from app.web.i18n import gettext as _
from app.web.i18n import pick


@dataclass(frozen=True, slots=True)
class Holding:
    """A document with its row in words and what its note says."""

    row: DocumentRow
    note: str
    retention: str
    document: Document


def holdings(client: Client, parts: frozenset[Part]) -> list[Holding]:
    """The client's documents, oldest first; without paper, only those that hold a file."""
    statement = select(Document).where(Document.client_id == client.id).order_by(Document.id)
    documents = db.session.scalars(statement).all()
    rules = rules_of({each.retention_rule_version_id or 0 for each in documents})
    notes = notes_of(documents)
    found = [
        Holding(
            row,
            notes.get(document.id, ""),
            retention_words(rules[document.retention_rule_version_id][1])
            if document.retention_rule_version_id
            else _("the register names no retention rule"),
            document,
        )
        for document, row in zip(documents, rows_of(documents), strict=True)
    ]
    if Part.PAPER in parts:
        return found
    return [each for each in found if any(item.medium == "atk" for item in each.row.items)]


def gather(
    request: DataSubjectRequest,
    client: Client,
    built_at: datetime,
    *,
    held: Sequence[Holding],
    files: Mapping[int, FileFact],
    omissions: Sequence[Omission],
) -> Answer:
    """The whole answer. `files`: what has been put into the package, by item id."""
    own = current_definition(client.register_id)
    definition = with_shared(own, covering_definition(own.key, clock.today()))
    kind = kind_of(request)
    parts = package_parts(kind)
    policies = {rule.policy.key: rule.policy for rule in rules_in_force()}
    return Answer(
        reference=request.reference,
        kind=kind.value,
        kind_words=words(kind),
        register=pick(definition.name),
        controllers=controllers(definition),
        language=client.language,
        received_on=request.received_on,
        built_at=built_at,
        information=information(definition, policies) if Part.INFORMATION in parts else None,
        data=_personal_data(client, held, files, omissions) if Part.DATA in parts else None,
        log=own_access_log(client.id, client.register_id, _reasons(client))
        if Part.LOG in parts
        else None,
    )


def _personal_data(
    client: Client,
    held: Sequence[Holding],
    files: Mapping[int, FileFact],
    omissions: Sequence[Omission],
) -> PersonalData:
    services = service_titles(client.register_id)
    return PersonalData(
        person=_person(client),
        episodes=tuple(
            EpisodeFact(
                episode.service_key,
                services.get(episode.service_key, episode.service_key),
                episode.started_on,
                episode.ended_on,
                episode.coaching_number,
            )
            for episode in client.episodes
        ),
        consents=_consents(client, services),
        notices=_notices(client),
        requests=_requests(client),
        documents=tuple(_document(each, files) for each in held),
        omissions=tuple(omissions),
    )


def _person(client: Client) -> Person:
    key = key_store().open_key(client.key_id)
    name = sealing.open_name(client.name_sealed, client.key_id, key)
    contact = sealing.open_contact(client.contact_sealed, client.key_id, key)
    code = client.identity_code_sealed
    place = " ".join(part for part in (contact.postal_code, contact.city) if part)
    return Person(
        client_number=client.number,
        last_name=name.last_name,
        first_names=name.first_names,
        born_on=name.born_on,
        identity_code=sealing.open_field(sealing.CODE, client.key_id, key, code) if code else None,
        language=client.language,
        address=", ".join(part for part in (contact.address, place) if part),
        phone=contact.phone,
        email=contact.email,
        non_disclosure=contact.non_disclosure,
    )


def _consents(client: Client, services: Mapping[str, str]) -> tuple[ConsentFact, ...]:
    found = db.session.scalars(
        select(Consent).where(Consent.client_id == client.id).order_by(Consent.id)
    )
    return tuple(
        ConsentFact(
            consent.service_key,
            services.get(consent.service_key, consent.service_key),
            consent.given_on,
            consent.withdrawn_on,
        )
        for consent in found
    )


def _notices(client: Client) -> tuple[NoticeFact, ...]:
    names = register_names()
    return tuple(
        NoticeFact(
            names[line.register_id],
            line.edition,
            line.language,
            line.channel,
            str(NOTICE_CHANNELS[NoticeChannel(line.channel)]),
            line.given_on,
        )
        for line in notice_lines(client.id)
    )


def _requests(client: Client) -> tuple[RequestFact, ...]:
    found = db.session.scalars(
        select(DataSubjectRequest)
        .where(DataSubjectRequest.client_id == client.id)
        .order_by(DataSubjectRequest.id)
    )
    return tuple(
        RequestFact(
            request.reference,
            words(kind_of(request)),
            request.received_on,
            unseal(DETAILS, request.id, client.key_id, request.details_sealed),
            words(Outcome(request.outcome)) if request.outcome else None,
            request.closed_on,
        )
        for request in found
    )


def _document(held: Holding, files: Mapping[int, FileFact]) -> DocumentFact:
    row, document = held.row, held.document
    papers = [item for item in row.items if item.medium == "man" and item.state == "held"]
    destroyed_at = document.destroyed_at
    return DocumentFact(
        id=row.id,
        type_key=row.type_key,
        type=row.title,
        service=row.service,
        dated_on=row.dated_on,
        logged_on=row.logged_at.astimezone(clock.HELSINKI).date(),
        note=held.note,
        presented_from=row.presented_from,
        presented_until=row.presented_until,
        retention=held.retention,
        last_kept_on=document.last_kept_on,
        destroyed_on=destroyed_at.astimezone(clock.HELSINKI).date() if destroyed_at else None,
        files=tuple(files[item.id] for item in row.items if item.id in files),
        papers=len(papers),
        sheets=_sheets(papers),
    )


def _sheets(papers: Sequence[ItemRow]) -> int:
    return sum(item.sheets or 0 for item in papers)


def _reasons(client: Client) -> dict[int, str]:
    """Why staff opened the client outside their own caseload, by the exception's id."""
    key = key_store().open_key(client.key_id)
    found = db.session.scalars(
        select(CaseloadException).where(CaseloadException.client_id == client.id)
    )
    return {
        each.id: sealing.open_field(sealing.REASON, client.key_id, key, each.reason_sealed)
        for each in found
    }
