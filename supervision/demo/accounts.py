"""What the commands say of the demonstration's accounts."""

from collections.abc import Iterator

from schools.enums import Role
from schools.models import Appointment
from supervision.demo.people import PASSWORD

SHOWN_ACCOUNTS = (
    "supervisor",
    "workgroup",
    "group",
    "deputy",
    "area",
    "committee",
    "subcommittee",
    "chair",
    "director1",
    "teacher1",
    "clerk",
    "admin",
)


def account_lines() -> Iterator[str]:
    """One account of each role with its place, and the password of all."""
    shown = Appointment.objects.filter(user__username__in=SHOWN_ACCOUNTS)
    by_name = {
        appointment.user.username: appointment
        for appointment in shown.select_related("user", "school").order_by("-pk")
    }
    yield "\nบัญชีสาธิต (ข้อมูลตัวอย่างทั้งหมด)"
    for name in filter(by_name.get, SHOWN_ACCOUNTS):
        appointment = by_name[name]
        yield (
            f"  {name:<12} {appointment.get_role_display()} · {appointment_location(appointment)}"
        )
    schools = Appointment.objects.filter(role=Role.SCHOOL_DIRECTOR).count()
    yield f"  director2–{schools} และ teacher2–{schools} เป็นบัญชีของโรงเรียนอื่น"
    yield f"  รหัสผ่านทุกบัญชี: {PASSWORD}\n"


def appointment_location(appointment: Appointment) -> str:
    return str(appointment.school or appointment.cluster or "ทั้งสำนักงาน")
