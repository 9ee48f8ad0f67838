"""Whole files of learning results: the blank table comes back unchanged, many schools at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.core.tables.reading import read_sheets
from supervision.profiles.imports.headings import ResultHeading, load_result_vocabulary
from supervision.profiles.models import LearningResult, LevelShare
from tests.factories import (
    AcademicYearFactory,
    SchoolFactory,
    TestKindFactory,
    TestSubjectFactory,
)
from tests.schools.imports import sample_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def subjects():
    """NT: two subjects and their total, four levels."""
    names = ("ภาษาไทย", "คณิตศาสตร์", "รวม 2 ด้าน")
    return [
        TestSubjectFactory(kind=TestKindFactory(), name=name, position=at, is_total=at == 2)
        for at, name in enumerate(names)
    ]


def test_who_keeps_results_finds_their_card_alone(login, group_director, clerk):
    page = login(group_director).get(reverse("imports")).content.decode()
    assert "ผลการทดสอบและประเมินผู้เรียน" in page
    assert "บุคคลและตำแหน่ง" not in page
    assert 'href="/registry/"' not in page
    assert "บุคคลและตำแหน่ง" in login(clerk).get(reverse("imports")).content.decode()


def test_the_blank_table_is_filled_in_read_and_comes_back_unchanged(
    subjects, login, clerk, send, saved
):
    AcademicYearFactory()
    SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42030001")
    SchoolFactory(name="โรงเรียนบ้านสอง", obec_code="42030002", first_grade=8, last_grade=10)
    template = login(clerk).get(reverse("import_template", args=["learning_results"])).content
    assert "ไม่มีแถวใดในตารางที่มีข้อมูล" in send("learning_results", template).report["failure"]
    sheet = read_sheets(template)[0]
    assert sheet.name == "NT ป.3"
    assert [row.cells[0] for row in sheet.rows[2:]] == ["42030001"]
    figures = [12, 45.23, 10.5, 25, 25, 50, 0] * 3
    filled = [*(row.cells for row in sheet.rows[:2]), [*sheet.rows[2].cells[:5], *figures]]
    import_ = saved("learning_results", sample_tables.xlsx(filled))
    assert (import_.report["new"], import_.report["ignored"]) == (1, [])
    assert (LearningResult.objects.count(), LevelShare.objects.count()) == (3, 12)
    again = send("learning_results", sample_tables.xlsx(filled))
    assert (again.state, again.report["unchanged"], again.report["changes"]) == ("checked", 1, [])


def office_table(schools: int, years: range) -> list[list[object]]:
    """A row for each school and year, with figures that differ from row to row."""
    heads = ["จำนวนผู้เข้าสอบ", "ร้อยละ", "S.D."]
    head = [["รหัสโรงเรียน", "ปีการศึกษา", *["ภาษาไทย"] * 3, *["คณิตศาสตร์"] * 3]]
    rows = [
        [f"42030{n:03}", year, 1 + n % 20, 40 + n % 30, 9.5, 1 + n % 20, 35 + year % 10, 8]
        for n in range(schools)
        for year in years
    ]
    return [["ผลการสอบ NT ชั้น ป.3"], *head, [None, None, *heads, *heads], *rows]


def queries_of_import(import_file, schools: int) -> int:
    table = sample_tables.xlsx(office_table(schools, range(2566, 2569)))
    with CaptureQueriesContext(connection) as captured:
        import_ = import_file("learning_results", table)
    assert import_.report["new"] == schools * 3
    return len(captured)


def test_a_clerk_imports_three_years_of_110_schools(subjects, saved):
    AcademicYearFactory()
    for n in range(110):
        SchoolFactory(name=f"โรงเรียนบ้าน {n}", obec_code=f"42030{n:03}")
    few = queries_of_import(saved, 10)
    LearningResult.objects.all().delete()
    many = queries_of_import(saved, 110)
    assert LearningResult.objects.count() == 110 * 3 * 2
    # Progress is told every 50 rows, and long tables are written in batches.
    assert many - few <= 60


WORDS = [
    *("ภาษาไทย", "คณิต", "รวม 2 ด้าน", "คะแนนเฉลี่ย", "ร้อยละ", "S.D.", "ดีมาก", "ดี", "จำนวน"),
    *("ปี 2567", "ผลการสอบ", "NT", "ป.3", "หมายเหตุ", "x̄", "%", "นักเรียนทั้งหมด", "", "ก1"),
]


@given(lines=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_heading_says_is_its_key(subjects, lines):
    """Understood or not; what is understood is read back from the key."""
    key = load_result_vocabulary().read_heading(lines)
    if key is not None:
        assert ResultHeading.of_key(key).key == key


@given(order=st.permutations(range(6)))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_say_the_same_in_any_order(subjects, order):
    """The order of columns, and of the words over them, changes nothing."""
    vocabulary = load_result_vocabulary()
    columns = [
        (subject, what)
        for subject in ("ภาษาไทย", "คณิตศาสตร์")
        for what in ("จำนวนผู้เข้าสอบ", "คะแนนเฉลี่ย", "ส่วนเบี่ยงเบนมาตรฐาน")
    ]
    keys = [vocabulary.read_heading(columns[at]) for at in order]
    assert keys == [vocabulary.read_heading(columns[at][::-1]) for at in order]
    assert len(set(keys)) == len(columns)
