"""Answers for the scripts of the sheet's page: JSON, also where something is not taken."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from supervision.assessments.models import AnswerSheet

SIGNED_OUT = "หมดเวลาการใช้งาน โปรดเข้าสู่ระบบใหม่ ข้อความที่พิมพ์ยังอยู่ในเครื่องนี้"
OTHER_USER = "เครื่องนี้เข้าสู่ระบบเป็นบุคคลอื่นแล้ว จึงยังไม่บันทึก โปรดเข้าสู่ระบบด้วยบัญชีเดิม"
NO_PERMISSION = "บัญชีนี้ไม่มีสิทธิ์แก้ไขแบบประเมินนี้แล้ว จึงยังไม่บันทึก"


class ApiError(Exception):
    """What was sent is not taken: `code` is for the script, `str()` for the person."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


def json_post_view(view: Callable[..., dict]) -> Callable[..., HttpResponse]:
    """The view takes a POST and gives a dict; it may raise ApiError or ActionRefused."""

    # A script cannot follow a redirect to a sign-in page: it reads the 401.
    @login_not_required
    @require_POST
    @wraps(view)
    def answer(request: SignedInRequest, pk: int) -> HttpResponse:
        try:
            if not request.user.is_authenticated:
                raise ApiError(401, "signed_out", SIGNED_OUT)
            return JsonResponse(view(request, pk))
        except ApiError as no:
            return _error_response(no.status, no.code, str(no))
        except ActionRefused as refused:
            return _error_response(409, "frozen", str(refused))

    return answer


def _error_response(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status)


def ensure_same_user(request: SignedInRequest, user: int) -> None:
    """The page was made for the person who is signed in now. Raises ApiError."""
    if user != request.user.pk:
        raise ApiError(409, "other_person", OTHER_USER)


def ensure_sheet_writer(request: SignedInRequest, sheet: AnswerSheet) -> None:
    """Raises ApiError unless the sheet is this person's to write."""
    if not sheet.is_assigned_to(request.user):
        raise ApiError(403, "no_right", NO_PERMISSION)
