"""The good practices of the list as an Excel file (step 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import (
    STEP_5,
    clusters_by_school,
    excel_response,
    filters_in_words,
    round_number_column,
    sample_column,
    school_columns,
)
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date
from supervision.practices.good_practices import PracticeListing, practice_listing
from supervision.practices.queries import PracticeWithReviewCount


@dataclass(frozen=True)
class PracticeExportRow:
    """One good practice with the cluster that its school is in today."""

    practice: PracticeWithReviewCount
    cluster: str


def practices_export(request: SignedInRequest) -> HttpResponse:
    """The good practices with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today = timezone.localdate()
    listing = practice_listing(request.user, request.GET.dict())
    sheet = practices_sheet(listing, clusters_by_school(today))
    return excel_response([sheet], f"วิธีปฏิบัติที่เป็นเลิศ {long_date(today)}")


def practices_sheet(
    listing: PracticeListing, clusters: Mapping[int, str]
) -> ExportSheet[PracticeExportRow]:
    """The practices that the filters leave, newest first."""
    rows = [
        PracticeExportRow(practice, clusters.get(practice.school_id or 0, ""))
        for practice in listing.practices
    ]
    return ExportSheet(
        name="วิธีปฏิบัติที่เป็นเลิศ",
        title="วิธีปฏิบัติที่เป็นเลิศ",
        columns=_columns(),
        rows=rows,
        one_row="1 ผลงาน",
        filters=filters_in_words(listing.form, leave_out=()),
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[PracticeExportRow]]:
    return [
        *school_columns(lambda row: row.practice.school, lambda row: row.cluster),
        ExportColumn(
            "ประเภท",
            lambda row: row.practice.get_kind_display(),
            "ของโรงเรียน หรือวิธีการ สื่อ คู่มือ รูปแบบการนิเทศของกลุ่มนิเทศฯ ซึ่งไม่มีโรงเรียนและรอบ",
        ),
        ExportColumn(
            "งาน",
            lambda row: str(row.practice.work or ""),
            "งานตามขอบข่ายภารกิจ 4.1–4.7 ของผลงานกลุ่มนิเทศฯ",
            CellKind.LONG_TEXT,
        ),
        ExportColumn("ภาคเรียน", lambda row: str(row.practice.nominated_in), "ภาคเรียนที่พบหรือที่เสนอ"),
        round_number_column(lambda row: row.practice.round),
        ExportColumn("ชื่อผลงาน", lambda row: row.practice.title, "ชื่อที่เสนอ", CellKind.LONG_TEXT),
        ExportColumn(
            "สถานะ", lambda row: row.practice.get_state_display(), "สถานะของผลงาน", source=STEP_5
        ),
        ExportColumn(
            "ระดับที่คัดเลือก",
            lambda row: row.practice.get_level_display(),
            "ว่างเมื่อยังไม่ได้รับคัดเลือก",
            source=STEP_5,
        ),
        ExportColumn("คัดเลือกเมื่อ", lambda row: row.practice.selected_at, "วันที่คัดเลือก", CellKind.DATE),
        ExportColumn(
            "ผู้ให้ความเห็น (คน)",
            lambda row: row.practice.review_count,
            "จำนวนผู้ให้ความเห็น",
            CellKind.WHOLE,
            unit="คน",
        ),
        sample_column(lambda row: row.practice.is_sample),
    ]
