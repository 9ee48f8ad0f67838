"""The answer sheet: its pages, and the address where edits come in."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.thai import short_time
from supervision.assessments.enums import INDICATOR_FIELDS, SHEET_FIELDS, SheetKind
from supervision.assessments.journal import (
    MAX_LENGTH,
    Edit,
    Place,
    choice,
    record_edits,
    standings,
)
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import progress_of
from supervision.assessments.sending import (
    Unreadable,
    place_name,
    read_form,
    read_json,
    read_uuid,
)
from supervision.assessments.sheet_page import (
    Part,
    Sheet,
    Typed,
    cards_of,
    standing_lines,
    text_boxes,
)
from supervision.workflow.errors import Refused

RECORD = (
    *("round__school", "round__term__academic_year"),
    *("visit", "self_assessment", "rating__visit"),
)
SIGNED_OUT = "หมดเวลาการใช้งาน โปรดเข้าสู่ระบบใหม่ ข้อความที่พิมพ์ยังอยู่ในเครื่องนี้"
OTHER_PERSON = "เครื่องนี้เข้าสู่ระบบเป็นบุคคลอื่นแล้ว จึงยังไม่บันทึก โปรดเข้าสู่ระบบด้วยบัญชีเดิม"
NO_RIGHT = "บัญชีนี้ไม่มีสิทธิ์แก้ไขแบบประเมินนี้แล้ว จึงยังไม่บันทึก"


def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the first part of the sheet that is not settled."""
    part = Sheet.load(_sheet(request, pk)).first_open()
    if part is None:
        raise Http404
    return redirect(part.url)


def standard_page(request: HttpRequest, pk: int, standard: int) -> HttpResponse:
    sheet = Sheet.load(_sheet(request, pk))
    indicators = sheet.of_standard(standard)
    if not indicators:
        raise Http404
    places = [(i.pk, name) for i in indicators for name in INDICATOR_FIELDS]
    part = next(part for part in sheet.parts() if part.standard == standard)
    if request.method == "POST":
        return _take_form(request, sheet, part, places)
    return _part_page(request, sheet, part)


def texts_page(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = Sheet.load(_sheet(request, pk))
    if sheet.row.kind != SheetKind.VISIT:
        raise Http404
    if request.method == "POST":
        return _take_form(request, sheet, sheet.parts()[-1], [(None, f) for f in SHEET_FIELDS])
    return _part_page(request, sheet, sheet.parts()[-1])


def _sheet(request: HttpRequest, pk: int) -> AnswerSheet:
    rows = AnswerSheet.objects.visible_to(request.user).select_related(*RECORD)
    return get_object_or_404(rows, pk=pk)


def _part_page(
    request: HttpRequest,
    sheet: Sheet,
    part: Part,
    *,
    typed: Typed | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    typed = typed or Typed()
    parts = sheet.parts()
    here = parts.index(part)
    context = {
        "sheet": sheet.row,
        "part": part,
        "parts": parts,
        "before": parts[here - 1] if here else None,
        "after": parts[here + 1] if here + 1 < len(parts) else None,
        "settled": sheet.settled,
        "total": sheet.total,
        "is_visit": sheet.row.kind == SheetKind.VISIT,
        "may_write": sheet.row.can_be_written_by(request.user),
        "can_write": sheet.row.is_for(request.user),
        "token": uuid4(),
        "longest": MAX_LENGTH,
        "refused": refused,
        "unsaved": list(typed.values.values()) if refused else [],
    }
    if part.standard is None:
        context["boxes"] = text_boxes(sheet, typed)
    else:
        context["cards"] = cards_of(sheet, part.standard, typed)
    return render(request, "assessments/sheet.html", context, status=status)


# --- Without a script: the page's form ---


def _take_form(request: HttpRequest, sheet: Sheet, part: Part, places: list[Place]) -> HttpResponse:
    row = sheet.row
    if not row.is_for(request.user):
        raise PermissionDenied
    edits = _form_edits(request, row, places)
    try:
        rejected = record_edits(row, edits, by=request.user)
    except Refused as refused:
        return _part_page(
            request, sheet, part, typed=_typed(edits, {}), refused=str(refused), status=409
        )
    if rejected:
        left = [edit for edit in edits if edit.id in rejected]
        fresh = Sheet.load(row)
        part = next(p for p in fresh.parts() if p.url == part.url)
        return _part_page(request, fresh, part, typed=_typed(left, rejected), status=422)
    if edits:
        messages.success(request, f"บันทึกแล้ว {len(edits)} ช่อง")
    return redirect(_where_next(request, sheet, part))


def _form_edits(request: HttpRequest, row: AnswerSheet, places: list[Place]) -> list[Edit]:
    token = read_uuid(request.POST.get("token", "")) or uuid4()
    edits = read_form(request.POST, places, token)
    for verb in ("use", "keep"):
        if other := read_uuid(request.POST.get(verb, "")):
            edits += _chosen(row, places, other, token, keep=verb == "keep")
    return edits


def _chosen(
    row: AnswerSheet, places: list[Place], other: UUID, token: UUID, *, keep: bool
) -> list[Edit]:
    """The person chose between two values of a field: the other, or the one that stands."""
    where = standings(row, {indicator for indicator, _ in places})
    for standing in where.values():
        for edit in standing.others:
            if edit.id == other:
                return choice(standing, standing.edit.value if keep else edit.value, token=token)
    return []


def _typed(edits: list[Edit], rejected: dict[UUID, str]) -> Typed:
    names = {edit.id: place_name(*edit.place) for edit in edits}
    return Typed(
        {names[edit.id]: edit.value for edit in edits},
        {names[id_]: message for id_, message in rejected.items()},
    )


def _where_next(request: HttpRequest, sheet: Sheet, part: Part) -> str:
    """Only to a page of this sheet or back to its record."""
    wanted = request.POST.get("go", "")
    allowed = {p.url for p in sheet.parts()} | {sheet.row.get_record_url()}
    return wanted if wanted in allowed else part.url


# --- With a script: edits as JSON ---


@login_not_required  # A script cannot follow a redirect to a sign-in page: it reads the 401.
@require_POST
def save_edits(request: HttpRequest, pk: int) -> JsonResponse:
    if not request.user.is_authenticated:
        return _no(401, "signed_out", SIGNED_OUT)
    try:
        user, edits = read_json(request.body)
    except Unreadable as unreadable:
        return _no(400, "unreadable", str(unreadable))
    if user != request.user.pk:
        return _no(409, "other_person", OTHER_PERSON)
    row = _sheet(request, pk)
    if not row.is_for(request.user):
        return _no(403, "no_right", NO_RIGHT)
    try:
        rejected = record_edits(row, edits, by=request.user)
    except Refused as refused:
        return _no(409, "frozen", str(refused))
    return JsonResponse(_receipt(row, edits, rejected))


def _receipt(row: AnswerSheet, edits: list[Edit], rejected: dict[UUID, str]) -> dict:
    parts = progress_of(row)
    taken = [edit for edit in edits if edit.id not in rejected]
    return {
        "saved": [str(edit.id) for edit in taken],
        "rejected": [{"id": str(id_), "message": text} for id_, text in rejected.items()],
        "standing": standing_lines(row, {edit.place for edit in taken}),
        "settled": sum(settled for settled, _ in parts.values()),
        "total": sum(total for _, total in parts.values()),
        "parts": parts,
        "at": short_time(timezone.now()),
    }


def _no(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status)
