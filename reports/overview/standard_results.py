"""One standard over all schools of a term: bands, groups, trend, indicators, both ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from reports.charts import StackedBar, level_bar
from reports.overview.groups import (
    GroupLine,
    ResultGrouping,
    group_lines,
    groups_of_schools,
)
from reports.overview.indicator_results import JudgedIndicatorLine
from reports.overview.links import school_results_url
from reports.overview.page import (
    ResultsPage,
    grouped_page_of,
    page_context,
    render_without_term,
)
from reports.overview.standard_keys import find_result_standard, readable_standards, same_standard
from reports.overview.term_results import (
    BandLine,
    TermTrend,
    band_links,
    term_trend,
)
from schools.core.http import SignedInRequest
from schools.models import School
from supervision.criteria.scoring import signed_text
from supervision.results.changes import MeanChange, mean_change
from supervision.results.indicators import indicator_results
from supervision.results.scores import SchoolScore, ScoreTable, StandardResult
from supervision.results.standards import ResultScale, ResultStandard

SHOWN_AT_EACH_END = 5


@dataclass(frozen=True)
class IndicatorOfStandard(JudgedIndicatorLine):
    """One indicator of the standard with the scale of its levels."""

    scale: ResultScale

    @property
    def bar(self) -> StackedBar:
        """The schools at each level, those of nobody too."""
        found, levels = self.result.visit.levels, range(self.scale.low, self.scale.top + 1)
        counts = [(self.scale.level_name(level), found.get(level, 0)) for level in levels]
        return level_bar(self.result.label, counts)


@dataclass(frozen=True)
class ScoredSchool:
    """One school with its means of the standard."""

    school: School
    score: SchoolScore
    url: str

    @property
    def gap(self) -> str | None:
        return signed_text(self.score.gap)


@dataclass(frozen=True)
class StandardResults:
    """The page of one standard; `result` is None where no school of the term was judged by it."""

    page: ResultsPage
    standard: ResultStandard
    result: StandardResult | None
    by: ResultGrouping

    @property
    def scores(self) -> ScoreTable:
        return self.page.results.scores

    @property
    def gap(self) -> str | None:
        return signed_text(self.result.summary.gap) if self.result else None

    @property
    def schools_url(self) -> str:
        return self.page.links.schools(show="judged", standard=self.standard.pk)

    @property
    def bar(self) -> StackedBar:
        """The schools in each band."""
        counts = self.result.summary.distribution if self.result else ()
        return level_bar("ทุกโรงเรียน", [(band.label, band.schools) for band in counts])

    @property
    def band_lines(self) -> list[BandLine]:
        if self.result is None:
            return []
        bands = band_links(self.result.summary, self.page.links, self.standard)
        return [BandLine(self.standard.label, bands)]

    @property
    def change(self) -> MeanChange | None:
        results = self.page.results
        if results.previous is None:
            return None
        return mean_change(self.scores, results.previous.pk, results.term.pk, self.standard)

    @cached_property
    def trend(self) -> TermTrend | None:
        return term_trend(self.scores, self.page.results.terms, self.standard)

    @cached_property
    def groups(self) -> list[GroupLine]:
        page, by = self.page, self.by
        groups = groups_of_schools(page.rows, by, page.results.sizes, page.size_order)
        return group_lines(self.scores, page.rows, groups, by, page.links, self.standard)

    @cached_property
    def indicators(self) -> list[IndicatorOfStandard]:
        """The standard's indicators in reading order."""
        links, scale = self.page.links, self.standard.scale
        results = indicator_results(self.page.rows, self.page.results.wanted)
        return [
            IndicatorOfStandard(result, links.indicator(result.indicator.pk), scale)
            for result in results
            if same_standard(result.indicator.standard, [self.standard])
        ]

    @cached_property
    def schools(self) -> list[ScoredSchool]:
        """Every school judged by the standard in the term, from the lowest mean."""
        names, term = {row.school.pk: row.school for row in self.page.rows}, self.page.results.term
        found = [
            ScoredSchool(
                names[score.school_id], score, school_results_url(score.school_id, term.pk)
            )
            for score in self.scores.school_scores(term.pk)
            if score.standard == self.standard and score.visit is not None
        ]
        return sorted(found, key=lambda one: (one.score.visit or 0, one.school.sort_key))

    @property
    def lowest(self) -> Sequence[ScoredSchool]:
        return self.schools[:SHOWN_AT_EACH_END]

    @property
    def highest(self) -> Sequence[ScoredSchool]:
        """None that is among the lowest: of few schools only the lowest are listed."""
        return self.schools[SHOWN_AT_EACH_END:][::-1][:SHOWN_AT_EACH_END]


def overview_standard(request: SignedInRequest, pk: int) -> HttpResponse:
    """One standard, by the key of any of its versions, for who sees the whole area."""
    page = grouped_page_of(request)
    if page is None:
        get_object_or_404(readable_standards(request.user), pk=pk)
        return render_without_term(request)
    standard = find_result_standard(request.user, pk, page.results.scores.standards)
    if standard is None:
        raise Http404
    found = _standard_results(page, standard) if isinstance(standard, ResultStandard) else None
    context = page_context(
        page,
        pk=pk,
        label=found.standard.label if found else str(standard),
        found=found,
        groupings=ResultGrouping,
        moment=timezone.now(),
    )
    return render(request, "reports/overview/standard.html", context)


def _standard_results(page: ResultsPage, standard: ResultStandard) -> StandardResults:
    results = page.results.scores.standard_results(page.results.term.pk)
    result = next((one for one in results if one.standard == standard), None)
    return StandardResults(page, standard, result, page.grouping)
