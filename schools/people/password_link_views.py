"""The pages of a password link: whoever holds the slip is not signed in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from schools.core.forms import PortalForm, post_data
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from schools.people.password_links import (
    find_password_link,
    normalize_link_code,
    password_link_refusal,
    set_password_by_link,
)


class PasswordLinkCodeForm(PortalForm):
    """The code of the slip, for whoever cannot read the QR code."""

    code = forms.CharField(
        label="รหัสในใบแจ้ง",
        max_length=60,
        help_text="4 กลุ่ม กลุ่มละ 4 ตัว เช่น acde-fhjk-mnpr-twxy",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )


class PasswordLinkForm(PortalForm):
    """The holder's own password, twice."""

    password = forms.CharField(
        label="รหัสผ่านใหม่",
        strip=False,
        help_text="อย่างน้อย 10 ตัวอักษร ไม่คล้ายชื่อผู้ใช้ ไม่เป็นตัวเลขล้วน",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="รหัสผ่านใหม่อีกครั้ง",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, again = cleaned.get("password"), cleaned.get("again")
        if first and again and first != again:
            raise ValidationError({"again": "รหัสผ่านสองช่องไม่ตรงกัน โปรดพิมพ์ช่องนี้ใหม่ให้เหมือนช่องแรก"})
        return cleaned


@login_not_required
@never_cache
def password_link_code(request: HttpRequest) -> HttpResponse:
    """Where the code of a slip is typed; looking it up changes nothing."""
    form = PasswordLinkCodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if find_password_link(code):
            return redirect("password_link", normalize_link_code(code))
        form.add_error("code", "ไม่พบรหัสนี้ โปรดตรวจตัวอักษรกับใบแจ้ง หรือขอลิงก์ใหม่จากผู้ดูแลทะเบียน")
    return render(request, "schools/people/password_link_code.html", {"form": form})


@login_not_required
@never_cache
def password_link(request: HttpRequest, code: str) -> HttpResponse:
    """The holder sets their password here, once; to look at the page uses nothing up."""
    link = find_password_link(code)
    if link is None or password_link_refusal(link):
        why_not = password_link_refusal(link) if link else "ไม่มีลิงก์นี้ โปรดตรวจที่อยู่กับใบแจ้ง"
        return render(
            request, "schools/people/password_link_invalid.html", {"why_not": why_not}, status=410
        )
    form = PasswordLinkForm(post_data(request), person=link.account)
    if form.is_valid():
        with refusal_as_form_error(form):
            set_password_by_link(link, password=form.cleaned_data["password"])
            told = "ตั้งรหัสผ่านแล้ว โปรดเข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่านใหม่ แล้วทำลายใบแจ้ง"
            messages.success(request, told)
            return redirect("account_login")
    context = {"form": form, "person": link.account, "expires_at": link.expires_at}
    return render(request, "schools/people/password_link.html", context)
