"""What the office's rules say of an appointment before it is given or ended."""

from collections.abc import Sequence

from django.db import models

from schools.access import SINGLE_HOLDER_ROLES
from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.enums import CLUSTER_ROLES, SCHOOL_ROLES, Role
from schools.models import Appointment
from schools.models.people import MAX_PRINTED_TITLE

# Roles whose appointment may name a cluster; of the last two it need not.
ROLES_WITH_CLUSTER = (*CLUSTER_ROLES, Role.SUPERVISOR, Role.EXTERNAL_SYSTEM)


def other_holders_of_signing_role(appointment: Appointment) -> list[Appointment]:
    """Appointments of others who sign in the same single role during this one, acting or not."""
    if appointment.role not in SINGLE_HOLDER_ROLES:
        return []
    others = Appointment.objects.filter(role=appointment.role, user__is_active=True).exclude(
        user=appointment.user_id
    )
    return list(filter(appointment.overlaps, others.select_related("user")))


def second_holder_question(appointment: Appointment, others: Sequence[Appointment]) -> str:
    """What is asked before somebody signs in a role beside its present holders."""
    role, names = Role(appointment.role).label, " และ ".join(f"{other.user}" for other in others)
    return (
        f"{names} ดำรงตำแหน่ง{role}อยู่แล้ว{period_in_words(others[0])} "
        "หากผู้ใหม่มาแทน โปรดให้ตำแหน่งเดิมสิ้นสุดก่อน "
        "หากต้องการให้ลงนามได้สองคน โปรดทำเครื่องหมายยืนยัน ผู้ดำรงตำแหน่งเดิมจะได้รับแจ้ง"
    )


def check_new_appointment(appointment: Appointment) -> None:
    """Raises ActionRefused where a rule of the office forbids that it is given."""
    check_appointment_scope(appointment)
    check_appointment_titles(appointment)
    check_system_is_no_person(appointment)
    if not appointment.user.is_active:
        raise ActionRefused("บัญชีนี้ปิดอยู่ โปรดเปิดใช้บัญชีอีกครั้งก่อนเพิ่มตำแหน่ง")
    check_appointment_days(appointment)


def check_appointment_scope(appointment: Appointment) -> None:
    """Raises ActionRefused unless the role's place is named: a school, a cluster, or neither."""
    wrong, role = {}, Role(appointment.role).label
    if appointment.role in SCHOOL_ROLES and appointment.school is None:
        wrong["school"] = f"โปรดเลือกโรงเรียน เพราะ{role}เป็นตำแหน่งในโรงเรียน"
    if appointment.role not in SCHOOL_ROLES and appointment.school is not None:
        wrong["school"] = f"{role}ไม่ใช่ตำแหน่งในโรงเรียน โปรดเว้นช่องโรงเรียนว่าง หรือแก้บทบาท"
    if appointment.role in CLUSTER_ROLES and appointment.cluster is None:
        wrong["cluster"] = f"โปรดเลือกกลุ่มโรงเรียน เพราะ{role}เป็นตำแหน่งของกลุ่มโรงเรียน"
    if appointment.role not in ROLES_WITH_CLUSTER and appointment.cluster is not None:
        wrong["cluster"] = f"{role}ไม่ใช่ตำแหน่งของกลุ่มโรงเรียน โปรดเว้นช่องกลุ่มโรงเรียนว่าง หรือแก้บทบาท"
    if wrong:
        raise ActionRefused(field_errors=wrong)


def check_appointment_titles(appointment: Appointment) -> None:
    """Raises ActionRefused where the titles do not fit the capacity or the room on a record."""
    if appointment.own_title and not appointment.capacity:
        raise ActionRefused(
            field_errors={"own_title": "ผู้ดำรงตำแหน่งเองไม่ต้องระบุตำแหน่งเดิม โปรดเว้นว่าง"}
        )
    over = len(appointment.printed_title) - MAX_PRINTED_TITLE
    if over > 0:
        raise ActionRefused(
            field_errors={"title": f"ตำแหน่งที่พิมพ์ในเอกสารรวมกันยาวเกินไป {over} ตัวอักษร โปรดย่อ"}
        )


def check_system_is_no_person(appointment: Appointment) -> None:
    """Raises ActionRefused where an account would be a person's and another office's system's.

    Its password would then open what the token reads, or its holder's rights be the token's.
    """
    others = Appointment.objects.filter(user=appointment.user_id).exclude(pk=appointment.pk)
    is_system = appointment.role == Role.EXTERNAL_SYSTEM
    if any((other.role == Role.EXTERNAL_SYSTEM) != is_system for other in others):
        raise ActionRefused(
            field_errors={
                "role": f"{Role.EXTERNAL_SYSTEM.label}ต้องเป็นบัญชีของตนเอง ไม่ใช่บัญชีของบุคคล "
                "โปรดเปิดบัญชีใหม่"
            }
        )


def check_appointment_days(appointment: Appointment) -> None:
    """Raises ActionRefused unless the school is open on its days and nobody else holds it then.

    A person holds an appointment once at a time, and a school has one full director.
    """
    if appointment.ends_on and appointment.ends_on < appointment.starts_on:
        raise ActionRefused(field_errors={"ends_on": "วันสิ้นสุดอยู่ก่อนวันเริ่ม โปรดตรวจทั้งสองวัน"})
    closed_on = appointment.school.closed_on if appointment.school else None
    if closed_on and (appointment.ends_on is None or appointment.ends_on >= closed_on):
        raise ActionRefused(
            f"{appointment.school}เลิกหรือรวมตั้งแต่ {long_date(closed_on)} โปรดเลือกโรงเรียนอื่น "
            "หรือระบุวันสิ้นสุดก่อนวันนั้น"
        )
    others = (
        Appointment.objects.filter(role=appointment.role)
        .exclude(pk=appointment.pk)
        .select_related("user")
    )
    _check_no_duplicate(
        appointment,
        others.filter(
            user=appointment.user, cluster=appointment.cluster, school=appointment.school
        ),
    )
    if appointment.role == Role.SCHOOL_DIRECTOR and not appointment.capacity:
        _check_one_director(appointment, others.filter(school=appointment.school, capacity=""))


def _check_no_duplicate(appointment: Appointment, same: models.QuerySet[Appointment]) -> None:
    if other := next(filter(appointment.overlaps, same), None):
        raise ActionRefused(
            f"{appointment.user} มีตำแหน่งนี้อยู่แล้ว{period_in_words(other)} "
            "โปรดสิ้นสุดตำแหน่งเดิมก่อน หรือเปลี่ยนวันที่"
        )


def _check_one_director(appointment: Appointment, directors: models.QuerySet[Appointment]) -> None:
    if other := next(filter(appointment.overlaps, directors), None):
        raise ActionRefused(
            f"{appointment.school}มี {other.user} เป็นผู้อำนวยการอยู่แล้ว{period_in_words(other)} "
            "โปรดสิ้นสุดตำแหน่งนั้นก่อนวันที่ผู้ใหม่เริ่ม หรือระบุว่าผู้ใหม่รักษาการในตำแหน่ง"
        )


def period_in_words(appointment: Appointment) -> str:
    """From when, and if known until when, it is held; with a space before it."""
    until = f" ถึง {long_date(appointment.ends_on)}" if appointment.ends_on else ""
    return f" ตั้งแต่ {long_date(appointment.starts_on)}{until}"
