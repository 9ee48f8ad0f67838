"""What every request and response passes through, beyond Django's own."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

# Renewing at each request would make every GET write; five minutes of slack do no harm.
RENEW_AFTER_SECONDS = 5 * 60


def permissions_policy(get_response: View) -> View:
    """Tell the browser that no page of ours uses the camera, the microphone or the position."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()"
        return response

    return middleware


def idle_session_end(get_response: View) -> View:
    """Renew the session of someone who is at work; whoever stops is signed out by expiry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if request.session.get("renewed", 0) <= now - RENEW_AFTER_SECONDS:
                request.session["renewed"] = now
        return get_response(request)

    return middleware
