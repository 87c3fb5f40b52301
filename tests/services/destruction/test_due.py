"""What is due: by a day, in the reader's registers, with everything that stands in the way."""

from collections.abc import Callable
from datetime import date, timedelta

from app import clock
from app.accounts.permissions import Actor, Role
from app.db import db
from app.destruction import services
from app.destruction.explain import obstacle_text
from app.destruction.queries import DueKey, due, due_by_month, due_counts
from app.destruction.rules import ObstacleCode
from app.documents.blockers import register_blocker
from app.documents.models import Document
from app.documents.services import create_location, hand_over, log_document, restart_clocks
from app.retention.queries import current_rule_version
from app.web.i18n import language
from tests.fixtures.disposal import DUE_ON, Archive, fresh
from tests.fixtures.people import MakeActor

TODAY = date(2026, 11, 21)


def ids(actor: Actor, as_of: date, register_id: int | None = None) -> list[int]:
    return [row.document.id for row in due(actor, as_of, register_id).rows]


def test_a_document_is_due_from_the_day_after_its_last_kept_day(archive: Archive) -> None:
    document = archive.log()

    assert ids(archive.manager, DUE_ON - timedelta(days=1)) == []
    assert ids(archive.manager, DUE_ON) == [document.id]


def test_a_row_names_document_rule_and_media_but_no_client(archive: Archive) -> None:
    archive.log("atk", "man")

    with language("fi"):
        (row,) = due(archive.manager, TODAY).rows

    assert row.document.reference == f"A-{archive.client.number}/{row.document.id}"
    assert row.document.title == "Sopimukset"
    assert row.document.media == ("man", "atk")
    assert row.document.mandate == "728/2003 · v1"
    assert "Virtanen" not in repr(row)


def test_pages_follow_each_other_without_gap_or_repetition(archive: Archive) -> None:
    wanted = [archive.log("man").id for _ in range(5)]

    found: list[int] = []
    key: DueKey | None = None
    while True:
        page = due(archive.manager, TODAY, after=key, limit=2)
        found += [row.document.id for row in page.rows]
        if page.next_key is None:
            break
        key = DueKey.parse(str(page.next_key))

    assert found == wanted


def test_a_key_that_is_none_leads_to_the_first_page() -> None:
    assert DueKey.parse("yesterday.1") is None
    assert DueKey.parse("2025-01-01") is None


def test_other_registers_are_not_shown(
    archive: Archive, other_register: int, make_actor: MakeActor, worker: Actor
) -> None:
    archive.log()
    elsewhere = make_actor("muualla", Role.RECORDS_MANAGER, register_id=other_register)

    assert ids(elsewhere, TODAY) == []
    assert ids(elsewhere, TODAY, archive.register_id) == []
    assert ids(worker, TODAY) == []
    assert ids(archive.manager, TODAY, other_register) == []


def test_each_obstacle_is_told_with_its_document(archive: Archive, colleague: Actor) -> None:
    held, handed, free = archive.log(), archive.log("man"), archive.log()
    services.set_hold(
        archive.officer, document_id=held.id, reason="dispute", mandate="Käräjäoikeus 12/2026"
    )
    paper = handed.items[0]
    hand_over(archive.manager, [paper.id], colleague.user_id, "Tarkistus")

    with language("fi"):
        rows = {row.document.id: row for row in due(archive.manager, TODAY).rows}
        said = [obstacle_text(obstacle) for obstacle in rows[held.id].obstacles]

    assert [obstacle.code for obstacle in rows[held.id].obstacles] == [ObstacleCode.ON_HOLD]
    assert said == ["hävittämiskielto: riita tai oikeusvaade"]
    assert [o.code for o in rows[handed.id].obstacles] == [ObstacleCode.BLOCKED]
    assert rows[free.id].obstacles == ()


def test_a_rule_that_ends_in_another_act_is_an_obstacle(archive: Archive) -> None:
    document = archive.log()
    returned = current_rule_version("social-initial-interview")
    document.retention_rule_version_id = returned.id

    (row,) = due(archive.manager, TODAY).rows

    assert [obstacle.code for obstacle in row.obstacles] == [ObstacleCode.OTHER_ACTION]
    assert row.document.disposal_action == "return_to_controller"


def test_what_another_package_has_against_it_is_heard(archive: Archive) -> None:
    document = archive.log()
    against: dict[int, str] = {document.id: "something_open"}
    register_blocker(lambda wanted: {id_: against[id_] for id_ in wanted if id_ in against})

    (row,) = due(archive.manager, TODAY).rows
    against.clear()

    assert [obstacle.code for obstacle in row.obstacles] == [ObstacleCode.BLOCKED]
    assert row.obstacles[0].values == {"blocker": "something_open"}


def test_paper_in_several_boxes_of_one_cabinet_is_in_one_cabinet(archive: Archive) -> None:
    boxes = [
        create_location(
            archive.manager,
            archive.register_id,
            kind="box",
            name=f"Laatikko {number}",
            is_locked=True,
            parent_id=archive.cabinet.id,
        )
        for number in (1, 2)
    ]
    room = create_location(
        archive.manager, archive.register_id, kind="room", name="Arkisto", is_locked=True
    )
    for place in (*boxes, room):
        archive.log("man").items[0].location_id = place.id
    archive.log("atk", "man")
    held = archive.log("atk")
    services.set_hold(archive.officer, document_id=held.id, reason="audit", mandate="ESR 3")

    counts = due_counts(archive.manager, TODAY)

    assert (counts.documents, counts.clients, counts.held) == (5, 1, 1)
    assert (counts.paper, counts.cabinets, counts.keys) == (4, 2, 2)


def show(archive: Archive, rule_key: str) -> Document:
    """Note a certificate that was only shown, under a rule of the tests' choice."""
    shown = log_document(
        archive.worker,
        episode_id=archive.episode_id,
        document_type_key="sairauslomatodistus",
        media=set(),
        dated_on=date(2016, 2, 1),
        presented_from=date(2016, 2, 1),
        presented_until=date(2016, 2, 5),
    )
    shown.retention_rule_version_id = current_rule_version(rule_key).id
    db.session.commit()
    restart_clocks(archive.client.id)
    return shown


def test_the_dates_of_a_shown_certificate_are_due_by_the_rule_of_its_document(
    archive: Archive, after_waiting: Callable[[], None]
) -> None:
    shown = show(archive, "employment-agreements")
    assert ids(archive.manager, DUE_ON - timedelta(days=1)) == []
    assert ids(archive.manager, DUE_ON) == [shown.id]

    found = archive.approved()
    after_waiting()
    services.execute(archive.manager, found.id)

    gone = fresh(shown)
    assert gone.state == "destroyed"
    assert (gone.presented_from, gone.presented_until) == (None, None)


def test_a_rule_that_stores_nothing_does_not_make_the_note_of_a_shown_certificate_due(
    archive: Archive,
) -> None:
    shown = show(archive, "presented-absence-certificate")

    assert shown.disposable_from is not None
    assert ids(archive.manager, TODAY) == []
    assert sum(n for _month, n in due_by_month(archive.manager, date(2016, 1, 1))) == 0


def test_what_is_on_an_unfinished_list_is_not_due_twice(archive: Archive) -> None:
    listed, left = archive.log(), archive.log()
    found = archive.propose(listed)
    assert ids(archive.manager, TODAY) == [left.id]

    services.return_for_change(archive.officer, found.id, "Väärä rekisteri")

    assert ids(archive.manager, TODAY) == [listed.id, left.id]


def test_months_are_counted_from_tomorrow(archive: Archive) -> None:
    for _ in range(3):
        archive.log()

    months = due_by_month(archive.manager, date(2024, 11, 21))

    assert months[0] == (date(2024, 11, 1), 0)
    assert months[2] == (DUE_ON, 3)
    assert len(months) == 12
    assert due_by_month(archive.manager, DUE_ON)[0] == (DUE_ON, 0)
    assert clock.today() > DUE_ON
