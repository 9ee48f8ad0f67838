"""Scanned signed papers: sent in by the supervising side or the school's director, read by both."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, can
from schools.sending import sent_file
from supervision.visits.copies import check_can_copy, keep_copy
from supervision.visits.forms import CopyForm
from supervision.visits.models import SignedCopy
from supervision.visits.views import visit_of
from supervision.workflow.refusals import refusal_shown_in


def add_copy(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk)
    school, signing = visit.round.school_id, (Permission.RECORD_VISIT, Permission.ACKNOWLEDGE_VISIT)
    if not any(can(request.user, permission, school) for permission in signing):
        raise PermissionDenied
    check_can_copy(visit)
    form = CopyForm(request.POST, request.FILES) if request.method == "POST" else CopyForm()
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            copy = keep_copy(visit, form.cleaned_data["file"], by=request.user)
            messages.success(request, f"แนบสำเนา “{copy.name}” แล้ว")
            return redirect(visit)
    return render(request, "visits/copy.html", {"visit": visit, "form": form})


def copy_file(request: HttpRequest, pk: int) -> FileResponse:
    copy = get_object_or_404(SignedCopy.objects.visible_to(request.user), pk=pk)
    return sent_file(copy.file, copy.name)
