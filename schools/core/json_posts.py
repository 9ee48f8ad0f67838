"""What scripts of a page send in the background: answered in JSON, also where it is not taken."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest

SIGNED_OUT = "หมดเวลาการใช้งาน โปรดเข้าสู่ระบบใหม่ ข้อความที่พิมพ์ยังอยู่ในเครื่องนี้"
OTHER_USER = "เครื่องนี้เข้าสู่ระบบเป็นบุคคลอื่นแล้ว จึงยังไม่บันทึก โปรดเข้าสู่ระบบด้วยบัญชีเดิม"


class ApiError(Exception):
    """What was sent is not taken: `code`, `details` are for the script, `str()` for the person."""

    def __init__(
        self, status: int, code: str, message: str, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.details = status, code, dict(details or {})


def json_post_view(view: Callable[..., dict]) -> Callable[..., HttpResponse]:
    """The view takes a POST and gives a dict; it may raise ApiError or ActionRefused.

    What is not taken is answered as a dict of `code`, `message` and the details of the ApiError.
    """

    # A script cannot follow a redirect to a sign-in page: it reads the 401.
    @login_not_required
    @require_POST
    @wraps(view)
    def answer(request: SignedInRequest, **address: Any) -> HttpResponse:
        try:
            if not request.user.is_authenticated:
                raise ApiError(401, "signed_out", SIGNED_OUT)
            return JsonResponse(view(request, **address))
        except ApiError as no:
            return _error_response(no)
        except ActionRefused as refused:
            return _error_response(ApiError(409, "frozen", str(refused)))

    return answer


def _error_response(error: ApiError) -> JsonResponse:
    content = {**error.details, "code": error.code, "message": str(error)}
    return JsonResponse(content, status=error.status)


def ensure_same_user(request: SignedInRequest, user: int) -> None:
    """The page was made for the person who is signed in now. Raises ApiError."""
    if user != request.user.pk:
        raise ApiError(409, "other_person", OTHER_USER)
