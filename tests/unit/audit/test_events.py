"""What an entry may say: its event's details, nothing less and nothing more."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.audit.events import DetailsRefused, Event, ObjectType
from app.audit.labels import EVENT_LABELS, event_label, object_label, problem_label, status_label
from app.audit.payload import (
    PayloadUnreadable,
    Subject,
    columns,
    compose,
    details_of,
    instant_text,
)
from app.audit.verification import Problem, Status
from app.web.i18n import language

AT = datetime(2026, 11, 21, 20, 45, 0, 5, tzinfo=UTC)
SUBJECT = Subject(7, 1, 42, "item", 9)


def payload(event: Event = Event.ITEM_ADDED, subject: Subject = SUBJECT) -> str:
    details = {"medium": "atk"} if event is Event.ITEM_ADDED else {}
    return compose(event, subject, details, AT, "r-1")


@pytest.mark.parametrize("event", Event)
def test_events_are_named_subject_dot_action(event: Event) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", event.action)
    assert event.name == event.action.replace(".", "_").upper()
    assert Event.of(event.action) is event
    assert len(event.action) <= 40


def test_no_two_events_share_a_name() -> None:
    assert len({event.action for event in Event}) == len(Event)


@pytest.mark.parametrize("details", [{}, {"reason": "x", "name": "y"}, {"name": "x"}])
def test_missing_and_unknown_details_are_refused(details: dict[str, str]) -> None:
    with pytest.raises(DetailsRefused, match=r"auth\.failed"):
        Event.AUTH_FAILED.check(details)


@pytest.mark.parametrize("value", [1.5, {"a": 1}, b"x", [1.5], [["x"]], AT])
def test_values_that_are_not_plain_are_refused(value: object) -> None:
    with pytest.raises(DetailsRefused):
        Event.AUTH_FAILED.check({"reason": value})  # type: ignore[dict-item]  # that is the point


@pytest.mark.parametrize("value", ["x", 5, True, None, ["a", "b"], [1, 2], (1, 2), []])
def test_plain_values_are_accepted(value: str) -> None:
    Event.AUTH_FAILED.check({"reason": value})


def test_the_text_of_an_entry_is_canonical() -> None:
    assert payload() == (
        '{"action":"item.added","actor":7,"at":"2026-11-21T20:45:00.000005Z","client":42,'
        '"details":{"medium":"atk"},"object":"item","object_id":9,"register":1,'
        '"request":"r-1","v":1}'
    )


def test_letters_stay_as_they_are() -> None:
    assert '"Åsa"' in compose(Event.AUTH_FAILED, Subject(None), {"reason": "Åsa"}, AT, None)


def test_instants_are_utc_to_the_microsecond() -> None:
    helsinki = timezone(timedelta(hours=2))

    assert instant_text(AT.astimezone(helsinki)) == "2026-11-21T20:45:00.000005Z"


def test_the_columns_repeat_the_text() -> None:
    assert columns(payload()) == {
        "at": AT,
        "actor_id": 7,
        "action": "item.added",
        "register_id": 1,
        "client_id": 42,
        "object_type": "item",
        "object_id": 9,
    }
    assert details_of(payload()) == {"medium": "atk"}


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"at":5}', '{"at":"yesterday"}'])
def test_what_is_no_entry_is_refused(text: str) -> None:
    with pytest.raises(PayloadUnreadable):
        columns(text)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_every_event_and_result_has_words(code: str) -> None:
    with language(code):
        words = [event_label(event) for event in Event]
        words += [problem_label(problem) for problem in Problem]
        words += [status_label(status) for status in Status]

    assert all(words)
    assert len(set(words)) == len(words)
    assert set(EVENT_LABELS) == set(Event)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_whatever_an_entry_is_about_has_words(code: str) -> None:
    with language(code):
        words = [object_label(object_type) for object_type in ObjectType]

    assert all(words)
    assert len(set(words)) == len(words)
