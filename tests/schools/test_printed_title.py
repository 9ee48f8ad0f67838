"""How a post stands under a signature."""

import pytest

from schools.enums import AcademicStanding, Role
from schools.models import Appointment
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
            {"role": Role.GROUP_DIRECTOR, "acting": True},
            "รักษาการในตำแหน่งผู้อำนวยการกลุ่มนิเทศฯ",
        ),
        ({"role": Role.AREA_DIRECTOR, "acting": True}, f"รักษาราชการแทนผู้อำนวยการ{OFFICE}"),
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
    post.acting = True
    assert post.printed_title == "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนบ้านทดสอบ"
    post.title = "ครูใหญ่"
    assert post.printed_title == "รักษาการในตำแหน่งครูใหญ่"
