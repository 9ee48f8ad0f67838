"""Excel files that the office fills in, and the list of problems it works through."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

from schools.core.thai import academic_year
from schools.enums import AcademicStanding, Grade, ImportKind, Internet, Role
from schools.imports.columns import COUNT_COLUMNS, PEOPLE_COLUMNS, SCHOOL_COLUMNS
from schools.models import Import, School

TEXT_ROWS = 1_000  # typed into as text, so that Excel leaves codes and dates alone
DATA, GUIDE = "ข้อมูล", "คำอธิบาย"
CODE = "เลขอารบิก 8 หลัก ใช้จับคู่กับโรงเรียนในทะเบียน"
DAY = "วัน/เดือน/ปี พ.ศ. เช่น 16/5/2569"
YES_NO = ("ใช่", "ไม่ใช่")

# How each column is filled in; "ต้องมี" at the beginning marks what no row can do without.
SCHOOLS_GUIDE = {
    "obec_code": f"ต้องมี {CODE} โรงเรียนเดิมที่ยังไม่มีรหัสจับคู่ด้วยชื่อ",
    "ministry_code": "เลขอารบิก 10 หลัก",
    "name": "ต้องมีสำหรับโรงเรียนใหม่ พิมพ์ชื่อเต็ม",
    "sub_district": "ไม่ต้องพิมพ์คำว่าตำบล",
    "district": "ไม่ต้องพิมพ์คำว่าอำเภอ",
    "cluster": "ชื่อตามทะเบียนกลุ่มโรงเรียน",
    "since": f"วันที่เริ่มสังกัดกลุ่มนั้น ต้องมีเมื่อโรงเรียนเข้ากลุ่มใหม่ {DAY}",
    "first_grade": "เช่น อ.2",
    "last_grade": "เช่น ป.6 หรือ ม.3",
    "latitude": "เลขทศนิยม 5 ถึง 21 เช่น 17.4812",
    "longitude": "เลขทศนิยม 97 ถึง 106 เช่น 101.1532",
    "internet": "เลือกจากรายการ",
    "has_electricity": "มี หรือ ไม่มี",
    "phone": "พิมพ์ได้ทั้งมีและไม่มีขีด",
    "email": "เช่น name@example.go.th",
    "status": "เปิดสอน การเลิกหรือรวมบันทึกที่หน้าทะเบียนของโรงเรียน",
}
COUNTS_GUIDE = {
    "obec_code": f"ต้องมี {CODE}",
    "name": "ไม่บังคับ ใช้ตรวจว่ารหัสกับชื่อตรงกัน",
    "year": "ต้องมี ปี พ.ศ. 4 หลัก",
    "counted_on": f"โดยทั่วไปคือ 10 มิถุนายน {DAY}",
    "boys": "จำนวนคนในแต่ละชั้น ชั้นที่มีตัวเลขต้องใส่ทั้งชายและหญิง ถ้าไม่มีให้ใส่ 0",
    "girls": "เช่นเดียวกับชาย",
    "rooms": "จำนวนห้องเรียน เว้นว่างได้",
    "male_teachers": "จำนวนคน",
    "female_teachers": "จำนวนคน",
}
PEOPLE_GUIDE = {
    "username": "ต้องมี อักษรอังกฤษหรือเลข 3–30 ตัว ไม่ใช่เลขประจำตัวประชาชน",
    "full_name": "ต้องมีสำหรับผู้ใช้ใหม่",
    "role": "ต้องมี เลือกจากรายการ ผู้มีหลายตำแหน่งใส่ตำแหน่งละแถว",
    "school": "ต้องมีสำหรับผู้อำนวยการโรงเรียนและครูวิชาการ เลขอารบิก 8 หลัก",
    "school_name": "ใช้แทนรหัสได้ถ้าโรงเรียนยังไม่มีรหัส",
    "cluster": "ต้องมีสำหรับประธานกลุ่มและ อ.ก.ต.ป.น. ศึกษานิเทศก์ใส่กลุ่มที่รับผิดชอบ",
    "starts_on": f"ต้องมีสำหรับตำแหน่งใหม่ {DAY}",
    "ends_on": f"เว้นว่างหากยังดำรงตำแหน่งอยู่ {DAY}",
    "acting": "ใช่ หรือ ไม่ใช่ เว้นว่างคือไม่ใช่",
    "title": "ข้อความใต้ลายมือชื่อ เว้นว่างได้",
    "position_number": "เว้นว่างได้",
    "academic_standing": "เลือกจากรายการ เว้นว่างคือไม่มี",
    "email": "เว้นว่างได้",
}
CHOICES = {
    "internet": Internet.labels,
    "has_electricity": ("มี", "ไม่มี"),
    "status": ("เปิดสอน",),
    "role": Role.labels,
    "acting": YES_NO,
    "academic_standing": AcademicStanding.labels,
}


def blank_import_workbook(kind: ImportKind) -> bytes:
    """The table to fill in, and beside it how each column is filled in."""
    content = BytesIO()
    with _workbook(content) as book:
        sheet = book.add_worksheet(DATA)
        {
            ImportKind.SCHOOLS: _schools,
            ImportKind.COUNTS: _counts,
            ImportKind.PEOPLE: _people,
        }[kind](book, sheet)
        labels, guide = {
            ImportKind.SCHOOLS: (SCHOOL_COLUMNS, SCHOOLS_GUIDE),
            ImportKind.COUNTS: (COUNT_COLUMNS, COUNTS_GUIDE),
            ImportKind.PEOPLE: (PEOPLE_COLUMNS, PEOPLE_GUIDE),
        }[kind]
        _guide(book, labels, guide)
    return content.getvalue()


def _workbook(content: BytesIO) -> xlsxwriter.Workbook:
    """Text stays text: no cell becomes a formula or a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(content, options)


def _heads(book: xlsxwriter.Workbook) -> dict[str, Any]:
    line = {"font_name": "Sarabun", "font_size": 11, "border": 1, "valign": "vcenter"}
    head = {"bold": True, "align": "center", "bg_color": "#E6EEFB", "text_wrap": True}
    return {"head": book.add_format(line | head), "text": book.add_format(_TEXT)}


_TEXT = {"font_name": "Sarabun", "font_size": 11, "num_format": "@", "valign": "top"}
_WRAPPED = _TEXT | {"text_wrap": True}


def _schools(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """The register as it stands: to be corrected and sent back."""
    schools = School.objects.with_cluster(timezone.localdate())
    shown = {"internet": "get_internet_display", "cluster": "cluster_name"}
    rows = [[_cell(school, shown.get(key, key)) for key in SCHOOLS_GUIDE] for school in schools]
    _table(book, sheet, {key: SCHOOL_COLUMNS[key] for key in SCHOOLS_GUIDE}, rows)


def _cell(school: School, name: str) -> str:
    if name in ("since", "status"):
        return ""
    value = getattr(school, name)
    value = value() if callable(value) else value
    if name in ("first_grade", "last_grade"):
        return Grade(value).label if value else ""
    if isinstance(value, bool):
        return "มี" if value else "ไม่มี"
    return "" if value is None else str(value)


def _people(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    _table(book, sheet, PEOPLE_COLUMNS, [])


def _table(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    labels: Mapping[str, str],
    rows: Iterable[Sequence[str]],
) -> None:
    formats = _heads(book)
    for at, (key, label) in enumerate(labels.items()):
        sheet.set_column(at, at, max(14, len(label) + 2), formats["text"])
        sheet.write_string(0, at, label, formats["head"])
        if key in CHOICES:
            among = {"validate": "list", "source": list(CHOICES[key]), "ignore_blank": True}
            # A hint only: what people really write is understood too, or named as a problem.
            sheet.data_validation(1, at, TEXT_ROWS, at, among | {"error_type": "warning"})
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row):
            sheet.write_string(number, at, text, formats["text"])
    sheet.freeze_panes(1, 2)


def _counts(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Two lines of heading, the grade over boys, girls and rooms; a row for each open school."""
    formats = _heads(book)
    before, after = (
        ("obec_code", "name", "year", "counted_on"),
        ("male_teachers", "female_teachers"),
    )
    for at, key in enumerate(before):
        sheet.merge_range(0, at, 1, at, COUNT_COLUMNS[key], formats["head"])
        sheet.set_column(at, at, 30 if key == "name" else 14, formats["text"])
    at = len(before)
    for grade in Grade:
        sheet.merge_range(0, at, 0, at + 2, grade.label, formats["head"])
        for what in ("boys", "girls", "rooms"):
            sheet.write_string(1, at, COUNT_COLUMNS[what], formats["head"])
            at += 1
    for key in after:
        sheet.merge_range(0, at, 1, at, COUNT_COLUMNS[key], formats["head"])
        at += 1
    year = str(academic_year(timezone.localdate()))
    schools = School.objects.open_on(timezone.localdate()).exclude(obec_code=None)
    for number, school in enumerate(schools, start=2):
        for at, text in enumerate((school.obec_code, school.name, year)):
            sheet.write_string(number, at, text, formats["text"])
    sheet.freeze_panes(2, 2)


def _guide(book: xlsxwriter.Workbook, labels: Mapping[str, str], guide: Mapping[str, str]) -> None:
    sheet, wrapped = book.add_worksheet(GUIDE), book.add_format(_WRAPPED)
    head = _heads(book)["head"]
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 80)
    for at, word in enumerate(("คอลัมน์", "วิธีกรอก")):
        sheet.write_string(0, at, word, head)
    for number, (key, words) in enumerate(guide.items(), start=1):
        sheet.write_string(number, 0, labels[key], wrapped)
        sheet.write_string(number, 1, words, wrapped)
    remark = "ช่องที่เว้นว่างไม่เปลี่ยนข้อมูลเดิม แถวที่ไม่มีในไฟล์ไม่ถูกลบ"
    sheet.write_string(len(guide) + 2, 1, remark, wrapped)


def problem_list_workbook(import_: Import) -> bytes:
    """Row, column, what stands there, and what to do."""
    content = BytesIO()
    with _workbook(content) as book:
        sheet, wrapped = book.add_worksheet("ข้อที่ต้องแก้ไข"), book.add_format(_WRAPPED)
        head = _heads(book)["head"]
        columns = (("แถว", 8), ("คอลัมน์", 34), ("ข้อมูลในช่อง", 30), ("สิ่งที่ต้องแก้ไข", 90))
        for at, (word, width) in enumerate(columns):
            sheet.set_column(at, at, width, wrapped)
            sheet.write_string(0, at, word, head)
        for number, problem in enumerate(import_.report.get("problems", []), start=1):
            sheet.write_number(number, 0, problem["row"], wrapped)
            for at, key in enumerate(("column", "value", "message"), start=1):
                sheet.write_string(number, at, problem[key], wrapped)
        sheet.freeze_panes(1, 0)
    return content.getvalue()
