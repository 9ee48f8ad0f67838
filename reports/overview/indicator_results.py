"""The indicators of a term at which schools do best and least, and where the two sides differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.overview.groups import ResultGrouping, SchoolGroup, groups_of_schools
from reports.overview.page import (
    ResultsPage,
    page_context,
    render_without_term,
    results_page_of,
)
from schools.core.http import SignedInRequest
from supervision.criteria.scoring import signed_text
from supervision.results.gaps import GapSummary, gaps_by_group, gaps_by_visit
from supervision.results.indicators import IndicatorResult, indicator_results

SHOWN_AT_EACH_END = 5


@dataclass(frozen=True)
class JudgedIndicatorLine:
    """One indicator over the schools of a term, and where its page is."""

    result: IndicatorResult
    url: str

    @property
    def gap(self) -> str | None:
        """The mean gap over the schools that both sides judged, with its sign."""
        return signed_text(self.result.gap.mean)


@dataclass(frozen=True)
class GapLine:
    """The gaps of one group of schools."""

    group: SchoolGroup
    gap: GapSummary
    schools_url: str

    @property
    def mean(self) -> str | None:
        return signed_text(self.gap.mean)


@dataclass(frozen=True)
class IndicatorRanking:
    """The page of a term's indicators: most and least achieved, gaps by leader and cluster."""

    page: ResultsPage

    @cached_property
    def lines(self) -> list[JudgedIndicatorLine]:
        """Every indicator with a level, from the lowest mean to the highest."""
        results = indicator_results(self.page.rows, self.page.results.wanted)
        judged = [result for result in results if result.visit.n]
        return [
            JudgedIndicatorLine(result, self.page.links.indicator(result.indicator.pk))
            for result in sorted(judged, key=lambda one: one.visit.mean or 0)
        ]

    @property
    def lowest(self) -> Sequence[JudgedIndicatorLine]:
        return self.lines[:SHOWN_AT_EACH_END]

    @property
    def highest(self) -> Sequence[JudgedIndicatorLine]:
        """None that is among the lowest: of few indicators only the lowest are listed."""
        rest = self.lines[SHOWN_AT_EACH_END:]
        return rest[::-1][:SHOWN_AT_EACH_END]

    @cached_property
    def gaps(self) -> dict[int, GapSummary]:
        return gaps_by_visit(self.page.rows, self.page.results.wanted)

    @property
    def gaps_by_leader(self) -> list[GapLine]:
        return self._gap_lines(ResultGrouping.LEADER)

    @property
    def gaps_by_cluster(self) -> list[GapLine]:
        return self._gap_lines(ResultGrouping.CLUSTER)

    def _gap_lines(self, by: ResultGrouping) -> list[GapLine]:
        page = self.page
        groups = groups_of_schools(page.rows, by, page.results.sizes, page.size_order)
        found = gaps_by_group(page.rows, self.gaps, lambda row: groups[row.school.pk].key)
        return [
            GapLine(group, found[group.key], page.links.schools(by=by, group=group.key))
            for group in sorted(set(groups.values()))
            if group.key in found
        ]


def overview_indicators(request: SignedInRequest) -> HttpResponse:
    """Most and least achieved indicators of a term, for who sees the whole area."""
    page = results_page_of(request)
    if page is None:
        return render_without_term(request)
    context = page_context(page, found=IndicatorRanking(page), moment=timezone.now())
    return render(request, "reports/overview/indicators.html", context)
