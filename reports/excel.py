"""The only writer of Excel files; pandas weighs 60 MB, so who does not export does not pay."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pandas as pd

WIDEST = 40
Row = Mapping[str, str | int | float | None]


def workbook(rows: Sequence[Row], *, sheet: str) -> bytes:
    """An .xlsx of one sheet with a heading row."""
    return workbook_of({sheet: rows})


def workbook_of(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """An .xlsx of several sheets by name; text stays text, never a formula."""
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(content, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for sheet, rows in sheets.items():
            table = pd.DataFrame(rows)
            table.to_excel(writer, sheet_name=sheet, index=False, freeze_panes=(1, 0))
            for at, name in enumerate(table.columns):
                width = max([len(name), *table[name].astype(str).str.len()])
                writer.sheets[sheet].set_column(at, at, min(width + 2, WIDEST))
    return content.getvalue()
