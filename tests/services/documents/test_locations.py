"""Places for paper: a tree of rooms, cabinets, boxes and folders in each register."""

import pytest

from app.accounts.permissions import Actor, NotPermitted, Role
from app.documents.queries import locations
from app.documents.services import create_location
from app.web.problems import InputError, NotFound
from tests.fixtures.documents import Desk, LogDocument, MakeLocation
from tests.fixtures.people import MakeActor


def test_places_stand_in_a_tree_in_order(
    desk: Desk, make_location: MakeLocation, log_paper: LogDocument, other_register: int
) -> None:
    room = make_location("Arkisto", kind="room", is_locked=True)
    tenth = make_location("Kaappi 10", parent_id=room.id)
    second = make_location("Kaappi 2", parent_id=room.id)
    box = make_location("Laatikko 88", kind="box", parent_id=second.id)
    make_location("Muualla", register_id=other_register)
    log_paper(holder_id=None, location_id=box.id)

    found = locations(desk.worker, desk.register_id)

    assert [place.id for place in found] == [room.id, second.id, box.id, tenth.id]
    assert found[2].path == "Arkisto › Kaappi 2 › Laatikko 88"
    assert [place.papers for place in found] == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"kind": "shelf"}, "kind"),
        ({"parent_id": 4711}, "parent_id"),
    ],
)
def test_a_bad_place_is_refused_by_field(
    make_location: MakeLocation, details: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        make_location(**{"name": "Kaappi", **details})

    assert refused.value.field == field


def test_a_name_is_used_once_in_a_place(make_location: MakeLocation) -> None:
    first = make_location("Kaappi 2")

    with pytest.raises(InputError) as refused:
        make_location("Kaappi  2")
    assert refused.value.field == "name"
    assert make_location("Kaappi 2", kind="box", parent_id=first.id).id


def test_a_room_does_not_stand_in_a_cabinet(make_location: MakeLocation) -> None:
    cabinet = make_location()

    with pytest.raises(InputError) as refused:
        make_location("Huone", kind="room", parent_id=cabinet.id)
    assert refused.value.field == "parent_id"


def test_only_a_records_manager_of_the_register_adds_places(
    desk: Desk, archivist: Actor, make_actor: MakeActor, other_register: int
) -> None:
    elsewhere = make_actor("muualla", Role.RECORDS_MANAGER, register_id=other_register)

    for actor in (desk.worker, elsewhere):
        with pytest.raises(NotPermitted):
            create_location(actor, desk.register_id, kind="room", name="Huone", is_locked=True)
    with pytest.raises(NotFound):
        create_location(archivist, 4711, kind="room", name="Huone", is_locked=True)
