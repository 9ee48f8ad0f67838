"""The results of a term: its standards, its groups of schools, and how it went over terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.charts import LineSeries, StackedBar, level_bar, line_chart, sparkline
from reports.charts.lines import LineChart, Sparkline
from reports.overview.groups import GroupLine, ResultGrouping, group_lines, groups_of_schools
from reports.overview.links import OverviewLinks
from reports.overview.page import (
    ResultsPage,
    grouped_page_of,
    page_context,
    render_without_term,
)
from schools.core.http import SignedInRequest
from schools.models import Term
from supervision.results.changes import MeanChange, mean_change
from supervision.results.scores import ScoreSummary, ScoreTable, StandardResult, TrendPoint
from supervision.results.standards import ResultStandard


@dataclass(frozen=True)
class BandLink:
    """How many schools are in one band of a scale, and where they are listed."""

    label: str
    schools: int
    url: str


@dataclass(frozen=True)
class BandLine:
    """The bands of one standard or group by its name."""

    name: str
    bands: Sequence[BandLink]


def band_links(
    summary: ScoreSummary, links: OverviewLinks, standard: ResultStandard | None = None
) -> list[BandLink]:
    """The bands of a summary, lowest first; none where nobody was judged."""
    asked = {"standard": standard.pk} if standard else {}
    return [
        BandLink(band.label, band.schools, links.schools(show="judged", band=place, **asked))
        for place, band in enumerate(summary.distribution)
    ]


@dataclass(frozen=True)
class TermTrend:
    """Means over terms: of the schools that every term has, and of all of each term."""

    points: Sequence[TrendPoint]
    names: Sequence[str]
    chart: LineChart

    @property
    def same_schools(self) -> int:
        return self.points[-1].same_schools if self.points else 0

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many schools each term has a mean of."""
        return [(n, p.schools) for n, p in zip(self.names, self.points, strict=True)]


def term_trend(
    scores: ScoreTable, terms: Sequence[Term], standard: ResultStandard | None
) -> TermTrend | None:
    """The trend of a standard, or of all together; None while nothing is judged."""
    shown = standard or next(iter(scores.standards), None)
    if shown is None:
        return None
    points = scores.trend([term.pk for term in terms], standard)
    names = [str(term) for term in terms]
    same = [(name, point.same_schools_mean) for name, point in zip(names, points, strict=True)]
    every = [(name, point.mean) for name, point in zip(names, points, strict=True)]
    series = [LineSeries("โรงเรียนเดียวกัน", same), LineSeries("ทุกโรงเรียน", every)]
    return TermTrend(points, names, line_chart(series, shown.scale.low, shown.scale.top))


@dataclass(frozen=True)
class StandardLine:
    """One standard of the term: its schools by band, its mean over terms, its change."""

    result: StandardResult
    bands: Sequence[BandLink]
    trend: Sparkline
    change: MeanChange | None
    url: str

    @property
    def bar(self) -> StackedBar:
        counts = [(band.label, band.schools) for band in self.bands]
        return level_bar(self.result.standard.label, counts)


@dataclass(frozen=True)
class TermResults:
    """The page of a term's results."""

    page: ResultsPage
    by: ResultGrouping

    @property
    def scores(self) -> ScoreTable:
        return self.page.results.scores

    @cached_property
    def overall(self) -> ScoreSummary:
        return self.scores.overall(self.page.results.term.pk)

    @property
    def band_lines(self) -> list[BandLine]:
        """The schools of each band, standard by standard, and over all indicators."""
        lines = [BandLine(line.result.standard.label, line.bands) for line in self.standards]
        return [*lines, BandLine("ทุกตัวชี้วัดรวมกัน", band_links(self.overall, self.page.links))]

    @cached_property
    def overall_change(self) -> MeanChange | None:
        return self._change(None)

    @cached_property
    def standards(self) -> list[StandardLine]:
        """Every standard that was judged in the term."""
        results = self.scores.standard_results(self.page.results.term.pk)
        return [self._standard_line(result) for result in results]

    def _standard_line(self, result: StandardResult) -> StandardLine:
        standard, links = result.standard, self.page.links
        terms = self.page.results.terms
        points = self.scores.trend([term.pk for term in terms], standard)
        means = [(str(t), p.same_schools_mean) for t, p in zip(terms, points, strict=True)]
        return StandardLine(
            result=result,
            bands=band_links(result.summary, links, standard),
            trend=sparkline(means, standard.scale.low, standard.scale.top),
            change=self._change(standard),
            url=links.standard(standard.pk),
        )

    def _change(self, standard: ResultStandard | None) -> MeanChange | None:
        results = self.page.results
        if results.previous is None:
            return None
        return mean_change(self.scores, results.previous.pk, results.term.pk, standard)

    @cached_property
    def groups(self) -> list[GroupLine]:
        """The schools of the term by what the address asks for."""
        page = self.page
        groups = groups_of_schools(page.rows, self.by, page.results.sizes, page.size_order)
        return group_lines(self.scores, page.rows, groups, self.by, page.links)

    @cached_property
    def trend(self) -> TermTrend | None:
        return term_trend(self.scores, self.page.results.terms, None)


def overview_results(request: SignedInRequest) -> HttpResponse:
    """What the signed visits of a term came to, for who sees the whole area."""
    page = grouped_page_of(request)
    if page is None:
        return render_without_term(request)
    context = page_context(
        page,
        found=TermResults(page, page.grouping),
        groupings=ResultGrouping,
        moment=timezone.now(),
    )
    return render(request, "reports/overview/results.html", context)
