"""What is due on which day at which school, for the calendar: steps in their turn, not the plan."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.models import ClusterMembership, School, Term, User
from supervision.assessments.progress import overdue_word
from supervision.calendar.queries import Entry, Scope
from supervision.cycle.home import own_schools
from supervision.cycle.steps import with_facts
from supervision.cycle.waiting import MANY
from supervision.cycle.walk import Place, Walk, walks_of
from supervision.rounds.models import Round

Due = tuple[Walk, Place]


def due_entries(user: User, scope: Scope, first: date, last: date) -> list[Entry]:
    """Steps that wait for somebody, each on its due day; one line for many alike.

    An appointment stands in the calendar by itself, so its step is not told again.
    """
    today = timezone.localdate()
    rounds = with_facts(_rounds(user, scope, today))
    walks = walks_of(rounds, rights_of(user), today, reader=user)
    found = [
        (walk, place)
        for walk in walks
        for place in walk.places
        if place.has_its_turn and place.due_on and first <= place.due_on <= last
    ]
    found = [due for due in found if not due[1].is_booked]
    found.sort(key=_alike)
    return [entry for _, alike in groupby(found, key=_alike) for entry in _entries(list(alike))]


def _rounds(user: User, scope: Scope, today: date) -> QuerySet[Round]:
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


def _alike(due: Due) -> tuple[date, int, str]:
    _, place = due
    return (place.due_on or date.max, place.step.number, place.fact.act)


def _entries(alike: Sequence[Due]) -> list[Entry]:
    if len(alike) <= MANY:
        return [_entry(walk, place) for walk, place in alike]
    walk, place = alike[0]
    return [
        Entry(
            day=place.due_on,
            title=f"ขั้นที่ {place.step.number} {place.fact.act} {len(alike)} โรงเรียน",
            kind=_kind(place),
            word=_word(place),
            url=f"{reverse('board')}?term={walk.round.term_id}&step={place.step.number}",
        )
    ]


def _entry(walk: Walk, place: Place) -> Entry:
    return Entry(
        day=place.due_on,
        title=f"ขั้นที่ {place.step.number} {place.fact.act} {walk.round.school.short_name}",
        kind=_kind(place),
        word=_word(place),
        url=f"{walk.round.get_absolute_url()}#step-{place.step.number}",
        detail=f"รอ{place.waits_for}",
    )


def _kind(place: Place) -> str:
    return "late" if place.overdue else "mine" if place.is_mine else "wait"


def _word(place: Place) -> str:
    return overdue_word(place.overdue) or "ครบกำหนด"
