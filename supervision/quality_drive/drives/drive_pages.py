"""The pages of a year's drive: all drives, one drive with its steps, its start, its goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere, rights_of
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    form_field,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.status import StatusKind
from schools.models import AcademicYear, School
from supervision.quality_drive.area_steps import area_steps, next_step
from supervision.quality_drive.drives import actions
from supervision.quality_drive.drives.completeness import missing_in_design
from supervision.quality_drive.drives.enums import DriveState, ResultKind
from supervision.quality_drive.drives.queries import (
    get_drive,
    get_drive_to_edit,
    terms_of_drive,
    years_without_drive,
)
from supervision.quality_drive.models import (
    DriveDimension,
    DriveIndicator,
    ExpectedResult,
    QualityDrive,
)
from supervision.quality_drive.progress.listing import dimension_summaries
from supervision.quality_drive.scores import DriveDesign, load_design
from supervision.workflow.queries import workflow_history

DRIVE_PILLS = {
    DriveState.DRAFT: StatusKind.WAITING,
    DriveState.ENDORSED: StatusKind.DONE,
    DriveState.CLOSED: StatusKind.IDLE,
}


class DriveYearForm(PortalForm):
    """The academic year of a drive that begins."""

    academic_year = forms.ModelChoiceField(
        label="ปีการศึกษา", queryset=AcademicYear.objects.none(), empty_label="เลือกปีการศึกษา"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "academic_year", forms.ModelChoiceField).queryset = years_without_drive()


class DriveTextsForm(ConflictCheckedForm):
    """The goals of a draft, and what is asked of the schools in it."""

    class Meta:
        model = QualityDrive
        fields = ("model_name", "headline", "purpose", "rhythm", "tolerance")
        widgets = {"rhythm": forms.RadioSelect, "purpose": forms.Textarea}
        help_texts = {
            "headline": "คู่มือเรียกเป้าหมายว่า 4Q ในหัวข้อ และ 5Q ในขั้นตอน",
            "tolerance": "ด้านที่ห่างจากแผนเกินค่านี้แสดงว่าช้ากว่าแผน เช่น 0.10 ระดับ",
        }


@dataclass(frozen=True)
class DimensionPart:
    """One dimension of a drive with the indicators that measure it."""

    dimension: DriveDimension
    indicators: Sequence[DriveIndicator]


@dataclass(frozen=True)
class ExpectedResultGroup:
    """The expected results of one kind."""

    kind: ResultKind
    rows: Sequence[ExpectedResult]


def dimension_parts(design: DriveDesign) -> list[DimensionPart]:
    """In the order of the dimensions."""
    return [DimensionPart(one, design.indicators_of[one.code]) for one in design.dimensions]


def expected_result_groups(drive: QualityDrive) -> list[ExpectedResultGroup]:
    """Quantity before quality, as in the manual."""
    rows = list(drive.expected_results.all())
    return [
        ExpectedResultGroup(kind, [one for one in rows if one.kind == kind]) for kind in ResultKind
    ]


def drives(request: SignedInRequest) -> HttpResponse:
    """The drives of all years; for schools those that ก.ต.ป.น. has endorsed."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    rows = QualityDrive.objects.visible_to(request.user).select_related("academic_year")
    may_start = can(request.user, Permission.MANAGE_DRIVE)
    context = {
        "drives": [(drive, DRIVE_PILLS[DriveState(drive.state)]) for drive in rows],
        "may_start": may_start and years_without_drive().exists(),
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "quality_drive/drives.html", context)


def drive_new(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_DRIVE)
    newest = years_without_drive().first()
    form = DriveYearForm(post_data(request), initial={"academic_year": newest})
    if form.is_valid():
        with refusal_as_form_error(form):
            drive = actions.start_drive(by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "เริ่มการขับเคลื่อนของปีแล้ว", drive)
    return render(request, "quality_drive/drive_new.html", {"form": form})


def drive_page(request: SignedInRequest, year: int) -> HttpResponse:
    """The year's drive: to the area with its steps, to a school with what was endorsed."""
    drive = get_drive(request.user, year)
    if can(request.user, Permission.VIEW_AREA):
        return render(request, "quality_drive/drive.html", _area_context(request, drive))
    own = School.objects.with_permission(request.user, Permission.VIEW_OWN_PLACE)
    context = {**_goals(drive, load_design(drive)), "own_schools": own}
    context["monitors"] = rights_of(request.user).allows_anywhere(Permission.MONITOR_DRIVE)
    return render(request, "quality_drive/drive_of_schools.html", context)


def _goals(drive: QualityDrive, design: DriveDesign) -> dict[str, Any]:
    return {
        "drive": drive,
        "pill": DRIVE_PILLS[DriveState(drive.state)],
        "parts": dimension_parts(design),
        "result_groups": expected_result_groups(drive),
    }


def _area_context(request: SignedInRequest, drive: QualityDrive) -> dict[str, Any]:
    design, rights = load_design(drive), rights_of(request.user)
    found = area_steps(design, request.user, terms_of_drive(drive), timezone.localdate())
    may_manage = rights.allows(Permission.MANAGE_DRIVE)
    return _goals(drive, design) | {
        "steps": found.rows,
        "summaries": [] if drive.is_draft else dimension_summaries(found.overview),
        "next_act": next_step(found.rows),
        "behind": found.behind,
        "missing": missing_in_design(design) if drive.is_draft else [],
        "may_manage": may_manage,
        "may_edit": may_manage and drive.is_draft,
        "may_resolve": rights.allows(Permission.RESOLVE_DRIVE),
        "history": workflow_history(drive),
    }


@transaction.atomic
def drive_edit(request: SignedInRequest, year: int) -> HttpResponse:
    drive = get_drive_to_edit(request, year)
    actions.check_drive_is_draft(drive)
    form = DriveTextsForm(post_data(request), instance=drive)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.update_drive_texts(drive, by=request.user, fields=form.cleaned_data)
            return redirect_with_message(request, "บันทึกเป้าหมายของการขับเคลื่อนแล้ว", drive)
    return render(request, "quality_drive/drive_edit.html", {"form": form, "drive": drive})
