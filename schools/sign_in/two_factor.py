"""The second factor at sign-in: an app on the phone, a passkey, and codes on paper for both.

Everybody may have one. Whom the office obliges (TWO_FACTOR_ROLES) sets it up after signing in,
before anything else.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from schools.access import has_to_use_second_factor
from schools.enums import AccessKind, Role
from schools.models import User
from schools.people.access_log import log_access_event

GetResponse = Callable[[HttpRequest], HttpResponse]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# What a person may open before setting up the second factor that the office asks for.
ALLOWED_BEFORE_SECOND_FACTOR = (
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"),
    *("account_logout", "account_change_password", "help"),
)


def check_two_factor_roles(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A role misspelt in the settings would oblige nobody."""
    unknown = sorted(set(settings.TWO_FACTOR_ROLES) - set(Role.values))
    known = ", ".join(Role.values)
    return [Error(f"TWO_FACTOR_ROLES: no role is called {name}; {known}") for name in unknown]


def require_second_factor(get_response: GetResponse) -> GetResponse:
    """Who has to have a second factor and has none goes no further than setting it up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not settings.TWO_FACTOR_ROLES or not user.is_authenticated or user.must_change_password:
            return get_response(request)
        if not has_to_use_second_factor(user) or SecondFactorAdapter().is_mfa_enabled(
            user, FACTORS
        ):
            return get_response(request)
        if resolve(request.path_info).url_name in ALLOWED_BEFORE_SECOND_FACTOR:
            return get_response(request)
        return redirect("mfa_index")

    return middleware


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth asks of us about second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "ตำแหน่งของคุณต้องใช้การยืนยันตัวตนสองขั้น โปรดเพิ่มพาสคีย์ก่อน แล้วจึงปิดแอปยืนยันตัวตน"
        ),
        "cannot_generate_recovery_codes": "โปรดเปิดใช้แอปยืนยันตัวตนหรือเพิ่มพาสคีย์ก่อน แล้วจึงสร้างรหัสกู้คืน",
        "incorrect_code": "รหัสไม่ถูกต้องหรือหมดเวลาแล้ว โปรดกรอกรหัสที่แอปแสดงอยู่ขณะนี้ หรือรหัสกู้คืนที่ยังไม่ได้ใช้",
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return (
            not has_to_use_second_factor(authenticator.user)
            or others.exclude(pk=authenticator.pk).exists()
        )

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"พาสคีย์ {Authenticator.objects.filter(user=user, type=type).count() + 1}"


def _label(form: base.forms.Form, name: str, label: str, **attributes: str) -> None:
    field = form.fields[name]
    field.label, field.error_messages["required"] = label, f"โปรดกรอก{label}"
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attributes


class SignInCodeForm(base.AuthenticateForm):
    """After the password: the code that the app shows, or one of those on paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", "รหัส 6 หลักจากแอป หรือรหัสกู้คืน", inputmode="numeric")

    def save(self) -> None:
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            log_access_event(AccessKind.RECOVERY_CODE_USED, account=self.user, by=self.user)


class ConfirmCodeForm(base.ReauthenticateForm):
    """The same before a change to the account's security."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", "รหัส 6 หลักจากแอป หรือรหัสกู้คืน", inputmode="numeric")


class ActivateAppForm(totp.ActivateTOTPForm):
    """The first code proves that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", "รหัส 6 หลักที่แอปแสดง", inputmode="numeric")


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A passkey with a name by which its owner recognises it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "name", "ชื่อพาสคีย์", maxlength="60")


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "name", "ชื่อพาสคีย์", maxlength="60")
