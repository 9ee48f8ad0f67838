"""What the author of a late edit does with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from schools.core.http import SignedInRequest
from supervision.assessments.late_edits import dismiss_late_edit, use_late_edit
from supervision.assessments.models import LateEdit


@require_POST
def late_edit_use(request: SignedInRequest, pk: int) -> HttpResponse:
    late = _own_late_edit(request, pk)
    sheet = use_late_edit(late, by=request.user)
    messages.success(request, f"นำไปใส่ใน{sheet.get_kind_display()}ฉบับใหม่แล้ว: {late}")
    return redirect(late.sheet.get_record_url())


@require_POST
def late_edit_dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    late = _own_late_edit(request, pk)
    dismiss_late_edit(late, by=request.user)
    messages.success(request, f"บันทึกว่าไม่นำไปใช้แล้ว: {late}")
    return redirect(late.sheet.get_record_url())


def _own_late_edit(request: SignedInRequest, pk: int) -> LateEdit:
    related = ("indicator", "sheet__round", "sheet__visit", "sheet__self_assessment")
    rows = LateEdit.objects.visible_to(request.user).select_related(*related)
    late = get_object_or_404(rows, pk=pk)
    if late.by_id != request.user.pk:
        raise PermissionDenied
    return late
