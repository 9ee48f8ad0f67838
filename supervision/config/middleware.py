"""What every request and response passes through, beyond Django's own."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from schools.unsaved_posts.actions import last_user_pk, remember_user, store_unsaved_post
from schools.unsaved_posts.opting_out import may_be_kept_unsaved
from supervision.config.errors import error_page

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

# Renewing at each request would make every GET write; five minutes of slack do no harm.
RENEW_AFTER_SECONDS = 5 * 60

# What a person may open before making a password of their own.
ALLOWED_BEFORE_PASSWORD_CHANGE = ("account_change_password", "account_logout", "help")


class FaultTolerantSessionMiddleware(SessionMiddleware):
    """A page that only reads is shown even if its session cannot be renewed: the disk is full."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (OperationalError, SessionInterrupted) as error:
            problem = _database_problem(error)
            if problem is None:
                raise
            if request.method not in ("GET", "HEAD"):
                raise problem from error
            logger.warning("The session was not renewed: %s", problem)
            return response


def _database_problem(error: BaseException | None) -> OperationalError | None:
    """Django reports a session that could not be written as one that somebody ended meanwhile."""
    while error and not isinstance(error, OperationalError):
        error = error.__cause__ or error.__context__
    return error if isinstance(error, OperationalError) else None


class LoginRequired(LoginRequiredMiddleware):
    """Whose session ended while a form was open gets what was sent back after signing in.

    The sign-in page learns of it by its address, not by a message: anonymous visitors get no
    session.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        # A form is sent by a page; what a script sends in between it keeps and sends again.
        if request.method != "POST" or "text/html" not in request.headers.get("Accept", ""):
            return super().handle_no_permission(request, view_func)
        post = store_unsaved_post(request) if may_be_kept_unsaved(view_func) else None
        following = post.get_absolute_url() if post else request.path
        query = urlencode({"next": following, "unsaved": "kept" if post else "lost"})
        return redirect(f"{reverse('account_login')}?{query}")


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Tell the browser that no page of ours uses the camera, the microphone or the position."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()"
        return response

    return middleware


def limit_request_size(get_response: GetResponse) -> GetResponse:
    """Read no more than all files of one form may weigh together."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_REQUEST_BYTES:
            return error_page("413.html", 413)
        return get_response(request)

    return middleware


def renew_session(get_response: GetResponse) -> GetResponse:
    """Renew the session of someone who is at work; whoever stops is signed out by expiry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if request.session.get("renewed", 0) <= now - RENEW_AFTER_SECONDS:
                request.session["renewed"] = now
        return get_response(request)

    return middleware


def remember_signed_in_user(get_response: GetResponse) -> GetResponse:
    """Leave in the browser who is signed in, so that a form sent too late finds its author."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = request.user
        if user.is_authenticated and last_user_pk(request) != user.pk:
            remember_user(response, user, secure=settings.SESSION_COOKIE_SECURE)
        return response

    return middleware


def no_store(get_response: GetResponse) -> GetResponse:
    """Let no browser keep a page of somebody who is signed in: computers are shared."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def clear_cache_on_logout(get_response: GetResponse) -> GetResponse:
    """Let the browser drop the pages it keeps for its Back button: computers are shared."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


def require_password_change(get_response: GetResponse) -> GetResponse:
    """Who signed in with a password that the office made goes no further than making their own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not (user.is_authenticated and user.must_change_password):
            return get_response(request)
        if request.path in map(reverse, ALLOWED_BEFORE_PASSWORD_CHANGE):
            return get_response(request)
        page = reverse("account_change_password")
        wanted = request.get_full_path() if request.method == "GET" else "/"
        return redirect(page if wanted == "/" else f"{page}?{urlencode({'next': wanted})}")

    return middleware
