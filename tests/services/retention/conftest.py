"""Fixtures of the service tests of retention rules."""

from tests.fixtures.clients import make_client
from tests.fixtures.documents import desk, log
from tests.fixtures.registers import publish, published_register

__all__ = ["desk", "log", "make_client", "publish", "published_register"]
