"""By when a step is asked for and whether it is overdue: decided here for every page and file.

Nothing here asks the database or the clock; all facts come in as days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

# Assumed: neither the manual nor the office's order says how many days a person has. The
# office sets its own number for each term (TurnAllowance).
DEFAULT_TURN_DAYS = 7


class StepWindow(NamedTuple):
    """From when (None: any time) and by when (None: no day set) a step is asked for."""

    opens_on: date | None = None
    due_on: date | None = None

    def opens_on_after(self, today: date) -> date | None:
        """From when the step is asked for, while that day is still to come."""
        return self.opens_on if self.opens_on and self.opens_on > today else None


@dataclass(frozen=True)
class TimingFacts:
    """What is known of the days of one step of one round.

    `due_on` is the round's day for the step. `turn_started_on` is when the next act came to who
    does it now (for a step done or handed in: when the step itself could begin), None while
    steps before it are missing. `appointment_on` is the day agreed with the school.
    `returned_on` says that the work was sent back and not handed in again, `correct_by` until
    when it is to be put right. `handed_in_on` is when it was first handed in or done.
    `not_before` is a day before which the act is not allowed.
    """

    today: date
    due_on: date | None = None
    turn_started_on: date | None = None
    appointment_on: date | None = None
    returned_on: date | None = None
    correct_by: date | None = None
    handed_in_on: date | None = None
    not_before: date | None = None
    is_done: bool = False
    turn_days: int = DEFAULT_TURN_DAYS

    @property
    def is_open(self) -> bool:
        """Whether the act is allowed on the day."""
        return self.not_before is None or self.not_before <= self.today


@dataclass(frozen=True)
class StepTiming:
    """The answer: the due day to show, and how many days too late.

    `days_overdue` counts what is still waited for, `days_late` what was handed in or done;
    both count whole days after `due_on` or, for work sent back, `days_late` those of the first
    time. `is_extended` says that the shown day is later than the round's own.
    """

    due_on: date | None = None
    days_overdue: int = 0
    days_late: int = 0
    is_extended: bool = False


NOT_REACHED = StepTiming()


def step_timing(step: TimingFacts) -> StepTiming:
    """Decide due day and days overdue of one step.

    The rule: a step is due on the round's day or `turn_days` after its turn began, whichever
    is later, and an appointment begins the turn on its own day. So nobody is overdue on the
    day when the work reaches them, and an appointment still to come is not overdue. Work sent
    back is due on the day it was given (`correct_by`), or `turn_days` after it was sent back.
    A step without a due day is never overdue.
    """
    due_on = _fair_due_day(step)
    late = _days_after(due_on, step.handed_in_on)
    is_extended = due_on != step.due_on
    if step.is_done:
        return StepTiming(due_on, days_late=late, is_extended=is_extended)
    if not step.is_open:
        return StepTiming(due_on, is_extended=is_extended)
    if step.turn_started_on is None:
        return StepTiming(due_on, days_late=late, is_extended=is_extended)
    if step.returned_on:
        due_on = step.correct_by or step.returned_on + timedelta(days=step.turn_days)
        return StepTiming(due_on, _days_after(due_on, step.today), late)
    if step.handed_in_on:  # opened again by the office, which set no day for it
        return StepTiming(days_late=late)
    return StepTiming(due_on, _days_after(due_on, step.today), is_extended=is_extended)


def _fair_due_day(step: TimingFacts) -> date | None:
    """The round's day, or later where the turn came late."""
    if step.due_on is None or step.turn_started_on is None:
        return step.due_on
    began = max(step.turn_started_on, step.appointment_on or step.turn_started_on)
    return max(step.due_on, began + timedelta(days=step.turn_days))


def _days_after(due_on: date | None, day: date | None) -> int:
    return max((day - due_on).days, 0) if due_on and day else 0


def propose_windows(
    windows: Mapping[int, StepWindow], term_opens_on: date, opened_on: date
) -> dict[int, StepWindow]:
    """Days for a round that opened after its term did, step by step, as the term set them.

    Assumed: the round needs as many days after its own opening as the unit gave the first
    rounds after the term's. A day the term leaves open stays open.
    """
    later = max(opened_on - term_opens_on, timedelta())
    return {
        step: StepWindow(*(day and day + later for day in window))
        for step, window in windows.items()
    }


def opened_after_deadline(windows: Mapping[int, StepWindow], opened_on: date) -> bool:
    """Whether a day by which the term asks for a step had passed when the round opened."""
    return any(window.due_on and window.due_on < opened_on for window in windows.values())
