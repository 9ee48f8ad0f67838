"""The forms and pages on which the registrar gives, changes and ends appointments."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from schools.access import can_grant_role
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, form_field, post_data
from schools.core.http import SignedInRequest
from schools.core.thai import arabic_digits
from schools.enums import CLUSTER_ROLES, SCHOOL_ROLES, AcademicStanding, Capacity, Role
from schools.models import Appointment, Cluster, School, User
from schools.people.appointments import (
    create_appointment,
    end_appointment,
    last_day_in_words,
    transfer_appointment,
    update_appointment_title,
    withdraw_appointment,
)
from schools.people.lookup import (
    confirm_person_action,
    get_appointment_for_edit,
    get_person_for_edit,
)

APPOINTMENT_FIELDS = (
    "role",
    "school",
    "cluster",
    "starts_on",
    "ends_on",
    "capacity",
    "own_title",
    "title",
    "position_number",
    "academic_standing",
)
APPOINTMENT_FORM_FIELDS = (*APPOINTMENT_FIELDS, "allow_second_holder")


class AppointmentTitleForm(PortalForm):
    """How an appointment is written on papers."""

    own_title = forms.CharField(
        label="ตำแหน่งเดิมของผู้ทำการแทน (ถ้ามี)",
        max_length=150,
        required=False,
        help_text="พิมพ์ก่อนคำว่ารักษาการหรือแทน เช่น ครู หรือรองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    )
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
    capacity = forms.ChoiceField(
        label="ลักษณะการดำรงตำแหน่ง",
        required=False,
        choices=[("", "ดำรงตำแหน่ง"), *Capacity.choices],
        help_text="เลือกตามคำสั่งแต่งตั้ง คำนี้พิมพ์ในเอกสารที่ลงนาม ผู้รักษาการหรือทำการแทนมีสิทธิ์เท่าเจ้าของตำแหน่ง",
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
            "ถ้ารับผิดชอบหลายกลุ่มให้เพิ่มตำแหน่งทีละกลุ่ม ระบบของหน่วยงานอื่นระบุเมื่อให้อ่านเฉพาะกลุ่มนั้น"
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
    """The roles that this registrar may give, by the place they name."""
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
    field_order = ("school", "starts_on", "capacity", "own_title", "title", "position_number")

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
        success_message=lambda: f"ตำแหน่งสิ้นสุด {last_day_in_words(appointment)}",
        heading=f"สิ้นสุดตำแหน่ง: {appointment.title_with_place}",
        submit_label="บันทึกวันสิ้นสุด",
        effects=[
            "สิทธิ์ของตำแหน่งนี้มีถึงวันที่ระบุ รวมวันนั้น",
            "สิ่งที่ลงนามหรือบันทึกไว้แล้วยังเป็นชื่อและตำแหน่งเดิม",
        ],
    )


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
        success_message=lambda: f"ย้าย {person} แล้ว ตำแหน่งเดิมสิ้นสุด {last_day_in_words(appointment)}",
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
