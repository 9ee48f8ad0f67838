"""The unit reads what all schools answered; every page keeps the filters of the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from schools.models import Term
from supervision.needs.models import NeedsCampaign
from supervision.needs.results import (
    NeedsFilterForm,
    NeedsResults,
    WantsFilterForm,
    needs_reminder_text,
    needs_results,
)

OPENING_SOON = timedelta(days=90)


def needs_progress(request: SignedInRequest) -> HttpResponse:
    """Who has answered, and a reminder to paste for those who have not."""
    results = _results(request)
    if results is None:
        return render(request, "needs/results_empty.html", {"unit": _unit(request)})
    area = results.campaign.academic_year.area
    words = needs_reminder_text(results, area, timezone.localdate())
    return _page(request, "needs/progress.html", results, reminder=words)


def needs_summary(request: SignedInRequest) -> HttpResponse:
    """Each area's problem, need and priority index, most urgent first."""
    return _page_or_empty(request, "needs/summary.html")


def needs_wants(request: SignedInRequest) -> HttpResponse:
    """What every school wants most, in its own words."""
    return _page_or_empty(request, "needs/wants.html", WantsFilterForm)


def needs_days(request: SignedInRequest) -> HttpResponse:
    """When and how the schools would like to be supervised."""
    return _page_or_empty(request, "needs/days.html")


def _page_or_empty(
    request: SignedInRequest, template: str, form_class: type[NeedsFilterForm] = NeedsFilterForm
) -> HttpResponse:
    results = _results(request, form_class)
    if results is None:
        return render(request, "needs/results_empty.html", {"unit": _unit(request)})
    return _page(request, template, results)


def _results(
    request: SignedInRequest, form_class: type[NeedsFilterForm] = NeedsFilterForm
) -> NeedsResults | None:
    require(request.user, Permission.VIEW_AREA)
    return needs_results(request.user, request.GET.dict(), timezone.localdate(), form_class)


def _page(
    request: SignedInRequest, template: str, results: NeedsResults, **more: str
) -> HttpResponse:
    context = {
        "results": results,
        "form": results.form,
        "campaign": results.campaign,
        "unit": _unit(request),
        **more,
    }
    return render(request, template, context)


@dataclass(frozen=True)
class NeedsUnit:
    """What a person of the unit may do beside reading, and in which terms nothing is asked yet."""

    may_open: bool
    may_edit_templates: bool
    terms_without_survey: Sequence[Term]


def _unit(request: SignedInRequest) -> NeedsUnit:
    may_open = can(request.user, Permission.OPEN_ROUNDS)
    return NeedsUnit(
        may_open=may_open,
        may_edit_templates=can(request.user, Permission.PREPARE_CRITERIA),
        terms_without_survey=terms_without_survey() if may_open else [],
    )


def terms_without_survey() -> list[Term]:
    """Terms in course or soon to open that no survey covers, the nearest first."""
    today = timezone.localdate()
    terms = Term.objects.filter(closes_on__gte=today, opens_on__lte=today + OPENING_SOON)
    terms = terms.select_related("academic_year")
    campaigns = list(NeedsCampaign.objects.filter(academic_year__terms__in=terms).distinct())
    waiting = [term for term in terms if not any(one.covers(term) for one in campaigns)]
    return waiting[::-1]
