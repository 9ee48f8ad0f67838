"""Scanned signed papers: sent in by the supervising side or the school's director, read by both."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, can
from schools.forms import ReasonForm, redirect_to, typed
from schools.models import User
from schools.sending import sent_file
from supervision.visits import copies
from supervision.visits.forms import CopyForm
from supervision.visits.models import SignedCopy, Visit
from supervision.visits.views import ask_about, visit_of
from supervision.workflow.refusals import refusal_shown_in


def add_copy(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk)
    _check_signs_here(request.user, visit)
    copies.check_can_copy(visit)
    form = CopyForm(request.POST, request.FILES) if request.method == "POST" else CopyForm()
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            copy = copies.keep_copy(visit, form.cleaned_data["file"], by=request.user)
            messages.success(request, f"แนบสำเนา “{copy.name}” แล้ว")
            return redirect_to(request, visit)
    return render(request, "visits/copy.html", {"visit": visit, "form": form})


def _check_signs_here(user: User, visit: Visit) -> None:
    """The supervising side or the school's director: each attaches what it has."""
    signing = (Permission.RECORD_VISIT, Permission.ACKNOWLEDGE_VISIT)
    if not any(can(user, permission, visit.round.school_id) for permission in signing):
        raise PermissionDenied


def copy_file(request: HttpRequest, pk: int) -> FileResponse:
    copy = get_object_or_404(SignedCopy.objects.visible_to(request.user).present(), pk=pk)
    return sent_file(copy.file, copy.name)


def remove_copy(request: HttpRequest, pk: int) -> HttpResponse:
    rows = SignedCopy.objects.visible_to(request.user)
    copy = get_object_or_404(rows.select_related("visit__round__school", "removed_by"), pk=pk)
    if not copies.may_remove(copy, request.user):
        raise PermissionDenied
    copies.check_present(copy)
    return ask_about(
        request,
        copy.visit,
        partial(copies.remove_copy, copy, by=request.user),
        form=ReasonForm(
            typed(request),
            help_text="เช่น แนบผิดโรงเรียน หน้าไม่ครบ ผู้อ่านบันทึกนี้เห็นเหตุผล",
            required="โปรดระบุเหตุผลที่นำสำเนาออก ผู้อ่านบันทึกนี้จะเห็นเหตุผล",
        ),
        done=f"นำสำเนา “{copy.name}” ออกแล้ว",
        here="นำสำเนาออก",
        heading=f"นำสำเนา “{copy.name}” ออก",
        effects=[
            "ไม่มีผู้ใดเปิดไฟล์นี้ได้อีก บันทึกที่ลงนามในระบบคงเดิม",
            "รายการสำเนาแสดงว่าใครนำออกเมื่อใด เพราะเหตุใด",
        ],
        irreversible="ไฟล์ถูกลบ หากต้องการใช้อีกต้องแนบใหม่",
        danger=True,
        submit_label="นำสำเนาออก",
    )
