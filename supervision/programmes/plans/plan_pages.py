"""The pages of a year's plan: all plans, one plan, its texts, what it rests on, its approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require, require_anywhere, rights_of
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistYearField
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    ReasonForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.status import StatusKind
from schools.core.thai import fiscal_year
from schools.models import Term
from supervision.programmes.models import Activity, PlanSource, SupervisionPlan
from supervision.programmes.plans import plan_actions as actions
from supervision.programmes.plans.activity_list import (
    ActivityLine,
    ActivityTotals,
    activity_lines,
    activity_totals,
    with_activity_columns,
)
from supervision.programmes.plans.enums import PlanAction, PlanState
from supervision.programmes.plans.sources import source_groups
from supervision.standards.models import Work, WorkGroup
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PLAN_PILLS = {
    PlanState.DRAFT: StatusKind.WAITING,
    PlanState.PROPOSED: StatusKind.YOURS,
    PlanState.APPROVED: StatusKind.DONE,
}
MAX_TEXT = 6000


def _long_text(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea,
        help_text=help_text,
    )


class PlanForm(PortalForm):
    """The texts of a plan."""

    analysis = _long_text(
        "ผลการวิเคราะห์ภาระงาน นโยบาย และข้อมูลสารสนเทศ",
        "ขั้นที่ 1 และ 2 ของกระบวนงาน P1 เช่น นโยบายของปีนี้ ภาระงานของกลุ่ม สิ่งที่พบจากความต้องการและผลการนิเทศ",
    )
    aims = _long_text("เป้าหมายของแผน", "สิ่งที่ต้องการให้เกิดขึ้นเมื่อสิ้นปีงบประมาณ จำเป็นก่อนเสนอขออนุมัติ")


class NewPlanForm(PlanForm):
    """The plan of a year that has none."""

    fiscal_year = BuddhistYearField(
        label="ปีงบประมาณ", widget=forms.TextInput(attrs={"class": "short"})
    )
    field_order = ("fiscal_year", "analysis", "aims")


class PlanTextsForm(ConflictCheckedForm, PlanForm):
    """The texts of a plan, which several people may change; once it is approved, with a reason."""

    reason = forms.CharField(
        label="เหตุผลที่แก้ไขแผนที่อนุมัติแล้ว",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผล เพราะแผนได้รับอนุมัติแล้ว"},
    )

    class Meta:
        model = SupervisionPlan
        fields = ("analysis", "aims")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_approved:
            del self.fields["reason"]


class PlanSourceForm(PortalForm):
    """Information that the portal does not have: a policy, a work, a finding of others."""

    text = forms.CharField(label="ข้อมูล", max_length=500)
    detail = forms.CharField(label="รายละเอียดหรือที่มา (ถ้ามี)", max_length=300, required=False)


@dataclass(frozen=True)
class WorkActivities:
    """The activities of a plan under one work of the manual, or a group without works."""

    work: Work | WorkGroup
    lines: Sequence[ActivityLine]


def _get_plan(request: SignedInRequest, pk: int, *needed: Permission) -> SupervisionPlan:
    """The plan, if the person sees it and has the permissions."""
    plans = SupervisionPlan.objects.visible_to(request.user).select_related("approved_by")
    plan = get_object_or_404(plans, pk=pk)
    for permission in needed:
        require(request.user, permission)
    return plan


def terms_in_fiscal_year(plan: SupervisionPlan) -> list[Term]:
    """The academic terms of which some days fall into the plan's fiscal year, in their order."""
    terms = Term.objects.between(*plan.days)
    return list(terms.select_related("academic_year").order_by("opens_on"))


def activities_by_work(lines: Sequence[ActivityLine]) -> list[WorkActivities]:
    """In the order of the manual's numbers."""
    ordered = sorted(lines, key=lambda line: line.activity.subject.code)
    grouped = groupby(ordered, key=lambda line: line.activity.subject)
    return [WorkActivities(work, list(of_work)) for work, of_work in grouped]


def year_plans(request: SignedInRequest) -> HttpResponse:
    """The first page of the year's work: plans to the office, ways on to all."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    plans = SupervisionPlan.objects.visible_to(request.user)
    context = {
        "plans": [(plan, PLAN_PILLS[PlanState(plan.state)]) for plan in plans],
        "may_draft": can(request.user, Permission.MANAGE_PLAN),
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "programmes/plans.html", context)


def year_plan_new(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_PLAN)
    year = fiscal_year(timezone.localdate())
    form = NewPlanForm(post_data(request), initial={"fiscal_year": year})
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            plan = actions.draft_plan(by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "เริ่มร่างแผนแล้ว", plan)
    return render(request, "programmes/plan_form.html", {"form": form, "plan": None})


def year_plan_page(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _get_plan(request, pk)
    rights = rights_of(request.user)
    today = timezone.localdate()
    activities = with_activity_columns(plan.activities.all())
    may_write = plan.state != PlanState.PROPOSED
    totals: ActivityTotals = activity_totals(activities)
    context = {
        "plan": plan,
        "pill": PLAN_PILLS[PlanState(plan.state)],
        "terms": terms_in_fiscal_year(plan),
        "sources": plan.sources.all(),
        "works": activities_by_work(activity_lines(list(activities), today)),
        "totals": totals,
        "may_plan": may_write and rights.allows(Permission.EDIT_PROGRAMMES),
        "may_manage": may_write and rights.allows(Permission.MANAGE_PLAN),
        "may_approve": plan.state == PlanState.PROPOSED and rights.allows(Permission.APPROVE_PLAN),
        "missing": actions.missing_in_plan(plan) if plan.state == PlanState.DRAFT else [],
        "history": workflow_history(plan),
    }
    return render(request, "programmes/plan.html", context)


@transaction.atomic
def year_plan_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    _get_plan(request, pk, Permission.MANAGE_PLAN)
    plan = get_object_or_404(lock_rows_on_post(request, SupervisionPlan.objects), pk=pk)
    actions.check_plan_is_not_proposed(plan)
    form = PlanTextsForm(post_data(request), instance=plan)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.update_plan_texts(plan, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "แก้ไขข้อความของแผนแล้ว", plan)
    return render(request, "programmes/plan_form.html", {"form": form, "plan": plan})


# --- What the plan rests on ---


def year_plan_sources(request: SignedInRequest, pk: int) -> HttpResponse:
    """Needs, results and advice of today, to be ticked; what was ticked before is there."""
    plan = _get_plan(request, pk, Permission.EDIT_PROGRAMMES)
    actions.check_plan_is_not_proposed(plan)
    if request.method != "POST":
        return _sources_page(request, plan, PlanSourceForm())
    groups = source_groups(request.user, timezone.localdate())
    ticked = set(request.POST.getlist("source"))
    chosen = [one for group in groups for one in group.candidates if one.key in ticked]
    count = actions.record_plan_sources(plan, chosen, by=request.user)
    done = f"บันทึกข้อมูลที่ใช้วางแผนเพิ่ม {count} รายการ" if count else "ไม่มีข้อมูลที่เลือกเพิ่ม"
    return redirect_with_message(request, done, "year_plan_sources", pk)


def _sources_page(
    request: SignedInRequest, plan: SupervisionPlan, form: PlanSourceForm
) -> HttpResponse:
    begun = Activity.objects.filter(source=OuterRef("pk"))
    sources = list(plan.sources.annotate(has_activities=Exists(begun)))
    context = {
        "plan": plan,
        "groups": source_groups(request.user, timezone.localdate()),
        "sources": sources,
        "recorded": {f"{source.kind}:{source.text}" for source in sources},
        "form": form,
    }
    return render(request, "programmes/plan_sources.html", context)


def year_plan_source_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down information of one's own; a GET leads to the page of sources."""
    plan = _get_plan(request, pk, Permission.EDIT_PROGRAMMES)
    actions.check_plan_is_not_proposed(plan)
    if request.method != "POST":
        return redirect("year_plan_sources", pk)
    form = PlanSourceForm(request.POST)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.add_plan_source(plan, by=request.user, **form.cleaned_data)
            done = "เพิ่มข้อมูลที่ใช้วางแผนแล้ว"
            draft = f"plan-source-{pk}"
            return redirect_with_message(request, done, "year_plan_sources", pk, draft=draft)
    return _sources_page(request, plan, form)


@require_POST
def year_plan_source_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    plans = SupervisionPlan.objects.visible_to(request.user)
    source = get_object_or_404(PlanSource.objects.filter(plan__in=plans), pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    actions.delete_plan_source(source)
    messages.success(request, "นำข้อมูลออกจากแผนแล้ว")
    return redirect("year_plan_sources", source.plan_id)


# --- Approval ---


def year_plan_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _get_plan(request, pk, Permission.MANAGE_PLAN)
    ensure_allowed(plan, PlanAction.PROPOSE)
    actions.check_plan_is_complete(plan)
    return confirm_action(
        request,
        partial(actions.propose_plan, plan, by=request.user),
        success_message="เสนอแผนต่อ ผอ.สพป. แล้ว",
        heading=f"เสนอขออนุมัติ{plan}",
        effects=["ผอ.สพป. เห็นแผนในงานที่รอ", "ระหว่างรออนุมัติ แก้ไขแผนและกิจกรรมไม่ได้"],
        submit_label="เสนอขออนุมัติ",
        cancel_url=plan.get_absolute_url(),
    )


def year_plan_return(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _get_plan(request, pk, Permission.APPROVE_PLAN)
    ensure_allowed(plan, PlanAction.RETURN)
    return confirm_action(
        request,
        partial(actions.return_plan_for_correction, plan, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ส่งแผนกลับให้แก้ไขแล้ว",
        heading=f"ส่งกลับให้แก้ไข {plan}",
        effects=["แผนกลับเป็นร่าง กลุ่มนิเทศฯ เห็นเหตุผลนี้และแก้ไขได้"],
        submit_label="ส่งกลับให้แก้ไข",
        cancel_url=plan.get_absolute_url(),
    )


def year_plan_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _get_plan(request, pk, Permission.APPROVE_PLAN)
    ensure_allowed(plan, PlanAction.APPROVE)
    return confirm_action(
        request,
        partial(actions.approve_plan, plan, by=request.user),
        success_message="อนุมัติแผนแล้ว",
        heading=f"อนุมัติ{plan}",
        effects=[
            "กิจกรรมในแผนเริ่มดำเนินการได้ และโรงเรียนเป้าหมายเห็นกิจกรรมของตน",
            "การเปลี่ยนแปลงหลังจากนี้ต้องระบุเหตุผล และเก็บไว้ในประวัติ",
        ],
        submit_label="อนุมัติแผน",
        cancel_url=plan.get_absolute_url(),
    )
