"""The school register from files: what is saved, what changes, and what a clerk is told."""

from datetime import date
from decimal import Decimal

import pytest

from schools.models import School
from tests.factories import AreaFactory, ClusterFactory, SchoolFactory
from tests.schools.imports import sample_tables

pytestmark = pytest.mark.django_db

HEAD = ["รหัสโรงเรียน 8 หลัก", "ชื่อโรงเรียน", "อำเภอ"]
FULL = [
    "รหัสโรงเรียน 8 หลัก",
    "รหัสสถานศึกษา 10 หลัก",
    "ชื่อโรงเรียน",
    "ตำบล",
    "อำเภอ",
    "กลุ่มโรงเรียน",
    "ตั้งแต่วันที่",
    "ระดับที่เปิดสอน",
    "ละติจูด",
    "ลองจิจูด",
    "อินเทอร์เน็ต",
    "ไฟฟ้า",
    "โทรศัพท์",
    "อีเมล",
    "สถานะ",
]


@pytest.fixture(autouse=True)
def area():
    return AreaFactory()


def test_a_full_row_makes_a_school(saved):
    cluster = ClusterFactory(name="กลุ่มโรงเรียนโคกงาม")
    row = [
        42030001,
        1042030001,
        "ร.ร.บ้านหนึ่ง",
        "ต.โคกงาม",
        "อำเภอด่านซ้าย",
        "โคกงาม",
        date(2024, 5, 9),
    ]
    row += ["อนุบาล 2 - ม.3", 17.2764, 101.1486, "fiber", "มี", 42891234, "a@example.com", "เปิด"]
    import_ = saved("schools", sample_tables.xlsx([FULL, row]))
    school = School.objects.get()
    assert (school.name, school.obec_code, school.ministry_code) == (
        "โรงเรียนบ้านหนึ่ง",
        "42030001",
        "1042030001",
    )
    assert (school.sub_district, school.district) == ("โคกงาม", "ด่านซ้าย")
    assert (school.grades, school.internet, school.has_electricity) == ("อ.2–ม.3", "fibre", True)
    assert (school.latitude, school.longitude) == (Decimal("17.276400"), Decimal("101.148600"))
    assert (school.phone, school.email) == ("042891234", "a@example.com")
    membership = school.memberships.get()
    assert (membership.cluster, membership.starts_on) == (cluster, date(2024, 5, 9))
    history = school.history.get()
    assert history.history_user == import_.by
    assert "นำเข้าจากไฟล์" in history.history_change_reason


def test_the_same_file_twice_changes_nothing(saved, send):
    content = sample_tables.xlsx(
        [HEAD, ["42030001", "บ้านหนึ่ง", "ด่านซ้าย"], ["42030002", "บ้านสอง", ""]]
    )
    saved("schools", content)
    again = send("schools", content)
    assert (again.report["new"], again.report["changed"], again.report["unchanged"]) == (0, 0, 2)
    assert School.history.count() == 2


def test_a_second_file_updates_by_code_and_leaves_the_rest(school_with_code, saved):
    school_with_code.sub_district, school_with_code.district = "โคกงาม", "เดิม"
    school_with_code.save()
    SchoolFactory(name="โรงเรียนไม่อยู่ในไฟล์", obec_code="42030009")
    head = ["รหัสโรงเรียน", "ชื่อสถานศึกษา", "อำเภอ", "ตำบล"]
    import_ = saved("schools", sample_tables.xlsx([head, ["42030001", "บ้านหนึ่งใหม่", "ด่านซ้าย", ""]]))
    school_with_code.refresh_from_db()
    assert (school_with_code.name, school_with_code.district, school_with_code.sub_district) == (
        "โรงเรียนบ้านหนึ่งใหม่",
        "ด่านซ้าย",
        "โคกงาม",
    )
    assert import_.report["changes"][0]["lines"] == [
        ["ชื่อโรงเรียน", "โรงเรียนบ้านหนึ่ง", "โรงเรียนบ้านหนึ่งใหม่"],
        ["อำเภอ", "เดิม", "ด่านซ้าย"],
    ]
    assert School.objects.filter(obec_code="42030009").exists()
    assert list(School.objects.order_by("sort_key")) == list(School.objects.all())


def test_a_school_without_a_code_gets_it_by_its_name(saved):
    """The manual's five schools have no code yet."""
    known = SchoolFactory(name="โรงเรียนบ้านหนองหลวง-ชั่งสี")
    import_ = saved(
        "schools", sample_tables.xlsx([HEAD, ["42030001", "บ้านหนองหลวง ชั่งสี", "ด่านซ้าย"]])
    )
    known.refresh_from_db()
    assert known.obec_code == "42030001"
    assert School.objects.count() == 1
    assert "โรงเรียนเดิมที่ยังไม่มีรหัส" in import_.report["changes"][0]["what"]


def test_an_ugly_file(school_with_code, saved):
    """Titles, a heading of two lines, Thai digits, codes as numbers, totals, remarks."""
    rows = [
        ["ทะเบียนโรงเรียน ปีการศึกษา 2569"],
        ["สพป. ตัวอย่าง"],
        [],
        [None, "ที่", "รหัส", "ชื่อโรงเรียน", None, "หมายเลข"],
        [None, None, "8 หลัก", None, "อำเภอ", "โทรศัพท์"],
        [None, 1, "๔๒๐๓ ๐๐๐๑", "บ้าน\u00a0หนึ่ง ", "ด่านซ้าย", "0 4289 1234"],
        [],
        [None, 2, 42030002.0, "ร.ร.บ้านสอง", "\u200bภูหลวง", 812345678],
        [None, None, "รหัส", "ชื่อโรงเรียน"],
        [None, None, None, "รวม 2 โรงเรียน"],
        ["หมายเหตุ ข้อมูล ณ วันที่ 10 มิถุนายน 2569"],
    ]
    import_ = saved("schools", sample_tables.xlsx(rows, merged={"D4:D5": "ชื่อโรงเรียน"}))
    assert set(School.objects.values_list("obec_code", "name", "district", "phone")) == {
        ("42030001", "โรงเรียนบ้าน หนึ่ง", "ด่านซ้าย", "0 4289 1234"),
        ("42030002", "โรงเรียนบ้านสอง", "ภูหลวง", "0812345678"),
    }
    assert import_.report["place"] == "แผ่นงาน “Sheet1” หัวตารางแถว 4–5"
    assert import_.report["ignored"] == ["ที่ (คอลัมน์ B)"]
    assert import_.report["left_out"] == [
        "แถว 9 “รหัส” เป็นหัวตารางซ้ำ",
        "แถว 10 “รวม 2 โรงเรียน” เป็นแถวรวม",
        "แถว 11 “หมายเหตุ ข้อมูล ณ วันที่ 10 มิถุนายน 256…” เป็นข้อความนอกตาราง",
    ]


def test_every_problem_is_named_by_row_and_column_and_nothing_is_saved(
    school_with_code, send, problems
):
    wrong = ["42030004", "104203", "บ้านสี่", "", "", "กลุ่มที่ไม่มี", "9/5/24", "ปฐมวัย", "101.1"]
    wrong += ["101.1", "จานบิน", "อาจจะ", "", "ไม่ใช่อีเมล", "พัก"]
    rows = [
        FULL,
        ["42030003", "", "บ้านสาม"],
        ["4203002", "", "บ้านสอง"],
        wrong,
        ["42030003", "", "บ้านสามอีก"],
        ["", "", "บ้านไร้รหัส", "ก"],
    ]
    import_ = send("schools", sample_tables.xlsx(rows))
    found = problems(import_)
    assert [(row, column.split(" (")[0]) for row, column, _ in found] == [
        (3, "รหัสโรงเรียน 8 หลัก"),
        (4, "รหัสสถานศึกษา 10 หลัก"),
        (4, "ละติจูด"),
        (4, "อินเทอร์เน็ต"),
        (4, "ไฟฟ้า"),
        (4, "อีเมล"),
        (4, "ระดับที่เปิดสอน"),
        (4, "กลุ่มโรงเรียน"),
        (4, "ตั้งแต่วันที่"),
        (4, "สถานะ"),
        (5, "รหัสโรงเรียน 8 หลัก"),
        (6, "รหัสโรงเรียน 8 หลัก"),
    ]
    words = {(row, column.split(" (")[0]): message for row, column, message in found}
    assert words[3, "รหัสโรงเรียน 8 หลัก"] == "ต้องมี 8 หลัก แต่พบ 7 หลัก โปรดตรวจรหัสกับทะเบียน"
    assert "สลับกับลองจิจูด" in words[4, "ละติจูด"]
    assert "อ่านได้ทั้ง พ.ศ. และ ค.ศ." in words[4, "ตั้งแต่วันที่"]
    assert "ไม่พบ “กลุ่มที่ไม่มี”" in words[4, "กลุ่มโรงเรียน"]
    assert words[5, "รหัสโรงเรียน 8 หลัก"] == "ซ้ำกับแถว 2 โปรดเหลือไว้แถวเดียว"
    assert "เว้นว่าง" in words[6, "รหัสโรงเรียน 8 หลัก"]
    assert School.objects.get() == school_with_code


def test_a_code_that_a_program_has_shortened_is_never_guessed(send, problems):
    content = sample_tables.text(
        [HEAD, ["4.203E+07", "บ้านหนึ่ง", ""], ["4.2030002E+07", "บ้านสอง", ""]]
    )
    ((row, _, message),) = problems(send("schools", content))
    assert row == 2
    assert "เลขท้ายจึงหายไป" in message


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (["42030002", "โรงเรียนบ้านหนึ่ง", ""], "ชื่อโรงเรียน", "เป็นชื่อของโรงเรียนรหัส 42030001 แล้ว"),
        (["42030002", "", "ภูหลวง"], "รหัสโรงเรียน 8 หลัก", "ไม่พบรหัสนี้ในทะเบียน"),
    ],
)
def test_what_the_register_forbids(school_with_code, send, problems, row, column, message):
    ((number, named, told),) = problems(send("schools", sample_tables.xlsx([HEAD, row])))
    assert number == 2
    assert column in named
    assert message in told


def test_closing_is_not_done_by_a_file(school_with_code, send, problems):
    head = ["รหัสโรงเรียน", "สถานะ"]
    ((_, _, message),) = problems(send("schools", sample_tables.xlsx([head, ["42030001", "ยุบ"]])))
    assert "โปรดบันทึกที่หน้าทะเบียนของโรงเรียน" in message


def test_levels_and_positions_come_in_pairs(school_with_code, send, problems):
    head = ["รหัสโรงเรียน", "ชั้นต่ำสุด", "ชั้นสูงสุด"]
    ((_, _, message),) = problems(
        send("schools", sample_tables.xlsx([head, ["42030001", "ป.1", ""]]))
    )
    assert message == "ต้องมีทั้งชั้นต่ำสุดและชั้นสูงสุด โปรดใส่ให้ครบ"
    ((_, _, message),) = problems(
        send("schools", sample_tables.xlsx([head, ["42030001", "ป.6", "ป.1"]]))
    )
    assert "ต่ำกว่าชั้นต่ำสุด" in message


# --- Clusters ---

CLUSTER_HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "กลุ่ม", "ตั้งแต่วันที่"]


def test_a_school_moves_to_another_cluster_from_a_day_on(school_with_code, saved, send):
    old, new = ClusterFactory(name="กลุ่มโรงเรียนเก่า"), ClusterFactory(name="กลุ่มโรงเรียนใหม่")
    school_with_code.memberships.create(cluster=old, starts_on=date(2024, 5, 9))
    content = sample_tables.xlsx([CLUSTER_HEAD, ["42030001", "บ้านหนึ่ง", "ใหม่", "1/6/2568"]])
    import_ = saved("schools", content)
    days = list(school_with_code.memberships.values_list("cluster", "starts_on", "ends_on"))
    assert days == [
        (new.pk, date(2025, 6, 1), None),
        (old.pk, date(2024, 5, 9), date(2025, 5, 31)),
    ]
    assert import_.report["changes"][0]["lines"] == [
        ["กลุ่มโรงเรียน", "กลุ่มโรงเรียนเก่า", "กลุ่มโรงเรียนใหม่ ตั้งแต่ 1 มิ.ย. 2568"]
    ]
    assert send("schools", content).report["unchanged"] == 1


def test_the_same_cluster_with_another_day_is_only_pointed_out(school_with_code, send):
    cluster = ClusterFactory(name="กลุ่มโรงเรียนเก่า")
    school_with_code.memberships.create(cluster=cluster, starts_on=date(2024, 5, 9))
    import_ = send(
        "schools", sample_tables.xlsx([CLUSTER_HEAD, ["42030001", "", "เก่า", "1/6/2568"]])
    )
    assert import_.report["unchanged"] == 1
    assert "วันที่ในทะเบียนคงเดิม" in import_.report["warnings"][0]["message"]


def test_a_missing_day_is_one_problem_where_the_column_is_missing(send, problems):
    ClusterFactory(name="กลุ่มโรงเรียนเก่า")
    rows = [[f"4203000{n}", f"บ้านที่ {n}", "เก่า"] for n in range(1, 4)]
    ((row, column, message),) = problems(
        send("schools", sample_tables.xlsx([CLUSTER_HEAD[:3], *rows]))
    )
    assert (row, column) == (1, "ตั้งแต่วันที่")
    assert message.startswith("ไม่มีคอลัมน์นี้ในตาราง โปรดระบุวันที่เริ่มสังกัด")


def test_a_move_before_the_last_one_is_refused_by_the_registers_own_rule(
    school_with_code, send, problems
):
    school_with_code.memberships.create(cluster=ClusterFactory(), starts_on=date(2024, 5, 9))
    ClusterFactory(name="กลุ่มโรงเรียนใหม่")
    content = sample_tables.xlsx([CLUSTER_HEAD, ["42030001", "", "ใหม่", "1/5/2567"]])
    ((row, column, message),) = problems(send("schools", content))
    assert (row, column) == (2, "")
    assert "วันที่ย้ายต้องอยู่หลังวันนั้น" in message


def test_a_code_of_another_area_is_pointed_out(area, send):
    area.code = "4203"
    area.save()
    import_ = send("schools", sample_tables.xlsx([HEAD, ["32020001", "บ้านหนึ่ง", ""]]))
    assert import_.state == "checked"
    assert "ไม่ขึ้นต้นด้วยรหัสเขตพื้นที่ 4203" in import_.report["warnings"][0]["message"]


# --- Which table ---


def test_the_sheet_that_fits_is_taken_and_named(saved):
    sheets = {"สารบัญ": [["เรื่อง", "หน้า"]], "ข้อมูล": [HEAD, ["42030001", "บ้านหนึ่ง", ""]]}
    import_ = saved("schools", sample_tables.xlsx([["ปก"]], **sheets))
    assert import_.report["place"] == "แผ่นงาน “ข้อมูล” หัวตารางแถว 1"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["เรื่อง", "หน้า"], ["ก", 1]], "ไม่พบหัวตารางของ “ทะเบียนโรงเรียน”"),
        ([["ชื่อโรงเรียน", "อำเภอ"], ["บ้านหนึ่ง", "ด่านซ้าย"]], "ไม่พบคอลัมน์ “รหัสโรงเรียน 8 หลัก”"),
        ([HEAD], "ไม่มีข้อมูลใต้หัวตาราง"),
        ([[*HEAD, "ชื่อสถานศึกษา"], ["42030001", "ก", "ข", "ค"]], "มีสองคอลัมน์ (B และ D)"),
        (
            [["ชื่อผู้ใช้", "ชื่อ-สกุล", "ตำแหน่ง", "รหัสโรงเรียน"], ["a", "ก", "ศน.", ""]],
            "ดูเหมือน “บุคคลและตำแหน่ง”",
        ),
        (
            [["รหัส", "ชื่อโรงเรียน", "ปีการศึกษา", "ป.1 ชาย", "ป.1 หญิง"], ["42030001", "ก", 2569, 1, 2]],
            "ดูเหมือน “จำนวนนักเรียนและครูรายปี”",
        ),
    ],
)
def test_a_file_that_is_no_school_register_says_what_it_is(send, rows, message):
    import_ = send("schools", sample_tables.xlsx(rows))
    assert import_.state == "failed"
    assert message in import_.report["failure"]


def test_more_rows_than_an_office_has(send, monkeypatch):
    monkeypatch.setattr("schools.core.tables.reading.MAX_TABLE_ROWS", 3)
    rows = [[f"4203{n:04}", f"บ้าน {n}", ""] for n in range(5)]
    import_ = send("schools", sample_tables.xlsx([HEAD, *rows]))
    assert import_.state == "failed"
    assert "แบ่งเป็นหลายไฟล์" in import_.report["failure"]
