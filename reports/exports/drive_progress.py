"""The progress of all schools in a quality drive as an Excel file: a row a school."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import (
    SCHOOL_UNIT,
    SIGNED_RESULTS,
    excel_response,
    filters_in_words,
    sample_column,
    school_columns,
)
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.registry.school_lists import NO_CLUSTER
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import DriveDimension
from supervision.quality_drive.progress.enums import ProgressState
from supervision.quality_drive.progress.listing import (
    DriveProgressList,
    DriveProgressRow,
    drive_progress_list,
    require_drive_progress,
)
from supervision.quality_drive.progress.queries import (
    AreaDimension,
    DimensionProgress,
    area_dimensions,
)

AGREEMENT = "บันทึกข้อตกลง"
BASELINE = "ข้อมูลฐาน"
LEVEL_UNIT = "ระดับ"

ProgressColumn = ExportColumn[DriveProgressRow]


def drive_progress_export(request: SignedInRequest, year: int) -> HttpResponse:
    """The list with the filters of the screen, and the dimensions over all its schools."""
    drive = get_drive(request.user, year)
    require_drive_progress(request.user)
    found = drive_progress_list(request.user, drive, request.GET.dict(), timezone.localdate())
    sheets: list[ExportSheet[Any]] = [drive_progress_sheet(found), progress_dimensions_sheet(found)]
    return excel_response(sheets, f"ความก้าวหน้าการขับเคลื่อนคุณภาพ {year}")


def workbook_drive_sheets(
    found: DriveProgressList, schools: Collection[int], filters: str
) -> list[ExportSheet[Any]]:
    """The same of these schools (pks), under the names that they have among other sheets."""
    rows = [row for row in found.rows if row.school.pk in schools]
    overview = replace(found.overview, schools=[row.progress for row in rows])
    kept = replace(found, rows=rows, overview=overview)
    named: dict[str, ExportSheet[Any]] = {
        "การขับเคลื่อนคุณภาพ": drive_progress_sheet(kept),
        "การขับเคลื่อนรายด้าน": progress_dimensions_sheet(kept),
    }
    return [replace(sheet, name=name, filters=filters) for name, sheet in named.items()]


def drive_progress_sheet(found: DriveProgressList) -> ExportSheet[DriveProgressRow]:
    """The schools that the filters leave, in the order of the screen."""
    return ExportSheet(
        name="รายโรงเรียน",
        title="ความก้าวหน้าการขับเคลื่อนคุณภาพการศึกษา รายโรงเรียน",
        columns=_columns(found),
        rows=[row for group in found.groups for row in group.rows],
        one_row="1 โรงเรียน",
        period=f"ปีการศึกษา {found.drive.academic_year}",
        filters=filters_in_words(found.form, leave_out=()),
        frozen_columns=3,
    )


def _columns(found: DriveProgressList) -> list[ProgressColumn]:
    dimensions = found.overview.design.dimensions
    return [
        *school_columns(lambda row: row.school, lambda row: row.school.cluster_name or NO_CLUSTER),
        ExportColumn(
            "ลงนามข้อตกลง",
            lambda row: row.progress.agreed_on,
            "วันที่ลงนามครบสองฝ่ายครั้งแรก ว่างเมื่อยังไม่มีข้อตกลง",
            CellKind.DATE,
            source=AGREEMENT,
        ),
        ExportColumn(
            "รายงานล่าสุด",
            lambda row: row.progress.last_reported_on,
            "วันที่โรงเรียนรายงานความก้าวหน้าครั้งล่าสุด",
            CellKind.DATE,
        ),
        ExportColumn("สิ่งที่รอ", lambda row: row.round_word, "สิ่งที่สำนักงานรอจากโรงเรียน"),
        *[
            column
            for at, dimension in enumerate(dimensions)
            for column in _dimension_columns(at, dimension)
        ],
        sample_column(lambda row: found.drive.is_sample),
    ]


def _dimension_columns(at: int, dimension: DriveDimension) -> list[ProgressColumn]:
    def of(read: Callable[[DimensionProgress], Any]) -> Callable[[DriveProgressRow], Any]:
        return lambda row: read(row.progress.dimensions[at])

    def level(
        label: str, read: Callable[[DimensionProgress], Any], meaning: str, source: str
    ) -> ProgressColumn:
        name = f"{dimension} {label}"
        return ExportColumn(name, of(read), meaning, CellKind.DECIMAL, LEVEL_UNIT, source)

    return [
        level("ก่อนพัฒนา", lambda one: one.progress.baseline, "ค่าเฉลี่ยถ่วงน้ำหนักก่อนพัฒนา", BASELINE),
        level(
            "ปัจจุบัน",
            lambda one: one.progress.now,
            "ค่าเฉลี่ยถ่วงน้ำหนัก ตัวชี้วัดที่ยังไม่ได้นิเทศใช้ระดับที่โรงเรียนรายงาน",
            SIGNED_RESULTS,
        ),
        level(
            "เป้าหมาย", lambda one: one.progress.target, "ค่าเป้าหมายตามข้อตกลง หรือค่ากลาง", AGREEMENT
        ),
        ExportColumn(
            f"{dimension} สถานะ", of(lambda one: one.progress.state.label), "เทียบกับแผนของวันนี้"
        ),
        ExportColumn(
            f"{dimension} เหตุผล", of(lambda one: one.progress.reason), "เหตุผลของสถานะพร้อมตัวเลข"
        ),
    ]


def progress_dimensions_sheet(found: DriveProgressList) -> ExportSheet[AreaDimension]:
    """The dimensions over all schools that the reader sees, whatever the filters."""
    overview = found.overview
    return ExportSheet(
        name="รายด้าน",
        title="จำนวนโรงเรียนตามสถานะ และค่าเฉลี่ย รายด้าน",
        columns=[
            ExportColumn("ด้าน", lambda row: row.dimension.name, "ด้านคุณภาพ"),
            _mean_column("ก่อนพัฒนา", lambda row: row.baseline, BASELINE),
            _mean_column("ปัจจุบัน", lambda row: row.signed, SIGNED_RESULTS),
            _mean_column("เป้าหมาย", lambda row: row.target, AGREEMENT),
            ExportColumn(
                "โรงเรียนที่มีผลการนิเทศ",
                lambda row: row.judged,
                "โรงเรียนที่ค่าปัจจุบันเฉลี่ยจาก",
                CellKind.WHOLE,
                SCHOOL_UNIT,
            ),
            *[_count_column(state) for state in ProgressState],
        ],
        rows=area_dimensions(overview.design, overview.schools),
        one_row="1 ด้าน",
        period=f"ปีการศึกษา {found.drive.academic_year}",
    )


def _mean_column(
    label: str, read: Callable[[AreaDimension], Any], source: str
) -> ExportColumn[AreaDimension]:
    meaning = "ค่าเฉลี่ยของโรงเรียนที่มีข้อมูล"
    return ExportColumn(label, read, meaning, CellKind.DECIMAL, LEVEL_UNIT, source)


def _count_column(state: ProgressState) -> ExportColumn[AreaDimension]:
    return ExportColumn(
        str(state.label),
        lambda row: row.counts.get(state, 0),
        f"โรงเรียนที่{state.label}",
        CellKind.WHOLE,
        SCHOOL_UNIT,
    )
