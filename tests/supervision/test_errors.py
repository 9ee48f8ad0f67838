"""What went wrong is said in Thai, whatever went wrong."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from supervision.config import errors
from supervision.config import urls as portal


def bad(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def public(view):
    view.login_required = False
    return view


urlpatterns = [
    *portal.urlpatterns,
    path("bad/", public(bad)),
    path("forbidden/", public(forbidden)),
    path("broken/", public(broken)),
]
handler400 = portal.handler400
handler403 = portal.handler403
handler404 = portal.handler404
handler500 = portal.handler500


# Without a database mark: none of these pages may need one.
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad/", 400, "คำขอไม่ถูกต้อง"),
        ("/forbidden/", 403, "ไม่มีสิทธิ์ใช้หน้านี้"),
        ("/no-such-page/", 404, "ไม่พบหน้าที่ต้องการ"),
        ("/broken/", 500, "ระบบขัดข้อง"),
    ],
)
def test_error_pages_are_ours(address, status, words):
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in response.content.decode()


def test_a_form_without_its_token_is_explained():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert "หน้านี้เปิดค้างไว้นานเกินไป" in response.content.decode()


def test_too_many_requests_are_explained(rf):
    response = errors.too_many_requests(rf.get("/"))
    assert response.status_code == 429
    assert "ส่งคำขอถี่เกินไป" in response.content.decode()
