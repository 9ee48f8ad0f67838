"""The baselines of all schools in a drive as an Excel file: by school, and level by level."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import excel_response, filters_in_words, sample_column, school_columns
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.models import School
from schools.registry.school_lists import NO_CLUSTER
from supervision.quality_drive.baselines.listing import (
    BaselineListing,
    BaselineRow,
    load_baseline_listing,
)
from supervision.quality_drive.baselines.queries import Baseline, load_baselines
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import DriveIndicator

BASELINE = "ข้อมูลฐานของโรงเรียน"


@dataclass(frozen=True)
class BaselineExportRow:
    """The baseline of one indicator at one school."""

    school: School
    indicator: DriveIndicator
    baseline: Baseline


def baselines_export(request: SignedInRequest, year: int) -> HttpResponse:
    """The list with the filters of the screen, and every level that it counts."""
    require(request.user, Permission.VIEW_AREA)
    drive = get_drive(request.user, year)
    listing = load_baseline_listing(request.user, drive, request.GET.dict(), timezone.localdate())
    known = load_baselines(drive, [row.school for row in listing.shown])
    sheets: list[ExportSheet[Any]] = [
        baselines_sheet(listing),
        baseline_levels_sheet(listing, known),
    ]
    return excel_response(sheets, f"ข้อมูลฐาน ปีการศึกษา {year}")


def baselines_sheet(listing: BaselineListing) -> ExportSheet[BaselineRow]:
    """The schools that the filters leave, in the order of the screen."""
    return ExportSheet(
        name="ข้อมูลฐานรายโรงเรียน",
        title=f"{BASELINE} {listing.drive}",
        columns=[
            *school_columns(
                lambda row: row.school, lambda row: row.school.cluster_name or NO_CLUSTER
            ),
            ExportColumn("สถานะ", lambda row: row.word, "สถานะของข้อมูลฐาน", source=BASELINE),
            ExportColumn(
                "ตัวชี้วัดที่มีข้อมูล",
                lambda row: row.known,
                "จำนวนตัวชี้วัดของการขับเคลื่อนที่มีข้อมูลฐาน",
                CellKind.WHOLE,
                "ตัวชี้วัด",
            ),
            ExportColumn(
                "ตัวชี้วัดทั้งหมด",
                lambda row: row.wanted,
                "จำนวนตัวชี้วัดของการขับเคลื่อน",
                CellKind.WHOLE,
                "ตัวชี้วัด",
            ),
            ExportColumn(
                "ด้านที่ยังไม่มีข้อมูล",
                lambda row: " · ".join(row.missing),
                "ด้านที่ไม่มีตัวชี้วัดใดมีข้อมูลฐาน",
                CellKind.LONG_TEXT,
            ),
            sample_column(lambda row: bool(row.school_drive and row.school_drive.is_sample)),
        ],
        rows=listing.shown,
        one_row="1 โรงเรียน",
        period=f"ปีการศึกษา {listing.drive.academic_year}",
        filters=filters_in_words(listing.form, leave_out=()),
        frozen_columns=3,
    )


def baseline_levels_sheet(
    listing: BaselineListing, known: Mapping[int, Mapping[int, Baseline]]
) -> ExportSheet[BaselineExportRow]:
    """Each level before the work with where it comes from."""
    rows = [
        BaselineExportRow(row.school, one, baseline)
        for row in listing.shown
        for one in listing.design.indicators
        if (baseline := known.get(row.school.pk, {}).get(one.pk))
    ]
    return ExportSheet(
        name="ระดับรายตัวชี้วัด",
        title=f"ระดับก่อนการพัฒนารายตัวชี้วัด {listing.drive}",
        columns=[
            *school_columns(
                lambda row: row.school, lambda row: row.school.cluster_name or NO_CLUSTER
            ),
            ExportColumn("ด้าน", lambda row: row.indicator.dimension.name, "ด้านคุณภาพ"),
            ExportColumn("เลขที่", lambda row: row.indicator.indicator.code, "เลขที่ของตัวชี้วัด"),
            ExportColumn(
                "ตัวชี้วัด", lambda row: row.indicator.indicator.text, "ข้อความ", CellKind.LONG_TEXT
            ),
            ExportColumn("ระดับก่อนพัฒนา", _level, "ระดับตามมาตราส่วน", CellKind.DECIMAL, "ระดับ"),
            ExportColumn("ที่มา", lambda row: row.baseline.source.label, "ที่มาของระดับ"),
            ExportColumn(
                "รายละเอียดของที่มา", lambda row: row.baseline.source_text, "วันนิเทศ หรือแหล่งที่เก็บข้อมูล"
            ),
        ],
        rows=rows,
        one_row="1 ตัวชี้วัดของ 1 โรงเรียน",
        period=f"ปีการศึกษา {listing.drive.academic_year}",
        filters=filters_in_words(listing.form, leave_out=()),
        frozen_columns=3,
    )


def _level(row: BaselineExportRow) -> Decimal:
    return row.baseline.level
