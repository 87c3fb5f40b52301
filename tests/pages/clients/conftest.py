"""Registers and clients for the tests of this folder."""

from tests.fixtures.clients import make_client
from tests.fixtures.registers import other_register, publish, published_register

__all__ = ["make_client", "other_register", "publish", "published_register"]
