"""Answers for the scripts of the sheet's page: JSON, also where something is not taken."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from supervision.assessments.models import AnswerSheet
from supervision.workflow.errors import Refused

SIGNED_OUT = "หมดเวลาการใช้งาน โปรดเข้าสู่ระบบใหม่ ข้อความที่พิมพ์ยังอยู่ในเครื่องนี้"
OTHER_PERSON = "เครื่องนี้เข้าสู่ระบบเป็นบุคคลอื่นแล้ว จึงยังไม่บันทึก โปรดเข้าสู่ระบบด้วยบัญชีเดิม"
NO_RIGHT = "บัญชีนี้ไม่มีสิทธิ์แก้ไขแบบประเมินนี้แล้ว จึงยังไม่บันทึก"


class NotTaken(Exception):
    """What was sent is not taken: `code` is for the script, `str()` for the person."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


def for_script(view: Callable[..., dict]) -> Callable[..., HttpResponse]:
    """The view takes a POST and gives a dict; it may raise NotTaken or Refused."""

    # A script cannot follow a redirect to a sign-in page: it reads the 401.
    @login_not_required
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            if not request.user.is_authenticated:
                raise NotTaken(401, "signed_out", SIGNED_OUT)
            return JsonResponse(view(request, pk))
        except NotTaken as no:
            return _no(no.status, no.code, str(no))
        except Refused as refused:
            return _no(409, "frozen", str(refused))

    return answer


def _no(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status)


def check_same_person(request: HttpRequest, user: int) -> None:
    """The page was made for the person who is signed in now. Raises NotTaken."""
    if user != request.user.pk:
        raise NotTaken(409, "other_person", OTHER_PERSON)


def check_writer(request: HttpRequest, sheet: AnswerSheet) -> None:
    """Raises NotTaken unless the sheet is this person's to write."""
    if not sheet.is_for(request.user):
        raise NotTaken(403, "no_right", NO_RIGHT)
