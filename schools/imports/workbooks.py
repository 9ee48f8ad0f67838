"""Excel files that the office fills in, and the list of problems it works through."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone

from schools.core.tables.writing import ExcelColumn, ExcelWriter
from schools.core.thai import academic_year
from schools.enums import AcademicStanding, Capacity, Grade, Internet
from schools.imports.columns import COUNT_COLUMNS, PEOPLE_COLUMNS, SCHOOL_COLUMNS
from schools.imports.importers.people import ROLE_WORDS
from schools.models import Import, School

DATA, GUIDE = "ข้อมูล", "คำอธิบาย"
CODE = "เลขอารบิก 8 หลัก ใช้จับคู่กับโรงเรียนในทะเบียน"
DAY = "วัน/เดือน/ปี พ.ศ. เช่น 16/5/2569"

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
    "capacity": "เลือกตามคำสั่งแต่งตั้ง เว้นว่างคือดำรงตำแหน่งเอง",
    "own_title": "ตำแหน่งของผู้รักษาการหรือทำการแทน เช่น ครู เว้นว่างได้",
    "title": "ข้อความใต้ลายมือชื่อ เว้นว่างได้",
    "position_number": "เว้นว่างได้",
    "academic_standing": "เลือกจากรายการ เว้นว่างคือไม่มี",
    "email": "เว้นว่างได้",
}
CHOICES: dict[str, Sequence[str]] = {
    "internet": Internet.labels,
    "has_electricity": ("มี", "ไม่มี"),
    "status": ("เปิดสอน",),
    "role": [role.label for role in ROLE_WORDS],
    "capacity": Capacity.labels,
    "academic_standing": AcademicStanding.labels,
}


def blank_schools_workbook() -> bytes:
    """The register to correct and send back, and beside it how each column is filled in."""
    writer = ExcelWriter()
    labels = {key: SCHOOL_COLUMNS[key] for key in SCHOOLS_GUIDE}
    writer.add_table(DATA, _columns(labels), _school_rows(), frozen_columns=2)
    add_import_guide(writer, {labels[key]: words for key, words in SCHOOLS_GUIDE.items()})
    return writer.content()


def blank_counts_workbook() -> bytes:
    """A row for each open school, and beside it how each column is filled in."""
    writer = ExcelWriter()
    writer.add_table(DATA, _count_columns(), _count_rows(), frozen_columns=2)
    add_import_guide(writer, {COUNT_COLUMNS[key]: words for key, words in COUNTS_GUIDE.items()})
    return writer.content()


def blank_people_workbook() -> bytes:
    """An empty table, and beside it how each column is filled in."""
    writer = ExcelWriter()
    writer.add_table(DATA, _columns(PEOPLE_COLUMNS), frozen_columns=2)
    add_import_guide(writer, {PEOPLE_COLUMNS[key]: words for key, words in PEOPLE_GUIDE.items()})
    return writer.content()


def _columns(labels: Mapping[str, str]) -> list[ExcelColumn]:
    return [
        ExcelColumn(label, max(14, len(label) + 2), choices=CHOICES.get(key, ()))
        for key, label in labels.items()
    ]


def _school_rows() -> Iterator[list[str]]:
    """The register as it stands: to be corrected and sent back."""
    shown = {"internet": "get_internet_display", "cluster": "cluster_name"}
    for school in School.objects.with_cluster(timezone.localdate()):
        yield [_school_cell(school, shown.get(key, key)) for key in SCHOOLS_GUIDE]


def _school_cell(school: School, name: str) -> str:
    if name in ("since", "status"):
        return ""
    value = getattr(school, name)
    value = value() if callable(value) else value
    if name in ("first_grade", "last_grade"):
        return Grade(value).label if value else ""
    if isinstance(value, bool):
        return "มี" if value else "ไม่มี"
    return "" if value is None else str(value)


def _count_columns() -> list[ExcelColumn]:
    """The grade stands over its boys, girls and rooms."""
    before = ("obec_code", "name", "year", "counted_on")
    return [
        *(ExcelColumn(COUNT_COLUMNS[key], 30 if key == "name" else 14) for key in before),
        *(
            ExcelColumn(COUNT_COLUMNS[counted], 9, is_number=True, group=grade.label)
            for grade in Grade
            for counted in ("boys", "girls", "rooms")
        ),
        *(
            ExcelColumn(COUNT_COLUMNS[key], 9, is_number=True)
            for key in ("male_teachers", "female_teachers")
        ),
    ]


def _count_rows() -> Iterator[list[str | None]]:
    """A row for each open school, its numbers to be filled in."""
    today = timezone.localdate()
    for school in School.objects.open_on(today).exclude(obec_code=None):
        yield [school.obec_code, school.name, str(academic_year(today))]


def add_import_guide(writer: ExcelWriter, guide: Mapping[str, str]) -> None:
    """The sheet that says how each column is filled in, by its heading."""
    columns = [ExcelColumn("คอลัมน์", 26, wraps=True), ExcelColumn("วิธีกรอก", 80, wraps=True)]
    remark = ("", "ช่องที่เว้นว่างไม่เปลี่ยนข้อมูลเดิม แถวที่ไม่มีในไฟล์ไม่ถูกลบ")
    writer.add_table(GUIDE, columns, [*guide.items(), ("", ""), remark])


def problem_list_workbook(import_: Import) -> bytes:
    """An .xlsx of all problems: row, column, the cell's text, and what to do."""
    columns = [
        ExcelColumn("แถว", 8, is_number=True),
        ExcelColumn("คอลัมน์", 34, wraps=True),
        ExcelColumn("ข้อมูลในช่อง", 30, wraps=True),
        ExcelColumn("สิ่งที่ต้องแก้ไข", 90, wraps=True),
    ]
    keys = ("row", "column", "value", "message")
    problems = import_.report.get("problems", [])
    writer = ExcelWriter()
    writer.add_table(
        "ข้อที่ต้องแก้ไข", columns, [[problem[key] for key in keys] for problem in problems]
    )
    return writer.content()
