"""The decision on a round (step 5): forms and pages."""

from collections.abc import Sequence
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, ReasonForm, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from supervision.committees.meeting_field import MeetingForm
from supervision.practices import actions
from supervision.practices.actions import check_will_change
from supervision.practices.enums import DecisionResult
from supervision.practices.outdated_reports import outdated_reports
from supervision.practices.queries import (
    DecisionStatus,
    StandardAchievement,
    decision_status,
    differs_from_proposal,
    proposed_result,
    recused_members,
    result_corrections_of,
    standard_results,
)
from supervision.rounds.enums import CycleStep
from supervision.rounds.forms import NextRoundDeadlinesForm, due_on_field_name, opens_on_field_name
from supervision.rounds.models import Round
from supervision.rounds.queries import propose_next_round_windows
from supervision.workflow.queries import workflow_history

ROUND_RELATIONS = (
    "school",
    "term__academic_year",
    "next_round",
    "decision__decided_by",
    "decision__meeting",
)


class DecisionForm(MeetingForm):
    """The decision บรรลุ or ไม่บรรลุ, never preselected; only ไม่บรรลุ asks what will change."""

    result = forms.ChoiceField(
        label="ผลการพิจารณา",
        choices=DecisionResult,
        widget=forms.RadioSelect,
        error_messages={
            "required": "โปรดเลือกบรรลุหรือไม่บรรลุ",
            "invalid_choice": "โปรดเลือกบรรลุหรือไม่บรรลุ",
        },
    )
    planned_changes = forms.CharField(
        label="สิ่งที่จะปรับในรอบถัดไป",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="กรอกเมื่อผลเป็นไม่บรรลุ เช่น ตัวชี้วัด เครื่องมือ หรือวิธีการนิเทศที่จะปรับ",
        error_messages={"max_length": "ข้อความยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
    reason = forms.CharField(
        label="เหตุผล",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={
            "required": "โปรดระบุเหตุผลของผลการพิจารณา",
            "max_length": "เหตุผลยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )

    # Asked and checked on the page that confirms, and kept when one goes back from there.
    against_reason = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("result", "planned_changes", "reason")

    def clean_planned_changes(self) -> str:
        """Required where the result, which is cleaned before it, is ไม่บรรลุ."""
        planned_changes = self.cleaned_data["planned_changes"]
        try:
            check_will_change(self.cleaned_data.get("result", ""), planned_changes)
        except ActionRefused as refused:
            raise ValidationError(str(refused)) from refused
        return planned_changes


class AgainstProposalForm(PortalForm):
    """The reason for a decision against what the sets' rules propose."""

    against_reason = forms.CharField(
        label="เหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="พิมพ์ในหน้ารอบ รายงานภาคเรียน และรายงานประจำปีของโรงเรียน",
        error_messages={
            "required": "ผลที่เลือกต่างจากผลที่ระบบเสนอตามเกณฑ์ โปรดระบุเหตุผลที่พิจารณาต่างออกไป",
            "max_length": "เหตุผลยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )


class CorrectMeetingForm(ReasonForm, MeetingForm):
    """The corrected meeting, and the reason for the correction."""

    field_order = ("meeting", "reason")


def round_to_decide(request: SignedInRequest, pk: int) -> Round:
    """The round of an address, as far as the person sees it, with its decision."""
    rounds = Round.objects.visible_to(request.user).select_related(*ROUND_RELATIONS)
    return get_object_or_404(rounds, pk=pk)


def decision_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Before the decision its form, or why it cannot be made yet; afterwards the decision."""
    round_ = round_to_decide(request, pk)
    status = decision_status(round_)
    if request.method != "POST":
        return _page(request, round_, status, DecisionForm())
    require(request.user, Permission.DECIDE, round_.school_id)
    if status.visit is None or status.decision:
        raise ActionRefused(status.blocking_reason)
    form = DecisionForm(request.POST)
    if status.pending_revision:  # what was typed meanwhile stays in its form, to be sent later
        form.add_error(None, status.blocking_reason)
    if not form.is_valid() or "edit" in request.POST:
        return _page(request, round_, status, form)
    return _confirm(request, round_, form, standard_results(status.visit))


def _confirm(
    request: SignedInRequest,
    round_: Round,
    form: DecisionForm,
    results: Sequence[StandardAchievement],
) -> HttpResponse:
    """The page that asks before the decision; once all it asks is answered, the decision."""
    against = _against_form(request, form, results)
    days = _days_form(request, round_, form)
    answered = [asked for asked in (against, days) if asked is not None and asked.is_bound]
    if "confirmed" not in request.POST or not all(asked.is_valid() for asked in answered):
        return _confirmation_page(request, round_, form, results, against, days)
    windows = days.windows() if days and days.is_bound else None
    decision = actions.decide_round(round_, by=request.user, windows=windows, **form.cleaned_data)
    then = "ขั้นต่อไปคือสรุปผล" if decision.is_achieved else f"เปิดรอบที่ {round_.number + 1} แล้ว"
    return redirect_with_message(request, f"บันทึกผลการพิจารณาแล้ว {then}", "decision", round_.pk)


def _against_form(
    request: SignedInRequest, form: DecisionForm, results: Sequence[StandardAchievement]
) -> AgainstProposalForm | None:
    """The form that asks for the reason where the result is not the proposed one, else None."""
    if not differs_from_proposal(proposed_result(results), form.cleaned_data["result"]):
        return None
    data = request.POST if "confirmed" in request.POST else None
    return AgainstProposalForm(
        data, initial={"against_reason": form.cleaned_data["against_reason"]}
    )


def _days_form(
    request: SignedInRequest, round_: Round, form: DecisionForm
) -> NextRoundDeadlinesForm | None:
    """The days of the round that ไม่บรรลุ opens: proposed at first, then as they were typed."""
    if form.cleaned_data["result"] != DecisionResult.NOT_ACHIEVED:
        return None
    proposed_windows = propose_next_round_windows(round_.term, timezone.localdate())
    if not proposed_windows:
        return None
    days = NextRoundDeadlinesForm(term=round_.term, proposed_windows=proposed_windows)
    if set(days.window_field_names()) & set(request.POST):
        return NextRoundDeadlinesForm(
            request.POST, term=round_.term, proposed_windows=proposed_windows
        )
    return days


def _confirmation_page(
    request: SignedInRequest,
    round_: Round,
    form: DecisionForm,
    results: Sequence[StandardAchievement],
    against: AgainstProposalForm | None,
    days: NextRoundDeadlinesForm | None,
) -> HttpResponse:
    """The page that says what the decision will do; going back keeps what was typed."""
    result = DecisionResult(form.cleaned_data["result"])
    if result == DecisionResult.ACHIEVED:
        then = "ขั้นต่อไปคือสรุปจุดเด่น จุดควรพัฒนา และแนวทางปรับปรุงร่วมกับโรงเรียน"
    else:
        then = f"ระบบเปิดรอบที่ {round_.number + 1} ของภาคเรียนนี้ เริ่มที่ขั้นที่ 2 กำหนดชุดตัวชี้วัด"
    context = {
        "round": round_,
        "answers": form,
        "hidden": [field for field in form if not (against and field.name in against.fields)],
        "form": against,
        "days": days,
        "results": results,
        "proposed": proposed_result(results),
        "result": result,
        "not_achieved": result == DecisionResult.NOT_ACHIEVED,
        "heading": f"ยืนยันผล “{result.label}” {round_.school.short_name}",
        "effects": [f"ผลของรอบที่ {round_.number} คงไว้ตลอดไป ทุกคนที่เห็นโรงเรียนนี้อ่านได้", then],
        "irreversible": "ผลแก้ไขได้เฉพาะโดยมติของการประชุมที่ระบุว่าแก้ไขผล ข้อความที่พิมพ์ผิดแก้ไขได้พร้อมเหตุผล",
        "submit_label": "ยืนยันผลการพิจารณา",
    }
    return render(request, "practices/confirm_decision.html", context)


def decision_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The meeting of a decision that was recorded at the wrong one."""
    round_ = round_to_decide(request, pk)
    require(request.user, Permission.DECIDE, round_.school_id)
    decision = decision_status(round_).decision
    if decision is None:
        raise ActionRefused("รอบนี้ยังไม่มีผลการพิจารณา จึงยังไม่มีข้อมูลการประชุมให้แก้ไข")
    return confirm_action(
        request,
        partial(actions.correct_decision_meeting, decision, by=request.user),
        form=CorrectMeetingForm(post_data(request), initial={"meeting": decision.meeting}),
        success_message="แก้ไขข้อมูลการประชุมแล้ว",
        heading=f"แก้ไขการประชุมที่พิจารณา {round_.school.short_name}",
        effects=[
            "ผลและเหตุผลของการพิจารณาไม่เปลี่ยน",
            "ข้อมูลเดิมและเหตุผลที่แก้ไขเก็บไว้ในประวัติ โรงเรียนอ่านได้",
            "รายงานที่ลงนามแล้วไม่เปลี่ยน หากต้องแก้ไขโปรดจัดทำฉบับแก้ไข",
        ],
        submit_label="บันทึกการแก้ไข",
        cancel_url=reverse("decision", args=[pk]),
    )


def _page(
    request: SignedInRequest, round_: Round, status: DecisionStatus, form: DecisionForm
) -> HttpResponse:
    decision, visit = status.decision, status.visit
    may_decide = can(request.user, Permission.DECIDE, round_.school_id)
    may_type = may_decide and (form.is_bound or not status.blocking_reason)
    results = standard_results(visit) if visit and (decision or may_decide) else []
    corrections = result_corrections_of(decision) if decision else []
    context = {
        "round": round_,
        "decision": decision,
        "next_round": getattr(round_, "next_round", None),
        "visit": visit,
        "pending_revision": status.pending_revision,
        "results": results,
        "proposed": proposed_result(results),
        "form": form if may_type else None,
        "may_correct": bool(decision and may_decide),
        "typed_days": _typed_days(request),
        "practices": round_.practices.all(),
        "may_nominate": can(request.user, Permission.NOMINATE_PRACTICE, round_.school_id),
        "history": workflow_history(decision) if decision else [],
        "corrections": corrections,
        "outdated_reports": outdated_reports(round_, corrections, request.user),
        "recused": recused_members(decision) if decision else [],
    }
    return render(request, "practices/decision.html", context)


def _typed_days(request: SignedInRequest) -> dict[str, str]:
    """The next round's days as they were typed, for who goes back to the decision itself."""
    boxes = [name(step) for step in CycleStep for name in (opens_on_field_name, due_on_field_name)]
    return {name: request.POST[name] for name in boxes if name in request.POST}
