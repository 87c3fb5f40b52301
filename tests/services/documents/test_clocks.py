"""Clocks: they start with what their rule waits for, and stop again when that is undone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor, NotPermitted
from app.clients.models import Consent
from app.clients.services import start_episode, withdraw_consent
from app.db import db, transaction
from app.documents.blockers import CLIENT_RETURNED, blockers_of
from app.documents.models import Document
from app.documents.queries import document_list, document_page, documents_of_client
from app.documents.queries.documents import DocumentFilters
from app.documents.services import catch_up_clocks, end_episode
from app.web.i18n import language
from app.web.problems import Conflict, InputError
from tests.fixtures.documents import REHABILITATIVE, Desk, LogDocument

YESTERDAY = timedelta(days=1)


def test_the_end_of_the_episode_starts_the_clock(desk: Desk, log: LogDocument) -> None:
    document = log()

    end_episode(desk.worker, desk.episode_id, date(2026, 6, 30))

    db.session.refresh(document)
    assert document.trigger_on == date(2026, 6, 30)
    assert document.last_kept_on == date(2036, 6, 30)
    assert document.disposable_from == date(2036, 7, 1)


def test_only_the_documents_that_wait_for_it_are_started(
    desk: Desk, log: LogDocument, subsidised_episode: int
) -> None:
    mine = log()
    other = log("sopimukset", episode_id=subsidised_episode)

    end_episode(desk.worker, desk.episode_id, date(2026, 6, 30))

    db.session.refresh(mine)
    db.session.refresh(other)
    assert mine.trigger_on == date(2026, 6, 30)
    assert other.trigger_on is None


def test_an_agreement_is_kept_from_the_end_of_its_own_service(
    desk: Desk, log: LogDocument, subsidised_episode: int
) -> None:
    agreement = log("sopimukset", episode_id=subsidised_episode)

    end_episode(desk.worker, subsidised_episode, date(2026, 8, 31))

    db.session.refresh(agreement)
    assert agreement.last_kept_on == date(2031, 8, 31)


def test_a_clientship_ends_with_the_last_service_and_goes_on_with_a_new_one(
    desk: Desk, log: LogDocument, consented_episode: int, owner: Actor
) -> None:
    interview = log(episode_id=consented_episode)
    end_episode(desk.worker, consented_episode, date(2026, 3, 31))
    db.session.refresh(interview)
    assert interview.trigger_on is None

    end_episode(desk.worker, desk.episode_id, date(2026, 6, 30))
    db.session.refresh(interview)
    assert interview.trigger_on == date(2026, 6, 30)

    assert blockers_of([interview.id]) == {}
    start_episode(owner, desk.client.id, REHABILITATIVE, clock.today(), desk.worker.user_id)
    assert blockers_of([interview.id]) == {interview.id: [CLIENT_RETURNED]}
    assert catch_up_clocks() == 1
    assert catch_up_clocks() == 0
    db.session.refresh(interview)
    assert (interview.trigger_on, interview.disposable_from) == (None, None)


def test_a_withdrawn_consent_starts_the_clock_of_its_documents(
    desk: Desk, log_paper: LogDocument, consented_episode: int
) -> None:
    paper = log_paper("suostumukset", episode_id=consented_episode)
    consent = db.session.scalars(select(Consent)).one()
    assert catch_up_clocks() == 0

    withdraw_consent(desk.worker, consent.id, date(2026, 4, 1))
    assert catch_up_clocks() == 1

    db.session.refresh(paper)
    assert paper.trigger_on == date(2026, 4, 1)
    assert paper.last_kept_on == date(2029, 4, 1)
    assert catch_up_clocks() == 0


def test_a_refused_end_starts_no_clock(desk: Desk, log: LogDocument) -> None:
    document = log()

    with pytest.raises(InputError):
        end_episode(desk.worker, desk.episode_id, date(2999, 1, 1))

    db.session.refresh(document)
    assert document.trigger_on is None


def test_an_episode_ends_once(desk: Desk, owner: Actor) -> None:
    end_episode(desk.worker, desk.episode_id, date(2026, 6, 30))

    with pytest.raises(Conflict):
        end_episode(owner, desk.episode_id, date(2026, 7, 31))


def test_an_auditor_ends_nothing(desk: Desk, auditor: Actor) -> None:
    with pytest.raises(NotPermitted):
        end_episode(auditor, desk.episode_id, date(2026, 6, 30))


def test_a_destroyed_document_keeps_the_dates_it_was_destroyed_by(
    desk: Desk, log: LogDocument
) -> None:
    document = log()
    with transaction() as session:
        found = session.get_one(Document, document.id)
        found.state = "destroyed"

    end_episode(desk.worker, desk.episode_id, date(2026, 6, 30))

    db.session.refresh(document)
    assert document.trigger_on is None


def test_the_page_explains_the_date_in_four_steps(
    desk: Desk, log: LogDocument, officer: Actor
) -> None:
    document = log()
    end_episode(desk.worker, desk.episode_id, date(2026, 6, 30))

    with language("en"):
        explanation = document_page(officer, document.id).explanation

    assert explanation.heading == "Kept until 30 Jun 2036"
    assert explanation.tag == ("ok", "retention goes on")
    rule, trigger, total, obstacles = explanation.steps
    assert rule.text.endswith(", version 1")
    assert "703/2023" in (rule.note or "")
    assert trigger.text == "closing of the matter, 30 Jun 2026"
    assert total.text.startswith("30 Jun 2026 + 10 years = 30 Jun 2036")
    assert "1 Jul 2036" in (total.note or "")
    assert obstacles.text == "none: no hold, no open request"


def test_an_ended_retention_says_since_when(desk: Desk, log: LogDocument) -> None:
    document = log("sairauslomatodistus", media={"man"}, holder_id=desk.worker.user_id)

    with language("en"):
        view = document_page(desk.worker, document.id)
        row = documents_of_client(desk.worker, desk.client.id)[0]

    assert view.explanation.heading == "Not to be kept after 14 Jan 2026"
    assert view.explanation.tag == ("warn", "ended, may be destroyed from 14 Jan 2026")
    assert row.kept.tag == ("warn", "retention ended")


def test_the_list_finds_documents_by_how_their_retention_stands(
    desk: Desk, log: LogDocument, log_paper: LogDocument
) -> None:
    waiting = log()
    ended = log_paper("sairauslomatodistus")

    def found(**filters: object) -> list[int]:
        page = document_list(desk.worker, DocumentFilters(**filters))
        return [row.id for row in page.documents]

    assert found(state="waiting") == [waiting.id]
    assert found(state="ended") == [ended.id]
    assert found(due_before=clock.today()) == [ended.id]
    assert found(due_before=date(2026, 1, 14)) == []
    assert found(state="running") == found(state="destroyed") == []
    assert found(service_key=REHABILITATIVE) == [ended.id, waiting.id]
    assert found(document_type_key="alkuhaastattelu") == [waiting.id]

    end_episode(desk.worker, desk.episode_id, clock.today() - YESTERDAY)
    assert found(state="running") == [waiting.id]
