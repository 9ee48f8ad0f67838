"""From where a request comes: the address and the kind of device, as people read them."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

# The first sign found in the browser's own words; later ones also stand in those of the earlier.
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


def client_address(request: HttpRequest) -> str | None:
    """As the settings for a proxy in front allow; none where the server was not told any."""
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
