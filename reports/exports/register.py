"""The register of reports as an Excel file (step 7)."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import excel_response, filters_in_words, sample_column
from reports.forms import ReportRegisterFilter
from reports.models import IssuedDocument
from reports.queries import register_rows
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date

STEP_7 = "ขั้นที่ 7"


def report_register_export(request: SignedInRequest) -> HttpResponse:
    """The register with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    day = long_date(timezone.localdate())
    form = ReportRegisterFilter(request.GET)
    documents = form.apply(register_rows(request.user))
    filters = filters_in_words(form, leave_out=())
    sheet = report_register_sheet(documents, period="", filters=filters)
    return excel_response([sheet], f"ทะเบียนรายงาน {day}")


def report_register_sheet(
    documents: QuerySet[IssuedDocument], period: str, filters: str
) -> ExportSheet[IssuedDocument]:
    """These lines of the register in their order."""
    return ExportSheet(
        name="ทะเบียนรายงาน",
        title="ทะเบียนรายงาน",
        columns=_columns(),
        rows=list(documents.select_related("issued_by")),
        one_row="1 ฉบับ",
        period=period,
        filters=filters,
        frozen_columns=1,
    )


def _columns() -> list[ExportColumn[IssuedDocument]]:
    return [
        ExportColumn("เลขที่", lambda one: one.number, "เลขตามทะเบียนของกลุ่มนิเทศฯ", source=STEP_7),
        ExportColumn(
            "ประเภท",
            lambda one: one.title,
            "รายภาคเรียน สรุปรายภาคเรียน ประจำปี หรือการขับเคลื่อน",
            source=STEP_7,
        ),
        ExportColumn("เรื่อง", lambda one: one.subject, "โรงเรียนหรือกลุ่มโรงเรียนและภาคเรียน หรือปีการศึกษา"),
        ExportColumn(
            "ฉบับแก้ไขที่",
            lambda one: one.version - 1 or None,
            "ว่างเมื่อเป็นฉบับแรก",
            CellKind.WHOLE,
        ),
        ExportColumn("สถานะ", lambda one: one.get_state_display(), "สถานะของรายงาน", source=STEP_7),
        ExportColumn(
            "มีฉบับใหม่แทน", lambda one: "ใช่" if one.is_replaced else "", "มีฉบับแก้ไขที่ลงนามแล้วใช้แทน"
        ),
        ExportColumn("ออกเมื่อ", lambda one: one.issued_at, "วันที่ลงนามออกรายงาน", CellKind.DATE),
        ExportColumn("ผู้ลงนาม", lambda one: str(one.issued_by or ""), "ผู้ลงนามออกรายงาน"),
        ExportColumn("ลงนามในตำแหน่ง", lambda one: one.issued_as, "ตำแหน่งที่พิมพ์ใต้ลายมือชื่อ"),
        ExportColumn(
            "รหัสตรวจสอบ",
            lambda one: one.code if one.is_issued else "",
            "ใช้ตรวจสอบเอกสารที่หน้าตรวจสอบของระบบ",
        ),
        sample_column(lambda one: one.is_sample),
    ]
