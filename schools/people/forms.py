from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from schools.access import can_grant_role
from schools.core.fields import BuddhistDateField, ListedRowsField
from schools.core.forms import PortalForm
from schools.core.thai import arabic_digits
from schools.enums import CLUSTER_ROLES, SCHOOL_ROLES, AcademicStanding, Role
from schools.models import Appointment, Cluster, School, User

NATIONAL_ID_DIGITS = 13
NATIONAL_ID_MESSAGE = (
    "มีตัวเลข 13 หลัก ซึ่งอาจเป็นเลขประจำตัวประชาชน ระบบไม่รับและไม่เก็บเลขนี้ โปรดใช้ชื่ออื่น เช่น ชื่อย่อกับเลขที่ตำแหน่ง"
)
# In the order of the page, which is the order in which errors are told.
ACCOUNT_FIELDS = ("full_name", "username", "email")
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


def has_national_id(text: str) -> bool:
    """The 13-digit number is nobody's business here, whatever stands around it."""
    return sum(sign.isdigit() for sign in text) >= NATIONAL_ID_DIGITS


def validate_not_national_id(name: str) -> None:
    if has_national_id(name):
        raise ValidationError(f"ชื่อผู้ใช้{NATIONAL_ID_MESSAGE}")


class UserNameField(forms.CharField):
    """What a person types to sign in: the same on every keyboard, whatever the case."""

    default_validators = (
        RegexValidator(
            r"^[a-z0-9][a-z0-9._-]{2,29}$",
            "ชื่อผู้ใช้ต้องเป็นอักษรอังกฤษหรือเลขอารบิก 3–30 ตัว ใช้ . _ - คั่นได้ ไม่เว้นวรรค เช่น sornor16",
        ),
        validate_not_national_id,
    )

    def to_python(self, value: Any) -> str:
        return super().to_python(value).lower()


class AccountForm(PortalForm):
    """What the office knows of a person: what to call them and, if any, where to write."""

    full_name = forms.CharField(
        label="ชื่อที่แสดง",
        max_length=150,
        help_text="ชื่อและนามสกุลตามที่ใช้ในเอกสาร",
    )
    email = forms.EmailField(
        label="อีเมล (ถ้ามี)",
        required=False,
        error_messages={"invalid": "อีเมลไม่ถูกต้อง โปรดตรวจว่ามี @ และชื่อเครือข่าย เช่น name@example.go.th"},
    )


class AppointmentTitleForm(PortalForm):
    """How a appointment is written on papers."""

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
    """A appointment with its school and days; which school may be left open is the role's
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
        self.fields["school"].queryset = School.objects.open_on(timezone.localdate())


class AppointmentForm(SchoolAppointmentForm):
    """A appointment to give: the role decides whether a cluster, a school or neither is named."""

    field_order = APPOINTMENT_FORM_FIELDS

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
        self.fields["role"].choices = [("", "โปรดเลือก"), *_grantable_roles(by)]

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


class OpenAccountForm(AccountForm, AppointmentForm):
    """A new account and its first appointment, in one form."""

    field_order = (*ACCOUNT_FIELDS, *APPOINTMENT_FORM_FIELDS)

    username = UserNameField(
        label="ชื่อผู้ใช้",
        help_text="ใช้เข้าสู่ระบบ เป็นอักษรอังกฤษหรือเลขอารบิก ไม่ใช่เลขประจำตัวประชาชน เช่น sornor16",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )

    def account_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ACCOUNT_FIELDS]

    def appointment_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in APPOINTMENT_FORM_FIELDS]

    def person(self) -> User:
        return User(**{name: self.cleaned_data[name] for name in ACCOUNT_FIELDS})


class AppointmentTransferForm(SchoolAppointmentForm):
    """The school moved to; the standing goes along, the position number may change."""

    academic_standing = None
    field_order = ("school", "starts_on", "acting", "title", "position_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].required = True
        self.fields["school"].help_text = ""
        self.fields["school"].label = "ย้ายไปโรงเรียน"
        self.fields["school"].empty_label = "โปรดเลือก"
        self.fields["starts_on"].label = "เริ่มที่โรงเรียนใหม่วันที่"

    def appointment(self) -> Appointment:
        return Appointment(**self.cleaned_data)


class AppointmentEndForm(PortalForm):
    """The last day on which a appointment is held."""

    last_day = BuddhistDateField(label="วันสุดท้ายของตำแหน่ง")


class IssuePasswordsForm(PortalForm):
    """Whose passwords to issue, and the passwords as they were when this was asked.

    `issued` counts those of the same request who have theirs already.
    """

    person = ListedRowsField(
        queryset=User.objects.all(),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "โปรดเลือกผู้ใช้อย่างน้อย 1 คนในหน้ารายชื่อ"},
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    issued = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class AppointmentStatus(models.TextChoices):
    """Whom the list shows by the appointments they hold."""

    IN_FORCE = "in_force", "มีตำแหน่งวันนี้"
    COMING = "coming", "ตำแหน่งที่จะเริ่ม"
    ENDED = "ended", "ตำแหน่งที่สิ้นสุดแล้ว"
    NONE = "none", "ไม่มีตำแหน่งวันนี้และต่อไป"


class AccountStatus(models.TextChoices):
    """Whom the list shows by the state of their account."""

    NEVER = "never", "ยังไม่เคยเข้าสู่ระบบ"
    TEMPORARY = "temporary", "ใช้รหัสผ่านชั่วคราว"
    CLOSED = "closed", "ปิดแล้ว"


class PeopleFilterForm(PortalForm):
    """Whom the list shows; a value nobody offered is named as an error and left out."""

    q = forms.CharField(
        label="ชื่อ ชื่อผู้ใช้ หรือตำแหน่ง",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(
        label="บทบาท", required=False, choices=[("", "ทุกบทบาท"), *Role.choices]
    )
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    school = forms.ChoiceField(label="โรงเรียน", required=False)
    holding = forms.ChoiceField(
        label="ตำแหน่ง", required=False, choices=[("", "ทั้งหมด"), *AppointmentStatus.choices]
    )
    account = forms.ChoiceField(
        label="บัญชี", required=False, choices=[("", "ทุกบัญชี"), *AccountStatus.choices]
    )

    def __init__(
        self,
        *args: Any,
        clusters: Iterable[tuple[int, str]],
        schools: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].choices = [("", "ทุกกลุ่ม"), *clusters]
        self.fields["school"].choices = [("", "ทุกโรงเรียน"), *schools]
