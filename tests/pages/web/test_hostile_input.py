"""What no person types: numbers no database holds, control characters, days far away."""

import pytest
from flask import Flask

from app.accounts.permissions import Actor, Role
from app.registers.definitions import RegisterDefinition
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse

HUGE = "99999999999999999999999999"
ADDRESSES = [
    f"/clients/{HUGE}",
    f"/clients?before={HUGE}",
    f"/documents?before={HUGE}&client={HUGE}",
    "/documents?due_before=1.1.99999999999999999999",
    f"/disposal/lists?before={HUGE}",
    f"/disposal/lists/{HUGE}",
    f"/disposal?after=2026-01-01.{HUGE}",
    "/disposal?as_of=1.1.99999999999999999999",
    "/disposal?as_of=31.12.9999",
    f"/holds?before={HUGE}",
    f"/holds/new?client={HUGE}&document={HUGE}",
    f"/requests?tab=closed&after={HUGE}",
    f"/requests/new?client={HUGE}",
    f"/hand-overs/new?client={HUGE}",
    f"/locations/new?register={HUGE}",
    f"/access-log?before={HUGE}&client={HUGE}",
    "/access-log?from=0001-01-01&until=31.12.9999",
    f"/registers/1/versions/{HUGE}",
    "/registers/1?language=%00",
]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    kind = request.param
    assert isinstance(kind, str)
    return kind


@pytest.fixture
def everybody(make_actor: MakeActor) -> Actor:
    """Somebody with every role, so that no page hides behind a refusal."""
    return make_actor("kaikki", *Role)


def test_no_address_breaks_a_page(
    everybody: Actor, browse: Browse, published_register: tuple[int, RegisterDefinition]
) -> None:
    reader = browse(everybody)

    broken = [url for url in ADDRESSES if reader.fetch(url).status_code >= 500]

    assert broken == []


@pytest.mark.parametrize(
    "typed", ["\x00", "a\x00b", "x" * 100_000, "\u202egnp.exe", "=cmd()", "<script>", "😀", HUGE]
)
def test_no_text_breaks_a_form(
    everybody: Actor,
    browse: Browse,
    published_register: tuple[int, RegisterDefinition],
    typed: str,
) -> None:
    reader = browse(everybody)
    forms = {
        "/sign-in": ("username", "password"),
        "/clients/new": ("last_name", "first_names", "identity_code", "birth_date", "register_id"),
        "/clients/search": ("q",),
        "/requests/new/client": ("q",),
        "/locations/new?register=1": ("name", "kind", "parent_id"),
        "/holds/new": ("target", "mandate", "reason", "register_id"),
        "/disposal": ("documents", "as_of", "register_id"),
        "/language": ("language", "next"),
        "/theme": ("theme", "next"),
    }

    broken = [
        (url, field)
        for url, fields in forms.items()
        for field in fields
        if reader.send(url, dict.fromkeys(fields, "1") | {field: typed}).status_code >= 500
    ]

    assert broken == []


def test_a_typed_control_character_is_taken_out(app: Flask, browse: Browse, worker: Actor) -> None:
    page = browse(None).post(
        "/sign-in", {"username": "ohj\x00aaja", "password": "väärä"}, status=422
    )

    field = page.select_one("#username")
    assert field is not None
    assert field["value"] == "ohjaaja"
