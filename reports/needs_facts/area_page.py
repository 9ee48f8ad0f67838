"""The page of stated needs beside results: the area, its clusters, or a row for each school."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.needs_facts.rows import (
    NeedsFacts,
    NeedsFactsFilterForm,
    NeedsFactsView,
    facts_rows,
    load_needs_facts,
)
from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from supervision.needs.models import NeedsTopic
from supervision.needs.results import needs_results
from supervision.needs.results_views import NeedsUnit

PAGE_SIZE = 25


def needs_facts_page(request: SignedInRequest) -> HttpResponse:
    """What schools state beside what their results say, for who sees the area."""
    found = needs_facts_asked_for(request)
    unit = NeedsUnit(
        may_open=False,
        may_edit_templates=can(request.user, Permission.PREPARE_CRITERIA),
        terms_without_survey=[],
    )
    if found is None:
        return render(request, "needs/results_empty.html", {"unit": unit})
    context = {
        "facts": found,
        "results": found.results,
        "form": found.results.form,
        "campaign": found.results.campaign,
        "rule": found.facts.rule,
        "unit": unit,
    }
    if found.view == NeedsFactsView.SCHOOL:
        page = Paginator(found.shown, PAGE_SIZE).get_page(request.GET.get("page"))
        rows = facts_rows(request.user, list(page))
        may_take_up = any(row.may_take_up for row in rows)
        context |= {"page": page, "rows": rows, "may_take_up": may_take_up}
    return render(request, "reports/needs_facts/area.html", context)


def needs_facts_asked_for(request: SignedInRequest) -> NeedsFacts | None:
    """What the address asks for; None before the first survey."""
    require(request.user, Permission.VIEW_AREA)
    today = timezone.localdate()
    asked = request.GET.dict()
    topics = list(NeedsTopic.objects.in_use())
    form_class = partial(NeedsFactsFilterForm, topics=topics)
    results = needs_results(request.user, asked, today, form_class, leads_to_surveys=False)
    return load_needs_facts(request.user, results, topics, today) if results else None
