"""The record of a mentoring visit: begun, written, signed, answered by the school, its advice."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from schools.access import Permission, can
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.improvement.recommendations import AdviceForm
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.mentoring import actions
from supervision.quality_drive.models import Mentoring
from supervision.visits import actions as visit_actions
from supervision.visits.access import confirm_visit_action, get_visit_or_404
from supervision.visits.enums import VISIT_PILLS, VisitAction, VisitState
from supervision.visits.models import Visit
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.read_versions import posted_version


class MentoringForm(ConflictCheckedForm):
    """What a mentoring visit is about, what was found, and the supervisor's look back."""

    dimensions = forms.MultipleChoiceField(
        label="ด้านที่ให้คำปรึกษา",
        choices=DimensionCode,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "โปรดเลือกด้านที่ให้คำปรึกษาอย่างน้อย 1 ด้าน"},
    )
    field_order = ("dimensions", "observed", "supervisor_reflection", "next_steps")

    class Meta:
        model = Mentoring
        fields = ("observed", "supervisor_reflection", "next_steps")

    def __init__(self, *args: Any, instance: Mentoring, **kwargs: Any) -> None:
        chosen = [one.code for one in instance.dimensions.all()]
        super().__init__(*args, instance=instance, initial={"dimensions": chosen}, **kwargs)

    def compared_fields(self) -> tuple[str, ...]:
        return ("dimensions", *self.Meta.fields)

    def _display_value(self, name: str) -> str:
        if name == "dimensions":
            chosen = self.stored[name] or []
            return " · ".join(DimensionCode(code).label for code in chosen) or "ว่าง"
        return super()._display_value(name)


class SchoolReflectionForm(PortalForm):
    """The school's look back on the visit, which its director writes."""

    reflection = forms.CharField(
        label="การสะท้อนผลของผู้รับการนิเทศ",
        max_length=4000,
        widget=forms.Textarea,
        help_text="เขียนสิ่งที่ได้รับจากการให้คำปรึกษา และสิ่งที่โรงเรียนจะนำไปปฏิบัติ",
    )


def mentoring_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The record and what may be done with it; to a school once the leader has signed."""
    visit = _visit(request, pk)
    mentoring = _readable_mentoring(visit, request.user)
    school, user = visit.round.school_id, request.user
    may_record = can(user, Permission.RECORD_VISIT, school)
    is_recording = visit.state == VisitState.RECORDING
    context = {
        "visit": visit,
        "pill": VISIT_PILLS[VisitState(visit.state)],
        "mentoring": mentoring,
        "dimensions": mentoring.dimensions.all() if mentoring else [],
        "missing": actions.missing_in_mentoring(visit) if mentoring and is_recording else [],
        "may_start": may_record and visit.state == VisitState.PLANNED,
        "may_write": may_record and is_recording,
        "may_sign": is_recording and visit_actions.is_visit_signer(visit, user),
        "may_acknowledge": visit.state == VisitState.SIGNED
        and can(user, Permission.ACKNOWLEDGE_VISIT, school),
        "may_advise": may_record and visit.is_signed,
        "advice": visit.recommendations.visible_to(user) if visit.is_signed else [],
    }
    return render(request, "quality_drive/mentoring/record.html", context)


def _visit(request: SignedInRequest, pk: int, permission: Permission | None = None) -> Visit:
    """The mentoring visit, if the person sees it and has the permission at its school."""
    visit = get_visit_or_404(request, pk, permission)
    if not visit.is_mentoring:
        raise Http404
    return visit


def _readable_mentoring(visit: Visit, reader: User) -> Mentoring | None:
    """The words, for the office at any time and for all others once they are signed."""
    if not (visit.is_signed or can(reader, Permission.VIEW_AREA)):
        return None
    return Mentoring.objects.filter(visit=visit).select_related("drive__academic_year").first()


@require_POST
def mentoring_start(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk, Permission.RECORD_VISIT)
    actions.start_mentoring(visit, by=request.user)
    return redirect("mentoring_edit", pk)


@transaction.atomic
def mentoring_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk, Permission.RECORD_VISIT)
    if request.method == "POST":
        visit_actions.lock_visit(visit)
    actions.check_mentoring_is_open(visit)
    mentoring = get_object_or_404(lock_rows_on_post(request, Mentoring.objects), visit=visit)
    form = MentoringForm(post_data(request), instance=mentoring)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            words = {name: form.cleaned_data[name] for name in actions.WORDS_TO_SIGN}
            chosen = form.cleaned_data["dimensions"]
            actions.update_mentoring(mentoring, dimensions=chosen, words=words)
            return redirect_with_message(request, "บันทึกแล้ว", "mentoring", pk)
    return render(request, "quality_drive/mentoring/form.html", {"visit": visit, "form": form})


def mentoring_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, VisitAction.SIGN)
    visit_actions.check_visit_signer(visit, by=request.user)
    return confirm_action(
        request,
        partial(
            actions.sign_mentoring, visit, by=request.user, version_read=posted_version(request)
        ),
        template="quality_drive/mentoring/sign.html",
        visit=visit,
        get_extra_context=lambda: _words_to_sign(visit),
        cancel_url=reverse("mentoring", args=[pk]),
        success_message="ลงนามแล้ว รอผู้อำนวยการโรงเรียนรับทราบและสะท้อนผล",
        heading=f"ลงนามบันทึกการให้คำปรึกษา {visit.round.school.short_name}",
        effects=[
            "ข้อความทั้งหมดของบันทึกนี้แก้ไขไม่ได้อีก",
            "โรงเรียนอ่านบันทึกได้ ผู้อำนวยการโรงเรียนจะรับทราบและเขียนการสะท้อนผล",
        ],
        submit_label="ลงนาม",
    )


def _words_to_sign(visit: Visit) -> dict[str, Any]:
    """What the page shows is what is signed."""
    mentoring = Mentoring.objects.get(visit=visit)
    return {
        "mentoring": mentoring,
        "dimensions": mentoring.dimensions.all(),
        "version_read": actions.mentoring_version(mentoring),
    }


def mentoring_acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk, Permission.ACKNOWLEDGE_VISIT)
    visit_actions.check_can_acknowledge_visit(visit)
    return confirm_visit_action(
        request,
        visit,
        partial(actions.acknowledge_mentoring, visit, by=request.user),
        form=SchoolReflectionForm(post_data(request)),
        cancel_url=reverse("mentoring", args=[pk]),
        success_message="รับทราบและบันทึกการสะท้อนผลแล้ว",
        here="รับทราบ",
        heading=f"รับทราบบันทึกการให้คำปรึกษา {visit.ordinal}",
        effects=["กลุ่มนิเทศฯ อ่านการสะท้อนผลของโรงเรียน และใช้วางแผนช่วยเหลือต่อไป"],
        submit_label="รับทราบ",
    )


def mentoring_advise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put one piece of advice into the ledger, with who carries it out and by when."""
    visit = _visit(request, pk, Permission.RECORD_VISIT)
    actions.check_can_advise(visit)
    mentoring = get_object_or_404(Mentoring, visit=visit)
    form = AdviceForm(post_data(request))
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            mentoring.visit = visit
            actions.record_mentoring_advice(mentoring, by=request.user, **form.cleaned_data)
            done = "บันทึกข้อเสนอแนะลงทะเบียนแล้ว โรงเรียนเห็นทันที"
            return redirect_with_message(request, done, "mentoring", pk)
    return render(request, "quality_drive/mentoring/advise.html", {"visit": visit, "form": form})
