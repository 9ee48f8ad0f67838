"""How a table of learning results is recognised: its columns, and its rows that are no school's."""

import re

from schools.core.tables.layout import ImportTable, TableLayout, heading_key
from schools.core.tables.reading import WorkbookRow
from schools.core.thai import arabic_digits
from schools.imports.columns import COUNT_COLUMN_SYNONYMS, COUNT_COLUMNS
from supervision.profiles.imports.headings import Measure, load_result_vocabulary
from supervision.profiles.learning.enums import ReferenceScope

TITLE = "ผลการทดสอบและประเมินผู้เรียน"
RESULT_COLUMNS = {
    "obec_code": COUNT_COLUMNS["obec_code"],
    "name": COUNT_COLUMNS["name"],
    "year": COUNT_COLUMNS["year"],
    "kind": "การทดสอบ",
    "grade": COUNT_COLUMNS["grade"],
    "subject": "วิชาหรือด้าน",
    "as_of": COUNT_COLUMNS["counted_on"],
}
RESULT_COLUMN_SYNONYMS = {
    "obec_code": COUNT_COLUMN_SYNONYMS["obec_code"],
    "name": COUNT_COLUMN_SYNONYMS["name"],
    "year": COUNT_COLUMN_SYNONYMS["year"],
    "kind": ("ประเภทการทดสอบ", "ชื่อการทดสอบ", "การประเมิน", "รายการทดสอบ", "การสอบ"),
    "grade": COUNT_COLUMN_SYNONYMS["grade"],
    "subject": ("วิชา", "ด้าน", "วิชา/ด้าน", "รายวิชา", "กลุ่มสาระการเรียนรู้", "กลุ่มสาระ"),
    "as_of": COUNT_COLUMN_SYNONYMS["counted_on"],
}
SCHOOL_KEYS = ("obec_code", "name")
MAX_RESULT_ROWS = 6_000
_FIXED_COLUMNS = {
    heading_key(word): key
    for key, label in RESULT_COLUMNS.items()
    for word in (label, *RESULT_COLUMN_SYNONYMS[key])
}

_VALUE_OF = "(?:ค่า|คะแนน|เฉลี่ย|ร้อยละ|รวม|ใน|ของ|ระดับ)*"
_SCOPES = {
    ReferenceScope.NATION: re.compile(f"{_VALUE_OF}(?:ประเทศ|ชาติ)"),
    ReferenceScope.AGENCY: re.compile(f"{_VALUE_OF}(?:สังกัด.*|สพฐ.*)"),
    ReferenceScope.PROVINCE: re.compile(f"{_VALUE_OF}จังหวัด.*"),
    ReferenceScope.AREA: re.compile(f"{_VALUE_OF}(?:เขต.*|สพป.*|สำนักงานเขต.*)"),
}
_ALL_SCHOOLS = re.compile(f"(?:รวม|เฉลี่ย|ค่าเฉลี่ย)(?:ทั้งสิ้น|ทั้งหมด|ทุกโรงเรียน|{_VALUE_OF})")
_STATISTICS = re.compile(
    "sd|ส่วนเบี่ยงเบน.*|(?:คะแนน)?(?:สูงสุด|ต่ำสุด|สูงที่สุด|ต่ำที่สุด)|max|min|มัธยฐาน|ฐานนิยม"
)


def recognise_fixed_column(lines: tuple[str, ...]) -> str | None:
    """A column about the row: its school, test, year; under a wider heading only its school."""
    together = _FIXED_COLUMNS.get(heading_key("".join(lines)))
    last = _FIXED_COLUMNS.get(heading_key(lines[-1]))
    return together or (last if last in SCHOOL_KEYS else None)


def is_figure_column(key: str) -> bool:
    """Whether a recognised column holds figures of results."""
    return ":" in key


def missing_result_columns(found: frozenset[str]) -> list[str]:
    """A school, how many were tested, and what they reached."""
    measures = {key.split(":")[0] for key in found if is_figure_column(key)}
    missing = [] if found & set(SCHOOL_KEYS) else [RESULT_COLUMNS["obec_code"]]
    if not measures & {Measure.TESTED, Measure.COUNT}:
        missing.append("จำนวนผู้เข้าสอบ")
    reached = {Measure.MEAN, Measure.PERCENT, Measure.SHARE, Measure.LEVEL_COUNT}
    return missing if measures & reached else [*missing, "คะแนนเฉลี่ยหรือร้อยละ"]


def learning_result_layout() -> TableLayout:
    """By the words of the kinds of tests that the office keeps now."""
    vocabulary = load_result_vocabulary()
    vocabulary.labels.update(RESULT_COLUMNS)
    return TableLayout(
        title=TITLE,
        keys=SCHOOL_KEYS,
        recognise=lambda lines: recognise_fixed_column(lines) or vocabulary.read_heading(lines),
        missing=missing_result_columns,
        labels=vocabulary.labels,
        most_rows=MAX_RESULT_ROWS,
        reads_total=lambda table, row: reference_scope(table, row) is not None,
        takes_every_sheet=True,
    )


# --- Rows that are no school's ---


def row_label(table: ImportTable, row: WorkbookRow) -> str:
    """What the row calls itself: its school's cells, or the first cell where these are empty."""
    cells = [row.cell(table.columns[key]) for key in reversed(SCHOOL_KEYS) if key in table.columns]
    return next(filter(None, (*cells, *row.cells)), "")


def reference_scope(table: ImportTable, row: WorkbookRow) -> ReferenceScope | None:
    """Of which pupils together the row is; a bare sum is of the area. None for a school's row."""
    code_at = table.columns.get("obec_code")
    if code_at is not None and arabic_digits(row.cell(code_at)).isdecimal():
        return None
    key = heading_key(row_label(table, row))
    named = next((scope for scope, words in _SCOPES.items() if words.fullmatch(key)), None)
    return ReferenceScope.AREA if named is None and _ALL_SCHOOLS.fullmatch(key) else named


def is_bare_sum(table: ImportTable, row: WorkbookRow) -> bool:
    """Whether the row is a sum that does not say of what."""
    return bool(_ALL_SCHOOLS.fullmatch(heading_key(row_label(table, row))))


def is_statistic_row(table: ImportTable, row: WorkbookRow) -> bool:
    """Whether the row has a statistic over schools that is neither a sum nor a mean."""
    return bool(_STATISTICS.fullmatch(heading_key(row_label(table, row))))
