"""The directory of schools as an Excel file; tests/schools/imports brings it in again."""

from django.urls import reverse

from schools.enums import Grade
from schools.models import School
from tests.exported_files import ExportedTable, exported_table
from tests.factories import YearlyCountFactory

FACTS = {
    "obec_code": "42030001",
    "first_grade": Grade.K2,
    "last_grade": Grade.P6,
    "has_electricity": True,
}


def table(client, query="") -> ExportedTable:
    return exported_table(client.get(reverse("directory_export") + query))


def test_the_directory_comes_as_it_is_shown(login, supervisor, school, other_school):
    School.objects.filter(pk=school.pk).update(**FACTS)
    YearlyCountFactory(school=school, pupils=86, is_sample=True)
    found = table(login(supervisor), "?q=42030001")
    (row,) = found.rows
    assert row["รหัสโรงเรียน 8 หลัก"] == "42030001"
    assert (row["ชั้นต่ำสุด"], row["ชั้นสูงสุด"], row["ไฟฟ้า"]) == ("อ.2", "ป.6", "มี")
    assert (row["นักเรียน (คน)"], row["ปีการศึกษาที่นับ"]) == (86, "2569 (ตัวอย่าง)")
    assert found.head[2] == "ตัวกรอง: ชื่อหรือรหัสโรงเรียน “42030001” · สถานะ เปิดสอน"


def test_a_directory_without_rows_is_still_a_file(login, clerk):
    found = table(login(clerk), "?q=ไม่มี")
    assert found.rows == []
    assert "ชื่อโรงเรียน" in found.headings


def test_a_school_director_gets_their_own_school_alone(login, school_director, other_school):
    found = table(login(school_director))
    assert found.column("ชื่อโรงเรียน") == ["โรงเรียนของเรา"]
