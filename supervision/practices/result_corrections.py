"""What is corrected in a decision: its result by a meeting's resolution, its reason by a note."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, capacity_of, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import ReasonForm, post_data
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.committees.meeting_field import MeetingForm, check_meeting_decides
from supervision.committees.models import Meeting
from supervision.practices.actions import check_may_decide_on_school, check_will_change
from supervision.practices.decisions import round_to_decide
from supervision.practices.enums import DecisionAction, DecisionResult
from supervision.practices.models import Decision, ResultCorrection
from supervision.practices.queries import differs_from_proposal
from supervision.rounds.actions import (
    check_next_round_is_empty,
    open_next_round,
    withdraw_next_round,
)
from supervision.workflow.actions import transition

CHANGES: Mapping[DecisionResult, DecisionAction] = {
    DecisionResult.ACHIEVED: DecisionAction.CHANGE_TO_ACHIEVED,
    DecisionResult.NOT_ACHIEVED: DecisionAction.CHANGE_TO_NOT_ACHIEVED,
}
REPORTS_STAY = "รายงานที่ลงนามแล้วไม่เปลี่ยน หากกล่าวถึงโรงเรียนนี้ โปรดจัดทำฉบับแก้ไข"


@transaction.atomic
def correct_result(
    decision: Decision, *, by: User, meeting: Meeting, reason: str, planned_changes: str = ""
) -> None:
    """Change the result to the other one, as the meeting resolved; what it was before is kept.

    บรรลุ takes back the round that ไม่บรรลุ had opened, ไม่บรรลุ opens it. Raises ActionRefused
    when something was entered in that round, when ไม่บรรลุ does not say what will change, and
    unless the meeting is held.
    """
    round_ = decision.round
    round_.lock()
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    check_may_decide_on_school(by, round_.school_id)
    check_meeting_decides(meeting)
    result = decision.other_result
    check_will_change(result, planned_changes)
    correction = ResultCorrection(
        decision=decision,
        meeting=meeting,
        result=result,
        reason=reason.strip(),
        previous_reason=decision.reason,
        previous_against_reason=decision.against_reason,
        previous_meeting=decision.meeting,
        corrected_by=by,
        corrected_as=capacity_of(by, Permission.DECIDE, round_.school_id),
        corrected_at=timezone.now(),
    )
    if result == DecisionResult.ACHIEVED:
        withdrawn = withdraw_next_round(round_)
        correction.withdrawn_changes = withdrawn.planned_changes if withdrawn else ""
    else:
        open_next_round(round_, planned_changes=planned_changes.strip(), by=by)
    correction.save()
    _write_result(decision, correction, by=by)


def _write_result(decision: Decision, correction: ResultCorrection, *, by: User) -> None:
    against = differs_from_proposal(decision.proposed_result, correction.result)
    transition(
        decision,
        CHANGES[DecisionResult(correction.result)],
        by=by,
        reason=f"{correction.reason} (มติที่ประชุม{correction.meeting.label_with_day})",
        meeting=correction.meeting,
        against_reason=correction.reason if against else "",
    )
    decision.reason = correction.reason
    decision.save(update_fields=["reason"])


@transaction.atomic
def correct_decision_reason(decision: Decision, *, by: User, text: str, reason: str) -> None:
    """Correct a mistyped reason of a decision; the log keeps what it said and why it was wrong.

    Raises ActionRefused when nothing differs, and for who signs for the school.
    """
    check_may_decide_on_school(by, decision.round.school_id)
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    if decision.reason == text.strip():
        raise ActionRefused("เหตุผลเหมือนเดิม จึงไม่มีสิ่งที่แก้ไข")
    action = (
        DecisionAction.CORRECT_REASON_ACHIEVED
        if decision.is_achieved
        else DecisionAction.CORRECT_REASON_NOT_ACHIEVED
    )
    said = f"{reason.strip()} (เดิม: {decision.reason})" if reason.strip() else ""
    transition(decision, action, by=by, reason=said)
    decision.reason = text.strip()
    decision.save(update_fields=["reason"])


class ResultCorrectionForm(ReasonForm, MeetingForm):
    """The meeting that resolved otherwise, its reason, and for ไม่บรรลุ what will change."""

    planned_changes = forms.CharField(
        label="สิ่งที่จะปรับในรอบถัดไป",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ เพื่อให้รอบถัดไปเริ่มได้ถูกจุด"},
    )
    field_order = ("meeting", "reason", "planned_changes")

    def __init__(self, *args: Any, result: DecisionResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if result == DecisionResult.ACHIEVED:
            del self.fields["planned_changes"]


class CorrectReasonForm(ReasonForm):
    """The reason of a decision as it should read, and why it is corrected."""

    text = forms.CharField(
        label="เหตุผลของผลการพิจารณาที่ถูกต้อง",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผลของผลการพิจารณา"},
    )
    field_order = ("text", "reason")


def _decision(request: SignedInRequest, pk: int) -> Decision:
    """The decision of a round, for who decides. Raises ActionRefused before there is one."""
    round_ = round_to_decide(request, pk)
    require(request.user, Permission.DECIDE, round_.school_id)
    decision: Decision | None = getattr(round_, "decision", None)
    if decision is None:
        raise ActionRefused("รอบนี้ยังไม่มีผลการพิจารณา จึงยังไม่มีสิ่งที่แก้ไข")
    return decision


def decision_result(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask at which meeting the result was changed, and why; then change it."""
    decision = _decision(request, pk)
    result = decision.other_result
    if result == DecisionResult.ACHIEVED:
        check_next_round_is_empty(decision.round)
    return confirm_action(
        request,
        partial(correct_result, decision, by=request.user),
        form=ResultCorrectionForm(
            post_data(request),
            result=result,
            help_text="ตามมติที่ประชุม พิมพ์ในหน้ารอบและในรายงาน",
            required="โปรดระบุเหตุผลที่ที่ประชุมมีมติแก้ไขผล",
        ),
        success_message=f"แก้ไขผลเป็น “{result.label}” แล้ว",
        heading=f"แก้ไขผลเป็น “{result.label}” {decision.round.school.short_name}",
        effects=[
            f"ผลเปลี่ยนจาก “{decision.get_state_display()}” ตามมติของการประชุมที่เลือก",
            "ผลเดิม เหตุผลเดิม และการประชุมเดิมเก็บไว้ โรงเรียนอ่านได้",
            _effect_on_next_round(decision),
            REPORTS_STAY,
        ],
        submit_label="บันทึกการแก้ไขผล",
        cancel_url=reverse("decision", args=[pk]),
    )


def _effect_on_next_round(decision: Decision) -> str:
    number = decision.round.number + 1
    if decision.is_achieved:
        return f"ระบบเปิดรอบที่ {number} ของภาคเรียนนี้ เริ่มที่ขั้นที่ 2 กำหนดเสร็จตามที่ระบบเสนอ แก้ไขได้ภายหลัง"
    return f"รอบที่ {number} ที่เปิดไว้ถูกถอน เพราะยังไม่มีการบันทึกในรอบนั้น"


def decision_reason(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask how the reason should read, and why it is corrected; then correct it."""
    decision = _decision(request, pk)
    return confirm_action(
        request,
        partial(correct_decision_reason, decision, by=request.user),
        form=CorrectReasonForm(
            post_data(request),
            initial={"text": decision.reason},
            help_text="ทำไมจึงต้องแก้ไข เช่น พิมพ์ผิด",
            required="โปรดระบุเหตุที่แก้ไข",
        ),
        success_message="แก้ไขเหตุผลของผลการพิจารณาแล้ว",
        heading=f"แก้ไขเหตุผลของผลการพิจารณา {decision.round.school.short_name}",
        effects=[
            "ผลและการประชุมไม่เปลี่ยน",
            "ข้อความเดิมและเหตุที่แก้ไขเก็บไว้ในประวัติ โรงเรียนอ่านได้",
            REPORTS_STAY,
        ],
        submit_label="บันทึกการแก้ไข",
        cancel_url=reverse("decision", args=[pk]),
    )
