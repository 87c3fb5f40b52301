"""Clients entered and changed: encrypted, unique in their register, and logged."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.accounts.permissions import Actor, NotPermitted
from app.clients.models import Client, ClientToken, IdentityCode
from app.clients.queries import ReasonNeeded, client_card, search
from app.clients.rules import Contact
from app.clients.services import change_client, create_client
from app.crypto import key_store
from app.crypto.keys import KeyMissing
from app.db import db
from app.registers.definitions import RegisterDefinition
from app.web.i18n import language
from app.web.problems import InputError
from tests.fixtures.clients import CODE, MakeClient
from tests.fixtures.log import entries
from tests.fixtures.registers import Publish, small_definition

Register = tuple[int, RegisterDefinition]


def details(**changes: Any) -> dict[str, Any]:
    """What the form of a client sends, unchanged from what the fixture entered."""
    return {
        "last_name": "Virtanen",
        "first_names": "Aino-Testi",
        "identity_code": None,
        "birth_date": date(1980, 1, 1),
        "contact": Contact(city="Lohja", phone="040 123 4567"),
        "language": "fi",
        **changes,
    }


def test_a_client_is_shown_as_entered_with_the_code_masked(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE, birth_date=None)

    card = client_card(worker, client.id)

    assert (card.name, card.number, card.birth_year) == ("Virtanen, Aino-Testi", 1001, 1980)
    assert (card.born_on, card.masked_code) == (date(1980, 1, 1), "010180-****")
    assert card.contact == Contact(city="Lohja", phone="040 123 4567")


def test_numbers_run_in_each_register_by_itself(
    worker: Actor, published_register: Register, other_register: int, make_client: MakeClient
) -> None:
    numbers = [
        make_client(worker, register_id).number
        for register_id in (published_register[0], published_register[0], other_register)
    ]

    assert numbers == [1001, 1002, 1001]


def test_clients_entered_at_once_get_a_number_each(
    app: Flask, worker: Actor, published_register: Register
) -> None:
    def enter(_turn: int) -> int:
        with app.app_context():
            return create_client(worker, published_register[0], **details()).number

    with ThreadPoolExecutor(4) as threads:
        numbers = list(threads.map(enter, range(8)))

    assert sorted(numbers) == list(range(1001, 1009))


def test_nothing_that_identifies_the_client_is_stored_in_clear(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    make_client(worker, published_register[0], identity_code=CODE)

    stored = ""
    for table in ("client", "client_token", "identity_code", "audit_outbox"):
        for row in db.session.execute(text(f"SELECT * FROM {table}")):  # noqa: S608  # our own names
            stored += " ".join(
                bytes(value).decode("latin-1")
                if isinstance(value, bytes | memoryview)
                else str(value)
                for value in row
            )
    for word in ("Virtanen", "virtanen", "Aino", CODE, "9015", "Lohja", "123 4567", "1980-01-01"):
        assert word not in stored


def test_the_entry_of_a_client_is_logged_with_identifiers_only(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    (entry,) = entries("client.created")

    assert (entry["actor"], entry["client"], entry["details"]) == (worker.user_id, client.id, {})


def test_the_same_code_in_two_registers_has_two_tokens(
    worker: Actor, published_register: Register, publish: Publish, make_client: MakeClient
) -> None:
    second = publish(small_definition("toinen"))
    for register_id in (published_register[0], second):
        make_client(worker, register_id, identity_code=CODE)

    tokens = db.session.scalars(select(IdentityCode.token)).all()
    names = db.session.scalars(select(ClientToken.token)).all()

    assert len(set(tokens)) == 2
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_name": " "}, "last_name"),
        ({"last_name": "-"}, "last_name"),
        ({"last_name": "x" * 101}, "last_name"),
        ({"first_names": ""}, "first_names"),
        ({"birth_date": None}, "birth_date"),
        ({"birth_date": date(2200, 1, 1)}, "birth_date"),
        ({"birth_date": date(1780, 1, 1)}, "birth_date"),
        ({"birth_date": date(1980, 1, 2), "identity_code": CODE}, "birth_date"),
        ({"identity_code": "010180-9016"}, "identity_code"),
        ({"identity_code": "010180–9015"}, "identity_code"),
        ({"language": "ru"}, "language"),
        ({"contact": Contact(email="ei osoite")}, "email"),
        ({"contact": Contact(phone="soita")}, "phone"),
        ({"contact": Contact(postal_code="1" * 13)}, "postal_code"),
    ],
)
def test_bad_details_are_refused_by_field_and_leave_no_key(
    worker: Actor, published_register: Register, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        create_client(worker, published_register[0], **details(**changes))

    assert refused.value.field == field
    assert db.session.scalar(select(func.count(Client.id))) == 0


def test_the_correction_of_a_typographic_dash_is_in_the_message(
    worker: Actor, published_register: Register
) -> None:
    with language("en"), pytest.raises(InputError, match=r"Did you mean 010180-9015\?"):
        create_client(worker, published_register[0], **details(identity_code="010180−9015"))


def test_a_register_without_identity_codes_takes_none(worker: Actor, other_register: int) -> None:
    with pytest.raises(InputError) as refused:
        create_client(worker, other_register, **details(identity_code=CODE))

    assert refused.value.field == "identity_code"


def test_a_failed_entry_removes_its_key(
    worker: Actor,
    published_register: Register,
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_client(worker, published_register[0], identity_code=CODE)
    made: list[str] = []
    create = key_store().create_client_key
    monkeypatch.setattr(
        key_store(),
        "create_client_key",
        lambda key_id, register_id: (made.append(key_id), create(key_id, register_id)),
    )

    with pytest.raises(InputError):
        create_client(worker, published_register[0], **details(identity_code=CODE))

    (key_id,) = made
    with pytest.raises(KeyMissing):
        key_store().open_key(key_id)


def test_no_client_is_entered_before_the_register_is_in_force(
    worker: Actor, publish: Publish
) -> None:
    later = publish(small_definition("tuleva"), in_force_from=date(2999, 1, 1))

    with pytest.raises(InputError):
        create_client(worker, later, **details())


def test_people_who_do_not_keep_clients_enter_none(
    officer: Actor, auditor: Actor, administrator: Actor, published_register: Register
) -> None:
    for actor in (officer, auditor, administrator):
        with pytest.raises(NotPermitted):
            create_client(actor, published_register[0], **details())


def test_a_taken_code_names_the_client_to_those_who_may_open_it(
    worker: Actor, owner: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)

    for actor in (worker, owner):
        with pytest.raises(InputError) as refused:
            create_client(actor, published_register[0], **details(identity_code=CODE))
        assert refused.value.field == "identity_code"
        assert str(client.number) in refused.value.message


def test_a_taken_code_tells_others_only_that_it_is_taken(
    worker: Actor, colleague: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)

    with pytest.raises(InputError) as refused:
        create_client(colleague, published_register[0], **details(identity_code=CODE))

    assert str(client.number) not in refused.value.message
    assert "Virtanen" not in refused.value.message


def test_a_refused_code_is_logged_like_a_search_with_it(
    worker: Actor, colleague: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)
    other = make_client(worker, published_register[0])
    assert entries("client.searched") == []

    with pytest.raises(InputError):
        create_client(colleague, published_register[0], **details(identity_code=CODE))
    with pytest.raises(InputError):
        change_client(worker, other.id, **details(identity_code=CODE))

    logged = entries("client.searched")
    assert [entry["details"] for entry in logged] == [{"kind": "code", "shown": [client.id]}] * 2
    assert [entry["actor"] for entry in logged] == [colleague.user_id, worker.user_id]


def test_a_commit_that_arrived_but_reported_an_error_keeps_the_clients_key(
    worker: Actor, published_register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = db.session.commit

    def commit_and_fail() -> None:
        writing = db.session.info.get("in_transaction")
        commit()
        if writing:
            raise OSError("the answer was lost")

    with monkeypatch.context() as broken:
        broken.setattr(db.session, "commit", commit_and_fail)
        with pytest.raises(OSError, match="lost"):
            create_client(worker, published_register[0], **details())

    client = db.session.scalars(select(Client)).one()
    assert client_card(worker, client.id).name == "Virtanen, Aino-Testi"


def test_a_changed_name_is_found_and_the_old_one_is_not(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    change_client(worker, client.id, **details(last_name="Nieminen"))

    assert [hit.name for hit in search(worker, "Niem")] == ["Nieminen, Aino-Testi"]
    assert search(worker, "Virtanen") == []


def test_the_log_tells_which_details_changed_and_not_what_they_were(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    change_client(worker, client.id, **details(language="sv", contact=Contact(city="Turku")))

    (entry,) = entries("client.changed")
    assert entry["details"] == {"fields": ["contact", "language"]}


def test_a_change_of_nothing_is_not_logged(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])

    change_client(worker, client.id, **details())

    assert entries("client.changed") == []


def test_an_empty_code_field_keeps_the_code(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)

    change_client(worker, client.id, **details(last_name="Nieminen"))

    assert client_card(worker, client.id).masked_code == "010180-****"


def test_a_removed_code_is_free_for_the_right_person(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)

    change_client(worker, client.id, **details(), remove_identity_code=True)
    right = make_client(worker, published_register[0], identity_code=CODE, last_name="Koski")

    assert client_card(worker, client.id).masked_code is None
    assert [hit.id for hit in search(worker, CODE)] == [right.id]


def test_a_kept_code_and_a_new_birth_date_must_agree(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0], identity_code=CODE)

    with pytest.raises(InputError) as refused:
        change_client(worker, client.id, **details(birth_date=date(1981, 1, 1)))

    assert refused.value.field == "birth_date"


def test_a_code_of_another_client_cannot_be_taken_over(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    make_client(worker, published_register[0], identity_code=CODE)
    other = make_client(worker, published_register[0], last_name="Koski")

    with pytest.raises(InputError) as refused:
        change_client(worker, other.id, **details(identity_code=CODE))

    assert refused.value.field == "identity_code"
    assert client_card(worker, other.id).masked_code is None


def test_a_request_handler_corrects_details_and_an_auditor_does_not(
    worker: Actor,
    handler: Actor,
    auditor: Actor,
    published_register: Register,
    make_client: MakeClient,
) -> None:
    client = make_client(worker, published_register[0])

    change_client(handler, client.id, **details(last_name="Oikea"))
    with pytest.raises(NotPermitted):
        change_client(auditor, client.id, **details())

    assert client_card(handler, client.id).last_name == "Oikea"


def test_a_colleague_changes_nothing_without_a_reason(
    app: Flask,
    worker: Actor,
    colleague: Actor,
    published_register: Register,
    make_client: MakeClient,
) -> None:
    client = make_client(worker, published_register[0])

    with pytest.raises(ReasonNeeded):
        change_client(colleague, client.id, **details(last_name="Toinen"))

    assert client_card(worker, client.id).last_name == "Virtanen"


def test_details_moved_to_another_client_do_not_open_there(
    worker: Actor, published_register: Register, make_client: MakeClient
) -> None:
    client = make_client(worker, published_register[0])
    other = make_client(worker, published_register[0], last_name="Koski")
    other.contact_sealed = client.contact_sealed

    with pytest.raises(Exception, match="wrong key"):
        client_card(worker, other.id)
    db.session.rollback()
