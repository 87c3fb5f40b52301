"""Builds the demonstration through the same services that people use in the browser."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import func, select

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor, Role
from app.accounts.services import actor_of, add_user, give_role
from app.audit.services import sequence_pending, sign_checkpoint
from app.clients.models import Client, Episode
from app.clients.rules import Contact, NoticeChannel
from app.clients.services import create_client, give_consent, give_notice, start_episode
from app.config import settings
from app.db import db, transaction
from app.demo.people import fictional
from app.demo.records import Shelf, as_if_logged_then, log_history, paper_in_hand
from app.demo.work import hold_one, open_requests, propose_list, propose_rule_change
from app.documents.services import create_location, end_episode, hand_over
from app.registers.definitions import ServiceType
from app.registers.editions import editions
from app.registers.queries import current_definition, register_keys, versions
from app.registers.services import propose, publish
from app.registers.settling import open_serious

CLIENTS = 200
YEARS = 15
PEOPLE = (
    ("tietosuoja", "Maija Esimerkki", (Role.DATA_PROTECTION_OFFICER,)),
    ("omistaja", "Onni Omistaja", (Role.REGISTER_OWNER,)),
    ("ohjaaja", "Oona Ohjaaja", (Role.STAFF,)),
    ("ohjaaja2", "Olavi Ohjaaja", (Role.STAFF,)),
    ("suunnittelija", "Siiri Suunnittelija", (Role.STAFF,)),
    ("hanke", "Hanna Hanketoimija", (Role.STAFF,)),
    ("pyynnot", "Petra Pyyntö", (Role.REQUEST_HANDLER,)),
    ("arkisto", "Antti Arkisto", (Role.RECORDS_MANAGER,)),
    ("arkisto2", "Anna Arkisto", (Role.RECORDS_MANAGER,)),
    ("tarkastaja", "Tuula Tarkastaja", (Role.AUDITOR,)),
    ("yllapito", "Yrjö Ylläpito", (Role.ADMINISTRATOR,)),
)


@dataclass(frozen=True)
class SignIn:
    """A demo person's name and password, to be printed."""

    username: str
    display_name: str
    role: str
    password: str


class NotADemo(Exception):
    """The instance is not set to be a demo; fictional people stay out of it."""


def is_empty() -> bool:
    """Whether nobody has been created in this instance yet."""
    return not db.session.scalar(select(func.count()).select_from(User))


def build(today: date | None = None) -> list[SignIn]:
    """Fill the empty instance of the running application: the sign-ins of its people.

    Raises `NotADemo` unless the setting `demo` is on. Registers and rules must have been loaded.
    """
    if not settings().demo:
        raise NotADemo
    today = today or clock.today()
    random = Random(2026)  # noqa: S311  # the same demo each time; nothing secret comes of it
    sign_ins, actors = _people()
    _publish(actors, today.replace(year=today.year - YEARS, month=1, day=1))
    for register_id in register_keys():
        shelf = _places(actors["arkisto"], register_id)
        for number in range(CLIENTS // 2):
            _client(actors, register_id, shelf, number, today, random)
    _waiting_work(actors, today)
    as_if_logged_then(today)
    sequence_pending()
    sign_checkpoint()
    return sign_ins


def _people() -> tuple[list[SignIn], dict[str, Actor]]:
    sign_ins, actors = [], {}
    for username, name, roles in PEOPLE:
        password = secrets.token_urlsafe(9)
        with transaction():
            user = add_user(username, name, password)
            for role in roles:
                give_role(user.id, role)
        db.session.refresh(user)
        actors[username] = actor_of(user)
        sign_ins.append(SignIn(username, name, str(roles[0]), password))
    return sign_ins, actors


def _publish(actors: dict[str, Actor], in_force_from: date) -> None:
    for register_id in register_keys():
        (draft,) = versions(register_id)
        propose(actors["omistaja"], draft.id)
        serious = len(open_serious(draft))
        publish(actors["tietosuoja"], draft.id, in_force_from, acknowledged=serious)


def _places(actor: Actor, register_id: int) -> Shelf:
    """A locked room with three cabinets, each with boxes."""
    room = create_location(
        actor, register_id, kind="room", name="Hallinnon arkistohuone", is_locked=True
    )
    boxes = []
    for cabinet_number in (1, 2, 3):
        cabinet = create_location(
            actor,
            register_id,
            kind="cabinet",
            name=f"Kaappi {cabinet_number}",
            is_locked=True,
            parent_id=room.id,
        )
        for box_number in range(1, 5):
            box = create_location(
                actor,
                register_id,
                kind="box",
                name=f"Laatikko {cabinet_number * 10 + box_number}",
                is_locked=True,
                parent_id=cabinet.id,
            )
            boxes.append(box.id)
    return Shelf(tuple(boxes))


def _client(
    actors: dict[str, Actor],
    register_id: int,
    shelf: Shelf,
    number: int,
    today: date,
    random: Random,
) -> None:
    """A client with one to three episodes spread over the years, and their documents."""
    person = fictional(number, random)
    worker = actors[random.choice(("ohjaaja", "ohjaaja2", "suunnittelija", "hanke"))]
    contact = Contact(
        address=person.address,
        postal_code="00000",
        city="Mallila",
        phone=f"000 000 {number:04d}",
        email=person.email,
    )
    with transaction():
        client = create_client(
            worker,
            register_id,
            last_name=person.last_name,
            first_names=person.first_names,
            identity_code=person.identity_code,
            birth_date=None,
            contact=contact,
            language=random.choice(("fi", "fi", "fi", "sv", "en")),
        )
        earliest = max(
            today - timedelta(days=365 * YEARS - 60),
            person.birth_date + timedelta(days=365 * 18),
        )
        periods = _periods(earliest, today, random)
        definition = current_definition(register_id)
        services = random.sample(definition.services, min(len(periods), len(definition.services)))
        ended = []
        for (started_on, ended_on), service in zip(periods, services, strict=False):
            episode = _start(worker, client, service, started_on, random)
            log_history(worker, episode, definition, shelf, started_on, ended_on or today, random)
            ended += [(episode.id, ended_on)] if ended_on is not None else []
        _tell(worker, client, periods[0][0] if periods else today)
        # Ended last: a client whose episodes are over long ago opens with a reason only.
        for episode_id, ended_on in ended:
            end_episode(worker, episode_id, ended_on)


def _tell(worker: Actor, client: Client, day: date) -> None:
    """Give most clients the notice at their first meeting; the rest still have to be told."""
    if client.number % 4:
        edition = editions(client.register_id)[0]
        channel = (NoticeChannel.IN_PERSON, NoticeChannel.LETTER, NoticeChannel.SECURE_EMAIL)[
            client.number % 3
        ]
        give_notice(worker, client.id, edition.id, client.language, channel, day)


def _periods(earliest: date, today: date, random: Random) -> list[tuple[date, date | None]]:
    """One to three stretches of time, the last of which may still go on."""
    periods: list[tuple[date, date | None]] = []
    day = earliest + timedelta(days=random.randrange(1 + max(1, (today - earliest).days - 120)))
    for _number in range(random.choice((1, 1, 2, 3))):
        end = day + timedelta(days=random.randrange(60, 500))
        if day >= today:
            break
        periods.append((day, end if end < today else None))
        if end >= today:
            break
        day = end + timedelta(days=random.randrange(30, 900))
    return periods


def _start(
    worker: Actor, client: Client, service: ServiceType, started_on: date, random: Random
) -> Episode:
    if service.consent_required:
        give_consent(worker, client.id, service.key, started_on)
    return start_episode(
        worker,
        client.id,
        service.key,
        started_on,
        worker.user_id,
        coaching_number=f"V{random.randrange(10_000, 99_999)}",
    )


def _waiting_work(actors: dict[str, Actor], today: date) -> None:
    """What the desk shows: papers on their way, requests, a list that waits, a hold."""
    for giver, receiver, purpose in (
        ("ohjaaja", "arkisto", "Päättyneen jakson paperit arkistoon"),
        ("suunnittelija", "tietosuoja", "Kansio tarkastuspyyntöä varten"),
    ):
        items: Sequence[int] = paper_in_hand(actors[giver])
        hand_over(actors[giver], items[:3], actors[receiver].user_id, purpose)
    open_requests(actors["pyynnot"], today)
    hold_one(actors["tietosuoja"], today)
    propose_list(actors["arkisto"], today)
    propose_rule_change(actors["arkisto"])
