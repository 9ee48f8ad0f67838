"""Pages for what went wrong. They need neither the database nor a signed-in user."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from schools.sending import FileMissing


def error_page(template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page("403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    lost = isinstance(exception, FileMissing)
    return error_page("file_missing.html" if lost else "404.html", 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return error_page("429.html", 429)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page("403_csrf.html", 403)
