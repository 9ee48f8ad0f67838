"""What schools reported as wrong, for who keeps the data: put right, or kept with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.forms import PortalForm, post_data
from schools.core.http import SignedInRequest
from supervision.profiles.confirmation import actions
from supervision.profiles.confirmation.enums import DataKind, IssueAction, IssueState
from supervision.profiles.confirmation.forms import IssueCorrectedForm, IssueKeptForm
from supervision.profiles.confirmation.issues import keeps_data_of, may_answer_issue
from supervision.profiles.confirmation.school_data import edit_url
from supervision.profiles.models import DataIssue
from supervision.profiles.querysets import ProfileQuerySet
from supervision.workflow.actions import ensure_allowed

ISSUES_PER_PAGE = 30


class IssueFilterForm(PortalForm):
    """Which of them: in which state, of which kind, of which school."""

    state = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[("", "รอแก้ไข"), *IssueState.choices[1:], ("all", "ทั้งหมด")],
    )
    kind = forms.ChoiceField(
        label="ข้อมูล", required=False, choices=[("", "ทุกชนิด"), *DataKind.choices]
    )
    q = forms.CharField(
        label="โรงเรียน",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


@dataclass(frozen=True)
class IssueRow:
    """One of them, and whether this person is to answer it."""

    issue: DataIssue
    may_answer: bool


def data_issues(request: SignedInRequest) -> HttpResponse:
    """All that the person may read of, those that wait first."""
    require_anywhere(request.user, Permission.VIEW_PROFILE)
    form = IssueFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = _filtered(DataIssue.objects.visible_to(request.user), chosen)
    rows = rows.select_related("school", "reported_by", "answered_by")
    page = Paginator(rows, ISSUES_PER_PAGE).get_page(request.GET.get("page"))
    rows_of_page = [IssueRow(issue, may_answer_issue(request.user, issue)) for issue in page]
    context = {"page": page, "rows": rows_of_page, "form": form}
    return render(request, "profiles/confirmation/issues.html", context)


def _filtered(rows: ProfileQuerySet, chosen: Mapping[str, Any]) -> ProfileQuerySet:
    state = chosen.get("state") or IssueState.OPEN
    found = rows if state == "all" else rows.filter(state=state)
    if chosen.get("kind"):
        found = found.filter(data_kind=chosen["kind"])
    if chosen.get("q"):
        found = found.filter(school__name__icontains=chosen["q"])
    return found.order_by("-reported_at", "-pk")


def data_issue_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """The data were put right; before that the page leads to where that is done."""
    issue = _issue(request, pk)
    ensure_allowed(issue, IssueAction.CORRECT)
    return confirm_action(
        request,
        partial(actions.close_data_issue_as_corrected, issue, by=request.user),
        form=IssueCorrectedForm(post_data(request)),
        success_message="แจ้งโรงเรียนว่าแก้ไขแล้ว",
        template="profiles/confirmation/issue_answer.html",
        issue=issue,
        edit_url=edit_url(DataKind(issue.data_kind), request.user, issue.school_id),
        heading=f"แก้ไขข้อมูลแล้ว {issue.school.short_name}",
        submit_label="แจ้งว่าแก้ไขแล้ว",
        cancel_url=reverse("data_issues"),
    )


def data_issue_keep(request: SignedInRequest, pk: int) -> HttpResponse:
    """The data stay as they are; the school reads why."""
    issue = _issue(request, pk)
    ensure_allowed(issue, IssueAction.KEEP)
    return confirm_action(
        request,
        partial(actions.keep_reported_data, issue, by=request.user),
        form=IssueKeptForm(post_data(request)),
        success_message="แจ้งโรงเรียนพร้อมเหตุผลแล้ว",
        template="profiles/confirmation/issue_answer.html",
        issue=issue,
        edit_url="",
        heading=f"คงข้อมูลเดิม {issue.school.short_name}",
        submit_label="คงข้อมูลเดิม",
        cancel_url=reverse("data_issues"),
    )


def _issue(request: SignedInRequest, pk: int) -> DataIssue:
    issues = DataIssue.objects.visible_to(request.user)
    issue = get_object_or_404(issues.select_related("school", "reported_by", "answered_by"), pk=pk)
    if not keeps_data_of(request.user, issue):
        raise PermissionDenied
    return issue
