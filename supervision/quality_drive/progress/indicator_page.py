"""The indicators of a school in a drive: every level on the way, with what shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can
from schools.core.file_responses import file_response
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from supervision.quality_drive.models import DriveDimension, DriveProgress, QualityDrive
from supervision.quality_drive.progress.drawing import (
    ProgressTrack,
    level_track,
    progress_track,
)
from supervision.quality_drive.progress.enums import LevelSource
from supervision.quality_drive.progress.queries import (
    IndicatorProgress,
    SchoolDriveRecord,
    load_school_drive_record,
)
from supervision.quality_drive.progress.school_page import get_school_of_drive
from supervision.quality_drive.scores import SignedLevel


@dataclass(frozen=True)
class LevelOnTheWay:
    """One level of an indicator at a school: of a signed visit, or reported by the school."""

    on: date
    level: Decimal
    source: LevelSource
    track: ProgressTrack
    url: str = ""
    report: DriveProgress | None = None


@dataclass(frozen=True)
class DriveIndicatorCard:
    """One indicator of a school with its levels, first to last."""

    row: IndicatorProgress
    track: ProgressTrack
    levels: Sequence[LevelOnTheWay]


@dataclass(frozen=True)
class DimensionCards:
    """The indicators of one dimension."""

    dimension: DriveDimension
    kind: StatusKind
    word: str
    reason: str
    cards: Sequence[DriveIndicatorCard]


def dimension_cards(record: SchoolDriveRecord) -> list[DimensionCards]:
    """Every dimension of the school with its indicators and all their levels."""
    scale = record.overview.design.scale
    return [
        DimensionCards(
            one.dimension,
            one.progress.kind,
            one.progress.word,
            one.progress.reason,
            [_card(row, record, scale) for row in one.indicators],
        )
        for one in record.progress.dimensions
    ]


def _card(
    row: IndicatorProgress, record: SchoolDriveRecord, scale: tuple[int, int]
) -> DriveIndicatorCard:
    pk, target = row.drive_indicator.pk, row.progress.target
    signed = [levels[pk] for levels in record.history if pk in levels]
    reports = [one for one in record.reports if one.drive_indicator_id == pk]
    levels = [
        *_seen_levels(signed, target, scale),
        *_reported_levels(reports, target, scale),
    ]
    levels.sort(key=lambda one: one.on)
    return DriveIndicatorCard(row, progress_track(row.progress, scale), levels)


def _seen_levels(
    signed: Iterable[SignedLevel], target: Decimal, scale: tuple[int, int]
) -> list[LevelOnTheWay]:
    return [
        LevelOnTheWay(
            one.visit.visit_on,
            Decimal(one.level),
            LevelSource.VISIT,
            level_track(StatusKind.WAITING, scale, None, Decimal(one.level), target),
            url=reverse("visit", args=[one.visit.pk]),
        )
        for one in signed
    ]


def _reported_levels(
    reports: Iterable[DriveProgress], target: Decimal, scale: tuple[int, int]
) -> list[LevelOnTheWay]:
    return [
        LevelOnTheWay(
            one.reported_on,
            one.value,
            LevelSource.REPORT,
            level_track(StatusKind.IDLE, scale, None, one.value, target),
            report=one,
        )
        for one in reports
    ]


def drive_indicators(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """All indicators of a school with every level, what was done, and the files that show it."""
    drive, school = get_school_of_drive(request.user, year, pk)
    record = load_school_drive_record(drive, school, timezone.localdate())
    context = {
        "drive": drive,
        "school": school,
        "parts": dimension_cards(record),
        "may_report": drive.is_at_work and can(request.user, Permission.REPORT_PROGRESS, pk),
    }
    return render(request, "quality_drive/drive_indicators.html", context)


def drive_progress_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The file of a report, for who sees the school and its drive."""
    drives = QualityDrive.objects.visible_to(request.user)
    rows = DriveProgress.objects.visible_to(request.user).filter(school_drive__drive__in=drives)
    report = get_object_or_404(rows.exclude(file=""), pk=pk)
    return file_response(report.file, report.file_name)
