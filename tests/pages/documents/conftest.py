"""Registers, clients and documents for the tests of this folder."""

import pytest
from sqlalchemy import select

from app.accounts.permissions import Actor
from app.db import db
from app.documents.models import Item
from app.documents.services import hand_over
from tests.fixtures.clients import make_client
from tests.fixtures.documents import (
    Desk,
    LogDocument,
    consented_episode,
    desk,
    log,
    log_paper,
    make_location,
    subsidised_episode,
)
from tests.fixtures.registers import other_register, publish, published_register
from tests.pages.conftest import Browse, Reader
from tests.pages.documents.helpers import paper_item

__all__ = [
    "consented_episode",
    "desk",
    "known",
    "log",
    "log_paper",
    "make_client",
    "make_location",
    "other_register",
    "page",
    "publish",
    "published_register",
    "subsidised_episode",
]


@pytest.fixture
def page(browse: Browse, desk: Desk) -> Reader:
    """The worker's browser, in Finnish."""
    return browse(desk.worker)


@pytest.fixture
def known(desk: Desk, log: LogDocument, log_paper: LogDocument, colleague: Actor) -> dict[str, int]:
    """Identifiers of everything the pages are about."""
    document = log()
    file = db.session.scalars(select(Item)).one()
    paper, way = paper_item(log_paper), paper_item(log_paper)
    given = hand_over(desk.worker, [way.id], colleague.user_id, "Arviointi")
    return {
        "client": desk.client.id,
        "document": document.id,
        "item": file.id,
        "paper": paper.id,
        "slip": given.id,
        "episode": desk.episode_id,
    }
