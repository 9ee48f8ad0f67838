"""The activities of the plans as the filters in the address ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from schools.core.forms import PortalForm, form_field
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import Cluster, ClusterMembership, User
from supervision.assignments.models import LearningArea
from supervision.programmes.models import Activity, ActivityProgress, SupervisionPlan
from supervision.programmes.plans.enums import ActivityKind, ActivityState
from supervision.standards.models import Work, WorkGroup

ACTIVITY_PILLS = {
    ActivityState.PLANNED: StatusKind.IDLE,
    ActivityState.IN_PROGRESS: StatusKind.WAITING,
    ActivityState.DONE: StatusKind.DONE,
    ActivityState.CANCELLED: StatusKind.IDLE,
}
PAGE_SIZE = 50
LATE = "late"
ACTIVITY_RELATIONS = ("plan", "work", "work_group", "owner")


class ActivityColumns(TypedDict):
    """How far the last note says an activity is, in percent, and how many schools take part."""

    percent: int | None
    school_count: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ListedActivity = WithAnnotations[Activity, ActivityColumns]
else:
    ListedActivity = Activity


class PlanYearField(forms.ModelChoiceField):
    """A plan by its year alone."""

    def label_from_instance(self, plan: SupervisionPlan) -> str:
        return str(plan.fiscal_year)


class ActivityFilter(PortalForm):
    """Filters of the list; a value that is not valid filters nothing."""

    plan = PlanYearField(
        SupervisionPlan.objects.all(), label="ปีงบประมาณ", required=False, empty_label="ทุกปี"
    )
    work_group = forms.ModelChoiceField(
        WorkGroup.objects.all(), label="กลุ่มงาน", required=False, empty_label="ทุกกลุ่มงาน"
    )
    work = forms.ModelChoiceField(
        Work.objects.all(), label="งานตามคู่มือ", required=False, empty_label="ทุกงาน"
    )
    learning_area = forms.ModelChoiceField(
        LearningArea.objects.all(),
        label="กลุ่มสาระการเรียนรู้",
        required=False,
        empty_label="ทุกกลุ่มสาระ",
    )
    kind = forms.ChoiceField(
        label="ลักษณะ", choices=[("", "ทุกลักษณะ"), *ActivityKind.choices], required=False
    )
    state = forms.ChoiceField(
        label="สถานะ",
        choices=[("", "ทุกสถานะ"), *ActivityState.choices, (LATE, "พ้นกำหนด ยังไม่บันทึกผล")],
        required=False,
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="ผู้รับผิดชอบ", required=False, empty_label="ทุกคน"
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียนเป้าหมาย", required=False, empty_label="ทุกกลุ่ม"
    )
    q = forms.CharField(label="ค้นหา", max_length=100, required=False)


@dataclass(frozen=True)
class ActivityLine:
    """One activity as the list shows it on a day."""

    activity: ListedActivity
    today: date

    @property
    def is_late(self) -> bool:
        return self.activity.is_overdue(self.today)

    @property
    def kind(self) -> StatusKind:
        return StatusKind.LATE if self.is_late else activity_pill(self.activity)

    @property
    def word(self) -> str:
        if self.is_late:
            return f"พ้นกำหนด {(self.today - self.activity.ends_on).days} วัน"
        return self.activity.get_state_display()


def activity_pill(activity: Activity) -> StatusKind:
    return ACTIVITY_PILLS[ActivityState(activity.state)]


@dataclass(frozen=True)
class ActivityTotals:
    """The activities that a list shows together; budgets in baht, without those called off."""

    count: int
    done: int
    planned: Decimal
    spent: Decimal


@dataclass(frozen=True)
class ActivityListing:
    """The activities that the person may see, as the filters ask for them, by their first day."""

    form: ActivityFilter
    activities: QuerySet[ListedActivity]

    def totals(self) -> ActivityTotals:
        return activity_totals(self.activities)


def activity_totals(
    activities: QuerySet[ListedActivity] | QuerySet[Activity],
) -> ActivityTotals:
    """Counts and sums over these activities, in one query."""
    counted = Activity.objects.filter(pk__in=activities.values("pk")).not_cancelled().order_by()
    sums = counted.aggregate(
        count=Count("pk"),
        done=Count("pk", filter=Q(state=ActivityState.DONE)),
        planned=Sum("budget_planned"),
        spent=Sum("budget_spent"),
    )
    return ActivityTotals(
        sums["count"], sums["done"], sums["planned"] or Decimal(0), sums["spent"] or Decimal(0)
    )


def activity_listing(user: User, asked: Mapping[str, str], today: date) -> ActivityListing:
    form = ActivityFilter(asked)
    visible = Activity.objects.visible_to(user)
    owners = User.objects.filter(pk__in=visible.values("owner")).order_by("sort_key")
    form_field(form, "owner", forms.ModelChoiceField).queryset = owners
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    return ActivityListing(form, _narrowed(with_activity_columns(visible), form, today))


def with_activity_columns(activities: QuerySet[Activity]) -> QuerySet[ListedActivity]:
    """Activities as lists show them."""
    last = ActivityProgress.objects.filter(activity=OuterRef("pk")).order_by("-noted_on", "-pk")
    listed = activities.select_related(*ACTIVITY_RELATIONS).annotate(
        percent=Subquery(last.values("percent")[:1]),
        school_count=Count("target_schools", distinct=True),
    )
    return listed.order_by("-plan__fiscal_year", "starts_on", "pk")


def _narrowed(
    rows: QuerySet[ListedActivity], form: ActivityFilter, today: date
) -> QuerySet[ListedActivity]:
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    if asked.get("state") == LATE:
        del asked["state"]
        rows = rows.filter(pk__in=Activity.objects.still_open().filter(ends_on__lt=today))
    if cluster := asked.pop("cluster", None):
        members = ClusterMembership.objects.schools_of(cluster, today)
        rows = rows.filter(pk__in=Activity.objects.with_schools(members).values("pk"))
    if group := asked.pop("work_group", None):
        rows = rows.filter(pk__in=Activity.objects.under_work_group(group).values("pk"))
    if words := asked.pop("q", ""):
        said = Q(title__icontains=words) | Q(project__icontains=words)
        rows = rows.filter(said | Q(objective__icontains=words))
    return rows.filter(**asked)


def activity_lines(activities: Sequence[ListedActivity], today: date) -> list[ActivityLine]:
    return [ActivityLine(activity, today) for activity in activities]


def activities_page(request: SignedInRequest) -> HttpResponse:
    """The list: of all to the office, to a school of those that it takes part in."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today = timezone.localdate()
    sees_area = can(request.user, Permission.VIEW_AREA)
    listing = activity_listing(request.user, request.GET.dict(), today)
    if not sees_area:
        for name in ("owner", "cluster", "work_group", "work", "learning_area"):
            del listing.form.fields[name]
    page = Paginator(listing.activities, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": listing.form,
        "page": page,
        "lines": activity_lines(list(page), today),
        "totals": listing.totals() if sees_area else None,
    }
    return render(request, "programmes/activities.html", context)
