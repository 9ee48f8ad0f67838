"""The pages of one self-assessment (step 3): start, read, confirm, return for correction."""

from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import PortalForm, post_data
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from supervision.assessments import actions
from supervision.assessments.enums import SelfAssessmentAction
from supervision.assessments.late_edits import has_late_edits, late_edit_rows
from supervision.assessments.models import SelfAssessment
from supervision.assessments.progress import (
    SelfAssessmentStage,
    lateness_text,
    self_assessment_stage,
    self_assessment_timing,
    submitted_late_text,
    with_stage_facts,
)
from supervision.assessments.queries import (
    indicators_without_evidence,
    latest_self_assessment,
    missing_answers,
    missing_answers_among,
    progress_by_standard,
    scored_standards,
    self_assessment_history,
    self_assessment_versions,
    sheet_scale_bands,
    signed_visit_sheets,
)
from supervision.assessments.sheet import LoadedSheet
from supervision.assessments.version_tokens import (
    posted_version_token,
    version_token_context,
    version_token_expression,
)
from supervision.rounds.actions import ensure_round_is_current
from supervision.rounds.enums import CycleStep
from supervision.rounds.forms import ReturnForCorrectionForm
from supervision.rounds.models import Round
from supervision.rounds.queries import days_by_round
from supervision.workflow.actions import ensure_allowed

ROUND_RELATED = ("school", "term__academic_year")
STATE_PILLS = {"draft": StatusKind.YOURS, "confirmed": StatusKind.DONE, "returned": StatusKind.IDLE}


class RecordAnnotations(TypedDict):
    """What `_assessment` loads with a self-assessment.

    A signed visit was judged beside it; late edits came after it was confirmed;
    `version_token` is that of its sheet.
    """

    has_signed_visit: bool
    has_late_edits: bool
    version_token: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ShownSelfAssessment = WithAnnotations[SelfAssessment, RecordAnnotations]
else:
    ShownSelfAssessment = SelfAssessment


def _assessment(request: SignedInRequest, pk: int) -> ShownSelfAssessment:
    rows = SelfAssessment.objects.visible_to(request.user)
    related = [f"round__{name}" for name in ROUND_RELATED]
    rows = rows.select_related(*related, "confirmed_by", "sheet")
    has_signed_visit = Exists(signed_visit_sheets(OuterRef("round")))
    late = has_late_edits(Q(sheet=OuterRef("sheet")))
    rows = rows.annotate(
        has_signed_visit=has_signed_visit,
        has_late_edits=late,
        version_token=version_token_expression(OuterRef("sheet")),
    )
    return get_object_or_404(rows, pk=pk)


def self_assessment_start(request: SignedInRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related(*ROUND_RELATED)
    round_ = get_object_or_404(rounds, pk=pk)
    begun = latest_self_assessment(round_)
    if begun:
        return redirect(begun)
    require(request.user, Permission.DRAFT_SELF_ASSESSMENT, round_.school_id)
    ensure_round_is_current(round_)
    actions.ensure_criteria_chosen(round_)
    if request.method == "POST":
        return redirect(actions.start_self_assessment(round_, by=request.user).sheet)
    days, today = days_by_round([round_])[round_.pk], timezone.localdate()
    context = {
        "round": round_,
        "chosen": round_.indicator_sets.prefetch_related("standards__indicators"),
        "due_on": self_assessment_timing(round_, [], days, today).due_on,
        "opens_on": days.window_for(CycleStep.SELF_ASSESSMENT).opens_on_after(today),
        "heading": f"เริ่มประเมินตนเอง {round_.school.short_name}",
        "submit_label": "เริ่มประเมิน",
        "cancel_url": round_.get_absolute_url(),
    }
    return render(request, "assessments/start.html", context)


def self_assessment_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    sheet = LoadedSheet.load(assessment.sheet)
    school = assessment.round.school_id
    bands = list(sheet_scale_bands(assessment.sheet))
    versions = list(with_stage_facts(self_assessment_versions(assessment.round)).reverse())
    today = timezone.localdate()
    days = days_by_round([assessment.round])[assessment.round_id]
    timing = self_assessment_timing(assessment.round, versions[::-1], days, today)
    context = {
        "assessment": assessment,
        "pill": STATE_PILLS[assessment.state],
        "sheet": sheet,
        "parts": sheet.parts(),
        "rows": scored_standards(sheet.indicators, sheet.answers, bands),
        "missing": missing_answers_among(sheet.indicators, sheet.answers),
        "unsupported": _unsupported(assessment),
        "versions": versions,
        "is_sent_back": self_assessment_stage(assessment.round, versions[0])
        == SelfAssessmentStage.RETURNED,
        "history": self_assessment_history(assessment),
        "due_on": timing.due_on,
        "opens_on": days.window_for(CycleStep.SELF_ASSESSMENT).opens_on_after(today),
        "late": lateness_text(timing),
        "late_at_first": submitted_late_text(timing.days_late),
        "may_draft": can(request.user, Permission.DRAFT_SELF_ASSESSMENT, school),
        "may_confirm": can(request.user, Permission.CONFIRM_SELF_ASSESSMENT, school),
        "may_return": can(request.user, Permission.RETURN_SELF_ASSESSMENT, school)
        and not assessment.has_signed_visit,
        "late_edit_rows": late_edit_rows(Q(sheet=assessment.sheet_id), reader=request.user)
        if assessment.has_late_edits
        else [],
    }
    return render(request, "assessments/assessment.html", context)


def _unsupported(assessment: SelfAssessment) -> int | None:
    """How many judged indicators lack evidence: as confirmed, or now while it is a draft."""
    if assessment.confirmed_at:
        return assessment.indicators_without_evidence_count
    return indicators_without_evidence(assessment.sheet).count()


class WithoutEvidenceForm(PortalForm):
    """The director says that the school confirms although some indicators lack evidence."""

    although_without_evidence = forms.BooleanField(
        error_messages={"required": "โปรดเพิ่มหลักฐานให้ครบ หรือทำเครื่องหมายว่ายืนยันทั้งที่ยังขาดหลักฐาน"}
    )

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = f"ยืนยันทั้งที่ยังขาดหลักฐาน {count} ข้อ ศึกษานิเทศก์เห็นจำนวนนี้"
        self.fields["although_without_evidence"].label = label


def self_assessment_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    require(request.user, Permission.CONFIRM_SELF_ASSESSMENT, assessment.round.school_id)
    ensure_allowed(assessment, SelfAssessmentAction.CONFIRM)
    counts = progress_by_standard(assessment.sheet).values()
    is_complete = all(answered == total for answered, total in counts)
    unsupported = list(indicators_without_evidence(assessment.sheet)) if is_complete else []
    form = WithoutEvidenceForm(post_data(request), count=len(unsupported)) if unsupported else None
    return confirm_action(
        request,
        partial(
            actions.confirm_self_assessment,
            assessment,
            by=request.user,
            shown_version=posted_version_token(request),
        ),
        form=form,
        success_message="ยืนยันผลการประเมินตนเองแล้ว ศึกษานิเทศก์เปิดดูผลนี้ได้แล้ว",
        template="assessments/confirm.html",
        assessment=assessment,
        unsupported=unsupported,
        sheet_id=assessment.sheet_id,
        verb="ยืนยัน",
        get_extra_context=lambda: {
            "missing": missing_answers(assessment.sheet),
            **version_token_context(request, assessment.sheet),
        },
        heading=f"ยืนยันผลการประเมินตนเอง {assessment.round.school.short_name}",
        effects=[
            "ระดับ ร่องรอย/หลักฐาน และหมายเหตุทุกข้อของฉบับนี้แก้ไขไม่ได้อีก",
            "ศึกษานิเทศก์เห็นผลที่ยืนยันแล้ว และใช้เทียบกับผลการนิเทศ",
            "การดำเนินงานขั้นที่ 3 เสร็จสิ้น",
        ],
        irreversible="เมื่อยืนยันแล้วจะแก้ไขไม่ได้ หากต้องแก้ไขภายหลัง "
        "ศึกษานิเทศก์ต้องส่งกลับพร้อมเหตุผล แล้วโรงเรียนแก้ไขในฉบับใหม่",
        submit_label="ยืนยันผล",
        cancel_url=assessment.get_absolute_url(),
    )


def self_assessment_return(request: SignedInRequest, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    require(request.user, Permission.RETURN_SELF_ASSESSMENT, assessment.round.school_id)
    ensure_allowed(assessment, SelfAssessmentAction.RETURN)
    actions.ensure_no_signed_visit(assessment.round)
    return confirm_action(
        request,
        partial(actions.return_self_assessment, assessment, by=request.user),
        form=ReturnForCorrectionForm(post_data(request), round_=assessment.round),
        success_message="ส่งกลับให้โรงเรียนแก้ไขแล้ว",
        template="assessments/return.html",
        assessment=assessment,
        heading=f"ส่งผลการประเมินตนเองกลับให้แก้ไข {assessment.round.school.short_name}",
        effects=[
            f"ฉบับที่ {assessment.version} และเหตุผลเก็บไว้ถาวร",
            f"โรงเรียนแก้ไขต่อในฉบับที่ {assessment.version + 1} ซึ่งเริ่มจากคำตอบเดิม",
        ],
        submit_label="ส่งกลับให้แก้ไข",
        cancel_url=assessment.get_absolute_url(),
    )
