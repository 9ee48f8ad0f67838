"""One assessment by dimension, standard and point of focus as Excel: of a school, of the area."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.exports.files import SIGNED_RESULTS, excel_response
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import short_date
from schools.models import School
from supervision.quality_drive.crosswalk.answer_pages import (
    AreaAnswers,
    SchoolAnswers,
    load_area_answers,
    load_drive_year,
    load_school_answers,
)
from supervision.quality_drive.crosswalk.answers import (
    AnsweredPart,
    AssessedIndicator,
    PartCounts,
)

DIMENSION, STANDARD, FOCUS = "ด้านคุณภาพ", "มาตรฐานการศึกษา", "จุดเน้น"


@dataclass(frozen=True)
class AnswerExportRow:
    """One indicator in one part of one view; a part that no indicator answers has a row too."""

    view: str
    part: AnsweredPart
    line: AssessedIndicator | None

    @property
    def remark(self) -> str:
        """What is missing, by name."""
        if self.line is None:
            return "ยังไม่มีตัวชี้วัดตอบ"
        if self.line.not_applicable:
            return "ไม่ประเมิน"
        return "ยังไม่มีคำตอบ" if self.line.is_missing else ""


def school_answers_export(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """What the school's page shows."""
    in_year = load_drive_year(request.user, year)
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    answers = load_school_answers(request.user, in_year, school, timezone.localdate())
    sheets = [school_answers_sheet(answers)]
    return excel_response(sheets, f"ผลตามด้าน มาตรฐาน และจุดเน้น {school.short_name} {year}")


def school_answers_sheet(answers: SchoolAnswers) -> ExportSheet[AnswerExportRow]:
    """Every line of the three views, in the order of the page."""
    return ExportSheet(
        name="ผลของโรงเรียน",
        title=f"ผลตามด้านคุณภาพ มาตรฐานการศึกษา และจุดเน้น {answers.school.name}",
        columns=_answer_columns(),
        rows=_answer_rows(answers),
        one_row="1 ตัวชี้วัดใน 1 เรื่อง",
        period=f"ปีการศึกษา {answers.drive.academic_year}",
        filters=_source_words(answers),
        frozen_columns=2,
    )


def _source_words(answers: SchoolAnswers) -> str:
    """Where the levels come from; stands where lists name their filters."""
    found = answers.assessment
    if found is None or found.visit is None:
        return "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว"
    return f"บันทึกการนิเทศวันที่ {short_date(found.visit.visit_on)}"


def _answer_rows(answers: SchoolAnswers) -> list[AnswerExportRow]:
    views = answers.views
    parts: list[tuple[str, AnsweredPart]] = [(DIMENSION, one) for one in views.dimensions]
    parts += [(STANDARD, one) for one in views.standards]
    parts += [(FOCUS, one) for one in views.focuses]
    nothing: list[AssessedIndicator | None] = [None]
    return [
        AnswerExportRow(view, part, line) for view, part in parts for line in part.lines or nothing
    ]


def _answer_columns() -> list[ExportColumn[AnswerExportRow]]:
    return [
        ExportColumn("มุมมอง", lambda row: row.view, "ด้านคุณภาพ มาตรฐานการศึกษา หรือจุดเน้น"),
        ExportColumn(
            "เรื่อง", lambda row: row.part.name, "ชื่อด้าน มาตรฐาน หรือจุดเน้น", CellKind.LONG_TEXT
        ),
        ExportColumn(
            "ค่าเฉลี่ยของเรื่อง", _mean, "ค่าเฉลี่ยจากศึกษานิเทศก์", CellKind.DECIMAL, source=SIGNED_RESULTS
        ),
        ExportColumn(
            "ตัวชี้วัด",
            lambda row: str(row.line.indicator) if row.line else "",
            "เลขที่และข้อความ",
            CellKind.LONG_TEXT,
        ),
        ExportColumn(
            "ศึกษานิเทศก์",
            lambda row: row.line.level if row.line else None,
            "ระดับจากการนิเทศที่ลงนามแล้ว",
            CellKind.WHOLE,
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "โรงเรียน",
            lambda row: row.line.own if row.line else None,
            "ระดับจากแบบประเมินตนเองที่ยืนยันแล้ว",
            CellKind.WHOLE,
        ),
        ExportColumn("หมายเหตุ", lambda row: row.remark, "สิ่งที่ยังขาด"),
    ]


def _mean(row: AnswerExportRow) -> Decimal | None:
    return row.part.mean


# --- The area ---


@dataclass(frozen=True)
class AreaAnswerExportRow:
    """How many schools came to one level in one part; one without a result has one empty row."""

    view: str
    part: PartCounts
    level: str
    schools: int


def area_answers_export(request: SignedInRequest, year: int) -> HttpResponse:
    """The area's page."""
    require(request.user, Permission.VIEW_AREA)
    in_year = load_drive_year(request.user, year)
    answers = load_area_answers(request.user, in_year, timezone.localdate())
    return excel_response([area_answers_sheet(answers)], f"ผลของเขตพื้นที่ ปีการศึกษา {year}")


def area_answers_sheet(answers: AreaAnswers) -> ExportSheet[AreaAnswerExportRow]:
    """The numbers of schools by level, part by part."""
    return ExportSheet(
        name="จำนวนโรงเรียนตามระดับ",
        title="จำนวนโรงเรียนตามระดับ รายด้าน มาตรฐาน และจุดเน้น",
        columns=[
            ExportColumn("มุมมอง", lambda row: row.view, "ด้านคุณภาพ มาตรฐานการศึกษา หรือจุดเน้น"),
            ExportColumn("เรื่อง", lambda row: row.part.name, "ชื่อเรื่อง", CellKind.LONG_TEXT),
            ExportColumn(
                "ค่าเฉลี่ย",
                lambda row: row.part.mean,
                "ค่าเฉลี่ยของค่าเฉลี่ยรายโรงเรียน",
                CellKind.DECIMAL,
                source=SIGNED_RESULTS,
            ),
            ExportColumn("ระดับ", lambda row: row.level, "การแปลผลค่าเฉลี่ยของโรงเรียน"),
            ExportColumn(
                "โรงเรียน", lambda row: row.schools, "จำนวนโรงเรียน", CellKind.WHOLE, "โรงเรียน"
            ),
        ],
        rows=[
            *_area_rows(DIMENSION, answers.dimensions),
            *_area_rows(STANDARD, answers.standards),
            *_area_rows(FOCUS, answers.focuses),
        ],
        one_row="1 ระดับของ 1 เรื่อง",
        period=f"ปีการศึกษา {answers.drive.academic_year}",
        frozen_columns=2,
    )


def _area_rows(view: str, parts: Iterable[PartCounts]) -> list[AreaAnswerExportRow]:
    return [
        AreaAnswerExportRow(view, part, label, schools)
        for part in parts
        for label, schools in (part.counts or [("", 0)])
    ]
