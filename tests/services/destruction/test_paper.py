"""Paper: destroyed by hand after the waiting time, by a known method, before a witness."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.accounts.permissions import Actor, NotPermitted
from app.audit.models import AuditOutbox
from app.db import db, transaction
from app.destruction import services
from app.destruction.models import DisposalConfirmation, DisposalItem
from app.destruction.queries import disposal_list, pick_list, witnesses
from app.destruction.queries.lists import paper_ids
from app.documents.models import CustodyEvent, Item
from app.documents.services import create_location, hand_over
from app.web.problems import Conflict, InputError
from tests.fixtures.disposal import Archive

AfterWaiting = Callable[[], None]


def confirm(archive: Archive, found: DisposalConfirmation, **changes: object) -> int:
    given: dict[str, object] = {
        "method": "cross_cut_p5",
        "witness_id": archive.worker.user_id,
        "destroyed_on": clock.today(),
        **changes,
    }
    items = given.pop("item_ids", paper_ids(found.id))
    return services.confirm_paper(archive.manager, found.id, items, **given)  # type: ignore[arg-type]  # wrong values are the point


def test_confirmed_paper_is_gone_with_method_witness_and_day(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    document = archive.log("man")
    found = archive.approved()
    after_waiting()

    assert confirm(archive, found) == 1

    (item,) = db.session.scalars(select(Item).where(Item.document_id == document.id))
    assert (item.state, item.location_id, item.holder_id) == ("destroyed", None, None)
    (record,) = db.session.scalars(select(DisposalItem))
    assert record.method == "cross_cut_p5"
    assert record.witness_id == archive.worker.user_id
    assert record.confirmed_by_id == archive.manager.user_id
    assert record.destroyed_on == clock.today()
    chain = db.session.scalars(select(CustodyEvent).where(CustodyEvent.item_id == item.id)).all()
    assert [link.kind for link in chain] == ["received", "destroyed"]
    told = [row.payload for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)]
    assert sum("disposal.paper_confirmed" in text for text in told) == 1
    assert disposal_list(archive.manager, found.id).paper_left == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"method": "stove"}, "method"),
        ({"witness_id": None}, "witness_id"),
        ({"witness_id": 999}, "witness_id"),
        ({"item_ids": []}, "item_ids"),
        ({"item_ids": [999]}, "item_ids"),
        ({"destroyed_on": clock.today() - timedelta(days=1)}, "destroyed_on"),
        ({"destroyed_on": clock.today() + timedelta(days=30)}, "destroyed_on"),
    ],
)
def test_a_confirmation_that_cannot_be_true_is_refused(
    archive: Archive, after_waiting: AfterWaiting, changes: dict[str, object], field: str
) -> None:
    archive.log("man")
    found = archive.approved()
    after_waiting()

    with pytest.raises(InputError) as refused:
        confirm(archive, found, **changes)

    assert refused.value.field == field
    assert len(paper_ids(found.id)) == 1


def test_nobody_is_an_own_witness(archive: Archive, after_waiting: AfterWaiting) -> None:
    archive.log("man")
    found = archive.approved()
    after_waiting()

    with pytest.raises(InputError) as refused:
        confirm(archive, found, witness_id=archive.manager.user_id)

    assert refused.value.field == "witness_id"
    assert archive.manager.user_id not in dict(witnesses(archive.manager))


def test_a_person_who_has_left_is_no_witness(archive: Archive, after_waiting: AfterWaiting) -> None:
    archive.log("man")
    found = archive.approved()
    after_waiting()
    with transaction() as session:
        session.get_one(User, archive.worker.user_id).is_active = False

    with pytest.raises(InputError):
        confirm(archive, found)
    assert archive.worker.user_id not in dict(witnesses(archive.manager))


def test_no_paper_goes_in_the_waiting_time(archive: Archive) -> None:
    archive.log("man")
    found = archive.approved()

    with pytest.raises(InputError):
        confirm(archive, found)


def test_no_paper_goes_before_the_approval(archive: Archive) -> None:
    archive.log("man")

    with pytest.raises(Conflict):
        confirm(archive, archive.propose())


def test_paper_of_a_document_that_must_be_kept_stays(
    archive: Archive, after_waiting: AfterWaiting
) -> None:
    kept, free = archive.log("man"), archive.log("man")
    found = archive.approved()
    after_waiting()
    services.set_hold(archive.officer, document_id=kept.id, reason="dispute", mandate="KO 1/26")

    with pytest.raises(InputError) as refused:
        confirm(archive, found)
    assert refused.value.field == "item_ids"
    _found, lines = pick_list(archive.manager, found.id)
    assert [line.document.id for line in lines] == [free.id]
    assert confirm(archive, found, item_ids=[line.item.id for line in lines]) == 1
    assert disposal_list(archive.manager, found.id).paper_left == 0


def test_paper_is_confirmed_once(archive: Archive, after_waiting: AfterWaiting) -> None:
    archive.log("man")
    found = archive.approved()
    after_waiting()
    items = paper_ids(found.id)
    confirm(archive, found, item_ids=items)

    with pytest.raises(InputError):
        confirm(archive, found, item_ids=items)


def test_only_records_managers_confirm(
    archive: Archive, after_waiting: AfterWaiting, owner: Actor
) -> None:
    archive.log("man")
    found = archive.approved()
    after_waiting()

    for actor in (archive.officer, owner, archive.worker):
        with pytest.raises(NotPermitted):
            services.confirm_paper(
                actor,
                found.id,
                paper_ids(found.id),
                method="incinerated",
                witness_id=archive.manager.user_id,
                destroyed_on=clock.today(),
            )


def test_the_pick_list_goes_by_place_and_counts_numbers(
    archive: Archive, colleague: Actor, auditor: Actor
) -> None:
    places = [
        create_location(
            archive.manager,
            archive.register_id,
            kind="box",
            name=name,
            is_locked=True,
            parent_id=archive.cabinet.id,
        )
        for name in ("Laatikko 10", "Laatikko 2")
    ]
    for place in places:
        archive.log("man").items[0].location_id = place.id
    lent = archive.log("man").items[0]
    lent.location_id, lent.holder_id = None, colleague.user_id
    db.session.commit()
    found = archive.approved()

    _found, lines = pick_list(archive.manager, found.id)

    assert [line.place for line in lines] == [
        "Kaappi 7 › Laatikko 2",
        "Kaappi 7 › Laatikko 10",
        "Kollega",
    ]
    with pytest.raises(NotPermitted):
        pick_list(auditor, found.id)


def test_paper_on_its_way_to_another_person_is_an_obstacle(
    archive: Archive, after_waiting: AfterWaiting, colleague: Actor
) -> None:
    document = archive.log("man")
    found = archive.approved()
    after_waiting()
    hand_over(archive.manager, [document.items[0].id], colleague.user_id, "Lainaksi")

    with pytest.raises(InputError):
        confirm(archive, found)


def test_paper_whose_place_nobody_knows_is_not_proposed(archive: Archive) -> None:
    document = archive.log("man")
    document.items[0].location_id = None
    db.session.commit()

    with pytest.raises(InputError):
        archive.propose(document)
