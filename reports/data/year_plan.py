"""A year's plan of process P1 as its papers, its Word file and the overview tell it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from schools.models import Area, Term
from supervision.programmes.models import (
    Activity,
    ActivityIndicator,
    PlanSource,
    SupervisionPlan,
)
from supervision.programmes.plans.activity_list import (
    ActivityTotals,
    ListedActivity,
    activity_totals,
    with_activity_columns,
)
from supervision.programmes.plans.plan_pages import terms_in_fiscal_year
from supervision.programmes.plans.steps import PlanStep, plan_steps


@dataclass(frozen=True)
class ReportedActivity:
    """One activity of the plan, numbered in the order of the manual's works."""

    number: int
    activity: ListedActivity
    indicators: Sequence[ActivityIndicator]

    @property
    def target(self) -> str:
        """Whom it is for: how many schools, and what was said of others."""
        schools = self.activity.school_count
        parts = [f"{schools} โรงเรียน" if schools else "", self.activity.target_text]
        return " · ".join(filter(None, parts))


@dataclass(frozen=True)
class PlanReport:
    """The plan of a fiscal year with all that came of it, those called off left out."""

    plan: SupervisionPlan
    area: AreaHeading
    terms: Sequence[Term]
    sources: Sequence[PlanSource]
    activities: Sequence[ReportedActivity]
    cancelled: int
    totals: ActivityTotals
    steps: Sequence[PlanStep]

    @property
    def is_complete(self) -> bool:
        """Whether the result of every activity is recorded."""
        return self.plan.is_approved and self.totals.done == self.totals.count > 0

    @property
    def finished(self) -> list[ReportedActivity]:
        return [row for row in self.activities if row.activity.is_done]

    @property
    def indicators(self) -> list[ActivityIndicator]:
        return [one for row in self.activities for one in row.indicators]

    @property
    def achieved_count(self) -> int:
        """Indicators whose target was reached."""
        return sum(one.is_achieved is True for one in self.indicators)


def load_plan_report(plan: SupervisionPlan) -> PlanReport:
    """In a constant number of queries."""
    held = Activity.objects.filter(plan=plan).not_cancelled()
    rows = with_activity_columns(held).prefetch_related("indicators")
    ordered = sorted(rows, key=lambda row: (row.subject.code, row.starts_on, row.pk))
    return PlanReport(
        plan=plan,
        area=area_heading(Area.objects.get()),
        terms=terms_in_fiscal_year(plan),
        sources=list(plan.sources.all()),
        activities=[
            ReportedActivity(number, row, list(row.indicators.all()))
            for number, row in enumerate(ordered, start=1)
        ],
        cancelled=plan.activities.count() - len(ordered),
        totals=activity_totals(held),
        steps=plan_steps(plan.fiscal_year, plan),
    )
