"""Registers, clients and documents for the tests of this folder."""

from tests.fixtures.clients import make_client
from tests.fixtures.documents import (
    consented_episode,
    desk,
    log,
    log_paper,
    make_location,
    subsidised_episode,
)
from tests.fixtures.registers import other_register, publish, published_register

__all__ = [
    "consented_episode",
    "desk",
    "log",
    "log_paper",
    "make_client",
    "make_location",
    "other_register",
    "publish",
    "published_register",
    "subsidised_episode",
]
