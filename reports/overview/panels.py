"""The charts of the overview: what scores say by standard and by cluster."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from reports.charts import Dumbbell, StackedBar, level_bar
from reports.overview.area_results import AreaResults
from reports.overview.filters import OverviewFilters
from reports.overview.links import OverviewLinks
from reports.overview.list_links import overview_url
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.results.school_terms import SchoolCluster
from supervision.results.scores import NO_CLUSTER_PK, ScoreSummary, StandardResult


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
