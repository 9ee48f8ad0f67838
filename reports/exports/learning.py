"""The area's learning results as an Excel file: what the list shows, with its comparison."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import (
    REGISTRY,
    excel_response,
    filters_in_words,
    sample_column,
    school_columns,
)
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet, ExportValue
from schools.core.thai import long_date
from supervision.profiles.learning.comparison import ComparisonRow
from supervision.profiles.learning.list_columns import ColumnPart, ResultColumn
from supervision.profiles.learning.listing import (
    LearningListing,
    SchoolResultRow,
    learning_listing,
)

SOURCE = "ผลการเรียนรู้ที่บันทึกหรือนำเข้า"
TITLE = "ผลการเรียนรู้ของโรงเรียน"


def learning_export(request: SignedInRequest) -> HttpResponse:
    """The list with the filters of the screen; what is withheld there is withheld here."""
    require(request.user, Permission.VIEW_AREA)
    listing = learning_listing(request.user, request.GET.dict())
    sheets: list[ExportSheet[Any]] = [_schools_sheet(listing), _comparison_sheet(listing)]
    return excel_response(sheets, f"{TITLE} {long_date(timezone.localdate())}")


def _schools_sheet(listing: LearningListing) -> ExportSheet[SchoolResultRow]:
    return ExportSheet(
        name="โรงเรียน",
        title=_title(listing),
        period=f"ปีการศึกษา {listing.year}",
        columns=[
            *school_columns(lambda row: row.school, lambda row: row.cluster),
            *(_figure_column(column, at) for at, column in enumerate(listing.columns)),
            sample_column(lambda row: row.is_sample),
        ],
        rows=listing.rows,
        one_row="1 โรงเรียน",
        filters=filters_in_words(listing.form, leave_out=("year", "order")),
        frozen_columns=3,
    )


def _comparison_sheet(listing: LearningListing) -> ExportSheet[ComparisonRow]:
    return ExportSheet(
        name="เปรียบเทียบ",
        title=f"{_title(listing)} เปรียบเทียบ",
        period=f"ปีการศึกษา {listing.year}",
        columns=[
            ExportColumn(
                "กลุ่ม", lambda row: row.label, "กลุ่มโรงเรียน เขตพื้นที่ หรือค่าที่ประกาศ", source=REGISTRY
            ),
            ExportColumn(
                "นับจาก", lambda row: row.note, "โรงเรียนที่นับ และที่ไม่นับเพราะมีผู้เข้าสอบน้อยกว่า 3 คน"
            ),
            *(_figure_column(column, at) for at, column in enumerate(listing.columns)),
        ],
        rows=listing.comparison,
        one_row="1 กลุ่ม",
        frozen_columns=1,
    )


def _title(listing: LearningListing) -> str:
    return f"{TITLE} {listing.kind or ''} {listing.title}"


def _figure_column(column: ResultColumn, at: int) -> ExportColumn[Any]:
    is_count = column.part == ColumnPart.TESTED
    return ExportColumn(
        column.label,
        _value_at(at),
        f"{column.part.label} {column.subject.label}",
        CellKind.WHOLE if is_count else CellKind.DECIMAL,
        unit="คน" if is_count else "",
        source=SOURCE,
    )


def _value_at(at: int) -> Callable[[SchoolResultRow | ComparisonRow], ExportValue]:
    return lambda row: row.cells[at].value
