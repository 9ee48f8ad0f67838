"""Cells of a set's workbook as facts; whatever is wrong with one is noted with its cell."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schools.core.tables.layout import column_letters, heading_key
from schools.core.tables.reading import UnreadableTableError, WorkbookRow, WorkbookSheet
from schools.core.thai import arabic_digits

HEADING_WITHIN_ROWS = 10

Labels = Mapping[str, str]


@dataclass(frozen=True)
class CellProblem:
    """What is wrong where, and what to do; `value` is the text of the cell."""

    sheet: str
    row: int
    column: str
    value: str
    message: str


@dataclass
class CellProblemLog:
    """Every problem of a workbook, in the order of reading."""

    problems: list[CellProblem] = field(default_factory=list)


@dataclass(frozen=True)
class CellReader:
    """One cell while it is being read."""

    notes: CellProblemLog
    sheet: str
    row: int
    column: str
    value: str

    def add_problem(self, message: str) -> None:
        self.notes.problems.append(
            CellProblem(self.sheet, self.row, self.column, self.value, message)
        )

    def read_text(self, longest: int, *, required: bool = False) -> str:
        if required and not self.value:
            self.add_problem("เว้นว่าง โปรดกรอก")
        if len(self.value) > longest:
            self.add_problem(f"ยาว {len(self.value)} ตัวอักษร เกิน {longest} โปรดย่อให้สั้นลง")
        return self.value

    def read_whole_number(self, low: int, high: int, *, required: bool = False) -> int | None:
        """A whole number within bounds; None where the cell is empty or a problem."""
        if required and not self.value:
            self.add_problem("เว้นว่าง โปรดกรอก")
        number = self.read_decimal(Decimal(low), Decimal(high))
        if number is not None and number != int(number):
            self.add_problem("ต้องเป็นจำนวนเต็ม โปรดแก้ไข")
            return None
        return None if number is None else int(number)

    def read_decimal(self, low: Decimal, high: Decimal) -> Decimal | None:
        """A number with two decimals at most."""
        if not self.value:
            return None
        figures = arabic_digits(self.value).replace(",", "")
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", figures):
            self.add_problem("ต้องเป็นตัวเลข โปรดพิมพ์เฉพาะตัวเลข")
            return None
        number = Decimal(figures)
        if number != round(number, 2):
            self.add_problem("ทศนิยมเกิน 2 ตำแหน่ง โปรดปัดให้เหลือ 2 ตำแหน่ง")
            return None
        if not low <= number <= high:
            self.add_problem(f"ต้องอยู่ระหว่าง {low} ถึง {high} โปรดแก้ไข")
            return None
        return number

    def read_choice(self, choices: Mapping[str, Any]) -> Any:
        """The value that one of these words names; None where it is another word."""
        known = {heading_key(word): value for word, value in choices.items()}
        if heading_key(self.value) in known:
            return known[heading_key(self.value)]
        cause = "ไม่รู้จักคำนี้" if self.value else "เว้นว่าง"
        self.add_problem(f"{cause} โปรดใช้คำใดคำหนึ่งต่อไปนี้: {', '.join(choices)}")
        return None


@dataclass(frozen=True)
class SetSheetTable:
    """A sheet whose heading was found: where each column is, and the rows below."""

    notes: CellProblemLog
    sheet: WorkbookSheet
    labels: Labels
    heading: WorkbookRow
    rows: Sequence[WorkbookRow]

    @property
    def columns(self) -> dict[str, int]:
        return column_indexes(self.heading, self.labels)

    def cell(self, row: WorkbookRow, key: str) -> CellReader:
        at = self.columns.get(key)
        letter = "" if at is None else f" ({column_letters(at)})"
        value = "" if at is None else row.cell(at)
        return CellReader(
            self.notes, self.sheet.name, row.number, f"{self.labels[key]}{letter}", value
        )

    def head(self, key: str) -> CellReader:
        """The cell of the heading itself."""
        return self.cell(self.heading, key)


def column_indexes(row: WorkbookRow, labels: Labels) -> dict[str, int]:
    """At which column each label stands in the row, whatever the order."""
    found = {heading_key(cell): at for at, cell in enumerate(row.cells) if cell}
    known = {key: heading_key(label) for key, label in labels.items()}
    return {key: found[label] for key, label in known.items() if label in found}


def find_sheet_table(
    notes: CellProblemLog,
    sheet: WorkbookSheet,
    labels: Labels,
    *,
    required: Sequence[str],
    more: Callable[[WorkbookRow], Labels] = lambda heading: {},
) -> SetSheetTable:
    """The table on a sheet; `more` tells columns by the heading row that was found.

    Raises UnreadableTableError where there is no heading row or a required column is missing.
    """
    tops = range(min(HEADING_WITHIN_ROWS, len(sheet.rows)))
    top = max(tops, key=lambda at: len(column_indexes(sheet.rows[at], labels)))
    heading = sheet.rows[top]
    missing = [labels[key] for key in required if key not in column_indexes(heading, labels)]
    if missing:
        raise UnreadableTableError(
            f"แผ่นงาน “{sheet.name}” ไม่มีคอลัมน์ “{'”, “'.join(missing)}” "
            "โปรดคงหัวตารางไว้ตามแบบฟอร์ม แล้วบันทึกใหม่"
        )
    return SetSheetTable(notes, sheet, {**labels, **more(heading)}, heading, sheet.rows[top + 1 :])
