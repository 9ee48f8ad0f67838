"""People and posts from files: accounts opened, posts given, and what no file may do."""

from datetime import date

import pytest

from schools.enums import Capacity, Role
from schools.models import Appointment, User
from tests.factories import AppointmentFactory, ClusterFactory, SchoolFactory, UserFactory
from tests.personas import user_with_role
from tests.schools.imports import sample_tables

pytestmark = pytest.mark.django_db

HEAD = ["ชื่อผู้ใช้", "ชื่อ-สกุล", "ตำแหน่ง", "รหัสโรงเรียน", "ตั้งแต่วันที่"]


def director(username="director01", name="ผอ. ตัวอย่าง", code="42030001", since="1/10/2568"):
    return [username, name, "ผอ.โรงเรียน", code, since]


# --- What is saved ---


def test_a_full_row_opens_an_account_with_its_appointment(school_with_code, saved, clerk):
    head = [*HEAD, "ถึงวันที่", "รักษาการ", "ชื่อตำแหน่ง", "ตำแหน่งเลขที่", "วิทยฐานะ", "อีเมล"]
    row = ["Director01", "ผอ. ตัวอย่าง", "ผู้อำนวยการโรงเรียน", 42030001, date(2025, 10, 1)]
    row += ["30 ก.ย. 2570", "ใช่", "ผอ.รร.บ้านหนึ่ง", 1234, "ชำนาญการพิเศษ", "a@example.com"]
    import_ = saved("people", sample_tables.xlsx([head, row]))
    user = User.objects.get(username="director01")
    assert (user.full_name, user.email) == ("ผอ. ตัวอย่าง", "a@example.com")
    assert user.must_change_password
    assert not user.has_usable_password()
    post = user.appointments.get()
    assert (post.role, post.school) == (Role.SCHOOL_DIRECTOR, school_with_code)
    assert post.capacity == Capacity.ACTING
    assert (post.starts_on, post.ends_on) == (date(2025, 10, 1), date(2027, 9, 30))
    assert (post.title, post.position_number) == ("ผอ.รร.บ้านหนึ่ง", "1234")
    assert post.academic_standing == "senior"
    assert import_.report["opened"] == [user.pk]
    assert user.history.get().history_user == clerk


@pytest.mark.parametrize(
    ("said", "role", "capacity", "standing"),
    [
        ("ศน.", Role.SUPERVISOR, "", ""),
        ("ศึกษานิเทศก์ชำนาญการพิเศษ", Role.SUPERVISOR, "", "senior"),
        ("ศึกษานิเทศก์ เชี่ยวชาญ", Role.SUPERVISOR, "", "expert"),
        ("ผอ.กลุ่มนิเทศฯ", Role.GROUP_DIRECTOR, "", ""),
        ("รักษาราชการแทน ผอ.สพป.", Role.AREA_DIRECTOR, Capacity.IN_PLACE_OF, ""),
        ("รรก.ผอ.สพป.", Role.AREA_DIRECTOR, Capacity.IN_PLACE_OF, ""),
        ("ปฏิบัติราชการแทน ผอ.สพป.", Role.AREA_DIRECTOR, Capacity.ON_BEHALF_OF, ""),
        ("รักษาการ ผอ.กลุ่มนิเทศ", Role.GROUP_DIRECTOR, Capacity.ACTING, ""),
        ("ก.ต.ป.น.", Role.COMMITTEE_MEMBER, "", ""),
    ],
)
def test_appointments_by_the_words_people_use(saved, said, role, capacity, standing):
    saved("people", sample_tables.xlsx([HEAD, ["somebody", "ผู้ใช้ตัวอย่าง", said, "", "1/10/2568"]]))
    post = Appointment.objects.get(user__username="somebody")
    assert (post.role, post.capacity, post.academic_standing) == (role, capacity, standing)


def test_an_acting_director_of_a_school_by_name(school_with_code, saved):
    school_with_code.obec_code = None
    school_with_code.save()
    head = ["username", "ชื่อ", "ตำแหน่ง", "โรงเรียน", "ตั้งแต่วันที่"]
    said = "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนบ้านหนึ่ง"
    saved(
        "people", sample_tables.xlsx([head, ["acting01", "ครู ตัวอย่าง", said, "บ้านหนึ่ง", "1/10/2568"]])
    )
    post = Appointment.objects.get(user__username="acting01")
    assert (post.role, post.school) == (Role.SCHOOL_DIRECTOR, school_with_code)
    assert post.capacity == Capacity.ACTING


def test_a_person_of_two_appointments_and_an_appointment_of_a_cluster(school_with_code, saved):
    cluster = ClusterFactory(name="กลุ่มโรงเรียนโคกงาม")
    head = [*HEAD, "กลุ่มโรงเรียน"]
    chair = ["director01", "ผอ. ตัวอย่าง", "ประธานกลุ่ม", "", "1/10/2568", "โคกงาม"]
    import_ = saved("people", sample_tables.xlsx([head, director(), chair]))
    posts = Appointment.objects.filter(user__username="director01")
    assert set(posts.values_list("role", "school", "cluster")) == {
        (Role.SCHOOL_DIRECTOR, school_with_code.pk, None),
        (Role.CLUSTER_CHAIR, None, cluster.pk),
    }
    assert (import_.report["new"], import_.report["changed"]) == (1, 1)


def test_the_same_file_twice_changes_nothing(school_with_code, saved, send):
    content = sample_tables.xlsx(
        [HEAD, director(), ["sornor16", "ศน. ตัวอย่าง", "ศน.", "", "1/10/2568"]]
    )
    saved("people", content)
    again = send("people", content)
    assert (again.state, again.report["unchanged"]) == ("checked", 2)


def test_a_second_file_puts_right_and_ends_what_it_says(school_with_code, saved):
    saved("people", sample_tables.xlsx([HEAD, director()]))
    head = [*HEAD[:4], "ตำแหน่งเลขที่", "ถึงวันที่"]
    row = ["director01", "ผอ. ชื่อใหม่", "ผอ.โรงเรียน", "42030001", "99", "30/9/2570"]
    import_ = saved("people", sample_tables.xlsx([head, row]))
    user = User.objects.get(username="director01")
    assert user.full_name == "ผอ. ชื่อใหม่"
    assert (user.appointments.get().position_number, user.appointments.get().ends_on) == (
        "99",
        date(2027, 9, 30),
    )
    assert import_.report["changes"][0]["lines"] == [
        ["ชื่อ-สกุลที่แสดง", "ผอ. ตัวอย่าง", "ผอ. ชื่อใหม่"],
        ["ตำแหน่งเลขที่", "", "99"],
        ["ถึงวันที่", "", "30 ก.ย. 2570"],
    ]


def test_directors_change_places_whatever_the_order_of_the_rows(school_with_code, saved):
    """The one who comes stands above the one who goes."""
    saved("people", sample_tables.xlsx([HEAD, director()]))
    head = [*HEAD, "ถึงวันที่"]
    comes = [*director("director02", "ผอ. คนใหม่", since="1/11/2569"), ""]
    goes = [*director(), "31/10/2569"]
    saved("people", sample_tables.xlsx([head, comes, goes]))
    assert [post.user.username for post in school_with_code.appointments.order_by("starts_on")] == [
        "director01",
        "director02",
    ]
    assert school_with_code.appointments.get(user__username="director01").ends_on == date(
        2026, 10, 31
    )


# --- What a clerk is told ---


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (director(username="มานี"), "ชื่อผู้ใช้", "อักษรอังกฤษ"),
        (director(username=""), "ชื่อผู้ใช้", "เว้นว่าง"),
        (director(name=""), "ชื่อ-สกุลที่แสดง", "ผู้ใช้ใหม่ต้องมีชื่อ"),
        (director(since=""), "ตั้งแต่วันที่", "โปรดใส่วันที่เริ่มดำรงตำแหน่ง"),
        (director(code="42039999"), "รหัสโรงเรียน", "ไม่พบรหัสนี้ในทะเบียนโรงเรียน"),
        (director(code=""), "โรงเรียน", "เป็นตำแหน่งในโรงเรียน"),
        (["a01", "ก", "ภารโรง", "", "1/10/2568"], "ตำแหน่ง", "ไม่รู้จักคำนี้ โปรดใช้คำใดคำหนึ่ง"),
        (["a01", "ก", "ศน.", "42030001", "1/10/2568"], "โรงเรียน", "ไม่ใช่ตำแหน่งในโรงเรียน"),
        (["a01", "ก", "ประธานกลุ่ม", "", "1/10/2568"], "กลุ่มโรงเรียน", "เป็นตำแหน่งของกลุ่มโรงเรียน"),
    ],
)
def test_what_is_wrong_with_a_row(school_with_code, send, problems, row, column, message):
    ((_, named, told),) = problems(send("people", sample_tables.xlsx([HEAD, row])))
    assert column in named
    assert message in told
    assert User.objects.count() == 1  # the clerk


@pytest.mark.parametrize(
    "written",
    ["1100200300400", 1100200300400, "1-1002-00300-40-0", "๑๑๐๐๒๐๐๓๐๐๔๐๐", "a1100200300400b2"],
)
def test_a_national_number_is_refused_and_repeated_nowhere(
    school_with_code, send, problems, written
):
    import_ = send("people", sample_tables.xlsx([HEAD, director(username=written)]))
    ((row, _, message),) = problems(import_)
    assert row == 2
    assert "13 หลัก" in message
    assert "(ตัวเลข 13 หลัก)" in import_.report["problems"][0]["value"]
    assert "1100200300400" not in str(import_.report).replace("-", "")
    assert "๑๑๐๐" not in str(import_.report)


def test_a_national_number_in_any_other_column_is_repeated_nowhere_either(school_with_code, send):
    row = director(code="1100200300400", since="1-1002-00300-40-0")
    import_ = send("people", sample_tables.xlsx([HEAD, row, ["", "", "1100200300400"]]))
    assert import_.state == "refused"
    assert "1100200300400" not in str(import_.report).replace("-", "")


def test_a_second_director_of_one_school_is_refused_by_the_registers_own_rule(
    school_with_code, send, problems
):
    AppointmentFactory(role=Role.SCHOOL_DIRECTOR, school=school_with_code)
    ((row, _, message),) = problems(send("people", sample_tables.xlsx([HEAD, director()])))
    assert row == 2
    assert "เป็นผู้อำนวยการอยู่แล้ว" in message


def test_a_school_whose_code_and_name_disagree(school_with_code, send, problems):
    head = [*HEAD, "โรงเรียน"]
    ((_, column, message),) = problems(
        send("people", sample_tables.xlsx([head, [*director(), "บ้านสอง"]]))
    )
    assert column == "ชื่อโรงเรียน (คอลัมน์ F)"
    assert "รหัส 42030001 ในทะเบียนคือโรงเรียนบ้านหนึ่ง" in message


def test_one_person_under_two_names(school_with_code, send, problems):
    rows = [director(), director(name="คนละชื่อ", since="1/10/2569")]
    ((row, column, message),) = problems(send("people", sample_tables.xlsx([HEAD, *rows])))
    assert (row, column) == (3, "ชื่อ-สกุลที่แสดง (คอลัมน์ B)")
    assert "โปรดใช้ชื่อเดียวกันทุกแถว" in message


def test_an_appointment_that_became_acting_begins_anew(school_with_code, saved, send, problems):
    saved("people", sample_tables.xlsx([HEAD, director()]))
    content = sample_tables.xlsx([[*HEAD, "รักษาการ"], [*director(), "ใช่"]])
    ((_, column, message),) = problems(send("people", content))
    assert column == "รักษาการหรือทำการแทน (คอลัมน์ F)"
    assert "โปรดสิ้นสุดตำแหน่งเดิมก่อน" in message


def test_who_stands_in_is_printed_after_the_own_position(school_with_code, saved):
    head, row = [*HEAD, "รักษาการหรือทำการแทน", "ตำแหน่งเดิม"], [*director(), "รักษาราชการแทน", "ครู"]
    saved("people", sample_tables.xlsx([head, row]))
    post = Appointment.objects.get(user__username="director01")
    assert post.printed_title == "ครู รักษาราชการแทนผู้อำนวยการโรงเรียนบ้านหนึ่ง"


def test_a_closed_account_stays_closed(school_with_code, send, problems):
    UserFactory(username="director01", full_name="ผอ. ตัวอย่าง", is_active=False)
    ((_, _, message),) = problems(send("people", sample_tables.xlsx([HEAD, director()])))
    assert "บัญชีนี้ปิดอยู่" in message


# --- What no file may do for a clerk ---


@pytest.mark.parametrize("said", ["ผู้ดูแลระบบ", "ธุรการ"])
def test_a_clerk_makes_no_registrars(send, problems, said):
    row = ["friend01", "เพื่อน", said, "", "1/10/2568"]
    ((_, column, message),) = problems(send("people", sample_tables.xlsx([HEAD, row])))
    assert column.startswith("ตำแหน่ง")
    assert "เฉพาะผู้ดูแลระบบ" in message


def test_a_clerk_touches_neither_an_administrator_nor_their_own_account(
    send, problems, clerk, administrator
):
    rows = [[user.username, "ชื่อใหม่", "ศน.", "", "1/10/2568"] for user in (administrator, clerk)]
    found = problems(send("people", sample_tables.xlsx([HEAD, *rows])))
    assert ["ผู้ดูแลระบบ" in found[0][2], "บัญชีของคุณเอง" in found[1][2]] == [True, True]


def test_an_administrator_may_make_a_clerk(saved, administrator):
    row = ["clerk02", "ธุรการ ตัวอย่าง", "ธุรการ", "", "1/10/2568"]
    saved("people", sample_tables.xlsx([HEAD, row]), by=administrator)
    assert Appointment.objects.filter(user__username="clerk02", role=Role.CLERK).exists()


def test_rights_lost_between_check_and_saving_count(send, save, administrator):
    """Whoever is an administrator no more makes no clerk, whatever was checked before."""
    row = ["clerk02", "ธุรการ ตัวอย่าง", "ธุรการ", "", "1/10/2568"]
    import_ = send("people", sample_tables.xlsx([HEAD, row]), by=administrator)
    assert import_.state == "checked"
    administrator.appointments.all().delete()
    AppointmentFactory(user=administrator, role=Role.CLERK)
    assert save(import_).state == "refused"
    assert not User.objects.filter(username="clerk02").exists()


def test_people_who_are_there_are_told_by_name_in_any_case(school_with_code, saved):
    user = user_with_role(Role.SUPERVISOR, "Sornor16", cluster=ClusterFactory())
    SchoolFactory()
    saved("people", sample_tables.xlsx([HEAD, ["sornor16", "ชื่อใหม่", "ศน.", "", "1/10/2568"]]))
    user.refresh_from_db()
    assert user.full_name == "ชื่อใหม่"
    assert user.appointments.count() == 2
