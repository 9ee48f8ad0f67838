"""The only writer of a set's Excel file; xlsxwriter is loaded by who exports."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from supervision.criteria.content import Content
from supervision.criteria.models import IndicatorSet, Scale, ScaleLevel
from supervision.criteria.tables.columns import (
    INDICATOR_COLUMNS,
    INDICATORS_SHEET,
    INSTRUCTIONS_SHEET,
    SET_FIELD_LABELS,
    SET_SHEET,
    STANDARD_COLUMNS,
    STANDARDS_SHEET,
    YES,
)

WIDTHS = {"name": 50, "text": 60, "group": 30, "evidence_hint": 40, "level": 34}
INSTRUCTIONS = (
    "แผ่นงาน “ชุด” กรอกค่าในคอลัมน์ B ชื่อแถวในคอลัมน์ A คงไว้ตามเดิม",
    "แผ่นงาน “มาตรฐาน” 1 แถวต่อ 1 มาตรฐาน เลขมาตรฐานไม่ซ้ำกัน",
    "แผ่นงาน “ตัวชี้วัด” 1 แถวต่อ 1 ตัวชี้วัด เรียงตามลำดับที่ต้องการ ช่อง “มาตรฐานที่” ต้องมีในแผ่นงาน “มาตรฐาน”",
    "“เลขที่” เช่น 1.1 หรือ 1.1.1 ไม่ซ้ำกันทั้งชุด คอลัมน์นี้เป็นข้อความ เพื่อไม่ให้ Excel เปลี่ยนเป็นวันที่หรือตัด 0 ท้าย",
    "“น้ำหนัก” เว้นว่างได้ หมายถึง 1 คือนับเท่ากันทุกข้อ",
    "“เขตพื้นที่เพิ่มเติม” พิมพ์ ใช่ เมื่อเขตพื้นที่เพิ่มข้อนี้เอง นอกนั้นเว้นว่าง",
    "คอลัมน์ “ระดับ …” คือคำอธิบายของแต่ละระดับ เว้นว่างได้ ระบบใช้คำอธิบายของมาตราส่วน",
    "เมื่อนำเข้า ระบบตรวจทุกช่องและแสดงให้ดูก่อน ยังไม่บันทึกจนกว่าจะกดยืนยัน",
)


def write_indicator_set_workbook(indicator_set: IndicatorSet, content: Content) -> bytes:
    """A set as an .xlsx that can be changed in Excel and brought in again."""
    facts = {
        "name": indicator_set.name,
        "level": indicator_set.get_level_display(),
        "use": indicator_set.get_use_display(),
        "scale": indicator_set.scale.name,
        "provenance": indicator_set.provenance,
    }
    return _book(facts, content, list(indicator_set.scale.levels.all()))


def write_blank_set_workbook(scale: Scale) -> bytes:
    """The same without anything in it, for one scale."""
    facts = dict.fromkeys(SET_FIELD_LABELS, "") | {"scale": scale.name}
    return _book(facts, [], list(scale.levels.all()))


def _book(facts: Mapping[str, str], content: Content, levels: Sequence[ScaleLevel]) -> bytes:
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E6EEFB"}),
            "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
        }
        _write_facts(book, formats, facts)
        _write_table(book, formats, STANDARDS_SHEET, STANDARD_COLUMNS, _standard_rows(content))
        columns = INDICATOR_COLUMNS | {f"level_{lv.value}": f"ระดับ {lv}" for lv in levels}
        _write_table(book, formats, INDICATORS_SHEET, columns, _indicator_rows(content, levels))
        _write_how(book, formats)
    return stream.getvalue()


def _write_facts(book: Any, formats: Mapping[str, Any], facts: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(SET_SHEET)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80, formats["text"])
    for at, (key, label) in enumerate(SET_FIELD_LABELS.items()):
        sheet.write_string(at, 0, label, formats["head"])
        sheet.write_string(at, 1, facts[key], formats["text"])


def _write_table(
    book: Any,
    formats: Mapping[str, Any],
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[str | int | Decimal | None]],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, (key, label) in enumerate(columns.items()):
        width = WIDTHS.get(key.partition("_")[0], WIDTHS.get(key, 14))
        is_text = key in ("code", "name", "text", "group", "evidence_hint") or "level_" in key
        sheet.set_column(at, at, width, formats["text" if is_text else "number"])
        sheet.write_string(0, at, label, formats["head"])
    for line, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _write_cell(sheet, formats, line, at, value)


def _write_cell(
    sheet: Any, formats: Mapping[str, Any], line: int, at: int, value: str | int | Decimal | None
) -> None:
    """Text stays text: a code is no number, and no word is a formula."""
    if isinstance(value, str):
        sheet.write_string(line, at, value, formats["text"])
    elif value is not None:
        sheet.write_number(line, at, float(value), formats["number"])


def _standard_rows(content: Content) -> Iterable[Sequence[str | int | Decimal | None]]:
    return ((part.number, part.name, part.target) for part in content)


def _indicator_rows(
    content: Content, levels: Sequence[ScaleLevel]
) -> Iterable[Sequence[str | int | Decimal | None]]:
    for part in content:
        for one in part.indicators:
            yield (
                part.number,
                one.code,
                one.text,
                one.group,
                one.evidence_hint,
                one.weight,
                one.achieved_from,
                YES if one.is_local else "",
                *(one.rubrics.get(level.value, "") for level in levels),
            )


def _write_how(book: Any, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(INSTRUCTIONS_SHEET)
    sheet.set_column(0, 0, 110, formats["text"])
    for line, words in enumerate(INSTRUCTIONS):
        sheet.write_string(line, 0, words, formats["text"])
