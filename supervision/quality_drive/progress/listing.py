"""All schools of a drive: five dimensions each, as the filters ask for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, rights_of
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import search_key
from schools.core.url_cache import cached_url
from schools.models import Area, School, User
from schools.registry.reminder_texts import reminder_by_clusters, words_of_due_day
from schools.registry.school_lists import (
    ClusterGroup,
    SchoolSearchForm,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
    list_position,
)
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.progress.drawing import ProgressTrack, level_track
from supervision.quality_drive.progress.enums import ProgressState
from supervision.quality_drive.progress.queries import (
    AreaDimension,
    DimensionProgress,
    DriveProgressOverview,
    SchoolProgress,
    area_dimensions,
    load_drive_progress,
)

MOST_ROWS = 40
SHORT_WORDS = {
    ProgressState.ON_TARGET: "ถึงเป้า",
    ProgressState.ON_TRACK: "ตามแผน",
    ProgressState.AT_RISK: "ใกล้ช้า",
    ProgressState.BEHIND: "ช้า",
    ProgressState.NO_PLAN: "เทียบไม่ได้",
    ProgressState.NO_RESULT: "ยังไม่มีผล",
}


class ReportFilter(models.TextChoices):
    """Schools by what the office awaits of them."""

    OVERDUE = "overdue", "เกินกำหนดรายงาน"
    NEVER = "never", "ยังไม่เคยรายงาน"
    NO_AGREEMENT = "no_agreement", "ยังไม่มีข้อตกลงที่ลงนาม"


class ProgressOrder(models.TextChoices):
    """In which order schools stand; the usual one is by cluster and name."""

    LAG = "lag", "ช้ากว่าแผนมากก่อน"


class DriveProgressFilterForm(SchoolSearchForm):
    """What the list shows; a value nobody offered is named as an error and left out."""

    dimension = forms.ChoiceField(
        label="ด้าน", required=False, choices=[("", "ทุกด้าน"), *DimensionCode.choices]
    )
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *ProgressState.choices]
    )
    report = forms.ChoiceField(
        label="รายงานและข้อตกลง", required=False, choices=[("", "ทั้งหมด"), *ReportFilter.choices]
    )
    order = forms.ChoiceField(
        label="เรียงตาม", required=False, choices=[("", "กลุ่มโรงเรียน"), *ProgressOrder.choices]
    )
    field_order = ("words", "cluster", "dimension", "state", "report", "order")


@dataclass(frozen=True)
class DimensionHead:
    """The head of a dimension's column."""

    no: str
    label: str


@dataclass(frozen=True)
class ProgressCell:
    """What the list says of one dimension of a school; for a phone's card, of the whole school."""

    kind: StatusKind
    word: str
    url: str = ""
    no: str = ""


@dataclass(frozen=True)
class DriveProgressRow:
    """One school of the list."""

    progress: SchoolProgress
    year: int

    @property
    def school(self) -> School:
        return self.progress.school

    @property
    def name(self) -> str:
        return self.school.short_name

    @cached_property
    def url(self) -> str:
        return cached_url("school_drive", self.year, self.school.pk)

    @property
    def round_word(self) -> str:
        """What the office awaits of it, shown after its name."""
        if self.progress.agreed_on is None:
            return "ยังไม่มีข้อตกลง"
        return "เกินกำหนดรายงาน" if self.progress.is_report_overdue else ""

    @property
    def closure(self) -> str:
        return ""

    @property
    def cells(self) -> list[ProgressCell]:
        return [_cell(one) for one in self.progress.dimensions]

    @property
    def now(self) -> ProgressCell:
        """The dimension that lags most, in words; a phone has no room for all of them."""
        if not any(one.progress.now is not None for one in self.progress.dimensions):
            return ProgressCell(StatusKind.IDLE, "ยังไม่มีผลในด้านใด")
        worst = max(self.progress.dimensions, key=lambda one: one.progress.lag, default=None)
        if worst is None or not worst.progress.lag:
            return ProgressCell(StatusKind.IDLE, "ไม่มีด้านที่ช้ากว่าแผน")
        return ProgressCell(
            worst.progress.kind, f"{worst.dimension}ต่ำกว่าแผน {worst.progress.lag:.2f}"
        )

    def is_in_state(self, state: str, dimension: str) -> bool:
        """Whether that dimension is in the state; without one, any."""
        states = self.progress.states
        found = [states.get(dimension)] if dimension else states.values()
        return not state or state in found

    def is_awaited(self, report: str) -> bool:
        """Whether the school is one that this filter of reports asks for."""
        found = self.progress
        return {
            "": True,
            ReportFilter.OVERDUE: found.is_report_overdue,
            ReportFilter.NEVER: found.agreed_on is not None and found.last_reported_on is None,
            ReportFilter.NO_AGREEMENT: found.agreed_on is None,
        }[report]


def _cell(one: DimensionProgress) -> ProgressCell:
    state, now = one.progress.state, one.progress.now
    level = "" if now is None else f"{now:.2f} "  # first, so that none reads it as the lag
    return ProgressCell(state.kind, f"{level}{SHORT_WORDS[state]}", no=one.dimension.code)


@dataclass(frozen=True)
class DriveProgressGroup(ClusterGroup[DriveProgressRow]):
    """One cluster: its totals count all its schools, `rows` only those asked for."""

    @property
    def note(self) -> str:
        if len(self.rows) < len(self.all_rows):
            return f"แสดง {len(self.rows)} จาก {len(self.all_rows)} โรงเรียน"
        return f"{len(self.all_rows)} โรงเรียน"

    @property
    def totals(self) -> list[str]:
        """How many have reached the target of each dimension."""
        return [f"ถึงเป้า {reached}" for _, reached in self._reached]

    @property
    def reached(self) -> str:
        """The same in one line, for a cluster whose schools are not shown."""
        return " · ".join(f"{code} {reached}" for code, reached in self._reached)

    @property
    def _reached(self) -> list[tuple[str, str]]:
        """By the code of the dimension, such as Q1: 3/7."""
        columns = zip(*(row.progress.dimensions for row in self.all_rows), strict=True)
        return [
            (column[0].dimension.code, f"{_on_target(column)}/{len(column)}") for column in columns
        ]


def _on_target(column: Iterable[DimensionProgress]) -> int:
    return sum(one.progress.state == ProgressState.ON_TARGET for one in column)


@dataclass(frozen=True)
class StateOfSchools:
    """So many schools are in a state in one dimension; pressing it shows them."""

    state: ProgressState
    schools: int


@dataclass(frozen=True)
class DimensionSummary:
    """One dimension over all schools of the list: means on the scale, and schools by state."""

    area: AreaDimension
    track: ProgressTrack
    counts: Sequence[StateOfSchools]


@dataclass(frozen=True)
class DriveProgressList:
    """The schools that the filters leave, of all that the reader sees."""

    drive: QualityDrive
    overview: DriveProgressOverview
    form: DriveProgressFilterForm
    all_rows: Sequence[DriveProgressRow]
    rows: Sequence[DriveProgressRow]

    @property
    def heads(self) -> list[DimensionHead]:
        return [DimensionHead(one.code, one.name) for one in self.overview.design.dimensions]

    @property
    def summaries(self) -> list[DimensionSummary]:
        """Every dimension over all schools, whatever the filters."""
        return dimension_summaries(self.overview)

    @property
    def groups(self) -> list[DriveProgressGroup]:
        """By cluster; in order of lag all together."""
        if self.form.cleaned_data.get("order"):
            name = "เรียงจากที่ช้ากว่าแผนมากที่สุด"
            return [DriveProgressGroup(None, name, self.rows, self.rows)] if self.rows else []
        return group_by_cluster(self.rows, self.all_rows, DriveProgressGroup)

    @property
    def is_by_cluster(self) -> bool:
        """Whether it is too long to be read at once: each cluster is opened by itself."""
        return len(self.rows) > MOST_ROWS and len(self.groups) > 1

    @property
    def overdue(self) -> list[DriveProgressRow]:
        """Those of the rows shown whose report is overdue."""
        return [row for row in self.rows if row.progress.is_report_overdue]


def dimension_summaries(overview: DriveProgressOverview) -> list[DimensionSummary]:
    """The area's dimensions with their drawings and counts."""
    scale = overview.design.scale
    return [
        DimensionSummary(
            one,
            level_track(StatusKind.WAITING, scale, one.baseline, one.signed, one.target),
            [StateOfSchools(state, one.counts.get(state, 0)) for state in ProgressState],
        )
        for one in area_dimensions(overview.design, overview.schools)
    ]


def load_area_progress(user: User, drive: QualityDrive, today: date) -> DriveProgressOverview:
    """The open schools of the area, or of the clusters that a sub-committee member looks after."""
    schools = School.objects.open_on(today).with_cluster(today)
    if not can(user, Permission.VIEW_AREA):
        schools = schools.with_permission(user, Permission.MONITOR_DRIVE)
    return load_drive_progress(drive, sorted(schools, key=list_position), today)


def drive_progress_list(
    user: User, drive: QualityDrive, asked: Mapping[str, str], today: date
) -> DriveProgressList:
    """The list that the address asks for."""
    overview = load_area_progress(user, drive, today)
    year = drive.academic_year.year
    all_rows = [DriveProgressRow(one, year) for one in overview.schools]
    form = DriveProgressFilterForm(asked, clusters=cluster_names(all_rows))
    form.is_valid()
    rows = [row for row in all_rows if _is_wanted(row, form.cleaned_data)]
    if form.cleaned_data.get("order"):
        dimension = form.cleaned_data.get("dimension", "")
        rows.sort(key=lambda row: _lag(row.progress, dimension), reverse=True)
    return DriveProgressList(drive, overview, form, all_rows, rows)


def _is_wanted(row: DriveProgressRow, asked: Mapping[str, Any]) -> bool:
    return (
        is_in_cluster(row, asked.get("cluster"))
        and search_key(asked.get("words", "")) in search_key(row.school.name)
        and row.is_in_state(asked.get("state", ""), asked.get("dimension", ""))
        and row.is_awaited(asked.get("report", ""))
    )


def _lag(progress: SchoolProgress, dimension: str) -> Decimal:
    """How far the school lags in that dimension; without one, in its worst."""
    lags = [one.progress.lag for one in progress.dimensions if one.dimension.code == dimension]
    return lags[0] if lags else progress.lag


def drive_progress_reminder(found: DriveProgressList, area: Area, today: date) -> str:
    """Which schools have not reported in time, cluster by cluster; nothing when all have."""
    rows = sorted(found.overdue, key=lambda row: list_position(row.school))
    due_days = [row.progress.due.due_on for row in rows if row.progress.due]
    return reminder_by_clusters(
        group_by_cluster(rows, found.all_rows, DriveProgressGroup),
        greeting="เรียน ผู้อำนวยการโรงเรียน",
        request="รายงานความก้าวหน้าตามบันทึกข้อตกลงการขับเคลื่อนคุณภาพการศึกษา "
        f"ปีการศึกษา {found.drive.academic_year} "
        + words_of_due_day(max(due_days, default=None), today),
        area=area,
        closing="หากรายงานแล้ว ขอขอบคุณเป็นอย่างยิ่ง",
    )


def require_drive_progress(user: User) -> None:
    """Raises PermissionDenied unless the person sees the area, or monitors the drive in a part."""
    rights = rights_of(user)
    sees = rights.allows(Permission.VIEW_AREA)
    if not (sees or rights.allows_anywhere(Permission.MONITOR_DRIVE)):
        raise PermissionDenied


def drive_progress(request: SignedInRequest, year: int) -> HttpResponse:
    """All schools with their dimensions, how many are how far, and a reminder to paste."""
    drive = get_drive(request.user, year)
    require_drive_progress(request.user)
    today = timezone.localdate()
    found = drive_progress_list(request.user, drive, request.GET.dict(), today)
    context = {
        "found": found,
        "form": found.form,
        "drive": drive,
        "reminder": drive_progress_reminder(found, drive.academic_year.area, today),
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "quality_drive/drive_progress.html", context)
