"""Pages for what went wrong. They need neither the database nor a signed-in user."""

import errno
import sys
from shutil import disk_usage

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from schools.access import SigningWithheld
from schools.core.file_responses import StoredFileMissing


def error_page(template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    withheld = isinstance(exception, SigningWithheld)
    return error_page("403_signing.html" if withheld else "403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    lost = isinstance(exception, StoredFileMissing)
    return error_page("file_missing.html" if lost else "404.html", 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return error_page("429.html", 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error is handled: a full disk and an absent database have own pages."""
    problem = sys.exception()
    if is_full_disk(problem):
        return error_page("507.html", 507)
    if isinstance(problem, OperationalError | InterfaceError):
        response = error_page("503.html", 503)
        response["Retry-After"] = "60"
        return response
    return error_page("500.html", 500)


MIN_FREE_BYTES = 64 * 1024  # bytes; below that a database cannot even be opened


def is_full_disk(problem: BaseException | None) -> bool:
    """Whether it, or what it came from, says that the disk is full."""
    while problem:
        if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        # SQLite says it in words, or fails elsewhere than in the database; PostgreSQL by its code.
        if isinstance(problem, OperationalError) and "disk is full" in str(problem):
            return True
        if isinstance(problem, OperationalError) and "disk I/O error" in str(problem):
            return disk_usage(settings.VAR).free < MIN_FREE_BYTES
        if getattr(problem, "sqlstate", None) == "53100":
            return True
        problem = problem.__cause__
    return False


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page("403_csrf.html", 403)
