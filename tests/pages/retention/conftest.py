"""A register whose documents follow the bundled rules."""

from tests.fixtures.clients import make_client
from tests.fixtures.documents import desk, log
from tests.fixtures.registers import other_register, publish, published_register

__all__ = ["desk", "log", "make_client", "other_register", "publish", "published_register"]
