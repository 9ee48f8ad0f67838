"""Tables as CSV for programs that analyse them: UTF-8 with a mark, so that Excel reads Thai.

A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises
(CSV Injection). Days are ISO in the Common Era and figures plain, for programs to read.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from schools.core.tables.export_table import ExportColumn, ExportRow, ExportValue
from schools.core.thai import BANGKOK

BYTE_ORDER_MARK = "\ufeff"
# Full-width signs count too: some spreadsheets read them as the plain ones.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """What csv writes to: it gives each line back."""

    def write(self, text: str) -> str:
        return text


def csv_lines(
    columns: Sequence[ExportColumn[ExportRow]], rows: Iterable[ExportRow]
) -> Iterator[str]:
    """The headings, then a line for each row as it comes; nothing is kept."""
    writer: Any = csv.writer(_Line(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow([column.label for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(column.cell(row)) for column in columns])


def _csv_cell(value: ExportValue) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    if isinstance(value, datetime):
        return value.astimezone(BANGKOK).isoformat(sep=" ", timespec="minutes")[:16]
    return value.isoformat() if isinstance(value, date) else str(value)
