"""The charts of the overview: what scores say by standard, by cluster and over the terms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reports.charts import Dumbbell, LineSeries, StackedBar, level_bar, line_chart
from reports.charts.lines import MOST_LINES, LineChart
from reports.overview.area_results import AreaResults
from reports.overview.filters import OverviewFilters
from reports.overview.links import OverviewLinks
from reports.overview.list_links import overview_url
from schools.models import Term
from supervision.results.school_terms import SchoolCluster
from supervision.results.scores import NO_CLUSTER_PK, ScoreSummary, StandardResult
from supervision.results.standards import ResultScale, ResultStandard
from supervision.rounds.overview import NO_CLUSTER

EVERY_SCHOOL, SAME_SCHOOLS = "every", "same"


def clusters_of_term(results: AreaResults) -> list[SchoolCluster]:
    """The clusters of the schools that count in the term, in their order; none comes last."""
    found = {row.cluster.pk: row.cluster for row in results.of_term(results.term)}
    return sorted(found.values(), key=lambda one: (one.pk is None, one.sort_key))


def dumbbells_by_scale(
    found: Iterable[StandardResult], links: OverviewLinks, *, short: bool
) -> list[list[Dumbbell]]:
    """School and supervisor by standard; one list for each scale, as a chart has one axis.

    `short` leaves the standards' names out.
    """
    by_scale = groupby(
        sorted(found, key=lambda one: one.standard.scale.pk), key=lambda one: one.standard.scale.pk
    )
    return [[_dumbbell(one, links, short=short) for one in group] for _, group in by_scale]


def _dumbbell(one: StandardResult, links: OverviewLinks, *, short: bool) -> Dumbbell:
    scale, summary = one.standard.scale, one.summary
    return Dumbbell(
        label=one.standard.short_label if short else one.standard.label,
        own=summary.own.mean,
        visit=summary.visit.mean,
        low=scale.low,
        top=scale.top,
        n=summary.visit.n,
        url=links.standard(one.standard.pk),
    )


# --- How many schools are at which level ---


def level_bars_by_standard(
    found: Iterable[StandardResult], links: OverviewLinks, *, short: bool
) -> list[list[StackedBar]]:
    """Schools by band of their mean; one list for each wording of the bands."""
    return _by_bands(
        _level_bar(
            one.standard.short_label if short else one.standard.label,
            one.summary,
            links.standard(one.standard.pk),
        )
        for one in found
    )


def level_bars_by_cluster(
    clusters: Iterable[SchoolCluster],
    scores: Mapping[Any, ScoreSummary],
    filters: OverviewFilters,
) -> list[list[StackedBar]]:
    """The same over all indicators together, a bar a cluster."""
    return _by_bands(
        _level_bar(cluster.name or NO_CLUSTER, summary, cluster_overview_url(filters, cluster))
        for cluster in clusters
        if (summary := scores.get(cluster.pk or NO_CLUSTER_PK))
    )


def cluster_overview_url(filters: OverviewFilters, cluster: SchoolCluster) -> str:
    """The overview of one cluster; empty for schools of none."""
    return overview_url(filters, cluster=cluster.pk) if cluster.pk else ""


def _level_bar(label: str, summary: ScoreSummary, url: str = "") -> StackedBar:
    few = " (น้อยกว่า 3 โรงเรียน)" if summary.is_few else ""
    counts = [(band.label, band.schools) for band in summary.distribution]
    return level_bar(f"{label}{few}", counts, url)


def _by_bands(bars: Iterable[StackedBar]) -> list[list[StackedBar]]:
    groups: dict[tuple[str, ...], list[StackedBar]] = {}
    for bar in bars:
        if bar.total:
            groups.setdefault(tuple(one.label for one in bar.segments), []).append(bar)
    return list(groups.values())


# --- Over the terms ---


@dataclass(frozen=True)
class TrendPanel:
    """Lines over the compared terms, and of how many schools they are (`note`)."""

    title: str
    note: str
    chart: LineChart


def trend_panels(
    results: AreaResults, standards: Sequence[ResultStandard], basis: str
) -> list[TrendPanel]:
    """All standards together, then these; nothing where fewer than two terms can be compared.

    `standards` are those of the term. A term with another scale than theirs cannot be compared.
    The first chart has both lines, every school and the same schools; those of the standards
    follow `basis`.
    """
    scales = {one.scale for one in standards}
    if len(scales) != 1:
        return []
    (scale,) = scales
    terms = [term for term in results.terms if results.scores.scales(term.pk) == scales]
    if len(terms) < 2:
        return []
    note = "" if len(terms) == len(results.terms) else " ไม่รวมภาคเรียนที่ไม่มีผลหรือใช้มาตราส่วนอื่น"
    return [
        _overall_panel(results, terms, scale, note),
        *(
            _standards_panel(results, terms, group, basis)
            for group in _standards_by_chart(standards)
        ),
    ]


def _overall_panel(
    results: AreaResults, terms: Sequence[Term], scale: ResultScale, note: str
) -> TrendPanel:
    points = results.scores.trend([term.pk for term in terms], None)
    names = [str(term) for term in terms]
    every = [(name, point.mean) for name, point in zip(names, points, strict=True)]
    same = [(name, point.same_schools_mean) for name, point in zip(names, points, strict=True)]
    series = [LineSeries("ทุกโรงเรียน", every), LineSeries("โรงเรียนเดียวกัน", same)]
    counts = ", ".join(str(point.schools) for point in points)
    told = (
        f"ทุกโรงเรียน คือ {counts} โรงเรียนตามลำดับ · โรงเรียนเดียวกัน คือ "
        f"{points[-1].same_schools} โรงเรียนที่มีผลทุกภาคเรียน{note}"
    )
    return TrendPanel("ทุกมาตรฐานรวมกัน", told, line_chart(series, scale.low, scale.top))


def _standards_by_chart(standards: Sequence[ResultStandard]) -> list[tuple[ResultStandard, ...]]:
    """Those of one level of education together, as many as lines can be told apart."""
    levels = [list(group) for _, group in groupby(standards, key=lambda one: one.level)]
    return [
        tuple(of_level[at : at + MOST_LINES])
        for of_level in levels
        for at in range(0, len(of_level), MOST_LINES)
    ]


def _standards_panel(
    results: AreaResults,
    terms: Sequence[Term],
    standards: Sequence[ResultStandard],
    basis: str,
) -> TrendPanel:
    series = [_standard_line(results, terms, one, basis) for one in standards]
    scale = standards[0].scale
    return TrendPanel(
        f"รายมาตรฐาน {standards[0].level}".strip(),
        "ในวงเล็บ คือ จำนวนโรงเรียนของภาคเรียนล่าสุด",
        line_chart(series, scale.low, scale.top),
    )


def _standard_line(
    results: AreaResults, terms: Sequence[Term], standard: ResultStandard, basis: str
) -> LineSeries:
    points = results.scores.trend([term.pk for term in terms], standard)
    same = basis == SAME_SCHOOLS
    count = points[-1].same_schools if same else points[-1].schools
    values = [point.same_schools_mean if same else point.mean for point in points]
    names = [str(term) for term in terms]
    label = f"มาตรฐานที่ {standard.number} ({count})"
    return LineSeries(label, list(zip(names, values, strict=True)))
