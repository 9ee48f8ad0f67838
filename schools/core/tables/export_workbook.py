"""Excel files that an office files and prints: a head block, a table, and pages of A4.

Text stays text, whatever it begins with; days and figures are real ones, to sort and to reckon
with. Excel keeps days in the Common Era and shows them here in the Buddhist Era.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet, ExportValue
from schools.core.tables.writing import open_workbook
from schools.core.thai import BANGKOK, local_day, long_date, printed_width, short_time

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEAD_LINES = 5  # title, office and time, filters, what is counted, and an empty line
A4 = 9  # as Excel numbers papers

# Widths in characters of Excel's own font; TH Sarabun New of 14 points is a little wider.
CHARACTER_WIDTH = 1.1
FILTER_BUTTON_WIDTH = 3
MIN_WIDTH, MAX_WIDTH, LONG_TEXT_WIDTH, MAX_HEADING_WIDTH = 8, 44, 60, 20
PAGE_WIDTH = 300  # what one page of A4 across can show in letters that people can read
LINE_HEIGHT, TITLE_HEIGHT = 21, 28  # in points; not every program finds heights by itself
MOST_LINES_OF_ROW = 19  # no row of Excel is higher
DAY_WIDTHS = {CellKind.DATE: 14, CellKind.MOMENT: 20}

_FONT = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top"}
# Latin digits (01), Buddhist calendar (07), Thai (041E): 18 พ.ย. 2569.
_THAI_DATE = "[$-107041E]d mmm yyyy"
_FORMATS: dict[str, dict[str, Any]] = {
    "title": _FONT | {"font_size": 18, "bold": True},
    "line": _FONT,
    "heading": _FONT
    | {
        "bold": True,
        "valign": "vcenter",
        "align": "center",
        "text_wrap": True,
        "border": 1,
        "bg_color": "#E6EEFB",
    },
    "text": _FONT
    | {"num_format": "@", "border": 1, "text_wrap": True, "align": "left", "indent": 1},
    CellKind.WHOLE: _FONT | {"num_format": "0", "border": 1},
    CellKind.DECIMAL: _FONT | {"num_format": "0.00", "border": 1},
    CellKind.DATE: _FONT | {"num_format": _THAI_DATE, "border": 1, "align": "right"},
    CellKind.MOMENT: _FONT | {"num_format": f"{_THAI_DATE} hh:mm", "border": 1, "align": "right"},
}


@dataclass(frozen=True)
class ExportStamp:
    """Whose figures a file holds, and when they were so."""

    office: str
    at: datetime

    def line(self, period: str) -> str:
        as_of = f"ข้อมูล ณ วันที่ {long_date(self.at)} เวลา {short_time(self.at)}"
        return " · ".join(filter(None, (self.office, period, as_of)))


def export_workbook(sheets: Iterable[ExportSheet[Any]], stamp: ExportStamp) -> bytes:
    """An .xlsx of these tables, one a sheet."""
    stream = BytesIO()
    book = open_workbook(stream)
    formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
    for sheet in sheets:
        _SheetWriter(book.add_worksheet(sheet.name), formats).write(sheet, stamp)
    book.close()
    return stream.getvalue()


@dataclass(frozen=True)
class _SheetWriter:
    """One sheet while it is written."""

    page: "Worksheet"
    formats: dict[str, "Format"]

    def write(self, sheet: ExportSheet[Any], stamp: ExportStamp) -> None:
        self._write_head(sheet, stamp)
        rows = list(sheet.cells())
        widths = self._write_headings(sheet, rows)
        for line, row in enumerate(rows, start=HEAD_LINES + 1):
            self.page.set_row(line, LINE_HEIGHT * lines_needed(row, widths))
            for at, value in enumerate(row):
                self._write_cell(line, at, value, sheet.columns[at].kind)
        self._set_view(sheet, len(rows))
        self._set_pages(sheet, ceil(sum(widths) / PAGE_WIDTH))

    def _write_headings(
        self, sheet: ExportSheet[Any], rows: Sequence[Sequence[ExportValue]]
    ) -> list[float]:
        """The headings over columns that fit their cells; returns how wide they are."""
        widths = [
            column_width(column, [row[at] for row in rows])
            for at, column in enumerate(sheet.columns)
        ]
        labels = [column.label for column in sheet.columns]
        self.page.set_row(HEAD_LINES, LINE_HEIGHT * lines_needed(labels, widths))
        for at, (label, width) in enumerate(zip(labels, widths, strict=True)):
            self.page.set_column(at, at, width)
            self.page.write_string(HEAD_LINES, at, label, self.formats["heading"])
        return widths

    def _write_head(self, sheet: ExportSheet[Any], stamp: ExportStamp) -> None:
        self.page.set_row(0, TITLE_HEIGHT)
        self.page.write_string(0, 0, sheet.title, self.formats["title"])
        lines = (stamp.line(sheet.period), f"ตัวกรอง: {sheet.filters}", sheet.counted)
        for line, text in enumerate(lines, start=1):
            self.page.set_row(line, LINE_HEIGHT)
            self.page.write_string(line, 0, text, self.formats["line"])

    def _write_cell(self, line: int, at: int, value: ExportValue, kind: CellKind) -> None:
        look = self.formats[_format_name(value, kind)]
        if value is None or value == "":
            self.page.write_blank(line, at, None, look)
        elif isinstance(value, str):
            self.page.write_string(line, at, value, look)
        elif isinstance(value, date):
            self.page.write_datetime(line, at, _excel_time(value, kind), look)
        else:
            self.page.write_number(line, at, float(value), look)

    def _set_view(self, sheet: ExportSheet[Any], rows: int) -> None:
        """Its headings stay in sight, each with a button to filter by."""
        self.page.freeze_panes(HEAD_LINES + 1, sheet.frozen_columns)
        self.page.autofilter(HEAD_LINES, 0, HEAD_LINES + max(rows, 1), len(sheet.columns) - 1)

    def _set_pages(self, sheet: ExportSheet[Any], pages_across: int) -> None:
        """A4 across, as many pages as it takes, each with the headings and its number.

        A table is one page wide, unless nobody could read it then; a wider one repeats its
        first columns on each page.
        """
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.fit_to_pages(pages_across, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.repeat_rows(HEAD_LINES)
        if pages_across > 1 and sheet.frozen_columns:
            self.page.repeat_columns(0, sheet.frozen_columns - 1)
        title = sheet.title.replace("&", "&&")
        font = '&"TH Sarabun New,Regular"&12'
        self.page.set_footer(f"&L{font} {title}&R{font} หน้า &P จาก &N")


def _format_name(value: ExportValue, kind: CellKind) -> str:
    """How a cell looks: as its column says, but a word among numbers is a word."""
    if isinstance(value, str) or kind in (CellKind.TEXT, CellKind.LONG_TEXT):
        return "text"
    if kind == CellKind.NUMBER:
        return CellKind.WHOLE if isinstance(value, int) else CellKind.DECIMAL
    return kind


def _excel_time(value: date, kind: CellKind) -> datetime:
    """A day or moment as the clock in Thailand shows it; Excel knows no time zones."""
    if kind == CellKind.MOMENT and isinstance(value, datetime):
        return value.astimezone(BANGKOK).replace(tzinfo=None)
    return datetime.combine(local_day(value), time())


def column_width(column: ExportColumn[Any], values: Sequence[ExportValue]) -> float:
    """As wide as its longest cell; a heading may take several lines."""
    words = max(printed_width(word) for word in column.label.split())
    half = printed_width(column.label) / 2
    heading = min(max(words, half), MAX_HEADING_WIDTH) + FILTER_BUTTON_WIDTH
    if column.kind in DAY_WIDTHS:
        return max(DAY_WIDTHS[column.kind], heading)
    texts = (_shown_text(value) for value in values)
    longest = max((printed_width(line) for text in texts for line in text.split("\n")), default=0)
    most = LONG_TEXT_WIDTH if column.kind == CellKind.LONG_TEXT else MAX_WIDTH
    return min(max(longest * CHARACTER_WIDTH + 2, heading, MIN_WIDTH), most)


def _shown_text(value: ExportValue) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float | Decimal) else str(value)


def lines_needed(values: Sequence[ExportValue], widths: Sequence[float]) -> int:
    """How many lines a row takes: its texts wrap at the widths of their columns."""
    needed = [
        sum(ceil(printed_width(part) * CHARACTER_WIDTH / width) or 1 for part in text.split("\n"))
        for text, width in zip(values, widths, strict=True)
        if isinstance(text, str)
    ]
    return min(max(needed, default=1), MOST_LINES_OF_ROW)
