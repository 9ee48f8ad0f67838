"""The register of agreements as an Excel file: each school with its version and days."""

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import excel_response, filters_in_words, sample_column, school_columns
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.registry.school_lists import NO_CLUSTER
from supervision.quality_drive.agreements.register import (
    AgreementRegister,
    AgreementRow,
    load_agreement_register,
)
from supervision.quality_drive.agreements.register_pages import get_drive_or_404

SOURCE = "บันทึกข้อตกลงของการขับเคลื่อน"


def agreements_export(request: SignedInRequest, year: int) -> HttpResponse:
    """The register with the filters of the screen."""
    require(request.user, Permission.VIEW_AREA)
    drive, today = get_drive_or_404(request, year), timezone.localdate()
    register = load_agreement_register(request.user, drive, request.GET.dict(), today)
    return excel_response([agreements_sheet(register)], f"บันทึกข้อตกลง ปีการศึกษา {year}")


def agreements_sheet(register: AgreementRegister) -> ExportSheet[AgreementRow]:
    """The schools that the filters leave, in the order of the screen."""
    return ExportSheet(
        name="บันทึกข้อตกลง",
        title="ทะเบียนบันทึกข้อตกลงการพัฒนาคุณภาพการศึกษา",
        columns=_columns(),
        rows=register.shown,
        one_row="1 โรงเรียน",
        period=f"ปีการศึกษา {register.drive.academic_year}",
        filters=filters_in_words(register.form),
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[AgreementRow]]:
    return [
        *school_columns(lambda row: row.school, lambda row: row.school.cluster_name or NO_CLUSTER),
        ExportColumn("สถานะ", lambda row: row.word, "สถานะของฉบับล่าสุด", source=SOURCE),
        ExportColumn(
            "ฉบับที่",
            lambda row: row.current.version if row.current else None,
            "ฉบับล่าสุดที่ไม่ยกเลิก",
            CellKind.WHOLE,
            source=SOURCE,
        ),
        ExportColumn(
            "ฉบับที่ใช้อยู่",
            lambda row: row.in_force.version if row.in_force else None,
            "ฉบับที่ลงนามครบทั้งสองฝ่าย ว่างเมื่อยังไม่มี",
            CellKind.WHOLE,
            source=SOURCE,
        ),
        ExportColumn(
            "โรงเรียนลงนามเมื่อ",
            lambda row: row.current.school_signed_at if row.current else None,
            "วันที่ผู้อำนวยการโรงเรียนลงนามฉบับล่าสุด",
            CellKind.DATE,
            source=SOURCE,
        ),
        ExportColumn(
            "ลงนามครบเมื่อ",
            lambda row: row.in_force.signed_at if row.in_force else None,
            "วันที่ผู้อำนวยการสำนักงานเขตพื้นที่ลงนามฉบับที่ใช้อยู่",
            CellKind.DATE,
            source=SOURCE,
        ),
        sample_column(lambda row: row.current is not None and row.current.is_sample),
    ]
