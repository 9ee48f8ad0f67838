"""The request under way, and from where it comes: the address and the kind of device."""

from collections.abc import Callable
from contextvars import ContextVar

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

# The first of these found in the User-Agent decides; later ones are part of earlier ones, too.
BROWSERS = (
    ("Line/", "LINE"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)

_current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


def current_request_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Make the request available to the access log, which notes where an act comes from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _current_request.set(request)
        try:
            return get_response(request)
        finally:
            _current_request.reset(token)

    return middleware


def current_request() -> HttpRequest | None:
    """The request under way; None in a command or a background task."""
    return _current_request.get()


def client_address(request: HttpRequest) -> str | None:
    """The address of the person's device, as the settings for a proxy allow; None if unknown."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None


def device_in_words(user_agent: str) -> str:
    """Chrome บน Android; nothing for a program that does not say what it is."""
    found = (_first(signs, user_agent) for signs in (BROWSERS, SYSTEMS))
    return " บน ".join(filter(None, found))


def _first(signs: tuple[tuple[str, str], ...], text: str) -> str:
    return next((word for sign, word in signs if sign in text), "")
