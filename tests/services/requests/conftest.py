"""A client with a request, for the tests of this folder."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from app.accounts.permissions import Actor
from app.requests.models import DataSubjectRequest
from app.requests.services import register_request, verify_identity
from tests.fixtures.clients import make_client
from tests.fixtures.documents import Desk, desk, log, log_paper, make_location
from tests.fixtures.registers import other_register, publish, published_register

__all__ = [
    "desk",
    "log",
    "log_paper",
    "make_client",
    "make_location",
    "other_register",
    "publish",
    "published_register",
]

# A Monday.
TODAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)

Ask = Callable[..., DataSubjectRequest]


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    """The day of the tests, 9.11.2026; time goes on from there."""
    with time_machine.travel(TODAY) as traveller:
        yield traveller


@pytest.fixture
def ask(desk: Desk, handler: Actor) -> Ask:
    """`ask(…)`: a request of the desk's client; for access, received 2.11.2026, if not told."""

    def make(**details: Any) -> DataSubjectRequest:
        given: dict[str, Any] = {
            "kind": "access",
            "channel": "letter",
            "received_on": datetime(2026, 11, 2, tzinfo=UTC).date(),
            **details,
        }
        verified = given.pop("verified", False)
        actor = given.pop("actor", handler)
        request = register_request(actor, desk.register_id, desk.client.id, **given)
        if verified:
            verify_identity(actor, request.id, "identity_document")
        return request

    return make
