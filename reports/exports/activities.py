"""The activities of the plans as an Excel file, with the filters of the screen."""

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import excel_response, filters_in_words, sample_column
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date
from supervision.programmes.plans.activity_list import (
    ActivityListing,
    ListedActivity,
    activity_listing,
)

PLAN = "แผนรายปีงบประมาณ"


def activities_export(request: SignedInRequest) -> HttpResponse:
    """The activities of the list, for the office."""
    require(request.user, Permission.VIEW_AREA)
    today = timezone.localdate()
    listing = activity_listing(request.user, request.GET.dict(), today)
    return excel_response([activities_sheet(listing)], f"กิจกรรมตามแผน {long_date(today)}")


def activities_sheet(listing: ActivityListing) -> ExportSheet[ListedActivity]:
    """In the order of the list."""
    return ExportSheet(
        name="กิจกรรมตามแผน",
        title="กิจกรรมตามแผนรายปีงบประมาณ",
        columns=[*_what_and_who(), *_when_and_how_much(), *_what_came()],
        rows=list(listing.activities),
        one_row="1 กิจกรรม",
        filters=filters_in_words(listing.form, leave_out=()),
        frozen_columns=2,
    )


def _what_and_who() -> list[ExportColumn[ListedActivity]]:
    return [
        ExportColumn(
            "ปีงบประมาณ", lambda row: row.plan.fiscal_year, "1 ต.ค. – 30 ก.ย.", CellKind.WHOLE
        ),
        ExportColumn("กิจกรรม", lambda row: row.title, "ชื่อกิจกรรม", CellKind.LONG_TEXT, source=PLAN),
        ExportColumn("ลักษณะ", lambda row: row.get_kind_display(), "ตามกระบวนงาน P1 ขั้นที่ 4"),
        ExportColumn("โครงการ", lambda row: row.project, "ว่างเมื่อไม่ใช้โครงการเป็นฐาน"),
        ExportColumn(
            "งานตามคู่มือ",
            lambda row: str(row.subject),
            "กลุ่มงาน 4.1 หรืองาน 4.2–4.7",
            CellKind.LONG_TEXT,
        ),
        ExportColumn("วัตถุประสงค์", lambda row: row.objective, "ของกิจกรรม", CellKind.LONG_TEXT),
        ExportColumn("ผู้รับผิดชอบ", lambda row: str(row.owner), "เจ้าของกิจกรรม"),
        ExportColumn(
            "โรงเรียนเป้าหมาย",
            lambda row: row.school_count,
            "จำนวนโรงเรียนที่เลือก",
            CellKind.WHOLE,
            "โรงเรียน",
        ),
        ExportColumn("กลุ่มเป้าหมายอื่น", lambda row: row.target_text, "ที่ไม่ใช่ทั้งโรงเรียน"),
    ]


def _when_and_how_much() -> list[ExportColumn[ListedActivity]]:
    return [
        ExportColumn("ตั้งแต่วันที่", lambda row: row.starts_on, "วันแรก", CellKind.DATE),
        ExportColumn("ถึงวันที่", lambda row: row.ends_on, "วันสุดท้าย", CellKind.DATE),
        ExportColumn(
            "งบประมาณที่ตั้งไว้",
            lambda row: row.budget_planned,
            "0 คือไม่ใช้งบประมาณ",
            CellKind.DECIMAL,
            "บาท",
        ),
        ExportColumn(
            "งบประมาณที่ใช้",
            lambda row: row.budget_spent,
            "ว่างเมื่อยังไม่บันทึก",
            CellKind.DECIMAL,
            "บาท",
        ),
    ]


def _what_came() -> list[ExportColumn[ListedActivity]]:
    return [
        ExportColumn("สถานะ", lambda row: row.get_state_display(), "สถานะของกิจกรรม"),
        ExportColumn(
            "ความก้าวหน้า",
            lambda row: row.percent,
            "ตามการบันทึกครั้งสุดท้าย",
            CellKind.WHOLE,
            "ร้อยละ",
        ),
        ExportColumn("ผลการดำเนินการ", lambda row: row.result, "ตามที่บันทึก", CellKind.LONG_TEXT),
        ExportColumn("ปัญหาและอุปสรรค", lambda row: row.problems, "ตามที่บันทึก", CellKind.LONG_TEXT),
        ExportColumn("สิ่งที่ได้เรียนรู้", lambda row: row.lessons, "ตามที่บันทึก", CellKind.LONG_TEXT),
        sample_column(lambda row: row.plan.is_sample),
    ]
