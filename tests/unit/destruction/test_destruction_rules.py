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
    executable_from,
    may_approve,
    may_cancel,
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
            replace(DUE, blockers=["open_request"]),
            Obstacle(ObstacleCode.BLOCKED, {"blocker": "open_request"}),
        ),
        (replace(DUE, lists=["H-12"]), Obstacle(ObstacleCode.ON_ANOTHER_LIST, {"list": "H-12"})),
        (
            replace(DUE, unlocated=["M-7"]),
            Obstacle(ObstacleCode.LOCATION_UNKNOWN, {"item": "M-7"}),
        ),
        (
            replace(DUE, paper_left=["M-8"]),
            Obstacle(ObstacleCode.PAPER_LEFT, {"item": "M-8"}),
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
        blockers=["open_request"],
        lists=["H-12"],
        unlocated=["M-7"],
        paper_left=["M-8"],
    )
    assert codes(candidate, DUE_ON - timedelta(days=1)) == [
        ObstacleCode.NOT_DUE,
        ObstacleCode.OTHER_ACTION,
        ObstacleCode.ON_HOLD,
        ObstacleCode.ON_HOLD,
        ObstacleCode.BLOCKED,
        ObstacleCode.ON_ANOTHER_LIST,
        ObstacleCode.LOCATION_UNKNOWN,
        ObstacleCode.PAPER_LEFT,
    ]


@given(
    st.builds(
        DisposalCandidate,
        disposable_from=st.one_of(st.none(), st.dates()),
        disposal_action=st.sampled_from(DisposalAction),
        holds=NAMES,
        blockers=NAMES,
        lists=NAMES,
        unlocated=NAMES,
        paper_left=NAMES,
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
                candidate.blockers,
                candidate.lists,
                candidate.unlocated,
                candidate.paper_left,
            )
        )
    )
    assert (not obstacles(candidate, as_of)) == free


@given(st.builds(DisposalCandidate, st.dates(), st.just(DESTROY)), st.dates(), st.dates())
def test_what_is_due_once_stays_due(candidate: DisposalCandidate, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    if not obstacles(candidate, earlier):
        assert not obstacles(candidate, later)


HELD = (Obstacle(ObstacleCode.ON_HOLD, {"hold": "dispute"}),)


def test_documents_are_proposed_when_one_at_least_has_no_obstacle() -> None:
    decision = may_propose([(), HELD])
    assert decision
    assert decision.allowed
    assert decision.refusals == ()


@pytest.mark.parametrize("documents", [[], [HELD], [HELD, HELD]])
def test_a_list_of_nothing_may_not_be_proposed(documents: list[tuple[Obstacle, ...]]) -> None:
    decision = may_propose(documents)
    assert not decision
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.EMPTY_LIST]


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


APPROVED_ON = date(2035, 3, 15)
FIRST_DAY = date(2035, 3, 22)


def test_the_waiting_time_is_counted_from_the_approval() -> None:
    assert executable_from(APPROVED_ON, 7) == FIRST_DAY
    assert executable_from(APPROVED_ON, 0) == APPROVED_ON


@pytest.mark.parametrize("state", list(ListState))
def test_only_an_approved_or_interrupted_list_may_be_carried_out(state: ListState) -> None:
    allowed = state in {ListState.APPROVED, ListState.EXECUTING}
    decision = may_execute(
        state, proposed_by=1, approved_by=2, first_day=FIRST_DAY, as_of=FIRST_DAY
    )
    assert decision.allowed is allowed


@pytest.mark.parametrize("approved_by", [None, 1])
@pytest.mark.parametrize("state", [ListState.APPROVED, ListState.EXECUTING])
def test_nothing_is_carried_out_that_one_person_decided_alone(
    state: ListState, approved_by: int | None
) -> None:
    decision = may_execute(
        state, proposed_by=1, approved_by=approved_by, first_day=FIRST_DAY, as_of=FIRST_DAY
    )
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.NOT_APPROVED_BY_ANOTHER]


@pytest.mark.parametrize("first_day", [FIRST_DAY, None])
def test_nothing_is_carried_out_in_the_waiting_time(first_day: date | None) -> None:
    day_before = FIRST_DAY - timedelta(days=1)
    decision = may_execute(
        ListState.APPROVED, proposed_by=1, approved_by=2, first_day=first_day, as_of=day_before
    )
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.WAITING]


@pytest.mark.parametrize("state", list(ListState))
def test_only_an_approved_list_may_be_cancelled(state: ListState) -> None:
    assert may_cancel(state, paper_destroyed=0).allowed is (state is ListState.APPROVED)


def test_a_list_is_not_cancelled_when_its_paper_is_gone() -> None:
    decision = may_cancel(ListState.APPROVED, paper_destroyed=1)
    assert [refusal.code for refusal in decision.refusals] == [RefusalCode.PAPER_GONE]


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
