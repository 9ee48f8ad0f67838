"""Appointments of people: give, retitle, end, move to another school, withdraw.

Each action leaves its line in the history. It raises ActionRefused, by field where a field is at
fault, and PermissionDenied for what this registrar may never do.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from schools.access import ROLES_GIVEN_BY_ORDER, Permission, can, can_grant_role
from schools.core.errors import ActionRefused
from schools.core.history import save_with_history, set_history_author
from schools.core.thai import long_date
from schools.enums import AccessKind
from schools.models import Appointment, User
from schools.people.access_log import log_access_event
from schools.people.access_notices import notify_account_holder_by_mail
from schools.people.appointment_rules import (
    check_appointment_days,
    check_appointment_titles,
    check_new_appointment,
    other_holders_of_signing_role,
    period_in_words,
    second_holder_question,
)
from schools.people.lookup import ensure_can_manage_account, lock_person_and_schools
from schools.people.signers import (
    confirm_signing,
    confirmation_obstacles,
    log_signing_withheld,
    withhold_signing_if_needed,
)

ONE_DAY = timedelta(days=1)
APPOINTMENT_CREATED, APPOINTMENT_TITLE_UPDATED, APPOINTMENT_ENDED, APPOINTMENT_WITHDRAWN = (
    "เพิ่มตำแหน่ง",
    "แก้ไขตำแหน่ง",
    "สิ้นสุดตำแหน่ง",
    "ยกเลิกตำแหน่ง",
)


@transaction.atomic
def create_appointment(
    appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    """Let a person hold an appointment from a day on.

    An appointment that signs for the office is held beside somebody else's only if
    `allow_second_holder` says that the registrar knows of the other; and it may wait for a
    second person (people/signers.py). Raises ActionRefused where a rule forbids it.
    """
    lock_person_and_schools(appointment.user, appointment.school)
    ensure_can_manage_account(appointment.user, by=by)
    _create_appointment(appointment, by=by, allow_second_holder=allow_second_holder)


def _create_appointment(
    appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    if not can_grant_role(by, appointment.role):
        raise PermissionDenied
    check_new_appointment(appointment)
    others = other_holders_of_signing_role(appointment)
    if others and not allow_second_holder:
        raise ActionRefused(
            field_errors={"allow_second_holder": second_holder_question(appointment, others)}
        )
    withheld = withhold_signing_if_needed(appointment, by=by)
    save_with_history(appointment, by=by, reason=APPOINTMENT_CREATED)
    if withheld:
        log_signing_withheld(appointment, by=by)
    for other in others:
        _notify_of_second_holder(other, appointment, by=by)


def _notify_of_second_holder(other: Appointment, appointment: Appointment, *, by: User) -> None:
    note = f"{appointment.user} · {appointment.title_with_place}{period_in_words(appointment)}"[
        :300
    ]
    log_access_event(AccessKind.SECOND_HOLDER, account=other.user, by=by, note=note)
    notify_account_holder_by_mail(other.user, f"{by} ให้ผู้อื่นดำรงตำแหน่งเดียวกับคุณเพิ่มอีกคน คือ {note}")


@transaction.atomic
def update_appointment_title(appointment: Appointment, *, by: User, **words: str) -> None:
    """Put right how the appointment is written from now on; papers already signed keep their
    words."""
    lock_person_and_schools(appointment.user)
    ensure_can_manage_account(appointment.user, by=by)
    for name, word in words.items():
        setattr(appointment, name, word)
    check_appointment_titles(appointment)
    save_with_history(appointment, by=by, reason=APPOINTMENT_TITLE_UPDATED, fields=[*words])


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, last_day: date) -> None:
    """Let the appointment be held for the last time on that day."""
    lock_person_and_schools(appointment.user, appointment.school)
    ensure_can_manage_account(appointment.user, by=by)
    _end_appointment(appointment, last_day, by=by)


def _end_appointment(
    appointment: Appointment, last_day: date, *, by: User, reason: str = APPOINTMENT_ENDED
) -> None:
    appointment.refresh_from_db(fields=["ends_on"])
    if appointment.is_over(timezone.localdate()):
        raise ActionRefused(f"ตำแหน่งนี้สิ้นสุดไปแล้วเมื่อ {last_day_in_words(appointment)} จึงไม่เปลี่ยนอีก")
    if last_day < appointment.starts_on:
        started = long_date(appointment.starts_on)
        raise ActionRefused(
            field_errors={"last_day": f"ตำแหน่งนี้เริ่ม {started} โปรดระบุวันนั้นหรือวันหลังจากนั้น"}
        )
    appointment.ends_on = last_day
    check_appointment_days(appointment)
    save_with_history(appointment, by=by, reason=reason, fields=["ends_on"])


# --- By order ---


@transaction.atomic
def create_appointment_by_order(
    appointment: Appointment, *, by: User, drafted_by: User, order: str
) -> None:
    """Let a person hold an appointment that an order gives, which `by` has signed.

    Only roles of ROLES_GIVEN_BY_ORDER. One that signs for the office is the doing of whoever
    wrote the order; who signs the order is the second person, where they may be that. Raises
    ActionRefused where a rule forbids it.
    """
    if appointment.role not in ROLES_GIVEN_BY_ORDER or not can(by, Permission.ISSUE_ORDER):
        raise PermissionDenied
    lock_person_and_schools(appointment.user)
    check_new_appointment(appointment)
    withheld = withhold_signing_if_needed(appointment, by=drafted_by)
    save_with_history(appointment, by=by, reason=f"{APPOINTMENT_CREATED}ตาม{order}")
    if withheld:
        log_signing_withheld(appointment, by=drafted_by)
        if not confirmation_obstacles([appointment], by=by)[appointment.pk]:
            confirm_signing([appointment], by=by)


@transaction.atomic
def end_appointment_by_order(
    appointment: Appointment, *, by: User, last_day: date, order: str
) -> None:
    """End an appointment whose duties end: by an order that `by` has signed, or as `by` says who
    writes orders."""
    writes_or_signs = can(by, Permission.ISSUE_ORDER) or can(by, Permission.DRAFT_ORDER)
    if appointment.role not in ROLES_GIVEN_BY_ORDER or not writes_or_signs:
        raise PermissionDenied
    lock_person_and_schools(appointment.user)
    _end_appointment(appointment, last_day, by=by, reason=f"{APPOINTMENT_ENDED}ตาม{order}")


# --- To another school, and taken back ---


@transaction.atomic
def transfer_appointment(appointment: Appointment, to: Appointment, *, by: User) -> None:
    """From a school to another: the old appointment ends the day before the new one begins."""
    if to.school == appointment.school:
        raise ActionRefused(field_errors={"school": "โรงเรียนนี้คือโรงเรียนเดิม โปรดเลือกโรงเรียนที่ย้ายไป"})
    if to.starts_on <= appointment.starts_on:
        started = long_date(appointment.starts_on)
        raise ActionRefused(field_errors={"starts_on": f"ตำแหน่งเดิมเริ่ม {started} โปรดระบุวันหลังจากนั้น"})
    lock_person_and_schools(appointment.user, appointment.school, to.school)
    ensure_can_manage_account(appointment.user, by=by)
    _end_appointment(appointment, to.starts_on - ONE_DAY, by=by)
    to.user, to.role, to.academic_standing = (
        appointment.user,
        appointment.role,
        appointment.academic_standing,
    )
    _create_appointment(to, by=by)


@transaction.atomic
def withdraw_appointment(appointment: Appointment, *, by: User) -> None:
    """Take back an appointment that has not begun, entered by mistake or overtaken by a new
    order."""
    lock_person_and_schools(appointment.user)
    ensure_can_manage_account(appointment.user, by=by)
    if appointment.starts_on <= timezone.localdate():
        raise ActionRefused("ตำแหน่งนี้เริ่มแล้ว จึงยกเลิกไม่ได้ โปรดสิ้นสุดตำแหน่งตามวันที่แทน")
    set_history_author(appointment, by=by, reason=APPOINTMENT_WITHDRAWN)
    try:
        appointment.delete()
    except models.ProtectedError:
        raise ActionRefused(
            "มีคำสั่งมอบหมายงานอ้างถึงตำแหน่งนี้ จึงยกเลิกไม่ได้ โปรดสิ้นสุดตำแหน่งตามวันที่แทน"
        ) from None


def last_day_in_words(appointment: Appointment) -> str:
    """The last day on which it is held; empty while that is not known."""
    return long_date(appointment.ends_on) if appointment.ends_on else ""
