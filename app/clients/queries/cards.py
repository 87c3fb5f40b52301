"""One client as pages show one, and the names that other packages put beside their rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from app.accounts.models import Grant, User
from app.accounts.permissions import Actor, Role
from app.clients import sealing
from app.clients.models import CaseloadException, Client, Consent, Episode
from app.clients.queries.access import is_own, open_client
from app.clients.rules import Contact, Name, mask
from app.crypto import key_store
from app.db import db
from app.registers.queries import parse_definition, versions
from app.web.i18n import gettext as _
from app.web.i18n import pick
from app.web.problems import NotFound


@dataclass(frozen=True)
class EpisodeLine:
    """An episode with its words: the service's name in the register and the worker's name."""

    id: int
    client_id: int
    service_key: str
    service: str
    worker_id: int
    worker: str
    coaching_number: str | None
    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class ConsentLine:
    """A consent with the service it is for; `version` is that of the register it was given to."""

    id: int
    service_key: str
    service: str
    version: int
    given_on: date
    withdrawn_on: date | None


@dataclass(frozen=True)
class ClientCard:
    """Who a client is and what goes on, decrypted for one reader."""

    id: int
    register_id: int
    number: int
    key_id: str
    name: str
    last_name: str
    first_names: str
    born_on: date
    birth_year: int
    masked_code: str | None
    contact: Contact
    language: str
    episodes: tuple[EpisodeLine, ...]
    own: bool

    @property
    def running(self) -> tuple[EpisodeLine, ...]:
        """The episodes that have not ended."""
        return tuple(episode for episode in self.episodes if episode.ended_on is None)


def client_card(actor: Actor, client_id: int) -> ClientCard:
    """The client's card. Raises as `open_client`, and `NotFound` when the key was destroyed."""
    client = open_client(actor, client_id)
    key = key_store().open_many([client.key_id]).get(client.key_id)
    if key is None:
        raise NotFound(client_id)
    name = sealing.open_name(client.name_sealed, client.key_id, key)
    code = client.identity_code_sealed
    return ClientCard(
        id=client.id,
        register_id=client.register_id,
        number=client.number,
        key_id=client.key_id,
        name=str(name),
        last_name=name.last_name,
        first_names=name.first_names,
        born_on=name.born_on,
        birth_year=client.birth_year,
        masked_code=mask(sealing.open_field(sealing.CODE, client.key_id, key, code))
        if code
        else None,
        contact=sealing.open_contact(client.contact_sealed, client.key_id, key),
        language=client.language,
        episodes=episode_lines([client]).get(client.id, ()),
        own=is_own(actor, client.id),
    )


def names_of(client_ids: Iterable[int]) -> dict[int, str]:
    """Names by client id, in two reads for any number of clients.

    A client whose key was destroyed is called by the client number. Whoever shows the names logs
    that: they are client data.
    """
    wanted = set(client_ids)
    clients = db.session.scalars(select(Client).where(Client.id.in_(wanted))).all()
    names = open_names(clients)
    return {client.id: shown_name(client, names.get(client.id)) for client in clients}


def open_names(clients: Collection[Client]) -> dict[int, Name]:
    """The decrypted names by client id; a client whose key was destroyed is left out."""
    keys = key_store().open_many([client.key_id for client in clients])
    return {
        client.id: sealing.open_name(client.name_sealed, client.key_id, keys[client.key_id])
        for client in clients
        if client.key_id in keys
    }


def born_on(client: Client) -> date:
    """The client's day of birth. Raises `KeyDestroyed` when the client's key is gone."""
    key = key_store().open_key(client.key_id)
    return sealing.open_name(client.name_sealed, client.key_id, key).born_on


def shown_name(client: Client, name: Name | None) -> str:
    """The name, or what stands for it when it was destroyed."""
    if name is None:
        return _("client %(number)s, name destroyed", number=client.number)
    return str(name)


def reasons_given(exception_ids: Collection[int]) -> dict[int, str]:
    """What staff wrote when opening a client outside the caseload, by the log entry's object id.

    Left out are reasons whose client's key was destroyed. Whoever shows them logs that.
    """
    found = db.session.execute(
        select(CaseloadException, Client.key_id)
        .join(Client, Client.id == CaseloadException.client_id)
        .where(CaseloadException.id.in_(exception_ids))
    ).all()
    keys = key_store().open_many([key_id for _exception, key_id in found])
    return {
        exception.id: sealing.open_field(
            sealing.REASON, key_id, keys[key_id], exception.reason_sealed
        )
        for exception, key_id in found
        if key_id in keys
    }


def episode_lines(clients: Collection[Client]) -> dict[int, tuple[EpisodeLine, ...]]:
    """The episodes of the clients by client id, latest start first."""
    register_of = {client.id: client.register_id for client in clients}
    titles = {register_id: service_titles(register_id) for register_id in {*register_of.values()}}
    rows = db.session.execute(
        select(Episode, User.display_name)
        .join(User, User.id == Episode.worker_id)
        .where(Episode.client_id.in_(register_of))
        .order_by(Episode.started_on.desc(), Episode.id.desc())
    )
    lines: dict[int, list[EpisodeLine]] = {}
    for episode, worker in rows:
        services = titles[register_of[episode.client_id]]
        line = EpisodeLine(
            id=episode.id,
            client_id=episode.client_id,
            service_key=episode.service_key,
            service=services.get(episode.service_key, episode.service_key),
            worker_id=episode.worker_id,
            worker=worker,
            coaching_number=episode.coaching_number,
            started_on=episode.started_on,
            ended_on=episode.ended_on,
        )
        lines.setdefault(episode.client_id, []).append(line)
    return {client_id: tuple(found) for client_id, found in lines.items()}


def service_titles(register_id: int) -> dict[str, str]:
    """Names of all services the register has ever published, by key; the newest version's word.

    An old episode may be in a service that the register no longer has.
    """
    titles: dict[str, str] = {}
    for version in reversed(versions(register_id)):
        if version.state == "published":
            services = parse_definition(version.content).services
            titles.update({service.key: pick(service.name) for service in services})
    return titles


def consent_lines(client: ClientCard) -> list[ConsentLine]:
    """The consents of a client whose card the reader was given, newest first."""
    titles = service_titles(client.register_id)
    numbers = {version.id: version.number for version in versions(client.register_id)}
    found: Sequence[Consent] = db.session.scalars(
        select(Consent)
        .where(Consent.client_id == client.id)
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    ).all()
    return [
        ConsentLine(
            id=consent.id,
            service_key=consent.service_key,
            service=titles.get(consent.service_key, consent.service_key),
            version=numbers[consent.register_version_id],
            given_on=consent.given_on,
            withdrawn_on=consent.withdrawn_on,
        )
        for consent in found
    ]


def client_of_consent(consent_id: int) -> int:
    """The id of the client who gave a consent. Raises `NotFound`."""
    consent = db.session.get(Consent, consent_id)
    if consent is None:
        raise NotFound(consent_id)
    return consent.client_id


def has_consent(client_id: int, service_key: str) -> bool:
    """Whether a consent of the client to the service has been given and not withdrawn."""
    valid = select(Consent.id).where(
        Consent.client_id == client_id,
        Consent.service_key == service_key,
        Consent.withdrawn_on.is_(None),
    )
    return db.session.scalar(valid.limit(1)) is not None


def staff_of(register_id: int) -> list[tuple[int, str]]:
    """Who can be the worker of an episode: active staff of the register, by name."""
    statement = (
        select(User.id, User.display_name)
        .where(User.is_active, User.grants.any(_staff_grant(register_id)))
        .order_by(User.display_name, User.id)
    )
    return list(db.session.execute(statement).all())


def _staff_grant(register_id: int) -> ColumnElement[bool]:
    scope = Grant.register_id.is_(None) | (Grant.register_id == register_id)
    return (Grant.role == Role.STAFF) & scope
