"""Making an appointment, and changing it before the record is signed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, require
from schools.forms import ReasonForm, saved_tag, typed
from schools.models import User
from schools.thai import short_date
from supervision.assessments.queries import latest_assessment
from supervision.needs.enums import Mode
from supervision.needs.queries import survey_of
from supervision.rounds.actions import check_goes_on
from supervision.rounds.models import Round
from supervision.visits import actions, revising
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.visits.planning_forms import (
    HandOverForm,
    PlanForm,
    PostponeForm,
    ReviseForm,
)
from supervision.visits.views import ask_about, visit_of
from supervision.workflow.actions import check
from supervision.workflow.refusals import refusal_shown_in

CANCELLED_FOR_GOOD = "เมื่อยกเลิกแล้วนำนัดหมายนี้กลับมาไม่ได้ หากจะนิเทศอีก ต้องนัดหมายเป็นครั้งใหม่"


def plan_visit(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rounds, pk=pk)
    require(request.user, Permission.RECORD_VISIT, round_.school_id)
    check_goes_on(round_)
    initial = {"leader": request.user.pk, "mode": Mode.ON_SITE, "kind": VisitKind.ORDINARY}
    form = PlanForm(typed(request), visit=Visit(round=round_), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            visit = actions.plan(round_, by=request.user, **form.appointment())
            return _done(request, visit, f"นัดหมายการนิเทศวันที่ {short_date(visit.visit_on)} แล้ว")
    context = {
        "round": round_,
        "form": form,
        "survey": survey_of(round_),
        "assessment": latest_assessment(round_),
        "visits": round_.visits.in_place(),
    }
    return render(request, "visits/plan.html", context)


def postpone_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    check(visit, "postpone")
    now = {"visit_on": visit.visit_on, "starts_at": visit.starts_at, "ends_at": visit.ends_at}
    form = PostponeForm(typed(request), visit=visit, initial=now)

    def act(reason: str, **_: Any) -> None:
        actions.postpone(visit, by=request.user, reason=reason, **form.moment())

    kept = f"วันนัดเดิม {short_date(visit.visit_on)} {visit.times} เก็บไว้ในประวัติ"
    return ask_about(
        request,
        visit,
        act,
        form=form,
        done="เลื่อนนัดหมายแล้ว",
        here="เลื่อนนัดหมาย",
        heading=f"เลื่อนนัดหมาย{visit.label}",
        effects=[kept, "โรงเรียนเห็นวันใหม่และเหตุผลที่เลื่อน"],
        submit_label="เลื่อนนัดหมาย",
    )


def revise_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    check(visit, revising.revise_verb(visit))
    if request.method == "POST":
        return _save_details(request, visit)
    return _details_page(request, visit, ReviseForm(instance=visit))


@transaction.atomic
def _save_details(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The visit stays locked from the look at what others saved until the save itself."""
    actions.hold(visit)
    form = ReviseForm(request.POST, instance=visit)
    if form.is_valid():
        with refusal_shown_in(form):
            changed = revising.revise(visit, by=request.user, **form.details())
            done = "แก้ไขรายละเอียดนัดหมายแล้ว" if changed else "รายละเอียดนัดหมายคงเดิม ไม่มีสิ่งใดเปลี่ยน"
            return _done(request, visit, done)
    return _details_page(request, visit, form)


def _details_page(request: HttpRequest, visit: Visit, form: ReviseForm) -> HttpResponse:
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
    return render(request, "visits/ask.html", context)


def cancel_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    check(visit, "cancel")
    return ask_about(
        request,
        visit,
        partial(actions.cancel, visit, by=request.user),
        form=ReasonForm(
            typed(request),
            help_text="โรงเรียนเห็นเหตุผลนี้",
            required="โปรดระบุเหตุผลที่ยกเลิก โรงเรียนจะเห็นเหตุผลนี้",
        ),
        done=f"ยกเลิก{visit.label} แล้ว",
        here="ยกเลิก",
        heading=f"ยกเลิก{visit.label}",
        effects=_what_cancelling_means(visit),
        irreversible=CANCELLED_FOR_GOOD if visit.version == 1 else "",
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


def hand_over_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    check(visit, actions.hand_over_verb(visit))

    def act(leader: User, reason: str, **_: Any) -> None:
        actions.hand_over(visit, by=request.user, leader=leader, reason=reason)

    return ask_about(
        request,
        visit,
        act,
        form=HandOverForm(typed(request), visit=visit),
        done="เปลี่ยนหัวหน้าคณะนิเทศแล้ว",
        here="เปลี่ยนหัวหน้าคณะ",
        heading=f"เปลี่ยนหัวหน้าคณะ{visit.label}",
        effects=[
            f"{visit.leader} ไม่เป็นผู้ลงนามในบันทึกครั้งนี้อีก",
            "หัวหน้าคณะคนใหม่สรุปคะแนนและลงนาม คะแนนที่ผู้ร่วมนิเทศให้ไว้คงเดิม",
        ],
        submit_label="เปลี่ยนหัวหน้าคณะนิเทศ",
    )


def _done(request: HttpRequest, visit: Visit, message: str) -> HttpResponse:
    messages.success(request, message, extra_tags=saved_tag(request))
    return redirect(visit)
