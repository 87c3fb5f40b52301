"""Every service test runs on both databases."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.registers.models import RegisterVersion
from app.retention.models import RetentionRule, RetentionRuleProposal

Act = Callable[[], object]
Race = Callable[..., list[str]]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    kind = request.param
    assert isinstance(kind, str)
    return kind


@pytest.fixture
def race(app: Flask) -> Race:
    """`race(act, act)`: both at once, each as in a request of its own; how each ended, sorted."""

    def run(*acts: Act) -> list[str]:
        db.session.commit()
        start, ends = threading.Barrier(len(acts)), []

        def one(act: Act) -> None:
            with app.app_context():
                # What the page had read before the act.
                for read in (RegisterVersion, RetentionRule, RetentionRuleProposal):
                    db.session.scalars(select(read)).all()
                start.wait()
                try:
                    act()
                except Exception as problem:  # noqa: BLE001  # each end is looked at by the test
                    ends.append(type(problem).__name__)
                else:
                    ends.append("done")

        threads = [threading.Thread(target=one, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.session.commit()
        db.session.expire_all()
        return sorted(ends)

    return run
