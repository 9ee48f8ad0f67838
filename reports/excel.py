"""The only writer of Excel files; pandas weighs 60 MB, so who does not export does not pay."""

from collections.abc import Sequence
from io import BytesIO

import pandas as pd

WIDEST = 40


def workbook(rows: Sequence[dict[str, str]], *, sheet: str) -> bytes:
    """An .xlsx of one sheet with a heading row; text stays text, never a formula."""
    table = pd.DataFrame(rows)
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(content, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        table.to_excel(writer, sheet_name=sheet, index=False, freeze_panes=(1, 0))
        for at, name in enumerate(table.columns):
            width = max([len(name), *table[name].str.len()])
            writer.sheets[sheet].set_column(at, at, min(width + 2, WIDEST))
    return content.getvalue()
