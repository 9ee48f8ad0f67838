"""Next year's drive begins from what this year's came to (E, 7.4)."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse

from schools.access import Permission
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import form_field, post_data
from schools.core.http import SignedInRequest
from schools.models import AcademicYear, User
from supervision.criteria.enums import SetState
from supervision.criteria.models import Indicator
from supervision.criteria.queries import IndicatorKey, indicator_key
from supervision.quality_drive.drives.actions import start_as_draft
from supervision.quality_drive.drives.drive_pages import DriveYearForm
from supervision.quality_drive.drives.queries import get_drive, years_without_drive
from supervision.quality_drive.models import (
    DriveDimension,
    DriveIndicator,
    ExpectedResult,
    QualityDrive,
)
from supervision.quality_drive.scores import load_design


@transaction.atomic
def start_next_drive(
    previous: QualityDrive, academic_year: AcademicYear, *, by: User
) -> QualityDrive:
    """Begin a later year's drive as a copy of this one: a draft, with nothing decided.

    Indicators are taken in the newest endorsed version of their set; weights and targets are
    copied as they are. Raises ActionRefused where this one is a draft or was continued already.
    """
    _check_can_be_continued(previous, academic_year)
    drive = QualityDrive(
        academic_year=academic_year,
        previous=previous,
        model_name=previous.model_name,
        headline=previous.headline,
        purpose=previous.purpose,
        provenance=previous.provenance,
        rhythm=previous.rhythm,
        tolerance=previous.tolerance,
        is_sample=previous.is_sample,
    )
    start_as_draft(drive, by=by)
    _copy_design(previous, drive)
    ExpectedResult.objects.bulk_create(
        ExpectedResult(
            drive=drive,
            kind=one.kind,
            code=one.code,
            dimension_code=one.dimension_code,
            text=one.text,
        )
        for one in previous.expected_results.all()
    )
    return drive


def _check_can_be_continued(previous: QualityDrive, academic_year: AcademicYear) -> None:
    if previous.is_draft:
        raise ActionRefused("การขับเคลื่อนของปีนี้ยังเป็นร่าง จึงยังเริ่มของปีต่อไปไม่ได้")
    if academic_year.year <= previous.academic_year.year:
        raise ActionRefused(f"โปรดเลือกปีการศึกษาหลังปี {previous.academic_year}")
    if QualityDrive.objects.filter(previous=previous).exists():
        raise ActionRefused("เริ่มการขับเคลื่อนของปีต่อไปจากปีนี้แล้ว โปรดเปิดรายการเดิม")


def _copy_design(previous: QualityDrive, drive: QualityDrive) -> None:
    design = load_design(previous)
    newest = newest_versions(row.indicator for row in design.indicators)
    for dimension in design.dimensions:
        copy = DriveDimension.objects.create(
            drive=drive,
            code=dimension.code,
            name=dimension.name,
            in_4q=dimension.in_4q,
            weight=dimension.weight,
        )
        DriveIndicator.objects.bulk_create(
            DriveIndicator(
                dimension=copy,
                indicator=newest[indicator_key(row.indicator)],
                position=row.position,
                weight=row.weight,
                target=row.target,
                is_sample=row.is_sample,
            )
            for row in design.indicators_of[dimension.code]
        )


def newest_versions(indicators: Iterable[Indicator]) -> dict[IndicatorKey, Indicator]:
    """The same indicators in the newest set in use that has them; else as they are."""
    given = {indicator_key(one): one for one in indicators}
    rows = Indicator.objects.filter(
        code__in={key[2] for key in given}, standard__indicator_set__state=SetState.APPROVED
    )
    rows = rows.select_related("standard__indicator_set").order_by(
        "standard__indicator_set__version", "pk"
    )
    found = {indicator_key(row): row for row in rows}
    return {key: found.get(key, one) for key, one in given.items()}


class NextDriveYearForm(DriveYearForm):
    """The academic year of a drive that goes on from an earlier one."""

    def __init__(self, *args: Any, previous: QualityDrive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = form_field(self, "academic_year", forms.ModelChoiceField)
        later = years_without_drive().filter(year__gt=previous.academic_year.year)
        field.queryset = later.order_by("year")
        field.initial = field.queryset.first()
        if field.initial is None:
            field.help_text = "ยังไม่มีปีการศึกษาถัดไปในระบบ โปรดให้ผู้ดูแลระบบเพิ่มปีการศึกษาก่อน"


def drive_next(request: SignedInRequest, year: int) -> HttpResponse:
    """Begin the drive of a later year; the results of this one stand beside it."""
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    if drive.is_draft:
        raise ActionRefused("การขับเคลื่อนของปีนี้ยังเป็นร่าง จึงยังเริ่มของปีต่อไปไม่ได้")
    return confirm_action(
        request,
        partial(start_next_drive, drive, by=request.user),
        success_message="เริ่มร่างการขับเคลื่อนของปีต่อไปแล้ว โปรดตรวจน้ำหนักและค่าเป้าหมาย",
        heading=f"เริ่มการขับเคลื่อนของปีต่อจากปี {year}",
        form=NextDriveYearForm(post_data(request), previous=drive),
        effects=[
            "ร่างใหม่มีเป้าหมาย ด้าน ตัวชี้วัด น้ำหนัก และค่าเป้าหมายเหมือนปีนี้",
            "ตัวชี้วัดใช้ฉบับล่าสุดที่ ก.ต.ป.น. เห็นชอบ",
            "ระบบแสดงผลของปีนี้เทียบกับค่าเป้าหมาย แต่ไม่เปลี่ยนค่าเป้าหมายให้เอง",
        ],
        submit_label="เริ่มร่างของปีต่อไป",
        cancel_url=drive.get_absolute_url(),
    )
