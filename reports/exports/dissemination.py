"""The register of dissemination as an Excel file."""

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import excel_response, filters_in_words, sample_column
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date
from supervision.programmes.dissemination.register import (
    DisseminationFilter,
    DisseminationLine,
    register_lines,
)

REGISTER = "ทะเบียนเผยแพร่"


def dissemination_export(request: SignedInRequest) -> HttpResponse:
    """The register with the filters of the screen."""
    require(request.user, Permission.VIEW_AREA)
    form = DisseminationFilter(request.GET)
    lines = register_lines(form)
    sheet = ExportSheet(
        name=REGISTER,
        title=REGISTER,
        columns=_columns(),
        rows=lines,
        one_row="1 รายการเผยแพร่",
        filters=filters_in_words(form, leave_out=()),
        frozen_columns=1,
    )
    return excel_response([sheet], f"{REGISTER} {long_date(timezone.localdate())}")


def _columns() -> list[ExportColumn[DisseminationLine]]:
    return [
        ExportColumn("เผยแพร่เมื่อ", lambda one: one.day, "วันที่ส่งหรือเผยแพร่", CellKind.DATE),
        ExportColumn("ชื่อเรื่อง", lambda one: one.title, "สิ่งที่เผยแพร่", CellKind.LONG_TEXT),
        ExportColumn("ชนิด", lambda one: one.kind_word, "ชนิดของสิ่งที่เผยแพร่"),
        ExportColumn("เผยแพร่ต่อ", lambda one: one.audience_word, "กลุ่มผู้รับ"),
        ExportColumn("ผู้รับ", lambda one: one.receivers, "ผู้รับหรือกลุ่มเป้าหมายตามที่บันทึก"),
        ExportColumn("วิธีเผยแพร่", lambda one: one.channel_word, "ส่งหรือแสดงด้วยวิธีใด"),
        ExportColumn("หนังสือหรือเลขที่", lambda one: one.letter, "ว่างเมื่อไม่มีหนังสือ"),
        ExportColumn("กระบวนงาน", lambda one: one.process, "P1 P2 หรือ P3 ว่างเมื่อไม่ระบุ"),
        ExportColumn("ที่มา", lambda one: one.origin.label, "บันทึกโดยเจ้าหน้าที่ หรือจากระบบ"),
        ExportColumn(
            "สถานะ", lambda one: "ถอนรายการ" if one.is_withdrawn else "", "ว่างเมื่อนับเป็นการเผยแพร่"
        ),
        sample_column(lambda one: one.is_sample),
    ]
