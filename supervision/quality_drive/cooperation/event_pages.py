"""Events of the drive: one of them, planned, put right, recorded, cancelled."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import ReasonForm, lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.quality_drive.cooperation import event_actions
from supervision.quality_drive.cooperation.enums import (
    DriveEventAction,
    DriveEventKind,
    DriveEventState,
)
from supervision.quality_drive.cooperation.event_forms import DriveEventForm, DriveEventResultForm
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import DriveEvent, QualityDrive
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

EVENT_FIELDS = ("kind", "title", "held_on", "place", "programme")


def drive_event(request: SignedInRequest, pk: int) -> HttpResponse:
    """One event; which other schools were invited or came is for who sees the area."""
    event = _event_or_404(request, pk)
    sees_area = can(request.user, Permission.VIEW_AREA)
    may_edit = can(request.user, Permission.MANAGE_DRIVE)
    context = {
        "event": event,
        "invited": event.schools.all() if sees_area else [],
        "attended": event.attended.all() if sees_area else [],
        "sees_area": sees_area,
        "may_edit": may_edit,
        "history": workflow_history(event) if may_edit else [],
    }
    return render(request, "quality_drive/cooperation/event.html", context)


def _event_or_404(request: SignedInRequest, pk: int) -> DriveEvent:
    events = DriveEvent.objects.visible_to(request.user)
    return get_object_or_404(events.select_related("drive__academic_year"), pk=pk)


def drive_event_add(request: SignedInRequest, year: int) -> HttpResponse:
    """Plan an event of the kind that the address names, else a meeting of school heads."""
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    asked = request.GET.get("kind")
    kind = asked if asked in DriveEventKind.values else DriveEventKind.HEADS_MEETING
    form = DriveEventForm(post_data(request), instance=DriveEvent(drive=drive, kind=kind))
    if form.is_valid():
        with refusal_as_form_error(form):
            event = event_actions.plan_drive_event(drive, by=request.user, **_sent(form))
            return redirect_with_message(request, f"กำหนดจัด {event} แล้ว", event)
    return _edit_page(request, form, drive, None, "กำหนดจัดกิจกรรม")


@transaction.atomic
def drive_event_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = DriveEvent.objects.visible_to(request.user).select_related("drive__academic_year")
    event = get_object_or_404(lock_rows_on_post(request, rows), pk=pk)
    require(request.user, Permission.MANAGE_DRIVE)
    ensure_allowed(event, DriveEventAction.UPDATE)
    form = DriveEventForm(post_data(request), instance=event)
    if form.is_valid():
        with refusal_as_form_error(form):
            event_actions.update_drive_event(event, by=request.user, **_sent(form))
            return redirect_with_message(request, f"แก้ไข {event} แล้ว", event)
    return _edit_page(request, form, event.drive, event, "แก้ไขกำหนดการ")


def _sent(form: DriveEventForm) -> dict[str, Any]:
    fields = {name: form.cleaned_data[name] for name in EVENT_FIELDS}
    return {"schools": form.cleaned_data["schools"], "fields": fields}


def _edit_page(
    request: SignedInRequest,
    form: DriveEventForm | DriveEventResultForm,
    drive: QualityDrive,
    event: DriveEvent | None,
    title: str,
) -> HttpResponse:
    overview = reverse("drive_cooperation", args=[drive.academic_year.year])
    context = {
        "form": form,
        "drive": drive,
        "title": title,
        "back_url": event.get_absolute_url() if event else overview,
    }
    return render(request, "quality_drive/cooperation/edit.html", context)


def drive_event_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what came of an event, or put it right with a reason once it was recorded."""
    event = _event_or_404(request, pk)
    require(request.user, Permission.MANAGE_DRIVE)
    is_held = event.state == DriveEventState.HELD
    ensure_allowed(event, DriveEventAction.CORRECT if is_held else DriveEventAction.RECORD)
    form = DriveEventResultForm(post_data(request), event=event)
    if form.is_valid():
        with refusal_as_form_error(form):
            event_actions.record_drive_event(event, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "บันทึกผลการจัดแล้ว", event)
    title = "แก้ไขผลการจัด" if is_held else "บันทึกผลการจัด"
    return _edit_page(request, form, event.drive, event, title)


def drive_event_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    event = _event_or_404(request, pk)
    require(request.user, Permission.MANAGE_DRIVE)
    ensure_allowed(event, DriveEventAction.CANCEL)
    return confirm_action(
        request,
        partial(event_actions.cancel_drive_event, event, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ยกเลิกการจัดแล้ว",
        heading=f"ยกเลิกการจัด {event}",
        effects=["ไม่แสดงในปฏิทินอีก รายการและเหตุผลเก็บไว้ดูย้อนหลังได้"],
        submit_label="ยกเลิกการจัด",
        cancel_url=event.get_absolute_url(),
        danger=True,
    )
