"""What is done with the plan of a fiscal year: drafted, its sources written down, approved."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.models import User
from supervision.programmes.models import PlanSource, SupervisionPlan
from supervision.programmes.plans.enums import PlanAction, PlanSourceKind, PlanState
from supervision.programmes.plans.sources import SourceCandidate
from supervision.workflow.actions import start, transition

NOT_APPROVED_YET = "แผนของปีนี้ยังไม่ได้รับอนุมัติ จึงยังดำเนินการไม่ได้ โปรดเสนอขออนุมัติแผนก่อน"
UNDER_APPROVAL = "แผนอยู่ระหว่างเสนอขออนุมัติ จึงแก้ไขไม่ได้ หากต้องแก้ไข โปรดขอให้ ผอ.สพป. ส่งแผนกลับ"
NEEDS_A_REASON = "แผนได้รับอนุมัติแล้ว โปรดระบุเหตุผลที่เปลี่ยนแปลง เพื่อเก็บไว้ในประวัติ"


@transaction.atomic
def draft_plan(
    fiscal_year: int, *, by: User, analysis: str = "", aims: str = "", is_sample: bool = False
) -> SupervisionPlan:
    """Begin the plan of a BE fiscal year. Raises ActionRefused where the year has one."""
    plan = SupervisionPlan(
        fiscal_year=fiscal_year, analysis=analysis, aims=aims, is_sample=is_sample
    )
    with unique_violation_as_refusal(f"มีแผนของปีงบประมาณ {fiscal_year} แล้ว โปรดเปิดแผนเดิม"):
        start(plan, PlanAction.DRAFT, by=by)
    return plan


def update_plan_texts(
    plan: SupervisionPlan, *, by: User, analysis: str, aims: str, reason: str = ""
) -> None:
    """Change the plan's texts; once it is approved, with the reason."""
    check_plan_is_not_proposed(plan)
    action = PlanAction.CHANGE_APPROVED if plan.is_approved else PlanAction.UPDATE
    transition(plan, action, by=by, reason=reason, analysis=analysis, aims=aims)


def check_plan_is_not_proposed(plan: SupervisionPlan) -> None:
    """Raises ActionRefused while the plan lies before the area director."""
    if plan.state == PlanState.PROPOSED:
        raise ActionRefused(UNDER_APPROVAL)


def check_plan_is_approved(plan: SupervisionPlan) -> None:
    """Raises ActionRefused before the approval: activities of a draft do not begin."""
    if not plan.is_approved:
        raise ActionRefused(NOT_APPROVED_YET)


def lock_plan(plan: SupervisionPlan) -> None:
    """Hold the plan until the transaction ends, so that nobody approves it meanwhile."""
    plan.refresh_from_db(from_queryset=SupervisionPlan.objects.select_for_update())


# --- What the plan rests on ---


@transaction.atomic
def record_plan_sources(
    plan: SupervisionPlan, candidates: Iterable[SourceCandidate], *, by: User
) -> int:
    """Write down what the plan rests on, as it reads today; returns how many were new."""
    lock_plan(plan)
    check_plan_is_not_proposed(plan)
    known = set(plan.sources.values_list("kind", "text"))
    new = [one for one in candidates if (one.kind, one.text) not in known]
    PlanSource.objects.bulk_create(
        PlanSource(
            plan=plan,
            kind=one.kind,
            text=one.text,
            detail=one.detail,
            recorded_by=by,
            recorded_at=timezone.now(),
        )
        for one in new
    )
    return len(new)


def add_plan_source(plan: SupervisionPlan, *, by: User, text: str, detail: str = "") -> None:
    """Write down a work, policy or other information that no figure of the portal tells.

    Raises ActionRefused where it stands there already.
    """
    source = SourceCandidate(PlanSourceKind.WORK, text.strip(), detail.strip())
    if not record_plan_sources(plan, [source], by=by):
        raise ActionRefused("บันทึกข้อมูลนี้ในแผนไว้แล้ว โปรดใช้ข้อความอื่น")


@transaction.atomic
def delete_plan_source(source: PlanSource) -> None:
    """Take out what was written down by mistake.

    Raises ActionRefused once an activity came of it, and once the plan is no draft any more.
    """
    lock_plan(source.plan)
    if source.plan.state != PlanState.DRAFT:
        raise ActionRefused("นำข้อมูลออกได้เฉพาะขณะที่แผนยังเป็นร่าง")
    if source.activities.exists():
        raise ActionRefused("มีกิจกรรมที่เริ่มจากข้อมูลนี้ จึงนำออกไม่ได้ โปรดแก้ที่มาของกิจกรรมก่อน")
    source.delete()


# --- Proposing and approving ---


def propose_plan(plan: SupervisionPlan, *, by: User) -> None:
    """Put the plan before the area director. Raises ActionRefused naming what it lacks."""
    check_plan_is_complete(plan)
    transition(plan, PlanAction.PROPOSE, by=by)


def check_plan_is_complete(plan: SupervisionPlan) -> None:
    """Raises ActionRefused naming what the plan lacks before it can be proposed."""
    if missing := missing_in_plan(plan):
        raise ActionRefused("แผนยังไม่ครบ จึงยังเสนอขออนุมัติไม่ได้", missing=missing)


def missing_in_plan(plan: SupervisionPlan) -> Sequence[str]:
    """What a draft lacks before it can be proposed, in the order of its parts."""
    missing = []
    if not plan.sources.exists():
        missing.append("ข้อมูลที่ใช้วางแผน อย่างน้อย 1 รายการ")
    if not plan.aims:
        missing.append("เป้าหมายของแผน")
    if not plan.activities.not_cancelled().exists():
        missing.append("กิจกรรม อย่างน้อย 1 กิจกรรม")
    return missing


def return_plan_for_correction(plan: SupervisionPlan, *, by: User, reason: str) -> None:
    """Send the plan back to who drafted it, with the reason."""
    transition(plan, PlanAction.RETURN, by=by, reason=reason)


def approve_plan(plan: SupervisionPlan, *, by: User) -> None:
    """Approve the plan for its year; what changes afterwards is logged with its reason."""
    transition(
        plan,
        PlanAction.APPROVE,
        by=by,
        approved_by=by,
        approved_as=capacity_of(by, Permission.APPROVE_PLAN),
        approved_at=timezone.now(),
    )
