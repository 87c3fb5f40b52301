"""Episodes and consents: the register in force decides what can be started."""

from datetime import date, timedelta

import pytest

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor, NotPermitted, Role
from app.clients.queries import client_card, consent_lines, has_consent, staff_of
from app.clients.services import end_episode, give_consent, start_episode, withdraw_consent
from app.db import transaction
from app.registers.definitions import RegisterDefinition
from app.web.i18n import language
from app.web.problems import Conflict, InputError
from tests.fixtures.clients import SERVICE, MakeClient
from tests.fixtures.log import entries
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import Publish, small_definition

Register = tuple[int, RegisterDefinition]


def test_an_episode_starts_in_a_service_of_the_register(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    start_episode(
        worker, client.id, SERVICE, date(2026, 1, 12), worker.user_id, coaching_number=" V  12 "
    )

    (episode,) = client_card(worker, client.id).episodes
    assert (episode.service, episode.worker) == ("Kuntouttava työtoiminta", "Ohjaaja")
    assert (episode.started_on, episode.ended_on) == (date(2026, 1, 12), None)
    assert episode.coaching_number == "V 12"
    (entry,) = entries("episode.started")
    assert entry["details"] == {"service_type": SERVICE, "started_on": "2026-01-12"}


def test_a_service_that_the_register_does_not_have_is_refused(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    with pytest.raises(InputError) as refused:
        start_episode(worker, client.id, "uimakoulu", clock.today(), worker.user_id)

    assert refused.value.field == "service"


def test_a_service_dropped_from_the_register_is_refused_and_its_old_episode_keeps_its_name(
    worker: Actor, published_register: Register, publish: Publish, make_client: MakeClient
) -> None:
    register_id, definition = published_register
    client = make_client(worker, register_id, worker=worker)
    shorter = definition.model_copy(
        update={
            "services": definition.services[1:],
            "storage_rules": tuple(r for r in definition.storage_rules if r.service != SERVICE),
        }
    )
    publish(shorter, in_force_from=clock.today())

    with pytest.raises(InputError) as refused:
        start_episode(worker, client.id, SERVICE, clock.today(), worker.user_id)

    assert refused.value.field == "service"
    assert client_card(worker, client.id).episodes[0].service == "Kuntouttava työtoiminta"


@pytest.mark.parametrize("days", [-365 * 80, 366 + 1])
def test_an_impossible_start_is_refused(
    worker: Actor, published_register: Register, make_client: MakeClient, days: int
) -> None:
    client = make_client(worker, published_register[0])
    start = clock.today() + timedelta(days=days)

    with pytest.raises(InputError) as refused:
        start_episode(worker, client.id, SERVICE, start, worker.user_id)

    assert refused.value.field == "started_on"


def test_the_worker_must_be_active_staff_of_the_register(
    worker: Actor,
    make_actor: MakeActor,
    published_register: Register,
    other_register: int,
    make_client: MakeClient,
) -> None:
    client = make_client(worker, published_register[0])
    elsewhere = make_actor("muualta", Role.STAFF, register_id=other_register)
    left = make_actor("lahtenyt", Role.STAFF)
    officer = make_actor("vastaava", Role.DATA_PROTECTION_OFFICER)
    with transaction() as session:
        session.get_one(User, left.user_id).is_active = False

    for user_id in (officer.user_id, elsewhere.user_id, left.user_id, 4711):
        with pytest.raises(InputError) as refused:
            start_episode(worker, client.id, SERVICE, clock.today(), user_id)
        assert refused.value.field == "worker"
    assert staff_of(published_register[0]) == [(worker.user_id, "Ohjaaja")]
    assert [name for _id, name in staff_of(other_register)] == ["Muualta", "Ohjaaja"]


def test_a_client_is_in_a_service_once_at_a_time(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], worker=worker)

    with pytest.raises(InputError) as refused:
        start_episode(worker, client.id, SERVICE, clock.today(), worker.user_id)
    (running,) = client_card(worker, client.id).running
    end_episode(worker, running.id, clock.today())
    start_episode(worker, client.id, SERVICE, clock.today(), worker.user_id)

    assert refused.value.field == "service"
    assert len(client_card(worker, client.id).episodes) == 2


def test_people_who_only_watch_start_nothing(
    worker: Actor, officer: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    with pytest.raises(NotPermitted):
        start_episode(officer, client.id, SERVICE, clock.today(), worker.user_id)
    with pytest.raises(NotPermitted):
        give_consent(officer, client.id, "ray", clock.today())


def test_an_episode_ends_once_and_not_before_it_started(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    started_on = clock.today() - timedelta(days=10)
    client = make_client(worker, published_register[0], worker=worker, started_on=started_on)
    (episode,) = client_card(worker, client.id).episodes

    for wrong in (started_on - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(InputError) as refused:
            end_episode(worker, episode.id, wrong)
        assert refused.value.field == "ended_on"
    end_episode(worker, episode.id, clock.today())
    with pytest.raises(Conflict):
        end_episode(worker, episode.id, clock.today())

    (entry,) = entries("episode.ended")
    assert entry["details"] == {"ended_on": clock.today().isoformat()}


def test_the_end_joins_the_act_around_it(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], worker=worker)
    (episode,) = client_card(worker, client.id).episodes

    def ended_and_failed() -> None:
        with transaction():
            end_episode(worker, episode.id, clock.today())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ended_and_failed()

    assert client_card(worker, client.id).running
    assert entries("episode.ended") == []


def test_a_service_with_a_separate_consent_waits_for_it(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])
    with language("fi"), pytest.raises(InputError, match="avustetussa palvelussa") as refused:
        start_episode(worker, client.id, "ray", clock.today(), worker.user_id)

    give_consent(worker, client.id, "ray", clock.today())
    start_episode(worker, client.id, "ray", clock.today(), worker.user_id)

    assert refused.value.field == "service"
    assert [episode.service for episode in client_card(worker, client.id).running] == ["RAY"]


def test_a_withdrawn_consent_opens_no_new_episode(
    worker: Actor, handler: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])
    consent = give_consent(worker, client.id, "ray", clock.today())

    withdraw_consent(handler, consent.id, clock.today())

    assert not has_consent(client.id, "ray")
    with pytest.raises(InputError):
        start_episode(worker, client.id, "ray", clock.today(), worker.user_id)
    with pytest.raises(Conflict):
        withdraw_consent(worker, consent.id, clock.today())
    assert [e["details"] for e in entries("consent.withdrawn")] == [{"purpose": "ray"}]


def test_a_consent_refers_to_the_version_in_force_when_it_was_given(
    worker: Actor, publish: Publish, make_client: MakeClient
) -> None:
    register_id = publish(small_definition("vanha"), in_force_from=date(2020, 1, 1))
    publish(small_definition("vanha"), in_force_from=date(2025, 1, 1))
    client = make_client(worker, register_id)

    give_consent(worker, client.id, "ray", date(2024, 6, 1))

    (line,) = consent_lines(client_card(worker, client.id))
    assert (line.version, line.given_on, line.withdrawn_on) == (1, date(2024, 6, 1), None)


def test_a_consent_that_cannot_be_is_refused(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    for service, given_on, field in (
        (SERVICE, date(2026, 1, 1), "service"),
        ("uimakoulu", date(2026, 1, 1), "service"),
        ("ray", date(2999, 1, 1), "given_on"),
        ("ray", date(2019, 12, 31), "given_on"),
    ):
        with pytest.raises(InputError) as refused:
            give_consent(worker, client.id, service, given_on)
        assert refused.value.field == field


def test_a_consent_is_given_once_and_withdrawn_within_its_time(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])
    given_on = clock.today() - timedelta(days=5)
    consent = give_consent(worker, client.id, "ray", given_on)

    with pytest.raises(InputError) as twice:
        give_consent(worker, client.id, "ray", clock.today())
    for wrong in (given_on - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(InputError) as refused:
            withdraw_consent(worker, consent.id, wrong)
        assert refused.value.field == "withdrawn_on"

    assert twice.value.field == "service"
