"""What the API answers when it does not answer what was asked: JSON with a Thai reason."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

NOT_FOUND = "ไม่พบข้อมูล หรือบัญชีของโทเคนนี้ไม่มีสิทธิ์เห็น"
TOKEN_MISSING = "ต้องมีโทเคนที่ใช้ได้ในส่วนหัว Authorization: Bearer ตามด้วยโทเคน"
GET_ONLY = "API นี้อ่านได้อย่างเดียว โปรดใช้คำขอ GET"
INVALID_PARAMETERS = "พารามิเตอร์ของคำขอไม่ถูกต้อง"
UNKNOWN_PARAMETER = "ไม่รู้จักพารามิเตอร์นี้ โปรดตรวจตัวสะกด"
# What pydantic found wrong with a parameter, by its own word for it.
PARAMETER_PROBLEMS = {
    "greater_than_equal": "ต้องไม่น้อยกว่า {ge}",
    "less_than_equal": "ต้องไม่เกิน {le}",
    "int_parsing": "ต้องเป็นจำนวนเต็ม",
    "int_parsing_size": "มากเกินไป",
    "bool_parsing": "ต้องเป็น true หรือ false",
    "enum": "ต้องเป็นค่าใดค่าหนึ่งใน {expected}",
    "missing": "ต้องระบุ",
}


class ApiRefused(Exception):
    """A request that is not answered; `str()` is the Thai reason, `headers` go with it.

    `parameters` has the problem of each parameter at fault, by its name.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        *,
        headers: Mapping[str, str] | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.headers = dict(headers or {})
        self.parameters = dict(parameters or {})
        super().__init__(reason)


class TokenRefused(ApiRefused):
    """No token, or one that opens nothing; the caller learns which kind is expected."""

    def __init__(self, reason: str = TOKEN_MISSING) -> None:
        super().__init__(401, reason, headers={"WWW-Authenticate": 'Bearer realm="Nithet"'})


class ParametersRefused(ApiRefused):
    """Parameters that are not understood, each with its problem."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        super().__init__(422, INVALID_PARAMETERS, parameters=parameters)


def problem_response(refused: ApiRefused) -> HttpResponse:
    """The refusal as the schema ApiProblem says."""
    found = [{"name": name, "problem": words} for name, words in refused.parameters.items()]
    body = {"detail": str(refused), "parameters": found}
    return JsonResponse(body, status=refused.status, headers=refused.headers)


def add_problem_handlers(api: NinjaAPI) -> None:
    """Let the API answer its own refusals and those of the library alike."""

    @api.exception_handler(ApiRefused)
    def refused(request: HttpRequest, problem: ApiRefused) -> HttpResponse:
        return problem_response(problem)

    @api.exception_handler(AuthenticationError)
    def without_token(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
        return problem_response(TokenRefused())

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, problem: Http404) -> HttpResponse:
        return problem_response(ApiRefused(404, NOT_FOUND))

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        words = {str(error["loc"][-1]): _in_words(error) for error in problem.errors}
        return problem_response(ParametersRefused(words))


def _in_words(error: Mapping[str, Any]) -> str:
    return PARAMETER_PROBLEMS.get(error["type"], "ไม่ถูกต้อง").format(**error.get("ctx", {}))
