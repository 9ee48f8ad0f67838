"""The ledger of recommendations over all terms: filters, rows and page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet, TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require_anywhere, rights_of
from schools.core.forms import (
    PortalForm,
)
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import local_day, short_date
from schools.models import Cluster, ClusterMembership, School, Term, User
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationState
from supervision.improvement.models import (
    AWAITING_ASSIGNEE_STATES,
    OPEN_RECOMMENDATION_STATES,
    Recommendation,
    followed_up_at,
)

RECOMMENDATION_PILLS = {
    RecommendationState.OPEN: StatusKind.YOURS,
    RecommendationState.IN_PROGRESS: StatusKind.WAITING,
    RecommendationState.DONE: StatusKind.WAITING,
    RecommendationState.CLOSED: StatusKind.DONE,
    RecommendationState.WITHDRAWN: StatusKind.IDLE,
}
LEDGER_RELATIONS = (
    *("school__merged_into", "round__term__academic_year"),
    "external_assessment__academic_year",
)
PAGE_SIZE = 50


class LedgerView(TextChoices):
    """Which part of the ledger is shown."""

    OPEN = "open", "ที่ยังไม่ปิด"
    LATE = "late", "เกินกำหนด"
    DONE = "done", "รายงานว่าเสร็จ รอตรวจ"
    CLOSED = "closed", "ปิดแล้ว"
    ALL = "all", "ทั้งหมด"


class LedgerFilter(PortalForm):
    """Filters of the ledger; a value that is not valid filters nothing."""

    show = forms.ChoiceField(label="แสดง", choices=LedgerView, required=False)
    assignee = forms.ChoiceField(
        label="ผู้รับผิดชอบ", choices=[("", "ทุกตำแหน่ง"), *Assignee.choices], required=False
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียน", required=False, empty_label="ทุกกลุ่ม"
    )
    term = forms.ModelChoiceField(
        Term.objects.select_related("academic_year"),
        label="รอบของภาคเรียน",
        required=False,
        empty_label="ทุกภาคเรียน",
    )
    origin = forms.ChoiceField(
        label="ที่มา", choices=[("", "ทุกที่มา"), *AdviceOrigin.choices], required=False
    )
    q = forms.CharField(label="ค้นหา", max_length=100, required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        """Offer what the reader can tell apart: clusters of the area, advice from outside."""
        super().__init__(*args, **kwargs)
        rights = rights_of(reader)
        if not rights.allows_anywhere(Permission.VIEW_AREA):
            del self.fields["cluster"]
        if not rights.allows_anywhere(Permission.VIEW_PROFILE):
            del self.fields["origin"]


@dataclass(frozen=True)
class LedgerEntry:
    """One recommendation as the ledger lists it on one day."""

    recommendation: Recommendation
    today: date

    @property
    def school_name(self) -> str:
        """The school that follows it up; where that took over another, also whose it was."""
        given_to, following = self.recommendation.school, self.recommendation.following_school
        if given_to == following or given_to.closed_on is None:
            return given_to.short_name
        return f"{following.short_name} · จาก{given_to} (รวมเมื่อ {short_date(given_to.closed_on)})"

    @property
    def is_late(self) -> bool:
        return self.recommendation.is_overdue(self.today)

    @property
    def kind(self) -> StatusKind:
        return (
            StatusKind.LATE
            if self.is_late
            else RECOMMENDATION_PILLS[RecommendationState(self.recommendation.state)]
        )

    @property
    def word(self) -> str:
        if not self.is_late:
            return self.recommendation.get_state_display()
        return f"เกินกำหนด {(self.today - self.recommendation.due_on).days} วัน"


class ReportColumns(TypedDict):
    """How often a recommendation was reported on, and when last."""

    report_count: int
    last_reported_at: datetime | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ReportedRecommendation = WithAnnotations[Recommendation, ReportColumns]
else:
    ReportedRecommendation = Recommendation


@dataclass(frozen=True)
class LedgerSearchResult:
    """What a search of the ledger found, most urgent first.

    `only_closed`: none of what was searched for is open any more, so all of it is given, closed
    as it is, rather than nothing.
    """

    rows: QuerySet[ReportedRecommendation]
    only_closed: bool = False


def search_ledger(user: User, asked: LedgerFilter, today: date) -> LedgerSearchResult:
    """Recommendations that the person may see, as the filters ask for them."""
    wanted = asked.cleaned_data
    agreed = _narrowed(Recommendation.objects.visible_to(user).agreed(), wanted, today)
    rows = with_report_columns(agreed)
    show = wanted.get("show") or LedgerView.OPEN
    shown = rows.filter(_shown(show, today))
    if show == LedgerView.OPEN and _searches(wanted) and not shown.exists():
        return LedgerSearchResult(rows, only_closed=rows.exists())
    return LedgerSearchResult(shown)


def with_report_columns(rows: QuerySet[Recommendation]) -> QuerySet[ReportedRecommendation]:
    """Recommendations as the ledger lists them, each with its reports counted, by due day."""
    reported = rows.annotate(
        report_count=Count("progress_reports"), last_reported_at=Max("progress_reports__at")
    )
    return reported.select_related(*LEDGER_RELATIONS).order_by("due_on", "pk")


def _searches(wanted: Mapping[str, Any]) -> bool:
    return any(wanted.get(name) for name in ("q", "term", "assignee", "cluster"))


def _narrowed(
    rows: QuerySet[Recommendation], asked: Mapping[str, Any], today: date
) -> QuerySet[Recommendation]:
    """Recommendations of that assignee, origin, cluster, term and text, in whatever state."""
    if term := asked.get("term"):
        rows = rows.filter(round__term=term)
    if assignee := asked.get("assignee"):
        rows = rows.filter(assignee=assignee)
    if origin := asked.get("origin"):
        rows = rows.filter(origin=origin)
    if cluster := asked.get("cluster"):
        rows = rows.filter(followed_up_at(ClusterMembership.objects.schools_of(cluster, today)))
    if words := asked.get("q"):
        rows = rows.filter(Q(text__icontains=words) | Q(school__name__icontains=words))
    return rows


def _shown(show: str, today: date) -> Q:
    is_open = Q(state__in=OPEN_RECOMMENDATION_STATES)
    return {
        LedgerView.OPEN: is_open,
        LedgerView.LATE: Q(state__in=AWAITING_ASSIGNEE_STATES, due_on__lt=today),
        LedgerView.DONE: Q(state=RecommendationState.DONE),
        LedgerView.CLOSED: Q(state=RecommendationState.CLOSED),
        LedgerView.ALL: Q(),
    }[LedgerView(show)]


@dataclass(frozen=True)
class LedgerTotals:
    """The numbers of recommendations in the ledger, whatever the filters show."""

    open: int
    late: int
    done: int
    closed: int


def ledger_totals(user: User, today: date) -> LedgerTotals:
    rows = Recommendation.objects.visible_to(user).agreed()
    return LedgerTotals(
        **rows.aggregate(
            open=Count("pk", filter=_shown(LedgerView.OPEN, today)),
            late=Count("pk", filter=_shown(LedgerView.LATE, today)),
            done=Count("pk", filter=_shown(LedgerView.DONE, today)),
            closed=Count("pk", filter=_shown(LedgerView.CLOSED, today)),
        )
    )


def open_ledger_entries(school: School, reader: User) -> list[LedgerEntry]:
    """A school's open recommendations, to be checked on a visit."""
    rows = Recommendation.objects.visible_to(reader).agreed().still_open()
    rows = rows.filter(followed_up_at([school.pk])).select_related(*LEDGER_RELATIONS)
    return [LedgerEntry(recommendation, timezone.localdate()) for recommendation in rows]


def terms_followed_up(recommendation: Recommendation) -> list[Term]:
    """The terms in which it was open, first to last: more than one means it was carried over."""
    until = local_day(recommendation.closed_at or timezone.now())
    since = recommendation.followed_up_since
    terms = Term.objects.filter(closes_on__gt=since, opens_on__lte=until)
    return list(terms.select_related("academic_year").order_by("opens_on"))


def ledger_page(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today, form = timezone.localdate(), LedgerFilter(request.GET, reader=request.user)
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    found = search_ledger(request.user, form, today)
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "totals": ledger_totals(request.user, today),
        "page": page,
        "only_closed": found.only_closed,
        "lines": [LedgerEntry(recommendation, today) for recommendation in page],
    }
    return render(request, "improvement/ledger_page.html", context)
