"""Reads the Excel files that the portal hands out, as a program of another office would."""

from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineWorkbook

from schools.core.tables.export_workbook import HEAD_LINES


@dataclass(frozen=True)
class ExportedTable:
    """One sheet: the lines above the table, its headings, and each row by heading."""

    head: list[str]
    headings: list[str]
    rows: list[dict]

    def column(self, heading: str) -> list:
        return [row[heading] for row in self.rows]


def exported_tables(response) -> dict[str, ExportedTable]:
    """The sheets of an Excel file by name."""
    assert response.status_code == 200
    assert ".xlsx" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    workbook = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return {name: _table(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names}


def exported_table(response) -> ExportedTable:
    """The one sheet of an Excel file."""
    [table] = exported_tables(response).values()
    return table


def _table(sheet) -> ExportedTable:
    lines = sheet.to_python(skip_empty_area=False)
    headings = lines[HEAD_LINES]
    rows = [dict(zip(headings, line, strict=True)) for line in lines[HEAD_LINES + 1 :]]
    return ExportedTable([line[0] for line in lines[: HEAD_LINES - 1]], headings, rows)
