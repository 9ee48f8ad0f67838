"""The list of a term's visits as its filters ask for it, and which schools have none yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import month_and_year
from schools.models import School, Term, User
from schools.registry.school_lists import (
    NO_CLUSTER,
    list_position,
)
from supervision.rounds.models import Round
from supervision.rounds.overview import (
    TermFilterForm,
    choose_term,
)
from supervision.visits.enums import VISIT_PILLS, VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.visits.satisfaction.page import may_read_satisfaction

PAGE_SIZE = 50
FINISHED_VISIT_STATES = (VisitState.ACKNOWLEDGED, VisitState.CANCELLED)


class VisitListColumns(TypedDict):
    """Whether the reader takes part in a visit, and whether it is over (1) or not (0)."""

    is_mine: bool
    is_over: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ListedVisit = WithAnnotations[Visit, VisitListColumns]
else:
    ListedVisit = Visit


class VisitFilter(TermFilterForm):
    """Filters of the list; a value that was not offered is an error and filters nothing."""

    month = forms.ChoiceField(label="เดือน", required=False)
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *VisitState.choices]
    )
    kind = forms.ChoiceField(
        label="ประเภท", required=False, choices=[("", "ทุกประเภท"), *VisitKind.choices]
    )
    leader = forms.ChoiceField(label="หัวหน้าคณะนิเทศ", required=False)
    field_order = ("term", "month", "state", "kind", "cluster", "leader")

    def __init__(self, *args: Any, visits: QuerySet[ListedVisit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unordered = visits.order_by()
        leaders = unordered.order_by("leader__sort_key").values_list("leader", "leader__full_name")
        months = unordered.annotate(month=TruncMonth("visit_on")).order_by("month")
        days = months.values_list("month", flat=True).distinct()
        self.set_choices("month", [("", "ทุกเดือน"), *map(_month_choice, days)])
        self.set_choices("leader", [("", "ทุกคน"), *leaders.distinct()])


def _month_choice(day: date) -> tuple[str, str]:
    return f"{day:%Y-%m}", month_and_year(day)


@dataclass(frozen=True)
class UnvisitedRound:
    """The current round of a school that has no visit in it, neither done nor planned."""

    round: Round
    may_plan: bool


@dataclass(frozen=True)
class VisitCoverage:
    """How many schools of a term have been visited; a closed school counts if it has been."""

    total: int
    done: int
    planned: int
    without: Sequence[UnvisitedRound]

    @property
    def of_all(self) -> str:
        return f"จาก {self.total} โรงเรียน"

    @property
    def is_short(self) -> bool:
        """Whether the schools without a visit are few enough to be shown unfolded."""
        return len(self.without) <= 8


@dataclass(frozen=True)
class VisitListing:
    """The visits of a term that the person may see, their own first.

    `schools` are those with a round of the term, by pk, each with the cluster it is in.
    """

    term: Term
    form: VisitFilter
    visits: QuerySet[ListedVisit]
    schools: Mapping[int, School]
    coverage: VisitCoverage | None

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self.form.cleaned_data.items() if name != "term")


@dataclass(frozen=True)
class VisitRow:
    """One visit of the list as its row shows it; `has_letter` if the reader may announce it."""

    visit: Visit
    is_mine: bool
    cluster_name: str
    has_letter: bool

    @property
    def pill(self) -> StatusKind:
        return VISIT_PILLS[VisitState(self.visit.state)]


def visit_listing(user: User, asked: Mapping[str, str], today: date) -> VisitListing | None:
    """The visits as the filters ask for them; None before any term has opened."""
    choice = choose_term(asked, today)
    if choice is None:
        return None
    schools = _schools_of_term(user, choice.term, choice.day)
    visits = _visits_of_term(user, choice.term)
    form = VisitFilter(
        {**asked, "term": str(choice.term.pk)},
        terms=choice.terms,
        clusters=_clusters_of_visits(visits, schools),
        visits=visits,
    )
    form.is_valid()
    found = _matching(form.cleaned_data, schools)
    sees_all = can(user, Permission.VIEW_AREA)
    in_cluster = _in_cluster(schools, form.cleaned_data.get("cluster"))
    coverage = visit_coverage(user, choice.term, choice.day, in_cluster) if sees_all else None
    return VisitListing(choice.term, form, visits.filter(found), schools, coverage)


def _schools_of_term(user: User, term: Term, day: date) -> dict[int, School]:
    """Schools with a round of the term, in the order of lists, each with its cluster on the day."""
    rounds = Round.objects.visible_to(user).for_term(term)
    schools = School.objects.filter(pk__in=rounds.values("school")).with_cluster(day)
    return {school.pk: school for school in sorted(schools, key=list_position)}


def _visits_of_term(user: User, term: Term) -> QuerySet[ListedVisit]:
    """The reader's own first; then what is still to do by day, and what is over, newest first."""
    mine = Visit.objects.involving(user).filter(pk=OuterRef("pk"))
    is_finished = Q(state__in=FINISHED_VISIT_STATES)
    open_on = Case(When(~is_finished, then="visit_on"))
    visits = Visit.objects.visible_to(user).in_latest_version().filter(round__term=term)
    return (
        visits.annotate(
            is_mine=Exists(mine), is_over=Case(When(is_finished, then=Value(1)), default=Value(0))
        )
        .select_related("round__school", "round__term", "leader")
        .order_by("-is_mine", "is_over", open_on, "-visit_on", "starts_at", "pk")
    )


def _clusters_of_visits(
    visits: QuerySet[ListedVisit], schools: Mapping[int, School]
) -> dict[int, str]:
    """The names of the clusters that the visits were made in, by pk, in the order of lists."""
    visited = set(visits.order_by().values_list("round__school", flat=True).distinct())
    return {
        school.cluster_pk: school.cluster_name or NO_CLUSTER
        for school in schools.values()
        if school.pk in visited and school.cluster_pk
    }


def _in_cluster(schools: Mapping[int, School], cluster: str | None) -> list[School]:
    """The schools of that cluster; all if none is asked for."""
    return [s for s in schools.values() if not cluster or str(s.cluster_pk) == cluster]


def _matching(wanted: Mapping[str, Any], schools: Mapping[int, School]) -> Q:
    found = Q()
    for name in ("state", "kind", "leader"):
        if value := wanted.get(name):
            found &= Q(**{name: value})
    if cluster := wanted.get("cluster"):
        found &= Q(round__school__in=_in_cluster(schools, cluster))
    if month := wanted.get("month"):
        year, number = month.split("-")
        found &= Q(visit_on__year=year, visit_on__month=number)
    return found


def visit_coverage(user: User, term: Term, day: date, schools: Sequence[School]) -> VisitCoverage:
    """How far these schools, in this order, have been visited by the day.

    The latest round of each school counts: after ไม่บรรลุ a school is visited again.
    """
    visits = Visit.objects.filter(round=OuterRef("pk"))
    rounds = (
        Round.objects.visible_to(user)
        .for_term(term)
        .current()
        .filter(school__in=schools)
        .annotate(done=Exists(visits.in_force()), planned=Exists(visits.of_whole_school()))
        .select_related("school")
    )
    places = {school.pk: place for place, school in enumerate(schools)}
    counted = [r for r in rounds if r.done or r.school.is_open_on(day)]
    counted.sort(key=lambda r: places[r.school_id])
    without = [UnvisitedRound(r, _may_plan(user, r)) for r in counted if not r.planned]
    return VisitCoverage(
        total=len(counted),
        done=sum(r.done for r in counted),
        planned=sum(r.planned and not r.done for r in counted),
        without=sorted(without, key=lambda school: not school.may_plan),
    )


def _may_plan(user: User, round_: Round) -> bool:
    return can(user, Permission.RECORD_VISIT, round_.school_id)


def visit_list(request: SignedInRequest) -> HttpResponse:
    """The visits of a term that the person may see, their own first."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    listing = visit_listing(request.user, request.GET.dict(), timezone.localdate())
    if listing is None:
        return render(request, "visits/list_empty.html")
    page = Paginator(listing.visits, PAGE_SIZE).get_page(request.GET.get("page"))
    schools = listing.schools
    rows = [_row(visit, schools[visit.round.school_id], request.user) for visit in page]
    context = {
        "listing": listing,
        "form": listing.form,
        "coverage": listing.coverage,
        "page": page,
        "rows": rows,
        "has_letters": any(row.has_letter for row in rows),
        "all_ticked": "all" in request.GET,
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "sees_satisfaction": may_read_satisfaction(request.user),
    }
    return render(request, "visits/list.html", context)


def _row(visit: ListedVisit, school: School, reader: User) -> VisitRow:
    is_announced = visit.version == 1 and not visit.is_cancelled
    has_letter = is_announced and can(reader, Permission.RECORD_VISIT, school.pk)
    return VisitRow(visit, visit.is_mine, school.cluster_name or NO_CLUSTER, has_letter)
