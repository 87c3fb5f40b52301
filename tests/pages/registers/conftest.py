"""A draft to edit, for the tests of this folder."""

import pytest
from flask import Flask

from app.accounts.permissions import Actor
from app.registers import queries, services
from app.retention.services import load_rules
from tests.fixtures.registers import FOUNDATION


@pytest.fixture
def address(app: Flask, owner: Actor, officer: Actor) -> str:
    """Of the pages that edit the draft of the bundled register of the foundation."""
    load_rules()
    services.load()
    return f"/registers/{queries.register_id_of(FOUNDATION)}/versions/1/edit"
