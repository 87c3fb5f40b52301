"""Custody: paper changes hands when the receiver says so, and the chain tells each step."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.models import AuditOutbox
from app.clients.queries import ReasonNeeded
from app.db import db, transaction
from app.documents.blockers import OPEN_HAND_OVER, blockers_of
from app.documents.models import CustodyEvent, HandOver, Item
from app.documents.queries import (
    hand_over_list,
    open_hand_overs,
    papers_to_hand_over,
    receivers,
    slip,
)
from app.documents.services import (
    acknowledge,
    hand_over,
    move_item,
    refuse_hand_over,
)
from app.web.problems import Conflict, InputError, NotFound
from tests.fixtures.documents import Desk, LogDocument, MakeLocation
from tests.fixtures.people import MakeActor

PURPOSE = "Työkokeilun arviointi"


@pytest.fixture
def paper(log_paper: LogDocument) -> Item:
    """A paper that the worker holds."""
    log_paper()
    return db.session.scalars(select(Item)).one()


@pytest.fixture
def lying(log_paper: LogDocument, make_location: MakeLocation) -> Item:
    """A paper that lies in a cabinet."""
    log_paper(holder_id=None, location_id=make_location().id)
    return db.session.scalars(select(Item)).one()


def _chain(item: Item) -> list[str]:
    events = select(CustodyEvent).where(CustodyEvent.item_id == item.id).order_by(CustodyEvent.id)
    return [event.kind for event in db.session.scalars(events)]


def test_custody_changes_when_the_receiver_acknowledges(
    desk: Desk, paper: Item, colleague: Actor
) -> None:
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)
    db.session.refresh(paper)
    assert paper.holder_id == desk.worker.user_id

    acknowledge(colleague, given.id)

    db.session.refresh(paper)
    assert paper.holder_id == colleague.user_id
    assert _chain(paper) == ["received", "handed_over", "acknowledged"]


def test_papers_for_a_place_lie_there_after_the_acknowledgement(
    desk: Desk, paper: Item, archivist: Actor, make_location: MakeLocation
) -> None:
    box = make_location("Laatikko 88", kind="box")
    given = hand_over(desk.worker, [paper.id], archivist.user_id, PURPOSE, box.id)

    acknowledge(archivist, given.id)

    db.session.refresh(paper)
    assert (paper.location_id, paper.holder_id) == (box.id, None)


def test_refused_papers_stay_where_they_were(desk: Desk, paper: Item, colleague: Actor) -> None:
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)

    refuse_hand_over(colleague, given.id, "incomplete")

    db.session.refresh(paper)
    assert paper.holder_id == desk.worker.user_id
    assert _chain(paper) == ["received", "handed_over", "refused"]
    hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)


def test_a_refusal_gives_one_of_the_reasons(desk: Desk, paper: Item, colleague: Actor) -> None:
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)

    with pytest.raises(InputError) as refused:
        refuse_hand_over(colleague, given.id, "Virtasen paperit puuttuvat")

    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    "answer", [acknowledge, lambda actor, id_: refuse_hand_over(actor, id_, "damaged")]
)
def test_only_the_receiver_answers(
    desk: Desk, paper: Item, colleague: Actor, archivist: Actor, answer: object
) -> None:
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)

    for other in (desk.worker, archivist):
        with pytest.raises(NotPermitted):
            answer(other, given.id)  # type: ignore[operator]  # one of the two services above


def test_an_answer_is_given_once(desk: Desk, paper: Item, colleague: Actor) -> None:
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)
    acknowledge(colleague, given.id)

    with pytest.raises(Conflict):
        acknowledge(colleague, given.id)
    with pytest.raises(Conflict):
        refuse_hand_over(colleague, given.id, "damaged")


def test_paper_on_its_way_is_neither_handed_over_again_nor_moved(
    desk: Desk, paper: Item, colleague: Actor, archivist: Actor, make_location: MakeLocation
) -> None:
    hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)

    with pytest.raises(Conflict):
        hand_over(desk.worker, [paper.id], archivist.user_id, PURPOSE)
    with pytest.raises(Conflict):
        move_item(desk.worker, paper.id, make_location().id)


def test_what_somebody_else_holds_only_that_person_gives(
    desk: Desk, paper: Item, colleague: Actor, archivist: Actor
) -> None:
    with pytest.raises(NotPermitted):
        hand_over(archivist, [paper.id], colleague.user_id, PURPOSE)


def test_paper_in_a_place_is_given_by_whoever_may_open_its_client(
    desk: Desk, lying: Item, colleague: Actor, archivist: Actor
) -> None:
    with pytest.raises(ReasonNeeded):
        hand_over(colleague, [lying.id], archivist.user_id, PURPOSE)
    assert hand_over(archivist, [lying.id], colleague.user_id, PURPOSE).state == "open"


def test_a_giver_from_another_register_is_refused(
    desk: Desk, paper: Item, colleague: Actor, make_actor: MakeActor, other_register: int
) -> None:
    elsewhere = make_actor("muualla", Role.RECORDS_MANAGER, register_id=other_register)

    with pytest.raises(NotPermitted):
        hand_over(elsewhere, [paper.id], colleague.user_id, PURPOSE)


def test_the_receiver_works_with_the_register(
    desk: Desk, paper: Item, auditor: Actor, make_actor: MakeActor, other_register: int
) -> None:
    elsewhere = make_actor("muualla", Role.STAFF, register_id=other_register)
    gone = make_actor("poissa", Role.STAFF)
    with transaction() as session:
        session.get_one(User, gone.user_id).is_active = False

    for receiver in (auditor.user_id, elsewhere.user_id, gone.user_id, desk.worker.user_id, 4711):
        with pytest.raises(InputError) as refused:
            hand_over(desk.worker, [paper.id], receiver, PURPOSE)
        assert refused.value.field == "to_user_id"
    assert {name for _id, name in receivers(desk.worker, desk.register_id)}.isdisjoint(
        {"Tarkastaja", "Muualla", "Poissa", "Ohjaaja"}
    )


@pytest.mark.parametrize("purpose", ["", "   ", "x" * 201])
def test_the_purpose_is_said_in_a_few_words(
    desk: Desk, paper: Item, colleague: Actor, purpose: str
) -> None:
    with pytest.raises(InputError) as refused:
        hand_over(desk.worker, [paper.id], colleague.user_id, purpose)

    assert refused.value.field == "purpose"


def test_files_are_not_handed_over(desk: Desk, log: LogDocument, colleague: Actor) -> None:
    log()
    file = db.session.scalars(select(Item)).one()

    with pytest.raises(InputError) as refused:
        hand_over(desk.worker, [file.id], colleague.user_id, PURPOSE)

    assert refused.value.field == "items"


def test_unknown_and_no_papers_are_refused(desk: Desk, paper: Item, colleague: Actor) -> None:
    with pytest.raises(NotFound):
        hand_over(desk.worker, [paper.id, 4711], colleague.user_id, PURPOSE)
    with pytest.raises(InputError):
        hand_over(desk.worker, [], colleague.user_id, PURPOSE)
    with pytest.raises(NotFound):
        acknowledge(colleague, 4711)


def test_a_place_of_another_register_is_no_destination(
    desk: Desk, paper: Item, colleague: Actor, make_location: MakeLocation, other_register: int
) -> None:
    foreign = make_location("Muualla", register_id=other_register)

    with pytest.raises(InputError) as refused:
        hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE, foreign.id)
    assert refused.value.field == "to_location_id"
    with pytest.raises(InputError):
        move_item(desk.worker, paper.id, foreign.id)


def test_numbers_run_by_year(desk: Desk, log_paper: LogDocument, colleague: Actor) -> None:
    for _number in range(3):
        log_paper()
    first, second, third = db.session.scalars(select(Item).order_by(Item.id)).all()
    year = clock.today().year
    slips = [
        hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE) for paper in (first, second)
    ]
    with time_machine.travel(clock.now() + timedelta(days=366)):
        slips.append(hand_over(desk.worker, [third.id], colleague.user_id, PURPOSE))

    assert [each.reference for each in slips] == [
        f"K-{year}-001",
        f"K-{year}-002",
        f"K-{year + 1}-001",
    ]


def test_an_open_hand_over_keeps_the_document_from_disposal(
    desk: Desk, paper: Item, colleague: Actor
) -> None:
    assert OPEN_HAND_OVER not in blockers_of([paper.document_id]).get(paper.document_id, [])

    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)
    assert OPEN_HAND_OVER in blockers_of([paper.document_id])[paper.document_id]

    acknowledge(colleague, given.id)
    assert OPEN_HAND_OVER not in blockers_of([paper.document_id]).get(paper.document_id, [])


def test_moved_paper_lies_in_the_place_and_nobody_holds_it(
    desk: Desk, paper: Item, make_location: MakeLocation
) -> None:
    cabinet = make_location()

    move_item(desk.worker, paper.id, cabinet.id)

    db.session.refresh(paper)
    assert (paper.location_id, paper.holder_id) == (cabinet.id, None)
    assert _chain(paper) == ["received", "moved"]


def test_each_step_is_in_the_log_of_the_client(
    desk: Desk, paper: Item, colleague: Actor, make_location: MakeLocation
) -> None:
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)
    refuse_hand_over(colleague, given.id, "damaged")
    move_item(desk.worker, paper.id, make_location().id)

    payloads = db.session.scalars(select(AuditOutbox.payload).order_by(AuditOutbox.id)).all()
    custody = [payload for payload in payloads if '"action":"custody.' in payload]
    assert len(custody) == 3
    assert all(f'"client":{desk.client.id},' in payload for payload in custody)
    assert not any(PURPOSE in payload for payload in payloads)


def test_two_people_cannot_hand_over_the_same_paper_at_once(
    app: Flask, desk: Desk, lying: Item, colleague: Actor, archivist: Actor
) -> None:
    paper_id = lying.id
    db.session.commit()
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def give(giver: Actor) -> None:
        with app.app_context():
            barrier.wait()
            try:
                hand_over(giver, [paper_id], colleague.user_id, PURPOSE)
                outcomes.append("handed over")
            except Conflict:
                outcomes.append("refused")

    threads = [threading.Thread(target=give, args=(giver,)) for giver in (desk.worker, archivist)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["handed over", "refused"]
    assert len(db.session.scalars(select(HandOver)).all()) == 1


def test_lists_tell_what_waits_and_what_was_given(
    desk: Desk, paper: Item, colleague: Actor, make_actor: MakeActor, other_register: int
) -> None:
    elsewhere = make_actor("muualla", Role.STAFF, register_id=other_register)
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)

    assert [row.id for row in open_hand_overs(colleague)] == [given.id]
    assert open_hand_overs(desk.worker) == []
    assert [row.id for row in hand_over_list(desk.worker, "given")[0]] == [given.id]
    assert [row.count for row in hand_over_list(desk.worker, "all")[0]] == [1]
    assert hand_over_list(elsewhere, "all")[0] == []


def test_the_slip_is_for_its_two_people_and_those_who_see_the_register(
    desk: Desk, paper: Item, colleague: Actor, archivist: Actor, make_actor: MakeActor
) -> None:
    third = make_actor("kolmas", Role.STAFF)
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)

    for reader in (desk.worker, colleague, archivist):
        found = slip(reader, given.id)
        assert found.client_ids == [desk.client.id]
        assert found.papers[0][0].client == "Virtanen, Aino-Testi"
    with pytest.raises(NotPermitted):
        slip(third, given.id)
    with pytest.raises(NotFound):
        slip(archivist, 4711)


def test_papers_to_hand_over_are_those_within_reach(
    desk: Desk, log_paper: LogDocument, paper: Item, colleague: Actor, make_location: MakeLocation
) -> None:
    lying = log_paper(holder_id=None, location_id=make_location().id)
    hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)

    found = papers_to_hand_over(desk.worker, client_id=desk.client.id)

    assert [row.id for row, _item in found] == [lying.id]
    assert papers_to_hand_over(desk.worker, item_ids=[paper.id]) == []


def test_without_a_grant_papers_are_neither_acknowledged_nor_shown_but_refused(
    desk: Desk, paper: Item, colleague: Actor
) -> None:
    given = hand_over(desk.worker, [paper.id], colleague.user_id, PURPOSE)
    revoked = replace(colleague, grants=frozenset())

    with pytest.raises(NotPermitted):
        acknowledge(revoked, given.id)
    assert _chain(paper) == ["received", "handed_over"]

    refuse_hand_over(revoked, given.id, "wrong_receiver")
    found = papers_to_hand_over(replace(desk.worker, grants=frozenset()), item_ids=[paper.id])
    assert found == []
    assert len(papers_to_hand_over(desk.worker, item_ids=[paper.id])) == 1
