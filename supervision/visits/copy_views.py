"""Scanned signed papers: sent in by the supervising side or the school's director, read by both."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, can
from schools.core.file_responses import file_response
from schools.core.forms import ReasonForm, post_data, redirect_after_form
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.visits import signed_copies
from supervision.visits.forms import SignedCopyForm
from supervision.visits.models import SignedCopy, Visit
from supervision.visits.views import confirm_visit_action, get_visit_or_404


def visit_copy_add(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk)
    _check_signs_here(request.user, visit)
    signed_copies.check_can_attach_signed_copy(visit)
    form = (
        SignedCopyForm(request.POST, request.FILES)
        if request.method == "POST"
        else SignedCopyForm()
    )
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            copy = signed_copies.attach_signed_copy(
                visit, form.cleaned_data["file"], by=request.user
            )
            messages.success(request, f"แนบสำเนา “{copy.name}” แล้ว")
            return redirect_after_form(request, visit)
    return render(request, "visits/signed_copy_form.html", {"visit": visit, "form": form})


def _check_signs_here(user: User, visit: Visit) -> None:
    """The supervising side or the school's director: each attaches what it has."""
    signing = (Permission.RECORD_VISIT, Permission.ACKNOWLEDGE_VISIT)
    if not any(can(user, permission, visit.round.school_id) for permission in signing):
        raise PermissionDenied


def visit_copy_file(request: SignedInRequest, pk: int) -> FileResponse:
    copy = get_object_or_404(SignedCopy.objects.visible_to(request.user).present(), pk=pk)
    return file_response(copy.file, copy.name)


def visit_copy_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = SignedCopy.objects.visible_to(request.user)
    copy = get_object_or_404(rows.select_related("visit__round__school", "removed_by"), pk=pk)
    if not signed_copies.can_remove_signed_copy(copy, request.user):
        raise PermissionDenied
    signed_copies.check_signed_copy_is_present(copy)
    return confirm_visit_action(
        request,
        copy.visit,
        partial(signed_copies.remove_signed_copy, copy, by=request.user),
        form=ReasonForm(
            post_data(request),
            help_text="เช่น แนบผิดโรงเรียน หน้าไม่ครบ ผู้อ่านบันทึกนี้เห็นเหตุผล",
            required="โปรดระบุเหตุผลที่นำสำเนาออก ผู้อ่านบันทึกนี้จะเห็นเหตุผล",
        ),
        success_message=f"นำสำเนา “{copy.name}” ออกแล้ว",
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
