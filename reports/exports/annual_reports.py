"""The annual self-assessment reports of a year as an Excel file: each school, and the counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import excel_response, filters_in_words, sample_column, school_columns
from schools.access import Permission, require, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.enums import EducationLevel
from schools.registry.school_lists import NO_CLUSTER
from supervision.profiles.models import EducationStandard
from supervision.profiles.sar.area import (
    AnnualReportOverview,
    AnnualReportRow,
    ReportedQualityCount,
    annual_report_overview,
)
from supervision.profiles.sar.enums import QualityLevel

SAR = "รายงานผลการประเมินตนเอง (SAR)"
LEVELS_MEANING = "ระดับคุณภาพที่โรงเรียนรายงาน 5 ยอดเยี่ยม ถึง 1 กำลังพัฒนา ว่างเมื่อยังไม่ส่งหรือไม่ระบุ"

ReportColumn = ExportColumn[AnnualReportRow]


@dataclass(frozen=True)
class CountExportRow:
    """How many schools gave themselves which level for one standard of a level of education."""

    level: str
    count: ReportedQualityCount

    def schools_at(self, quality: QualityLevel) -> int:
        return self.count.counts[list(QualityLevel).index(quality)]


def annual_reports_export(request: SignedInRequest) -> HttpResponse:
    """The list of annual reports with the filters of the screen."""
    require(request.user, Permission.VIEW_AREA)
    require_anywhere(request.user, Permission.VIEW_PROFILE)
    overview = annual_report_overview(request.user, request.GET.dict(), timezone.localdate())
    if overview is None:
        raise Http404
    sheets: list[ExportSheet[Any]] = [annual_reports_sheet(overview), quality_sheet(overview)]
    return excel_response(sheets, f"SAR ปีการศึกษา {overview.year}")


def annual_reports_sheet(overview: AnnualReportOverview) -> ExportSheet[AnnualReportRow]:
    """The schools that the filters leave, in the order of the screen."""
    return ExportSheet(
        name="SAR รายโรงเรียน",
        title="รายงานผลการประเมินตนเอง (SAR) รายโรงเรียน",
        columns=_columns(overview),
        rows=overview.shown,
        one_row="1 โรงเรียน",
        period=f"ปีการศึกษา {overview.year}",
        filters=filters_in_words(overview.form, leave_out=("year",)),
        frozen_columns=3,
    )


def _columns(overview: AnnualReportOverview) -> list[ReportColumn]:
    return [
        *school_columns(lambda row: row.school, lambda row: row.school.cluster_name or NO_CLUSTER),
        ExportColumn("สถานะ", lambda row: row.word, "สถานะของรายงาน", source=SAR),
        ExportColumn(
            "ส่งเมื่อ",
            lambda row: row.report.sent_on if row.report else None,
            "วันที่สำนักงานได้รับ",
            CellKind.DATE,
            source=SAR,
        ),
        ExportColumn("ช้า", lambda row: row.late_word, "เทียบกับวันที่สำนักงานกำหนด", source=SAR),
        ExportColumn("ที่มา", _origin, "ส่งในระบบ หรือสำนักงานบันทึกจากเอกสาร", source=SAR),
        *_level_columns(overview),
        sample_column(lambda row: row.report is not None and row.report.is_sample),
    ]


def _origin(row: AnnualReportRow) -> str:
    if not (row.report and row.is_sent):
        return ""
    return "บันทึกจากเอกสาร" if row.report.is_from_paper else "ส่งในระบบ"


def _level_columns(overview: AnnualReportOverview) -> list[ReportColumn]:
    standards = EducationStandard.objects.in_year(overview.year.year)
    columns = []
    for level in sorted({one.level for one in standards}, reverse=True):
        numbers = [one.number for one in standards if one.level == level]
        name = EducationLevel(level).label
        columns += [
            _level_column(f"{name} มาตรฐานที่ {number}", _standard_level(level, number))
            for number in numbers
        ]
        columns.append(_level_column(f"{name} ภาพรวม", _overall_level(level)))
    return columns


def _level_column(label: str, cell: Callable[[AnnualReportRow], int | None]) -> ReportColumn:
    return ExportColumn(label, cell, LEVELS_MEANING, CellKind.WHOLE, "ระดับ 1–5", SAR)


def _standard_level(level: int, number: int) -> Callable[[AnnualReportRow], int | None]:
    def cell(row: AnnualReportRow) -> int | None:
        standards = [one for found in row.levels for one in found.standards if found.level == level]
        return next((one.quality_level for one in standards if one.number == number), None)

    return cell


def _overall_level(level: int) -> Callable[[AnnualReportRow], int | None]:
    return lambda row: next((one.overall for one in row.levels if one.level == level), None)


def quality_sheet(overview: AnnualReportOverview) -> ExportSheet[CountExportRow]:
    """How many schools gave themselves which level, over the reports sent."""
    return ExportSheet(
        name="จำนวนตามระดับคุณภาพ",
        title="จำนวนโรงเรียนตามระดับคุณภาพที่รายงาน",
        columns=[
            ExportColumn("ระดับการศึกษา", lambda row: row.level, "ระดับของมาตรฐาน"),
            ExportColumn("มาตรฐาน", lambda row: row.count.label, "มาตรฐานหรือภาพรวม", source=SAR),
            *[_count_column(quality) for quality in QualityLevel],
            ExportColumn(
                "รวม", lambda row: row.count.schools, "โรงเรียนที่ระบุ", CellKind.WHOLE, "โรงเรียน"
            ),
        ],
        rows=[
            CountExportRow(level.name, row) for level in overview.level_counts for row in level.rows
        ],
        one_row="1 มาตรฐาน",
        period=f"ปีการศึกษา {overview.year}",
        filters=filters_in_words(overview.form, leave_out=("year", "state")),
    )


def _count_column(quality: QualityLevel) -> ExportColumn[CountExportRow]:
    return ExportColumn(
        quality.label,
        lambda row: row.schools_at(quality),
        f"โรงเรียนที่ให้ตนเองระดับ {quality.value}",
        CellKind.WHOLE,
        "โรงเรียน",
        SAR,
    )
