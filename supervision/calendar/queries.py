"""What stands in the calendar: appointments, due dates and marked days, for one person's eyes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.models import ClusterMembership, User
from supervision.days.models import CalendarDay
from supervision.improvement.models import Recommendation
from supervision.needs.models import NeedsCampaign
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import StepDeadline
from supervision.visits.enums import PILLS, VisitState
from supervision.visits.models import Visit


@dataclass(frozen=True)
class Scope:
    """Whose appointments are asked for: one person's, one cluster's, or all that may be seen."""

    person: User | None = None
    cluster: int | None = None


@dataclass(frozen=True)
class Entry:
    """One thing on one day; `kind` is its sign and colour, `word` what kind of thing it is."""

    day: date
    title: str
    kind: str
    word: str
    url: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    detail: str = ""

    @property
    def order(self) -> tuple[date, bool, time, str]:
        """By day; what has no time of day first."""
        return (self.day, self.starts_at is not None, self.starts_at or time.min, self.title)


def entries(user: User, scope: Scope, first: date, last: date) -> list[Entry]:
    """Everything between two days, both inclusive, in a constant number of queries."""
    visits = visits_in(user, scope).filter(visit_on__range=(first, last))
    found = [visit_entry(visit) for visit in visits]
    found += _deadlines(first, last) + _closings(first, last)
    advice = advice_in(user, scope).filter(due_on__range=(first, last))
    found += [advice_entry(one) for one in advice]
    return sorted(found, key=lambda entry: entry.order)


def visits_in(user: User, scope: Scope) -> QuerySet[Visit]:
    """Visits the person may see, as the scope asks for them, but no cancelled ones."""
    visits = Visit.objects.visible_to(user).taking_place().in_place()
    visits = visits.select_related("round__school", "round__term__academic_year", "leader")
    if scope.person:
        visits = visits.filter(_of(scope.person, user))
    if scope.cluster:
        visits = visits.filter(round__school__in=_members(scope.cluster))
    return visits.order_by("visit_on", "starts_at")


def _of(person: User, user: User) -> Q:
    """Visits the person leads or joins; one's own are also those to the school one works at."""
    part = Q(pk__in=Visit.objects.of_person(person).values("pk"))
    if person != user:
        return part
    return part | Q(round__school__in=rights_of(user).schools(Permission.REPORT_PROGRESS))


def _members(cluster: int) -> QuerySet:
    today = ClusterMembership.objects.in_force(timezone.localdate())
    return today.filter(cluster=cluster).values("school")


def visit_entry(visit: Visit) -> Entry:
    return Entry(
        day=visit.visit_on,
        title=f"นิเทศ {visit.round.school.short_name}",
        kind=PILLS[VisitState(visit.state)],
        word=visit.get_state_display(),
        url=visit.get_absolute_url(),
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        detail=f"{visit.leader} · {visit.get_mode_display()} · {visit.purpose}",
    )


def _deadlines(first: date, last: date) -> list[Entry]:
    """By when the unit asks all schools for a step: everybody's dates."""
    rows = StepDeadline.objects.filter(due_on__range=(first, last))
    return [
        _due(row.due_on, f"ขั้นที่ {row.step} {CycleStep(row.step).label}", f"ภาคเรียนที่ {row.term}")
        for row in rows.select_related("term__academic_year")
    ]


def _closings(first: date, last: date) -> list[Entry]:
    """The last day of a needs survey: asked of every school."""
    rows = NeedsCampaign.objects.filter(closes_on__range=(first, last))
    rows = rows.select_related("term__academic_year", "academic_year")
    return [_due(row.closes_on, "แบบสำรวจ", str(row)) for row in rows]


def _due(day: date, what: str, detail: str) -> Entry:
    """Calls to act until its day; once passed it is only told (who is late reads it at home)."""
    passed = day < timezone.localdate()
    kind, word = ("idle", "ครบกำหนดแล้ว") if passed else ("late", "ครบกำหนด")
    return Entry(day=day, title=f"ครบกำหนด{what}", kind=kind, word=word, detail=detail)


def advice_in(user: User, scope: Scope) -> QuerySet[Recommendation]:
    """Advice not closed yet, at the schools the person works at or has in charge."""
    rights = rights_of(user)
    own = rights.schools(Permission.SUMMARISE) | rights.schools(Permission.REPORT_PROGRESS)
    rows = Recommendation.objects.visible_to(user).agreed().still_open()
    rows = rows.filter(round__school__in=own)
    if scope.person and scope.person != user:
        return rows.none()
    if scope.cluster:
        rows = rows.filter(round__school__in=_members(scope.cluster))
    return rows.select_related("round__school")


def advice_entry(advice: Recommendation) -> Entry:
    return Entry(
        day=advice.due_on,
        title=f"ครบกำหนดข้อเสนอแนะ {advice.round.school.short_name}",
        kind="mine",
        word="ข้อเสนอแนะ",
        url=advice.get_absolute_url(),
        detail=advice.text,
    )


# --- Days ---


@dataclass(frozen=True)
class Day:
    """One day of a page: what is on it, and whether it is marked."""

    on: date
    entries: Sequence[Entry]
    marks: Sequence[CalendarDay]
    is_today: bool

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.marks)


def days_of(
    dates: Iterable[date], found: Iterable[Entry], marks: Sequence[CalendarDay], today: date
) -> list[Day]:
    by_day = defaultdict(list)
    for entry in found:
        by_day[entry.day].append(entry)
    return [
        Day(
            on=day,
            entries=by_day[day],
            marks=[mark for mark in marks if mark.starts_on <= day <= mark.ends_on],
            is_today=day == today,
        )
        for day in dates
    ]


def people_with_visits(user: User) -> QuerySet[User]:
    """Who leads or joins visits that the person may see: whose calendar can be asked for."""
    visits = Visit.objects.visible_to(user)
    leads = Q(pk__in=visits.values("leader"))
    joins = Q(visits_joined__in=visits)
    return User.objects.filter(leads | joins).distinct().order_by("full_name")
