"""The pages of external assessments: of one school, and of all schools whose profile one reads."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.file_responses import file_response
from schools.core.forms import (
    ReasonForm,
    clear_draft_tag,
    lock_rows_on_post,
    post_data,
    redirect_after_form,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import ClusterMembership, School
from schools.registry.school_lists import ClusterFilterForm
from supervision.profiles.external import actions
from supervision.profiles.external.advice_source import external_advice_panel
from supervision.profiles.external.enums import ExternalAssessmentAction
from supervision.profiles.external.forms import ExternalAssessmentForm
from supervision.profiles.models import ExternalAssessment
from supervision.profiles.querysets import schools_with_profile
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PAGE_SIZE = 50


class AssessmentFilterForm(ClusterFilterForm):
    """Which external assessments a list shows."""

    words = forms.CharField(
        label="ค้นหา",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    field_order: Sequence[str] = ("cluster", "words")


def external_assessment_list(request: SignedInRequest) -> HttpResponse:
    """External assessments of all schools whose profile the person may read, newest first."""
    require(request.user, Permission.VIEW_AREA)
    require_anywhere(request.user, Permission.VIEW_PROFILE)
    memberships = ClusterMembership.objects.in_force(timezone.localdate())
    clusters = dict(
        memberships.order_by("cluster__sort_key").values_list("cluster", "cluster__name")
    )
    form = AssessmentFilterForm(request.GET, clusters=clusters)
    form.is_valid()
    readable = ExternalAssessment.objects.visible_to(request.user).recorded()
    rows = _filtered(readable, form.cleaned_data).select_related("school", "academic_year")
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": any(form.cleaned_data.values()),
    }
    return render(request, "profiles/external/list.html", context)


def _filtered(
    rows: QuerySet[ExternalAssessment], asked: dict[str, Any]
) -> QuerySet[ExternalAssessment]:
    if cluster := asked.get("cluster"):
        members = ClusterMembership.objects.schools_of(cluster, timezone.localdate())
        rows = rows.filter(school__in=members)
    if words := asked.get("words", "").strip():
        names = Q(school__name__icontains=words) | Q(agency__icontains=words)
        rows = rows.filter(names | Q(round_name__icontains=words))
    return rows


def school_external_assessments(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that is recorded of one school, and of those merged into it."""
    school = _school(request, pk)
    rows = ExternalAssessment.objects.of_profile(school).select_related("school", "academic_year")
    context = {
        "school": school,
        "rows": rows.prefetch_related("results"),
        "may_record": can(request.user, Permission.EDIT_PROFILE, school.pk),
    }
    return render(request, "profiles/external/school.html", context)


def external_assessment(request: SignedInRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """One assessment: its results, its file, and what is followed up of it."""
    assessment = _assessment(request, pk, assessment_pk)
    may_edit = can(request.user, Permission.EDIT_PROFILE, assessment.school_id)
    context = {
        "assessment": assessment,
        "school": assessment.school,
        "results": assessment.results.all(),
        "advice": external_advice_panel(assessment, request.user),
        "may_edit": may_edit and not assessment.is_withdrawn,
        "history": workflow_history(assessment),
    }
    return render(request, "profiles/external/assessment.html", context)


def external_assessment_add(request: SignedInRequest, pk: int) -> HttpResponse:
    school = _school(request, pk)
    require(request.user, Permission.EDIT_PROFILE, school.pk)
    form = ExternalAssessmentForm(post_data(request), request.FILES or None)
    if form.is_valid():
        with refusal_as_form_error(form):
            assessment = actions.record_external_assessment(
                school, by=request.user, content=form.content()
            )
            return _saved(request, "บันทึกการประเมินภายนอกแล้ว", assessment)
    context = {"school": school, "assessment": None, "form": form}
    return render(request, "profiles/external/form.html", context)


@transaction.atomic
def external_assessment_edit(request: SignedInRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """Put an assessment right, with the reason."""
    lock_rows_on_post(request, ExternalAssessment.objects.filter(pk=assessment_pk)).first()
    assessment = _assessment(request, pk, assessment_pk)
    require(request.user, Permission.EDIT_PROFILE, assessment.school_id)
    ensure_allowed(assessment, ExternalAssessmentAction.CORRECT)
    form = ExternalAssessmentForm(post_data(request), request.FILES or None, instance=assessment)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.correct_external_assessment(
                assessment,
                by=request.user,
                reason=form.cleaned_data["reason"],
                content=form.content(),
            )
            return _saved(request, "แก้ไขการประเมินภายนอกแล้ว", assessment)
    context = {"school": assessment.school, "assessment": assessment, "form": form}
    return render(request, "profiles/external/form.html", context)


def _saved(request: SignedInRequest, message: str, assessment: ExternalAssessment) -> HttpResponse:
    messages.success(request, message, extra_tags=clear_draft_tag(request))
    return redirect_after_form(request, assessment)


def external_assessment_withdraw(
    request: SignedInRequest, pk: int, assessment_pk: int
) -> HttpResponse:
    assessment = _assessment(request, pk, assessment_pk)
    require(request.user, Permission.EDIT_PROFILE, assessment.school_id)
    ensure_allowed(assessment, ExternalAssessmentAction.WITHDRAW)
    return confirm_action(
        request,
        partial(actions.withdraw_external_assessment, assessment, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ถอนการประเมินภายนอกแล้ว",
        heading=f"ถอน{assessment.title} ของ{assessment.school.name}",
        effects=[
            "ไม่แสดงในข้อมูลโรงเรียนอีก รายการ เหตุผล และผู้ถอนยังอยู่ในหน้านี้",
            "ถอนได้เมื่อไม่มีข้อเสนอแนะของการประเมินนี้ในทะเบียนแล้ว",
        ],
        submit_label="ถอนรายการ",
        cancel_url=assessment.get_absolute_url(),
        danger=True,
    )


def external_assessment_file(request: SignedInRequest, pk: int, assessment_pk: int) -> FileResponse:
    assessment = _assessment(request, pk, assessment_pk)
    if not assessment.file:
        raise Http404
    return file_response(assessment.file, assessment.file_name)


def _school(request: SignedInRequest, pk: int) -> School:
    return get_object_or_404(schools_with_profile(request.user), pk=pk)


def _assessment(request: SignedInRequest, pk: int, assessment_pk: int) -> ExternalAssessment:
    rows = ExternalAssessment.objects.visible_to(request.user)
    related = ("school__merged_into", "academic_year", "recorded_by")
    return get_object_or_404(rows.select_related(*related), pk=assessment_pk, school=pk)
