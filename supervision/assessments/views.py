from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.forms import typed
from supervision.assessments import actions
from supervision.assessments.forms import WithoutEvidenceForm
from supervision.assessments.history import history_with_edits
from supervision.assessments.late_edits import has_late_edits, late_words_of
from supervision.assessments.marks import mark_sent, page_marks, sheet_mark
from supervision.assessments.models import SelfAssessment
from supervision.assessments.progress import (
    Stage,
    handed_in_late_word,
    late_word,
    stage_of,
    timing_of_step_3,
    with_stage,
)
from supervision.assessments.queries import (
    bands_of,
    latest_assessment,
    missing_levels,
    progress_of,
    signed_visit_sheets,
    standard_rows,
    unsettled,
    versions_of,
    without_evidence,
)
from supervision.assessments.sheet import Sheet
from supervision.rounds.actions import check_goes_on
from supervision.rounds.enums import CycleStep
from supervision.rounds.forms import ReturnForm
from supervision.rounds.models import Round
from supervision.rounds.queries import days_of
from supervision.workflow.actions import check
from supervision.workflow.asking import ask

ROUND = ("school", "term__academic_year")
PILL = {"draft": "mine", "confirmed": "done", "returned": "idle"}


def _assessment(request: HttpRequest, pk: int) -> SelfAssessment:
    rows = SelfAssessment.objects.visible_to(request.user)
    related = [f"round__{name}" for name in ROUND]
    rows = rows.select_related(*related, "confirmed_by", "sheet")
    judged = Exists(signed_visit_sheets(OuterRef("round")))
    late = has_late_edits(Q(sheet=OuterRef("sheet")))
    rows = rows.annotate(judged=judged, has_late_edits=late, mark=sheet_mark(OuterRef("sheet")))
    return get_object_or_404(rows, pk=pk)


def start_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related(*ROUND)
    round_ = get_object_or_404(rounds, pk=pk)
    begun = latest_assessment(round_)
    if begun:
        return redirect(begun)
    require(request.user, Permission.DRAFT_SELF_ASSESSMENT, round_.school_id)
    check_goes_on(round_)
    actions.check_criteria(round_)
    if request.method == "POST":
        return redirect(actions.start(round_, by=request.user).sheet)
    days, today = days_of([round_])[round_.pk], timezone.localdate()
    context = {
        "round": round_,
        "chosen": round_.indicator_sets.prefetch_related("standards__indicators"),
        "due_on": timing_of_step_3(round_, [], days, today).due_on,
        "opens_on": days.of(CycleStep.SELF_ASSESSMENT).opens_on_after(today),
        "heading": f"เริ่มประเมินตนเอง {round_.school.short_name}",
        "submit_label": "เริ่มประเมิน",
        "cancel_url": round_.get_absolute_url(),
    }
    return render(request, "assessments/start.html", context)


def assessment_page(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    sheet = Sheet.load(assessment.sheet)
    school = assessment.round.school_id
    bands = list(bands_of(assessment.sheet))
    versions = list(with_stage(versions_of(assessment.round)).reverse())
    today = timezone.localdate()
    days = days_of([assessment.round])[assessment.round_id]
    timing = timing_of_step_3(assessment.round, versions[::-1], days, today)
    context = {
        "assessment": assessment,
        "pill": PILL[assessment.state],
        "sheet": sheet,
        "parts": sheet.parts(),
        "rows": standard_rows(sheet.indicators, sheet.answers, bands),
        "missing": unsettled(sheet.indicators, sheet.answers),
        "unsupported": _unsupported(assessment),
        "versions": versions,
        "is_sent_back": stage_of(assessment.round, versions[0]) == Stage.RETURNED,
        "history": history_with_edits(assessment),
        "due_on": timing.due_on,
        "opens_on": days.of(CycleStep.SELF_ASSESSMENT).opens_on_after(today),
        "late": late_word(timing),
        "late_at_first": handed_in_late_word(timing.days_late),
        "may_draft": can(request.user, Permission.DRAFT_SELF_ASSESSMENT, school),
        "may_confirm": can(request.user, Permission.CONFIRM_SELF_ASSESSMENT, school),
        "may_return": can(request.user, Permission.RETURN_SELF_ASSESSMENT, school)
        and not assessment.judged,
        "late_words": late_words_of(Q(sheet=assessment.sheet_id), reader=request.user)
        if assessment.has_late_edits
        else [],
    }
    return render(request, "assessments/assessment.html", context)


def _unsupported(assessment: SelfAssessment) -> int | None:
    """How many judged indicators lack evidence: as confirmed, or now while it is a draft."""
    if assessment.confirmed_at:
        return assessment.without_evidence
    return without_evidence(assessment.sheet).count()


def confirm_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    require(request.user, Permission.CONFIRM_SELF_ASSESSMENT, assessment.round.school_id)
    check(assessment, "confirm")
    counts = progress_of(assessment.sheet).values()
    is_complete = all(settled == total for settled, total in counts)
    unsupported = list(without_evidence(assessment.sheet)) if is_complete else []
    form = WithoutEvidenceForm(typed(request), count=len(unsupported)) if unsupported else None
    return ask(
        request,
        partial(actions.confirm, assessment, by=request.user, seen=mark_sent(request)),
        form=form,
        done="ยืนยันผลการประเมินตนเองแล้ว ศึกษานิเทศก์เปิดดูผลนี้ได้แล้ว",
        template="assessments/confirm.html",
        assessment=assessment,
        unsupported=unsupported,
        sheet_id=assessment.sheet_id,
        verb="ยืนยัน",
        look_up=lambda: {
            "missing": missing_levels(assessment.sheet),
            **page_marks(request, assessment.sheet),
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


def return_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    require(request.user, Permission.RETURN_SELF_ASSESSMENT, assessment.round.school_id)
    check(assessment, "return")
    actions.check_not_judged(assessment.round)
    return ask(
        request,
        partial(actions.return_for_correction, assessment, by=request.user),
        form=ReturnForm(typed(request), round_=assessment.round),
        done="ส่งกลับให้โรงเรียนแก้ไขแล้ว",
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
