"""Learning results of the selected schools: over years, level by level, group by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from reports.charts import (
    BarSegment,
    LineSeries,
    StackedBar,
    level_colour,
    line_chart,
    means_sparkline,
    top_of_test_scale,
)
from reports.charts.lines import LineChart, Sparkline
from reports.data.area_learning import (
    AreaLearning,
    AreaLearningKind,
    AreaLearningLine,
    group_sum,
    load_area_learning,
)
from reports.overview.groups import ResultGrouping, SchoolGroup, groups_of_schools
from reports.overview.page import (
    ResultsPage,
    grouped_page_of,
    page_context,
    render_without_term,
)
from schools.core.http import SignedInRequest
from supervision.criteria.scoring import signed_text
from supervision.profiles.learning.sums import ResultSum
from supervision.profiles.models import TestKind, TestSubject
from supervision.results.scores import ScoreSummary

TITLE = "ผลการเรียนรู้"
ALL_PERCENT = 100


@dataclass(frozen=True)
class LearningSubjectRow:
    """One subject of the newest year beside the year before and the country.

    `url` leads to the schools behind its figures.
    """

    line: AreaLearningLine
    spark: Sparkline
    url: str

    @property
    def sum(self) -> ResultSum:
        return self.line.newest.sum

    @property
    def pupils(self) -> str:
        """How many were tested."""
        return f"{self.sum.tested:,}"

    @property
    def change(self) -> str | None:
        """Since the year before, over the schools tested in both."""
        return signed_text(self.line.change.points) if self.line.change else None

    @property
    def schools_of_both_years(self) -> int | None:
        """How many schools that change is of."""
        return self.line.change.schools if self.line.change else None

    @property
    def difference(self) -> str | None:
        """From the country's mean."""
        return None if self.line.difference is None else signed_text(self.line.difference)


@dataclass(frozen=True)
class LearningGroupRow:
    """One group of schools: what supervisors saw in the term, and the subjects beside it."""

    group: SchoolGroup
    scores: ScoreSummary | None
    sums: Sequence[tuple[TestSubject, ResultSum]]


@dataclass(frozen=True)
class LearningKindView:
    """One kind of test as the page shows it; its charts and groups are made when asked for."""

    page: ResultsPage
    learning: AreaLearning
    found: AreaLearningKind

    @property
    def kind(self) -> TestKind:
        return self.found.kind

    @property
    def year(self) -> int:
        return self.found.year

    @property
    def subjects(self) -> list[LearningSubjectRow]:
        return [
            LearningSubjectRow(line, _small_line(line), self._rows_url(line))
            for line in self.found.lines
        ]

    @property
    def left_out(self) -> int:
        """The most schools that a subject's sums leave out for fewer than three pupils."""
        return max(line.newest.sum.left_out for line in self.found.lines)

    @property
    def has_means(self) -> bool:
        """Whether a subject has a mean; what is judged by levels alone has none."""
        return any(line.newest.sum.mean is not None for line in self.found.lines)

    @property
    def has_samples(self) -> bool:
        return self.learning.has_samples

    def _rows_url(self, line: AreaLearningLine) -> str:
        asked = {"year": self.year, "kind": self.kind.pk, "subject": line.subject.pk}
        if cluster := self.page.selection.filters.cluster:
            asked["cluster"] = cluster
        return f"{reverse('learning_list')}?{urlencode(asked)}"

    @property
    def level_bars(self) -> list[StackedBar]:
        """Of a hundred pupils, how many reached each level: a bar a subject of the newest year."""
        return [self._level_bar(line) for line in self.found.lines if line.newest.sum.shares]

    def _level_bar(self, line: AreaLearningLine) -> StackedBar:
        lowest_first = self.found.levels[::-1]
        shares = line.newest.sum.shares
        count = len(lowest_first)
        segments = [
            BarSegment(name, shares.get(pk, Decimal()), level_colour(place, count))
            for place, (pk, name) in enumerate(lowest_first)
        ]
        return StackedBar(line.subject.label, segments, ALL_PERCENT)

    @property
    def charts(self) -> list[tuple[str, LineChart]]:
        """The schools' mean and the country's over the years, a chart a subject that has means."""
        lines = [line for line in self.found.lines if line.newest.sum.mean is not None]
        return [(line.subject.label, _chart(line)) for line in lines]

    @cached_property
    def groups(self) -> list[LearningGroupRow]:
        """The groups of the term's schools, in their order."""
        page, term = self.page, self.page.results.term
        of_school = groups_of_schools(page.rows, page.grouping, page.results.sizes, page.size_order)
        sums = self.learning.by_group(self.found, of_school)
        scores = page.results.scores.by_school_group(term.pk, of_school)
        subjects = [line.subject for line in self.found.lines]
        return [
            LearningGroupRow(
                group,
                scores.get(group),
                [(one, group_sum(sums.get(group, {}), one)) for one in subjects],
            )
            for group in sorted(set(of_school.values()))
        ]


def _small_line(line: AreaLearningLine) -> Sparkline:
    return means_sparkline([(str(one.year), one.sum.mean) for one in line.years])


def _chart(line: AreaLearningLine) -> LineChart:
    names = [str(one.year) for one in line.years]
    schools = [one.sum.mean for one in line.years]
    nation = [one.nation for one in line.years]
    series = [LineSeries("โรงเรียนที่เลือก", list(zip(names, schools, strict=True)))]
    if any(mean is not None for mean in nation):
        series.append(LineSeries("ประเทศ", list(zip(names, nation, strict=True))))
    return line_chart(series, 0, top_of_test_scale(line.subject.highest_mean))


def load_learning_views(page: ResultsPage) -> list[LearningKindView]:
    """The kinds of tests with results of the page's schools, up to the term's academic year."""
    schools = {row.school.pk for row in page.selection.schools}
    learning = load_area_learning(
        page.results.term.academic_year.year,
        schools=schools if page.selection.filters.words else None,
    )
    return [LearningKindView(page, learning, found) for found in learning.kinds]


def overview_learning(request: SignedInRequest) -> HttpResponse:
    """For who sees the area; the overview loads its first panel into itself."""
    page = grouped_page_of(request)
    if page is None:
        return render_without_term(request, TITLE)
    views = load_learning_views(page)
    asked = request.GET.get("kind", "")
    chosen = next((view for view in views if str(view.kind.pk) == asked), None)
    context = page_context(
        page,
        views=views,
        chosen=chosen or next(iter(views), None),
        groupings=ResultGrouping,
        title=TITLE,
    )
    return render(request, "reports/overview/learning.html", context)
