"""Devices that have signed in to an account before, so that strangers' tries do not slow them.

One signed cookie, sent to the sign-in pages only, holds a name of the device's own and the
accounts that signed in there; a new password makes the account a stranger there again.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from schools.models import User

DEVICE_COOKIE = "known_device"
COOKIE_MAX_AGE = 400 * 24 * 60 * 60  # seconds; browsers keep no cookie longer
MAX_ACCOUNTS = 40  # of one device: the oldest is forgotten first


def known_device(request: HttpRequest, username: str) -> str:
    """The device's own name where it has signed in to this account before, else nothing."""
    device = _read(request)
    user = User.objects.filter(username__iexact=username).first()
    if user and device["accounts"].get(str(user.pk)) == _account_token(user):
        return device["name"]
    return ""


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the device be known to this account from now on."""
    device = _read(request)
    accounts = {pk: token for pk, token in device["accounts"].items() if pk != str(user.pk)}
    accounts[str(user.pk)] = _account_token(user)
    newest = dict([*accounts.items()][-MAX_ACCOUNTS:])
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps({"name": device["name"], "accounts": newest}, salt=DEVICE_COOKIE),
        max_age=COOKIE_MAX_AGE,
        path=settings.SIGN_IN_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        return signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_COOKIE, max_age=COOKIE_MAX_AGE
        )
    except signing.BadSignature:
        return {"name": secrets.token_urlsafe(12), "accounts": {}}


def _account_token(user: User) -> str:
    """A value that changes with the password and from which it cannot be learnt."""
    return user.get_session_auth_hash()[:16]
