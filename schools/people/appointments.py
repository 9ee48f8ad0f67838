"""Appointments of people: give, retitle, end, move to another school, withdraw.

Each action leaves its line in the history. It raises ActionRefused, by field where a field is at
fault, and PermissionDenied for what this registrar may never do.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponse
from django.utils import timezone

from schools.access import (
    can_grant_role,
)
from schools.core.errors import ActionRefused
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, form_field, post_data
from schools.core.history import save_with_history, set_history_author
from schools.core.http import SignedInRequest
from schools.core.thai import arabic_digits, long_date
from schools.enums import CLUSTER_ROLES, SCHOOL_ROLES, AcademicStanding, AccessKind, Role
from schools.models import (
    Appointment,
    Cluster,
    School,
    User,
)
from schools.people.access_log import log_access_event
from schools.people.access_notices import notify_account_holder_by_mail
from schools.people.appointment_rules import (
    check_appointment_days,
    check_appointment_scope,
    other_holders_of_signing_role,
    period_in_words,
    second_holder_question,
)
from schools.people.lookup import (
    confirm_person_action,
    ensure_can_manage_account,
    get_appointment_for_edit,
    get_person_for_edit,
    lock_person_and_schools,
)
from schools.people.signers import log_signing_withheld, withhold_signing_if_needed

ONE_DAY = timedelta(days=1)


APPOINTMENT_CREATED, APPOINTMENT_TITLE_UPDATED, APPOINTMENT_ENDED, APPOINTMENT_WITHDRAWN = (
    "เพิ่มตำแหน่ง",
    "แก้ไขตำแหน่ง",
    "สิ้นสุดตำแหน่ง",
    "ยกเลิกตำแหน่ง",
)


APPOINTMENT_FIELDS = (
    "role",
    "school",
    "cluster",
    "starts_on",
    "ends_on",
    "acting",
    "title",
    "position_number",
    "academic_standing",
)


APPOINTMENT_FORM_FIELDS = (*APPOINTMENT_FIELDS, "allow_second_holder")


# --- Forms ---


class AppointmentTitleForm(PortalForm):
    """How an appointment is written on papers."""

    title = forms.CharField(
        label="ตำแหน่งที่พิมพ์ในเอกสาร (ถ้ามี)",
        max_length=150,
        required=False,
        help_text="เว้นว่างได้ ระบบพิมพ์ตามบทบาท เช่น ผู้อำนวยการโรงเรียนตามด้วยชื่อโรงเรียน",
    )
    position_number = forms.CharField(label="ตำแหน่งเลขที่ (ถ้ามี)", max_length=20, required=False)
    academic_standing = forms.ChoiceField(
        label="วิทยฐานะ", required=False, choices=[("", "ไม่มี"), *AcademicStanding.choices]
    )

    def clean_position_number(self) -> str:
        return arabic_digits(self.cleaned_data["position_number"])


class SchoolAppointmentForm(AppointmentTitleForm):
    """An appointment with its school and days; which school may be left open is the role's
    affair."""

    school = forms.ModelChoiceField(
        label="โรงเรียน",
        queryset=School.objects.none(),
        required=False,
        empty_label="ไม่ระบุ",
        help_text="เฉพาะผู้อำนวยการโรงเรียนและครูวิชาการ",
    )
    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    acting = forms.BooleanField(
        label="รักษาการในตำแหน่ง",
        required=False,
        help_text=(
            "พิมพ์คำว่ารักษาการในตำแหน่งนำหน้าในเอกสาร (ผู้อำนวยการสำนักงานเขตพื้นที่ พิมพ์ว่ารักษาราชการแทน) "
            "มีสิทธิ์เท่าเจ้าของตำแหน่ง"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.open_on(timezone.localdate())
        form_field(self, "school", forms.ModelChoiceField).queryset = schools


class AppointmentForm(SchoolAppointmentForm):
    """An appointment to give: the role decides whether a cluster, a school or neither is named."""

    field_order: Sequence[str] = APPOINTMENT_FORM_FIELDS

    role = forms.ChoiceField(label="บทบาท")
    cluster = forms.ModelChoiceField(
        label="กลุ่มโรงเรียน",
        queryset=Cluster.objects.all(),
        required=False,
        empty_label="ไม่ระบุ",
        help_text=(
            "ประธานกลุ่มและ อ.ก.ต.ป.น. ต้องระบุ ศึกษานิเทศก์ระบุกลุ่มที่รับผิดชอบ "
            "ถ้ารับผิดชอบหลายกลุ่มให้เพิ่มตำแหน่งทีละกลุ่ม"
        ),
    )
    ends_on = BuddhistDateField(
        label="ถึงวันที่ (ถ้ามี)", required=False, help_text="เว้นว่างหากยังไม่ทราบวันสิ้นสุด"
    )
    allow_second_holder = forms.BooleanField(
        label="ให้มีผู้ดำรงตำแหน่งนี้สองคน และทราบว่าผู้ดำรงตำแหน่งเดิมจะได้รับแจ้ง",
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = form_field(self, "role", forms.ChoiceField)
        role.choices = [("", "โปรดเลือก"), *_grantable_roles(by)]

    def add_error(self, field: str | None, error: Any) -> None:
        """Whether a second holder is meant is asked only where there is a first."""
        super().add_error(field, error)
        if "allow_second_holder" in self.errors:
            self.fields["allow_second_holder"].widget = forms.CheckboxInput()

    def appointment_of(self, person: User | None = None) -> Appointment:
        return Appointment(
            user=person, **{name: self.cleaned_data[name] for name in APPOINTMENT_FIELDS}
        )


def _grantable_roles(by: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """The roles this keeper may give, by the place they name."""
    office = [role for role in Role if role not in (*SCHOOL_ROLES, *CLUSTER_ROLES)]
    groups = (
        ("ในโรงเรียน", SCHOOL_ROLES),
        ("ในกลุ่มโรงเรียน", CLUSTER_ROLES),
        ("ในสำนักงานเขตพื้นที่", office),
    )
    return [
        (place, [(role.value, role.label) for role in roles if can_grant_role(by, role)])
        for place, roles in groups
    ]


class AppointmentTransferForm(SchoolAppointmentForm):
    """The school moved to; the standing goes along, the position number may change."""

    academic_standing = None  # type: ignore[assignment]  # leaves the field out
    field_order = ("school", "starts_on", "acting", "title", "position_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = form_field(self, "school", forms.ModelChoiceField)
        school.required, school.help_text = True, ""
        school.label, school.empty_label = "ย้ายไปโรงเรียน", "โปรดเลือก"
        self.fields["starts_on"].label = "เริ่มที่โรงเรียนใหม่วันที่"

    def appointment(self) -> Appointment:
        return Appointment(**self.cleaned_data)


class AppointmentEndForm(PortalForm):
    """The last day on which an appointment is held."""

    last_day = BuddhistDateField(label="วันสุดท้ายของตำแหน่ง")


# --- Actions ---


@transaction.atomic
def create_appointment(
    appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    """Let a person hold an appointment from a day on.

    An appointment that signs for the office is held beside somebody else's only if
    `allow_second_holder` says that
    the keeper knows of the other; and it may wait for a second person (people/signers.py).
    """
    lock_person_and_schools(appointment.user, appointment.school)
    ensure_can_manage_account(appointment.user, by=by)
    _create_appointment(appointment, by=by, allow_second_holder=allow_second_holder)


def _create_appointment(
    appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    if not can_grant_role(by, appointment.role):
        raise PermissionDenied
    check_appointment_scope(appointment)
    if not appointment.user.is_active:
        raise ActionRefused("บัญชีนี้ปิดอยู่ โปรดเปิดใช้บัญชีอีกครั้งก่อนเพิ่มตำแหน่ง")
    check_appointment_days(appointment)
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
    save_with_history(appointment, by=by, reason=APPOINTMENT_TITLE_UPDATED, fields=[*words])


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, last_day: date) -> None:
    """Let the appointment be held for the last time on that day."""
    lock_person_and_schools(appointment.user, appointment.school)
    ensure_can_manage_account(appointment.user, by=by)
    _end_appointment(appointment, last_day, by=by)


def _end_appointment(appointment: Appointment, last_day: date, *, by: User) -> None:
    appointment.refresh_from_db(fields=["ends_on"])
    if appointment.is_over(timezone.localdate()):
        raise ActionRefused(f"ตำแหน่งนี้สิ้นสุดไปแล้วเมื่อ {_last_day(appointment)} จึงไม่เปลี่ยนอีก")
    if last_day < appointment.starts_on:
        started = long_date(appointment.starts_on)
        raise ActionRefused(
            field_errors={"last_day": f"ตำแหน่งนี้เริ่ม {started} โปรดระบุวันนั้นหรือวันหลังจากนั้น"}
        )
    appointment.ends_on = last_day
    check_appointment_days(appointment)
    save_with_history(appointment, by=by, reason=APPOINTMENT_ENDED, fields=["ends_on"])


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


# --- Pages ---


def appointment_create(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_person_for_edit(request, pk)
    form = AppointmentForm(post_data(request), by=request.user)

    def create(allow_second_holder: bool, **fields: object) -> None:
        create_appointment(
            form.appointment_of(person), by=request.user, allow_second_holder=allow_second_holder
        )

    return confirm_person_action(
        request,
        create,
        person,
        form=form,
        template="schools/people/appointment_form.html",
        success_message="เพิ่มตำแหน่งแล้ว สิทธิ์มีผลตั้งแต่วันเริ่มตำแหน่ง",
    )


def appointment_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = get_appointment_for_edit(request, pk)
    known = {name: getattr(appointment, name) for name in AppointmentTitleForm.base_fields}
    return confirm_person_action(
        request,
        partial(update_appointment_title, appointment, by=request.user),
        appointment.user,
        form=AppointmentTitleForm(post_data(request), initial=known),
        success_message="แก้ไขตำแหน่งแล้ว เอกสารที่ลงนามไปก่อนหน้านี้ไม่เปลี่ยน",
        heading=f"แก้ไขตำแหน่ง {appointment.title_with_place}",
        submit_label="บันทึก",
    )


def appointment_end(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = get_appointment_for_edit(request, pk)
    return confirm_person_action(
        request,
        partial(end_appointment, appointment, by=request.user),
        appointment.user,
        form=AppointmentEndForm(post_data(request), initial={"last_day": appointment.ends_on}),
        success_message=lambda: f"ตำแหน่งสิ้นสุด {_last_day(appointment)}",
        heading=f"สิ้นสุดตำแหน่ง: {appointment.title_with_place}",
        submit_label="บันทึกวันสิ้นสุด",
        effects=[
            "สิทธิ์ของตำแหน่งนี้มีถึงวันที่ระบุ รวมวันนั้น",
            "สิ่งที่ลงนามหรือบันทึกไว้แล้วยังเป็นชื่อและตำแหน่งเดิม",
        ],
    )


def _last_day(appointment: Appointment) -> str:
    return long_date(appointment.ends_on) if appointment.ends_on else ""


def appointment_transfer(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = get_appointment_for_edit(request, pk, at_school=True)
    form, person = AppointmentTransferForm(post_data(request)), appointment.user

    def transfer(**fields: object) -> None:
        transfer_appointment(appointment, form.appointment(), by=request.user)

    return confirm_person_action(
        request,
        transfer,
        person,
        form=form,
        success_message=lambda: f"ย้าย {person} แล้ว ตำแหน่งเดิมสิ้นสุด {_last_day(appointment)}",
        heading=f"ย้าย {person} ไปโรงเรียนอื่น",
        submit_label="บันทึกการย้าย",
        effects=[
            f"ตำแหน่งที่{appointment.school}สิ้นสุดในวันก่อนวันเริ่มที่โรงเรียนใหม่",
            "ตั้งแต่วันเริ่ม เห็นและทำงานของโรงเรียนใหม่ ไม่เห็นของโรงเรียนเดิม",
            "สิ่งที่ลงนามไว้แล้วยังเป็นชื่อและตำแหน่งเดิม",
        ],
    )


def appointment_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = get_appointment_for_edit(request, pk)
    return confirm_person_action(
        request,
        partial(withdraw_appointment, appointment, by=request.user),
        appointment.user,
        success_message="ยกเลิกตำแหน่งที่ยังไม่เริ่มแล้ว",
        heading=f"ยกเลิกตำแหน่งที่ยังไม่เริ่ม: {appointment.title_with_place}",
        submit_label="ยกเลิกตำแหน่ง",
        effects=["ตำแหน่งนี้จะไม่เริ่ม และไม่อยู่ในรายการตำแหน่งอีก ประวัติยังบอกว่าใครยกเลิกเมื่อใด"],
        danger=True,
    )
