"""The Excel file of a set of criteria: its sheets and columns, and how it is written."""

from collections.abc import Iterator, Mapping, Sequence

from schools.core.tables.writing import ExcelColumn, ExcelValue, ExcelWriter
from supervision.criteria.content import Content
from supervision.criteria.models import IndicatorSet, Scale, ScaleLevel

SET_SHEET, STANDARDS_SHEET, INDICATORS_SHEET, INSTRUCTIONS_SHEET = (
    "ชุด",
    "มาตรฐาน",
    "ตัวชี้วัด",
    "วิธีกรอก",
)

SET_FIELD_LABELS = {
    "name": "ชื่อชุดตัวชี้วัด",
    "level": "ระดับการศึกษา",
    "use": "ใช้สำหรับ",
    "scale": "มาตราส่วนประมาณค่า",
    "provenance": "ที่มา",
}
STANDARD_COLUMNS = {
    "number": "มาตรฐานที่",
    "name": "ชื่อมาตรฐาน",
    "target": "บรรลุเมื่อค่าเฉลี่ยตั้งแต่",
}
INDICATOR_COLUMNS = {
    "standard": "มาตรฐานที่",
    "code": "เลขที่",
    "text": "ตัวชี้วัด",
    "group": "หัวข้อ",
    "evidence_hint": "ร่องรอยที่ควรมี",
    "weight": "น้ำหนัก",
    "achieved_from": "บรรลุเมื่อระดับตั้งแต่",
    "is_local": "เขตพื้นที่เพิ่มเติม",
}
YES = "ใช่"


WIDTHS = {"name": 50, "text": 60, "group": 30, "evidence_hint": 40}
RUBRIC_WIDTH = 34
TEXT_COLUMNS = ("code", "name", "text", "group", "evidence_hint")
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
    """A set as an .xlsx that can be changed in Excel and imported again."""
    values = {
        "name": indicator_set.name,
        "level": indicator_set.get_level_display(),
        "use": indicator_set.get_use_display(),
        "scale": indicator_set.scale.name,
        "provenance": indicator_set.provenance,
    }
    return _workbook(values, content, list(indicator_set.scale.levels.all()))


def write_blank_set_workbook(scale: Scale) -> bytes:
    """The same without anything in it, for one scale."""
    values = dict.fromkeys(SET_FIELD_LABELS, "") | {"scale": scale.name}
    return _workbook(values, [], list(scale.levels.all()))


def _workbook(values: Mapping[str, str], content: Content, levels: Sequence[ScaleLevel]) -> bytes:
    writer = ExcelWriter()
    labelled = {label: values[key] for key, label in SET_FIELD_LABELS.items()}
    writer.add_labelled_values(SET_SHEET, labelled)
    standards = [_column(key, label) for key, label in STANDARD_COLUMNS.items()]
    writer.add_table(STANDARDS_SHEET, standards, _standard_rows(content))
    indicators = [_column(key, label) for key, label in INDICATOR_COLUMNS.items()]
    rubrics = [ExcelColumn(f"ระดับ {level}", RUBRIC_WIDTH, wraps=True) for level in levels]
    writer.add_table(INDICATORS_SHEET, [*indicators, *rubrics], _indicator_rows(content, levels))
    writer.add_text(INSTRUCTIONS_SHEET, INSTRUCTIONS)
    return writer.content()


def _column(key: str, label: str) -> ExcelColumn:
    return ExcelColumn(
        label, WIDTHS.get(key, 14), is_number=key not in TEXT_COLUMNS, wraps=key in TEXT_COLUMNS
    )


def _standard_rows(content: Content) -> Iterator[Sequence[ExcelValue]]:
    return ((part.number, part.name, part.target) for part in content)


def _indicator_rows(
    content: Content, levels: Sequence[ScaleLevel]
) -> Iterator[Sequence[ExcelValue]]:
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
