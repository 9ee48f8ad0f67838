"""What is due on which day at which school, for the calendar: steps in their turn, not the plan."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.models import ClusterMembership, School, Term, User
from supervision.assessments.progress import overdue_text
from supervision.calendar.queries import CalendarEntry, CalendarScope
from supervision.cycle.home import own_schools
from supervision.cycle.progress import RoundProgress, RoundStep, progress_of_rounds
from supervision.cycle.steps import with_step_facts
from supervision.cycle.todos import MAX_SEPARATE_TODOS
from supervision.rounds.models import Round

DueStep = tuple[RoundProgress, RoundStep]


def due_entries(user: User, scope: CalendarScope, first: date, last: date) -> list[CalendarEntry]:
    """Steps that wait for somebody, each on its due day; one line for many alike.

    An appointment stands in the calendar by itself, so its step is not told again.
    """
    today = timezone.localdate()
    rounds = with_step_facts(_rounds(user, scope, today))
    all_progress = progress_of_rounds(rounds, rights_of(user), today, user=user)
    found = [
        (progress, round_step)
        for progress in all_progress
        for round_step in progress.steps
        if round_step.has_its_turn and round_step.due_on and first <= round_step.due_on <= last
    ]
    found = [due for due in found if not due[1].is_booked]
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
        members = ClusterMembership.objects.in_force(today).filter(cluster=scope.cluster)
        return rounds.filter(school__in=members.values("school"))
    if scope.person and not rights_of(user).allows(Permission.OPEN_ROUNDS):
        return rounds.filter(school__in=own_schools(rights_of(user)))
    return rounds


def _alike(due: DueStep) -> tuple[date, int, str]:
    _, round_step = due
    return (round_step.due_on or date.max, round_step.step.number, round_step.fact.act)


def _entries(alike: Sequence[DueStep]) -> list[CalendarEntry]:
    if len(alike) <= MAX_SEPARATE_TODOS:
        return [_entry(progress, round_step) for progress, round_step in alike]
    progress, round_step = alike[0]
    return [
        CalendarEntry(
            day=round_step.due_on,
            title=f"ขั้นที่ {round_step.step.number} {round_step.fact.act} {len(alike)} โรงเรียน",
            kind=round_step.kind,
            word=_word(round_step),
            url=f"{reverse('board')}?term={progress.round.term_id}&step={round_step.step.number}",
        )
    ]


def _entry(progress: RoundProgress, round_step: RoundStep) -> CalendarEntry:
    return CalendarEntry(
        day=round_step.due_on,
        title=(
            f"ขั้นที่ {round_step.step.number} {round_step.fact.act} {progress.round.school.short_name}"
        ),
        kind=round_step.kind,
        word=_word(round_step),
        url=f"{progress.round.get_absolute_url()}#step-{round_step.step.number}",
        detail=f"รอ{round_step.waits_for}",
    )


def _word(round_step: RoundStep) -> str:
    return overdue_text(round_step.overdue) or "ครบกำหนด"
