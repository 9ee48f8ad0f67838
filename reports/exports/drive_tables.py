"""The tables of the report on a quality drive as an Excel file; no school's figures are in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from reports.data.drive_schema import (
    DimensionResult,
    DriveGroupMean,
    DriveReport,
    DriveStepFigures,
    ExpectedResultFigures,
    HonourFigures,
    OwedByPost,
)
from reports.enums import DocumentKind
from reports.exports.dictionary import dictionary_sheet
from reports.exports.files import SIGNED_RESULTS, excel_response
from reports.models import IssuedDocument
from reports.queries import register_rows, report_figures
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import NO_FILTER, CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.progress.enums import ProgressState

LEDGER = "ทะเบียนข้อเสนอแนะ"
FEW = "ว่างเมื่อมีโรงเรียนน้อยกว่า 3 แห่ง"
LEVELS = "ระดับ"


@dataclass(frozen=True)
class GroupDimension:
    """One group of schools in one dimension."""

    by: str
    group: str
    schools: int
    dimension: str
    mean: DriveGroupMean


def drive_tables_export(request: SignedInRequest, drive_year: int) -> HttpResponse:
    """The figures that were signed last, else those of today."""
    require(request.user, Permission.VIEW_REPORTS)
    drives = QualityDrive.objects.select_related("academic_year__area")
    drive = get_object_or_404(drives, academic_year__year=drive_year)
    signed = register_rows(request.user).issued().filter(drive=drive).defer(None).first()
    document = signed or IssuedDocument(kind=DocumentKind.DRIVE, drive=drive)
    figures = report_figures(document)
    sheets = drive_sheets(figures) if figures["kind"] == "drive" else []
    return excel_response(
        [*sheets, dictionary_sheet(sheets)], f"ตารางรายงานการขับเคลื่อน {drive_year}"
    )


def drive_sheets(figures: DriveReport) -> list[ExportSheet[Any]]:
    """A sheet for each table of the report, in its order."""
    return [
        _steps_sheet(figures),
        dimensions_sheet(figures),
        _groups_sheet(figures),
        _expected_sheet(figures),
        _support_sheet(figures),
        _honours_sheet(figures),
    ]


def _sheet(
    figures: DriveReport, name: str, one_row: str, columns: list[ExportColumn[Any]], rows: list[Any]
) -> ExportSheet[Any]:
    day = long_date(date.fromisoformat(figures["as_of"]))
    return ExportSheet(
        name=name,
        title=f"{name} {figures['model_name']}",
        columns=columns,
        rows=rows,
        one_row=one_row,
        period=f"ปีการศึกษา {figures['year']} ณ วันที่ {day}",
        filters=NO_FILTER,
        frozen_columns=1,
    )


def _steps_sheet(figures: DriveReport) -> ExportSheet[DriveStepFigures]:
    columns: list[ExportColumn[DriveStepFigures]] = [
        ExportColumn("ขั้น", lambda row: row["number"], "ขั้นที่ 1 ถึง 7", CellKind.WHOLE),
        ExportColumn("ขั้นตอน", lambda row: row["name"], "ชื่อขั้นตามคู่มือ"),
        ExportColumn("สิ่งที่ดำเนินการ", _facts_in_words, "สรุปจากบันทึกในระบบ", CellKind.LONG_TEXT),
    ]
    return _sheet(figures, "การดำเนินงาน", "1 ขั้น", columns, figures["steps"])


def _facts_in_words(row: DriveStepFigures) -> str:
    return "\n".join(row["facts"])


def dimensions_sheet(figures: DriveReport) -> ExportSheet[DimensionResult]:
    """The means of all schools by dimension, and how many are how far."""
    columns: list[ExportColumn[DimensionResult]] = [
        ExportColumn("ด้าน", lambda row: row["name"], "ด้านคุณภาพของการขับเคลื่อน"),
        _mean_column("ก่อนพัฒนา", lambda row: row["baseline"], f"ค่าเฉลี่ยข้อมูลฐาน {FEW}"),
        _count_column("โรงเรียนที่มีข้อมูลฐาน", lambda row: row["baseline_n"]),
        _mean_column("ปัจจุบัน", lambda row: row["now"], f"ค่าเฉลี่ยจากการนิเทศ {FEW}", SIGNED_RESULTS),
        _count_column("โรงเรียนที่มีผล", lambda row: row["now_n"]),
        _mean_column("ค่าเป้าหมาย", lambda row: row["target"], f"ค่าเฉลี่ยของค่าเป้าหมาย {FEW}"),
        *(_state_column(place, state) for place, state in enumerate(ProgressState)),
    ]
    return _sheet(figures, "ผลการขับเคลื่อนรายด้าน", "1 ด้าน", columns, figures["results"])


def _mean_column(
    name: str, value: Callable[[Any], str | None], meaning: str, source: str = ""
) -> ExportColumn[Any]:
    def cell(row: Any) -> Decimal | None:
        text = value(row)
        return None if text is None else Decimal(text)

    return ExportColumn(name, cell, meaning, CellKind.DECIMAL, LEVELS, source)


def _count_column(name: str, value: Callable[[Any], int]) -> ExportColumn[Any]:
    return ExportColumn(name, value, "จำนวนโรงเรียน", CellKind.WHOLE, "โรงเรียน")


def _state_column(place: int, state: ProgressState) -> ExportColumn[DimensionResult]:
    return _count_column(str(state.label), lambda row: row["states"][place]["count"])


def _groups_sheet(figures: DriveReport) -> ExportSheet[GroupDimension]:
    columns: list[ExportColumn[GroupDimension]] = [
        ExportColumn("จำแนกตาม", lambda row: row.by, "กลุ่มโรงเรียน หรือขนาดโรงเรียน"),
        ExportColumn("กลุ่ม", lambda row: row.group, "ชื่อกลุ่มโรงเรียน หรือขนาด"),
        _count_column("โรงเรียน", lambda row: row.schools),
        ExportColumn("ด้าน", lambda row: row.dimension, "ด้านคุณภาพของการขับเคลื่อน"),
        _mean_column("ก่อนพัฒนา", lambda row: row.mean["baseline"], f"ค่าเฉลี่ยข้อมูลฐาน {FEW}"),
        _mean_column("ปัจจุบัน", lambda row: row.mean["now"], f"ค่าเฉลี่ยจากการนิเทศ {FEW}"),
    ]
    return _sheet(figures, "ผลตามกลุ่มโรงเรียน", "1 กลุ่มและด้าน", columns, _group_rows(figures))


def _group_rows(figures: DriveReport) -> list[GroupDimension]:
    names = {row["code"]: row["name"] for row in figures["results"]}
    return [
        GroupDimension(by, group["group"], group["schools"], names[mean["code"]], mean)
        for by, groups in (("กลุ่มโรงเรียน", figures["clusters"]), ("ขนาด", figures["sizes"]))
        for group in groups
        for mean in group["means"]
    ]


def _expected_sheet(figures: DriveReport) -> ExportSheet[ExpectedResultFigures]:
    columns: list[ExportColumn[ExpectedResultFigures]] = [
        ExportColumn("ข้อ", lambda row: row["code"], "ข้อของผลที่คาดหวัง"),
        ExportColumn("ลักษณะ", lambda row: row["kind"], "เชิงปริมาณหรือเชิงคุณภาพ"),
        ExportColumn("ผลที่คาดหวัง", lambda row: row["text"], "ตามรูปแบบของปี", CellKind.LONG_TEXT),
        ExportColumn("ผลที่เกิดขึ้น", lambda row: row["result"], "ว่างเมื่อยังไม่สรุป", CellKind.LONG_TEXT),
    ]
    return _sheet(figures, "ผลที่คาดหวัง", "1 ข้อ", columns, figures["expected"])


def _support_sheet(figures: DriveReport) -> ExportSheet[OwedByPost]:
    columns: list[ExportColumn[OwedByPost]] = [
        ExportColumn("ผู้รับผิดชอบ", lambda row: row["owner"], "ตำแหน่งที่รับผิดชอบ", source=LEDGER),
        _owed_column("ทั้งหมด", lambda row: row["total"]),
        _owed_column("ปิดแล้ว", lambda row: row["kept"]),
        _owed_column("รอตรวจ", lambda row: row["reported"]),
        _owed_column("ยังไม่เสร็จ", lambda row: row["open"]),
        _owed_column("เกินกำหนด", lambda row: row["late"]),
    ]
    return _sheet(figures, "การสนับสนุนตามข้อตกลง", "1 ตำแหน่ง", columns, figures["support_by_post"])


def _owed_column(name: str, value: Callable[[OwedByPost], int]) -> ExportColumn[OwedByPost]:
    return ExportColumn(name, value, "จำนวนข้อ", CellKind.WHOLE, "ข้อ", LEDGER)


def _honours_sheet(figures: DriveReport) -> ExportSheet[HonourFigures]:
    columns: list[ExportColumn[HonourFigures]] = [
        ExportColumn("ประเภทรางวัล", lambda row: row["category"], "ประเภทที่ยกย่อง"),
        ExportColumn("โรงเรียน", lambda row: row["school"], "ที่ประชุมมีมติให้เผยแพร่แล้ว"),
        ExportColumn("เหตุผล", lambda row: row["reason"], "เหตุผลที่ยกย่อง", CellKind.LONG_TEXT),
        ExportColumn("มติที่ประชุมครั้งที่", lambda row: row["meeting_no"], "การประชุมที่มีมติให้เผยแพร่"),
    ]
    return _sheet(figures, "การยกย่อง", "1 รายการ", columns, figures["honours"])
