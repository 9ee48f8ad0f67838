"""A need that the unit took up: its page, and what becomes of it."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import PortalForm, ReasonForm, form_field, post_data
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.needs import taken_up_actions as actions
from supervision.needs.enums import TakenUpNeedAction, TakenUpNeedState
from supervision.needs.models import TakenUpNeed
from supervision.needs.taken_up_list import NEED_PILLS
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

SCHOOL_READS = "โรงเรียนเห็นข้อความนี้"


class NeedOutcomeForm(PortalForm):
    """What the unit did about a need."""

    outcome = forms.CharField(
        label="สิ่งที่ดำเนินการ",
        max_length=2000,
        widget=forms.Textarea,
        help_text=f"ทำอะไร เมื่อใด ผลเป็นอย่างไร {SCHOOL_READS}",
        error_messages={"required": "โปรดระบุสิ่งที่ดำเนินการ โรงเรียนจะเห็นข้อความนี้"},
    )


class NeedLeadForm(PortalForm):
    """Who answers for a need from now on, and why."""

    lead = forms.ModelChoiceField(User.objects.none(), label="ผู้รับผิดชอบคนใหม่", empty_label=None)
    reason = forms.CharField(
        label="เหตุผล (ถ้ามี)", required=False, max_length=1000, widget=forms.Textarea
    )

    def __init__(self, *args: Any, need: TakenUpNeed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = actions.people_who_lead_needs(timezone.localdate()).exclude(pk=need.lead_id)
        form_field(self, "lead", forms.ModelChoiceField).queryset = people


def taken_up_need(request: SignedInRequest, pk: int) -> HttpResponse:
    """One need with its figures of the day on which it was taken up, and what came of it."""
    need = _need_or_404(request, pk)
    context = {
        "need": need,
        "pill": NEED_PILLS[TakenUpNeedState(need.state)],
        "may_act": need.is_open and can(request.user, Permission.TAKE_UP_NEED, need.school_id),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "history": workflow_history(need),
    }
    return render(request, "needs/taken_up_need.html", context)


def taken_up_need_finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks what was done, and closes the need."""
    need = _open_need(request, pk, TakenUpNeedAction.FINISH)
    return confirm_action(
        request,
        partial(actions.finish_taken_up_need, need, by=request.user),
        form=NeedOutcomeForm(post_data(request)),
        success_message="บันทึกว่าดำเนินการแล้ว โรงเรียนได้รับแจ้ง",
        heading=f"ดำเนินการแล้ว: {need} {need.school.short_name}",
        effects=["รายการนี้ปิด และไม่แสดงในหน้านัดหมายและหน้าการนิเทศอีก", "โรงเรียนเห็นสิ่งที่ดำเนินการ"],
        submit_label="บันทึกว่าดำเนินการแล้ว",
        cancel_url=need.get_absolute_url(),
    )


def taken_up_need_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks why, and gives the need up."""
    need = _open_need(request, pk, TakenUpNeedAction.WITHDRAW)
    return confirm_action(
        request,
        partial(actions.withdraw_taken_up_need, need, by=request.user),
        form=ReasonForm(post_data(request), help_text=SCHOOL_READS),
        success_message="ถอนความต้องการแล้ว โรงเรียนได้รับแจ้ง",
        heading=f"ถอนความต้องการที่รับไว้: {need} {need.school.short_name}",
        effects=["รายการนี้ปิด โรงเรียนเห็นเหตุผล", "รับประเด็นเดียวกันของโรงเรียนนี้ใหม่ได้ภายหลัง"],
        submit_label="ถอนความต้องการ",
        danger=True,
        cancel_url=need.get_absolute_url(),
    )


def taken_up_need_lead(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks who answers for the need from now on."""
    need = _open_need(request, pk, TakenUpNeedAction.CHANGE_LEAD)
    return confirm_action(
        request,
        partial(actions.change_lead_of_need, need, by=request.user),
        form=NeedLeadForm(post_data(request), need=need),
        success_message="เปลี่ยนผู้รับผิดชอบแล้ว",
        heading=f"เปลี่ยนผู้รับผิดชอบ: {need} {need.school.short_name}",
        effects=[f"ผู้รับผิดชอบเดิม {need.lead} ไม่ต้องดำเนินการต่อ"],
        submit_label="เปลี่ยนผู้รับผิดชอบ",
        cancel_url=need.get_absolute_url(),
    )


def _need_or_404(request: SignedInRequest, pk: int) -> TakenUpNeed:
    needs = TakenUpNeed.objects.visible_to(request.user)
    related = ("school", "term__academic_year", "topic", "lead", "taken_up_by", "ended_by")
    return get_object_or_404(needs.select_related(*related), pk=pk)


def _open_need(request: SignedInRequest, pk: int, action: TakenUpNeedAction) -> TakenUpNeed:
    need = _need_or_404(request, pk)
    require(request.user, Permission.TAKE_UP_NEED, need.school_id)
    ensure_allowed(need, action)
    return need
