"""How a post stands under a signature."""

import pytest

from schools.enums import AcademicStanding, Capacity, Role
from schools.models import Appointment
from schools.models.people import signature_lines
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db
OFFICE = "สำนักงานเขตพื้นที่การศึกษา"


@pytest.mark.parametrize(
    ("facts", "printed"),
    [
        ({"role": Role.SUPERVISOR}, "ศึกษานิเทศก์"),
        (
            {"role": Role.SUPERVISOR, "academic_standing": AcademicStanding.SENIOR},
            "ศึกษานิเทศก์ชำนาญการพิเศษ",
        ),
        (
            {"role": Role.GROUP_DIRECTOR, "capacity": Capacity.ACTING},
            "รักษาการในตำแหน่งผู้อำนวยการกลุ่มนิเทศฯ",
        ),
        (
            {"role": Role.AREA_DIRECTOR, "capacity": Capacity.IN_PLACE_OF},
            f"รักษาราชการแทนผู้อำนวยการ{OFFICE}",
        ),
        (
            {
                "role": Role.AREA_DIRECTOR,
                "capacity": Capacity.ON_BEHALF_OF,
                "own_title": f"รองผู้อำนวยการ{OFFICE}",
            },
            f"รองผู้อำนวยการ{OFFICE} ปฏิบัติราชการแทนผู้อำนวยการ{OFFICE}",
        ),
        ({"role": Role.DEPUTY_AREA_DIRECTOR}, f"รองผู้อำนวยการ{OFFICE}"),
        (
            {"role": Role.AREA_DIRECTOR, "title": f"ปฏิบัติราชการแทน ผู้อำนวยการ{OFFICE}"},
            f"ปฏิบัติราชการแทน ผู้อำนวยการ{OFFICE}",
        ),
    ],
)
def test_an_appointment_of_the_office(facts, printed):
    assert Appointment(**facts).printed_title == printed


def test_a_director_is_printed_with_the_school_unless_the_order_says_otherwise():
    post = Appointment(role=Role.SCHOOL_DIRECTOR, school=SchoolFactory(name="โรงเรียนบ้านทดสอบ"))
    assert post.printed_title == "ผู้อำนวยการโรงเรียนบ้านทดสอบ"
    post.capacity = Capacity.ACTING
    assert post.printed_title == "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนบ้านทดสอบ"
    post.title = "ครูใหญ่"
    assert post.printed_title == "รักษาการในตำแหน่งครูใหญ่"
    post.own_title = "ครู"
    assert post.printed_title == "ครู รักษาการในตำแหน่งครูใหญ่"


@pytest.mark.parametrize(
    ("printed", "lines"),
    [
        ("ผู้อำนวยการเขต", ["ผู้อำนวยการเขต"]),
        ("รักษาราชการแทนผู้อำนวยการเขต", ["รักษาราชการแทนผู้อำนวยการเขต"]),
        ("รองผู้อำนวยการ ปฏิบัติราชการแทนผู้อำนวยการ", ["รองผู้อำนวยการ ปฏิบัติราชการแทน", "ผู้อำนวยการ"]),
        ("ครู รักษาการในตำแหน่ง ครูใหญ่", ["ครู รักษาการในตำแหน่ง", "ครูใหญ่"]),
        ("", []),
    ],
)
def test_the_lines_under_a_signature(printed, lines):
    assert signature_lines(printed) == lines
