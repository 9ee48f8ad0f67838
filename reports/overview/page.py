"""What all pages of results share: who asks, which selection, its results and its links."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.overview.area_results import AreaResults, load_area_results
from reports.overview.filters import OverviewSelection, select_for_overview
from reports.overview.groups import ResultGrouping
from reports.overview.links import OverviewLinks
from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from schools.models import User
from schools.office import remember_current_term
from schools.people.access_notices import unread_access_events
from supervision.cycle.term_gap import WHO_OPENS
from supervision.results.coverage import TermCoverage
from supervision.results.school_terms import SchoolTerm

TITLE = "ผลของภาคเรียน"
GROUPING_FIELDS = {
    "by": forms.ChoiceField(
        choices=ResultGrouping, required=False, widget=forms.HiddenInput, label="แยกผลตาม"
    )
}


@dataclass(frozen=True)
class ResultsPage:
    """The selection that a page of results is about, as its reader sees it on one day."""

    user: User
    selection: OverviewSelection
    results: AreaResults
    today: date

    @cached_property
    def rows(self) -> list[SchoolTerm]:
        """The schools that count in the chosen term."""
        return self.results.of_term(self.results.term)

    @cached_property
    def coverage(self) -> TermCoverage:
        return self.results.coverage(self.results.term)

    @property
    def links(self) -> OverviewLinks:
        return OverviewLinks(self.selection.filters.query)

    @property
    def is_running(self) -> bool:
        """Whether more results may come: the term goes on."""
        return self.results.term.is_running_on(self.today)

    @property
    def is_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)

    @property
    def size_order(self) -> list[str]:
        """The office's words for sizes, small ones first; none without a scheme."""
        field = self.selection.form.fields.get("size")
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else []
        return [str(key) for key, _ in choices if key]

    @property
    def grouping(self) -> ResultGrouping:
        """By what the page groups schools: by cluster, unless the address asks otherwise."""
        asked = self.selection.form.cleaned_data.get("by")
        return ResultGrouping(asked or ResultGrouping.CLUSTER)


def load_results_page(
    user: User,
    asked: Mapping[str, str],
    today: date,
    *,
    fields: Mapping[str, forms.Field] | None = None,
    with_sizes: bool = False,
) -> ResultsPage | None:
    """What the address asks for; None before any term has opened.

    `fields` are what the page asks besides the filters: its form has them with the filters.
    `with_sizes` loads the sizes of schools in all years.
    """
    selection = select_for_overview(user, asked, today)
    if selection is None:
        return None
    if fields:
        selection.form.fields.update(deepcopy(dict(fields)))
        selection.form.full_clean()
    results = load_area_results(user, selection, today, with_sizes=with_sizes)
    return ResultsPage(user, selection, results, today)


def results_page_of(
    request: SignedInRequest,
    *,
    fields: Mapping[str, forms.Field] | None = None,
    with_sizes: bool = False,
) -> ResultsPage | None:
    """The same for a request. Raises PermissionDenied (403) for who does not see the area."""
    require(request.user, Permission.VIEW_AREA)
    page = load_results_page(
        request.user,
        request.GET.dict(),
        timezone.localdate(),
        fields=fields,
        with_sizes=with_sizes,
    )
    if page is not None:
        remember_current_term(request, page.selection.choice.current)
    return page


def grouped_page_of(
    request: SignedInRequest, fields: Mapping[str, forms.Field] = GROUPING_FIELDS
) -> ResultsPage | None:
    """The same for a page that groups schools by what its address says (`by`)."""
    by_size = request.GET.get("by") == ResultGrouping.SIZE
    return results_page_of(request, fields=fields, with_sizes=by_size)


def render_without_term(request: SignedInRequest, title: str = TITLE) -> HttpResponse:
    """Any page of the overview before a term has opened: who opens one."""
    may_add = can(request.user, Permission.EDIT_REGISTRY)
    events = unread_access_events(request.user)  # the page is the home of some
    context = {"title": title, "text": WHO_OPENS, "may_add": may_add, "events": events}
    return render(request, "reports/overview/no_term.html", context)


def page_context(page: ResultsPage, **more: Any) -> dict[str, Any]:
    """Template context of every page of results."""
    form = page.selection.form
    return {"page": page, "form": form, "filters": page.selection.filters, **more}
