"""Registers, clients and due documents for the tests of this folder."""

from tests.fixtures.clients import make_client
from tests.fixtures.disposal import after_waiting, archive
from tests.fixtures.registers import other_register, publish, published_register

__all__ = [
    "after_waiting",
    "archive",
    "make_client",
    "other_register",
    "publish",
    "published_register",
]
