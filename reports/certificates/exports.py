"""The register of certificates as an Excel file (step 5)."""

from django.http import HttpResponse
from django.utils import timezone

from reports.certificates.models import Certificate
from reports.certificates.pages import CertificateListing, certificate_listing
from reports.exports.files import STEP_5, excel_response, filters_in_words, sample_column
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date


def certificates_export(request: SignedInRequest) -> HttpResponse:
    """The register with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    listing = certificate_listing(request.user, request.GET.dict())
    day = long_date(timezone.localdate())
    return excel_response([certificates_sheet(listing)], f"ทะเบียนคุมเกียรติบัตร {day}")


def certificates_sheet(listing: CertificateListing) -> ExportSheet[Certificate]:
    """The certificates that the filters leave, newest first."""
    return ExportSheet(
        name="ทะเบียนคุมเกียรติบัตร",
        title="ทะเบียนคุมเกียรติบัตร",
        columns=_columns(),
        rows=list(listing.rows.select_related("issued_by")),
        one_row="1 ฉบับ",
        filters=filters_in_words(listing.form, leave_out=()),
        frozen_columns=2,
    )


def _columns() -> list[ExportColumn[Certificate]]:
    return [
        ExportColumn("ปี พ.ศ.", lambda one: one.year, "ปีของเลขที่", CellKind.WHOLE),
        ExportColumn("เลขที่", lambda one: one.number, "เลขในทะเบียนของปีนั้น", CellKind.WHOLE),
        ExportColumn("ให้ไว้แก่", lambda one: one.recipient, "ชื่อโรงเรียนในวันที่ออก"),
        ExportColumn(
            "ชื่อผลงานหรือรางวัล",
            lambda one: one.title,
            "ชื่อผลงานหรือประเภทรางวัลในวันที่ออก",
            CellKind.LONG_TEXT,
            source=STEP_5,
        ),
        ExportColumn("ให้ไว้เพื่อ", lambda one: one.purpose, "วิธีปฏิบัติที่เป็นเลิศ หรือยกย่องเชิดชูเกียรติ"),
        ExportColumn(
            "ระดับหรือปี", lambda one: one.level, "ระดับที่คัดเลือก หรือปีการศึกษาของรางวัล", source=STEP_5
        ),
        ExportColumn("ให้ไว้ ณ วันที่", lambda one: one.given_on, "วันที่ในเกียรติบัตร", CellKind.DATE),
        ExportColumn("สถานะ", lambda one: one.state_word, "ออกแล้ว ยกเลิกแล้ว หรือเพิกถอนรางวัลแล้ว"),
        ExportColumn("ผู้ลงนาม", lambda one: str(one.issued_by), "ผู้ลงนามในเกียรติบัตร"),
        ExportColumn("ลงนามในตำแหน่ง", lambda one: one.issued_as, "ตำแหน่งที่พิมพ์ใต้ลายมือชื่อ"),
        ExportColumn("รหัสตรวจสอบ", lambda one: one.code, "ใช้ตรวจสอบที่หน้าตรวจสอบเอกสารของระบบ"),
        sample_column(lambda one: one.is_sample),
    ]
