"""Nobody waits while a table is checked: an edit of others goes through at every moment."""

import sqlite3

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from schools.imports import actions
from schools.imports.tasks import check_import
from schools.models import Import
from tests.factories import AcademicYearFactory, ClusterFactory, SchoolFactory
from tests.schools.imports import sample_tables

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="one writer at a time: SQLite only"),
]
QUERIES_OF_ONE_ROW = 60


class OtherWriter:
    """Somebody else who wants to save, just before each query of ours."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
        self.waits = self.longest_wait = self.went_through = 0

    def __call__(self, execute, sql, params, many, context):
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            self.waits += 1
        else:
            self.waits, self.went_through = 0, self.went_through + 1
        self.longest_wait = max(self.longest_wait, self.waits)
        return execute(sql, params, many, context)


@pytest.fixture
def other_writer():
    writer = OtherWriter()
    yield writer
    writer.connection.close()


def checked_beside(other_writer, kind, content, by) -> Import:
    """The file checked while somebody else wants to save."""
    import_ = actions.upload_import_file(SimpleUploadedFile("ก.xlsx", content), kind=kind, by=by)
    Import.objects.filter(pk=import_.pk).update(state="reading", report={})
    with connection.execute_wrapper(other_writer):
        check_import.call(import_.pk)
    import_.refresh_from_db()
    assert import_.state == "checked", import_.report
    return import_


def test_a_register_is_checked_without_the_write_lock(other_writer, clerk, school_with_code):
    ClusterFactory(name="กลุ่มโรงเรียนโคกงาม")
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "กลุ่มโรงเรียน", "ตั้งแต่วันที่"]
    rows = [[f"420400{n:02}", f"บ้านที่ {n}", "โคกงาม", "9/5/2567"] for n in range(60)]
    import_ = checked_beside(other_writer, "schools", sample_tables.xlsx([head, *rows]), clerk)
    assert import_.report["new"] == 60
    assert other_writer.longest_wait == 0


def test_counts_are_checked_without_the_write_lock(other_writer, clerk, school_with_code):
    head = ["รหัสโรงเรียน", "ปีการศึกษา", "ชั้น", "ชาย", "หญิง"]
    rows = [["42030001", 2566, f"ป.{n}", n, n] for n in range(1, 7)]
    import_ = checked_beside(other_writer, "counts", sample_tables.xlsx([head, *rows]), clerk)
    assert import_.report["new"] == 1
    assert "เพิ่มปีการศึกษา 2566" in str(import_.report["notes"])
    assert other_writer.longest_wait == 0


def test_people_are_checked_a_few_rows_at_a_time(other_writer, clerk, school_with_code):
    AcademicYearFactory()
    schools = [SchoolFactory(obec_code=f"4209{n:04}") for n in range(8)]
    head = ["ชื่อผู้ใช้", "ชื่อ-สกุล", "ตำแหน่ง", "รหัสโรงเรียน", "ตั้งแต่วันที่"]
    rows = [
        [f"{role}{at}", f"ผู้ใช้ {role} {at}", word, school.obec_code, "16/5/2569"]
        for at, school in enumerate(schools)
        for role, word in (("director", "ผู้อำนวยการโรงเรียน"), ("teacher", "ครูวิชาการ"))
    ]
    import_ = checked_beside(other_writer, "people", sample_tables.xlsx([head, *rows]), clerk)
    assert import_.report["new"] == len(rows)
    assert other_writer.longest_wait <= QUERIES_OF_ONE_ROW
    assert other_writer.went_through > len(rows)


def test_more_people_than_can_be_saved_in_a_moment_are_refused(clerk, school_with_code):
    head = "ชื่อผู้ใช้,ชื่อ-สกุล,ตำแหน่ง,ตั้งแต่วันที่\n"
    rows = "".join(f"person{n},คนที่ {n},ศึกษานิเทศก์,16/5/2569\n" for n in range(401))
    file = SimpleUploadedFile("ก.csv", (head + rows).encode())
    import_ = actions.upload_import_file(file, kind="people", by=clerk)
    import_.refresh_from_db()
    assert "มากกว่า 400 แถว" in import_.report["failure"]
