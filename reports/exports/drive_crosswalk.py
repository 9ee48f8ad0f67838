"""The crosswalk as an Excel file: what each indicator in use answers."""

from django.http import HttpResponse

from reports.exports.files import excel_response, filters_in_words, sample_column
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from supervision.quality_drive.crosswalk.lines import CrosswalkRow
from supervision.quality_drive.crosswalk.table_pages import CrosswalkTable, load_crosswalk_table

CROSSWALK = "ตารางเทียบตัวชี้วัด"


def crosswalk_export(request: SignedInRequest) -> HttpResponse:
    """The table with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    table = load_crosswalk_table(request.GET.dict())
    return excel_response([crosswalk_sheet(table)], CROSSWALK)


def crosswalk_sheet(table: CrosswalkTable) -> ExportSheet[CrosswalkRow]:
    """The indicators that the filters leave, in the order of the screen."""
    return ExportSheet(
        name=CROSSWALK,
        title="ตารางเทียบตัวชี้วัดกับด้านคุณภาพ มาตรฐานการศึกษา และจุดเน้น",
        columns=_columns(),
        rows=table.rows,
        one_row="1 ตัวชี้วัด",
        period=f"จุดเน้นของปีงบประมาณ {table.crosswalk.fiscal_year}",
        filters=filters_in_words(table.form),
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[CrosswalkRow]]:
    return [
        ExportColumn(
            "ชุดตัวชี้วัด",
            lambda row: str(row.indicator.standard.indicator_set),
            "ชุดและฉบับที่ใช้อยู่",
        ),
        ExportColumn("เลขที่", lambda row: row.indicator.code, "เลขที่ของตัวชี้วัด"),
        ExportColumn("ตัวชี้วัด", lambda row: row.indicator.text, "ข้อความ", CellKind.LONG_TEXT),
        ExportColumn("ด้านคุณภาพ", lambda row: row.dimension, "ด้านที่ตอบ", source=CROSSWALK),
        ExportColumn(
            "มาตรฐานการศึกษา",
            lambda row: "\n".join(str(one) for one in row.answers.standards),
            "มาตรฐานตามประกาศที่ตอบ",
            CellKind.LONG_TEXT,
            source=CROSSWALK,
        ),
        ExportColumn(
            "จุดเน้น",
            lambda row: "\n".join(str(one) for one in row.answers.focuses),
            "จุดเน้นของปีที่ตอบ",
            CellKind.LONG_TEXT,
            source="จุดเน้นและนโยบายของปี",
        ),
        ExportColumn(
            "หมายเหตุ",
            lambda row: row.answers.line.note if row.answers.line else "",
            "หมายเหตุของสำนักงาน",
            CellKind.LONG_TEXT,
        ),
        sample_column(lambda row: row.is_sample),
    ]
