"""The clock of a request: stopped, running on, extended, always computed from what was recorded."""

from datetime import date

import pytest

from app.accounts.permissions import Actor
from app.requests.progress import deadline_of, progress_of
from app.requests.queries import open_requests
from app.requests.services import extend, resume, suspend, verify_identity
from app.web.problems import Conflict, InputError
from tests.services.requests.conftest import Ask

RECEIVED = date(2026, 10, 12)
# One month from receipt is a Thursday.
DUE = date(2026, 11, 12)


def test_the_deadline_is_a_month_from_receipt(ask: Ask, handler: Actor) -> None:
    ask(received_on=RECEIVED)

    (row,) = open_requests(handler)
    assert row.due_on == DUE
    assert row.days_left == 3
    assert (row.used, row.total) == (28, 31)


def test_log_data_has_two_months(ask: Ask) -> None:
    assert deadline_of(ask(received_on=RECEIVED, kind="log_data")).due == date(2026, 12, 14)


def test_a_stopped_clock_shows_no_due_date(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=RECEIVED)
    suspend(handler, request.id, "identity", date(2026, 10, 14))

    (row,) = open_requests(handler)
    assert row.due_on is None
    assert row.days_left is None
    assert row.used == 2


def test_the_answer_lets_the_clock_run_on_by_the_days_it_stood(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=RECEIVED)
    suspend(handler, request.id, "scope", date(2026, 10, 14))
    resume(handler, request.id, date(2026, 10, 21))

    assert deadline_of(request).due == date(2026, 11, 19)


def test_verifying_the_identity_ends_the_wait_for_it(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=RECEIVED)
    suspend(handler, request.id, "identity", date(2026, 10, 14))
    verify_identity(handler, request.id, "strong_electronic", date(2026, 10, 16))

    assert request.open_suspension is None
    assert deadline_of(request).due == date(2026, 11, 16)


def test_verifying_the_identity_does_not_end_a_wait_for_the_scope(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=RECEIVED)
    suspend(handler, request.id, "scope", date(2026, 10, 14))
    verify_identity(handler, request.id, "strong_electronic")

    assert deadline_of(request).due is None


def test_a_question_asked_with_undue_delay_stops_nothing(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=RECEIVED)
    suspend(handler, request.id, "scope", date(2026, 11, 5), asked_late=True)

    assert deadline_of(request).due == DUE


@pytest.mark.parametrize("asked_on", [date(2026, 10, 11), date(2026, 11, 10)])
def test_a_question_before_receipt_or_in_the_future_is_refused(
    ask: Ask, handler: Actor, asked_on: date
) -> None:
    request = ask(received_on=RECEIVED)
    with pytest.raises(InputError) as refused:
        suspend(handler, request.id, "scope", asked_on)

    assert refused.value.field == "asked_on"
    assert request.suspensions == []


def test_an_answer_before_the_question_is_refused(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=RECEIVED)
    suspend(handler, request.id, "scope", date(2026, 10, 20))
    with pytest.raises(InputError) as refused:
        resume(handler, request.id, date(2026, 10, 19))

    assert refused.value.field == "answered_on"
    assert deadline_of(request).due is None


def test_suspensions_cannot_overlap(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=RECEIVED)
    suspend(handler, request.id, "scope", date(2026, 10, 14))
    with pytest.raises(Conflict):
        suspend(handler, request.id, "identity", date(2026, 10, 15))
    resume(handler, request.id, date(2026, 10, 21))
    with pytest.raises(InputError) as refused:
        suspend(handler, request.id, "scope", date(2026, 10, 20))

    assert refused.value.field == "asked_on"
    assert len(request.suspensions) == 1


def test_a_clock_that_runs_cannot_be_resumed(ask: Ask, handler: Actor) -> None:
    with pytest.raises(Conflict):
        resume(handler, ask().id, date(2026, 11, 5))


def test_a_verified_identity_is_not_asked_for_again(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)
    with pytest.raises(InputError) as refused:
        suspend(handler, request.id, "identity", date(2026, 11, 9))

    assert refused.value.field == "reason"


def test_an_extension_told_in_time_gives_three_months_from_receipt(
    ask: Ask, handler: Actor
) -> None:
    request = ask(received_on=RECEIVED)
    extend(handler, request.id, "complexity", date(2026, 11, 9))

    assert deadline_of(request).due == date(2027, 1, 12)


def test_an_extension_told_after_the_base_deadline_is_refused(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=date(2026, 10, 1))
    with pytest.raises(InputError) as refused:
        extend(handler, request.id, "complexity", date(2026, 11, 3))

    assert refused.value.field == "told_on"
    assert deadline_of(request).due == date(2026, 11, 2)


def test_an_extension_can_be_told_on_the_rolled_last_day(ask: Ask, handler: Actor) -> None:
    request = ask(received_on=date(2026, 10, 1))
    extend(handler, request.id, "number", date(2026, 11, 2))

    assert deadline_of(request).due == date(2027, 1, 4)


@pytest.mark.parametrize("reason", ["", "holidays_of_staff"])
def test_an_extension_without_a_lawful_reason_is_refused(
    ask: Ask, handler: Actor, reason: str
) -> None:
    request = ask()
    with pytest.raises(InputError) as refused:
        extend(handler, request.id, reason, date(2026, 11, 9))

    assert refused.value.field == "reason"
    assert request.extension_told_on is None


def test_a_second_extension_is_refused(ask: Ask, handler: Actor) -> None:
    request = ask()
    extend(handler, request.id, "complexity", date(2026, 11, 9))
    with pytest.raises(InputError):
        extend(handler, request.id, "number", date(2026, 11, 9))

    assert request.extension_reason == "complexity"


def test_an_extension_cannot_have_been_told_tomorrow(ask: Ask, handler: Actor) -> None:
    with pytest.raises(InputError) as refused:
        extend(handler, ask().id, "complexity", date(2026, 11, 10))

    assert refused.value.field == "told_on"


def test_a_log_request_knows_no_extension(ask: Ask, handler: Actor) -> None:
    with pytest.raises(InputError) as refused:
        extend(handler, ask(kind="log_data").id, "complexity", date(2026, 11, 9))

    assert refused.value.field is None


def test_a_closed_request_is_measured_on_its_last_day(ask: Ask) -> None:
    request = ask(received_on=RECEIVED)
    request.closed_on = date(2026, 11, 2)

    progress = progress_of(request, date(2027, 5, 1))
    assert progress.urgency.days_left == 10
    assert progress.used == 21
