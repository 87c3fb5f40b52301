"""A client's desk, for the tests of what editing a register does to logged documents."""

from tests.fixtures.documents import desk, log

__all__ = ["desk", "log"]
