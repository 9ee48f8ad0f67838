"""What every page says at its top: the office and the term in force."""

from django.http import HttpRequest
from django.utils import timezone

from schools.access import posts_in_force
from schools.models import Area, Term


def office(request: HttpRequest) -> dict:
    """Template context: office, term in force and the post under the user's name."""
    term = Term.objects.in_force(timezone.localdate())
    posts = posts_in_force(request.user) if request.user.is_authenticated else []
    return {
        "office": term.academic_year.area if term else Area.objects.first(),
        "term_in_force": term,
        "my_posts": posts,
    }
