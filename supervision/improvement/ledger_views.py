"""The ledger of recommendations, and what is done about one of them after it was agreed."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere, rights_of
from schools.core.confirmation import confirm_action
from schools.core.file_responses import file_response
from schools.core.forms import ReasonForm, clear_draft_tag, post_data, redirect_after_form
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.improvement import actions
from supervision.improvement.enums import RecommendationAction
from supervision.improvement.forms import LedgerFilter, ProgressReportForm, RecommendationCloseForm
from supervision.improvement.ledger import (
    LedgerEntry,
    ledger_totals,
    search_ledger,
    terms_followed_up,
)
from supervision.improvement.models import ProgressReport, Recommendation
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PAGE_SIZE = 50
RECOMMENDATION_RELATIONS = (
    *("round__school", "round__term__academic_year", "round__summary", "closed_by"),
    *("visit__leader", "indicator__standard__indicator_set", "closed_on_visit"),
)


def ledger_page(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today, form = timezone.localdate(), LedgerFilter(request.GET)
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    if not rights_of(request.user).allows_anywhere(Permission.VIEW_AREA):
        del form.fields["cluster"]
    found = search_ledger(request.user, form, today)
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "totals": ledger_totals(request.user, today),
        "page": page,
        "only_closed": found.only_closed,
        "lines": [LedgerEntry(recommendation, today) for recommendation in page],
    }
    return render(request, "improvement/ledger_page.html", context)


def _get_recommendation(request: SignedInRequest, pk: int) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).select_related(*RECOMMENDATION_RELATIONS)
    return get_object_or_404(rows, pk=pk)


def recommendation_page(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = _get_recommendation(request, pk)
    return _page(request, recommendation, ProgressReportForm(recommendation=recommendation))


def _page(
    request: SignedInRequest, recommendation: Recommendation, form: ProgressReportForm
) -> HttpResponse:
    school, goes_on = (
        recommendation.round.school_id,
        recommendation.is_agreed and recommendation.is_open,
    )
    may_report = recommendation.may_be_reported_on_by(request.user)
    context = {
        "recommendation": recommendation,
        "line": LedgerEntry(recommendation, timezone.localdate()),
        "terms": terms_followed_up(recommendation),
        "reports": recommendation.progress_reports.select_related("by"),
        "history": workflow_history(recommendation),
        "form": form if form.errors or (goes_on and may_report) else None,
        "may_close": goes_on and can(request.user, Permission.SUMMARISE, school),
    }
    return render(request, "improvement/recommendation_page.html", context)


def recommendation_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who comes back here after signing in again is led to the recommendation."""
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
    recommendation = _get_recommendation(request, pk)
    require(request.user, Permission.SUMMARISE, recommendation.round.school_id)
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
    recommendation = _get_recommendation(request, pk)
    require(request.user, Permission.SUMMARISE, recommendation.round.school_id)
    actions.check_can_close_recommendation(recommendation)
    form = RecommendationCloseForm(
        post_data(request),
        recommendation=recommendation,
        initial={"on_visit": request.GET.get("visit", "")},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.close_recommendation(recommendation, by=request.user, **form.cleaned_data)
            messages.success(request, "ปิดข้อเสนอแนะแล้ว", extra_tags=clear_draft_tag(request))
            return redirect("recommendation", pk=pk)
    reports = recommendation.progress_reports.select_related("by")
    context = {"recommendation": recommendation, "form": form, "reports": reports}
    return render(request, "improvement/recommendation_close.html", context)


def progress_file(request: SignedInRequest, pk: int) -> FileResponse:
    reports = ProgressReport.objects.visible_to(request.user).exclude(file="")
    report = get_object_or_404(reports, pk=pk)
    return file_response(report.file, report.file_name)
