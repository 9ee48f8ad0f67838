"""Recommendations: given in a summary's draft, reported on, returned and closed with proof."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.file_responses import file_response
from schools.core.forms import (
    PortalForm,
    ReasonForm,
    clear_draft_tag,
    form_field,
    post_data,
    redirect_after_form,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import short_date
from schools.core.uploads import SanitizedFile, sanitize_upload
from supervision.assessments.evidence import CONSENT_HELP_TEXT
from supervision.criteria.models import Indicator
from supervision.improvement import actions
from supervision.improvement.advice_help import advice_help_panel
from supervision.improvement.drive_advice import check_can_withdraw_advice, drive_advice_source
from supervision.improvement.enums import (
    Assignee,
    RecommendationAction,
    RecommendationState,
)
from supervision.improvement.ledger import LedgerEntry, terms_followed_up
from supervision.improvement.models import ProgressReport, Recommendation
from supervision.improvement.summaries import get_summary_or_404
from supervision.rounds.models import Round
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import acknowledged_visits
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

RECOMMENDATION_RELATIONS = (
    *("school__merged_into", "round__term__academic_year", "round__summary", "closed_by"),
    *("visit__leader", "indicator__standard__indicator_set", "closed_on_visit"),
    "external_assessment__academic_year",
)
MAX_DUE_AHEAD = timedelta(days=2 * 366)  # beyond it the year was mistyped


class VisitChoiceField(forms.ModelChoiceField):
    """One of a school's visits, named by its day."""

    def label_from_instance(self, visit: Visit) -> str:
        return f"รอบที่ {visit.round.number} {visit.label} วันที่ {short_date(visit.visit_on)}"


class AdviceForm(PortalForm):
    """A recommendation, who carries it out, and by when."""

    text = forms.CharField(
        label="ข้อเสนอแนะ",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "ข้อเสนอแนะยาวเกิน 2,000 ตัวอักษร โปรดแยกเป็นหลายข้อ"},
    )
    assignee = forms.ChoiceField(
        label="ผู้รับผิดชอบ",
        choices=Assignee,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "โปรดเลือกผู้รับผิดชอบจากรายการ"},
    )
    due_on = BuddhistDateField(label="กำหนดเสร็จ")

    def clean_due_on(self) -> date:
        return check_due_on(self.cleaned_data["due_on"])


def check_due_on(due_on: date) -> date:
    """The day by which something is to be done. Raises ValidationError for one that cannot be."""
    if due_on < timezone.localdate():
        raise ValidationError("กำหนดเสร็จผ่านมาแล้ว โปรดระบุวันนี้หรือวันต่อไป")
    if due_on > timezone.localdate() + MAX_DUE_AHEAD:
        raise ValidationError("กำหนดเสร็จอยู่เกิน 2 ปีข้างหน้า โปรดตรวจสอบปี พ.ศ.")
    return due_on


class RecommendationForm(AdviceForm):
    """A recommendation of a round, and the visit and indicator that it comes from."""

    visit = VisitChoiceField(
        Visit.objects.none(),
        label="มาจากการนิเทศ",
        empty_label=None,
        error_messages={"invalid_choice": "โปรดเลือกการนิเทศที่ให้ข้อเสนอแนะจากรายการ"},
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label="มาจากตัวชี้วัด (ถ้ามี)",
        required=False,
        empty_label="ไม่ระบุตัวชี้วัด",
    )

    def __init__(
        self,
        *args: Any,
        round_: Round,
        recommendation: Recommendation | None = None,
        **kwargs: Any,
    ) -> None:
        if recommendation:
            names = ("text", "assignee", "due_on", "visit", "indicator")
            kwargs["initial"] = {name: getattr(recommendation, name) for name in names}
        super().__init__(*args, **kwargs)
        self._offer_visits(acknowledged_visits(round_).select_related("round"))
        of_round = Indicator.objects.filter(standard__indicator_set__rounds=round_)
        form_field(self, "indicator", forms.ModelChoiceField).queryset = of_round

    def _offer_visits(self, visits: QuerySet[Visit]) -> None:
        """Offer the visits where there are several to choose from."""
        if len(visits) < 2:
            del self.fields["visit"]
            return
        form_field(self, "visit", VisitChoiceField).queryset = visits
        self.initial.setdefault("visit", visits.last())


class ProgressReportForm(PortalForm):
    """What was done so far about a recommendation; a photo or paper may show it."""

    text = forms.CharField(
        label="สิ่งที่ดำเนินการ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="ทำอะไรแล้ว เมื่อใด ผลเป็นอย่างไร",
        error_messages={"max_length": "ข้อความยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
    is_done = forms.BooleanField(label="ดำเนินการเสร็จแล้ว ขอให้ศึกษานิเทศก์ตรวจ", required=False)
    file = forms.FileField(
        label="ไฟล์หลักฐาน (ถ้ามี)",
        required=False,
        max_length=None,
        help_text="ภาพถ่าย PDF หรือเอกสาร 1 ไฟล์ ภาพถ่ายถูกย่อก่อนส่ง",
    )
    has_consent = forms.BooleanField(
        label=ProgressReport._meta.get_field("has_consent").verbose_name,
        required=False,
        help_text=CONSENT_HELP_TEXT,
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        """Once it is reported as done, that stands until the supervisor has looked.

        What the office owes is done for the school when it has come there.
        """
        super().__init__(*args, **kwargs)
        if recommendation.state == RecommendationState.DONE:
            del self.fields["is_done"]
        elif recommendation.is_owed_by_office:
            self.fields["is_done"].label = "โรงเรียนได้รับแล้ว ขอให้ศึกษานิเทศก์ตรวจ"

    def clean_file(self) -> SanitizedFile | None:
        upload = self.cleaned_data["file"]
        return sanitize_upload(upload) if upload else None


class RecommendationCloseForm(PortalForm):
    """What was done about a recommendation, how one can see it, and at which visit it was seen."""

    on_visit = forms.ModelChoiceField(
        Visit.objects.none(),
        label="ตรวจพบในการนิเทศ (ถ้ามี)",
        required=False,
        empty_label="ไม่ได้ตรวจในการนิเทศ",
    )
    proof = forms.CharField(
        label="หลักฐานการดำเนินการ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="ทำอะไรไปแล้ว ดูได้จากที่ใด เช่น แผนนิเทศภายใน ภาพกิจกรรม รายงานการประชุม",
        error_messages={
            "required": "โปรดระบุหลักฐานการดำเนินการก่อนปิดข้อเสนอแนะ",
            "max_length": "หลักฐานยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        """Any visit of the school since the advice was given may have seen the proof."""
        super().__init__(*args, **kwargs)
        visits = Visit.objects.not_cancelled().exclude(state=VisitState.PLANNED)
        field = form_field(self, "on_visit", forms.ModelChoiceField)
        field.queryset = visits.filter(
            round__school__in=(recommendation.school, recommendation.following_school),
            visit_on__gte=recommendation.followed_up_since,
        ).select_related("round__school", "round__term__academic_year")


def _get_recommendation(
    request: SignedInRequest, pk: int, permission: Permission | None = None
) -> Recommendation:
    """The recommendation, if the person sees it and, where one is named, has the permission."""
    rows = Recommendation.objects.visible_to(request.user).select_related(*RECOMMENDATION_RELATIONS)
    recommendation = get_object_or_404(rows, pk=pk)
    if permission:
        require(request.user, permission, recommendation.following_school.pk)
    return recommendation


def recommendation_add(request: SignedInRequest, pk: int) -> HttpResponse:
    summary = get_summary_or_404(request, pk, Permission.SUMMARISE)
    actions.check_summary_is_draft(summary)
    form = RecommendationForm(post_data(request), round_=summary.round)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.create_recommendation(summary, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "เพิ่มข้อเสนอแนะแล้ว", summary)
    context = {"summary": summary, "form": form, "heading": "เพิ่มข้อเสนอแนะ", "history": []}
    return render(request, "improvement/recommendation_form.html", context)


def recommendation_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = _get_recommendation(request, pk, Permission.SUMMARISE)
    actions.check_is_of_round(recommendation)
    summary = recommendation.given_in.summary
    actions.check_summary_is_draft(summary)
    actions.check_can_update_recommendation(recommendation)
    form = RecommendationForm(
        post_data(request), round_=summary.round, recommendation=recommendation
    )
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.update_recommendation(recommendation, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "แก้ไขข้อเสนอแนะแล้ว", summary)
    context = {"summary": summary, "form": form, "heading": "แก้ไขข้อเสนอแนะ"}
    context["history"] = workflow_history(recommendation)
    return render(request, "improvement/recommendation_form.html", context)


def recommendation_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = _get_recommendation(request, pk, Permission.SUMMARISE)
    if recommendation.round:
        actions.check_summary_is_draft(recommendation.round.summary)
    check_can_withdraw_advice(recommendation)
    ensure_allowed(recommendation, RecommendationAction.WITHDRAW)
    page = recommendation.round.summary if recommendation.round else recommendation
    return confirm_action(
        request,
        partial(actions.withdraw_recommendation, recommendation, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ถอนข้อเสนอแนะแล้ว",
        heading="ถอนข้อเสนอแนะ",
        effects=[
            f"ถอนข้อเสนอแนะ “{recommendation}” ไม่นับ ไม่ติดตาม และไม่อยู่ในรายงาน",
            "ข้อความเดิมและเหตุผลของคุณเก็บไว้ในประวัติ โรงเรียนอ่านได้",
        ],
        danger=True,
        submit_label="ถอนข้อเสนอแนะ",
        cancel_url=page.get_absolute_url(),
    )


def recommendation_page(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = _get_recommendation(request, pk)
    return _page(request, recommendation, ProgressReportForm(recommendation=recommendation))


def _page(
    request: SignedInRequest, recommendation: Recommendation, form: ProgressReportForm
) -> HttpResponse:
    goes_on = recommendation.is_agreed and recommendation.is_open
    may_report = recommendation.may_be_reported_on_by(request.user)
    summarises = can(request.user, Permission.SUMMARISE, recommendation.following_school.pk)
    source = drive_advice_source(recommendation)
    may_withdraw = recommendation.round is None and not (source and source.binding)
    context = {
        "recommendation": recommendation,
        "line": LedgerEntry(recommendation, timezone.localdate()),
        "terms": terms_followed_up(recommendation),
        "reports": recommendation.progress_reports.select_related("by"),
        "help": advice_help_panel(recommendation, request.user),
        "history": workflow_history(recommendation),
        "form": form if form.errors or (goes_on and may_report) else None,
        "may_close": goes_on and summarises,
        "may_withdraw": goes_on and summarises and may_withdraw,
        "drive_source": source,
    }
    return render(request, "improvement/recommendation_page.html", context)


def recommendation_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save a report; a GET, as after signing in again, leads to the recommendation."""
    recommendation = _get_recommendation(request, pk)
    if not recommendation.may_be_reported_on_by(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("recommendation", pk=pk)
    form = ProgressReportForm(request.POST, request.FILES, recommendation=recommendation)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.report_progress(recommendation, by=request.user, **form.cleaned_data)
            kept = clear_draft_tag(request, f"progress-{pk}")
            messages.success(request, "บันทึกความก้าวหน้าแล้ว", extra_tags=kept)
            return redirect_after_form(request, "recommendation", pk)
    return _page(request, recommendation, form)


def recommendation_return(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = _get_recommendation(request, pk, Permission.SUMMARISE)
    ensure_allowed(recommendation, RecommendationAction.RETURN)
    return confirm_action(
        request,
        partial(actions.return_recommendation_for_correction, recommendation, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="แจ้งผู้รับผิดชอบให้ดำเนินการต่อแล้ว",
        heading="ยังไม่ปิดข้อเสนอแนะ",
        effects=["ผู้รับผิดชอบจะเห็นเหตุผลนี้ ดำเนินการต่อ แล้วรายงานอีกครั้ง"],
        submit_label="แจ้งให้ดำเนินการต่อ",
        cancel_url=reverse("recommendation", args=[pk]),
    )


def recommendation_close(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = _get_recommendation(request, pk, Permission.SUMMARISE)
    actions.check_can_close_recommendation(recommendation)
    form = RecommendationCloseForm(
        post_data(request),
        recommendation=recommendation,
        initial={"on_visit": request.GET.get("visit", "")},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.close_recommendation(recommendation, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "ปิดข้อเสนอแนะแล้ว", "recommendation", pk)
    reports = recommendation.progress_reports.select_related("by")
    context = {"recommendation": recommendation, "form": form, "reports": reports}
    return render(request, "improvement/recommendation_close.html", context)


def progress_file(request: SignedInRequest, pk: int) -> FileResponse:
    reports = ProgressReport.objects.visible_to(request.user).exclude(file="")
    report = get_object_or_404(reports, pk=pk)
    return file_response(report.file, report.file_name)
