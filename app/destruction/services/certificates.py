"""Certificates of executed lists: stated, signed for by the log's key, printed, handed out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor
from app.audit.checkpoint import Checkpoint, CheckpointRefused
from app.audit.payload import instant_text
from app.audit.services import LogRolledBack, sign_checkpoint, signer
from app.clients.models import Client
from app.config import settings
from app.db import db, transaction
from app.destruction.certificate import canonical, sign
from app.destruction.journal import journal
from app.destruction.letters import certificate_letter
from app.destruction.models import (
    DisposalCertificate,
    DisposalConfirmation,
    DisposalEntry,
    DisposalItem,
)
from app.destruction.queries.lists import find_list
from app.destruction.roles import EXECUTORS
from app.destruction.rules import ListState
from app.documents.models import Document
from app.documents.queries.names import definitions
from app.registers.models import Register
from app.registers.queries import latest_definition
from app.retention.definition_models import LocalizedText
from app.retention.queries import rules_of
from app.web.i18n import gettext as _
from app.web.i18n import language
from app.web.problems import Conflict, NotFound

log = structlog.get_logger()

# The language of the register and of the page that is kept; other languages are made on demand.
KEPT_LANGUAGE = "fi"

# Why the log may not be signed for: it was rolled back, or the signature that is kept outside is
# damaged or cannot be read or written.
CANNOT_SIGN = (LogRolledBack, CheckpointRefused, UnicodeDecodeError, OSError)

People = Mapping[int, dict[str, int | str]]


def issue_certificate(confirmation_id: int) -> DisposalCertificate:
    """State and sign what an executed list destroyed; again it gives the one that is there.

    Raises one of `CANNOT_SIGN` when the log cannot be signed for.
    """
    there = _certificate(db.session, confirmation_id)
    if there is not None:
        return there
    # Everything the certificate speaks of is in the log below this size.
    checkpoint = sign_checkpoint()
    assert checkpoint is not None
    with transaction() as session:
        found = session.get_one(DisposalConfirmation, confirmation_id, with_for_update=True)
        there = _certificate(session, confirmation_id)
        if there is not None:
            return there
        statement = canonical(_facts(session, found, checkpoint))
        note = sign(statement, signer())
        with language(KEPT_LANGUAGE):
            page = certificate_letter(statement, note, signer().verifier.vkey)
        certificate = DisposalCertificate(
            confirmation_id=found.id,
            statement=statement,
            signature=note,
            pdf=page,
            issued_at=clock.now(),
        )
        session.add(certificate)
    return certificate


def find_certificate(actor: Actor, confirmation_id: int) -> DisposalCertificate:
    """The certificate of a list. Raises `NotFound` when there is none yet, `NotPermitted`."""
    find_list(actor, confirmation_id)
    found = _certificate(db.session, confirmation_id)
    if found is None:
        raise NotFound(confirmation_id)
    return found


def certificate_page(found: DisposalCertificate, code: str) -> bytes:
    """The printed page in a language; in Finnish the one that was kept."""
    if code == KEPT_LANGUAGE:
        return found.pdf
    with language(code):
        return certificate_letter(found.statement, found.signature, signer().verifier.vkey)


def certify(actor: Actor, confirmation_id: int) -> DisposalCertificate:
    """Sign the certificate of an executed list that could not be signed for when it was closed.

    Raises `Conflict` when that is not possible now, `NotFound`, `NotPermitted`.
    """
    found = find_list(actor, confirmation_id)
    actor.require(found.register_id, *EXECUTORS)
    if found.state != ListState.EXECUTED:
        raise Conflict(_("Only a list that has been carried out is certified."))
    try:
        return issue_certificate(confirmation_id)
    except LogRolledBack as problem:
        message = _(
            "The access log is older than its newest signature, so nothing can be signed for."
            " The administrator must settle that first."
        )
        raise Conflict(message) from problem
    except CANNOT_SIGN as problem:
        log.warning("certificate_waits", list_id=confirmation_id, error=type(problem).__name__)
        message = _(
            "The newest signature of the access log, which is kept outside the database, is damaged"
            " or out of reach, so nothing can be signed for. The administrator must settle that"
            " first."
        )
        raise Conflict(message) from problem


def _certificate(session: Session, confirmation_id: int) -> DisposalCertificate | None:
    return session.scalar(
        select(DisposalCertificate).where(DisposalCertificate.confirmation_id == confirmation_id)
    )


def _facts(session: Session, found: DisposalConfirmation, checkpoint: Checkpoint) -> dict[str, Any]:
    """All that the certificate states; clients and documents by number only."""
    entries = list(found.entries)
    items = _items(session, entries)
    documents = _documents(session, entries)
    people = _people(session, found, items)
    register = session.get_one(Register, found.register_id)
    stated = [
        (entry, _entry_facts(entry, documents, items.get(entry.id, ()), people))
        for entry in entries
    ]
    return {
        "list": found.reference,
        "organisation": settings().organisation,
        "register": {"key": register.key, "name": _texts(latest_definition(register.id).name)},
        "as_of": found.as_of.isoformat(),
        "steps": _steps(found, people),
        "rules": _rules(entries),
        "documents": [facts for entry, facts in stated if entry.state == "destroyed"],
        "left_out": [
            {**facts, "obstacle": entry.obstacle}
            for entry, facts in stated
            if entry.state == "excluded"
        ],
        "log": {
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": checkpoint.root.hex(),
        },
        "journal": journal().head(),
    }


def _steps(found: DisposalConfirmation, people: People) -> dict[str, Any]:
    """Who proposed, approved and carried out the list, and when."""
    steps = (
        ("proposed", found.proposed_by_id, found.proposed_at),
        ("approved", found.approved_by_id, found.approved_at),
        ("executed", found.executed_by_id, found.executed_at),
    )
    return {
        name: {"by": people[user_id], "at": instant_text(at)}
        for name, user_id, at in steps
        if user_id is not None and at is not None
    }


def _entry_facts(
    entry: DisposalEntry,
    documents: Mapping[int, dict[str, Any]],
    items: Iterable[DisposalItem],
    people: People,
) -> dict[str, Any]:
    return {
        **documents[entry.document_id],
        "rule": entry.retention_rule_version_id,
        "trigger_on": _day(entry.trigger_on),
        "last_kept_on": _day(entry.last_kept_on),
        "destroyed_at": instant_text(entry.destroyed_at) if entry.destroyed_at else None,
        "items": [_item_facts(item, people) for item in items],
    }


def _item_facts(item: DisposalItem, people: People) -> dict[str, Any]:
    return {
        "item": item.item_id,
        "medium": item.medium,
        "method": item.method,
        "destroyed_on": item.destroyed_on.isoformat(),
        "witness": people.get(item.witness_id or 0),
        "confirmed_by": people.get(item.confirmed_by_id or 0),
        "verified_at": instant_text(item.verified_at) if item.verified_at else None,
    }


def _items(session: Session, entries: Sequence[DisposalEntry]) -> dict[int, list[DisposalItem]]:
    """The pieces that were destroyed, by entry."""
    found: dict[int, list[DisposalItem]] = {}
    ids = [entry.id for entry in entries]
    statement = select(DisposalItem).where(DisposalItem.entry_id.in_(ids))
    for item in session.scalars(statement.order_by(DisposalItem.id)):
        found.setdefault(item.entry_id, []).append(item)
    return found


def _documents(session: Session, entries: Sequence[DisposalEntry]) -> dict[int, dict[str, Any]]:
    """Number, client number and kind of the documents, by id."""
    ids = [entry.document_id for entry in entries]
    rows = session.execute(
        select(Document, Client.number)
        .join(Client, Client.id == Document.client_id)
        .where(Document.id.in_(ids))
    ).all()
    versions = definitions(document.register_version_id for document, _number in rows)
    found = {}
    for document, number in rows:
        _version, definition = versions[document.register_version_id]
        kind = definition.document_type(document.document_type_key)
        found[document.id] = {
            "document": document.id,
            "client": number,
            "type": kind.key,
            "title": _texts(kind.name),
        }
    return found


def _rules(entries: Iterable[DisposalEntry]) -> dict[str, Any]:
    """The rules that the documents went by, each in the version that was in force."""
    return {
        str(version_id): {
            "key": policy.key,
            "version": number,
            "code": policy.code,
            "name": _texts(policy.name),
            "period": str(policy.retention_period) if policy.retention_period else None,
            "trigger": str(policy.retention_trigger),
            "law": _texts(policy.mandate.citation),
        }
        for version_id, (number, policy) in rules_of(
            {entry.retention_rule_version_id for entry in entries}
        ).items()
    }


def _people(
    session: Session, found: DisposalConfirmation, items: Mapping[int, Sequence[DisposalItem]]
) -> People:
    """Everybody the certificate names, by id."""
    wanted = {found.proposed_by_id, found.approved_by_id, found.executed_by_id}
    for of_entry in items.values():
        for item in of_entry:
            wanted |= {item.witness_id, item.confirmed_by_id}
    rows = session.execute(select(User.id, User.display_name).where(User.id.in_(wanted - {None})))
    return {user_id: {"id": user_id, "name": name} for user_id, name in rows}


def _texts(text: LocalizedText) -> dict[str, str]:
    given = {"fi": text.fi, "sv": text.sv, "en": text.en}
    return {code: words for code, words in given.items() if words}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
