"""Every service test runs on both databases."""

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    kind = request.param
    assert isinstance(kind, str)
    return kind
