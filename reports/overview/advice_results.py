"""What became of the advice of a term, and what schools had said that they need."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reports.overview.page import (
    ResultsPage,
    page_context,
    render_without_term,
    results_page_of,
)
from schools.core.http import SignedInRequest
from supervision.improvement.enums import Assignee
from supervision.improvement.ledger import LedgerView
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.needs.results import levels_by_area
from supervision.needs.scoring import AreaNeed, rank_area_needs
from supervision.results.advice import (
    AdviceRow,
    AdviceSummary,
    advice_by_group,
    load_advice,
    summarise_advice,
)

WITHOUT_INDICATOR = "ไม่ได้ระบุตัวชี้วัด"


@dataclass(frozen=True)
class AdviceGroupLine:
    """The advice about one standard or of one owner; `url` leads to its page or its rows."""

    name: str
    summary: AdviceSummary
    url: str = ""


@dataclass(frozen=True)
class NeedsPriority:
    """What schools said in the survey that asked in the term, most urgent area first."""

    campaign: NeedsCampaign
    schools: int
    areas: Sequence[AreaNeed]


@dataclass(frozen=True)
class AdviceResults:
    """The page of a term's recommendations."""

    page: ResultsPage

    @cached_property
    def _rows(self) -> list[AdviceRow]:
        """Of the schools that the filters leave: given in the term, or earlier and still open."""
        schools = {row.school.pk for row in self.page.rows}
        term = self.page.results.term
        return [row for row in load_advice(self.page.user, [term]) if row.school_id in schools]

    @cached_property
    def given(self) -> list[AdviceRow]:
        """Given in the term."""
        return [row for row in self._rows if row.term_id == self.page.results.term.pk]

    @property
    def total(self) -> AdviceSummary:
        return summarise_advice(self.given, self.page.today)

    @property
    def carried_over(self) -> AdviceSummary:
        """Given in earlier terms, and not closed yet."""
        earlier = (row for row in self._rows if row.term_id != self.page.results.term.pk)
        return summarise_advice(earlier, self.page.today)

    @property
    def by_standard(self) -> list[AdviceGroupLine]:
        """In the order of the standards; what names no indicator comes last."""
        found = self._grouped(lambda row: row.standard_label)
        pks = {row.standard_label: row.standard_id for row in self.given}
        return [
            AdviceGroupLine(name or WITHOUT_INDICATOR, found[name], self._standard_url(pks[name]))
            for name in sorted(found, key=lambda one: (not one, one))
        ]

    def _standard_url(self, pk: int | None) -> str:
        return "" if pk is None else self.page.links.standard(pk)

    @property
    def by_owner(self) -> list[AdviceGroupLine]:
        found = self._grouped(lambda row: row.assignee)
        return [
            AdviceGroupLine(str(owner.label), found[owner.value], self._ledger_url(owner))
            for owner in Assignee
            if owner.value in found
        ]

    def _grouped(self, group_of: Callable[[AdviceRow], Hashable]) -> dict[str, AdviceSummary]:
        found = advice_by_group(self.given, self.page.today, group_of)
        return {str(key): summary for key, summary in found.items()}

    @property
    def ledger_url(self) -> str:
        return self._ledger_url()

    def _ledger_url(self, owner: Assignee | None = None) -> str:
        """The ledger of the same rows; empty where it has no filter for those of the page."""
        filters = self.page.selection.filters
        if len(filters.words) > bool(filters.cluster):
            return ""
        asked = {"show": LedgerView.ALL, "term": filters.term.pk, "cluster": filters.cluster}
        query = QueryDict(mutable=True)
        for name, value in {**asked, "assignee": owner}.items():
            if value:
                query[name] = str(value)
        return f"{reverse('recommendations')}?{query.urlencode()}"

    @cached_property
    def needs(self) -> NeedsPriority | None:
        """The survey of the term or of its year; None where the unit has not asked."""
        campaign = NeedsCampaign.objects.covering(self.page.results.term)
        if campaign is None:
            return None
        surveys = NeedsSurvey.objects.visible_to(self.page.user).filter(
            campaign=campaign,
            state=SurveyState.SUBMITTED,
            school__in=[row.school.pk for row in self.page.rows],
        )
        found = list(surveys)
        return NeedsPriority(campaign, len(found), rank_area_needs(levels_by_area(found)))


def overview_advice(request: SignedInRequest) -> HttpResponse:
    """Recommendations of a term beside the needs, for who sees the whole area."""
    page = results_page_of(request)
    if page is None:
        return render_without_term(request)
    context = page_context(page, found=AdviceResults(page), moment=timezone.now())
    return render(request, "reports/overview/advice.html", context)
