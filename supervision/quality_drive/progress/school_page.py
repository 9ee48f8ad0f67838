"""The page of one school in a year's drive: its way in five dimensions, and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import School, User
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.quality_drive.progress.drawing import ProgressTrack, progress_track
from supervision.quality_drive.progress.projects import load_school_projects
from supervision.quality_drive.progress.queries import (
    DimensionProgress,
    SchoolProgress,
    load_drive_progress,
)
from supervision.quality_drive.progress.rule import ReportDue
from supervision.quality_drive.progress.school_advice import drive_advice


@dataclass(frozen=True)
class DimensionWay:
    """One dimension of a school as its page draws it."""

    row: DimensionProgress
    track: ProgressTrack


@dataclass(frozen=True)
class ReportPrompt:
    """What a school has to report next, as a sign with its words."""

    due: ReportDue

    @property
    def kind(self) -> StatusKind:
        return StatusKind.LATE if self.due.is_overdue else StatusKind.WAITING

    @property
    def word(self) -> str:
        return "เกินกำหนดรายงาน" if self.due.is_overdue else "รอโรงเรียนรายงาน"


def get_school_of_drive(user: User, year: int, pk: int) -> tuple[QualityDrive, School]:
    """The year's drive and a school in it, if the person sees both; else 404."""
    drive = get_drive(user, year)
    return drive, get_object_or_404(School.objects.visible_to(user), pk=pk)


def dimension_ways(found: SchoolProgress, scale: tuple[int, int]) -> list[DimensionWay]:
    """The school's dimensions with their drawings."""
    return [DimensionWay(one, progress_track(one.progress, scale)) for one in found.dimensions]


def school_drive(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """How far the school is, on what it has agreed, and what it has to report."""
    drive, school = get_school_of_drive(request.user, year, pk)
    today = localdate()
    loaded = load_drive_progress(drive, [school], today)
    [found] = loaded.schools
    context: dict[str, Any] = {
        "drive": drive,
        "school": school,
        "found": found,
        "ways": dimension_ways(found, loaded.design.scale),
        "agreement": drive.agreements.in_force().filter(school=school).first(),
        "prompt": ReportPrompt(found.due) if found.due else None,
        "projects": load_school_projects(drive, school),
        "advice": drive_advice(school, request.user, today),
        "may_report": drive.is_at_work and can(request.user, Permission.REPORT_PROGRESS, pk),
        "sees_others": can(request.user, Permission.VIEW_AREA),
        "sees_place": can(request.user, Permission.VIEW_OWN_PLACE, pk),
    }
    return render(request, "quality_drive/school_drive.html", context)


def school_drives(request: SignedInRequest, pk: int) -> HttpResponse:
    """The drives of all years as one school has them; the newest with its dimensions.

    The school's page shows the newest of it.
    """
    school, today = get_object_or_404(School.objects.visible_to(request.user), pk=pk), localdate()
    rows = QualityDrive.objects.visible_to(request.user).filter(state__in=AT_WORK_STATES)
    drives = list(rows.select_related("academic_year").order_by("-academic_year__year"))
    newest = drives[0] if drives and school.is_open_on(today) else None
    found = load_drive_progress(newest, [school], today).schools[0] if newest else None
    context = {"school": school, "drives": drives, "newest": newest, "found": found}
    return render(request, "quality_drive/school_drives.html", context)
