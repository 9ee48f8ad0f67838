"""Making an appointment, and changing it before the record is signed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, require
from schools.core.forms import ReasonForm, clear_draft_tag, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import short_date
from schools.models import User
from supervision.assessments.queries import latest_self_assessment
from supervision.needs.enums import SupervisionMode
from supervision.needs.queries import get_survey_of_round
from supervision.rounds.actions import ensure_round_is_current
from supervision.rounds.models import Round
from supervision.visits import actions, plan_updates
from supervision.visits.enums import VisitAction, VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.visits.planning_forms import (
    VisitEditForm,
    VisitLeaderForm,
    VisitPlanForm,
    VisitPostponeForm,
)
from supervision.visits.views import confirm_visit_action, get_visit_or_404
from supervision.workflow.actions import ensure_allowed

CANCELLATION_IS_FINAL = "เมื่อยกเลิกแล้วนำนัดหมายนี้กลับมาไม่ได้ หากจะนิเทศอีก ต้องนัดหมายเป็นครั้งใหม่"


def visit_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rounds, pk=pk)
    require(request.user, Permission.RECORD_VISIT, round_.school_id)
    ensure_round_is_current(round_)
    initial = {
        "leader": request.user.pk,
        "mode": SupervisionMode.ON_SITE,
        "kind": VisitKind.ORDINARY,
    }
    form = VisitPlanForm(post_data(request), visit=Visit(round=round_), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            visit = actions.plan_visit(round_, by=request.user, **form.appointment())
            return _done(request, visit, f"นัดหมายการนิเทศวันที่ {short_date(visit.visit_on)} แล้ว")
    context = {
        "round": round_,
        "form": form,
        "survey": get_survey_of_round(round_),
        "assessment": latest_self_assessment(round_),
        "visits": round_.visits.in_latest_version(),
    }
    return render(request, "visits/plan.html", context)


def visit_postpone(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, VisitAction.POSTPONE)
    now = {"visit_on": visit.visit_on, "starts_at": visit.starts_at, "ends_at": visit.ends_at}
    form = VisitPostponeForm(post_data(request), visit=visit, initial=now)

    def act(reason: str, **_: Any) -> None:
        actions.postpone_visit(visit, by=request.user, reason=reason, **form.time_data())

    kept = f"วันนัดเดิม {short_date(visit.visit_on)} {visit.times} เก็บไว้ในประวัติ"
    return confirm_visit_action(
        request,
        visit,
        act,
        form=form,
        success_message="เลื่อนนัดหมายแล้ว",
        here="เลื่อนนัดหมาย",
        heading=f"เลื่อนนัดหมาย{visit.label}",
        effects=[kept, "โรงเรียนเห็นวันใหม่และเหตุผลที่เลื่อน"],
        submit_label="เลื่อนนัดหมาย",
    )


def visit_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, plan_updates.visit_update_action(visit))
    if request.method == "POST":
        return _save_details(request, visit)
    return _details_page(request, visit, VisitEditForm(instance=visit))


@transaction.atomic
def _save_details(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """The visit stays locked from the look at what others saved until the save itself."""
    actions.lock_visit(visit)
    form = VisitEditForm(request.POST, instance=visit)
    if form.is_valid():
        with refusal_as_form_error(form):
            changed = plan_updates.update_visit_plan(visit, by=request.user, **form.details())
            done = "แก้ไขรายละเอียดนัดหมายแล้ว" if changed else "รายละเอียดนัดหมายคงเดิม ไม่มีสิ่งใดเปลี่ยน"
            return _done(request, visit, done)
    return _details_page(request, visit, form)


def _details_page(request: SignedInRequest, visit: Visit, form: VisitEditForm) -> HttpResponse:
    context = {
        "visit": visit,
        "form": form,
        "here": "แก้ไขรายละเอียด",
        "heading": f"แก้ไขรายละเอียด{visit.label}",
        "effects": [
            "โรงเรียนเห็นรายละเอียดใหม่ ของเดิมและผู้แก้ไขเก็บไว้ในประวัติ",
            "วัน เวลา และหัวหน้าคณะนิเทศคงเดิม",
        ],
        "submit_label": "บันทึกรายละเอียด",
        "cancel_url": visit.get_absolute_url(),
    }
    return render(request, "visits/confirm_action.html", context)


def visit_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, VisitAction.CANCEL)
    return confirm_visit_action(
        request,
        visit,
        partial(actions.cancel_visit, visit, by=request.user),
        form=ReasonForm(
            post_data(request),
            help_text="โรงเรียนเห็นเหตุผลนี้",
            required="โปรดระบุเหตุผลที่ยกเลิก โรงเรียนจะเห็นเหตุผลนี้",
        ),
        success_message=f"ยกเลิก{visit.label} แล้ว",
        here="ยกเลิก",
        heading=f"ยกเลิก{visit.label}",
        effects=_what_cancelling_means(visit),
        irreversible=CANCELLATION_IS_FINAL if visit.version == 1 else "",
        danger=True,
        submit_label="ยกเลิกการนิเทศ" if visit.version == 1 else "ยกเลิกฉบับแก้ไข",
    )


def _what_cancelling_means(visit: Visit) -> list[str]:
    told = ["โรงเรียนเห็นว่ายกเลิก และเห็นเหตุผล"]
    if visit.state == VisitState.RECORDING:
        told.append("คะแนนและข้อความที่บันทึกไว้เก็บให้กลุ่มนิเทศฯ อ่านเท่านั้น แก้ไขต่อไม่ได้ และโรงเรียนไม่เห็น")
    if visit.version > 1:
        told.append("ฉบับก่อนหน้าที่ลงนามแล้วยังใช้อยู่ และแก้ไขเป็นฉบับใหม่ได้อีก")
    return told


def visit_change_leader(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, actions.leader_change_action(visit))

    def act(leader: User, reason: str, **_: Any) -> None:
        actions.change_visit_leader(visit, by=request.user, leader=leader, reason=reason)

    return confirm_visit_action(
        request,
        visit,
        act,
        form=VisitLeaderForm(post_data(request), visit=visit),
        success_message="เปลี่ยนหัวหน้าคณะนิเทศแล้ว",
        here="เปลี่ยนหัวหน้าคณะ",
        heading=f"เปลี่ยนหัวหน้าคณะ{visit.label}",
        effects=[
            f"{visit.leader} ไม่เป็นผู้ลงนามในบันทึกครั้งนี้อีก",
            "หัวหน้าคณะคนใหม่สรุปคะแนนและลงนาม คะแนนที่ผู้ร่วมนิเทศให้ไว้คงเดิม",
        ],
        submit_label="เปลี่ยนหัวหน้าคณะนิเทศ",
    )


def _done(request: SignedInRequest, visit: Visit, message: str) -> HttpResponse:
    messages.success(request, message, extra_tags=clear_draft_tag(request))
    return redirect(visit)
