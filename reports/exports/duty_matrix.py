"""The duty matrix as an Excel file: what its page shows, a row an officer."""

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import excel_response
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date
from supervision.assignments.matrix import DutyMatrix, MatrixRow, load_duty_matrix

ORDERS = "คำสั่งและตำแหน่ง"


def duty_matrix_export(request: SignedInRequest) -> HttpResponse:
    """The matrix with the day and the side of the screen."""
    require(request.user, Permission.VIEW_AREA)
    matrix = load_duty_matrix(request.GET.dict(), timezone.localdate())
    return excel_response([duty_matrix_sheet(matrix)], f"ตารางหน้าที่ตาม{matrix.side.label}")


def duty_matrix_sheet(matrix: DutyMatrix) -> ExportSheet[MatrixRow]:
    label = matrix.side.label
    return ExportSheet(
        name="ตารางหน้าที่",
        title=f"ตารางหน้าที่ตาม{label}",
        columns=[
            ExportColumn("ผู้ปฏิบัติ", lambda row: row.holder, "ผู้มีหน้าที่ในวันที่เลือก", source=ORDERS),
            ExportColumn("ตำแหน่ง", lambda row: row.post, "ว่างเมื่อชื่อเป็นตำแหน่งแล้ว", source=ORDERS),
            *[_column(at, column.label, label) for at, column in enumerate(matrix.columns)],
        ],
        rows=matrix.rows,
        one_row="ผู้ปฏิบัติ 1 คน",
        period=f"ณ วันที่ {long_date(matrix.day)}",
        frozen_columns=1,
    )


def _column(at: int, name: str, label: str) -> ExportColumn[MatrixRow]:
    return ExportColumn(
        name,
        lambda row: row.cells[at].in_words,
        f"หน้าที่ใน{label}นี้ พร้อมคำสั่งและข้อ",
        CellKind.LONG_TEXT,
        source=ORDERS,
    )
