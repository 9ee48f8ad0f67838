"""Keeping what was sent after the session had ended, for the person who typed it."""

import re
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from schools.models import UnsavedPost, User
from schools.models.unsaved_post import TECHNICAL_FIELD_NAME

# Who signed in last in this browser. Signing in renews the CSRF secret, so a form that passes
# the CSRF check was made for that person or for nobody.
LAST_USER_COOKIE = "last_user"
LAST_USER_SALT = "schools.unsaved_posts"
COOKIE_SECONDS = 7 * 24 * 60 * 60

MAX_CHARACTERS = 200_000
MAX_POSTS_PER_USER = 20
SECRET_FIELD_NAME = re.compile(r"password|^csrfmiddlewaretoken$", re.IGNORECASE)


def remember_user(response: HttpResponse, user: User, *, secure: bool) -> None:
    """Leave in the browser who is signed in, signed, for when the session has ended."""
    value = signing.dumps(user.pk, salt=LAST_USER_SALT)
    response.set_cookie(
        LAST_USER_COOKIE,
        value,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def last_user_pk(request: HttpRequest) -> int | None:
    """The key of who signed in last in this browser; None unless the cookie is ours."""
    try:
        return signing.loads(
            request.COOKIES.get(LAST_USER_COOKIE, ""), salt=LAST_USER_SALT, max_age=COOKIE_SECONDS
        )
    except signing.BadSignature:
        return None


def store_unsaved_post(request: HttpRequest) -> UnsavedPost | None:
    """Store the form for its author; None where that is nobody, or there is nothing to keep.

    A form with more than MAX_CHARACTERS is not kept, and of a person only the last
    MAX_POSTS_PER_USER are.
    """
    fields = _fields(request.POST)
    files = [file.name or "" for files in request.FILES.lists() for file in files[1]]
    user = User.objects.filter(pk=last_user_pk(request) or 0, is_active=True).first()
    if user is None or not _is_worth_storing(fields, files):
        return None
    post = UnsavedPost.objects.create(
        user=user,
        action=request.path[:500],
        page=_page_of(request)[:500],
        fields=fields,
        files=files,
    )
    mine = UnsavedPost.objects.filter(user=user)
    mine.filter(pk__in=list(mine.values_list("pk", flat=True)[MAX_POSTS_PER_USER:])).delete()
    return post


def discard_unsaved_post(post: UnsavedPost) -> None:
    """Delete what its author does not want to send any more."""
    post.delete()


def _fields(sent: QueryDict) -> list[tuple[str, str]]:
    pairs = [(name, value) for name, values in sent.lists() for value in values]
    return [(name, value) for name, value in pairs if not SECRET_FIELD_NAME.search(name)]


def _is_worth_storing(fields: list[tuple[str, str]], files: list[str]) -> bool:
    typed = [value for name, value in fields if value and not TECHNICAL_FIELD_NAME.search(name)]
    characters = sum(len(name) + len(value) for name, value in fields)
    return bool(typed or files) and characters <= MAX_CHARACTERS


def _page_of(request: HttpRequest) -> str:
    """The page with the form: where the browser says it came from, if that is one of ours."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/" + urlsplit(came_from).path.lstrip("/")  # never //another.host
    return request.path
