"""Which notice a client was given, and who has to be told: only of what says something new."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app import clock
from app.accounts.permissions import Actor, NotPermitted
from app.clients import queries, services
from app.clients.models import Client
from app.db import db, transaction
from app.registers import editions
from app.registers.definitions import LocalizedText
from app.registers.models import NoticeEdition
from app.registers.services import make_missing_editions
from app.web.problems import InputError
from tests.fixtures.clients import MakeClient
from tests.fixtures.registers import IN_FORCE_FROM, Publish, small_definition

SERVICE = "kuntouttava-tyotoiminta"


@pytest.fixture
def client(
    app: Flask, published_register: tuple[int, object], worker: Actor, make_client: MakeClient
) -> Client:
    """A client in a service, when the register's notice has one edition."""
    make_missing_editions()
    client = make_client(worker, published_register[0])
    services.start_episode(worker, client.id, SERVICE, clock.today(), worker.user_id)
    return client


def edition_of(client: Client, number: int = 1) -> editions.Edition:
    return next(e for e in editions.editions(client.register_id) if e.number == number)


def give(actor: Actor, client: Client, number: int = 1, on: date | None = None) -> None:
    edition = edition_of(client, number)
    services.give_notice(actor, client.id, edition.id, "fi", "letter", on or clock.today())


def test_a_given_notice_is_known_with_its_edition_day_and_way(
    client: Client, worker: Actor
) -> None:
    assert queries.notice_standing(client.id, client.register_id).to_tell
    give(worker, client, on=IN_FORCE_FROM)

    standing = queries.notice_standing(client.id, client.register_id)
    assert standing.last is not None
    assert (standing.last.edition, standing.last.channel) == (1, "letter")
    assert standing.last.given_on == IN_FORCE_FROM
    assert not standing.to_tell


@pytest.mark.parametrize(
    ("language", "channel", "days", "field"),
    [
        ("de", "letter", 0, "language"),
        ("fi", "pigeon", 0, "channel"),
        ("fi", "letter", 1, "given_on"),
        ("fi", "letter", (IN_FORCE_FROM - date(2030, 1, 1)).days * 2, "given_on"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(
    client: Client, worker: Actor, language: str, channel: str, days: int, field: str
) -> None:
    edition = edition_of(client)
    with pytest.raises(InputError) as refused:
        services.give_notice(
            worker,
            client.id,
            edition.id,
            language,
            channel,
            clock.today() + timedelta(days=days),
        )
    assert refused.value.field == field


def test_another_registers_edition_is_refused(
    client: Client, worker: Actor, other_register: int
) -> None:
    make_missing_editions()
    other = editions.editions(other_register)[0]
    with pytest.raises(InputError) as refused:
        services.give_notice(worker, client.id, other.id, "fi", "letter", clock.today())
    assert refused.value.field == "edition"


def test_only_those_who_keep_clients_details_record_it(client: Client, officer: Actor) -> None:
    with pytest.raises(NotPermitted):
        give(officer, client)


def test_clients_to_be_told_are_those_without_the_newest_news(
    client: Client, worker: Actor, officer: Actor, publish: Publish
) -> None:
    def waiting(actor: Actor) -> list[int]:
        return [hit.id for hit in queries.recipients(actor, client.register_id).clients]

    assert waiting(officer) == [client.id]
    give(worker, client)
    assert waiting(officer) == []
    assert queries.recipient_count(officer, client.register_id) == 0

    news = {"description": LocalizedText(fi="Tietoja käytetään uuteen tarkoitukseen.")}
    newer = small_definition("valmennus").model_copy(update=news)
    publish(newer, IN_FORCE_FROM + timedelta(days=30))
    make_missing_editions()
    assert waiting(officer) == [client.id]
    assert queries.recipient_count(officer, client.register_id) == 1

    with transaction() as session:
        session.execute(
            update(NoticeEdition).where(NoticeEdition.number == 2).values(tells_clients=False)
        )
    db.session.expire_all()
    assert waiting(officer) == []
    give(worker, client, number=2)
    assert waiting(officer) == []


def test_staff_see_their_own_clients_only(
    client: Client, worker: Actor, colleague: Actor, auditor: Actor
) -> None:
    found = queries.recipients(worker, client.register_id)
    assert [hit.id for hit in found.clients] == [client.id]
    assert queries.recipients(colleague, client.register_id).clients == []
    assert queries.recipient_count(auditor, client.register_id) == 0
    with pytest.raises(NotPermitted):
        queries.recipients(auditor, client.register_id)


def test_a_client_whose_service_has_ended_is_not_listed(client: Client, worker: Actor) -> None:
    (episode,) = client.episodes
    services.end_episode(worker, episode.id, clock.today())

    assert queries.recipients(worker, client.register_id).clients == []
