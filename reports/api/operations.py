"""All operations of the API, each with the scope that a token needs for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI

from reports.api.authentication import BearerToken, signed_in_administrator
from reports.api.documents import list_documents
from reports.api.errors import (
    GET_ONLY,
    NOT_FOUND,
    ApiRefused,
    add_problem_handlers,
    problem_response,
)
from reports.api.paging import Page
from reports.api.recommendations import list_recommendations
from reports.api.registry import get_school, list_schools, list_terms
from reports.api.results import list_result_answers, list_results
from reports.api.schemas import (
    AnswerItem,
    ApiProblem,
    DocumentItem,
    RecommendationItem,
    ResultItem,
    SchoolItem,
    TermItem,
)
from reports.enums import ApiScope

API_TITLE = "พอร์ทัลงานนิเทศ: API อ่านอย่างเดียว"
API_DESCRIPTION = (
    "ข้อมูลการนิเทศสำหรับระบบของหน่วยงานอื่น อ่านได้อย่างเดียว ทุกคำขอต้องมีโทเคนซึ่งผู้ดูแลระบบเปิดให้ "
    "และเห็นเฉพาะโรงเรียนที่บัญชีของโทเคนมีสิทธิ์เห็น วันที่เป็น ค.ศ. ตาม ISO 8601 ปีการศึกษาเป็น พ.ศ. "
    "ไม่มีชื่อบุคคล และไม่มีการสังเกตชั้นเรียน"
)

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class ApiOperation:
    """One thing that a system may ask for, and the scope that its token needs."""

    address: str
    scope: ApiScope
    function: Callable
    answer: type
    summary: str
    description: str


OPERATIONS = (
    ApiOperation(
        "/terms",
        ApiScope.TERMS,
        list_terms,
        Page[TermItem],
        "ภาคเรียน",
        "ภาคเรียนทั้งหมด ใหม่ที่สุดขึ้นก่อน",
    ),
    ApiOperation(
        "/schools",
        ApiScope.SCHOOLS,
        list_schools,
        Page[SchoolItem],
        "โรงเรียน",
        "โรงเรียนที่บัญชีของโทเคนมีสิทธิ์เห็น เรียงตามชื่อ",
    ),
    ApiOperation(
        "/schools/{school}",
        ApiScope.SCHOOLS,
        get_school,
        SchoolItem,
        "โรงเรียนหนึ่งแห่ง",
        "ไม่พบ (404) เมื่อไม่มีโรงเรียนนั้น หรือบัญชีของโทเคนไม่มีสิทธิ์เห็น",
    ),
    ApiOperation(
        "/results",
        ApiScope.RESULTS,
        list_results,
        Page[ResultItem],
        "ผลรายมาตรฐาน",
        "ผลของแต่ละโรงเรียนรายมาตรฐาน จากรอบสุดท้ายที่มีการนิเทศซึ่งลงนามแล้วของภาคเรียน "
        "เป็นตัวเลขเดียวกับหน้าจอและเอกสารของพอร์ทัล",
    ),
    ApiOperation(
        "/results/answers",
        ApiScope.RESULTS,
        list_result_answers,
        Page[AnswerItem],
        "ผลรายตัวชี้วัด",
        "ระดับของแต่ละตัวชี้วัดจากการนิเทศเดียวกันกับผลรายมาตรฐาน ไม่มีข้อค้นพบและหลักฐาน",
    ),
    ApiOperation(
        "/recommendations",
        ApiScope.RECOMMENDATIONS,
        list_recommendations,
        Page[RecommendationItem],
        "ข้อเสนอแนะ",
        "ข้อเสนอแนะที่โรงเรียนเห็นชอบแล้วและไม่ถูกถอน เรียงตามกำหนดเสร็จ ไม่รวมข้อเสนอแนะจากการสังเกตชั้นเรียน",
    ),
    ApiOperation(
        "/documents",
        ApiScope.DOCUMENTS,
        list_documents,
        Page[DocumentItem],
        "ทะเบียนรายงาน",
        "รายงานที่ลงนามออกแล้ว ใหม่ที่สุดขึ้นก่อน พร้อมที่อยู่สำหรับตรวจสอบ ไม่มีเนื้อหาของรายงาน",
    ),
)
PROBLEMS = frozenset({401, 403, 404, 422, 429})


def _build_api() -> NinjaAPI:
    api = NinjaAPI(
        title=API_TITLE,
        version="1",
        description=API_DESCRIPTION,
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
    )
    for one in OPERATIONS:
        api.get(
            one.address,
            auth=BearerToken(one.scope),
            response={200: one.answer, PROBLEMS: ApiProblem},
            summary=one.summary,
            description=one.description,
            tags=[one.scope.label],
            operation_id=one.function.__name__,
            url_name=one.function.__name__,
        )(one.function)
    api.get(
        "/openapi.json",
        auth=[signed_in_administrator, BearerToken(None)],
        include_in_schema=False,
        url_name="openapi",
    )(_describe_api)
    add_problem_handlers(api)
    return api


def _describe_api(request: HttpRequest) -> HttpResponse:
    return JsonResponse(portal_api.get_openapi_schema())


def api_view(view: View) -> View:
    """A view of the API: asks for no session, is kept by nobody, and fails in JSON."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = problem_response(ApiRefused(404, NOT_FOUND))
        if response.status_code == 405:
            response = problem_response(ApiRefused(405, GET_ONLY, headers={"Allow": "GET"}))
        response["Cache-Control"] = "no-store"
        return response

    return answer


portal_api = _build_api()
