"""The ledger of recommendations as an Excel file."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import (
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
from supervision.improvement.ledger import (
    LedgerEntry,
    LedgerFilter,
    LedgerView,
    ReportedRecommendation,
    search_ledger,
)

STEP_6 = "ขั้นที่ 6"
ONLY_CLOSED = "ไม่มีข้อที่ยังไม่ปิดตามที่ค้นหา จึงแสดงข้อที่ปิดแล้ว"


@dataclass(frozen=True)
class LedgerExportRow:
    """One recommendation as the ledger lists it, with its school's cluster on that day."""

    recommendation: ReportedRecommendation
    cluster: str
    today: date

    @property
    def entry(self) -> LedgerEntry:
        return LedgerEntry(self.recommendation, self.today)

    @property
    def days_late(self) -> int | None:
        return (self.today - self.recommendation.due_on).days if self.entry.is_late else None


def ledger_export(request: SignedInRequest) -> HttpResponse:
    """The ledger with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today, form = timezone.localdate(), LedgerFilter(request.GET, reader=request.user)
    form.is_valid()
    found = search_ledger(request.user, form, today)
    filters = filters_in_words(form, leave_out=(), usual={"show": LedgerView.OPEN})
    if found.only_closed:
        filters = f"{filters} ({ONLY_CLOSED})"
    sheet = ledger_sheet(found.rows, today, period="", filters=filters)
    return excel_response([sheet], f"ข้อเสนอแนะ {long_date(today)}")


def ledger_sheet(
    recommendations: QuerySet[ReportedRecommendation], today: date, period: str, filters: str
) -> ExportSheet[LedgerExportRow]:
    """These recommendations in their order, as they stand today."""
    clusters = clusters_by_school(today)
    return ExportSheet(
        name="ข้อเสนอแนะ",
        title="ทะเบียนข้อเสนอแนะ",
        columns=_columns(),
        rows=[
            LedgerExportRow(one, clusters.get(one.school_id, ""), today)
            for one in recommendations.select_related("indicator__standard__indicator_set")
        ],
        one_row="1 ข้อเสนอแนะที่โรงเรียนเห็นชอบแล้ว ที่ได้จากการประเมินภายนอก หรือจากการขับเคลื่อนคุณภาพ",
        period=period,
        filters=filters,
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[LedgerExportRow]]:
    return [
        *school_columns(lambda row: row.recommendation.school, lambda row: row.cluster),
        ExportColumn(
            "ที่มา",
            lambda row: row.recommendation.get_origin_display(),
            "การนิเทศของกลุ่มนิเทศฯ การประเมินภายนอก หรือการขับเคลื่อนคุณภาพ",
        ),
        ExportColumn("ภาคเรียน", _term, "ภาคเรียนที่ให้ข้อเสนอแนะ ว่างเมื่อไม่ได้มาจากการนิเทศ"),
        round_number_column(lambda row: row.recommendation.round),
        ExportColumn(
            "รายละเอียดของที่มา",
            _origin_detail,
            "การประเมินภายนอกที่ให้ไว้ หรือบันทึกข้อตกลงหรือการนิเทศแบบพี่เลี้ยงของการขับเคลื่อน ว่างเมื่อมาจากการนิเทศ",
        ),
        *_advice_columns(),
        *_progress_columns(),
        sample_column(lambda row: row.recommendation.is_sample),
    ]


def _advice_columns() -> list[ExportColumn[LedgerExportRow]]:
    return [
        ExportColumn(
            "ข้อเสนอแนะ",
            lambda row: row.recommendation.text,
            "ข้อความที่โรงเรียนเห็นชอบร่วมกัน ที่ผู้ประเมินภายนอกให้ไว้ หรือที่ลงนามในบันทึกข้อตกลง",
            CellKind.LONG_TEXT,
            source=STEP_6,
        ),
        ExportColumn(
            "ตัวชี้วัด", _indicator, "ตัวชี้วัดที่ข้อเสนอแนะกล่าวถึง ว่างเมื่อกล่าวถึงทั้งโรงเรียน", source=STEP_6
        ),
        ExportColumn(
            "ผู้รับผิดชอบ",
            lambda row: row.recommendation.get_assignee_display(),
            "ตำแหน่งที่ต้องดำเนินการ",
            source=STEP_6,
        ),
        ExportColumn("กำหนดเสร็จ", lambda row: row.recommendation.due_on, "วันสุดท้าย", CellKind.DATE),
        ExportColumn(
            "เห็นชอบเมื่อ",
            lambda row: row.recommendation.agreed_at,
            "วันที่โรงเรียนเห็นชอบ หรือวันที่บันทึกข้อที่ไม่ได้มาจากการนิเทศ",
            CellKind.DATE,
        ),
    ]


def _progress_columns() -> list[ExportColumn[LedgerExportRow]]:
    return [
        ExportColumn(
            "สถานะ",
            lambda row: row.recommendation.get_state_display(),
            "สถานะในทะเบียน",
            source=STEP_6,
        ),
        ExportColumn(
            "เกินกำหนด (วัน)",
            lambda row: row.days_late,
            "จำนวนวันหลังกำหนดเสร็จ เมื่อผู้รับผิดชอบยังไม่รายงานว่าเสร็จ",
            CellKind.WHOLE,
            unit="วัน",
        ),
        ExportColumn(
            "รายงานแล้ว (ครั้ง)",
            lambda row: row.recommendation.report_count,
            "จำนวนรายงานความก้าวหน้า",
            CellKind.WHOLE,
            unit="ครั้ง",
        ),
        ExportColumn(
            "รายงานล่าสุด",
            lambda row: row.recommendation.last_reported_at,
            "วันที่รายงานความก้าวหน้าครั้งล่าสุด",
            CellKind.DATE,
        ),
        ExportColumn(
            "ปิดเมื่อ", lambda row: row.recommendation.closed_at, "วันที่ปิดพร้อมหลักฐาน", CellKind.DATE
        ),
        ExportColumn(
            "หลักฐานการดำเนินการ",
            lambda row: row.recommendation.proof,
            "หลักฐานที่ใช้ปิดข้อเสนอแนะ",
            CellKind.LONG_TEXT,
        ),
    ]


def _term(row: LedgerExportRow) -> str:
    round_ = row.recommendation.round
    return str(round_.term) if round_ else ""


def _origin_detail(row: LedgerExportRow) -> str:
    assessment = row.recommendation.external_assessment
    return assessment.title if assessment else row.recommendation.origin_detail


def _indicator(row: LedgerExportRow) -> str:
    indicator = row.recommendation.indicator
    return f"{indicator.standard.label} ข้อ {indicator}" if indicator else ""
