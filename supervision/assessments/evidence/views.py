"""Evidence: files sent to those who may see the sheet, and the acts on one piece."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from schools.forms import typed
from schools.sending import sent_file
from supervision.assessments.enums import EvidenceKind
from supervision.assessments.evidence import actions
from supervision.assessments.evidence.forms import AttachForm, PieceForm
from supervision.assessments.evidence.models import Evidence
from supervision.assessments.for_script import NotTaken, check_same_person, check_writer, for_script
from supervision.assessments.journal import check_open
from supervision.assessments.sheet_views import seen_sheet
from supervision.workflow.asking import ask

SHEET = ("sheet__round__school", "sheet__rating", "indicator")
A_YEAR = 365 * 24 * 60 * 60


# --- Files ---


def evidence_file(request: HttpRequest, pk: str) -> FileResponse:
    rows = Evidence.objects.visible_to(request.user).exclude(kind=EvidenceKind.LINK)
    piece = get_object_or_404(rows, pk=pk)
    return _sent(piece.file, piece.name, "private, no-store")


def evidence_small(request: HttpRequest, pk: str) -> FileResponse:
    """A photo's small picture; it never changes, so the browser may keep it."""
    rows = Evidence.objects.visible_to(request.user).filter(kind=EvidenceKind.PHOTO)
    piece = get_object_or_404(rows, pk=pk)
    return _sent(piece.small, piece.name, f"private, max-age={A_YEAR}, immutable")


def _sent(file: FieldFile, name: str, cache: str) -> FileResponse:
    response = sent_file(file, name)
    response["Cache-Control"] = cache
    return response


# --- Acts ---


@for_script
def send_piece(request: HttpRequest, pk: int) -> dict:
    """One file or link from the page's script; the answer is its line in the list."""
    sheet = seen_sheet(request, pk)
    user = request.POST.get("user", "")
    check_same_person(request, int(user) if user.isdecimal() else 0)
    check_writer(request, sheet)
    check_open(sheet)  # before a photo is drawn
    form = AttachForm(request.POST, request.FILES)
    if problems := form.take(sheet, by=request.user):
        raise NotTaken(422, "unfit", " ".join(problems))
    piece = Evidence.objects.get(pk=form.cleaned_data["id"])
    context = {"piece": piece, "may_write": True}
    return {"id": str(piece.pk), "html": render_to_string("assessments/piece.html", context)}


def edit_piece(request: HttpRequest, pk: str) -> HttpResponse:
    piece = _written(request, pk)
    return ask(
        request,
        partial(actions.describe, piece),
        form=PieceForm(typed(request), instance=piece),
        done="บันทึกคำอธิบายแล้ว",
        template="assessments/piece_edit.html",
        piece=piece,
        heading="คำอธิบายหลักฐาน",
        submit_label="บันทึก",
        cancel_url=piece.get_place_url(),
    )


def remove_piece(request: HttpRequest, pk: str) -> HttpResponse:
    piece = _written(request, pk)
    return ask(
        request,
        partial(actions.remove, piece, by=request.user),
        done="นำหลักฐานออกแล้ว",
        template="assessments/piece_remove.html",
        piece=piece,
        heading="นำหลักฐานนี้ออก",
        effects=["ผู้อ่านแบบประเมินไม่เห็นหลักฐานนี้อีก", "ระบบเก็บไว้เพียงว่าใครนำออกเมื่อใด"],
        irreversible="" if piece.is_link else "ไฟล์ถูกลบ หากต้องการใช้อีกต้องแนบใหม่",
        danger=True,
        submit_label="นำออก",
        cancel_url=piece.get_place_url(),
    )


def _written(request: HttpRequest, pk: str) -> Evidence:
    """A piece on an open sheet that is this person's to write. Raises Refused when frozen."""
    pieces = Evidence.objects.visible_to(request.user).select_related(*SHEET)
    piece = get_object_or_404(pieces, pk=pk)
    if not piece.sheet.is_for(request.user):
        raise PermissionDenied
    check_open(piece.sheet)
    return piece
