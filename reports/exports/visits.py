"""The visits of a term as an Excel file, without classroom observations: those judge a lesson."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import (
    excel_response,
    filters_in_words,
    round_number_column,
    sample_column,
    school_columns,
    term_words,
)
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.visits.enums import KINDS_JUDGING_NO_SCHOOL
from supervision.visits.listing import VisitListing, visit_listing
from supervision.visits.models import Visit

STEP_4 = "ขั้นที่ 4 แบบ 7.3"


@dataclass(frozen=True)
class VisitExportRow:
    """One visit of the list, in its newest version, with the cluster that the list shows."""

    visit: Visit
    cluster: str

    @property
    def team(self) -> str:
        return ", ".join(str(person) for person in self.visit.team.all())


def visits_export(request: SignedInRequest) -> HttpResponse:
    """The visits of a term with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    listing = visit_listing(request.user, request.GET.dict(), timezone.localdate())
    if listing is None:
        raise Http404
    return excel_response([visits_sheet(listing)], f"การนิเทศ {term_words(listing.term)}")


def visits_sheet(listing: VisitListing) -> ExportSheet[VisitExportRow]:
    """The visits that the filters leave, in the order of the screen."""
    visits = listing.visits.exclude(kind__in=KINDS_JUDGING_NO_SCHOOL).prefetch_related("team")
    return ExportSheet(
        name="การนิเทศ",
        title="การนิเทศ ติดตาม และประเมินผล (ไม่รวมการสังเกตชั้นเรียนและการให้คำปรึกษา)",
        columns=_columns(),
        rows=[_row(listing, visit) for visit in visits],
        one_row="1 ครั้งที่นิเทศ",
        period=term_words(listing.term),
        filters=filters_in_words(listing.form),
        frozen_columns=3,
    )


def _row(listing: VisitListing, visit: Visit) -> VisitExportRow:
    school = listing.schools[visit.round.school_id]
    return VisitExportRow(visit, school.cluster_name or NO_CLUSTER)


def _columns() -> list[ExportColumn[VisitExportRow]]:
    return [
        *school_columns(lambda row: row.visit.round.school, lambda row: row.cluster),
        round_number_column(lambda row: row.visit.round),
        *_plan_columns(),
        *_record_columns(),
        sample_column(lambda row: row.visit.round.is_sample),
    ]


def _plan_columns() -> list[ExportColumn[VisitExportRow]]:
    return [
        ExportColumn("ครั้งที่", lambda row: row.visit.number, "ครั้งที่ของรอบ", CellKind.WHOLE),
        ExportColumn("วันที่นิเทศ", lambda row: row.visit.visit_on, "วันที่นัดหรือไป", CellKind.DATE),
        ExportColumn("เวลา", lambda row: row.visit.times, "ว่างเมื่อนัดเพียงวัน"),
        ExportColumn(
            "นอกภาคเรียน",
            lambda row: "ใช่" if row.visit.is_outside_term else "",
            "วันที่นิเทศอยู่นอกวันเปิดและปิดภาคเรียน แต่นับเป็นของภาคเรียนนี้",
        ),
        ExportColumn(
            "ประเภท", lambda row: row.visit.get_kind_display(), "ประเภทการนิเทศ", source=STEP_4
        ),
        ExportColumn(
            "รูปแบบ", lambda row: row.visit.get_mode_display(), "รูปแบบการนิเทศ", source=STEP_4
        ),
        ExportColumn(
            "เรื่องที่นิเทศ",
            lambda row: row.visit.purpose,
            "เรื่องตามนัดหมาย",
            CellKind.LONG_TEXT,
            source=STEP_4,
        ),
        ExportColumn(
            "หัวหน้าคณะนิเทศ", lambda row: str(row.visit.leader), "ผู้ลงนามบันทึก", source=STEP_4
        ),
        ExportColumn(
            "ผู้ร่วมนิเทศ", lambda row: row.team, "คณะนิเทศ", CellKind.LONG_TEXT, source=STEP_4
        ),
    ]


def _record_columns() -> list[ExportColumn[VisitExportRow]]:
    return [
        ExportColumn(
            "สถานะ", lambda row: row.visit.get_state_display(), "สถานะของบันทึก", source=STEP_4
        ),
        ExportColumn(
            "แก้ไขบันทึก (ครั้ง)",
            lambda row: row.visit.version - 1,
            "จำนวนครั้งที่ออกฉบับแก้ไขของบันทึก",
            CellKind.WHOLE,
            unit="ครั้ง",
        ),
        ExportColumn(
            "ลงนามเมื่อ", lambda row: row.visit.signed_at, "วันที่ศึกษานิเทศก์ลงนาม", CellKind.DATE
        ),
        ExportColumn(
            "รับทราบเมื่อ", lambda row: row.visit.acknowledged_at, "วันที่โรงเรียนรับทราบ", CellKind.DATE
        ),
    ]
