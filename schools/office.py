"""What every page says at its top: the office, the term in force and who is signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from schools.access import posts_in_force, withheld_post
from schools.models import Area, Post, Term


def office(request: HttpRequest) -> dict:
    """Template context of every page."""
    term = term_of_today(request)
    return {
        "office": term.academic_year.area if term else Area.objects.first(),
        "term_in_force": term,
        "term_has_closed": term is not None and not term.is_running_on(timezone.localdate()),
        "post_title": _post_title(request),
        "withheld_post": withheld_post(request.user),
        "is_demo": settings.MODE == "demo",
    }


def term_of_today(request: HttpRequest) -> Term | None:
    """The term in force, asked once for a request."""
    if not hasattr(request, "_term_of_today"):
        request._term_of_today = Term.objects.in_force(timezone.localdate())
    return request._term_of_today


def _post_title(request: HttpRequest) -> str:
    """The posts under the person's name, unless the name itself is a post, as in the demo."""
    if not request.user.is_authenticated:
        return ""
    posts = posts_in_force(request.user)
    return " / ".join(post.in_full for post in posts if not _same(post, request.user.full_name))


def _same(post: Post, named: str) -> bool:
    return post.printed_title in named or named in post.printed_title
