"""How much each supervisor has in charge in a term, and what of it waits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schools.access import Permission
from schools.models import School, User
from supervision.cycle.progress import RoundProgress, RoundStep
from supervision.results.advice import AdviceRow
from supervision.rounds.enums import CycleStep


@dataclass(frozen=True)
class ChargedSchool:
    """A school with those who have its cluster in charge; `progress` is None without a round.

    `is_visited` as results count it: a signed visit of the term, whichever round it belongs to.
    """

    school: School
    supervisors: Sequence[User]
    pupils: int
    is_visited: bool
    progress: RoundProgress | None


@dataclass(frozen=True)
class SupervisorWorkload:
    """One supervisor's schools of a term. All but `pupils` and those of advice count schools.

    `planned` have an appointment to come, `visited` a signed visit. `unvisited` confirmed their
    self-assessment and have neither visit nor appointment; of `unsigned` a record waits for its
    signature. `open_advice` counts recommendations, `overdue_advice` those of them that are late.
    """

    supervisor: User
    schools: int
    pupils: int
    planned: int
    visited: int
    unvisited: int
    unsigned: int
    open_advice: int
    overdue_advice: int


def supervisor_workloads(
    schools: Iterable[ChargedSchool], advice: Iterable[AdviceRow], today: date
) -> list[SupervisorWorkload]:
    """By the supervisor's name; a school that several have in charge counts for each of them."""
    advice = list(advice)
    open_advice = Counter(row.school_id for row in advice if row.is_open)
    overdue = overdue_by_school(advice, today)
    by_supervisor: dict[User, list[ChargedSchool]] = {}
    for row in schools:
        for person in row.supervisors:
            by_supervisor.setdefault(person, []).append(row)
    found = [
        _workload(person, rows, open_advice, overdue) for person, rows in by_supervisor.items()
    ]
    return sorted(found, key=lambda one: one.supervisor.sort_key)


def overdue_by_school(advice: Iterable[AdviceRow], today: date) -> dict[int, int]:
    """How many recommendations of each school are overdue; schools without any are left out."""
    found: dict[int, int] = {}
    for row in advice:
        if row.is_overdue(today):
            found[row.school_id] = found.get(row.school_id, 0) + 1
    return found


def _workload(
    person: User,
    rows: Sequence[ChargedSchool],
    open_advice: Mapping[int, int],
    overdue: Mapping[int, int],
) -> SupervisorWorkload:
    opened = [row.progress for row in rows if row.progress]
    visits = [progress.steps[CycleStep.VISIT - 1] for progress in opened]
    return SupervisorWorkload(
        supervisor=person,
        schools=len(rows),
        pupils=sum(row.pupils for row in rows),
        planned=sum(is_visit_planned(visit) for visit in visits),
        visited=sum(row.is_visited for row in rows),
        unvisited=sum(_waits_for_visit(progress) for progress in opened),
        unsigned=sum(is_record_unsigned(visit) for visit in visits),
        open_advice=sum(open_advice.get(row.school.pk, 0) for row in rows),
        overdue_advice=sum(overdue.get(row.school.pk, 0) for row in rows),
    )


# --- What the fourth step says of a round's visit ---


def is_visit_planned(visit: RoundStep) -> bool:
    """Whether an appointment is made and the visit has not begun."""
    day = visit.facts.visit_day
    return day is not None and not day.is_kept


def is_record_unsigned(visit: RoundStep) -> bool:
    """Whether the visit has begun and its record waits for the signature of who leads it."""
    day = visit.facts.visit_day
    return day is not None and day.is_kept


def is_visit_signed(visit: RoundStep) -> bool:
    """Whether the supervisor has signed; the school may still have to acknowledge it."""
    action = visit.facts.next_action
    waits_for_school = action is not None and action.permission == Permission.ACKNOWLEDGE_VISIT
    return visit.facts.done or waits_for_school


def _waits_for_visit(progress: RoundProgress) -> bool:
    own, visit = progress.steps[CycleStep.SELF_ASSESSMENT - 1], progress.steps[CycleStep.VISIT - 1]
    is_untouched = visit.facts.visit_day is None and not is_visit_signed(visit)
    return own.facts.done and is_untouched and not progress.stopped
