"""The circumstances of schools as an Excel file, with the filters of the screen."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import (
    excel_response,
    filters_in_words,
    sample_column,
    school_columns,
)
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date
from supervision.profiles.circumstances.listing import (
    CircumstancesListing,
    CircumstancesRow,
    circumstances_listing,
)
from supervision.profiles.circumstances.queries import FactLine

RECORDED = "ข้อมูลบริบทและโครงการของโรงเรียน"


def circumstances_export(request: SignedInRequest) -> HttpResponse:
    """The list of the area, for the office."""
    require(request.user, Permission.VIEW_AREA)
    listing = circumstances_listing(request.user, request.GET.dict(), timezone.localdate())
    return excel_response([circumstances_sheet(listing)], f"บริบทโรงเรียน {long_date(listing.day)}")


def circumstances_sheet(listing: CircumstancesListing) -> ExportSheet[CircumstancesRow]:
    """The schools that the filters leave, in the order of the screen."""
    return ExportSheet(
        name="บริบทโรงเรียน",
        title="บริบทและโครงการของโรงเรียน",
        columns=_columns(),
        rows=listing.rows,
        one_row="1 โรงเรียน",
        period=f"ณ วันที่ {long_date(listing.day)}",
        filters=filters_in_words(listing.form, leave_out=("day",)),
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[CircumstancesRow]]:
    return [
        *school_columns(lambda row: row.school, lambda row: row.cluster),
        ExportColumn("ขนาด", lambda row: row.known.size, "ตามเกณฑ์ที่สำนักงานใช้ จากจำนวนนักเรียนล่าสุด"),
        ExportColumn(
            "ขยายโอกาส",
            lambda row: "ใช่" if row.known.teaches_secondary else "",
            "เปิดสอนถึงระดับมัธยมศึกษาตอนต้นตามทะเบียน ว่างเมื่อไม่ใช่หรือทะเบียนไม่ทราบชั้น",
        ),
        ExportColumn(
            "สภาพของโรงเรียน",
            lambda row: _listed(row.known.circumstances),
            "สภาพที่เป็นอยู่ในวันนั้น",
            CellKind.LONG_TEXT,
            source=RECORDED,
        ),
        ExportColumn(
            "โครงการที่เข้าร่วม",
            lambda row: _listed(row.known.projects),
            "โครงการและปีการศึกษา",
            CellKind.LONG_TEXT,
            source=RECORDED,
        ),
        ExportColumn(
            "ครูที่ต้องการ",
            lambda row: _listed(row.known.teachers),
            "วิชาและจำนวน",
            CellKind.LONG_TEXT,
            source=RECORDED,
        ),
        ExportColumn(
            "ตรวจสอบเมื่อ",
            lambda row: row.known.checked_on,
            "วันที่ตรวจครบทุกรายการครั้งล่าสุด ว่างเมื่อยังไม่เคยตรวจ",
            CellKind.DATE,
        ),
        sample_column(lambda row: row.known.is_sample),
    ]


def _listed(lines: Iterable[FactLine]) -> str:
    return "\n".join(line.words for line in lines)
