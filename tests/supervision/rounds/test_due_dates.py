"""The rule of due days as a rule: what holds for every combination of days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rounds.due_dates import (
    StepWindow,
    TimingFacts,
    opened_after_deadline,
    propose_windows,
    step_timing,
)

pytestmark = pytest.mark.db_agnostic

TODAY = date(2026, 11, 28)
days = st.dates(date(2026, 5, 1), date(2027, 4, 30))
maybe = st.none() | days
steps = st.builds(
    TimingFacts,
    today=days,
    due_on=maybe,
    turn_started_on=maybe,
    appointment_on=maybe,
    returned_on=maybe,
    correct_by=maybe,
    handed_in_on=maybe,
    not_before=maybe,
    is_done=st.booleans(),
    turn_days=st.integers(1, 30),
)


def on(days):
    return TODAY + timedelta(days=days)


def plain(**facts):
    """A step whose turn came twenty days ago, unless said otherwise."""
    return step_timing(TimingFacts(**{"today": TODAY, "turn_started_on": on(-20), **facts}))


@given(steps)
def test_days_overdue_are_those_since_the_day_that_is_shown(step):
    timing = step_timing(step)
    if timing.days_overdue:
        assert step.today - timing.due_on == timedelta(days=timing.days_overdue)


@given(steps)
def test_nobody_is_overdue_within_the_days_given_since_the_turn_came(step):
    given_since = step.turn_started_on
    if step.returned_on is None and given_since:
        early = replace(step, today=given_since + timedelta(days=step.turn_days))
        assert step_timing(early).days_overdue == 0


@given(steps)
def test_a_planned_visit_of_today_or_to_come_is_not_overdue(step):
    if step.returned_on is None and step.appointment_on and step.appointment_on >= step.today:
        assert step_timing(step).days_overdue == 0


@given(steps)
def test_what_is_done_not_open_or_out_of_turn_is_never_overdue(step):
    still = replace(step, returned_on=None)
    for facts in ({"is_done": True}, {"turn_started_on": None}, {"due_on": None}):
        assert step_timing(replace(still, **facts)).days_overdue == 0


@given(steps)
def test_the_shown_day_is_never_before_the_rounds_own(step):
    timing = step_timing(step)
    if step.returned_on is None and step.due_on and timing.due_on:
        assert timing.due_on >= step.due_on
        assert timing.is_extended == (timing.due_on > step.due_on)


@given(steps)
def test_each_day_that_passes_adds_one_day(step):
    timing = step_timing(step)
    if timing.days_overdue:
        tomorrow = step_timing(replace(step, today=step.today + timedelta(days=1)))
        assert tomorrow.days_overdue == timing.days_overdue + 1


@given(steps)
def test_what_waited_too_long_is_late_by_as_many_days_once_done(step):
    timing = step_timing(replace(step, returned_on=None, handed_in_on=None))
    if timing.days_overdue:
        done = replace(step, handed_in_on=step.today, is_done=True)
        assert step_timing(done).days_late == timing.days_overdue


@given(steps, st.integers(0, 60))
def test_a_return_never_makes_the_first_time_later(step, later):
    if step.handed_in_on:
        done = step_timing(replace(step, is_done=True))
        back = replace(step, is_done=False, not_before=None)
        back = replace(back, returned_on=step.handed_in_on + timedelta(days=later))
        assert step_timing(back).days_late == done.days_late


@pytest.mark.parametrize(
    ("facts", "due_on", "overdue"),
    [
        ({"due_on": on(-4)}, on(-4), 4),
        ({"due_on": on(0)}, on(0), 0),
        ({}, None, 0),
        ({"due_on": on(-4), "turn_started_on": on(0)}, on(7), 0),
        ({"due_on": on(-4), "turn_started_on": on(-9)}, on(-2), 2),
        ({"due_on": on(-4), "turn_started_on": None}, on(-4), 0),
        ({"due_on": on(-4), "appointment_on": on(3)}, on(10), 0),
        ({"due_on": on(-4), "appointment_on": on(0)}, on(7), 0),
        ({"due_on": on(-4), "appointment_on": on(-9)}, on(-2), 2),
        ({"turn_started_on": None, "appointment_on": on(3)}, None, 0),
        ({"due_on": on(-9), "returned_on": on(-2)}, on(5), 0),
        ({"returned_on": on(-9), "correct_by": on(-1)}, on(-1), 1),
        ({"not_before": on(1), "due_on": on(9)}, on(9), 0),
        ({"due_on": on(-4), "handed_in_on": on(-6)}, None, 0),
        ({"due_on": on(-4), "handed_in_on": on(-2), "is_done": True}, on(-4), 0),
    ],
)
def test_each_situation(facts, due_on, overdue):
    timing = plain(**facts)
    assert (timing.due_on, timing.days_overdue) == (due_on, overdue)


# --- Days proposed for a round of its own ---


@given(days, st.integers(0, 200), st.dictionaries(st.integers(1, 7), st.tuples(maybe, maybe)))
def test_a_round_gets_as_many_days_after_its_opening_as_the_term_gave(opens, after, windows):
    windows = {step: StepWindow(*window) for step, window in windows.items()}
    opened = opens + timedelta(days=after)
    for step, window in propose_windows(windows, opens, opened).items():
        for day, own in zip(windows[step], window, strict=True):
            assert (own is None) == (day is None)
            assert day is None or own - opened == day - opens


def test_a_round_opens_late_once_a_day_of_the_term_has_passed():
    windows = {2: StepWindow(None, on(-1)), 3: StepWindow(None, on(5)), 4: StepWindow()}
    assert opened_after_deadline(windows, TODAY)
    assert not opened_after_deadline(windows, on(-1))
    assert not opened_after_deadline({}, TODAY)
