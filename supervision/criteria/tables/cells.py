"""Cells of a set's workbook as facts; whatever is wrong with one is noted with its place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schools.imports.reading import Row, Sheet, Unreadable
from schools.imports.tables import column_letters, heading_key
from schools.thai import arabic_digits

HEADING_WITHIN_ROWS = 10

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """What is wrong where, and what to do; `value` is what stands in the cell."""

    sheet: str
    row: int
    column: str
    value: str
    message: str


@dataclass
class Notes:
    """Every problem of a workbook, in the order of reading."""

    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """One cell while it is being read."""

    notes: Notes
    sheet: str
    row: int
    column: str
    value: str

    def wrong(self, message: str) -> None:
        self.notes.problems.append(Problem(self.sheet, self.row, self.column, self.value, message))

    def words(self, longest: int, *, needed: bool = False) -> str:
        if needed and not self.value:
            self.wrong("เว้นว่าง โปรดกรอก")
        if len(self.value) > longest:
            self.wrong(f"ยาว {len(self.value)} ตัวอักษร เกิน {longest} โปรดย่อให้สั้นลง")
        return self.value

    def whole(self, low: int, high: int, *, needed: bool = False) -> int | None:
        """A whole number within bounds; None where the cell is empty or a problem."""
        if needed and not self.value:
            self.wrong("เว้นว่าง โปรดกรอก")
        number = self.number(Decimal(low), Decimal(high))
        if number is not None and number != int(number):
            self.wrong("ต้องเป็นจำนวนเต็ม โปรดแก้ไข")
            return None
        return None if number is None else int(number)

    def number(self, low: Decimal, high: Decimal) -> Decimal | None:
        """A number with two decimals at most."""
        if not self.value:
            return None
        figures = arabic_digits(self.value).replace(",", "")
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", figures):
            self.wrong("ต้องเป็นตัวเลข โปรดพิมพ์เฉพาะตัวเลข")
            return None
        number = Decimal(figures)
        if number != round(number, 2):
            self.wrong("ทศนิยมเกิน 2 ตำแหน่ง โปรดปัดให้เหลือ 2 ตำแหน่ง")
            return None
        if not low <= number <= high:
            self.wrong(f"ต้องอยู่ระหว่าง {low} ถึง {high} โปรดแก้ไข")
            return None
        return number

    def one_of(self, choices: Mapping[str, Any]) -> Any:
        """What one of these words stands for; None where it is another."""
        known = {heading_key(word): value for word, value in choices.items()}
        if heading_key(self.value) in known:
            return known[heading_key(self.value)]
        cause = "ไม่รู้จักคำนี้" if self.value else "เว้นว่าง"
        self.wrong(f"{cause} โปรดใช้คำใดคำหนึ่งต่อไปนี้: {', '.join(choices)}")
        return None


@dataclass(frozen=True)
class Grid:
    """A sheet whose heading was found: where each column is, and the rows below."""

    notes: Notes
    sheet: Sheet
    labels: Labels
    heading: Row
    rows: Sequence[Row]

    @property
    def places(self) -> dict[str, int]:
        return places_in(self.heading, self.labels)

    def place(self, row: Row, key: str) -> Place:
        at = self.places.get(key)
        letter = "" if at is None else f" ({column_letters(at)})"
        value = "" if at is None else row.cell(at)
        return Place(self.notes, self.sheet.name, row.number, f"{self.labels[key]}{letter}", value)

    def head(self, key: str) -> Place:
        """The cell of the heading itself."""
        return self.place(self.heading, key)


def places_in(row: Row, labels: Labels) -> dict[str, int]:
    """At which column each label stands in the row, whatever the order."""
    found = {heading_key(cell): at for at, cell in enumerate(row.cells) if cell}
    known = {key: heading_key(label) for key, label in labels.items()}
    return {key: found[label] for key, label in known.items() if label in found}


def grid_of(
    notes: Notes,
    sheet: Sheet,
    labels: Labels,
    *,
    needed: Sequence[str],
    more: Callable[[Row], Labels] = lambda heading: {},
) -> Grid:
    """The table on a sheet; `more` tells columns by the heading row that was found.

    Raises Unreadable where there is no heading row or a needed column is missing.
    """
    tops = range(min(HEADING_WITHIN_ROWS, len(sheet.rows)))
    top = max(tops, key=lambda at: len(places_in(sheet.rows[at], labels)))
    heading = sheet.rows[top]
    missing = [labels[key] for key in needed if key not in places_in(heading, labels)]
    if missing:
        raise Unreadable(
            f"แผ่นงาน “{sheet.name}” ไม่มีคอลัมน์ “{'”, “'.join(missing)}” "
            "โปรดคงหัวตารางไว้ตามแบบฟอร์ม แล้วบันทึกใหม่"
        )
    return Grid(notes, sheet, {**labels, **more(heading)}, heading, sheet.rows[top + 1 :])
