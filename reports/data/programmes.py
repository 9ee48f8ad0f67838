"""What the plans of fiscal years hold of an academic year, and what they hold for the next."""

from collections.abc import Iterable

from django.db.models import QuerySet

from reports.data.schema import ProgrammeFigures
from schools.core.thai import academic_year_days, baht_text, short_date
from schools.models import AcademicYear
from supervision.programmes.models import Activity
from supervision.programmes.plans.activity_list import activity_totals

# So many activities are named; all are counted.
NAMED_ACTIVITIES = 12


def programme_figures(year: AcademicYear) -> ProgrammeFigures:
    """Activities of approved plans that end in the academic year, and those that begin after it.

    An academic year ends on 15 May; a plan is of a fiscal year, so two plans have days in it.
    """
    first, last = academic_year_days(year.year)
    approved = Activity.objects.of_approved_plans().not_cancelled()
    held = approved.filter(ends_on__range=(first, last))
    coming = approved.filter(starts_on__gt=last).select_related("plan").order_by("starts_on", "pk")
    totals, following = activity_totals(held), list(coming)
    return {
        "held": _named(held.order_by("starts_on", "pk").select_related("plan")),
        "held_count": totals.count,
        "done_count": totals.done,
        "planned": baht_text(totals.planned),
        "spent": baht_text(totals.spent),
        "coming": _named(following),
        "coming_count": len(following),
        "coming_plans": sorted({activity.plan.fiscal_year for activity in following}),
    }


def _named(activities: Iterable[Activity] | QuerySet[Activity]) -> list[str]:
    """Each with its first day and where it stands."""
    return [
        f"{activity} (เริ่ม {short_date(activity.starts_on)} {activity.get_state_display()})"
        for activity in list(activities)[:NAMED_ACTIVITIES]
    ]
