"""Evidence: files sent to those who may see the sheet, and the actions on one evidence item."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from schools.core.confirmation import confirm_action
from schools.core.file_responses import file_response
from schools.core.forms import post_data
from schools.core.http import SignedInRequest
from supervision.assessments.enums import EvidenceKind
from supervision.assessments.evidence import actions
from supervision.assessments.evidence.forms import EvidenceCaptionForm, EvidenceForm
from supervision.assessments.journal import ensure_sheet_open
from supervision.assessments.json_api import (
    ApiError,
    ensure_same_user,
    ensure_sheet_writer,
    json_post_view,
)
from supervision.assessments.models import Evidence
from supervision.assessments.sheet_views import get_visible_sheet

EVIDENCE_RELATED = ("sheet__round__school", "sheet__rating", "indicator")
ONE_YEAR_IN_SECONDS = 365 * 24 * 60 * 60


# --- Files ---


def evidence_file(request: SignedInRequest, pk: str) -> FileResponse:
    rows = Evidence.objects.visible_to(request.user).exclude(kind=EvidenceKind.LINK)
    evidence_item = get_object_or_404(rows, pk=pk)
    return _cached_file_response(evidence_item.file, evidence_item.name, "private, no-store")


def evidence_small(request: SignedInRequest, pk: str) -> FileResponse:
    """A photo's small picture; it never changes, so the browser may keep it."""
    rows = Evidence.objects.visible_to(request.user).filter(kind=EvidenceKind.PHOTO)
    evidence_item = get_object_or_404(rows, pk=pk)
    return _cached_file_response(
        evidence_item.small,
        evidence_item.name,
        f"private, max-age={ONE_YEAR_IN_SECONDS}, immutable",
    )


def _cached_file_response(file: FieldFile, name: str, cache: str) -> FileResponse:
    response = file_response(file, name)
    response["Cache-Control"] = cache
    return response


# --- Acts ---


@json_post_view
def sheet_evidence(request: SignedInRequest, pk: int) -> dict:
    """One file or link from the page's script; the answer is its line in the list."""
    sheet = get_visible_sheet(request, pk)
    user = request.POST.get("user", "")
    ensure_same_user(request, int(user) if user.isdecimal() else 0)
    ensure_sheet_writer(request, sheet)
    ensure_sheet_open(sheet)  # before a photo is drawn
    form = EvidenceForm(request.POST, request.FILES)
    if problems := form.save_or_errors(sheet, by=request.user):
        raise ApiError(422, "unfit", " ".join(problems))
    evidence_item = Evidence.objects.get(pk=form.cleaned_data["id"])
    context = {"evidence_item": evidence_item, "may_write": True}
    return {
        "id": str(evidence_item.pk),
        "html": render_to_string("assessments/evidence_item.html", context),
    }


def evidence_edit(request: SignedInRequest, pk: str) -> HttpResponse:
    evidence_item = _get_writable_evidence(request, pk)
    return confirm_action(
        request,
        partial(actions.update_evidence, evidence_item),
        form=EvidenceCaptionForm(post_data(request), instance=evidence_item),
        success_message="บันทึกคำอธิบายแล้ว",
        template="assessments/evidence_edit.html",
        evidence_item=evidence_item,
        heading="คำอธิบายหลักฐาน",
        submit_label="บันทึก",
        cancel_url=evidence_item.get_sheet_url(),
    )


def evidence_remove(request: SignedInRequest, pk: str) -> HttpResponse:
    evidence_item = _get_writable_evidence(request, pk)
    return confirm_action(
        request,
        partial(actions.remove_evidence, evidence_item, by=request.user),
        success_message="นำหลักฐานออกแล้ว",
        template="assessments/evidence_remove.html",
        evidence_item=evidence_item,
        heading="นำหลักฐานนี้ออก",
        effects=["ผู้อ่านแบบประเมินไม่เห็นหลักฐานนี้อีก", "ระบบเก็บไว้เพียงว่าใครนำออกเมื่อใด"],
        irreversible="" if evidence_item.is_link else "ไฟล์ถูกลบ หากต้องการใช้อีกต้องแนบใหม่",
        danger=True,
        submit_label="นำออก",
        cancel_url=evidence_item.get_sheet_url(),
    )


def _get_writable_evidence(request: SignedInRequest, pk: str) -> Evidence:
    """An evidence item on an open sheet that is this person's to write. Raises Refused when
    frozen."""
    evidence_items = Evidence.objects.visible_to(request.user).select_related(*EVIDENCE_RELATED)
    evidence_item = get_object_or_404(evidence_items, pk=pk)
    if not evidence_item.sheet.is_assigned_to(request.user):
        raise PermissionDenied
    ensure_sheet_open(evidence_item.sheet)
    return evidence_item
