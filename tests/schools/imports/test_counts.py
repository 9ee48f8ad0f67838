"""Yearly numbers from files: wide and long tables, totals that agree, years that exist."""

from datetime import date

import pytest
from django.utils import timezone

from schools.core.thai import academic_year
from schools.enums import Grade
from schools.models import AcademicYear, GradeCount, YearlyCount
from tests.factories import AcademicYearFactory, SchoolFactory
from tests.schools.imports import sample_tables

pytestmark = pytest.mark.django_db

LONG = ["รหัสโรงเรียน", "ปีการศึกษา", "ชั้น", "ชาย", "หญิง", "ห้องเรียน"]
WIDE = ["รหัสโรงเรียน", "ปีการศึกษา", "ป.1 ชาย", "ป.1 หญิง", "ป.1 ห้อง", "ครูชาย", "ครูหญิง"]


def numbers(school) -> dict:
    """Of its only count: boys, girls and rooms by grade."""
    grades = GradeCount.objects.filter(count__school=school)
    return {Grade(g.grade).label: (g.boys, g.girls, g.rooms) for g in grades}


def two_lines(*rows):
    """The table as offices print it: grades merged over ชาย and หญิง, with sums to the right."""
    head = [
        ["จำนวนนักเรียน ปีการศึกษา ๒๕๖๘"],
        ["ข้อมูล ณ วันที่ 10 มิถุนายน 2568"],
        ["ที่", "รหัสโรงเรียน", "โรงเรียน", None, None, None, None, None, None, None, "รวมทั้งสิ้น"],
        [None, None, None, "ชาย", "หญิง", "ห้อง", "ชาย", "หญิง", "รวม", "ห้อง", "ชาย", "หญิง", "รวม"],
    ]
    merged = {"D3:F3": "อ.2", "G3:J3": "ป.1", "B3:B4": "รหัสโรงเรียน", "K3:M3": "รวมทั้งสิ้น"}
    return sample_tables.xlsx([*head, *rows], merged=merged)


# --- What is saved ---


def test_a_table_as_offices_print_it(school_with_code, saved):
    rows = [
        [1, 42030001, "บ้านหนึ่ง", 3, 4, 1, 5, "-", 5, 1, 8, 4, 12],
        [None, None, "รวม", 3, 4, 1, 5, 0, 5, 1, 8, 4, 12],
    ]
    import_ = saved("counts", two_lines(*rows))
    count = YearlyCount.objects.get()
    assert (count.school, count.academic_year.year) == (school_with_code, 2568)
    assert count.counted_on == date(2025, 6, 10)
    assert numbers(school_with_code) == {"อ.2": (3, 4, 1), "ป.1": (5, 0, 1)}
    assert import_.report["place"] == "แผ่นงาน “Sheet1” หัวตารางแถว 3–4"
    assert import_.report["left_out"] == ["แถว 6 “รวม” เป็นแถวรวม"]
    assert len(import_.report["totals"]) == 4
    assert import_.report["ignored"] == ["ที่ (คอลัมน์ A)"]
    assert import_.report["notes"] == [
        "ปีการศึกษา 2568 อ่านจากชื่อเรื่องแถว 1",
        "ข้อมูล ณ วันที่ 10 มิถุนายน 2568 อ่านจากชื่อเรื่องแถว 2",
        "เพิ่มปีการศึกษา 2568 ในปฏิทินการศึกษา โดยยังไม่มีวันเปิดและปิดภาคเรียน",
    ]


def test_a_row_for_each_grade_with_the_school_merged(school_with_code, saved):
    rows = [
        LONG,
        [None, None, "อ.2", 3, 4, 1],
        [None, None, "ป.1", 5, 6, 1],
        [None, None, "รวม", 8, 10],
    ]
    merged = {"A2:A4": 42030001, "B2:B4": 2569}
    import_ = saved("counts", sample_tables.xlsx(rows, merged=merged))
    assert numbers(school_with_code) == {"อ.2": (3, 4, 1), "ป.1": (5, 6, 1)}
    assert import_.report["new"] == 1
    assert import_.report["left_out"] == ["แถว 4 “42030001” เป็นแถวรวม"]


def test_teachers_alone_or_with_their_sum(school_with_code, saved):
    head = ["รหัสโรงเรียน", "ปีการศึกษา", "ครูชาย", "ครูหญิง", "รวมครู"]
    saved("counts", sample_tables.xlsx([head, ["42030001", 2569, 2, 5, 7]]))
    count = YearlyCount.objects.get()
    assert (count.male_teachers, count.female_teachers) == (2, 5)


def test_several_years_and_schools_in_one_file(school_with_code, saved):
    other = SchoolFactory(obec_code="42030002")
    years = range(2565, 2570)
    rows = [[code, year, 1, 2, 1] for code in ("42030001", "42030002") for year in years]
    import_ = saved("counts", sample_tables.xlsx([WIDE, *rows]))
    assert import_.report["new"] == 10
    assert other.yearly_counts.count() == school_with_code.yearly_counts.count() == 5
    assert set(AcademicYear.objects.values_list("year", flat=True)) == {*years}


def test_a_second_file_changes_what_it_says_and_leaves_the_rest(school_with_code, saved, send):
    first = sample_tables.xlsx([WIDE, ["42030001", 2569, 5, 6, 1, 2, 3]])
    saved("counts", first)
    count = YearlyCount.objects.get()
    count.grades.create(grade=Grade.P2, boys=1, girls=1)
    import_ = saved("counts", sample_tables.xlsx([WIDE, ["42030001", 2569, 5, 7, "", "", 4]]))
    assert numbers(school_with_code) == {"ป.1": (5, 7, 1), "ป.2": (1, 1, None)}
    count.refresh_from_db()
    assert (count.male_teachers, count.female_teachers) == (2, 4)
    assert import_.report["changes"][0]["lines"] == [
        ["ครูหญิง", "3", "4"],
        ["ป.1 หญิง", "6", "7"],
    ]
    again = send("counts", sample_tables.xlsx([WIDE, ["42030001", 2569, 5, 7, "", "", 4]]))
    assert (again.state, again.report["unchanged"]) == ("checked", 1)


def test_a_grade_without_pupils_is_not_entered_but_set_to_none_where_it_was_counted(
    school_with_code, saved
):
    saved(
        "counts",
        sample_tables.xlsx(
            [LONG, ["42030001", 2569, "ป.1", 5, 6, 1], ["42030001", 2569, "ม.1", 0, 0, 0]]
        ),
    )
    assert numbers(school_with_code) == {"ป.1": (5, 6, 1)}
    saved("counts", sample_tables.xlsx([LONG, ["42030001", 2569, "ป.1", 0, 0, 0]]))
    assert numbers(school_with_code) == {"ป.1": (0, 0, 0)}


def test_numbers_that_were_samples_are_real_from_now_on(school_with_code, saved):
    year = AcademicYearFactory(year=2569)
    YearlyCount.objects.create(
        school=school_with_code, academic_year=year, is_sample=True, male_teachers=2
    )
    import_ = saved("counts", sample_tables.xlsx([WIDE, ["42030001", 2569, "", "", "", 2]]))
    assert not YearlyCount.objects.get().is_sample
    assert import_.report["changes"][0]["lines"] == [["ที่มา", "ข้อมูลตัวอย่าง", "ข้อมูลที่นำเข้า"]]


# --- What a clerk is told ---


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (["42039999", 2569, 1, 1], "รหัสโรงเรียน 8 หลัก", "ไม่พบรหัสนี้ในทะเบียนโรงเรียน"),
        (["42030001", 2026, 1, 1], "ปีการศึกษา", "ปี 2026 เป็น ค.ศ. โปรดพิมพ์เป็น พ.ศ. คือ 2569"),
        (["42030001", 2650, 1, 1], "ปีการศึกษา", "โปรดตรวจปี"),
        (["42030001", "", 1, 1], "ปีการศึกษา", "เว้นว่าง โปรดใส่ปีการศึกษา พ.ศ."),
        (["42030001", 2569, 12.5, 1], "ป.1 ชาย", "ต้องเป็นจำนวนเต็ม"),
        (["42030001", 2569, 5000, 1], "ป.1 ชาย", "มากกว่า 2,000 ซึ่งเกินจริง"),
        (["42030001", 2569, -1, 1], "ป.1 ชาย", "ต้องเป็นจำนวนเต็ม"),
        (["42030001", 2569, 5, ""], "ป.1 หญิง", "ถ้าไม่มีนักเรียนให้ใส่ 0"),
        (["42030001", 2569, 5, "#ERROR"], "ป.1 หญิง", "สูตรในช่องนี้คำนวณไม่ได้"),
    ],
)
def test_what_is_wrong_with_a_row(school_with_code, send, problems, row, column, message):
    ((number, named, told),) = problems(send("counts", sample_tables.xlsx([WIDE, row])))
    assert number == 2
    assert named.startswith(column)
    assert message in told
    assert not YearlyCount.objects.exists()


@pytest.mark.parametrize(
    ("row", "column", "told", "found"),
    [
        ([1, 42030001, "บ้านหนึ่ง", 3, 4, 1, 5, 6, 12, 1, 8, 10, 18], "ป.1 รวม (คอลัมน์ I)", 12, 11),
        ([1, 42030001, "บ้านหนึ่ง", 3, 4, 1, 5, 6, 11, 1, 9, 10, 18], "รวมทั้งสิ้น ชาย (คอลัมน์ K)", 9, 8),
        ([1, 42030001, "บ้านหนึ่ง", 3, 4, 1, 5, 6, 11, 1, 8, 10, 19], "รวมทั้งสิ้น รวม (คอลัมน์ M)", 19, 18),
    ],
)
def test_a_total_that_disagrees_with_its_parts(
    school_with_code, send, problems, row, column, told, found
):
    assert problems(send("counts", two_lines(row))) == [
        (5, column, f"ยอดรวมเป็น {told} แต่ผลบวกของช่องที่นำเข้าเป็น {found} โปรดตรวจตัวเลข")
    ]


def test_totals_of_levels_and_bare_sums(school_with_code, send, problems):
    head = ["รหัส", "ปีการศึกษา", "อ.2 ชาย", "อ.2 หญิง", "รวมอนุบาล", "ป.1ช", "ป.1ญ", "รวมประถม"]
    head += ["ชาย", "หญิง", "นักเรียนทั้งหมด"]
    good = ["42030001", 2569, 3, 4, 7, 5, 6, 11, 8, 10, 18]
    assert send("counts", sample_tables.xlsx([head, good])).state == "checked"
    wrong = ["42030001", 2569, 3, 4, 8, 5, 6, 12, 9, 11, 19]
    found = problems(send("counts", sample_tables.xlsx([head, wrong])))
    assert [column.split(" (")[0] for _, column, _ in found] == [
        "รวมอนุบาล",
        "รวมประถม",
        "นักเรียนทั้งหมด",
        "ชาย",
        "หญิง",
    ]


def test_one_school_and_year_twice(school_with_code, send, problems):
    ((row, _, message),) = problems(
        send(
            "counts", sample_tables.xlsx([WIDE, ["42030001", 2569, 1, 1], ["42030001", 2569, 1, 1]])
        )
    )
    assert (row, message) == (3, "ซ้ำกับแถว 2 โปรดเหลือไว้แถวเดียว")
    rows = [
        ["42030001", 2569, "ป.1", 1, 1],
        ["42030001", 2569, "ป.2", 1, 1],
        ["42030001", 2569, "ป.1", 2, 2],
    ]
    ((row, column, _),) = problems(send("counts", sample_tables.xlsx([LONG, *rows])))
    assert (row, column) == (4, "ชั้น (คอลัมน์ C)")


def test_rows_of_one_school_that_disagree_on_its_teachers(school_with_code, send, problems):
    head = [*LONG, "ครูชาย"]
    rows = [["42030001", 2569, "ป.1", 1, 1, 1, 2], ["42030001", 2569, "ป.2", 1, 1, 1, 3]]
    ((row, column, message),) = problems(send("counts", sample_tables.xlsx([head, *rows])))
    assert (row, column) == (3, "ครูชาย (คอลัมน์ G)")
    assert "ไม่ตรงกับแถวก่อนหน้า" in message


def test_a_name_that_is_not_the_codes(school_with_code, send, problems):
    head = ["รหัส", "ชื่อโรงเรียน", "ปีการศึกษา", "ป.1 ชาย", "ป.1 หญิง"]
    ((_, _, message),) = problems(
        send("counts", sample_tables.xlsx([head, ["42030001", "บ้านสอง", 2569, 1, 1]]))
    )
    assert "รหัส 42030001 ในทะเบียนคือโรงเรียนบ้านหนึ่ง" in message


def test_a_table_that_names_no_year(school_with_code, send):
    head = ["รหัสโรงเรียน", "ป.1 ชาย", "ป.1 หญิง"]
    import_ = send("counts", sample_tables.xlsx([head, ["42030001", 1, 1]]))
    assert import_.state == "failed"
    assert "ไม่พบคอลัมน์ “ปีการศึกษา”" in import_.report["failure"]
    import_ = send("counts", sample_tables.xlsx([["ปีการศึกษา 2026"], head, ["42030001", 1, 1]]))
    assert "ปี 2026 เป็น ค.ศ." in import_.report["failure"]


def test_a_school_register_among_the_numbers(school_with_code, send):
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "อำเภอ"]
    import_ = send("counts", sample_tables.xlsx([head, ["42030001", "บ้านหนึ่ง", "ก", "ข"]]))
    assert import_.state == "failed"
    assert "ดูเหมือน “ทะเบียนโรงเรียน”" in import_.report["failure"]


def test_the_year_under_way_is_the_newest(school_with_code, send, problems):
    newest = academic_year(timezone.localdate())
    row = ["42030001", newest + 1, 1, 1]
    ((_, _, message),) = problems(send("counts", sample_tables.xlsx([WIDE, row])))
    assert f"ถึง {newest}" in message
