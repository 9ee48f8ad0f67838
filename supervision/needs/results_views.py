"""The unit reads what all schools answered; every page keeps the filters of the one before."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.models import Term
from supervision.needs.models import NeedsCampaign
from supervision.needs.reminder import reminder_of
from supervision.needs.results import Results, results_of
from supervision.needs.results_forms import ResultsFilter, WantsFilter

SOON = timedelta(days=90)


def progress_page(request: HttpRequest) -> HttpResponse:
    """Who has answered, and the words for those who have not."""
    results = _results(request)
    if results is None:
        return render(request, "needs/results_empty.html", _unit(request))
    area = results.campaign.academic_year.area
    words = reminder_of(results, area, timezone.localdate())
    return _page(request, "needs/progress.html", results, reminder=words)


def summary_page(request: HttpRequest) -> HttpResponse:
    """Each area's problem, need and priority index, most urgent first."""
    return _page_or_empty(request, "needs/summary.html")


def wants_page(request: HttpRequest) -> HttpResponse:
    """What every school wants most, in its own words."""
    return _page_or_empty(request, "needs/wants.html", WantsFilter)


def days_page(request: HttpRequest) -> HttpResponse:
    """When and how the schools would like to be supervised."""
    return _page_or_empty(request, "needs/days.html")


def _page_or_empty(
    request: HttpRequest, template: str, form_class: type[ResultsFilter] = ResultsFilter
) -> HttpResponse:
    results = _results(request, form_class)
    if results is None:
        return render(request, "needs/results_empty.html", _unit(request))
    return _page(request, template, results)


def _results(
    request: HttpRequest, form_class: type[ResultsFilter] = ResultsFilter
) -> Results | None:
    require(request.user, Permission.VIEW_AREA)
    return results_of(request.user, request.GET.dict(), timezone.localdate(), form_class)


def _page(request: HttpRequest, template: str, results: Results, **more: str) -> HttpResponse:
    context = {"results": results, "form": results.form, "campaign": results.campaign, **more}
    return render(request, template, context | _unit(request))


def _unit(request: HttpRequest) -> dict:
    """What the person may do beside reading, and the terms that no survey asks in yet."""
    may_open = can(request.user, Permission.OPEN_ROUNDS)
    return {
        "may_open": may_open,
        "may_frame": can(request.user, Permission.PREPARE_CRITERIA),
        "unasked": unasked_terms() if may_open else [],
    }


def unasked_terms() -> list[Term]:
    """Terms in course or soon to open that no survey covers, the nearest first."""
    today = timezone.localdate()
    terms = Term.objects.filter(closes_on__gte=today, opens_on__lte=today + SOON)
    terms = terms.select_related("academic_year")
    campaigns = list(NeedsCampaign.objects.filter(academic_year__terms__in=terms).distinct())
    waiting = [term for term in terms if not any(one.covers(term) for one in campaigns)]
    return waiting[::-1]
