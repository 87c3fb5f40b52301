"""A client entered into a register, and the client's details changed."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.events import Event
from app.audit.services import record, record_view
from app.clients import explain, sealing
from app.clients.models import Client, ClientToken, IdentityCode
from app.clients.queries import needs_reason, open_client
from app.clients.rules import Contact, IdentityCodeParts, Name, SearchKind
from app.clients.services.checks import (
    EDITORS,
    checked_code,
    checked_contact,
    checked_language,
    checked_name,
    published,
)
from app.crypto import key_store
from app.crypto.blind_index import code_token, name_prefix_tokens
from app.db import db, transaction
from app.registers.models import Register
from app.web.problems import InputError, NotFound

# The first client is number 1001: a number of four digits is not taken for a count.
NUMBERS_AFTER = 1000


@dataclass(frozen=True)
class _Details:
    """All that is kept of who a client is. The field names are those that the log tells."""

    name: Name
    contact: Contact
    identity_code: IdentityCodeParts | None
    language: str


class _Taken(InputError):
    """The identity code is another client's."""

    def __init__(self, client_id: int, message: str) -> None:
        super().__init__("identity_code", message)
        self.client_id = client_id


def create_client(
    actor: Actor,
    register_id: int,
    *,
    last_name: str,
    first_names: str,
    identity_code: str | None,
    birth_date: date | None,
    contact: Contact,
    language: str,
) -> Client:
    """Enter a client into a register, under a new key of the client's own.

    The identity code or the birth date must be given, and they must agree. Raises `NotPermitted`,
    and `InputError` by field; what fails leaves nothing behind, in the key store neither.
    """
    actor.require(register_id, *EDITORS)
    published(register_id)
    code = checked_code(register_id, identity_code)
    details = _Details(
        checked_name(last_name, first_names, birth_date, code),
        checked_contact(contact),
        code,
        checked_language(language),
    )
    key_id = secrets.token_hex(16)
    key_store().create_client_key(key_id, register_id)
    try:
        with _told_is_logged(actor), transaction() as session:
            return _insert(session, actor, register_id, key_id, details)
    except BaseException:
        _withdraw_unless_committed(key_id)
        raise


def change_client(
    actor: Actor,
    client_id: int,
    *,
    last_name: str,
    first_names: str,
    identity_code: str | None,
    birth_date: date | None,
    contact: Contact,
    language: str,
    remove_identity_code: bool = False,
) -> Client:
    """Change a client's details; request handlers may as well, because rectification is a right.

    No `identity_code` keeps the one there is; `remove_identity_code` removes it. The log tells
    which details changed, not what they were. Raises as `open_client`, and `InputError` by field.
    Source: GDPR Art. 16.
    """
    with _told_is_logged(actor), transaction() as session:
        client = open_client(actor, client_id)
        actor.require(client.register_id, *EDITORS, Role.REQUEST_HANDLER)
        _lock(session, client.register_id)
        before = _stored(client)
        typed = checked_code(client.register_id, identity_code)
        code = typed or (None if remove_identity_code else before.identity_code)
        after = _Details(
            checked_name(last_name, first_names, birth_date, code),
            checked_contact(contact),
            code,
            checked_language(language),
        )
        changed = [
            field.name
            for field in fields(_Details)
            if getattr(before, field.name) != getattr(after, field.name)
        ]
        if not changed:
            return client
        _seal(client, after)
        _index(session, actor, client, after, changed)
        record(
            Event.CLIENT_CHANGED,
            actor_id=actor.user_id,
            register_id=client.register_id,
            client_id=client.id,
            details={"fields": changed},
        )
    return client


def _insert(
    session: Session, actor: Actor, register_id: int, key_id: str, details: _Details
) -> Client:
    _lock(session, register_id)
    highest = session.scalar(
        select(func.max(Client.number)).where(Client.register_id == register_id)
    )
    client = Client(
        register_id=register_id,
        number=(highest or NUMBERS_AFTER) + 1,
        key_id=key_id,
        created_at=clock.now(),
        created_by_id=actor.user_id,
        episodes=[],
    )
    _seal(client, details)
    session.add(client)
    session.flush()
    _index(session, actor, client, details, ["name", "identity_code"])
    record(
        Event.CLIENT_CREATED,
        actor_id=actor.user_id,
        register_id=register_id,
        client_id=client.id,
    )
    return client


def _lock(session: Session, register_id: int) -> None:
    """One at a time in a register: numbers and identity codes must stay unique."""
    if session.get(Register, register_id, with_for_update=True) is None:
        raise NotFound(register_id)


def _stored(client: Client) -> _Details:
    key = key_store().open_key(client.key_id)
    name = sealing.open_name(client.name_sealed, client.key_id, key)
    sealed = client.identity_code_sealed
    code = sealing.open_field(sealing.CODE, client.key_id, key, sealed) if sealed else None
    return _Details(
        name,
        sealing.open_contact(client.contact_sealed, client.key_id, key),
        IdentityCodeParts(code, name.born_on) if code else None,
        client.language,
    )


def _seal(client: Client, details: _Details) -> None:
    key = key_store().open_key(client.key_id)
    code = details.identity_code
    client.name_sealed = sealing.seal_name(details.name, client.key_id, key)
    client.contact_sealed = sealing.seal_contact(details.contact, client.key_id, key)
    client.identity_code_sealed = (
        sealing.seal_field(sealing.CODE, client.key_id, key, code.code) if code else None
    )
    client.birth_year = details.name.born_on.year
    client.language = details.language


def _index(
    session: Session, actor: Actor, client: Client, details: _Details, changed: list[str]
) -> None:
    """Write the blind index of what changed; the words themselves are stored nowhere in clear."""
    key = key_store().blind_index_key(client.register_id)
    if "name" in changed:
        session.execute(delete(ClientToken).where(ClientToken.client_id == client.id))
        tokens = name_prefix_tokens(key, f"{details.name.last_name} {details.name.first_names}")
        row = {"client_id": client.id, "register_id": client.register_id, "kind": "name"}
        session.execute(insert(ClientToken), [{**row, "token": token} for token in tokens])
    if "identity_code" in changed:
        session.execute(delete(IdentityCode).where(IdentityCode.client_id == client.id))
        if details.identity_code is not None:
            token = code_token(key, details.identity_code.code)
            _refuse_taken(session, actor, client.register_id, token)
            session.execute(
                insert(IdentityCode),
                {"register_id": client.register_id, "token": token, "client_id": client.id},
            )


def _refuse_taken(session: Session, actor: Actor, register_id: int, token: bytes) -> None:
    """One client for each person in a register; who the other is, only those hear who may open."""
    holder = session.get(IdentityCode, (register_id, token))
    if holder is None:
        return
    other = session.get_one(Client, holder.client_id)
    number = None if needs_reason(actor, other) else other.number
    raise _Taken(other.id, explain.taken(number))


@contextmanager
def _told_is_logged(actor: Actor) -> Iterator[None]:
    """That a code is taken tells who is a client, as a search with the code does: log it as one."""
    try:
        yield
    except _Taken as taken:
        record_view(
            Event.CLIENT_SEARCHED,
            actor_id=actor.user_id,
            details={"kind": SearchKind.CODE.value, "shown": [taken.client_id]},
        )
        raise


def _withdraw_unless_committed(key_id: str) -> None:
    """Destroy the key of a client who was not entered after all.

    A commit may have reached the database although its answer was an error; then the key stays.
    """
    # A connection of its own sees only what has been committed.
    with db.engine.connect() as connection:
        committed = connection.scalar(select(Client.id).where(Client.key_id == key_id))
    if committed is None:
        key_store().destroy(key_id)
