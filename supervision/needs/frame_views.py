"""The unit keeps its lists of areas; one that a survey was opened with stays as it is."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, require
from schools.forms import held, saved_tag, typed
from supervision.needs import actions
from supervision.needs.frame_forms import FrameForm, lines_of
from supervision.needs.models import NeedsFrame
from supervision.workflow.refusals import refusal_shown_in


def frames_page(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    unused = set(NeedsFrame.objects.unused().values_list("pk", flat=True))
    frames = NeedsFrame.objects.prefetch_related("areas")
    rows = [{"frame": frame, "is_used": frame.pk not in unused} for frame in frames]
    return render(request, "needs/frames.html", {"rows": rows})


def new_frame(request: HttpRequest) -> HttpResponse:
    """An empty form, or with ?copy= a copy of another frame to change."""
    require(request.user, Permission.PREPARE_CRITERIA)
    return _frame_page(request, NeedsFrame(), "เพิ่มกรอบการสำรวจ", _copied(request))


@transaction.atomic
def edit_frame(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    frame = get_object_or_404(held(request, NeedsFrame.objects), pk=pk)
    actions.check_unused(frame)
    return _frame_page(request, frame, "แก้ไขกรอบการสำรวจ", {"areas": lines_of(frame)})


def _frame_page(
    request: HttpRequest, frame: NeedsFrame, heading: str, initial: dict[str, Any]
) -> HttpResponse:
    posted = typed(request)
    form = FrameForm(posted, instance=frame, initial=initial)
    if form.is_valid():
        with refusal_shown_in(form):
            areas = form.cleaned_data.pop("areas")
            actions.write_frame(frame, areas=areas, **form.cleaned_data)
            messages.success(request, f"บันทึกกรอบ{frame} แล้ว", extra_tags=saved_tag(request))
            return redirect("needs_frames")
    return render(request, "needs/frame.html", {"form": form, "heading": heading})


def _copied(request: HttpRequest) -> dict[str, Any]:
    """What the frame to copy says, under a name of its own; nothing when none is asked for."""
    asked = request.GET.get("copy", "")
    frames = {str(frame.pk): frame for frame in NeedsFrame.objects.prefetch_related("areas")}
    if asked not in frames:
        return {}
    frame = frames[asked]
    return {
        "name": f"{frame} (สำเนา)",
        "provenance": frame.provenance,
        "areas": lines_of(frame),
    }
