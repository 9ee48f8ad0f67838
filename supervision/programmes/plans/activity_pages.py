"""The pages of one activity: planned, changed, begun, noted, finished, called off, its files."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.file_responses import file_response
from schools.core.forms import (
    ReasonForm,
    clear_draft_tag,
    post_data,
    redirect_after_form,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.profiles.models import ProjectKind
from supervision.programmes.file_form import ProgrammeFileForm
from supervision.programmes.models import (
    Activity,
    ActivityEvidence,
    ActivityProgress,
    PlanSource,
    SupervisionPlan,
)
from supervision.programmes.plans import activity_actions as actions
from supervision.programmes.plans.activity_forms import (
    ActivityForm,
)
from supervision.programmes.plans.activity_list import (
    ActivityLine,
    ListedActivity,
    with_activity_columns,
)
from supervision.programmes.plans.activity_result_forms import (
    ActivityCorrectionForm,
    ActivityProgressForm,
    ActivityResultForm,
)
from supervision.programmes.plans.enums import ActivityAction, ActivityState
from supervision.programmes.plans.plan_actions import (
    check_plan_is_approved,
    check_plan_is_not_proposed,
)
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

# The manual's forms of P1 that are of one activity; 7.4 sums up a year.
ACTIVITY_FORM_CODES = ("7.1", "7.2", "7.3")


def _get_activity(request: SignedInRequest, pk: int) -> ListedActivity:
    rows = with_activity_columns(Activity.objects.visible_to(request.user))
    return get_object_or_404(
        rows.select_related("duty__officer__order", "learning_area", "source"), pk=pk
    )


def _get_own_activity(request: SignedInRequest, pk: int) -> ListedActivity:
    """The activity, for who may edit it."""
    activity = _get_activity(request, pk)
    if not activity.may_be_edited_by(request.user):
        raise PermissionDenied
    return activity


def activity_page(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = _get_activity(request, pk)
    return _page(request, activity, ProgrammeFileForm())


def _page(
    request: SignedInRequest, activity: ListedActivity, form: ProgrammeFileForm
) -> HttpResponse:
    user, sees_area = request.user, can(request.user, Permission.VIEW_AREA)
    may_record = activity.may_be_recorded_by(user)
    takes_files = may_record and activity.state != ActivityState.CANCELLED
    context = {
        "activity": activity,
        "line": ActivityLine(activity, timezone.localdate()),
        "indicators": activity.indicators.all(),
        "progress": _notes(activity) if sees_area else [],
        "evidence": activity.evidence.select_related("by") if sees_area else [],
        "schools": activity.target_schools.order_by("sort_key") if sees_area else [],
        "team": activity.team.order_by("sort_key") if sees_area else [],
        "form": form if takes_files else None,
        "sees_area": sees_area,
        "may_edit": activity.may_be_edited_by(user),
        "may_record": may_record,
        "form_codes": ACTIVITY_FORM_CODES,
        "history": workflow_history(activity) if sees_area else [],
    }
    return render(request, "programmes/activity.html", context)


def _notes(activity: Activity) -> QuerySet[ActivityProgress]:
    """Newest first; they are the office's working notes, and may name other schools."""
    return activity.progress.select_related("by").order_by("-noted_on", "-pk")


# --- Planning ---


def activity_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new activity of a plan; `?source=` begins it from a piece of the plan's information."""
    plan = get_object_or_404(SupervisionPlan.objects.visible_to(request.user), pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    check_plan_is_not_proposed(plan)
    source = _chosen_source(request, plan)
    form = ActivityForm(
        post_data(request),
        plan=plan,
        person=request.user,
        today=timezone.localdate(),
        initial={"objective": f"เพื่อแก้ไขหรือพัฒนา: {source}"} if source else {},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            activity = actions.plan_activity(
                plan,
                form.facts(owner=request.user),
                by=request.user,
                source=source,
                reason=form.cleaned_data.get("reason", ""),
            )
            return redirect_with_message(request, "เพิ่มกิจกรรมในแผนแล้ว", activity)
    return _form_page(request, plan, form, source=source)


def _chosen_source(request: SignedInRequest, plan: SupervisionPlan) -> PlanSource | None:
    asked = request.GET.get("source", "")
    is_key = asked.isdecimal() and len(asked) < 10
    return plan.sources.filter(pk=asked).first() if is_key else None


def _form_page(
    request: SignedInRequest,
    plan: SupervisionPlan,
    form: ActivityForm,
    *,
    activity: Activity | None = None,
    source: PlanSource | None = None,
) -> HttpResponse:
    context = {
        "plan": plan,
        "activity": activity,
        "source": source,
        "form": form,
        "projects": ProjectKind.objects.filter(is_active=True),
    }
    return render(request, "programmes/activity_form.html", context)


def activity_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = _get_own_activity(request, pk)
    ensure_allowed(activity, actions.update_action(activity))
    check_plan_is_not_proposed(activity.plan)
    if request.method == "POST":
        return _save_activity(request, activity)
    prefetch_related_objects([activity], "target_schools", "team")
    return _form_page(request, activity.plan, _edit_form(request, activity), activity=activity)


def _edit_form(request: SignedInRequest, activity: Activity) -> ActivityForm:
    return ActivityForm(
        post_data(request),
        instance=activity,
        plan=activity.plan,
        person=request.user,
        today=timezone.localdate(),
    )


@transaction.atomic
def _save_activity(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """The row stays locked from the look at what others saved until the save itself."""
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    owner = locked.owner
    form = _edit_form(request, locked)
    if form.is_valid():
        with refusal_as_form_error(form):
            changed = actions.update_activity(
                locked,
                form.facts(owner=owner),
                by=request.user,
                reason=form.cleaned_data.get("reason", ""),
            )
            done = "แก้ไขกิจกรรมแล้ว" if changed else "กิจกรรมคงเดิม ไม่มีสิ่งใดเปลี่ยน"
            return redirect_with_message(request, done, activity)
    return _form_page(request, activity.plan, form, activity=activity)


# --- While it goes on ---


@require_POST
def activity_begin(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = _get_own_activity(request, pk)
    actions.begin_activity(activity, by=request.user)
    messages.success(request, "เริ่มดำเนินการกิจกรรมแล้ว")
    return redirect(activity)


def activity_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = _get_activity(request, pk)
    if not activity.may_be_recorded_by(request.user):
        raise PermissionDenied
    ensure_allowed(activity, ActivityAction.RECORD)
    check_plan_is_approved(activity.plan)
    today = timezone.localdate()
    return confirm_action(
        request,
        partial(actions.record_activity_progress, activity, by=request.user),
        form=ActivityProgressForm(post_data(request), initial={"noted_on": today}),
        success_message="บันทึกความก้าวหน้าแล้ว",
        heading=f"บันทึกความก้าวหน้า {activity}",
        submit_label="บันทึกความก้าวหน้า",
        cancel_url=activity.get_absolute_url(),
    )


def activity_finish(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = _get_own_activity(request, pk)
    ensure_allowed(activity, ActivityAction.FINISH)
    check_plan_is_approved(activity.plan)
    form = ActivityResultForm(post_data(request), activity=activity)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.finish_activity(activity, by=request.user, **form.results())
            return redirect_with_message(request, "บันทึกผลการดำเนินการแล้ว", activity)
    context = {"activity": activity, "form": form, "heading": "บันทึกผลการดำเนินการ"}
    return render(request, "programmes/activity_result.html", context)


def activity_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = _get_own_activity(request, pk)
    ensure_allowed(activity, ActivityAction.CORRECT_RESULT)
    form = ActivityCorrectionForm(post_data(request), activity=activity)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.correct_activity_result(activity, by=request.user, **form.results())
            return redirect_with_message(request, "แก้ไขผลที่บันทึกไว้แล้ว", activity)
    context = {"activity": activity, "form": form, "heading": "แก้ไขผลที่บันทึกไว้"}
    return render(request, "programmes/activity_result.html", context)


def activity_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = _get_own_activity(request, pk)
    ensure_allowed(activity, ActivityAction.CANCEL)
    check_plan_is_not_proposed(activity.plan)
    return confirm_action(
        request,
        partial(actions.cancel_activity, activity, by=request.user),
        form=ReasonForm(post_data(request), required="โปรดระบุเหตุผลที่ยกเลิกกิจกรรม"),
        success_message="ยกเลิกกิจกรรมแล้ว",
        heading=f"ยกเลิกกิจกรรม {activity}",
        effects=[
            "กิจกรรมยังอยู่ในแผนพร้อมเหตุผล แต่ไม่นับในงบประมาณและผลการดำเนินงาน",
            "โรงเรียนเป้าหมายไม่เห็นกิจกรรมนี้อีก",
        ],
        irreversible="เมื่อยกเลิกแล้วนำกลับมาไม่ได้ หากจะดำเนินการอีก ต้องเพิ่มเป็นกิจกรรมใหม่",
        danger=True,
        submit_label="ยกเลิกกิจกรรม",
        cancel_url=activity.get_absolute_url(),
    )


# --- Evidence ---


def activity_evidence_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a file; a GET, as after signing in again, leads to the activity."""
    activity = _get_activity(request, pk)
    if not activity.may_be_recorded_by(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(activity)
    if activity.state == ActivityState.CANCELLED:
        raise ActionRefused(actions.CANCELLED_TAKES_NO_FILES)
    form = ProgrammeFileForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.add_activity_evidence(activity, by=request.user, **form.cleaned_data)
            kept = clear_draft_tag(request, f"evidence-{pk}")
            messages.success(request, "เพิ่มหลักฐานแล้ว", extra_tags=kept)
            return redirect_after_form(request, activity)
    return _page(request, activity, form)


def _get_evidence(request: SignedInRequest, pk: int) -> ActivityEvidence:
    """Evidence is the office's: photos of other schools may be in it."""
    activities = Activity.objects.visible_to(request.user)
    rows = ActivityEvidence.objects.filter(activity__in=activities)
    if not can(request.user, Permission.VIEW_AREA):
        rows = rows.none()
    return get_object_or_404(rows.select_related("activity__plan"), pk=pk)


def activity_file(request: SignedInRequest, pk: int) -> FileResponse:
    evidence = _get_evidence(request, pk)
    return file_response(evidence.file, evidence.file_name)


def activity_evidence_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    evidence = _get_evidence(request, pk)
    activity = evidence.activity
    if not activity.may_be_edited_by(request.user):
        raise PermissionDenied
    return confirm_action(
        request,
        partial(actions.remove_activity_evidence, evidence, by=request.user),
        form=ReasonForm(post_data(request), required="โปรดระบุเหตุผลที่นำหลักฐานออก"),
        success_message="นำหลักฐานออกแล้ว",
        heading=f"นำหลักฐานออก: {evidence}",
        effects=["ไฟล์ถูกลบออกจากระบบ ชื่อหลักฐานและเหตุผลเก็บไว้ในประวัติของกิจกรรม"],
        irreversible="นำไฟล์กลับมาไม่ได้ หากต้องใช้อีก ต้องส่งไฟล์ใหม่",
        danger=True,
        submit_label="นำหลักฐานออก",
        cancel_url=activity.get_absolute_url(),
    )
