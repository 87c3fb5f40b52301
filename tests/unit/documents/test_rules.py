"""Which event starts which clock, where places fit, and how a retention stands."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.rules import (
    CLOCK_STARTS,
    ClockFacts,
    KeptFacts,
    KeptState,
    LocationKind,
    fits_inside,
    kept_state,
    trigger_on,
)
from app.retention.triggers import RetentionTrigger

RUNNING = ClockFacts(
    dated_on=date(2026, 3, 9), logged_on=date(2026, 3, 10), episode_started_on=date(2026, 1, 12)
)
ENDED = replace(RUNNING, episode_ended_on=date(2026, 6, 30), clientship_ended_on=date(2026, 8, 31))


def test_every_trigger_of_the_retention_rules_is_known() -> None:
    assert set(CLOCK_STARTS) == {str(trigger) for trigger in RetentionTrigger}


def test_an_unknown_trigger_is_an_error_and_not_a_clock_that_never_starts() -> None:
    with pytest.raises(KeyError):
        trigger_on("someday", RUNNING)


@pytest.mark.parametrize(
    ("trigger", "day"),
    [
        ("event", date(2026, 3, 9)),
        ("document_dated", date(2026, 3, 9)),
        ("shown", date(2026, 3, 9)),
        ("recording_ended", date(2026, 3, 9)),
        ("entry_created", date(2026, 3, 10)),
        ("selection_told", date(2026, 1, 12)),
        ("financial_year_end", date(2026, 12, 31)),
        ("absence_settled", date(2026, 3, 9)),
    ],
)
def test_what_the_document_tells_starts_its_clock_at_once(trigger: str, day: date) -> None:
    assert trigger_on(trigger, RUNNING) == day


@pytest.mark.parametrize(
    "trigger", ["matter_closed", "service_ended", "agreement_ended", "employment_ended"]
)
def test_the_end_of_the_episode_starts_the_clocks_that_wait_for_it(trigger: str) -> None:
    assert trigger_on(trigger, RUNNING) is None
    assert trigger_on(trigger, ENDED) == date(2026, 6, 30)


@pytest.mark.parametrize("trigger", ["clientship_ended", "plan_ended"])
def test_a_clientship_goes_on_while_any_service_does(trigger: str) -> None:
    in_another_service = replace(ENDED, clientship_ended_on=None)

    assert trigger_on(trigger, in_another_service) is None
    assert trigger_on(trigger, ENDED) == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("withdrawn_on", "ended_on", "day"),
    [
        (None, None, None),
        (date(2026, 4, 1), None, date(2026, 4, 1)),
        (None, date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 4, 1), date(2026, 6, 30), date(2026, 4, 1)),
        (date(2026, 7, 1), date(2026, 6, 30), date(2026, 6, 30)),
    ],
)
def test_a_consent_ends_when_withdrawn_or_with_its_service(
    withdrawn_on: date | None, ended_on: date | None, day: date | None
) -> None:
    facts = replace(RUNNING, consent_ended_on=withdrawn_on, episode_ended_on=ended_on)

    assert trigger_on("consent_withdrawn_or_ended", facts) == day


def test_an_absence_is_settled_when_it_is_over() -> None:
    facts = replace(RUNNING, presented_until=date(2026, 3, 20))

    assert trigger_on("absence_settled", facts) == date(2026, 3, 20)


def test_a_certificate_seen_after_the_absence_settles_it_then() -> None:
    facts = replace(RUNNING, presented_until=date(2026, 3, 1))

    assert trigger_on("absence_settled", facts) == date(2026, 3, 9)


@pytest.mark.parametrize(
    "trigger",
    [
        "pay_settled",
        "project_end",
        "accounts_submitted",
        "last_payment",
        "client_died",
        "no_longer_needed",
    ],
)
def test_a_clock_does_not_start_by_what_nobody_has_recorded(trigger: str) -> None:
    assert trigger_on(trigger, ENDED) is None


@pytest.mark.parametrize(
    ("kind", "parent", "fits"),
    [
        (LocationKind.ROOM, None, True),
        (LocationKind.FOLDER, None, True),
        (LocationKind.FOLDER, LocationKind.BOX, True),
        (LocationKind.BOX, LocationKind.CABINET, True),
        (LocationKind.CABINET, LocationKind.ROOM, True),
        (LocationKind.BOX, LocationKind.BOX, False),
        (LocationKind.ROOM, LocationKind.CABINET, False),
        (LocationKind.CABINET, LocationKind.FOLDER, False),
    ],
)
def test_a_place_stands_only_in_a_larger_one(
    kind: LocationKind, parent: LocationKind | None, fits: bool
) -> None:
    assert fits_inside(kind, parent) is fits


STORED = KeptFacts(
    destroyed=False,
    presented=False,
    has_rule=True,
    permanent=False,
    period_open=False,
    disposable_from=date(2025, 3, 15),
)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (STORED, KeptState.ENDED),
        (replace(STORED, disposable_from=date(2025, 3, 16)), KeptState.RUNNING),
        (replace(STORED, disposable_from=None), KeptState.WAITING),
        (replace(STORED, period_open=True), KeptState.PERIOD_OPEN),
        (replace(STORED, permanent=True), KeptState.PERMANENT),
        (replace(STORED, has_rule=False), KeptState.NO_RULE),
        (replace(STORED, presented=True), KeptState.NOT_STORED),
        (replace(STORED, presented=True, destroyed=True), KeptState.DESTROYED),
    ],
)
def test_how_a_retention_stands_on_a_day(facts: KeptFacts, state: KeptState) -> None:
    assert kept_state(facts, date(2025, 3, 15)) is state
