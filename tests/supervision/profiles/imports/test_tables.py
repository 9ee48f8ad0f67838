"""Learning results from the tables that offices hold: heads, titles, totals, questions."""

from decimal import Decimal

import pytest

from schools.enums import Grade
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.models import LearningResult, ReferenceResult
from tests.factories import (
    AcademicYearFactory,
    LearningResultFactory,
    SchoolFactory,
    TestKindFactory,
    TestSubjectFactory,
)
from tests.schools.imports import sample_tables

pytestmark = pytest.mark.django_db

LONG = ["รหัสโรงเรียน", "การทดสอบ", "ชั้น", "ปีการศึกษา", "วิชา", "เข้าสอบ", "ร้อยละ"]


@pytest.fixture(autouse=True)
def tests_of_the_office():
    """NT with two subjects and their total, and RT with its two skills."""
    AcademicYearFactory()
    nt = TestKindFactory()
    for position, name in enumerate(("ภาษาไทย", "คณิตศาสตร์", "รวม 2 ด้าน")):
        TestSubjectFactory(kind=nt, name=name, position=position, is_total=name.startswith("รวม"))
    rt = TestKindFactory(name="RT", long_name="การประเมินความสามารถด้านการอ่านของผู้เรียน")
    for name in ("การอ่านออกเสียง", "การอ่านรู้เรื่อง"):
        TestSubjectFactory(kind=rt, grade=Grade.P1, name=name)


@pytest.fixture
def school():
    return SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42030001")


def send_nt(send, *rows, **more):
    """A table as the office holds it: title, subjects merged over their figures."""
    head = [
        ["ผลการประเมินคุณภาพผู้เรียน (NT) ชั้นประถมศึกษาปีที่ ๓ ปีการศึกษา ๒๕๖๘"],
        ["ที่", "รหัสโรงเรียน", "โรงเรียน", *[None] * 12],
        [None, None, None, *["จำนวนผู้เข้าสอบ", "คะแนนเฉลี่ย", "S.D."] * 3, "หมายเหตุ"],
    ]
    merged = {
        "D2:F2": "ภาษาไทย",
        "G2:I2": "คณิตศาสตร์",
        "J2:L2": "รวม 2 ด้าน",
        "B2:B3": "รหัสโรงเรียน",
        "C2:C3": "โรงเรียน",
    }
    return send("learning_results", sample_tables.xlsx([*head, *rows], merged=merged), **more)


def figures(school) -> dict:
    rows = LearningResult.objects.filter(school=school).select_related("subject")
    return {row.subject.name: (row.tested, row.mean, row.sd) for row in rows}


def test_a_table_as_offices_hold_it(school, send, save, clerk):
    other = SchoolFactory(name="โรงเรียนบ้านสอง", obec_code="42030002")
    import_ = send_nt(
        send,
        [1, 42030001, "บ้านหนึ่ง", "๑๒", "๔๕.๒๓", 10.456, 12, 50, "-", 12, 47.62, "", "ดี"],
        [None, None, "รวม", 12, 45.23, "", 12, 50, "", 12, 47.62],
        [None, None, "ระดับเขตพื้นที่", 900, 51, 12.5, 900, 49.5, 13, 900, 50.25, 12],
        [None, None, "ระดับประเทศ", None, 55.5, None, None, 44.25, None, None, 49.88],
        [None, None, "S.D.", 1, 2, 3],
    )
    assert import_.state == "checked", import_.report
    report = import_.report
    assert (report["new"], report["changed"], len(report["changes"])) == (3, 0, 3)
    assert report["changes"][0]["what"] == "โรงเรียนบ้านหนึ่ง · NT ป.3 ปีการศึกษา 2568"
    assert report["changes"][0]["lines"][0] == [
        "ภาษาไทย",
        "",
        "เข้าสอบ 12 · เฉลี่ย 45.23 · S.D. 10.46",
    ]
    assert report["ignored"] == ["ที่ (คอลัมน์ A)", "รวม 2 ด้าน หมายเหตุ (คอลัมน์ M)"]
    assert [words.split("”")[-1] for words in report["left_out"]] == [
        " เป็นแถวรวม ใช้แถวของเขตพื้นที่แทน",
        " เป็นแถวสถิติ",
    ]
    assert "แผ่นงาน “Sheet1” อ่านจากชื่อเรื่อง: NT ป.3 ปีการศึกษา 2568" in report["notes"]
    assert f"NT ป.3 ปีการศึกษา 2568 ไม่มีในไฟล์ 1 โรงเรียน: {other.name}" in report["notes"]
    assert save(import_).state == "saved"
    assert figures(school) == {
        "ภาษาไทย": (12, Decimal("45.23"), Decimal("10.46")),
        "คณิตศาสตร์": (12, Decimal(50), None),
        "รวม 2 ด้าน": (12, Decimal("47.62"), None),
    }
    row = LearningResult.objects.first()
    assert (row.updated_by, row.source, row.academic_year.year) == (
        clerk,
        "นำเข้าจากไฟล์ ทะเบียน.xlsx",
        2568,
    )
    nation = ReferenceResult.objects.get(scope=ReferenceScope.NATION, subject__name="ภาษาไทย")
    area = ReferenceResult.objects.get(scope=ReferenceScope.AREA, subject__name="ภาษาไทย")
    assert (nation.mean, nation.tested, area.mean, area.tested) == (Decimal("55.5"), None, 51, 900)


def test_a_second_file_shows_old_and_new_and_keeps_what_it_leaves_empty(school, send, save):
    save(send_nt(send, [1, 42030001, "บ้านหนึ่ง", 12, 45, 10, 12, 50, 9, 12, 47.5, 9]))
    import_ = send_nt(send, [1, 42030001, "บ้านหนึ่ง", 12, 46, "-", 12, 50, 9, "", "", ""])
    assert (import_.report["new"], import_.report["changed"]) == (0, 1)
    assert import_.report["changes"][0]["lines"] == [["ภาษาไทย เฉลี่ย", "45.00", "46.00"]]
    save(import_)
    assert figures(school)["ภาษาไทย"] == (12, 46, 10)
    assert school.earlier_learning_results.get().figures["mean"] == "45.00"
    again = send_nt(send, [1, 42030001, "บ้านหนึ่ง", 12, 46, "-", 12, 50, 9, "", "", ""])
    assert (again.state, again.report["unchanged"], again.report["new"]) == ("checked", 1, 0)


def test_nothing_of_a_sample_stays_beside_what_is_brought_in(school, send, save):
    year = AcademicYearFactory(year=2568)
    stored = LearningResultFactory(
        school=school, academic_year=year, tested=5, enrolled=6, sd=3, is_sample=True
    )
    row = [1, 42030001, "บ้านหนึ่ง", 12, 45, None, None, None, None, None, None, None]
    import_ = save(send_nt(send, row))
    stored.refresh_from_db()
    assert (stored.tested, stored.enrolled, stored.sd, stored.is_sample) == (12, None, None, False)
    lines = import_.report["changes"][0]["lines"]
    assert lines == [["ภาษาไทย", "ข้อมูลตัวอย่าง", "เข้าสอบ 12 · เฉลี่ย 45.00"]]


def test_more_tested_than_the_pupils_stored_before(school, send, problems):
    year = AcademicYearFactory(year=2568)
    LearningResultFactory(school=school, academic_year=year, tested=5, enrolled=6)
    row = [1, 42030001, "บ้านหนึ่ง", 12, 45, None, None, None, None, None, None, None]
    ((number, column, message),) = problems(send_nt(send, row))
    assert (number, column) == (4, "ภาษาไทย จำนวนผู้เข้าสอบ (คอลัมน์ D)")
    assert "ที่บันทึกไว้ในระบบ" in message


def test_levels_as_shares_or_as_numbers_of_pupils(school, saved):
    title = ["ผลการประเมินความสามารถด้านการอ่านของผู้เรียน (RT) ปีการศึกษา 2568"]
    levels = ["ดีมาก", "ดี", "พอใช้", "ปรับปรุง"]
    heads = ["จำนวนผู้เข้าสอบ", *[f"ร้อยละ {level}" for level in levels]]
    rows = [
        title,
        ["รหัสโรงเรียน", "โรงเรียน", *[None] * 10],
        [None, None, *heads, "จำนวนผู้เข้าสอบ", *[f"{level} (จำนวน)" for level in levels]],
        ["42030001", "บ้านหนึ่ง", 8, "25.00", "50", 25, "-", 8, 4, 2, 2, "-"],
    ]
    merged = {"A2:A3": "รหัสโรงเรียน", "C2:G2": "การอ่านออกเสียง", "H2:L2": "การอ่านรู้เรื่อง"}
    saved("learning_results", sample_tables.xlsx(rows, merged=merged))
    shares = {
        row.subject.name: [share.percent for share in row.shares.all()]
        for row in LearningResult.objects.all()
    }
    assert shares == {"การอ่านออกเสียง": [25, 50, 25, 0], "การอ่านรู้เรื่อง": [50, 25, 25, 0]}


def test_a_row_for_each_school_and_subject_and_several_sheets(school, saved):
    sheets = {
        f"NT {year}": [
            ["รหัสโรงเรียน", "วิชา", "N", "ค่าเฉลี่ย", "SD"],
            ["42030001", "คณิตศาสตร์", 10, 40 + year - 2560, 8],
            ["42030001", "รวม", 10, 50, 8],
        ]
        for year in (2566, 2567)
    }
    import_ = saved("learning_results", sample_tables.xlsx([], **sheets))
    rows = LearningResult.objects.order_by("academic_year__year", "subject__position")
    assert [(row.academic_year.year, row.subject.name, row.mean) for row in rows] == [
        (2566, "คณิตศาสตร์", 46),
        (2566, "รวม 2 ด้าน", 50),
        (2567, "คณิตศาสตร์", 47),
        (2567, "รวม 2 ด้าน", 50),
    ]
    assert import_.report["place"].count("แผ่นงาน") == 2


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("ผลการเรียนรู้ NT ป.3 ภาษาไทย", "ภาษาไทย"),
        ("ผลการเรียนรู้ NT ป.3 ภาษาไทย และคณิตศาสตร์", "รวม 2 ด้าน"),
    ],
)
def test_a_subject_that_stands_in_the_title(school, saved, title, subject):
    head = ["รหัสโรงเรียน", "เข้าสอบ (คน)", "ค่าเฉลี่ย"]
    rows = [[title], ["ปีการศึกษา 2568"], head, ["42030001", 9, 40]]
    import_ = saved("learning_results", sample_tables.xlsx(rows))
    assert figures(school) == {subject: (9, 40, None)}, import_.report


def test_years_beside_each_other_over_one_number_of_pupils(school, saved):
    head = ["ชื่อโรงเรียน", "จำนวนนักเรียน", "ปี 2566 ภาษาไทย", "ปี 2567 ภาษาไทย"]
    title = ["คะแนนเฉลี่ย NT ย้อนหลัง ปีการศึกษา 2566-2567"]
    saved("learning_results", sample_tables.xlsx([title, head, ["บ้านหนึ่ง", 9, 40, 42]]))
    years = LearningResult.objects.order_by("academic_year__year")
    assert [(row.academic_year.year, row.tested, row.mean) for row in years] == [
        (2566, 9, 40),
        (2567, 9, 42),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        (["4203001", "NT", "ป.3", 2568, "ภาษาไทย", 9, 50], "รหัสโรงเรียน", "ต้องมี 8 หลัก"),
        (["42039999", "NT", "ป.3", 2568, "ภาษาไทย", 9, 50], "รหัสโรงเรียน", "ไม่พบรหัสนี้"),
        (["42030001", "NT", "ป.3", 2025, "ภาษาไทย", 9, 50], "ปีการศึกษา", "คือ 2568"),
        (["42030001", "PISA", "ป.3", 2568, "ภาษาไทย", 9, 50], "การทดสอบ", "ไม่รู้จักการทดสอบนี้"),
        (["42030001", "NT", "ป.3", 2568, "วิทยาศาสตร์", 9, 50], "วิชา", "ไม่รู้จักวิชานี้"),
        (["42030001", "NT", "ป.6", 2568, "ภาษาไทย", 9, 50], "วิชา", "ระบบไม่มี NT ป.6"),
        (["42030001", "NT", "ป.3", 2568, "ภาษาไทย", 9, 150], "ร้อยละ", "ระหว่าง 0 ถึง 100"),
        (["42030001", "NT", "ป.3", 2568, "ภาษาไทย", 9, "-5"], "ร้อยละ", "ต้องเป็นตัวเลข"),
        (["42030001", "NT", "ป.3", 2568, "ภาษาไทย", "", 50], "เข้าสอบ", "ไม่มีจำนวนผู้เข้าสอบ"),
        (["42030001", "NT", "ป.3", 2568, "ภาษาไทย", 0, 50], "เข้าสอบ", "จำนวนเข้าสอบเป็น 0"),
        (["42030001", "NT", "ป.3", "", "ภาษาไทย", 9, 50], "ปีการศึกษา", "เว้นว่าง"),
    ],
)
def test_what_cannot_be(school, send, problems, cells, column, message):
    other = ["42030001", "NT", "ป.3", 2567, "คณิตศาสตร์", 9, 40]
    found = problems(send("learning_results", sample_tables.xlsx([LONG, other, cells])))
    assert [(row, column in where, message in why) for row, where, why in found] == [
        (3, True, True)
    ], found


def test_the_same_school_twice(school, send, problems):
    row = ["42030001", "NT", "ป.3", 2568, "ภาษาไทย", 9, 50]
    ((number, _, message),) = problems(
        send("learning_results", sample_tables.xlsx([LONG, row, row]))
    )
    assert (number, message) == (
        3,
        "ผล NT ป.3 ภาษาไทย ปีการศึกษา 2568 ของโรงเรียนบ้านหนึ่ง ซ้ำกับแถว 2 โปรดเหลือไว้แถวเดียว",
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["รหัสโรงเรียน", "เข้าสอบ", "ภาษาไทย"], ["42030001", 9, 50]], "ไม่พบชื่อการทดสอบ"),
        ([["NT"], ["รหัสโรงเรียน", "เข้าสอบ", "ภาษาไทย"], ["42030001", 9, 50]], "ไม่พบปีการศึกษา"),
        (
            [["NT ปีการศึกษา 2025"], ["รหัสโรงเรียน", "เข้าสอบ", "ภาษาไทย"], ["42030001", 9, 50]],
            "พ.ศ. คือ 2568",
        ),
        (
            [["NT ปีการศึกษา 2568"], ["รหัสโรงเรียน", "ภาษาไทย"], ["42030001", 50]],
            "ไม่พบคอลัมน์ “จำนวนผู้เข้าสอบ”",
        ),
        (
            [
                ["NT ปีการศึกษา 2568"],
                ["รหัสโรงเรียน", "เข้าสอบ", "การอ่านรู้เรื่อง"],
                ["42030001", 9, 50],
            ],
            "วิชาที่ระบบมีคือ NT ป.3 ภาษาไทย",
        ),
    ],
)
def test_a_table_that_does_not_say_enough(school, send, rows, message):
    import_ = send("learning_results", sample_tables.xlsx(rows))
    assert message in import_.report["failure"]


# --- Questions ---


@pytest.fixture
def answer(login, clerk, django_capture_on_commit_callbacks):
    """Choose an answer for each question of a file, in their order."""

    def answer(import_, *values):
        sent = {f"question_{at}": value for at, value in enumerate(values)}
        with django_capture_on_commit_callbacks(execute=True):
            response = login(clerk).post(f"{import_.get_absolute_url()}answer/", sent)
        import_.refresh_from_db()
        return response

    return answer


def test_fractions_are_asked_about_once(school, send, answer, save, login, clerk):
    SchoolFactory(name="โรงเรียนบ้านสอง", obec_code="42030002")
    import_ = send_nt(
        send,
        [1, 42030001, "บ้านหนึ่ง", 12, 0.4523, 0.1, 12, 0.5, 9.5, 12, 0.4762, 0.1],
        [2, 42030002, "บ้านสอง", 9, 0.6, 0.1, 9, 0.5, 0.1, 9, 0.55, 0.1],
        [None, None, "ระดับประเทศ", None, 55.5, None, None, 44.25, None, None, 49.88],
    )
    assert import_.state == "asked"
    (question,) = import_.report["questions"]
    assert "เช่น 0.4523" in question["text"]
    page = login(clerk).get(import_.get_absolute_url()).content.decode()
    assert "มีคำถาม 1 ข้อ" in page
    assert "ยืนยันบันทึก" not in page
    assert "โปรดเลือกคำตอบหนึ่งข้อ" in answer(import_).content.decode()
    answer(import_, "percent")
    assert (import_.state, import_.report["questions"]) == ("checked", [])
    assert "เช่น ร้อยละ 45.23" in import_.report["answered"][0][1]
    assert answer(import_, "as_it_is").status_code == 302  # answered before: nothing changes
    assert import_.answers == {question["key"]: "percent"}
    save(import_)
    assert figures(school)["ภาษาไทย"] == (12, Decimal("45.23"), 10)
    assert figures(school)["คณิตศาสตร์"] == (12, 50, Decimal("9.5"))
    assert ReferenceResult.objects.get(subject__name="ภาษาไทย").mean == Decimal("55.5")


def test_a_school_without_code_is_asked_about_by_name(school, send, answer, save):
    row = ["", "บ้านหนึง", "NT", 2568, "ภาษาไทย", 9, 50]
    far = ["", "อนุบาลห่างไกล", "NT", 2568, "ภาษาไทย", 9, 50]
    head = ["รหัส", "โรงเรียน", "การทดสอบ", "ปี", "วิชา", "เข้าสอบ", "ร้อยละ"]
    import_ = send("learning_results", sample_tables.xlsx([head, row]))
    assert import_.state == "asked"
    assert "“บ้านหนึง”" in import_.report["questions"][0]["text"]
    answer(import_, str(school.pk))
    save(import_)
    assert figures(school) == {"ภาษาไทย": (9, 50, None)}
    refused = send("learning_results", sample_tables.xlsx([head, far]))
    assert (refused.state, refused.report["problem_count"]) == ("refused", 1)


def test_a_row_can_be_left_out_by_its_answer(school, send, answer):
    row = ["บ้านหนึง", "NT", 2568, "ภาษาไทย", 9, 50]
    head = ["โรงเรียน", "การทดสอบ", "ปี", "วิชา", "เข้าสอบ", "ร้อยละ"]
    import_ = send("learning_results", sample_tables.xlsx([head, row]))
    answer(import_, "leave_out")
    assert (import_.state, import_.report["new"]) == ("checked", 0)
    assert "ไม่นำเข้าตามคำตอบ" in import_.report["left_out"][0]


# --- Few pupils ---


def test_results_of_fewer_than_three_pupils_are_taken_and_not_repeated(school, send, save):
    LearningResultFactory(
        school=school,
        academic_year=AcademicYearFactory(year=2568),
        subject=TestSubjectFactory(name="คณิตศาสตร์"),
        tested=2,
        mean=Decimal("33.33"),
    )
    import_ = send_nt(send, [1, 42030001, "บ้านหนึ่ง", 2, 71.77, 10, 12, 50, 9, "", "", ""])
    lines = import_.report["changes"][0]["lines"]
    assert lines == [
        ["ภาษาไทย", "", "น้อยกว่า 3 คน"],
        ["คณิตศาสตร์", "น้อยกว่า 3 คน", "เข้าสอบ 12 · เฉลี่ย 50.00 · S.D. 9.00"],
    ]
    assert "71.77" not in str(import_.report)
    assert "33.33" not in str(import_.report)
    assert any("น้อยกว่า 3 คน 1 รายการ" in note for note in import_.report["notes"])
    assert save(import_).state == "saved"
    assert figures(school)["ภาษาไทย"] == (2, Decimal("71.77"), 10)


def test_no_figure_of_fewer_than_three_pupils_stays_beside_a_larger_number(school, send):
    """Whoever brings in a file could read it in the preview."""
    stored = LearningResultFactory(
        school=school,
        academic_year=AcademicYearFactory(year=2568),
        subject=TestSubjectFactory(name="ภาษาไทย"),
        enrolled=2,
        tested=2,
        mean=Decimal("33.33"),
        sd=Decimal("7.77"),
    )
    row = [1, 42030001, "บ้านหนึ่ง", 3, "", "", "", "", "", "", "", ""]
    report = send_nt(send, row).report
    assert report["changes"][0]["lines"] == [["ภาษาไทย", "น้อยกว่า 3 คน", "เข้าสอบ 3"]]
    row[3:6] = ["", 50, ""]
    lines = send_nt(send, row).report["changes"][0]["lines"]
    assert lines == [["ภาษาไทย", "น้อยกว่า 3 คน", "น้อยกว่า 3 คน"]]
    stored.refresh_from_db()
    assert stored.mean == Decimal("33.33")
