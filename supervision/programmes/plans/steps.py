"""The six steps of P1 in a fiscal year as a task list, each done when its facts are there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require
from schools.core.fiscal_years import choose_fiscal_year
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import fiscal_year_days, short_date
from schools.models import Term
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign
from supervision.programmes.models import Dissemination, SupervisionPlan
from supervision.programmes.plans.enums import ActivityState
from supervision.standards.models import ManualForm, StepSheet

PLAN_PROCESS = "P1"
# The rows of P1's standard-of-work sheet by their number.
Sheets = Mapping[int, StepSheet]


@dataclass(frozen=True)
class PlanStep:
    """One step of P1: what the facts of the year say of it, and what the manual does."""

    no: int
    manual: StepSheet | None
    detail: str
    is_done: bool
    has_begun: bool = False
    url: str = ""
    action_url: str = ""
    action_label: str = ""
    waits: str = ""

    @property
    def title(self) -> str:
        return self.manual.detail if self.manual else f"ขั้นที่ {self.no}"

    @property
    def kind(self) -> StatusKind:
        if self.is_done:
            return StatusKind.DONE
        return StatusKind.WAITING if self.has_begun else StatusKind.IDLE

    @property
    def word(self) -> str:
        if self.is_done:
            return "เสร็จแล้ว"
        return "กำลังดำเนินการ" if self.has_begun else "ยังไม่เริ่ม"


@dataclass(frozen=True)
class ActivityCounts:
    """The activities of a year's plan, those called off left out."""

    every: int
    planned: int
    done: int
    with_method: int


def activity_counts(plan: SupervisionPlan) -> ActivityCounts:
    """In one query."""
    found = plan.activities.not_cancelled().aggregate(
        every=Count("pk"),
        planned=Count("pk", filter=Q(state=ActivityState.PLANNED)),
        done=Count("pk", filter=Q(state=ActivityState.DONE)),
        with_method=Count("pk", filter=~Q(method="")),
    )
    return ActivityCounts(**found)


def plan_steps(year: int, plan: SupervisionPlan | None) -> list[PlanStep]:
    """The steps of the manual's sheet in its order; of a year without a plan none has facts."""
    sheets = {
        sheet.number: sheet
        for sheet in StepSheet.objects.of_year(year).filter(process=PLAN_PROCESS)
    }
    counts = activity_counts(plan) if plan else ActivityCounts(0, 0, 0, 0)
    return [
        _analysis(plan, sheets),
        _needs(year, sheets),
        _approval(plan, sheets),
        _work(plan, counts, sheets),
        _evaluation(plan, counts, sheets),
        _report(year, sheets),
    ]


def _analysis(plan: SupervisionPlan | None, sheets: Sheets) -> PlanStep:
    count = plan.sources.count() if plan else 0
    return PlanStep(
        1,
        sheets.get(1),
        f"ข้อมูลที่ใช้วางแผน {count} รายการ" if count else "ยังไม่ได้บันทึกข้อมูลที่ใช้วางแผน",
        is_done=bool(count),
        has_begun=bool(plan and plan.analysis),
        url=f"{plan.get_absolute_url()}#basis" if plan else "",
    )


def _needs(year: int, sheets: Sheets) -> PlanStep:
    """Surveys whose term or academic year has days in the fiscal year."""
    first, last = fiscal_year_days(year)
    terms = Term.objects.between(first, last)
    asked = Q(term__in=terms) | Q(term=None, academic_year__in=terms.values("academic_year"))
    campaigns = NeedsCampaign.objects.filter(asked, opens_on__lte=last)
    sent = Q(surveys__state=SurveyState.SUBMITTED)
    found = campaigns.aggregate(
        campaigns=Count("pk", distinct=True), sent=Count("surveys", filter=sent, distinct=True)
    )
    detail = f"เปิดสำรวจ {found['campaigns']} ครั้ง โรงเรียนส่งแล้ว {found['sent']} ฉบับ"
    return PlanStep(
        2,
        sheets.get(2),
        detail if found["campaigns"] else "ยังไม่ได้เปิดแบบสำรวจในปีนี้",
        is_done=bool(found["sent"]),
        has_begun=bool(found["campaigns"]),
        url=reverse("needs_progress"),
    )


def _approval(plan: SupervisionPlan | None, sheets: Sheets) -> PlanStep:
    approved_at = plan.approved_at if plan else None
    if approved_at:
        detail = f"อนุมัติเมื่อ {short_date(approved_at)}"
    else:
        detail = f"แผนของปีนี้: {plan.get_state_display()}" if plan else "ยังไม่มีแผนของปีนี้"
    return PlanStep(
        3,
        sheets.get(3),
        detail,
        is_done=approved_at is not None,
        has_begun=plan is not None,
        url=plan.get_absolute_url() if plan else reverse("year_plans"),
    )


def _work(plan: SupervisionPlan | None, counts: ActivityCounts, sheets: Sheets) -> PlanStep:
    """Done when every activity has begun and says by what method or tool."""
    begun = counts.every - counts.planned
    return PlanStep(
        4,
        sheets.get(4),
        f"กิจกรรม {counts.every} กิจกรรม เริ่มแล้ว {begun} ระบุวิธีการหรือเครื่องมือแล้ว {counts.with_method}",
        is_done=counts.every > 0 and begun == counts.with_method == counts.every,
        has_begun=begun > 0,
        url=_activities_url(plan),
    )


def _evaluation(plan: SupervisionPlan | None, counts: ActivityCounts, sheets: Sheets) -> PlanStep:
    """Done when the result of every activity is recorded."""
    return PlanStep(
        5,
        sheets.get(5),
        f"บันทึกผลแล้ว {counts.done} จาก {counts.every} กิจกรรม",
        is_done=counts.every > 0 and counts.done == counts.every,
        has_begun=counts.done > 0,
        url=_activities_url(plan),
    )


def _report(year: int, sheets: Sheets) -> PlanStep:
    """Done when the register of dissemination has the year's summary."""
    count = Dissemination.objects.of_process(PLAN_PROCESS, year).count()
    return PlanStep(
        6,
        sheets.get(6),
        f"ในทะเบียนเผยแพร่ {count} รายการ" if count else "ยังไม่มีในทะเบียนเผยแพร่",
        is_done=bool(count),
        url=f"{reverse('dissemination_register')}?process={PLAN_PROCESS}&fiscal_year={year}",
    )


def _activities_url(plan: SupervisionPlan | None) -> str:
    return f"{reverse('activities')}?plan={plan.pk}" if plan else ""


def plan_steps_page(request: SignedInRequest) -> HttpResponse:
    """The task list of the fiscal year that the address asks for, else of the present one."""
    require(request.user, Permission.VIEW_AREA)
    choice = choose_fiscal_year(request.GET.get("year", ""), timezone.localdate())
    plan = SupervisionPlan.objects.filter(fiscal_year=choice.year).first()
    context = {
        "year": choice.year,
        "years": choice.offered,
        "plan": plan,
        "steps": plan_steps(choice.year, plan),
        "forms": ManualForm.objects.filter(process=PLAN_PROCESS),
    }
    return render(request, "programmes/plan_steps.html", context)
