"""What every page says at its top: the office, the term in force and who is signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from schools.access import posts_in_force
from schools.models import Area, Term


def office(request: HttpRequest) -> dict:
    """Template context of every page."""
    term = Term.objects.in_force(timezone.localdate())
    return {
        "office": term.academic_year.area if term else Area.objects.first(),
        "term_in_force": term,
        "post_title": _post_title(request),
        "is_demo": settings.MODE == "demo",
    }


def _post_title(request: HttpRequest) -> str:
    """The posts under the person's name; a school's computer is shared, so the school shows."""
    if not request.user.is_authenticated:
        return ""
    titles = [
        f"{post.printed_title} · {post.school.short_name}" if post.school else post.printed_title
        for post in posts_in_force(request.user)
    ]
    return " / ".join(titles)
