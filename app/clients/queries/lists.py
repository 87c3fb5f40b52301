"""Lists of clients: the own caseload, all of the register, and what a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Actor
from app.clients import rules
from app.clients.models import Client, ClientToken, IdentityCode
from app.clients.queries.access import in_caseload, opens_freely
from app.clients.queries.cards import EpisodeLine, episode_lines, open_names, shown_name
from app.crypto import key_store
from app.crypto.blind_index import code_token, query_tokens
from app.db import db
from app.registers.queries import register_keys

PAGE_SIZE = 50
SEARCH_LIMIT = 50


@dataclass(frozen=True)
class ClientHit:
    """A client in a list. `needs_reason`: opening it asks this reader for a reason first."""

    id: int
    register_id: int
    number: int
    name: str
    birth_year: int
    running: tuple[EpisodeLine, ...]
    needs_reason: bool


@dataclass(frozen=True)
class ClientPage:
    """One page of a list, newest client first, with the keys of the pages beside it."""

    clients: list[ClientHit]
    newer_than: int | None
    older_than: int | None


def client_list(
    actor: Actor,
    *,
    own: bool = False,
    before_id: int | None = None,
    after_id: int | None = None,
) -> ClientPage:
    """The clients of the person's registers, or only the `own` caseload, newest first.

    `before_id` and `after_id` are keys from the page before.
    """
    statement = select(Client).where(_readable(actor))
    if own:
        statement = statement.where(in_caseload(actor))
    if after_id is not None:
        newer = statement.where(Client.id > after_id).order_by(Client.id)
        found = db.session.scalars(newer.limit(PAGE_SIZE + 1)).all()
        more_newer, more_older = len(found) > PAGE_SIZE, True
        clients = found[:PAGE_SIZE][::-1]
    else:
        if before_id is not None:
            statement = statement.where(Client.id < before_id)
        older = statement.order_by(Client.id.desc())
        found = db.session.scalars(older.limit(PAGE_SIZE + 1)).all()
        more_newer, more_older = before_id is not None, len(found) > PAGE_SIZE
        clients = found[:PAGE_SIZE]
    return ClientPage(
        client_hits(actor, clients),
        newer_than=clients[0].id if clients and more_newer else None,
        older_than=clients[-1].id if clients and more_older else None,
    )


def search(actor: Actor, text: str) -> list[ClientHit]:
    """At most `SEARCH_LIMIT` clients of the person's registers, by name.

    A number finds the client number, a whole identity code its client, and anything else the
    clients of whose names each typed word begins one. A mistyped identity code finds nobody.
    """
    kind = rules.search_kind(text)
    if kind is rules.SearchKind.NUMBER:
        found = Client.number == int(text)
    elif kind is rules.SearchKind.CODE:
        found = _has_code(actor, text)
    else:
        found = _has_name(actor, text)
    statement = select(Client).where(_readable(actor), found).order_by(Client.id.desc())
    hits = client_hits(actor, db.session.scalars(statement.limit(SEARCH_LIMIT)).all())
    return sorted(hits, key=lambda hit: (rules.collation_key(hit.name), hit.number))


def _readable(actor: Actor) -> ColumnElement[bool]:
    return Client.register_id.in_(_register_ids(actor))


def _register_ids(actor: Actor) -> list[int]:
    granted = actor.registers(*CLIENT_ROLES)
    return list(register_keys() if granted is None else granted)


def _has_code(actor: Actor, text: str) -> ColumnElement[bool]:
    try:
        code = rules.read_identity_code(text, artificial_allowed=True, as_of=clock.today()).code
    except rules.CodeRefused:
        return false()
    of_registers = [
        and_(
            IdentityCode.register_id == register_id,
            IdentityCode.token == code_token(key_store().blind_index_key(register_id), code),
        )
        for register_id in _register_ids(actor)
    ]
    return Client.id.in_(select(IdentityCode.client_id).where(or_(false(), *of_registers)))


def _has_name(actor: Actor, text: str) -> ColumnElement[bool]:
    in_registers = []
    for register_id in _register_ids(actor):
        tokens = query_tokens(key_store().blind_index_key(register_id), text)
        if not tokens:
            return false()
        words = [
            Client.id.in_(
                select(ClientToken.client_id).where(
                    ClientToken.register_id == register_id,
                    ClientToken.kind == "name",
                    ClientToken.token == token,
                )
            )
            for token in tokens
        ]
        in_registers.append(and_(Client.register_id == register_id, *words))
    return or_(false(), *in_registers)


def client_hits(actor: Actor, clients: Sequence[Client]) -> list[ClientHit]:
    """Clients as lists show them, in a few reads for any number. Whoever shows them logs that."""
    names = open_names(clients)
    episodes = episode_lines(clients)
    free = opens_freely(actor, clients)
    return [
        ClientHit(
            id=client.id,
            register_id=client.register_id,
            number=client.number,
            name=shown_name(client, names.get(client.id)),
            birth_year=client.birth_year,
            running=tuple(line for line in episodes.get(client.id, ()) if line.ended_on is None),
            needs_reason=client.id not in free,
        )
        for client in clients
    ]
