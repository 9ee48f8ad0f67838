"""All visits of a term as the filters ask for them, and which schools have none yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncMonth

from schools.access import Permission, can
from schools.core.forms import PortalForm
from schools.core.thai import month_and_year
from schools.models import ClusterMembership, School, Term, User
from supervision.rounds.models import Round
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit

FINISHED_VISIT_STATES = (VisitState.ACKNOWLEDGED, VisitState.CANCELLED)


class VisitFilter(PortalForm):
    """What the list shows; a value nobody offered is named as an error and left out."""

    term = forms.ChoiceField(label="ภาคเรียน", required=False)
    month = forms.ChoiceField(label="เดือน", required=False)
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *VisitState.choices]
    )
    kind = forms.ChoiceField(
        label="ประเภท", required=False, choices=[("", "ทุกประเภท"), *VisitKind.choices]
    )
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    leader = forms.ChoiceField(label="หัวหน้าคณะนิเทศ", required=False)

    def __init__(self, *args, terms: Sequence[Term], visits: QuerySet[Visit], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        plain = visits.order_by()
        clusters = plain.exclude(cluster=None).order_by("cluster_key")
        leaders = plain.order_by("leader__sort_key").values_list("leader", "leader__full_name")
        months = plain.annotate(month=TruncMonth("visit_on")).order_by("month")
        self.fields["term"].choices = [(term.pk, str(term)) for term in terms]
        self._offer("month", "ทุกเดือน", map(_month, months.values_list("month").distinct()))
        self._offer("cluster", "ทุกกลุ่ม", clusters.values_list("cluster", "cluster_name").distinct())
        self._offer("leader", "ทุกคน", leaders.distinct())

    def _offer(self, name: str, everything: str, choices) -> None:
        self.fields[name].choices = [("", everything), *choices]


def _month(row: tuple[date]) -> tuple[str, str]:
    return f"{row[0]:%Y-%m}", month_and_year(row[0])


@dataclass(frozen=True)
class UnvisitedRound:
    """A school that has no visit in its present round, neither done nor planned."""

    round: Round
    may_plan: bool


@dataclass(frozen=True)
class VisitCoverage:
    """How far the schools of a term have been visited; a closed school counts if it was."""

    total: int
    done: int
    planned: int
    without: Sequence[UnvisitedRound]

    @property
    def of_all(self) -> str:
        return f"จาก {self.total} โรงเรียน"

    @property
    def is_short(self) -> bool:
        """Few enough to be shown at once."""
        return len(self.without) <= 8


@dataclass(frozen=True)
class VisitListing:
    """The visits of a term that the person may see, their own first."""

    term: Term
    form: VisitFilter
    visits: QuerySet[Visit]
    coverage: VisitCoverage | None

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self.form.cleaned_data.items() if name != "term")


def visit_listing(user: User, asked: Mapping[str, str], today: date) -> VisitListing | None:
    """The visits as the filters ask for them; None before any term has opened."""
    terms = list(Term.objects.select_related("academic_year"))
    now = next((term for term in terms if term.opens_on <= today), None)
    if now is None:
        return None
    term = next((term for term in terms if str(term.pk) == asked.get("term")), now)
    day = today if term == now else term.closes_on
    visits = _visits(user, term, day)
    form = VisitFilter({**asked, "term": str(term.pk)}, terms=terms, visits=visits)
    form.is_valid()
    sees_all = can(user, Permission.VIEW_AREA)
    cluster = form.cleaned_data.get("cluster")
    coverage = visit_coverage(user, term, day, cluster) if sees_all else None
    return VisitListing(term, form, visits.filter(_asked(form.cleaned_data)), coverage)


def _visits(user: User, term: Term, day: date) -> QuerySet[Visit]:
    """Their own first; then what is still to do by day, and what is over, newest first."""
    visits = Visit.objects.visible_to(user).in_latest_version().filter(round__term=term)
    mine = Visit.objects.involving(user).filter(pk=OuterRef("pk"))
    open_on = Case(When(~Q(state__in=FINISHED_VISIT_STATES), then="visit_on"))
    return (
        visits.annotate(
            mine=Exists(mine),
            is_over=Case(When(state__in=FINISHED_VISIT_STATES, then=Value(1)), default=Value(0)),
            **_cluster("round__school", day),
        )
        .select_related("round__school", "round__term", "leader")
        .order_by("-mine", "is_over", open_on, "-visit_on", "starts_at", "pk")
    )


def _cluster(school: str, day: date) -> dict[str, Subquery]:
    """The cluster that a school was in on that day."""
    there = ClusterMembership.objects.in_force(day).filter(school=OuterRef(school))
    paths = {
        "cluster": "cluster",
        "cluster_name": "cluster__name",
        "cluster_key": "cluster__sort_key",
    }
    return {name: Subquery(there.values(path)[:1]) for name, path in paths.items()}


def _asked(wanted: Mapping[str, Any]) -> Q:
    found = Q()
    for name in ("state", "kind", "cluster", "leader"):
        if value := wanted.get(name):
            found &= Q(**{name: value})
    if month := wanted.get("month"):
        year, number = month.split("-")
        found &= Q(visit_on__year=year, visit_on__month=number)
    return found


def visit_coverage(user: User, term: Term, day: date, cluster: str | None) -> VisitCoverage:
    """The latest round of each school counts: after ไม่บรรลุ a school is visited again."""
    visits = Visit.objects.filter(round=OuterRef("pk"))
    rounds = (
        Round.objects.visible_to(user)
        .for_term(term)
        .current()
        .annotate(
            done=Exists(visits.in_force()),
            planned=Exists(visits.of_whole_school()),
            **_cluster("school", day),
        )
    )
    if cluster:
        rounds = rounds.filter(cluster=cluster)
    teaching = School.objects.open_on(day)
    rounds = rounds.filter(Q(done=True) | Q(school__in=teaching)).select_related("school")
    rows = list(rounds.order_by("cluster_key", "school__sort_key"))
    without = [UnvisitedRound(r, _may_plan(user, r)) for r in rows if not r.planned]
    return VisitCoverage(
        total=len(rows),
        done=sum(r.done for r in rows),
        planned=sum(r.planned and not r.done for r in rows),
        without=sorted(without, key=lambda school: not school.may_plan),
    )


def _may_plan(user: User, round_: Round) -> bool:
    return can(user, Permission.RECORD_VISIT, round_.school_id)
