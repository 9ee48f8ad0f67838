"""A set's workbook → its facts and content, or every problem by sheet, row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schools.core.tables.layout import heading_key
from schools.core.tables.reading import (
    UnreadableTableError,
    WorkbookRow,
    WorkbookSheet,
    read_sheets,
)
from schools.core.thai import arabic_digits
from schools.enums import EducationLevel
from supervision.criteria.content import IndicatorContent, StandardContent
from supervision.criteria.enums import SetUse
from supervision.criteria.models import Indicator, IndicatorSet, Rubric, Scale, Standard
from supervision.criteria.scoring import HIGHEST_LEVEL
from supervision.criteria.tables.cells import (
    CellProblemLog,
    CellReader,
    SetSheetTable,
    find_sheet_table,
)
from supervision.criteria.tables.workbook import (
    INDICATOR_COLUMNS,
    INDICATORS_SHEET,
    SET_FIELD_LABELS,
    SET_SHEET,
    STANDARD_COLUMNS,
    STANDARDS_SHEET,
    YES,
)

MOST_INDICATORS = 300
LEVEL_HEADING = re.compile(r"ระดับ\s*([0-9]+)(?:\s.*)?")
DATE_OF_EXCEL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ANY_LEVEL = tuple(range(HIGHEST_LEVEL + 1))  # while the scale itself is a problem


@dataclass
class IndicatorSetWorkbook(CellProblemLog):
    """What a workbook says of a set; usable only without problems."""

    facts: dict[str, Any] = field(default_factory=dict)
    content: list[StandardContent] = field(default_factory=list)

    @property
    def indicator_count(self) -> int:
        return sum(len(standard.indicators) for standard in self.content)

    def values(self) -> Sequence[int]:
        """The levels of the scale that the set is judged by."""
        scale = self.facts.get("scale")
        return [level.value for level in scale.levels.all()] if scale else ANY_LEVEL


def read_indicator_set_workbook(
    file: bytes, *, into: IndicatorSet | None = None
) -> IndicatorSetWorkbook:
    """The set that the workbook describes. Raises UnreadableTableError where it has no set."""
    sheets = {heading_key(sheet.name): sheet for sheet in read_sheets(file)}
    missing = [
        name
        for name in (SET_SHEET, STANDARDS_SHEET, INDICATORS_SHEET)
        if heading_key(name) not in sheets
    ]
    if missing:
        raise UnreadableTableError(
            f"ไฟล์นี้ไม่มีแผ่นงาน “{'”, “'.join(missing)}” หรือแผ่นงานนั้นว่าง "
            "โปรดใช้แบบฟอร์มของระบบ หรือไฟล์ที่ส่งออกจากชุดตัวชี้วัด"
        )
    found = IndicatorSetWorkbook()
    _read_facts(found, sheets[heading_key(SET_SHEET)], into)
    standards = _read_standards(found, sheets[heading_key(STANDARDS_SHEET)])
    indicators = _read_indicators(found, sheets[heading_key(INDICATORS_SHEET)], standards)
    found.content = [
        StandardContent(number, name, target, indicators.get(number, []))
        for number, (name, target) in sorted(standards.items())
    ]
    return found


# --- ชุด ---


def _read_facts(
    found: IndicatorSetWorkbook, sheet: WorkbookSheet, into: IndicatorSet | None
) -> None:
    cells = {key: _fact(found, sheet, label) for key, label in SET_FIELD_LABELS.items()}
    scales = Scale.objects.complete().prefetch_related("levels")
    found.facts = {
        "name": cells["name"].read_text(_longest(IndicatorSet, "name"), required=True),
        "level": cells["level"].read_choice({level.label: level.value for level in EducationLevel}),
        "use": cells["use"].read_choice({use.label: use.value for use in SetUse}),
        "scale": cells["scale"].read_choice({scale.name: scale for scale in scales}),
        "provenance": cells["provenance"].read_text(_longest(IndicatorSet, "provenance")),
    }
    _check_name(cells["name"], into)
    if into and into.previous_id:
        for key in ("level", "use"):
            if found.facts[key] not in (None, getattr(into, key)):
                cells[key].add_problem("ฉบับใหม่ต้องเหมือนฉบับก่อน หากต่างกัน โปรดจัดทำเป็นชุดใหม่")


def _fact(found: IndicatorSetWorkbook, sheet: WorkbookSheet, label: str) -> CellReader:
    """The cell beside the label; empty where the label was taken away."""
    key = heading_key(label)
    row = next((row for row in sheet.rows if heading_key(row.cell(0)) == key), WorkbookRow(1, []))
    return CellReader(found, sheet.name, row.number, f"{label} (B)", row.cell(1))


def _check_name(cell: CellReader, into: IndicatorSet | None) -> None:
    """A draft's own name may stand; a version's must."""
    if into and cell.value == into.name:
        return
    if into and into.previous_id:
        cell.add_problem(f"ฉบับใหม่ต้องใช้ชื่อเดิม คือ {into.name}")
    elif IndicatorSet.objects.filter(name=cell.value).exists():
        cell.add_problem("มีชุดชื่อนี้แล้ว โปรดใช้ชื่ออื่น หรือนำเข้าที่หน้าของร่างชุดนั้น")


# --- มาตรฐาน ---


def _read_standards(
    found: IndicatorSetWorkbook, sheet: WorkbookSheet
) -> dict[int, tuple[str, Decimal | None]]:
    """Name and target of each standard, by its number."""
    grid = find_sheet_table(found, sheet, STANDARD_COLUMNS, required=("number", "name"))
    low, high = Decimal(min(found.values())), Decimal(max(found.values()))
    standards: dict[int, tuple[str, Decimal | None]] = {}
    for row in grid.rows:
        cell = grid.cell(row, "number")
        number = cell.read_whole_number(1, 99, required=True)
        name = grid.cell(row, "name").read_text(_longest(Standard, "name"), required=True)
        target = grid.cell(row, "target").read_decimal(low, high)
        if number in standards:
            cell.add_problem("เลขมาตรฐานซ้ำกับแถวก่อน โปรดใช้เลขอื่น")
        elif number is not None:
            standards[number] = (name, target)
    if not grid.rows:
        grid.head("number").add_problem("ยังไม่มีมาตรฐาน โปรดกรอกอย่างน้อย 1 แถว")
    return standards


# --- ตัวชี้วัด ---


def _read_indicators(
    found: IndicatorSetWorkbook, sheet: WorkbookSheet, standards: Mapping[int, Any]
) -> dict[int, list[IndicatorContent]]:
    """The indicators of each standard in the order of the rows."""
    required = ("standard", "code", "text")
    grid = find_sheet_table(found, sheet, INDICATOR_COLUMNS, required=required, more=_level_columns)
    if len(grid.rows) > MOST_INDICATORS:
        raise UnreadableTableError(f"ชุดหนึ่งมีตัวชี้วัดได้ไม่เกิน {MOST_INDICATORS} ข้อ โปรดแบ่งเป็นหลายชุด")
    values = found.values()
    for key in _level_keys(grid):
        if _level_of(key) not in values:
            wrong = f"มาตราส่วนที่เลือกไม่มีระดับ {_level_of(key)} โปรดลบคอลัมน์นี้ หรือแก้มาตราส่วน"
            grid.head(key).add_problem(wrong)
    indicators: dict[int, list[IndicatorContent]] = {}
    codes: dict[str, int] = {}
    for row in grid.rows:
        cell = grid.cell(row, "standard")
        number = cell.read_whole_number(1, 99, required=True)
        if number is not None and number not in standards:
            cell.add_problem(f"ไม่มีมาตรฐานนี้ในแผ่นงาน “{STANDARDS_SHEET}” โปรดเพิ่มที่นั่น หรือแก้เลข")
        _check_code(grid.cell(row, "code"), codes)
        indicators.setdefault(number or 0, []).append(_indicator(grid, row, values))
    return indicators


def _level_columns(heading: WorkbookRow) -> dict[str, str]:
    """Rubric columns by the level they name, with the headings they have in this file."""
    matches = ((cell, LEVEL_HEADING.fullmatch(arabic_digits(cell))) for cell in heading.cells)
    return {f"level_{int(match[1])}": cell for cell, match in matches if match}


def _level_keys(grid: SetSheetTable) -> Iterator[str]:
    return (key for key in grid.columns if key.startswith("level_"))


def _level_of(key: str) -> int:
    return int(key.removeprefix("level_"))


def _indicator(grid: SetSheetTable, row: WorkbookRow, values: Sequence[int]) -> IndicatorContent:
    def words(key: str, *, required: bool = False) -> str:
        return grid.cell(row, key).read_text(_longest(Indicator, key), required=required)

    yes = grid.cell(row, "is_local")
    return IndicatorContent(
        code=words("code", required=True),
        text=words("text", required=True),
        group=words("group"),
        evidence_hint=words("evidence_hint"),
        # Empty is 1: every indicator counts the same.
        weight=grid.cell(row, "weight").read_decimal(Decimal("0.01"), Decimal("99.99"))
        or Decimal(1),
        achieved_from=grid.cell(row, "achieved_from").read_whole_number(min(values), max(values)),
        is_local=bool(yes.value) and yes.read_choice({YES: True, "ไม่ใช่": False}) is True,
        rubrics=dict(_rubrics(grid, row)),
    )


def _rubrics(grid: SetSheetTable, row: WorkbookRow) -> Iterator[tuple[int, str]]:
    for key in _level_keys(grid):
        if text := grid.cell(row, key).read_text(_longest(Rubric, "text")):
            yield _level_of(key), text


def _check_code(cell: CellReader, codes: dict[str, int]) -> None:
    """Excel turns 1.1.1 into a date and 1.10 into 1.1, and nobody may guess what it was."""
    if DATE_OF_EXCEL.fullmatch(cell.value):
        cell.add_problem("Excel เปลี่ยนเลขที่เป็นวันที่ โปรดจัดคอลัมน์เป็น “ข้อความ” แล้วพิมพ์เลขที่ใหม่")
    elif cell.value and cell.value in codes:
        cell.add_problem(
            f"เลขที่ซ้ำกับแถว {codes[cell.value]} โปรดใช้เลขอื่น "
            "(ถ้าเป็น 1.10 ที่ Excel ตัดเหลือ 1.1 โปรดจัดคอลัมน์เป็น “ข้อความ”)"
        )
    codes.setdefault(cell.value, cell.row)


def _longest(model: Any, name: str) -> int:
    return model._meta.get_field(name).max_length
