"""Whether an extension counts: in time, with a reason, once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.requests.rules import (
    ExtensionFault,
    RequestKind,
    Suspension,
    extension_verdict,
    response_deadline,
)

REASON = "Several hundred documents in four services."


@pytest.mark.parametrize(
    ("case", "received", "sent", "valid", "due"),
    [
        ("E1", "2026-01-31", "2026-03-02", True, "2026-04-30"),
        ("E2", "2026-01-31", "2026-03-03", False, "2026-03-02"),
        ("E3", "2026-03-03", "2026-04-07", True, "2026-06-03"),
    ],
)
def test_the_notice_must_be_sent_by_the_rolled_base_day(
    case: str, received: str, sent: str, valid: bool, due: str
) -> None:
    verdict = extension_verdict(date.fromisoformat(received), date.fromisoformat(sent), REASON)
    assert verdict.valid is valid, case
    assert verdict.deadline.due == date.fromisoformat(due)
    assert verdict.faults == (() if valid else (ExtensionFault.NOTICE_TOO_LATE,))


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_an_extension_without_a_reason_is_refused(reason: str) -> None:
    verdict = extension_verdict(date(2026, 3, 3), date(2026, 3, 20), reason)
    assert verdict.faults == (ExtensionFault.NO_REASON,)
    assert verdict.deadline.due == date(2026, 4, 7)


def test_a_second_extension_is_refused_and_the_first_stays() -> None:
    verdict = extension_verdict(date(2026, 3, 3), date(2026, 3, 20), REASON, already_extended=True)
    assert verdict.faults == (ExtensionFault.SECOND_EXTENSION,)
    assert verdict.deadline.due == date(2026, 6, 3)


def test_a_notice_before_receipt_is_refused() -> None:
    verdict = extension_verdict(date(2026, 3, 3), date(2026, 3, 2), REASON)
    assert verdict.faults == (ExtensionFault.NOTICE_BEFORE_RECEIPT,)


@pytest.mark.parametrize("already_extended", [False, True])
def test_log_data_requests_know_no_extension(already_extended: bool) -> None:
    verdict = extension_verdict(
        date(2026, 3, 5),
        date(2026, 3, 20),
        REASON,
        already_extended=already_extended,
        kind=RequestKind.LOG_DATA,
    )
    assert ExtensionFault.NOT_AVAILABLE in verdict.faults
    assert verdict.deadline.due == date(2026, 5, 5)


def test_every_fault_is_told_at_once() -> None:
    verdict = extension_verdict(date(2026, 3, 3), date(2026, 4, 8), "", already_extended=True)
    assert verdict.faults == (
        ExtensionFault.SECOND_EXTENSION,
        ExtensionFault.NO_REASON,
        ExtensionFault.NOTICE_TOO_LATE,
    )


def test_a_suspension_gives_more_time_for_the_notice() -> None:
    waits = [Suspension(date(2026, 3, 4), date(2026, 3, 18))]
    assert extension_verdict(date(2026, 3, 2), date(2026, 4, 16), REASON, suspensions=waits).valid
    late = extension_verdict(date(2026, 3, 2), date(2026, 4, 17), REASON, suspensions=waits)
    assert late.faults == (ExtensionFault.NOTICE_TOO_LATE,)


def test_a_notice_is_in_time_while_the_clock_is_stopped() -> None:
    waits = [Suspension(date(2026, 3, 4))]
    verdict = extension_verdict(date(2026, 3, 2), date(2026, 6, 1), REASON, suspensions=waits)
    assert verdict.valid
    assert verdict.deadline.due is None


@given(
    st.dates(date(2018, 5, 25), date(2060, 12, 31)), st.dates(date(2018, 5, 25), date(2061, 3, 1))
)
def test_a_refused_extension_leaves_the_base_and_a_valid_one_is_never_earlier(
    received: date, sent: date
) -> None:
    base = response_deadline(received).due
    verdict = extension_verdict(received, sent, REASON)
    assert base is not None
    assert verdict.deadline.due is not None
    assert verdict.valid == (received <= sent <= base)
    assert verdict.deadline.due >= base if verdict.valid else verdict.deadline.due == base
