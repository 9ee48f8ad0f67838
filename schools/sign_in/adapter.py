"""Sign-in by user name, dressed for the office: Thai words, sign-up closed."""

import logging
from datetime import timedelta
from math import ceil
from time import time
from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import HttpRequest, HttpResponse

from schools.access import is_system_account
from schools.core.history import set_history_author
from schools.core.request_client import client_address
from schools.enums import AccessKind
from schools.models import User
from schools.people.access_log import log_access_event
from schools.people.access_notices import unread_access_events
from schools.sign_in.known_devices import known_device, remember_device
from schools.sign_in.limits import (
    TooManyTries,
    count_try,
    limits_for,
    uncount_try,
    wait_after,
)

logger = logging.getLogger(__name__)

WRONG_PASSWORD = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจตัวพิมพ์เล็ก-ใหญ่และภาษาของแป้นพิมพ์"

WAIT_MESSAGE = (
    "ใส่รหัสผ่านผิดหลายครั้งที่บัญชีนี้หรือจากเครือข่ายนี้ โปรดรออีก {} แล้วลองใหม่ "
    "หากลืมรหัสผ่าน โปรดติดต่อเจ้าหน้าที่งานธุรการเพื่อขอรหัสผ่านใหม่"
)

SYSTEM_ACCOUNT = "บัญชีนี้เป็นของระบบของหน่วยงานอื่น ซึ่งอ่านข้อมูลด้วยโทเคนเท่านั้น เข้าสู่ระบบไม่ได้ โปรดใช้บัญชีของคุณเอง"
LOOK_AT_ACCOUNT = "มีผู้เปลี่ยนแปลงการเข้าใช้บัญชีของคุณ โปรดดูที่หน้า “งานที่รอคุณ” หรือ “บัญชีของฉัน” ในเมนู"
WAYS_TO_CONFIRM = {
    "reauthenticate": "ยืนยันด้วยรหัสผ่าน",
    "mfa_reauthenticate": "ยืนยันด้วยรหัสจากแอปหรือรหัสกู้คืน",
    "mfa_reauthenticate:webauthn": "ยืนยันด้วยพาสคีย์",
}
APP, PASSKEY = "แอปยืนยันตัวตน", "พาสคีย์"
SECOND_FACTOR_CHANGES = {
    "mfa/email/totp_activated": (AccessKind.SECOND_FACTOR_ADDED, APP),
    "mfa/email/totp_deactivated": (AccessKind.SECOND_FACTOR_REMOVED, APP),
    "mfa/email/webauthn_added": (AccessKind.SECOND_FACTOR_ADDED, PASSKEY),
    "mfa/email/webauthn_removed": (AccessKind.SECOND_FACTOR_REMOVED, PASSKEY),
    "mfa/email/recovery_codes_generated": (AccessKind.RECOVERY_CODES_MADE, ""),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the office; nobody registers."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PASSWORD,
        "email_password_mismatch": WRONG_PASSWORD,  # a user name typed with an @
        "too_many_login_attempts": "ใส่รหัสยืนยันผิดหลายครั้ง โปรดรอประมาณ 5 นาทีแล้วลองใหม่",
        "rate_limited": "ใส่รหัสยืนยันผิดหลายครั้ง โปรดรอประมาณ 5 นาทีแล้วลองใหม่",
        "incorrect_password": "รหัสผ่านไม่ถูกต้อง โปรดพิมพ์รหัสผ่านที่ใช้เข้าสู่ระบบครั้งนี้",
        "enter_current_password": "รหัสผ่านปัจจุบันไม่ถูกต้อง โปรดพิมพ์รหัสผ่านที่ใช้เข้าสู่ระบบครั้งนี้",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Refuse a try that comes too early; what is tried counts until it proves right."""
        name = credentials.get("username") or credentials.get("email", "")
        address = client_address(request) or ""
        self.limits = limits_for(name, address, known_device(request, name))
        try:
            count_try(self.limits)
        except TooManyTries as refused:
            logger.warning("sign-in refused: %s has to wait", address)
            raise ValidationError(WAIT_MESSAGE.format(wait_in_words(refused.wait))) from None

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        user = super().authenticate(request, **credentials)
        if user:
            uncount_try(self.limits)
            self._refuse_system_account(user)
        return user

    def _refuse_system_account(self, user: User) -> None:
        """Nobody signs in as another office's system, whatever password the account may have."""
        if is_system_account(user):
            log_access_event(
                AccessKind.SIGN_IN_FAILED, account=user, note="บัญชีของระบบ ใช้ได้เฉพาะโทเคน"
            )
            raise ValidationError(SYSTEM_ACCOUNT)

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """Note it for the account's owner and the administrator, and the wait if there is one."""
        name = credentials.get("username") or credentials.get("email", "")
        account = User.objects.filter(username__iexact=name).first()
        who = f"account {account.pk}" if account else "no account"
        logger.warning("sign-in failed: %s from %s", who, client_address(request))
        log_access_event(AccessKind.SIGN_IN_FAILED, account=account)
        if wait := wait_after(self.limits):
            log_access_event(
                AccessKind.SIGN_IN_DELAYED, account=account, note=f"รอ {wait_in_words(wait)}"
            )

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Sign in; say that others changed the account where home, which shows it, is not next."""
        response = super().post_login(request, user, **kwargs)
        if response.headers.get("Location", "/") != "/" and unread_access_events(user):
            messages.warning(request, LOOK_AT_ACCOUNT)
        remember_device(request, response, user)
        logger.info("signed in: account %s from %s", user.pk, client_address(request))
        log_access_event(AccessKind.SIGNED_IN, account=user, by=user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        logger.warning("sign-in failed: account %s is closed", user.pk)
        log_access_event(AccessKind.SIGN_IN_FAILED, account=user, note="บัญชีปิดอยู่")
        return super().respond_user_inactive(request, user)

    def logout(self, request: HttpRequest) -> None:
        logger.info("signed out: account %s from %s", request.user.pk, client_address(request))
        if request.user.is_authenticated:
            log_access_event(AccessKind.SIGNED_OUT, account=request.user, by=request.user)
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has signed in just now is not asked for the same again."""
        records = get_authentication_records(self.request, self.request.user)
        if any(time() - one["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for one in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        methods = super().get_reauthentication_methods(user)
        return [one | {"description": WAYS_TO_CONFIRM[one["id"]]} for one in methods]

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        """What allauth would mail of a change to second factors stands in the access log."""
        if change := SECOND_FACTOR_CHANGES.get(template_prefix):
            kind, note = change
            log_access_event(kind, account=user, by=user, note=note)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def set_password(self, user: User, password: str) -> None:
        """The owner's own choice: the office's temporary password is forgotten."""
        user.must_change_password = False
        set_history_author(user, by=user, reason="เจ้าของบัญชีตั้งรหัสผ่านใหม่")
        super().set_password(user, password)
        log_access_event(AccessKind.PASSWORD_SET, account=user, by=user)


def wait_in_words(wait: timedelta) -> str:
    """15 วินาที, 3 นาที; never less than there is to wait."""
    seconds = ceil(wait.total_seconds())
    return f"{seconds} วินาที" if seconds < 60 else f"{ceil(seconds / 60)} นาที"


class SignInForm(forms.LoginForm):
    """User name and password, with labels instead of placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_label(self.fields["login"], "ชื่อผู้ใช้")
        show_label(self.fields["password"], "รหัสผ่าน")
        # Phones would capitalise or correct a user name.
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ConfirmPasswordForm(forms.ReauthenticateForm):
    """The password once more before a change to the account's security."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_label(self.fields["password"], "รหัสผ่าน")


class ChangePasswordForm(forms.ChangePasswordForm):
    """The present password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_label(self.fields["oldpassword"], "รหัสผ่านปัจจุบัน")
        show_label(self.fields["password1"], "รหัสผ่านใหม่")
        show_label(self.fields["password2"], "รหัสผ่านใหม่อีกครั้ง")

    def clean(self) -> dict:
        """A slip of paper may be read by others, so its password is not kept by typing it again."""
        cleaned = super().clean()
        if "password1" in cleaned and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", "รหัสผ่านใหม่ซ้ำกับรหัสผ่านปัจจุบัน โปรดตั้งรหัสอื่นที่คุณรู้คนเดียว")
        return cleaned


def show_label(field: Field, label: str) -> None:
    """Give the field a visible label instead of a placeholder that vanishes on typing."""
    field.label = label
    field.error_messages["required"] = f"โปรดกรอก{label}"
    field.widget.attrs.pop("placeholder", None)
