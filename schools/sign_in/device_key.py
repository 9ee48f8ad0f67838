"""The key that locks what a person leaves on a device (static/js/device-lock.js)."""

import base64

from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def device_key(request: HttpRequest) -> dict[str, str]:
    """For templates: 256 bits in Base64, of who is signed in; empty for everybody else.

    It follows from SECRET_KEY and the account alone, so that every device and every later session
    of the person has the same one.
    """
    user = request.user
    if not user.is_authenticated:
        return {"device_key": ""}
    digest = salted_hmac("schools.sign_in.device_key", str(user.pk), algorithm="sha256").digest()
    return {"device_key": base64.b64encode(digest).decode()}
