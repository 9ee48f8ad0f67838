"""The plan of a fiscal year on paper, and the summary of what came of it (form 7.4 of P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner, acting_signer, office_signer, recorded_signer
from reports.data.year_plan import PlanReport, load_plan_report
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, paper_response
from schools.access import Permission
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.programmes.models import SupervisionPlan
from supervision.programmes.plans.enums import PlanAction
from supervision.workflow.queries import last_transition


@dataclass(frozen=True)
class YearPlanPaper(OfficePaper):
    """The plan with its activities; a draft until the area director has approved it."""

    template = "reports/paper/year_plan.html"
    name = "แผนส่งเสริมและพัฒนาระบบการนิเทศและการจัดกระบวนการเรียนรู้"

    report: PlanReport
    signers: Sequence[PaperSigner]
    printed_at: datetime

    @property
    def area(self) -> AreaHeading:
        return self.report.area

    @property
    def is_sample(self) -> bool:
        return self.report.plan.is_sample

    @property
    def period(self) -> str:
        return f"ปีงบประมาณ {self.report.plan.fiscal_year}"

    @property
    def title(self) -> str:
        return f"{self.title_prefix}{self.report.plan}"

    @property
    def watermark(self) -> str:
        return "" if self.report.plan.is_approved else DRAFT_WORD


@dataclass(frozen=True)
class PlanSummaryPaper(YearPlanPaper):
    """What came of the plan; a draft until the result of every activity is recorded."""

    template = "reports/paper/plan_summary.html"
    name = "เอกสารสรุปรายงานผลการดำเนินงานพัฒนาระบบการนิเทศและการจัดกระบวนการเรียนรู้"

    @property
    def title(self) -> str:
        year = self.report.plan.fiscal_year
        return f"{self.title_prefix}สรุปผลการดำเนินงานตามแผน (P1) ปีงบประมาณ {year}"

    @property
    def watermark(self) -> str:
        return "" if self.report.is_complete else DRAFT_WORD


def readable_plan(user: User, pk: int) -> SupervisionPlan:
    """Raises Http404 for who does not see the plan's page."""
    plans = SupervisionPlan.objects.visible_to(user).select_related("approved_by")
    return get_object_or_404(plans, pk=pk)


def year_plan_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = readable_plan(request.user, pk)
    signers = [_proposing_signer(plan), _approving_signer(plan)]
    return paper_response(YearPlanPaper(load_plan_report(plan), signers, timezone.now()))


def plan_summary_paper(plan: SupervisionPlan) -> PlanSummaryPaper:
    """The summary as of now, to be signed by hand."""
    signers = [
        office_signer(Permission.MANAGE_PLAN, "ผู้จัดทำ"),
        office_signer(Permission.APPROVE_PLAN, "ผู้รับรอง"),
    ]
    return PlanSummaryPaper(load_plan_report(plan), signers, timezone.now())


def plan_summary(request: SignedInRequest, pk: int) -> HttpResponse:
    return paper_response(plan_summary_paper(readable_plan(request.user, pk)))


def _proposing_signer(plan: SupervisionPlan) -> PaperSigner:
    """Who put the plan before the area director, or may."""
    duty, last = "ผู้เสนอแผน", last_transition(plan, PlanAction.PROPOSE)
    if last is None:
        return office_signer(Permission.MANAGE_PLAN, duty)
    return acting_signer(duty, last.by, Permission.MANAGE_PLAN, "เสนอ", last.at)


def _approving_signer(plan: SupervisionPlan) -> PaperSigner:
    duty = "ผู้อนุมัติแผน"
    if plan.approved_at is None:
        return office_signer(Permission.APPROVE_PLAN, duty)
    return recorded_signer(duty, plan.approved_by, plan.approved_as, "อนุมัติ", plan.approved_at)
