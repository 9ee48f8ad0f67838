"""What is due on which day at which school, for the calendar: steps in their turn, not the plan."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.models import ClusterMembership, School, Term, User
from supervision.assessments.progress import overdue_text
from supervision.calendar.queries import CalendarEntry, CalendarScope
from supervision.cycle.home import own_schools
from supervision.cycle.progress import RoundProgress, RoundStep, progress_of_rounds
from supervision.cycle.step_facts import with_step_facts
from supervision.cycle.todos import MAX_SEPARATE_TODOS
from supervision.rounds.models import Round


class DueStep(NamedTuple):
    """A step of a round that waits for somebody, and the day on which it is due."""

    day: date
    progress: RoundProgress
    step: RoundStep


def due_entries(user: User, scope: CalendarScope, first: date, last: date) -> list[CalendarEntry]:
    """Steps that wait for somebody, each on its due day; one line for many alike.

    An appointment is an entry of its own, so its step is not listed again.
    """
    today = timezone.localdate()
    rounds = with_step_facts(_rounds(user, scope, today))
    all_progress = progress_of_rounds(rounds, rights_of(user), today, user=user)
    found = [
        DueStep(round_step.due_on, progress, round_step)
        for progress in all_progress
        for round_step in progress.steps
        if round_step.has_its_turn
        and round_step.due_on
        and first <= round_step.due_on <= last
        and not round_step.is_booked_on(today)
    ]
    found.sort(key=_alike)
    return [entry for _, alike in groupby(found, key=_alike) for entry in _entries(list(alike))]


def _rounds(user: User, scope: CalendarScope, today: date) -> QuerySet[Round]:
    """The latest rounds of the term in force, at the schools that the scope asks for."""
    term = Term.objects.filter(opens_on__lte=today).order_by("-opens_on").values("pk")[:1]
    rounds = Round.objects.visible_to(user).current().filter(term=Subquery(term))
    rounds = rounds.filter(school__in=School.objects.open_on(today))
    if scope.person and scope.person != user:
        return rounds.none()
    if scope.cluster:
        members = ClusterMembership.objects.schools_of(scope.cluster, today)
        return rounds.filter(school__in=members)
    if scope.person and not rights_of(user).allows(Permission.OPEN_ROUNDS):
        return rounds.filter(school__in=own_schools(rights_of(user)))
    return rounds


def _alike(due: DueStep) -> tuple[date, int, str]:
    return (due.day, due.step.step.number, due.step.action_label)


def _entries(alike: Sequence[DueStep]) -> list[CalendarEntry]:
    """One line leads to the board where many are alike; they share day, step and action."""
    if len(alike) <= MAX_SEPARATE_TODOS:
        return [_entry(due) for due in alike]
    day, progress, round_step = alike[0]
    number = round_step.step.number
    return [
        CalendarEntry(
            day=day,
            title=f"ขั้นที่ {number} {round_step.action_label} {len(alike)} โรงเรียน",
            kind=round_step.kind,
            word=_word(round_step),
            url=f"{reverse('board')}?term={progress.round.term_id}&step={number}",
        )
    ]


def _entry(due: DueStep) -> CalendarEntry:
    day, progress, round_step = due
    number, school = round_step.step.number, progress.round.school
    return CalendarEntry(
        day=day,
        title=f"ขั้นที่ {number} {round_step.action_label} {school.short_name}",
        kind=round_step.kind,
        word=_word(round_step),
        url=f"{progress.round.get_absolute_url()}#step-{number}",
        detail=f"รอ{round_step.waits_for}",
    )


def _word(round_step: RoundStep) -> str:
    return overdue_text(round_step.overdue) or "ครบกำหนด"
