"""A set's workbook → its facts and content, or every problem by sheet, row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schools.enums import EducationLevel
from schools.imports.reading import Row, Sheet, Unreadable, read_sheets
from schools.imports.tables import heading_key
from schools.thai import arabic_digits
from supervision.criteria.content import IndicatorContent, StandardContent
from supervision.criteria.enums import SetUse
from supervision.criteria.models import Indicator, IndicatorSet, Rubric, Scale, Standard
from supervision.criteria.tables.cells import Grid, Notes, Place, grid_of
from supervision.criteria.tables.columns import (
    FACTS,
    INDICATOR_COLUMNS,
    INDICATORS,
    SET,
    STANDARD_COLUMNS,
    STANDARDS,
    YES,
)

MOST_INDICATORS = 300
LEVEL_HEADING = re.compile(r"ระดับ\s*([0-9]+)(?:\s.*)?")
DATE_OF_EXCEL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ANY_LEVEL = tuple(range(11))  # while the scale itself is a problem


@dataclass
class SetTable(Notes):
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


def read_set(file: bytes, *, into: IndicatorSet | None = None) -> SetTable:
    """Everything the workbook says. Raises Unreadable where it is no such workbook at all."""
    sheets = {heading_key(sheet.name): sheet for sheet in read_sheets(file)}
    missing = [name for name in (SET, STANDARDS, INDICATORS) if heading_key(name) not in sheets]
    if missing:
        raise Unreadable(
            f"ไฟล์นี้ไม่มีแผ่นงาน “{'”, “'.join(missing)}” หรือแผ่นงานนั้นว่าง "
            "โปรดใช้แบบฟอร์มของระบบ หรือไฟล์ที่ส่งออกจากชุดตัวชี้วัด"
        )
    found = SetTable()
    _read_facts(found, sheets[heading_key(SET)], into)
    standards = _read_standards(found, sheets[heading_key(STANDARDS)])
    indicators = _read_indicators(found, sheets[heading_key(INDICATORS)], standards)
    found.content = [
        StandardContent(number, name, target, indicators.get(number, []))
        for number, (name, target) in sorted(standards.items())
    ]
    return found


# --- ชุด ---


def _read_facts(found: SetTable, sheet: Sheet, into: IndicatorSet | None) -> None:
    places = {key: _fact(found, sheet, label) for key, label in FACTS.items()}
    scales = Scale.objects.complete().prefetch_related("levels")
    found.facts = {
        "name": places["name"].words(_longest(IndicatorSet, "name"), needed=True),
        "level": places["level"].one_of({level.label: level.value for level in EducationLevel}),
        "use": places["use"].one_of({use.label: use.value for use in SetUse}),
        "scale": places["scale"].one_of({scale.name: scale for scale in scales}),
        "provenance": places["provenance"].words(_longest(IndicatorSet, "provenance")),
    }
    _check_name(places["name"], into)
    if into and into.previous_id:
        for key in ("level", "use"):
            if found.facts[key] not in (None, getattr(into, key)):
                places[key].wrong("ฉบับใหม่ต้องเหมือนฉบับก่อน หากต่างกัน โปรดจัดทำเป็นชุดใหม่")


def _fact(found: SetTable, sheet: Sheet, label: str) -> Place:
    """What stands beside the label; a label that was taken away has nothing beside it."""
    key = heading_key(label)
    row = next((row for row in sheet.rows if heading_key(row.cell(0)) == key), Row(1, []))
    return Place(found, sheet.name, row.number, f"{label} (B)", row.cell(1))


def _check_name(place: Place, into: IndicatorSet | None) -> None:
    """A draft's own name may stand; a version's must."""
    if into and place.value == into.name:
        return
    if into and into.previous_id:
        place.wrong(f"ฉบับใหม่ต้องใช้ชื่อเดิม คือ {into.name}")
    elif IndicatorSet.objects.filter(name=place.value).exists():
        place.wrong("มีชุดชื่อนี้แล้ว โปรดใช้ชื่ออื่น หรือนำเข้าที่หน้าของร่างชุดนั้น")


# --- มาตรฐาน ---


def _read_standards(found: SetTable, sheet: Sheet) -> dict[int, tuple[str, Decimal | None]]:
    """Name and target of each standard, by its number."""
    grid = grid_of(found, sheet, STANDARD_COLUMNS, needed=("number", "name"))
    low, high = Decimal(min(found.values())), Decimal(max(found.values()))
    standards: dict[int, tuple[str, Decimal | None]] = {}
    for row in grid.rows:
        place = grid.place(row, "number")
        number = place.whole(1, 99, needed=True)
        name = grid.place(row, "name").words(_longest(Standard, "name"), needed=True)
        target = grid.place(row, "target").number(low, high)
        if number in standards:
            place.wrong("เลขมาตรฐานซ้ำกับแถวก่อน โปรดใช้เลขอื่น")
        elif number is not None:
            standards[number] = (name, target)
    if not grid.rows:
        grid.head("number").wrong("ยังไม่มีมาตรฐาน โปรดกรอกอย่างน้อย 1 แถว")
    return standards


# --- ตัวชี้วัด ---


def _read_indicators(
    found: SetTable, sheet: Sheet, standards: Mapping[int, Any]
) -> dict[int, list[IndicatorContent]]:
    """The indicators of each standard in the order of the rows."""
    needed = ("standard", "code", "text")
    grid = grid_of(found, sheet, INDICATOR_COLUMNS, needed=needed, more=_level_columns)
    if len(grid.rows) > MOST_INDICATORS:
        raise Unreadable(f"ชุดหนึ่งมีตัวชี้วัดได้ไม่เกิน {MOST_INDICATORS} ข้อ โปรดแบ่งเป็นหลายชุด")
    values = found.values()
    for key in _level_keys(grid):
        if _level_of(key) not in values:
            wrong = f"มาตราส่วนที่เลือกไม่มีระดับ {_level_of(key)} โปรดลบคอลัมน์นี้ หรือแก้มาตราส่วน"
            grid.head(key).wrong(wrong)
    indicators: dict[int, list[IndicatorContent]] = {}
    codes: dict[str, int] = {}
    for row in grid.rows:
        place = grid.place(row, "standard")
        number = place.whole(1, 99, needed=True)
        if number is not None and number not in standards:
            place.wrong(f"ไม่มีมาตรฐานนี้ในแผ่นงาน “{STANDARDS}” โปรดเพิ่มที่นั่น หรือแก้เลข")
        _check_code(grid.place(row, "code"), codes)
        indicators.setdefault(number or 0, []).append(_indicator(grid, row, values))
    return indicators


def _level_columns(heading: Row) -> dict[str, str]:
    """Rubric columns by the level they name, with the headings they have in this file."""
    matches = ((cell, LEVEL_HEADING.fullmatch(arabic_digits(cell))) for cell in heading.cells)
    return {f"level_{int(match[1])}": cell for cell, match in matches if match}


def _level_keys(grid: Grid) -> Iterator[str]:
    return (key for key in grid.places if key.startswith("level_"))


def _level_of(key: str) -> int:
    return int(key.removeprefix("level_"))


def _indicator(grid: Grid, row: Row, values: Sequence[int]) -> IndicatorContent:
    def words(key: str, *, needed: bool = False) -> str:
        return grid.place(row, key).words(_longest(Indicator, key), needed=needed)

    yes = grid.place(row, "is_local")
    return IndicatorContent(
        code=words("code", needed=True),
        text=words("text", needed=True),
        group=words("group"),
        evidence_hint=words("evidence_hint"),
        # Empty is 1: every indicator counts the same.
        weight=grid.place(row, "weight").number(Decimal("0.01"), Decimal("99.99")) or Decimal(1),
        achieved_from=grid.place(row, "achieved_from").whole(min(values), max(values)),
        is_local=bool(yes.value) and yes.one_of({YES: True, "ไม่ใช่": False}) is True,
        rubrics=dict(_rubrics(grid, row)),
    )


def _rubrics(grid: Grid, row: Row) -> Iterator[tuple[int, str]]:
    for key in _level_keys(grid):
        if text := grid.place(row, key).words(_longest(Rubric, "text")):
            yield _level_of(key), text


def _check_code(place: Place, codes: dict[str, int]) -> None:
    """Excel turns 1.1.1 into a date and 1.10 into 1.1, and nobody may guess what it was."""
    if DATE_OF_EXCEL.fullmatch(place.value):
        place.wrong("Excel เปลี่ยนเลขที่เป็นวันที่ โปรดจัดคอลัมน์เป็น “ข้อความ” แล้วพิมพ์เลขที่ใหม่")
    elif place.value and place.value in codes:
        place.wrong(
            f"เลขที่ซ้ำกับแถว {codes[place.value]} โปรดใช้เลขอื่น "
            "(ถ้าเป็น 1.10 ที่ Excel ตัดเหลือ 1.1 โปรดจัดคอลัมน์เป็น “ข้อความ”)"
        )
    codes.setdefault(place.value, place.row)


def _longest(model: Any, name: str) -> int:
    return model._meta.get_field(name).max_length
