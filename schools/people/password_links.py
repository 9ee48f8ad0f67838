"""Password links: how the holder of a signing appointment gets a password nobody else sees.

The link is on a slip, as a QR code and as a code to type. Whoever holds the slip is not signed
in when they open it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, post_data
from schools.core.history import save_with_history
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import short_moment
from schools.enums import AccessKind
from schools.models import PasswordLink, User
from schools.people.access_log import log_access_event
from schools.people.access_notices import notify_account_holder_by_mail
from schools.people.signers import withhold_signing_of

# No letter that looks like another, in print or in a hurry: 12 of these are 51 bits, 16 are 69.
PASSWORD_CODE_ALPHABET = "acdefhjkmnprtwxy3479"
PASSWORD_SET_BY_LINK = "ตั้งรหัสผ่านด้วยลิงก์"
PASSWORD_LINK_ISSUED = "ออกลิงก์ตั้งรหัสผ่าน"


# --- Actions ---


def generate_readable_code(groups: int) -> str:
    """Groups of four, such as kmre-7fhp-w3nd."""
    return "-".join(
        "".join(secrets.choice(PASSWORD_CODE_ALPHABET) for _ in range(4)) for _ in range(groups)
    )


@dataclass(frozen=True)
class IssuedPasswordLink:
    """A password link as it is handed over, once; the portal keeps only its digest."""

    person: User
    code: str
    expires_at: datetime

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{reverse('password_link', args=[self.code])}"

    @property
    def qr(self) -> str:
        """The address as a picture for an img tag."""
        return segno.make(self.url, error="m").svg_data_uri(scale=3, border=2)


def issue_password_link(person: User, *, by: User) -> IssuedPasswordLink:
    """Replace the password of a locked account by a link to a new one; sessions end.

    What the person signs for the office is withheld until a second person confirms it.
    """
    withhold_signing_of(person, by=by)
    person.set_unusable_password()
    person.must_change_password = True
    save_with_history(
        person, by=by, reason=PASSWORD_LINK_ISSUED, fields=["password", "must_change_password"]
    )
    withdraw_password_links(person)
    issued = _create_password_link(person, by=by)
    log_access_event(AccessKind.LINK_ISSUED, account=person, by=by)
    notify_account_holder_by_mail(person, f"{by} ออกลิงก์ตั้งรหัสผ่านใหม่ให้บัญชีของคุณ รหัสผ่านเดิมใช้ไม่ได้แล้ว")
    return issued


def _create_password_link(person: User, *, by: User) -> IssuedPasswordLink:
    code, now = generate_readable_code(4), timezone.now()
    expires_at = now + timedelta(hours=settings.PASSWORD_LINK_HOURS)
    PasswordLink.objects.create(
        account=person,
        digest=_digest_of(code),
        issued_at=now,
        issued_by=by,
        expires_at=expires_at,
    )
    return IssuedPasswordLink(person, code, expires_at)


def withdraw_password_links(person: User) -> None:
    """A link not yet opened opens nothing any more."""
    links = person.password_links.filter(opened_at=None, withdrawn_at=None)
    links.update(withdrawn_at=timezone.now())


def normalize_link_code(code: str) -> str:
    """The letters alone: people type the groups with spaces, dashes, or capitals."""
    return "".join(letter for letter in code.lower() if letter in PASSWORD_CODE_ALPHABET)


def _digest_of(code: str) -> str:
    return sha256(normalize_link_code(code).encode()).hexdigest()


def find_password_link(code: str) -> PasswordLink | None:
    links = PasswordLink.objects.select_related("account")
    return links.filter(digest=_digest_of(code)).first()


def password_link_refusal(link: PasswordLink) -> str:
    """In Thai why the link opens nothing any more; empty if it does."""
    if link.opened_at:
        return (
            f"ลิงก์นี้ใช้ไปแล้วเมื่อ {short_moment(link.opened_at)} ใช้ได้ครั้งเดียว "
            "หากคุณไม่ได้เป็นผู้ใช้ โปรดแจ้งผู้ดูแลระบบทันที"
        )
    if link.withdrawn_at:
        return "ลิงก์นี้ยกเลิกแล้ว โปรดใช้ใบแจ้งฉบับล่าสุด หรือขอลิงก์ใหม่จากผู้ดูแลทะเบียน"
    if link.expires_at <= timezone.now():
        return f"ลิงก์นี้หมดอายุเมื่อ {short_moment(link.expires_at)} โปรดขอลิงก์ใหม่จากผู้ดูแลทะเบียน"
    return ""


@transaction.atomic
def set_password_by_link(link: PasswordLink, *, password: str) -> None:
    """Set the holder's own password by the link, once.

    Raises ActionRefused when the link was opened, withdrawn or has expired meanwhile.
    """
    person = User.objects.select_for_update().get(pk=link.account_id)
    link.refresh_from_db()
    if why_not := password_link_refusal(link):
        raise ActionRefused(why_not)
    person.set_password(password)
    person.must_change_password = False
    save_with_history(
        person, by=person, reason=PASSWORD_SET_BY_LINK, fields=["password", "must_change_password"]
    )
    link.opened_at = timezone.now()
    link.save(update_fields=["opened_at"])
    log_access_event(AccessKind.LINK_OPENED, account=person)
    notify_account_holder_by_mail(person, "มีผู้เปิดลิงก์และตั้งรหัสผ่านใหม่ของบัญชีคุณแล้ว")


# --- Pages ---


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
        cleaned = super().clean() or self.cleaned_data
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
            done = "ตั้งรหัสผ่านแล้ว โปรดเข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่านใหม่ แล้วทำลายใบแจ้ง"
            messages.success(request, done)
            return redirect("account_login")
    context = {"form": form, "person": link.account, "expires_at": link.expires_at}
    return render(request, "schools/people/password_link.html", context)
