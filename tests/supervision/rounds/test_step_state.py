"""The state of a step, for every combination of what decides it."""

from dataclasses import fields, replace
from itertools import product

import pytest

from schools.core.status import StatusKind
from supervision.rounds.step_state import PENDING_STATES, StepConditions, StepState, step_state

pytestmark = pytest.mark.db_agnostic

NAMES = [field.name for field in fields(StepConditions)]
EVERY = [
    StepConditions(**dict(zip(NAMES, values, strict=True)))
    for values in product((False, True), repeat=len(NAMES))
]


def test_every_state_is_reached_by_some_combination_and_no_other_is():
    assert {step_state(step) for step in EVERY} == set(StepState)


def test_what_is_done_stays_done():
    assert all((step_state(step) == StepState.DONE) == step.is_done for step in EVERY)


def test_nobody_is_asked_for_a_step_of_a_closed_school_or_an_ended_round():
    for step in EVERY:
        if step.school_closed or step.round_ended:
            assert step_state(step) not in PENDING_STATES


def test_only_a_step_in_its_turn_waits_for_somebody():
    for step in EVERY:
        if not step.has_its_turn or not step.is_open:
            state = step_state(step)
            assert state not in PENDING_STATES - {StepState.BOOKED}
            assert state.kind not in (StatusKind.LATE, StatusKind.YOURS)


def test_overdue_is_said_to_everybody_alike():
    for step in EVERY:
        theirs = replace(step, is_yours=not step.is_yours)
        assert (step_state(step) == StepState.OVERDUE) == (step_state(theirs) == StepState.OVERDUE)


def test_what_waits_for_you_never_waits_for_somebody_else():
    for step in EVERY:
        mark = step_state(step).kind
        assert mark != StatusKind.YOURS or step.is_yours
        assert step_state(step) != StepState.WAITING_FOR_OTHERS or not step.is_yours


@pytest.mark.parametrize(
    ("conditions", "state"),
    [
        ({}, StepState.NOT_REACHED),
        ({"is_booked": True}, StepState.BOOKED),
        ({"is_open": False, "has_its_turn": True, "is_yours": True}, StepState.NOT_OPEN),
        ({"has_its_turn": True}, StepState.WAITING_FOR_OTHERS),
        ({"has_its_turn": True, "is_booked": True}, StepState.BOOKED),
        ({"has_its_turn": True, "is_returned": True}, StepState.WAITING_FOR_OTHERS),
        ({"has_its_turn": True, "is_yours": True}, StepState.WAITING_FOR_YOU),
        ({"has_its_turn": True, "is_yours": True, "is_booked": True}, StepState.WAITING_FOR_YOU),
        ({"has_its_turn": True, "is_yours": True, "is_returned": True}, StepState.RETURNED_TO_YOU),
        ({"has_its_turn": True, "is_overdue": True, "is_returned": True}, StepState.OVERDUE),
        ({"round_ended": True, "has_its_turn": True}, StepState.ROUND_ENDED),
        ({"round_ended": True, "school_closed": True}, StepState.SCHOOL_CLOSED),
        ({"school_closed": True, "is_done": True}, StepState.DONE),
    ],
)
def test_each_situation(conditions, state):
    assert step_state(StepConditions(**conditions)) == state


def test_every_state_has_a_mark_a_word_and_a_place():
    assert [state.order for state in StepState] == list(range(len(StepState)))
    for state in StepState:
        assert state.word
        assert state.css == state.kind.value
        assert state.glyph == state.kind.glyph
