"""How complete the data of all schools are, kind by kind and cluster by cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from schools.access import Permission, can
from schools.models import Area, School, User, YearlyCount
from schools.registry.reminder_texts import reminder_by_clusters, words_of_due_day
from schools.registry.school_lists import (
    ClusterGroup,
    group_by_cluster,
    list_position,
)
from supervision.profiles.confirmation.enums import ConfirmationState, DataKind, IssueState
from supervision.profiles.learning.enums import DataOwner
from supervision.profiles.models import (
    AnnualReport,
    Circumstance,
    ConfirmationRequest,
    DataConfirmation,
    DataIssue,
    LearningResult,
    SchoolProject,
    TeacherWanted,
)
from supervision.profiles.models.circumstances import CHECK_EVERY

# What has a rhythm by which it can be missing. Of findings from outside nobody knows when they
# are to come, and who may not read them learns nothing of them here.
KINDS_TO_HAVE = tuple(kind for kind in DataKind if kind != DataKind.EXTERNAL)
SHORT_NAMES = {
    DataKind.CONTACTS: "ติดต่อ",
    DataKind.PUPILS: "นักเรียน",
    DataKind.STAFF: "ครู",
    DataKind.LEARNING: "ทดสอบระดับชาติ",
    DataKind.SCHOOL_RESULTS: "ผลการเรียน",
    DataKind.ANNUAL_REPORT: "SAR",
    DataKind.CIRCUMSTANCES: "บริบท",
}


class CompletenessAnnotations(TypedDict):
    """Which kinds of data a school has, and how far it is with confirming them."""

    has_contacts: bool
    has_pupils: bool
    has_staff: bool
    has_learning: bool
    has_school_results: bool
    has_annual_report: bool
    has_circumstances: bool
    confirmation_state: str | None
    open_issues: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    SchoolWithCompleteness = WithAnnotations[School, CompletenessAnnotations]
else:
    SchoolWithCompleteness = School


@dataclass(frozen=True)
class DataRow:
    """One school: which kinds it has, and whether it has confirmed its data."""

    school: SchoolWithCompleteness

    def has(self, kind: DataKind) -> bool:
        return bool(getattr(self.school, f"has_{kind.value}"))

    @property
    def is_confirmed(self) -> bool:
        return self.school.confirmation_state == ConfirmationState.CONFIRMED

    @property
    def open_issues(self) -> int:
        return self.school.open_issues


@dataclass(frozen=True)
class DataCell:
    """How many of the schools of a cluster have one kind of data, by its short name."""

    name: str
    have: int
    schools: int

    @property
    def is_complete(self) -> bool:
        return self.have == self.schools


@dataclass(frozen=True)
class DataGroup(ClusterGroup[DataRow]):
    """A cluster with its schools; the whole area has no key."""

    @property
    def cells(self) -> list[DataCell]:
        total = len(self.all_rows)
        return [
            DataCell(SHORT_NAMES[kind], sum(row.has(kind) for row in self.all_rows), total)
            for kind in KINDS_TO_HAVE
        ]

    @property
    def confirmed(self) -> DataCell:
        confirmed = sum(row.is_confirmed for row in self.all_rows)
        return DataCell("ยืนยันแล้ว", confirmed, len(self.all_rows))

    @property
    def unconfirmed(self) -> list[School]:
        return [row.school for row in self.all_rows if not row.is_confirmed]

    @property
    def open_issues(self) -> int:
        return sum(row.open_issues for row in self.all_rows)


@dataclass(frozen=True)
class DataOverview:
    """All clusters of the area in one academic year (BE); `sees_issues` says who may count them."""

    year: int
    rows: Sequence[DataRow]
    sees_issues: bool

    @cached_property
    def groups(self) -> list[DataGroup]:
        return group_by_cluster(self.rows, self.rows, DataGroup)

    @property
    def area(self) -> DataGroup:
        return DataGroup(None, "ทั้งเขตพื้นที่", self.rows, self.rows)

    @property
    def kind_names(self) -> list[str]:
        """The heads of the columns."""
        return [SHORT_NAMES[kind] for kind in KINDS_TO_HAVE]


def load_data_overview(
    user: User, request: ConfirmationRequest | None, year: int, today: date
) -> DataOverview:
    """All schools open today that the person sees in the area, in one query."""
    schools = School.objects.open_on(today).with_permission(user, Permission.VIEW_AREA)
    loaded = with_completeness(schools.with_cluster(today), request, year, today)
    rows = [DataRow(school) for school in sorted(loaded, key=list_position)]
    return DataOverview(year, rows, can(user, Permission.VIEW_PROFILE))


def with_completeness(
    schools: QuerySet[School], request: ConfirmationRequest | None, year: int, today: date
) -> QuerySet[SchoolWithCompleteness]:
    """The schools with CompletenessAnnotations: this year's counts, and last year's results."""
    school = OuterRef("pk")
    counts = YearlyCount.objects.filter(school=school, academic_year__year=year)
    confirmations = DataConfirmation.objects.filter(school=school, request=request)
    issues = DataIssue.objects.filter(school=school, state=IssueState.OPEN).order_by()
    count = issues.values("school").annotate(count=Count("pk")).values("count")
    return schools.annotate(
        has_contacts=~Q(phone="") & Q(obec_code__isnull=False, first_grade__isnull=False),
        has_pupils=Exists(counts.filter(grades__isnull=False)),
        has_staff=Exists(counts.exclude(male_teachers=None, female_teachers=None)),
        has_learning=Exists(_results(school, year - 1, DataOwner.OFFICE)),
        has_school_results=Exists(_results(school, year - 1, DataOwner.SCHOOL)),
        has_annual_report=Exists(
            AnnualReport.objects.sent().filter(school=school, academic_year__year=year - 1)
        ),
        has_circumstances=_checked(school, today),
        confirmation_state=Subquery(confirmations.values("state")[:1]),
        open_issues=Coalesce(Subquery(count), 0),
    )


def _results(school: OuterRef, year: int, owner: DataOwner) -> QuerySet[LearningResult]:
    return LearningResult.objects.filter(
        school=school, academic_year__year=year, subject__kind__entered_by=owner
    )


def _checked(school: OuterRef, today: date) -> Q:
    """Whether anything said of the school was checked within a year."""
    found = Q()
    for model in (Circumstance, SchoolProject, TeacherWanted):
        rows = model.objects.in_force(today).filter(school=school)
        found |= Q(Exists(rows.filter(checked_on__gte=today - CHECK_EVERY)))
    return found


def confirmation_reminder_text(
    overview: DataOverview, request: ConfirmationRequest, area: Area, today: date
) -> str:
    """Who has not confirmed yet, cluster by cluster, and by when; empty where all have."""
    awaited = [row for row in overview.rows if not row.is_confirmed]
    return reminder_by_clusters(
        group_by_cluster(awaited, overview.rows, DataGroup),
        greeting="เรียน ผู้อำนวยการโรงเรียน",
        request=f"ยืนยันข้อมูลโรงเรียน ภาคเรียนที่ {request.term} "
        + words_of_due_day(request.closes_on, today),
        area=area,
        closing="หากยืนยันแล้ว ขอขอบคุณเป็นอย่างยิ่ง",
    )
