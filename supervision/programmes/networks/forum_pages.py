"""Academic forums: listed, planned, held, corrected, cancelled."""

from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistYearField
from schools.core.forms import (
    PortalForm,
    ReasonForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import fiscal_year_days
from supervision.practices.models import GoodPractice
from supervision.programmes.file_form import ProgrammeFileForm
from supervision.programmes.models.networks import Forum
from supervision.programmes.networks import forum_actions
from supervision.programmes.networks.enums import ForumAction, ForumState
from supervision.programmes.networks.files import save_network_file
from supervision.programmes.networks.forum_forms import ForumForm, ForumResultForm
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PAGE_SIZE = 50
FORUM_FIELDS = (*("title", "programme", "starts_on", "ends_on", "place"), "network", "activity")


class ForumFilter(PortalForm):
    """Filters of the list of forums; what cannot be read filters nothing."""

    q = forms.CharField(label="ชื่อเวทีหรือสถานที่", max_length=100, required=False)
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *ForumState.choices]
    )
    year = BuddhistYearField(label="ปีงบประมาณ", required=False)

    def listed_forums(self) -> Any:
        """The forums that the filters ask for, with how many people came, latest first."""
        self.is_valid()  # a filter that is not understood shows its message and asks for nothing
        asked = self.cleaned_data
        rows = Forum.objects.annotate(people=Sum("attendance__people")).select_related("network")
        if words := asked.get("q"):
            rows = rows.filter(title__icontains=words) | rows.filter(place__icontains=words)
        if state := asked.get("state"):
            rows = rows.filter(state=state)
        if year := asked.get("year"):
            rows = rows.between(*fiscal_year_days(year))
        return rows.order_by("-starts_on", "-pk")  # counting drops the model's own order


def forum_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    may_edit = can(request.user, Permission.EDIT_PROGRAMMES)
    form = ForumFilter(request.GET)
    context = {
        "form": form,
        "page": Paginator(form.listed_forums(), PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "add_url": reverse("forum_add") if may_edit else "",
    }
    return render(request, "programmes/networks/forums.html", context)


def forum_page(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    return _page(request, _forum(pk), ProgrammeFileForm())


def _forum(pk: int) -> Forum:
    return get_object_or_404(Forum.objects.select_related("network", "activity"), pk=pk)


def _page(request: SignedInRequest, forum: Forum, form: ProgrammeFileForm) -> HttpResponse:
    may_edit = can(request.user, Permission.EDIT_PROGRAMMES)
    practices = forum.practices.all()
    opened = GoodPractice.objects.visible_to(request.user).filter(pk__in=practices)
    context = {
        "forum": forum,
        "practices": practices,
        "opened_practices": set(opened.values_list("pk", flat=True)),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "attendance": forum.attendance.all(),
        "files": forum.files.visible_to(request.user).select_related("by"),
        "form": form if may_edit and forum.state != ForumState.CANCELLED else None,
        "may_edit": may_edit,
        "history": workflow_history(forum) if may_edit else [],
    }
    return render(request, "programmes/networks/forum.html", context)


def forum_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_PROGRAMMES)
    form = ForumForm(post_data(request), initial={"activity": request.GET.get("activity")})
    if form.is_valid():
        with refusal_as_form_error(form):
            forum = forum_actions.plan_forum(by=request.user, **_sent(form))
            return redirect_with_message(request, f"กำหนดจัด {forum} แล้ว", forum)
    return _edit_page(request, form, None, "กำหนดจัดเวทีวิชาการ")


@transaction.atomic
def forum_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    forum = get_object_or_404(lock_rows_on_post(request, Forum.objects), pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    ensure_allowed(forum, ForumAction.UPDATE)
    form = ForumForm(post_data(request), instance=forum)
    if form.is_valid():
        with refusal_as_form_error(form):
            forum_actions.update_forum_plan(forum, by=request.user, **_sent(form))
            return redirect_with_message(request, f"แก้ไข {forum} แล้ว", forum)
    return _edit_page(request, form, forum, "แก้ไขกำหนดการเวทีวิชาการ")


def _edit_page(
    request: SignedInRequest, form: PortalForm | ForumForm, forum: Forum | None, title: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": "",
        "back_url": forum.get_absolute_url() if forum else reverse("forums"),
        "back_label": str(forum or "เวทีวิชาการ"),
    }
    return render(request, "programmes/networks/edit.html", context)


def _sent(form: ForumForm) -> dict[str, Any]:
    fields = {name: form.cleaned_data[name] for name in FORUM_FIELDS}
    return {"practices": form.cleaned_data["practices"], "fields": fields}


def forum_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what came of a forum, or put it right with a reason once it was recorded."""
    forum = _forum(pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    is_held = forum.state == ForumState.HELD
    ensure_allowed(forum, ForumAction.CORRECT if is_held else ForumAction.RECORD)
    form = ForumResultForm(post_data(request), forum=forum)
    if form.is_valid():
        with refusal_as_form_error(form):
            forum_actions.record_forum(forum, by=request.user, **form.result())
            return redirect_with_message(request, "บันทึกผลการจัดเวทีวิชาการแล้ว", forum)
    return _edit_page(request, form, forum, "แก้ไขผลการจัด" if is_held else "บันทึกผลการจัด")


def forum_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    forum = _forum(pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    ensure_allowed(forum, ForumAction.CANCEL)
    return confirm_action(
        request,
        partial(forum_actions.cancel_forum, forum, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ยกเลิกการจัดเวทีวิชาการแล้ว",
        heading=f"ยกเลิกการจัด {forum}",
        effects=["ไม่แสดงในปฏิทินอีก รายการและเหตุผลเก็บไว้ดูย้อนหลังได้"],
        submit_label="ยกเลิกการจัด",
        cancel_url=forum.get_absolute_url(),
        danger=True,
    )


def forum_file_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a file; a GET, as after signing in again, leads to the forum."""
    forum = _forum(pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    if request.method != "POST":
        return redirect(forum)
    form = ProgrammeFileForm(request.POST, request.FILES)
    return save_network_file(request, forum, form) or _page(request, forum, form)
