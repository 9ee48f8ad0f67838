"""Accounts of people: open, put right, close, open again.

Each action leaves its line in the history. It raises ActionRefused, by field where a field is at
fault, and PermissionDenied for what this registrar may never do.
"""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from schools.access import Permission, is_system_account, require
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, post_data, redirect_with_message
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.enums import AccessKind
from schools.models import Appointment, User
from schools.people.access_log import log_access_event
from schools.people.access_notices import notify_account_holder_by_mail
from schools.people.account_cleanup import run_account_cleanups
from schools.people.appointment_pages import APPOINTMENT_FORM_FIELDS, AppointmentForm
from schools.people.appointments import create_appointment
from schools.people.lookup import (
    confirm_person_action,
    ensure_can_manage_account,
    get_person_for_edit,
    lock_person_and_schools,
)
from schools.people.password_links import withdraw_password_links

ACCOUNT_OPENED, ACCOUNT_UPDATED, ACCOUNT_CLOSED, ACCOUNT_REOPENED = (
    "เปิดบัญชี",
    "แก้ไขบัญชี",
    "ปิดบัญชี",
    "เปิดใช้บัญชีอีกครั้ง",
)


NATIONAL_ID_DIGITS = 13


NATIONAL_ID_MESSAGE = (
    "มีตัวเลข 13 หลัก ซึ่งอาจเป็นเลขประจำตัวประชาชน ระบบไม่รับและไม่เก็บเลขนี้ โปรดใช้ชื่ออื่น เช่น ชื่อย่อกับเลขที่ตำแหน่ง"
)


# In the order of the page, which is the order of its errors.
ACCOUNT_FIELDS = ("full_name", "username", "email")


# --- Forms ---


def has_national_id(text: str) -> bool:
    """The 13-digit number is nobody's business here, whatever stands around it."""
    return sum(sign.isdigit() for sign in text) >= NATIONAL_ID_DIGITS


def validate_not_national_id(name: str) -> None:
    if has_national_id(name):
        raise ValidationError(f"ชื่อผู้ใช้{NATIONAL_ID_MESSAGE}")


class UserNameField(forms.CharField):
    """What a person types to sign in: the same on every keyboard, whatever the case."""

    default_validators = [
        RegexValidator(
            r"^[a-z0-9][a-z0-9._-]{2,29}$",
            "ชื่อผู้ใช้ต้องเป็นอักษรอังกฤษหรือเลขอารบิก 3–30 ตัว ใช้ . _ - คั่นได้ ไม่เว้นวรรค เช่น sornor16",
        ),
        validate_not_national_id,
    ]

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


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


# --- Actions ---


@transaction.atomic
def open_account(
    person: User, appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    """A new account with its first appointment; nobody can sign in until its password is issued.

    `allow_second_holder` is as for create_appointment.
    """
    if User.objects.filter(username__iexact=person.username).exists():
        raise ActionRefused(field_errors={"username": f"มีชื่อผู้ใช้ {person.username} แล้ว โปรดใช้ชื่ออื่น"})
    person.set_unusable_password()
    person.must_change_password = True
    save_with_history(person, by=by, reason=ACCOUNT_OPENED)
    log_access_event(AccessKind.ACCOUNT_OPENED, account=person, by=by)
    appointment.user = person
    create_appointment(appointment, by=by, allow_second_holder=allow_second_holder)


@transaction.atomic
def update_account(person: User, *, by: User, full_name: str, email: str) -> None:
    """Put the name shown or the e-mail right; the user name stays, for people know it."""
    lock_person_and_schools(person)
    ensure_can_manage_account(person, by=by)
    before, person.full_name, person.email = person.email, full_name, email
    save_with_history(
        person, by=by, reason=ACCOUNT_UPDATED, fields=["full_name", "sort_key", "email"]
    )
    if email != before:
        log_access_event(AccessKind.EMAIL_CHANGED, account=person, by=by)
        if before:
            notify_account_holder_by_mail(person, f"{by} เปลี่ยนอีเมลของบัญชีคุณ", address=before)


@transaction.atomic
def close_account(person: User, *, by: User) -> None:
    """Who has left signs in no more, at once; what they did and signed keeps their name."""
    lock_person_and_schools(person)
    ensure_can_manage_account(person, by=by)
    if person.is_active:
        person.is_active = False
        save_with_history(person, by=by, reason=ACCOUNT_CLOSED, fields=["is_active"])
        withdraw_password_links(person)
        log_access_event(AccessKind.ACCOUNT_CLOSED, account=person, by=by)


@transaction.atomic
def reopen_account(person: User, *, by: User) -> None:
    """Who is back, or was closed by mistake, begins anew with a password newly issued.

    Sessions, calendar addresses and the password of before stay closed: nobody knows who has
    come by them meanwhile.
    """
    lock_person_and_schools(person)
    ensure_can_manage_account(person, by=by)
    if person.is_active:
        return
    person.is_active, person.must_change_password = True, True
    person.set_unusable_password()
    save_with_history(
        person,
        by=by,
        reason=ACCOUNT_REOPENED,
        fields=["is_active", "must_change_password", "password"],
    )
    run_account_cleanups(person, by=by)
    log_access_event(AccessKind.ACCOUNT_REOPENED, account=person, by=by)


# --- Pages ---


def person_open(request: SignedInRequest) -> HttpResponse:
    """Open an account; then the registrar issues its password, or a system's its token."""
    require(request.user, Permission.EDIT_REGISTRY)
    form = OpenAccountForm(post_data(request), by=request.user)
    if form.is_valid():
        person, allow = form.person(), form.cleaned_data["allow_second_holder"]
        with refusal_as_form_error(form):
            open_account(person, form.appointment_of(), by=request.user, allow_second_holder=allow)
            if is_system_account(person):
                done = f"เปิดบัญชีของ {person} แล้ว ขั้นต่อไปคือเปิดโทเคน"
                return redirect_with_message(request, done, "person", person.pk)
            done = f"เปิดบัญชีให้ {person} แล้ว ขั้นต่อไปคือออกรหัสผ่านหรือลิงก์ตั้งรหัสผ่าน"
            passwords_url = f"{reverse('people_passwords')}?{urlencode({'person': person.pk})}"
            return redirect_with_message(request, done, passwords_url)
    return render(request, "schools/people/account_open.html", {"form": form})


def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_person_for_edit(request, pk)
    known = {"full_name": person.full_name, "email": person.email}
    return confirm_person_action(
        request,
        partial(update_account, person, by=request.user),
        person,
        form=AccountForm(post_data(request), initial=known),
        success_message="บันทึกข้อมูลบัญชีแล้ว",
        heading="แก้ไขข้อมูลบัญชี",
        submit_label="บันทึก",
    )


def person_close(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_person_for_edit(request, pk)
    return confirm_person_action(
        request,
        partial(close_account, person, by=request.user),
        person,
        success_message=f"ปิดบัญชีของ {person} แล้ว",
        heading=f"ปิดบัญชีของ {person}",
        submit_label="ปิดบัญชี",
        effects=[
            "เข้าสู่ระบบไม่ได้อีก และถูกออกจากระบบทันทีในทุกเครื่อง",
            "ตำแหน่ง งาน และลายมือชื่อที่ผ่านมาคงอยู่ ตำแหน่งที่ยังไม่สิ้นสุดโปรดระบุวันสิ้นสุดแยกต่างหาก",
            "เปิดใช้อีกครั้งได้ภายหลัง",
        ],
        danger=True,
    )


def person_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_person_for_edit(request, pk)
    return confirm_person_action(
        request,
        partial(reopen_account, person, by=request.user),
        person,
        success_message=f"เปิดใช้บัญชีของ {person} อีกครั้งแล้ว ขั้นต่อไปคือออกรหัสผ่านให้ใหม่",
        heading=f"เปิดใช้บัญชีของ {person} อีกครั้ง",
        submit_label="เปิดใช้บัญชี",
        effects=[
            "รหัสผ่านเดิมและที่อยู่ปฏิทินเดิมใช้ไม่ได้อีก โปรดออกรหัสผ่านให้ใหม่ในขั้นต่อไป",
            "สิทธิ์เป็นไปตามตำแหน่งที่มีผลในวันที่เข้าใช้",
        ],
    )
