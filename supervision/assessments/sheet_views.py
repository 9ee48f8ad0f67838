"""The answer sheet: its pages, and the address where edits come in."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.thai import short_time
from supervision.assessments.enums import INDICATOR_FIELDS, SHEET_FIELDS, SheetKind
from supervision.assessments.evidence.forms import CONSENT_WHY, take_attached
from supervision.assessments.evidence.page import Attach, pieces_beside
from supervision.assessments.for_script import (
    NotTaken,
    check_same_person,
    check_writer,
    for_script,
)
from supervision.assessments.journal import (
    MAX_LENGTH,
    Edit,
    Place,
    choice,
    record_edits,
    standings,
)
from supervision.assessments.late_edits import LateReceipt, keep_late_edits
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import progress_of
from supervision.assessments.sending import (
    Unreadable,
    place_name,
    read_form,
    read_json,
    read_uuid,
)
from supervision.assessments.sheet import Part, Sheet
from supervision.assessments.sheet_page import (
    Typed,
    cards_of,
    problems_in,
    problems_in_texts,
    standing_lines,
    text_boxes,
)
from supervision.workflow.errors import Refused

RECORD = (
    *("round__school", "round__term__academic_year"),
    *("visit", "self_assessment", "rating__visit", "rating__rater"),
)
# What a device offers to choose; what comes in is decided by the content (schools/uploads.py).
ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp"


def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the first part of the sheet that is not settled."""
    part = Sheet.load(seen_sheet(request, pk)).first_open()
    if part is None:
        raise Http404
    return redirect(part.url)


def standard_page(request: HttpRequest, pk: int, standard: int) -> HttpResponse:
    sheet = Sheet.load(seen_sheet(request, pk))
    indicators = sheet.of_standard(standard)
    if not indicators:
        raise Http404
    places = [(i.pk, name) for i in indicators for name in INDICATOR_FIELDS]
    part = next(part for part in sheet.parts() if part.standard == standard)
    if request.method == "POST":
        return _take_form(request, sheet, part, places)
    return _part_page(request, sheet, part)


def texts_page(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = Sheet.load(seen_sheet(request, pk))
    if sheet.row.kind != SheetKind.VISIT:
        raise Http404
    if request.method == "POST":
        return _take_form(request, sheet, sheet.parts()[-1], [(None, f) for f in SHEET_FIELDS])
    return _part_page(request, sheet, sheet.parts()[-1])


def seen_sheet(request: HttpRequest, pk: int) -> AnswerSheet:
    """With `is_rated`: others have handed in what they found beside this record."""
    ratings = AnswerSheet.objects.filter(rating__visit__sheet=OuterRef("pk"))
    is_rated = Exists(ratings.filter(rating__handed_in_at__isnull=False))
    rows = AnswerSheet.objects.visible_to(request.user).select_related(*RECORD)
    return get_object_or_404(rows.annotate(is_rated=is_rated), pk=pk)


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
    may_write = sheet.row.can_be_written_by(request.user)
    context = {
        "sheet": sheet.row,
        "part": part,
        "parts": parts,
        "before": parts[here - 1] if here else None,
        "after": parts[here + 1] if here + 1 < len(parts) else None,
        "settled": sheet.settled,
        "total": sheet.total,
        "is_visit": sheet.row.is_of_visit,
        "may_write": may_write,
        "can_write": sheet.row.is_for(request.user),
        "token": uuid4(),
        "longest": MAX_LENGTH,
        "refused": refused,
        "unsaved": list(typed.values.values()) if refused else [],
        "consent_why": CONSENT_WHY,
        "accepted": ACCEPTED,
        "most_photo": settings.UPLOAD_PHOTO_BYTES,
        "most_document": settings.UPLOAD_DOCUMENT_BYTES,
    }
    if part.standard is None:
        context["boxes"] = text_boxes(sheet, typed)
        context["pieces"] = pieces_beside(sheet.row, [None])[0][None]
        context["attach"] = typed.attach.get(None, Attach(None))
        context["problems"] = problems_in_texts(context["boxes"], context["attach"])
    else:
        settling = may_write and sheet.row.is_rated
        context["cards"] = cards_of(sheet, part.standard, typed, settling=settling)
        context["problems"] = problems_in(context["cards"], is_visit=sheet.row.is_of_visit)
    return render(request, "assessments/sheet.html", context, status=status)


# --- Without a script: the page's form ---


def _take_form(request: HttpRequest, sheet: Sheet, part: Part, places: list[Place]) -> HttpResponse:
    row = sheet.row
    if not row.is_for(request.user):
        raise PermissionDenied
    token = read_uuid(request.POST.get("token", "")) or uuid4()
    edits = _form_edits(request, row, places, token)
    try:
        rejected = record_edits(row, edits, by=request.user)
    except Refused as refused:
        kept = keep_late_edits(row, edits, by=request.user).kept
        why = f"{refused} {kept_word(kept)}" if kept else str(refused)
        return _part_page(request, sheet, part, typed=_typed(edits, {}), refused=why, status=409)
    added, attach = take_attached(request, row, dict.fromkeys(place for place, _ in places), token)
    if added:
        messages.success(request, f"แนบหลักฐานแล้ว {added} รายการ")
    if rejected or attach:
        left = [edit for edit in edits if edit.id in rejected]
        fresh = Sheet.load(row)
        part = next(p for p in fresh.parts() if p.url == part.url)
        typed = _typed(left, rejected, attach)
        return _part_page(request, fresh, part, typed=typed, status=422)
    if edits:
        messages.success(request, f"บันทึกแล้ว {len(edits)} ช่อง")
    return redirect(_where_next(request, sheet, part))


def _form_edits(
    request: HttpRequest, row: AnswerSheet, places: list[Place], token: UUID
) -> list[Edit]:
    typed = request.POST.copy()
    if cleared := typed.get("clear"):
        typed.pop(f"level-{cleared}", None)
    edits = read_form(typed, places, token)
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


def _typed(
    edits: list[Edit],
    rejected: dict[UUID, str],
    attach: dict[int | None, Attach] | None = None,
) -> Typed:
    names = {edit.id: place_name(*edit.place) for edit in edits}
    return Typed(
        {names[edit.id]: edit.value for edit in edits},
        {names[id_]: message for id_, message in rejected.items()},
        attach or {},
    )


def _where_next(request: HttpRequest, sheet: Sheet, part: Part) -> str:
    """Only to a page of this sheet, of its evidence, or back to its record."""
    wanted = request.POST.get("go", "")
    allowed = {p.url for p in sheet.parts()} | {sheet.row.get_record_url()}
    for piece in sheet.row.evidence.present():
        allowed |= {reverse(name, args=[piece.pk]) for name in ("evidence_edit", "evidence_remove")}
    return wanted if wanted.partition("#")[0] in allowed else part.url


# --- With a script: edits as JSON ---


@for_script
def save_edits(request: HttpRequest, pk: int) -> dict:
    try:
        user, edits = read_json(request.body)
    except Unreadable as unreadable:
        raise NotTaken(400, "unreadable", str(unreadable)) from None
    check_same_person(request, user)
    row = seen_sheet(request, pk)
    check_writer(request, row)
    try:
        rejected = record_edits(row, edits, by=request.user)
    except Refused:
        return _late_receipt(row, keep_late_edits(row, edits, by=request.user))
    return _receipt(row, edits, rejected)


def _late_receipt(row: AnswerSheet, late: LateReceipt) -> dict:
    """The device may forget what was kept; the page says that it is no part of the record."""
    return _receipt(row, [], late.rejected) | {
        "saved": [str(id_) for id_ in late.recorded],
        "kept": [str(id_) for id_ in late.kept],
        "closed": {"message": kept_word(late.kept), "url": row.get_record_url()},
    }


def kept_word(kept: Sequence[UUID]) -> str:
    """What a person reads whose words came after the sheet was closed."""
    if not kept:
        return "แบบประเมินนี้ปิดแล้ว จึงแก้ไขต่อไม่ได้ โปรดเปิดหน้าบันทึก"
    return (
        "แบบประเมินนี้ปิดแล้ว ข้อความที่ส่งมาภายหลังเก็บไว้ในหน้าบันทึก แต่ไม่เป็นส่วนหนึ่งของบันทึก "
        "โปรดเปิดหน้าบันทึกเพื่อพิจารณา"
    )


def _receipt(row: AnswerSheet, edits: list[Edit], rejected: dict[UUID, str]) -> dict:
    parts = progress_of(row)
    taken = [edit for edit in edits if edit.id not in rejected]
    return {
        "saved": [str(edit.id) for edit in taken],
        "kept": [],
        "rejected": [{"id": str(id_), "message": text} for id_, text in rejected.items()],
        "standing": standing_lines(row, {edit.place for edit in taken}),
        "settled": sum(settled for settled, _ in parts.values()),
        "total": sum(total for _, total in parts.values()),
        "parts": parts,
        "at": short_time(timezone.now()),
    }
