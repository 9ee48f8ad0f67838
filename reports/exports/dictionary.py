"""The dictionary of an exported workbook: what each column of each sheet means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet

UNIT_BY_KIND = {
    CellKind.DATE: "วันที่ (แสดงเป็น พ.ศ.)",
    CellKind.MOMENT: "วันที่และเวลา (แสดงเป็น พ.ศ.)",
    CellKind.TEXT: "ข้อความ",
    CellKind.LONG_TEXT: "ข้อความ",
}


@dataclass(frozen=True)
class DictionaryRow:
    """One column of one sheet."""

    sheet: ExportSheet[Any]
    column: ExportColumn[Any]

    @property
    def unit(self) -> str:
        return self.column.unit or UNIT_BY_KIND.get(self.column.kind, "ตัวเลข")


def dictionary_sheet(sheets: Sequence[ExportSheet[Any]]) -> ExportSheet[DictionaryRow]:
    """Every column of these sheets, in their order."""
    return ExportSheet(
        name="พจนานุกรมข้อมูล",
        title="พจนานุกรมข้อมูล",
        columns=[
            ExportColumn("แผ่นงาน", lambda row: row.sheet.name, "ชื่อแผ่นงาน"),
            ExportColumn("คอลัมน์", lambda row: row.column.label, "หัวคอลัมน์", CellKind.LONG_TEXT),
            ExportColumn("ความหมาย", lambda row: row.column.meaning, "วิธีอ่าน", CellKind.LONG_TEXT),
            ExportColumn("หน่วย", lambda row: row.unit, "หน่วยหรือชนิดของข้อมูล"),
            ExportColumn("ที่มา", lambda row: row.column.source, "หน้าจอหรือขั้นที่ข้อมูลมาจาก"),
        ],
        rows=[DictionaryRow(sheet, column) for sheet in sheets for column in sheet.columns],
        one_row="1 คอลัมน์",
        frozen_columns=2,
    )
