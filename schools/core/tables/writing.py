"""Excel files that people fill in and send back: text stays text, never a number, formula or link.

What the portal hands out to be read and printed is written by export_workbook.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_COLUMN_WIDTH = 40
FILLED_IN_ROWS = 1_000  # rows of a sheet to fill in that offer their choices

ExcelValue = str | int | float | Decimal | None
ExcelRow = Mapping[str, ExcelValue]

_FONT = {"font_name": "Sarabun", "font_size": 11, "valign": "top"}
_FORMATS = {
    "head": {
        **_FONT,
        "valign": "vcenter",
        "align": "center",
        "bold": True,
        "border": 1,
        "bg_color": "#E6EEFB",
        "text_wrap": True,
    },
    "text": {**_FONT, "num_format": "@"},  # Excel leaves codes and dates typed there alone
    "wrapped": {**_FONT, "num_format": "@", "text_wrap": True},
    "number": _FONT,
}


def open_workbook(stream: BytesIO) -> "Workbook":
    """A new workbook; it is finished when it is closed.

    xlsxwriter weighs 20 MB, so it is loaded with the first workbook that a process writes.
    """
    from xlsxwriter import Workbook

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return Workbook(stream, options)


@dataclass(frozen=True)
class ExcelColumn:
    """One column of a table: its heading, and how its cells are kept.

    Columns that follow each other with the same `group` share a heading above their own.
    `width` is in characters. `choices` are offered to who fills the table in; what people
    write otherwise is understood when it is read, or named as a problem.
    """

    label: str
    width: float = 14
    is_number: bool = False
    wraps: bool = False
    choices: Sequence[str] = ()
    group: str = ""

    @property
    def format_name(self) -> str:
        if self.is_number:
            return "number"
        return "wrapped" if self.wraps else "text"


class ExcelWriter:
    """A workbook while it is written, sheet by sheet."""

    def __init__(self) -> None:
        self._stream = BytesIO()
        self._book = open_workbook(self._stream)
        self._formats = {name: self._book.add_format(look) for name, look in _FORMATS.items()}

    def content(self) -> bytes:
        """The finished file; nothing can be added afterwards."""
        self._book.close()
        return self._stream.getvalue()

    def add_table(
        self,
        name: str,
        columns: Sequence[ExcelColumn],
        rows: Iterable[Sequence[ExcelValue]] = (),
        *,
        frozen_columns: int = 0,
    ) -> None:
        """A sheet of one table; its heading stays in sight, two lines deep where columns group."""
        sheet = self._book.add_worksheet(name)
        depth = 2 if any(column.group for column in columns) else 1
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width, self._formats[column.format_name])
            self._write_label(sheet, at, column, depth)
            if column.choices:
                self._offer_choices(sheet, at, column.choices, depth)
        self._write_groups(sheet, columns)
        for line, row in enumerate(rows, start=depth):
            for at, value in enumerate(row):
                self._write_cell(sheet, line, at, value, columns[at])
        sheet.freeze_panes(depth, frozen_columns)

    def add_labelled_values(self, name: str, values: Mapping[str, str]) -> None:
        """A sheet about one thing, in two columns: the name of each value, and the value."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 80, self._formats["wrapped"])
        for line, (label, value) in enumerate(values.items()):
            sheet.write_string(line, 0, label, self._formats["head"])
            sheet.write_string(line, 1, value, self._formats["wrapped"])

    def add_text(self, name: str, lines: Iterable[str]) -> None:
        """A sheet to be read: one paragraph a line."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 110, self._formats["wrapped"])
        for line, text in enumerate(lines):
            sheet.write_string(line, 0, text, self._formats["wrapped"])

    def _write_label(self, sheet: "Worksheet", at: int, column: ExcelColumn, depth: int) -> None:
        if depth == 2 and not column.group:
            sheet.merge_range(0, at, 1, at, column.label, self._formats["head"])
        else:
            sheet.write_string(depth - 1, at, column.label, self._formats["head"])

    def _write_groups(self, sheet: "Worksheet", columns: Sequence[ExcelColumn]) -> None:
        first = 0
        for at, column in enumerate(columns):
            following = columns[at + 1].group if at + 1 < len(columns) else ""
            if following != column.group:
                self._write_group(sheet, first, at, column.group)
                first = at + 1

    def _write_group(self, sheet: "Worksheet", first: int, last: int, group: str) -> None:
        if group and first < last:
            sheet.merge_range(0, first, 0, last, group, self._formats["head"])
        elif group:
            sheet.write_string(0, first, group, self._formats["head"])

    def _offer_choices(
        self, sheet: "Worksheet", at: int, choices: Sequence[str], depth: int
    ) -> None:
        offer = {"validate": "list", "source": list(choices), "error_type": "warning"}
        sheet.data_validation(depth, at, FILLED_IN_ROWS, at, offer | {"ignore_blank": True})

    def _write_cell(
        self, sheet: "Worksheet", line: int, at: int, value: ExcelValue, column: ExcelColumn
    ) -> None:
        if isinstance(value, str):
            name = "wrapped" if column.wraps else "text"
            sheet.write_string(line, at, value, self._formats[name])
        elif value is not None:
            sheet.write_number(line, at, float(value), self._formats["number"])


def single_sheet_workbook(rows: Sequence[ExcelRow], *, sheet: str) -> bytes:
    """An .xlsx of one sheet with a heading row; the first row names its columns, in order."""
    writer, labels = ExcelWriter(), list(rows[0]) if rows else []
    columns = [_column_that_fits(label, [row[label] for row in rows]) for label in labels]
    writer.add_table(sheet, columns, [[row[label] for label in labels] for row in rows])
    return writer.content()


def _column_that_fits(label: str, values: Sequence[ExcelValue]) -> ExcelColumn:
    texts = ["" if value is None else str(value) for value in values]
    width = max(len(text) for text in (label, *texts)) + 2
    is_number = any(not isinstance(value, str | None) for value in values)
    return ExcelColumn(label, min(width, MAX_COLUMN_WIDTH), is_number)
