"""Sign-in: passwords, sessions that can be ended, guessing that is slowed down."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app import clock
from app.accounts import services
from app.accounts.models import User
from app.accounts.permissions import Actor, NotPermitted, Role
from app.db import db, transaction
from app.web.problems import InputError
from tests.fixtures.people import PASSWORD, MakeActor

ADDRESS = "192.0.2.7"


def test_the_right_password_opens_a_session(worker: Actor) -> None:
    token = services.sign_in("ohjaaja", PASSWORD, ADDRESS)

    assert token
    user = services.user_of_session(token)
    assert user is not None
    assert user.id == worker.user_id


@pytest.mark.parametrize(
    ("name", "password"), [("ohjaaja", "väärä"), ("kukaan", PASSWORD), ("", "")]
)
def test_a_wrong_name_or_password_opens_none(worker: Actor, name: str, password: str) -> None:
    assert services.sign_in(name, password, ADDRESS) is None


def test_after_five_failures_the_right_password_waits_too(worker: Actor) -> None:
    for _attempt in range(services.FAILURES_FOR_NAME):
        services.sign_in("ohjaaja", "väärä", ADDRESS)

    with pytest.raises(services.Throttled):
        services.sign_in("ohjaaja", PASSWORD, ADDRESS)


def test_failures_from_elsewhere_do_not_lock_the_person_out(worker: Actor) -> None:
    for _attempt in range(services.FAILURES_FOR_NAME):
        services.sign_in("ohjaaja", "väärä", "198.51.100.9")

    assert services.sign_in("ohjaaja", PASSWORD, ADDRESS)


def test_the_wait_is_over_after_the_window(worker: Actor) -> None:
    for _attempt in range(services.FAILURES_FOR_NAME):
        services.sign_in("ohjaaja", "väärä", ADDRESS)

    with time_machine.travel(clock.now() + services.FAILURE_WINDOW + timedelta(seconds=1)):
        assert services.sign_in("ohjaaja", PASSWORD, ADDRESS)


def test_a_signed_out_token_is_worthless(worker: Actor) -> None:
    token = services.sign_in("ohjaaja", PASSWORD, ADDRESS)
    assert token
    services.sign_out(token, worker)

    assert services.user_of_session(token) is None


@pytest.mark.parametrize("away", [timedelta(minutes=31), timedelta(hours=11)])
def test_an_idle_session_ends_by_itself(worker: Actor, away: timedelta) -> None:
    token = services.sign_in("ohjaaja", PASSWORD, ADDRESS)
    assert token

    with time_machine.travel(clock.now() + away):
        assert services.user_of_session(token) is None


def test_a_disabled_user_is_out_at_once(worker: Actor) -> None:
    token = services.sign_in("ohjaaja", PASSWORD, ADDRESS)
    assert token
    with transaction() as session:
        user = session.get(User, worker.user_id)
        assert user is not None
        user.is_active = False

    assert services.user_of_session(token) is None


@pytest.mark.parametrize(
    ("username", "name", "password", "field"),
    [
        ("Iso Nimi", "Nimi", PASSWORD, "username"),
        ("uusi", "Nimi", "lyhyt", "password"),
        ("uusi", " ", PASSWORD, "display_name"),
        ("ohjaaja", "Nimi", PASSWORD, "username"),
    ],
)
def test_a_bad_new_user_is_refused_by_field(
    worker: Actor, username: str, name: str, password: str, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        services.add_user(username, name, password)

    assert refused.value.field == field


def test_a_grant_in_one_register_gives_nothing_in_another(
    app: Flask, make_actor: MakeActor
) -> None:
    actor = make_actor("yksi", Role.STAFF)
    narrow = Actor(actor.user_id, "Yksi", frozenset({(Role.STAFF, 1)}))

    narrow.require(1, Role.STAFF)
    with pytest.raises(NotPermitted):
        narrow.require(2, Role.STAFF)
    assert narrow.registers(Role.STAFF) == frozenset({1})
    assert actor.registers(Role.STAFF) is None


def test_the_password_is_stored_only_as_a_hash(worker: Actor) -> None:
    user = db.session.get(User, worker.user_id)
    assert user is not None
    assert user.password_hash.startswith("$argon2id$")
    assert PASSWORD not in user.password_hash
