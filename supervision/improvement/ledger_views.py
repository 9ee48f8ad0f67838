"""The ledger of recommendations, and what is done about one of them after it was agreed."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere, rights_of
from schools.forms import ReasonForm, redirect_to, saved_tag, typed
from schools.sending import sent_file
from supervision.improvement import actions
from supervision.improvement.forms import LedgerFilter, ProgressForm, ProofForm
from supervision.improvement.ledger import Line, find_advice, terms_open, totals
from supervision.improvement.models import ProgressReport, Recommendation
from supervision.workflow.actions import check
from supervision.workflow.asking import ask
from supervision.workflow.queries import history_of
from supervision.workflow.refusals import refusal_shown_in

A_PAGE = 50
ADVICE = (
    *("round__school", "round__term__academic_year", "round__summary", "closed_by"),
    *("visit__leader", "indicator__standard__indicator_set", "closed_on_visit"),
)


def ledger_page(request: HttpRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today, form = timezone.localdate(), LedgerFilter(request.GET)
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    if not rights_of(request.user).allows_anywhere(Permission.VIEW_AREA):
        del form.fields["cluster"]
    found = find_advice(request.user, form, today)
    page = Paginator(found.rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "totals": totals(request.user, today),
        "page": page,
        "only_closed": found.only_closed,
        "lines": [Line(advice, today) for advice in page],
    }
    return render(request, "improvement/ledger_page.html", context)


def _advice(request: HttpRequest, pk: int) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).select_related(*ADVICE)
    return get_object_or_404(rows, pk=pk)


def recommendation_page(request: HttpRequest, pk: int) -> HttpResponse:
    advice = _advice(request, pk)
    return _page(request, advice, ProgressForm(recommendation=advice))


def _page(request: HttpRequest, advice: Recommendation, form: ProgressForm) -> HttpResponse:
    school, goes_on = advice.round.school_id, advice.is_agreed and advice.is_open
    may_report = advice.may_be_reported_on_by(request.user)
    context = {
        "advice": advice,
        "line": Line(advice, timezone.localdate()),
        "terms": terms_open(advice),
        "reports": advice.progress_reports.select_related("by"),
        "history": history_of(advice),
        "form": form if form.errors or (goes_on and may_report) else None,
        "may_close": goes_on and can(request.user, Permission.SUMMARISE, school),
    }
    return render(request, "improvement/recommendation_page.html", context)


def report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes back here after signing in again is led to the recommendation."""
    advice = _advice(request, pk)
    if not advice.may_be_reported_on_by(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("recommendation", pk=pk)
    form = ProgressForm(request.POST, request.FILES, recommendation=advice)
    if form.is_valid():
        with refusal_shown_in(form):
            actions.report_progress(advice, by=request.user, **form.cleaned_data)
            kept = saved_tag(request, f"progress-{pk}")
            messages.success(request, "บันทึกความก้าวหน้าแล้ว", extra_tags=kept)
            return redirect_to(request, "recommendation", pk)
    return _page(request, advice, form)


def not_yet(request: HttpRequest, pk: int) -> HttpResponse:
    advice = _advice(request, pk)
    require(request.user, Permission.SUMMARISE, advice.round.school_id)
    check(advice, "not_yet")
    return ask(
        request,
        partial(actions.not_yet, advice, by=request.user),
        form=ReasonForm(typed(request)),
        done="แจ้งผู้รับผิดชอบให้ดำเนินการต่อแล้ว",
        heading="ยังไม่ปิดข้อเสนอแนะ",
        effects=["ผู้รับผิดชอบจะเห็นเหตุผลนี้ ดำเนินการต่อ แล้วรายงานอีกครั้ง"],
        submit_label="แจ้งให้ดำเนินการต่อ",
        cancel_url=reverse("recommendation", args=[pk]),
    )


def close_recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    advice = _advice(request, pk)
    require(request.user, Permission.SUMMARISE, advice.round.school_id)
    actions.check_can_close(advice)
    form = ProofForm(
        typed(request),
        recommendation=advice,
        initial={"on_visit": request.GET.get("visit", "")},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            actions.close(advice, by=request.user, **form.cleaned_data)
            messages.success(request, "ปิดข้อเสนอแนะแล้ว", extra_tags=saved_tag(request))
            return redirect("recommendation", pk=pk)
    reports = advice.progress_reports.select_related("by")
    context = {"advice": advice, "form": form, "reports": reports}
    return render(request, "improvement/close.html", context)


def progress_file(request: HttpRequest, pk: int) -> FileResponse:
    reports = ProgressReport.objects.visible_to(request.user).exclude(file="")
    report = get_object_or_404(reports, pk=pk)
    return sent_file(report.file, report.file_name)
