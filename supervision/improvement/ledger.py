"""The ledger of recommendations over all terms: what was advised, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from schools.models import ClusterMembership, School, Term, User
from schools.thai import local_day
from supervision.improvement.enums import RecommendationState
from supervision.improvement.forms import LedgerFilter, Show
from supervision.improvement.models import STILL_OPEN, WITH_ITS_OWNER, Recommendation

KINDS = {
    RecommendationState.OPEN: "mine",
    RecommendationState.IN_PROGRESS: "wait",
    RecommendationState.DONE: "wait",
    RecommendationState.CLOSED: "done",
    RecommendationState.WITHDRAWN: "idle",
}


@dataclass(frozen=True)
class Line:
    """One recommendation as the ledger lists it on one day."""

    advice: Recommendation
    today: date

    @property
    def is_late(self) -> bool:
        return self.advice.is_overdue(self.today)

    @property
    def kind(self) -> str:
        return "late" if self.is_late else KINDS[RecommendationState(self.advice.state)]

    @property
    def word(self) -> str:
        if not self.is_late:
            return self.advice.get_state_display()
        return f"เกินกำหนด {(self.today - self.advice.due_on).days} วัน"


@dataclass(frozen=True)
class FoundAdvice:
    """What a search of the ledger found, most urgent first.

    `only_closed`: none of what was searched for is open any more, so all of it is given, closed
    as it is, rather than nothing.
    """

    rows: QuerySet[Recommendation]
    only_closed: bool = False


def find_advice(user: User, asked: LedgerFilter, today: date) -> FoundAdvice:
    """What the person may see of the ledger, as the filters ask for it."""
    rows = Recommendation.objects.visible_to(user).agreed()
    rows = rows.select_related("round__school", "round__term__academic_year")
    rows = rows.annotate(reports=Count("progress_reports"), told_at=Max("progress_reports__at"))
    wanted = asked.cleaned_data
    rows = _narrowed(rows, wanted, today).order_by("due_on", "pk")
    show = wanted.get("show") or Show.OPEN
    shown = rows.filter(_shown(show, today))
    if show == Show.OPEN and _searches(wanted) and not shown.exists():
        return FoundAdvice(rows, only_closed=rows.exists())
    return FoundAdvice(shown)


def _searches(wanted: Mapping[str, Any]) -> bool:
    return any(wanted.get(name) for name in ("q", "term", "owner", "cluster"))


def _narrowed(
    rows: QuerySet[Recommendation], asked: Mapping[str, Any], today: date
) -> QuerySet[Recommendation]:
    """Of that owner, cluster, term and words, in whatever state."""
    if term := asked.get("term"):
        rows = rows.filter(round__term=term)
    if owner := asked.get("owner"):
        rows = rows.filter(owner=owner)
    if cluster := asked.get("cluster"):
        members = ClusterMembership.objects.in_force(today).filter(cluster=cluster)
        rows = rows.filter(round__school__in=members.values("school"))
    if words := asked.get("q"):
        rows = rows.filter(Q(text__icontains=words) | Q(round__school__name__icontains=words))
    return rows


def _shown(show: str, today: date) -> Q:
    is_open = Q(state__in=STILL_OPEN)
    return {
        Show.OPEN: is_open,
        Show.LATE: Q(state__in=WITH_ITS_OWNER, due_on__lt=today),
        Show.DONE: Q(state=RecommendationState.DONE),
        Show.CLOSED: Q(state=RecommendationState.CLOSED),
        Show.ALL: Q(),
    }[Show(show)]


@dataclass(frozen=True)
class Totals:
    """How the ledger stands, whatever the filters show."""

    open: int
    late: int
    done: int
    closed: int


def totals(user: User, today: date) -> Totals:
    rows = Recommendation.objects.visible_to(user).agreed()
    return Totals(
        **rows.aggregate(
            open=Count("pk", filter=_shown(Show.OPEN, today)),
            late=Count("pk", filter=_shown(Show.LATE, today)),
            done=Count("pk", filter=_shown(Show.DONE, today)),
            closed=Count("pk", filter=_shown(Show.CLOSED, today)),
        )
    )


def open_lines_of(school: School) -> list[Line]:
    """What a school was advised and is still open: to be looked at on a visit."""
    rows = Recommendation.objects.agreed().still_open().filter(round__school=school)
    return [Line(advice, timezone.localdate()) for advice in rows]


def terms_open(advice: Recommendation) -> list[Term]:
    """The terms in which it was open, first to last: more than one means it was carried over."""
    until = local_day(advice.closed_at or timezone.now())
    terms = Term.objects.filter(opens_on__gte=advice.round.term.opens_on, opens_on__lte=until)
    return list(terms.select_related("academic_year").order_by("opens_on"))
