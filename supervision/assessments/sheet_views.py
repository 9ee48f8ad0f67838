"""The answer sheet: its pages, and the address where edits come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from schools.core.json_posts import ApiError, ensure_same_user, json_post_view
from schools.core.thai import short_time
from supervision.assessments.edit_parsing import (
    UnreadableEdits,
    field_input_name,
    parse_edits_form,
    parse_edits_json,
    parse_uuid,
)
from supervision.assessments.enums import INDICATOR_FIELDS, SHEET_FIELDS, SheetKind
from supervision.assessments.evidence import (
    CONSENT_HELP_TEXT,
    AttachPanel,
    attach_posted_evidence,
    evidence_by_indicator,
)
from supervision.assessments.journal import (
    MAX_ANSWER_TEXT_LENGTH,
    FieldKey,
    SubmittedEdit,
    field_states,
    record_edits,
    resolve_conflict,
)
from supervision.assessments.late_edits import LateEditReceipt, store_late_edits
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import (
    ensure_sheet_writer,
    get_visible_sheet,
    progress_by_standard,
)
from supervision.assessments.sheet import (
    LoadedSheet,
    SheetPart,
    UnsavedInput,
    card_errors,
    field_states_json,
    indicator_cards,
    sheet_text_errors,
    sheet_text_fields,
)
from supervision.criteria.scoring import WIDE_GAP

# What a device offers to choose; what comes in is decided by the content (schools/core/uploads.py).
ACCEPTED_FILE_TYPES = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp"


@dataclass(frozen=True)
class UploadRules:
    """What the page says of files before they are sent: sizes in bytes, types, consent."""

    max_photo_bytes: int
    max_document_bytes: int
    accepted_types: str = ACCEPTED_FILE_TYPES
    consent_help: str = CONSENT_HELP_TEXT


def sheet_redirect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leads to the first part of the sheet that is not answered."""
    part = _load_sheet(request, pk).first_incomplete_part()
    if part is None:
        raise Http404
    return redirect(part.url)


def sheet_standard(request: SignedInRequest, pk: int, standard: int) -> HttpResponse:
    sheet = _load_sheet(request, pk)
    indicators = sheet.of_standard(standard)
    if not indicators:
        raise Http404
    places: list[FieldKey] = [(i.pk, name) for i in indicators for name in INDICATOR_FIELDS]
    part = next(part for part in sheet.parts() if part.standard == standard)
    if request.method == "POST":
        return _save_form(request, sheet, part, places)
    return _part_page(request, sheet, part)


def sheet_texts(request: SignedInRequest, pk: int) -> HttpResponse:
    sheet = _load_sheet(request, pk)
    if sheet.row.kind != SheetKind.VISIT:
        raise Http404
    if request.method == "POST":
        return _save_form(request, sheet, sheet.parts()[-1], [(None, f) for f in SHEET_FIELDS])
    return _part_page(request, sheet, sheet.parts()[-1])


def _load_sheet(request: SignedInRequest, pk: int) -> LoadedSheet:
    row = get_visible_sheet(request, pk)
    return LoadedSheet.load(row, is_rated=row.is_rated)


def _part_page(
    request: SignedInRequest,
    sheet: LoadedSheet,
    part: SheetPart,
    *,
    typed: UnsavedInput | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    typed = typed or UnsavedInput()
    parts = sheet.parts()
    here = parts.index(part)
    may_write = sheet.row.can_be_written_by(request.user)
    context = {
        "sheet": sheet.row,
        "part": part,
        "parts": parts,
        "before": parts[here - 1] if here else None,
        "after": parts[here + 1] if here + 1 < len(parts) else None,
        "answered": sheet.answered,
        "total": sheet.total,
        "is_visit": sheet.row.is_of_visit,
        "may_write": may_write,
        "can_write": sheet.row.is_assigned_to(request.user),
        "token": uuid4(),
        "longest": MAX_ANSWER_TEXT_LENGTH,
        "wide_gap": WIDE_GAP,
        "refused": refused,
        "unsaved": list(typed.values.values()) if refused else [],
        "rules": UploadRules(settings.UPLOAD_PHOTO_BYTES, settings.UPLOAD_DOCUMENT_BYTES),
    }
    if part.standard is None:
        context |= _texts_context(sheet, typed)
    else:
        include_ratings = may_write and sheet.is_rated
        cards = indicator_cards(sheet, part.standard, typed, include_ratings=include_ratings)
        problems = card_errors(cards, is_visit=sheet.row.is_of_visit)
        context |= {"cards": cards, "problems": problems}
    return render(request, "assessments/sheet.html", context, status=status)


def _texts_context(sheet: LoadedSheet, typed: UnsavedInput) -> dict[str, Any]:
    """The part at the end of a visit's sheet: its texts, and evidence of the whole visit."""
    boxes = sheet_text_fields(sheet, typed)
    attach = typed.attach.get(None, AttachPanel(None))
    return {
        "boxes": boxes,
        "evidence_items": evidence_by_indicator(sheet.row, [None])[0][None],
        "attach": attach,
        "problems": sheet_text_errors(boxes, attach),
    }


# --- Without a script: the page's form ---


def _save_form(
    request: SignedInRequest, sheet: LoadedSheet, part: SheetPart, places: list[FieldKey]
) -> HttpResponse:
    if not sheet.row.is_assigned_to(request.user):
        raise PermissionDenied
    token = parse_uuid(request.POST.get("token", "")) or uuid4()
    edits = _form_edits(request, sheet.row, places, token)
    try:
        rejected = record_edits(sheet.row, edits, by=request.user)
    except ActionRefused as refused:
        return _late_form_page(request, sheet, part, edits, refused)
    added, attach = attach_posted_evidence(
        request, sheet.row, dict.fromkeys(place for place, _ in places), token
    )
    if added:
        messages.success(request, f"แนบหลักฐานแล้ว {added} รายการ")
    left = [edit for edit in edits if edit.id in rejected]
    if rejected or attach:
        return _rejected_form_page(request, sheet, part, _unsaved_input(left, rejected, attach))
    if edits:
        messages.success(request, f"บันทึกแล้ว {len(edits)} ช่อง")
    return redirect(_where_next(request, sheet, part))


def _late_form_page(
    request: SignedInRequest,
    sheet: LoadedSheet,
    part: SheetPart,
    edits: list[SubmittedEdit],
    refused: ActionRefused,
) -> HttpResponse:
    """The sheet was closed meanwhile: the edits are kept with the record, and said to be so."""
    kept = store_late_edits(sheet.row, edits, by=request.user).kept
    why = f"{refused} {late_edits_message(kept)}" if kept else str(refused)
    typed = _unsaved_input(edits, {})
    return _part_page(request, sheet, part, typed=typed, refused=why, status=409)


def _rejected_form_page(
    request: SignedInRequest, sheet: LoadedSheet, part: SheetPart, typed: UnsavedInput
) -> HttpResponse:
    """The page anew, with what was saved and what could not be taken."""
    fresh = LoadedSheet.load(sheet.row, is_rated=sheet.is_rated)
    part = next(p for p in fresh.parts() if p.url == part.url)
    return _part_page(request, fresh, part, typed=typed, status=422)


def _form_edits(
    request: SignedInRequest, row: AnswerSheet, places: list[FieldKey], token: UUID
) -> list[SubmittedEdit]:
    typed = request.POST.copy()
    if cleared := typed.get("clear"):
        typed.pop(f"level-{cleared}", None)
    edits = parse_edits_form(typed, places, token)
    for verb in ("use", "keep"):
        if other := parse_uuid(request.POST.get(verb, "")):
            edits += _conflict_edits(row, places, other, token, keep=verb == "keep")
    return edits


def _conflict_edits(
    row: AnswerSheet, places: list[FieldKey], other: UUID, token: UUID, *, keep: bool
) -> list[SubmittedEdit]:
    """The person chose between two values of a field: the other, or the one that stands."""
    where = field_states(row, {indicator for indicator, _ in places})
    for field_state in where.values():
        for edit in field_state.others:
            if edit.id == other:
                return resolve_conflict(
                    field_state, field_state.edit.value if keep else edit.value, token=token
                )
    return []


def _unsaved_input(
    edits: list[SubmittedEdit],
    rejected: dict[UUID, str],
    attach: dict[int | None, AttachPanel] | None = None,
) -> UnsavedInput:
    names = {edit.id: field_input_name(*edit.place) for edit in edits}
    return UnsavedInput(
        {names[edit.id]: edit.value for edit in edits},
        {names[id_]: message for id_, message in rejected.items()},
        attach or {},
    )


def _where_next(request: SignedInRequest, sheet: LoadedSheet, part: SheetPart) -> str:
    """Only to a page of this sheet, of its evidence, or back to its record."""
    wanted = request.POST.get("go", "")
    allowed = {p.url for p in sheet.parts()} | {sheet.row.get_record_url()}
    for evidence_item in sheet.row.evidence.present():
        allowed |= {
            reverse(name, args=[evidence_item.pk]) for name in ("evidence_edit", "evidence_remove")
        }
    return wanted if wanted.partition("#")[0] in allowed else part.url


# --- With a script: edits as JSON ---


@json_post_view
def sheet_edits(request: SignedInRequest, pk: int) -> dict:
    try:
        user, edits = parse_edits_json(request.body)
    except UnreadableEdits as unreadable:
        raise ApiError(400, "unreadable", str(unreadable)) from None
    ensure_same_user(request, user)
    row = get_visible_sheet(request, pk)
    ensure_sheet_writer(request, row)
    try:
        rejected = record_edits(row, edits, by=request.user)
    except ActionRefused:
        return _late_edits_response(row, store_late_edits(row, edits, by=request.user))
    return _saved_response(row, edits, rejected)


def _late_edits_response(row: AnswerSheet, late: LateEditReceipt) -> dict:
    """The device may forget what was kept; the page says that it is no part of the record."""
    return _saved_response(row, [], late.rejected) | {
        "saved": [str(id_) for id_ in late.recorded],
        "kept": [str(id_) for id_ in late.kept],
        "closed": {"message": late_edits_message(late.kept), "url": row.get_record_url()},
    }


def late_edits_message(kept: Sequence[UUID]) -> str:
    """What a person reads whose words came after the sheet was closed."""
    if not kept:
        return "แบบประเมินนี้ปิดแล้ว จึงแก้ไขต่อไม่ได้ โปรดเปิดหน้าบันทึก"
    return (
        "แบบประเมินนี้ปิดแล้ว ข้อความที่ส่งมาภายหลังเก็บไว้ในหน้าบันทึก แต่ไม่เป็นส่วนหนึ่งของบันทึก "
        "โปรดเปิดหน้าบันทึกเพื่อพิจารณา"
    )


def _saved_response(
    row: AnswerSheet, edits: list[SubmittedEdit], rejected: dict[UUID, str]
) -> dict:
    parts = progress_by_standard(row)
    taken = [edit for edit in edits if edit.id not in rejected]
    return {
        "saved": [str(edit.id) for edit in taken],
        "kept": [],
        "rejected": [{"id": str(id_), "message": text} for id_, text in rejected.items()],
        "field_states": field_states_json(row, {edit.place for edit in taken}),
        "answered": sum(answered for answered, _ in parts.values()),
        "total": sum(total for _, total in parts.values()),
        "parts": parts,
        "at": short_time(timezone.now()),
    }
