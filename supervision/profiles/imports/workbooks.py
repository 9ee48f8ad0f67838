"""The table of learning results to fill in: a sheet for each test and grade, a row a school."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils import timezone

from schools.core.tables.writing import ExcelColumn, ExcelWriter
from schools.core.thai import academic_year
from schools.enums import Grade
from schools.imports.workbooks import CODE, add_import_guide
from schools.models import School
from supervision.profiles.imports.layout import RESULT_COLUMNS
from supervision.profiles.learning.enums import DataOwner
from supervision.profiles.models import TestKind, TestSubject

FIXED = ("obec_code", "name", "kind", "grade", "year")
GUIDE = {
    RESULT_COLUMNS["obec_code"]: f"ต้องมี {CODE}",
    RESULT_COLUMNS["name"]: "ใช้ตรวจว่ารหัสกับชื่อตรงกัน และใช้แทนรหัสได้ถ้าไม่มีรหัส",
    RESULT_COLUMNS["kind"]: "เช่น NT เว้นว่างได้ถ้าพิมพ์ไว้ในชื่อเรื่องเหนือหัวตาราง",
    RESULT_COLUMNS["grade"]: "เช่น ป.3",
    RESULT_COLUMNS["year"]: "ปี พ.ศ. 4 หลัก",
    "เข้าสอบ": "ต้องมี จำนวนผู้เข้าสอบของวิชานั้น",
    "เฉลี่ย": "ร้อยละ หรือคะแนนเฉลี่ยตามที่กำหนดไว้ของการทดสอบนั้น ทศนิยม 2 ตำแหน่ง",
    "S.D.": "ส่วนเบี่ยงเบนมาตรฐาน เว้นว่างได้",
    "ร้อยละของแต่ละระดับ": "รวมทุกระดับได้ 100 เว้นว่างได้ทั้งหมด",
    "แถวค่าเปรียบเทียบ": (
        "เพิ่มแถวที่ชื่อโรงเรียนเป็น ระดับเขตพื้นที่ ระดับจังหวัด ระดับสังกัด หรือระดับประเทศ โดยไม่ใส่รหัส"
    ),
    "ไม่มีค่า": "เว้นว่าง หรือใส่ -",
}


def blank_results_workbook() -> bytes:
    """The tests whose results the office enters, with the schools that teach their grades."""
    today = timezone.localdate()
    schools = list(School.objects.open_on(today))
    writer = ExcelWriter()
    for kind, grade, subjects in _tests_of_office():
        columns = list(_columns(kind, subjects))
        row = (kind.name, Grade(grade).label, str(academic_year(today)))
        rows = [[s.obec_code or "", s.name, *row] for s in schools if _has_grade(s, grade)]
        name = f"{kind.name} {Grade(grade).label}"[:31]
        writer.add_table(name, columns, rows, frozen_columns=2)
    add_import_guide(writer, GUIDE)
    return writer.content()


def _tests_of_office() -> Iterator[tuple[TestKind, int, Sequence[TestSubject]]]:
    kinds = TestKind.objects.filter(is_active=True, entered_by=DataOwner.OFFICE)
    for kind in kinds.prefetch_related("levels", "subjects"):
        for grade, subjects in groupby(kind.subjects.all(), key=lambda subject: subject.grade):
            yield kind, grade, list(subjects)


def _columns(kind: TestKind, subjects: Sequence[TestSubject]) -> Iterator[ExcelColumn]:
    """The subject stands over its figures."""
    for key in FIXED:
        yield ExcelColumn(RESULT_COLUMNS[key], 30 if key == "name" else 14)
    for subject in subjects:
        for label in ("เข้าสอบ", "เฉลี่ย", "S.D.", *(f"ร้อยละ {one}" for one in kind.levels.all())):
            yield ExcelColumn(label, 10, is_number=True, group=subject.name)


def _has_grade(school: School, grade: int) -> bool:
    begins = school.first_grade is None or school.first_grade <= grade
    return begins and (school.last_grade is None or grade <= school.last_grade)
