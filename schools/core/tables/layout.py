"""Where on the sheets the table is: its heading, its columns by what they say, its rows.

Titles above, headings of two or three lines, totals and remarks below, columns in any order:
what is recognised is taken, and whatever is not taken is named.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from schools.core import thai
from schools.core.tables.reading import (
    MAX_TABLE_ROWS,
    UnreadableTableError,
    WorkbookRow,
    WorkbookSheet,
    check_row_count,
    without_national_id,
)

HEADING_WITHIN_ROWS = 30
DEEPEST_HEADING = 3
TOTAL_PREFIX = "sum:"  # keys of columns that add others up: checked, never stored

_TOTAL_WORDS = re.compile(
    r"(?:รวม|ยอดรวม|ผลรวม|ทั้งหมด|ทั้งสิ้น|total|grandtotal)"
    r"(?:ทั้งสิ้น|ทั้งหมด|ทุกโรงเรียน|อำเภอ.*|กลุ่ม.*|นักเรียน.*|[0-9]+โรง.*|ชั้น.*|อนุบาล|ประถม.*|มัธยม.*)?"
)
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class TableLayout:
    """How tables of one kind are recognised.

    `title` is what such tables hold, as people call it. `recognise` names the column under a
    heading (its lines from top to bottom), `missing` the columns that the table cannot do without,
    `keys` those that say whose row it is: the first that the table has counts. A table of more
    than `most_rows` would keep others from saving for too long. `reads_total` is true for rows
    that look like totals and are taken all the same. With `takes_every_sheet` a file may hold
    several such tables, one on a sheet.
    """

    title: str
    keys: tuple[str, ...]
    recognise: Callable[[tuple[str, ...]], str | None]
    missing: Callable[[frozenset[str]], list[str]]
    labels: Mapping[str, str]
    most_rows: int = MAX_TABLE_ROWS
    reads_total: Callable[["ImportTable", WorkbookRow], bool] = lambda table, row: False
    takes_every_sheet: bool = False


@dataclass
class ImportTable:
    """A table taken from a file."""

    sheet: WorkbookSheet
    layout: TableLayout
    heading: list[WorkbookRow]
    columns: dict[str, int] = field(default_factory=dict)
    totals: list[tuple[str, int, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, int]] = field(default_factory=list)
    titles: list[WorkbookRow] = field(default_factory=list)
    rows: list[WorkbookRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def leave_out(self, row: WorkbookRow, why: str) -> None:
        self.left_out.append(f"แถว {row.number} “{first_cell_text(row)}” {why}")

    @property
    def key_at(self) -> int:
        """The place of the column that says whose row it is."""
        return next(self.columns[key] for key in self.layout.keys if key in self.columns)

    @property
    def recognised(self) -> int:
        return len(self.columns) + len(self.totals)


def heading_key(text: str) -> str:
    """What two ways of writing a heading share: its letters and figures."""
    letters = (c for c in thai.arabic_digits(text).lower() if c not in "ฯๆ")
    return "".join(c for c in letters if c.isalnum() or unicodedata.category(c) == "Mn")


def without_brackets(text: str) -> str:
    return _BRACKETS.sub("", text) or text


def recognise_by_words(
    words: Mapping[str, Sequence[str]],
) -> Callable[[tuple[str, ...]], str | None]:
    """Recognises headings by a list of their wordings: all lines together, or one of them."""
    known = {heading_key(word): key for key, all_ in words.items() for word in all_}

    @lru_cache(maxsize=10_000)
    def recognise(lines: tuple[str, ...]) -> str | None:
        tries = ["".join(lines), *reversed(lines)]
        tries += [without_brackets(line) for line in tries]
        return next((known[key] for key in map(heading_key, tries) if key in known), None)

    return recognise


def column_letters(at: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    while at >= 0:
        letters, at = chr(ord("A") + at % 26) + letters, at // 26 - 1
    return letters


# --- Finding it ---


def find_tables(
    sheets: Sequence[WorkbookSheet], layout: TableLayout, others: Sequence[TableLayout]
) -> list[ImportTable]:
    """The sheet and rows that fit best, or those of every sheet where the kind takes them all.

    Raises UnreadableTableError where none does.
    """
    best = best_table(sheets, layout)
    check_table_kind(best, [best_table(sheets, other) for other in others])
    check_table_columns(best)
    tables = tables_by_sheet(sheets, layout) if layout.takes_every_sheet else [best]
    for table in tables:
        check_table_columns(table)
        check_row_count(table.sheet, layout.most_rows)
        collect_rows(table)
    filled = [table for table in tables if table.rows]
    if not filled:
        raise UnreadableTableError(
            f"{table_location(best)} ไม่มีข้อมูลใต้หัวตาราง โปรดตรวจว่าเลือกไฟล์ที่กรอกแล้ว"
        )
    return filled


def tables_by_sheet(sheets: Sequence[WorkbookSheet], layout: TableLayout) -> list[ImportTable]:
    """The table of each sheet that has one."""
    found = [best_table([sheet], layout) for sheet in sheets]
    return [table for table in found if not missing_columns(table)]


def check_table_kind(found: ImportTable, rivals: Sequence[ImportTable]) -> None:
    """A file of another kind is recognised by its headings, before its rows look like problems."""
    chosen = found.layout.title
    for rival in rivals:
        if rival.recognised > found.recognised and not missing_columns(rival):
            looks = rival.layout.title
            raise UnreadableTableError(
                f"ไฟล์นี้ดูเหมือน “{looks}” แต่คุณเลือกนำเข้า “{chosen}” โปรดเลือกไฟล์นี้ที่หัวข้อ “{looks}” แทน"
            )
    if not found.columns:
        raise UnreadableTableError(
            f"ไม่พบหัวตารางของ “{chosen}” ใน {HEADING_WITHIN_ROWS} แถวแรก "
            "โปรดใช้หัวคอลัมน์ตามแบบฟอร์ม แล้วบันทึกใหม่"
        )


def check_table_columns(found: ImportTable) -> None:
    if missing := missing_columns(found):
        raise UnreadableTableError(
            f"ไม่พบคอลัมน์ “{'”, “'.join(missing)}” ใน{table_location(found)} "
            "โปรดเพิ่มคอลัมน์หรือแก้หัวตารางให้ตรงกับแบบฟอร์ม"
        )
    for key, at in found.duplicates:
        both = f"{column_letters(found.columns[key])} และ {column_letters(at)}"
        raise UnreadableTableError(
            f"หัวตาราง “{found.layout.labels[key]}” มีสองคอลัมน์ ({both}) "
            "โปรดเหลือไว้คอลัมน์เดียว แล้วบันทึกใหม่"
        )


def table_location(table: ImportTable) -> str:
    numbers = sorted({table.heading[0].number, table.heading[-1].number})
    heading = f"หัวตารางแถว {'–'.join(map(str, numbers))}"
    return f"แผ่นงาน “{table.sheet.name}” {heading}" if table.sheet.name else heading


def missing_columns(table: ImportTable) -> list[str]:
    return table.layout.missing(frozenset(table.columns))


def best_table(sheets: Sequence[WorkbookSheet], layout: TableLayout) -> ImportTable:
    """Most columns recognised; among equals the complete one, then the first and flattest."""
    tables = [table for sheet in sheets for table in candidate_tables(sheet, layout)]
    return max(tables, key=lambda t: (not missing_columns(t), t.recognised, -len(t.heading)))


def candidate_tables(sheet: WorkbookSheet, layout: TableLayout) -> Iterator[ImportTable]:
    for top in range(min(HEADING_WITHIN_ROWS, len(sheet.rows))):
        for depth in range(1, DEEPEST_HEADING + 1):
            heading = sheet.rows[top : top + depth]
            if len(heading) == depth:
                yield recognise_columns(
                    ImportTable(sheet, layout, heading, titles=sheet.rows[:top])
                )


def recognise_columns(table: ImportTable) -> ImportTable:
    for at, lines in enumerate(heading_stacks(table.heading)):
        key = table.layout.recognise(lines) if lines else None
        words = f"{' '.join(lines)} (คอลัมน์ {column_letters(at)})"
        if key and key.startswith(TOTAL_PREFIX):
            table.totals.append((key, at, words))
        elif key and key in table.columns:
            table.duplicates.append((key, at))
        elif key:
            table.columns[key] = at
        elif lines:
            table.ignored.append(words)
    return table


def heading_stacks(heading: Sequence[WorkbookRow]) -> list[tuple[str, ...]]:
    """Each column's heading lines; an upper line that is not merged still reaches to the right."""
    width = max(len(row.cells) for row in heading)
    lines = [[row.cell(at) for at in range(width)] for row in heading]
    for upper, lower in pairwise(lines):
        for at in range(1, width):
            if not upper[at] and lower[at]:
                upper[at] = upper[at - 1]
    columns = zip(*lines, strict=True)
    return [tuple(dict.fromkeys(filter(None, column))) for column in columns]


# --- Its rows ---


def collect_rows(table: ImportTable) -> None:
    """Every row below the heading that is about something; the others are named."""
    last = table.heading[-1].number
    for row in table.sheet.rows:
        if row.number > last:
            if why := reason_left_out(table, row):
                table.leave_out(row, why)
            else:
                table.rows.append(row)


def reason_left_out(table: ImportTable, row: WorkbookRow) -> str:
    at = table.key_at
    key_cell = row.cell(at)
    if key_cell and key_cell in {line.cell(at) for line in table.heading}:
        return "เป็นหัวตารางซ้ำ"
    if table.layout.reads_total(table, row):
        return ""
    grade_at = table.columns.get("grade")
    if is_total_label(key_cell) or (grade_at is not None and is_total_label(row.cell(grade_at))):
        return "เป็นแถวรวม"
    if key_cell:
        return ""
    if any(map(is_total_label, row.cells)):
        return "เป็นแถวรวม"
    return "เป็นข้อความนอกตาราง" if len(set(filter(None, row.cells))) == 1 else ""


def is_total_label(text: str) -> bool:
    return bool(_TOTAL_WORDS.fullmatch(heading_key(text)))


def first_cell_text(row: WorkbookRow) -> str:
    text = without_national_id(next(filter(None, row.cells)))
    return text if len(text) <= 40 else f"{text[:40]}…"
