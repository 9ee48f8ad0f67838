"""Next year's drive begins from what this year's came to (E, 7.4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.http import HttpResponse
from django.utils import timezone

from schools.access import Permission
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import apply_portal_style, form_field, post_data
from schools.core.http import SignedInRequest
from schools.models import AcademicYear, User
from supervision.criteria.enums import SetState
from supervision.criteria.models import Indicator
from supervision.criteria.queries import IndicatorKey, indicator_key
from supervision.quality_drive.drives.actions import start_as_draft
from supervision.quality_drive.drives.drive_pages import DriveYearForm
from supervision.quality_drive.drives.next_targets import (
    NEXT_TARGET_RULE,
    DimensionOutcome,
    IndicatorOutcome,
    load_outcomes,
)
from supervision.quality_drive.drives.queries import get_drive, years_without_drive
from supervision.quality_drive.drives.row_forms import number_box
from supervision.quality_drive.models import (
    DriveDimension,
    DriveIndicator,
    ExpectedResult,
    QualityDrive,
)
from supervision.quality_drive.progress.school_advice import open_drive_advice
from supervision.quality_drive.scores import load_design


@transaction.atomic
def start_next_drive(
    previous: QualityDrive,
    academic_year: AcademicYear,
    *,
    by: User,
    targets: Mapping[int, Decimal] | None = None,
) -> QualityDrive:
    """Begin a later year's drive as a copy of this one: a draft, with nothing decided.

    Indicators are taken in the newest endorsed version of their set; weights are copied, and so
    is a target unless `targets` has another, by the earlier DriveIndicator (pk). Raises
    ActionRefused where this one is a draft or was continued already.
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
    _copy_design(previous, drive, targets or {})
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


def _copy_design(
    previous: QualityDrive, drive: QualityDrive, targets: Mapping[int, Decimal]
) -> None:
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
                target=targets.get(row.pk, row.target),
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


class NextTargetLine(NamedTuple):
    """An indicator with what became of it, and the box of its next target."""

    outcome: IndicatorOutcome
    box: BoundField


class NextTargetGroup(NamedTuple):
    """The indicators of one dimension."""

    dimension: DriveDimension
    lines: Sequence[NextTargetLine]


class NextDriveForm(DriveYearForm):
    """The academic year of a drive that goes on from an earlier one, and its targets."""

    def __init__(
        self,
        *args: Any,
        previous: QualityDrive,
        outcomes: Sequence[DimensionOutcome],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = outcomes
        field = form_field(self, "academic_year", forms.ModelChoiceField)
        later = years_without_drive().filter(year__gt=previous.academic_year.year)
        field.queryset = later.order_by("year")
        field.initial = field.queryset.first()
        if field.initial is None:
            field.help_text = "ยังไม่มีปีการศึกษาถัดไปในระบบ โปรดให้ผู้ดูแลระบบเพิ่มปีการศึกษาก่อน"
        for one in self._indicators():
            self.fields[f"target_{one.row.pk}"] = number_box(
                f"ค่าเป้าหมาย {one.row.indicator.code}",
                lowest=Decimal(one.lowest),
                highest=Decimal(one.highest),
            )
            self.initial[f"target_{one.row.pk}"] = one.proposed
        apply_portal_style(self)

    def _indicators(self) -> Iterator[IndicatorOutcome]:
        return (one for part in self.outcomes for one in part.indicators)

    def groups(self) -> list[NextTargetGroup]:
        """The boxes by dimension, for the page."""
        return [
            NextTargetGroup(
                part.dimension,
                [NextTargetLine(one, self[f"target_{one.row.pk}"]) for one in part.indicators],
            )
            for part in self.outcomes
        ]

    def clean(self) -> dict[str, Any]:
        """The year, and the targets by the earlier DriveIndicator (pk)."""
        cleaned = super().clean() or self.cleaned_data
        typed = {one.row.pk: cleaned.get(f"target_{one.row.pk}") for one in self._indicators()}
        return {"academic_year": cleaned.get("academic_year"), "targets": typed}


def drive_next(request: SignedInRequest, year: int) -> HttpResponse:
    """Begin the drive of a later year with what this one came to beside each target.

    Once it has begun the page shows results and open advice alone.
    """
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    if drive.is_draft:
        raise ActionRefused("การขับเคลื่อนของปีนี้ยังเป็นร่าง จึงยังเริ่มของปีต่อไปไม่ได้")
    today = timezone.localdate()
    outcomes = load_outcomes(drive, today)
    return confirm_action(
        request,
        partial(start_next_drive, drive, by=request.user),
        template="quality_drive/next_drive.html",
        success_message="เริ่มร่างการขับเคลื่อนของปีต่อไปแล้ว โปรดตรวจน้ำหนักและค่าเป้าหมาย",
        form=NextDriveForm(post_data(request), previous=drive, outcomes=outcomes),
        cancel_url=drive.get_absolute_url(),
        drive=drive,
        rule=NEXT_TARGET_RULE,
        following=QualityDrive.objects.filter(previous=drive).first(),
        advice=open_drive_advice(request.user, today),
    )
