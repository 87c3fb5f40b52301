"""A client with requests and papers, and documents that are due, for the tests of these pages."""

from tests.fixtures.clients import make_client
from tests.fixtures.disposal import after_waiting, archive
from tests.fixtures.documents import desk, log, log_paper, make_location
from tests.fixtures.registers import other_register, publish, published_register
from tests.services.requests.conftest import ask, today

__all__ = [
    "after_waiting",
    "archive",
    "ask",
    "desk",
    "log",
    "log_paper",
    "make_client",
    "make_location",
    "other_register",
    "publish",
    "published_register",
    "today",
]
