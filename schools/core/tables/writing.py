"""The only writer of Excel files; pandas weighs 60 MB, so who does not export does not pay."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pandas as pd

MAX_COLUMN_WIDTH = 40
ExcelRow = Mapping[str, str | int | float | None]


def single_sheet_workbook(rows: Sequence[ExcelRow], *, sheet: str) -> bytes:
    """An .xlsx of one sheet with a heading row."""
    return multi_sheet_workbook({sheet: rows})


def multi_sheet_workbook(sheets: Mapping[str, Sequence[ExcelRow]]) -> bytes:
    """An .xlsx of several sheets by name; text stays text, never a formula."""
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(content, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for sheet, rows in sheets.items():
            table = pd.DataFrame(rows)
            table.to_excel(writer, sheet_name=sheet, index=False, freeze_panes=(1, 0))
            for at, name in enumerate(table.columns):
                width = max([len(name), *table[name].astype(str).str.len()])
                writer.sheets[sheet].set_column(at, at, min(width + 2, MAX_COLUMN_WIDTH))
    return content.getvalue()
