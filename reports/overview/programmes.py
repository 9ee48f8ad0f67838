"""The year's plan and the networks in short: a panel of the overview, and a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.thai import fiscal_year
from supervision.programmes.models import Activity, ActivityIndicator, SupervisionPlan
from supervision.programmes.networks.year_networks import YearNetworks, load_year_networks
from supervision.programmes.plans.activity_list import ActivityTotals, activity_totals
from supervision.rounds.overview import (
    choose_term,
)


@dataclass(frozen=True)
class ProgrammePanel:
    """What came of plan and networks in a fiscal year (BE) by today; `plan` is None without one."""

    year: int
    plan: SupervisionPlan | None
    totals: ActivityTotals
    late: int
    achieved: int
    judged: int
    networks: YearNetworks


def fiscal_years_shown(asked: Mapping[str, str], today: date) -> list[int]:
    """Those into which days of the asked term fall, newest first; else that of today.

    Those of the current term are of its days until today.
    """
    choice = choose_term(asked, today)
    if choice is None:
        return [fiscal_year(today)]
    first, last = fiscal_year(choice.term.opens_on), fiscal_year(choice.day)
    return list(range(last, first - 1, -1))


def load_programme_panel(year: int, today: date) -> ProgrammePanel:
    """Of a fiscal year (BE) as it is today, in a constant number of queries."""
    held = Activity.objects.filter(plan__fiscal_year=year).not_cancelled()
    networks = load_year_networks(year)
    judged = ActivityIndicator.objects.filter(activity__in=held, is_achieved__isnull=False)
    verdicts = list(judged.values_list("is_achieved", flat=True))
    return ProgrammePanel(
        year=year,
        plan=networks.plan,
        totals=activity_totals(held),
        late=held.still_open().filter(ends_on__lt=today).count(),
        achieved=verdicts.count(True),
        judged=len(verdicts),
        networks=networks,
    )


def overview_programmes(request: SignedInRequest) -> HttpResponse:
    """For who sees the area, of the chosen term; the overview loads it into itself."""
    require(request.user, Permission.VIEW_AREA)
    today = timezone.localdate()
    years = fiscal_years_shown(request.GET.dict(), today)
    context = {"panels": [load_programme_panel(year, today) for year in years]}
    return render(request, "reports/overview/programmes.html", context)
