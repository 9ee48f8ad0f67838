"""The annual self-assessment reports of all schools of a year, as the filters ask for them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Max, Q

from schools.access import Permission
from schools.core.status import StatusKind
from schools.core.thai import academic_year, search_key
from schools.core.url_cache import cached_url
from schools.enums import EducationLevel
from schools.models import AcademicYear, Area, School, User
from schools.registry.reminder_texts import reminder_by_clusters, words_of_due_day
from schools.registry.school_lists import (
    ALL_STATES,
    ClusterGroup,
    SchoolSearchForm,
    StateCount,
    StateFilter,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
    list_position,
    state_counts,
    state_filter_field,
)
from supervision.profiles.models import AnnualReport, AnnualReportDeadline
from supervision.profiles.sar.enums import AnnualReportState, QualityLevel
from supervision.profiles.sar.queries import ReportedLevel, reported_levels, with_levels

NOT_STARTED = "not_started"
# The sign of each state, and how the office calls it.
STATE_DISPLAY = {
    NOT_STARTED: ("ยังไม่เริ่ม", StatusKind.WAITING),
    AnnualReportState.DRAFT: ("กำลังจัดทำ", StatusKind.WAITING),
    AnnualReportState.RETURNED: ("ส่งกลับให้แก้ไข", StatusKind.YOURS),
    AnnualReportState.SENT: ("ส่งแล้ว", StatusKind.DONE),
}
NOT_SENT, LATE = "missing", "late"
REPORT_STATE_FILTERS = (
    StateFilter(ALL_STATES, "ทั้งหมด", StatusKind.IDLE),
    StateFilter(NOT_SENT, "ยังไม่ส่ง", StatusKind.WAITING),
    *(StateFilter(str(s), word, kind) for s, (word, kind) in reversed(STATE_DISPLAY.items())),
    StateFilter(LATE, "เกินกำหนดหรือส่งช้า", StatusKind.LATE),
)
HIDDEN_WHEN_EMPTY = tuple(state.key for state in REPORT_STATE_FILTERS if state.key != ALL_STATES)


class AnnualReportFilterForm(SchoolSearchForm):
    """Which year's reports, of which schools."""

    year = forms.ChoiceField(label="ปีการศึกษา", required=False)
    state = state_filter_field(REPORT_STATE_FILTERS)
    field_order: Sequence[str] = ("year", "cluster", "words")

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("year", [(year, str(year)) for year in years])


@dataclass(frozen=True)
class AnnualReportRow:
    """One school (with its cluster) and its report on the year."""

    school: School
    report: AnnualReport | None
    year: int
    is_overdue: bool
    was_late: bool

    @property
    def stage(self) -> str:
        return self.report.state if self.report else NOT_STARTED

    @property
    def word(self) -> str:
        return STATE_DISPLAY[self.stage][0]

    @property
    def kind(self) -> str:
        return STATE_DISPLAY[self.stage][1]

    @property
    def is_sent(self) -> bool:
        return self.stage == AnnualReportState.SENT

    @property
    def url(self) -> str:
        return cached_url("annual_report", self.school.pk, self.year)

    @property
    def levels(self) -> list[ReportedLevel]:
        """What the report says; nothing before it was sent, for a draft is not for others."""
        return reported_levels(self.report) if self.is_sent else []

    @property
    def late_word(self) -> str:
        if self.is_overdue:
            return "เกินกำหนด"
        return "ส่งช้ากว่ากำหนด" if self.was_late else ""

    def is_in_state(self, state: str) -> bool:
        if state == LATE:
            return self.is_overdue or self.was_late
        if state == NOT_SENT:
            return not self.is_sent
        return state in (ALL_STATES, self.stage)


@dataclass(frozen=True)
class AnnualReportGroup(ClusterGroup[AnnualReportRow]):
    """One cluster with the rows shown of it, and how many of all its schools have sent."""

    @property
    def sent(self) -> int:
        return sum(row.is_sent for row in self.all_rows)


@dataclass(frozen=True)
class ReportedQualityCount:
    """How many schools gave themselves which level for one standard, or as a whole.

    `counts` are by quality level, 5 first.
    """

    label: str
    counts: Sequence[int]

    @property
    def schools(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class ReportedLevelCounts:
    """The levels that schools gave themselves for early-childhood or basic education."""

    name: str
    rows: Sequence[ReportedQualityCount]


@dataclass(frozen=True)
class AnnualReportOverview:
    """The reports of one year over the schools that the filters leave."""

    year: AcademicYear
    due_on: date | None
    form: AnnualReportFilterForm
    rows: Sequence[AnnualReportRow]

    @property
    def sent(self) -> list[AnnualReportRow]:
        return [row for row in self.rows if row.is_sent]

    @property
    def missing(self) -> list[AnnualReportRow]:
        return [row for row in self.rows if not row.is_sent]

    @property
    def state(self) -> str:
        return self.form.cleaned_data.get("state", ALL_STATES)

    @property
    def is_sample(self) -> bool:
        return any(row.report and row.report.is_sample for row in self.rows)

    @property
    def counts(self) -> list[StateCount]:
        return state_counts(
            self.rows,
            REPORT_STATE_FILTERS,
            self.state,
            AnnualReportRow.is_in_state,
            hidden_when_empty=HIDDEN_WHEN_EMPTY,
        )

    @property
    def shown(self) -> list[AnnualReportRow]:
        return [row for row in self.rows if row.is_in_state(self.state)]

    @property
    def groups(self) -> list[AnnualReportGroup]:
        """The clusters of the rows that the state leaves."""
        return group_by_cluster(self.shown, self.rows, AnnualReportGroup)

    @property
    def missing_groups(self) -> list[AnnualReportGroup]:
        return group_by_cluster(self.missing, self.rows, AnnualReportGroup)

    @property
    def level_counts(self) -> list[ReportedLevelCounts]:
        """How many schools gave themselves which level, standard by standard."""
        return count_levels(level for row in self.sent for level in row.levels)


def count_levels(reported: Iterable[ReportedLevel]) -> list[ReportedLevelCounts]:
    """Counts by level of education, and in it by standard and, last, as a whole."""
    found: dict[EducationLevel, dict[tuple[int, str], Counter[int]]] = {}
    overalls: dict[EducationLevel, Counter[int]] = {}
    for one in reported:
        rows = found.setdefault(one.level, {})
        for standard in one.standards:
            counter = rows.setdefault((standard.number, standard.label), Counter())
            counter[standard.quality_level or 0] += 1
        overalls.setdefault(one.level, Counter())[one.overall or 0] += 1
    return [
        ReportedLevelCounts(
            f"ระดับ{EducationLevel(level).label}",
            [
                *[
                    _quality_count(label, counter)
                    for (_, label), counter in sorted(rows.items(), key=lambda row: row[0])
                ],
                _quality_count("ภาพรวม", overalls[level]),
            ],
        )
        for level, rows in sorted(found.items(), key=lambda row: -row[0])
    ]


def _quality_count(label: str, counts: Mapping[int, int]) -> ReportedQualityCount:
    return ReportedQualityCount(label, [counts.get(level, 0) for level in QualityLevel])


def annual_report_overview(
    user: User, asked: Mapping[str, str], today: date
) -> AnnualReportOverview | None:
    """The reports of the year that the filters ask for, else of the last that has ended.

    Of the schools whose profile the person may read. None while the register has no year.
    """
    years = list(_years(today))
    if not years:
        return None
    ended = [year for year in years if year.last_day and year.last_day < today]
    usual = (ended or years)[0]
    year = next((year for year in years if str(year.year) == asked.get("year")), usual)
    deadline = AnnualReportDeadline.objects.filter(academic_year=year).first()
    due_on = deadline.due_on if deadline else None
    rows = _school_rows(user, year, due_on, today)
    filters: Any = {**asked, "year": str(year.year)}
    form = AnnualReportFilterForm(
        filters, years=[one.year for one in years], clusters=cluster_names(rows)
    )
    form.is_valid()
    return AnnualReportOverview(year, due_on, form, _filtered(rows, form.cleaned_data))


def _years(today: date) -> Any:
    """The academic years that have begun, newest first, each with its `last_day`."""
    begun = AcademicYear.objects.filter(year__lte=academic_year(today))
    with_days = begun.annotate(last_day=Max("terms__closes_on")).order_by("-year")
    return with_days.select_related("area")


def _filtered(rows: Iterable[AnnualReportRow], asked: Mapping[str, Any]) -> list[AnnualReportRow]:
    words = search_key(asked.get("words", ""))
    return [
        row
        for row in rows
        if is_in_cluster(row, asked.get("cluster")) and words in search_key(row.school.name)
    ]


def _school_rows(user: User, year: Any, due_on: date | None, today: date) -> list[AnnualReportRow]:
    """Every school that has to report, by cluster and name; a closed one only where it has."""
    stored = AnnualReport.objects.filter(academic_year=year)
    reports = {report.school_id: report for report in with_levels(stored)}
    day = min(today, year.last_day or today)
    schools = School.objects.with_permission(user, Permission.VIEW_PROFILE).with_cluster(day)
    sent = [pk for pk, report in reports.items() if report.is_sent]
    schools = schools.filter(Q(pk__in=sent) | Q(closed_on=None) | Q(closed_on__gt=day))
    return [
        _row(school, reports.get(school.pk), year.year, due_on, today)
        for school in sorted(schools, key=list_position)
    ]


def _row(
    school: School, report: AnnualReport | None, year: int, due_on: date | None, today: date
) -> AnnualReportRow:
    came_on = report.first_sent_on if report else None
    return AnnualReportRow(
        school=school,
        report=report,
        year=year,
        is_overdue=due_on is not None and came_on is None and today > due_on,
        was_late=due_on is not None and came_on is not None and came_on > due_on,
    )


def annual_report_reminder(overview: AnnualReportOverview, area: Area, today: date) -> str:
    """Who has not sent yet, cluster by cluster, and by when; nothing when all have."""
    return reminder_by_clusters(
        overview.missing_groups,
        greeting="เรียน ผู้อำนวยการโรงเรียน",
        request=f"ส่งรายงานผลการประเมินตนเอง (SAR) ปีการศึกษา {overview.year} "
        + words_of_due_day(overview.due_on, today),
        area=area,
        closing="หากส่งแล้ว ขอขอบคุณเป็นอย่างยิ่ง",
    )
