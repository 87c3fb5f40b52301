"""Destruction: due, not held, by two people, in order; every obstacle is named."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.destruction.rules import (
    DESTROY,
    TRANSITIONS,
    DisposalCandidate,
    ListState,
    Obstacle,
    ObstacleCode,
    RefusalCode,
    may_approve,
    may_execute,
    may_move,
    may_propose,
    may_witness,
    obstacles,
)
from app.retention.rules import DisposalAction

DUE_ON = date(2035, 3, 15)
DUE = DisposalCandidate(disposable_from=DUE_ON, disposal_action=DESTROY)
NAMES = st.lists(st.text(min_size=1, max_size=5), max_size=2)


def codes(candidate: DisposalCandidate, as_of: date = DUE_ON) -> list[ObstacleCode]:
    return [obstacle.code for obstacle in obstacles(candidate, as_of)]


def test_a_due_document_without_anything_against_it_has_no_obstacle() -> None:
    assert obstacles(DUE, DUE_ON) == ()


def test_the_day_before_is_too_early() -> None:
    found = obstacles(DUE, DUE_ON - timedelta(days=1))
    assert found == (Obstacle(ObstacleCode.NOT_DUE, {"disposable_from": "2035-03-15"}),)


def test_a_document_without_a_date_is_never_due() -> None:
    assert codes(replace(DUE, disposable_from=None), date.max) == [ObstacleCode.NO_DATE]


@pytest.mark.parametrize("action", list(DisposalAction))
def test_only_the_action_destroy_ends_in_destruction(action: DisposalAction) -> None:
    found = obstacles(replace(DUE, disposal_action=action), DUE_ON)
    if action is DisposalAction.DESTROY:
        assert found == ()
    else:
        assert found == (Obstacle(ObstacleCode.OTHER_ACTION, {"disposal_action": action.value}),)


@pytest.mark.parametrize(
    ("candidate", "obstacle"),
    [
        (replace(DUE, holds=["H-1"]), Obstacle(ObstacleCode.ON_HOLD, {"hold": "H-1"})),
        (
            replace(DUE, open_requests=["2035-4"]),
            Obstacle(ObstacleCode.OPEN_REQUEST, {"request": "2035-4"}),
        ),
        (replace(DUE, lists=["H-12"]), Obstacle(ObstacleCode.ON_ANOTHER_LIST, {"list": "H-12"})),
        (
            replace(DUE, unlocated=["M-7"]),
            Obstacle(ObstacleCode.LOCATION_UNKNOWN, {"item": "M-7"}),
        ),
        (
            replace(DUE, unacknowledged=["M-8"]),
            Obstacle(ObstacleCode.NOT_ACKNOWLEDGED, {"item": "M-8"}),
        ),
    ],
)
def test_one_obstacle_is_enough_and_is_named(
    candidate: DisposalCandidate, obstacle: Obstacle
) -> None:
    assert obstacles(candidate, DUE_ON) == (obstacle,)


def test_every_obstacle_is_told_at_once() -> None:
    candidate = DisposalCandidate(
        disposable_from=DUE_ON,
        disposal_action=DisposalAction.REVIEW,
        holds=["H-1", "H-2"],
        open_requests=["2035-4"],
        lists=["H-12"],
        unlocated=["M-7"],
        unacknowledged=["M-8"],
    )
    assert codes(candidate, DUE_ON - timedelta(days=1)) == [
        ObstacleCode.NOT_DUE,
        ObstacleCode.OTHER_ACTION,
        ObstacleCode.ON_HOLD,
        ObstacleCode.ON_HOLD,
        ObstacleCode.OPEN_REQUEST,
        ObstacleCode.ON_ANOTHER_LIST,
        ObstacleCode.LOCATION_UNKNOWN,
        ObstacleCode.NOT_ACKNOWLEDGED,
    ]


@given(
    st.builds(
        DisposalCandidate,
        disposable_from=st.one_of(st.none(), st.dates()),
        disposal_action=st.sampled_from(DisposalAction),
        holds=NAMES,
        open_requests=NAMES,
        lists=NAMES,
        unlocated=NAMES,
        unacknowledged=NAMES,
    ),
    st.dates(),
)
def test_what_is_free_of_obstacles_is_due_and_held_by_nothing(
    candidate: DisposalCandidate, as_of: date
) -> None:
    free = (
        candidate.disposable_from is not None
        and candidate.disposable_from <= as_of
        and candidate.disposal_action == "destroy"
        and not any(
            (
                candidate.holds,
                candidate.open_requests,
                candidate.lists,
                candidate.unlocated,
                candidate.unacknowledged,
            )
        )
    )
    assert (not obstacles(candidate, as_of)) == free


@given(st.builds(DisposalCandidate, st.dates(), st.just(DESTROY)), st.dates(), st.dates())
def test_what_is_due_once_stays_due(candidate: DisposalCandidate, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    if not obstacles(candidate, earlier):
        assert not obstacles(candidate, later)


def test_documents_without_obstacles_may_be_proposed() -> None:
    decision = may_propose({"D-1": (), "D-2": ()})
    assert decision
    assert decision.allowed
    assert decision.refusals == ()


def test_an_empty_list_may_not_be_proposed() -> None:
    decision = may_propose({})
    assert not decision
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.EMPTY_LIST]


def test_each_document_with_an_obstacle_is_named() -> None:
    held = [Obstacle(ObstacleCode.ON_HOLD, {"hold": "H-1"})]
    decision = may_propose({"D-1": held, "D-2": (), "D-3": held})
    assert not decision.allowed
    assert [refusal.values for refusal in decision.refusals] == [
        {"document": "D-1"},
        {"document": "D-3"},
    ]


def test_another_person_may_approve() -> None:
    assert may_approve(proposed_by=1, approver=2)


@pytest.mark.parametrize(
    ("proposer", "approver"),
    [
        (1, 1),
        (1, "1"),
        (
            UUID("00000000-0000-4000-8000-000000000001"),
            "00000000-0000-4000-8000-000000000001",
        ),
    ],
)
def test_nobody_approves_an_own_proposal(
    proposer: int | str | UUID, approver: int | str | UUID
) -> None:
    decision = may_approve(proposer, approver)
    assert not decision
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.OWN_PROPOSAL]


@pytest.mark.parametrize("state", [state for state in ListState if state != ListState.PROPOSED])
def test_only_a_proposed_list_may_be_approved(state: ListState) -> None:
    decision = may_approve(1, 2, state)
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.WRONG_STATE]
    assert decision.refusals[0].values == {"state": state.value, "target": "approved"}


@pytest.mark.parametrize("state", list(ListState))
def test_only_an_approved_or_interrupted_list_may_be_carried_out(state: ListState) -> None:
    allowed = state in {ListState.APPROVED, ListState.EXECUTING}
    assert may_execute(state, proposed_by=1, approved_by=2).allowed is allowed


@pytest.mark.parametrize("approved_by", [None, 1])
@pytest.mark.parametrize("state", [ListState.APPROVED, ListState.EXECUTING])
def test_nothing_is_carried_out_that_one_person_decided_alone(
    state: ListState, approved_by: int | None
) -> None:
    decision = may_execute(state, proposed_by=1, approved_by=approved_by)
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.NOT_APPROVED_BY_ANOTHER]


def test_a_witness_is_another_person() -> None:
    assert may_witness(destroyed_by=1, witness=2)
    assert not may_witness(destroyed_by=1, witness=1)


ALLOWED = {
    ("proposed", "approved"),
    ("proposed", "returned"),
    ("approved", "executing"),
    ("approved", "cancelled"),
    ("executing", "executed"),
}


@pytest.mark.parametrize("state", list(ListState))
@pytest.mark.parametrize("target", list(ListState))
def test_a_list_moves_only_along_the_allowed_ways(state: ListState, target: ListState) -> None:
    assert may_move(state, target).allowed is ((state.value, target.value) in ALLOWED)


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(TRANSITIONS) == set(ListState)


def test_a_list_that_is_being_carried_out_can_only_be_finished() -> None:
    assert TRANSITIONS[ListState.EXECUTING] == {ListState.EXECUTED}
