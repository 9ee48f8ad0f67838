"""ภาพรวมเขต: where the area stands in a term, as far as the person's rights go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.charts import Dumbbell, StackedBar
from reports.data.trends import ScoreTrend, TrendBasis, score_trends
from reports.overview.area_results import AreaResults, load_area_results
from reports.overview.cluster_table import (
    SORT_BY_NAME,
    ClusterRow,
    cluster_rows,
    cluster_sort_columns,
    read_sort,
    sort_clusters,
)
from reports.overview.filters import NARROWING_FIELDS, OverviewSelection, select_for_overview
from reports.overview.headlines import HeadlineCard, headline_cards
from reports.overview.links import OverviewLinks
from reports.overview.page import render_without_term
from reports.overview.panels import (
    clusters_of_term,
    dumbbells_by_scale,
    level_bars_by_cluster,
    level_bars_by_standard,
)
from reports.overview.step_progress import progress_context
from schools.access import Permission, can, require_anywhere, rights_of
from schools.core.http import SignedInRequest
from schools.models import User
from schools.office import remember_current_term
from schools.people.access_notices import unread_access_events
from supervision.cycle.term_gap import find_term_gap
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.results.advice import AdviceRow, load_advice
from supervision.results.gaps import gaps_by_visit
from supervision.results.scores import Grouping

OVERVIEW_TITLE = "ภาพรวมเขตพื้นที่"
# Of who follows progress alone: nothing by which schools are judged or told apart by results.
PROGRESS_HIDDEN = tuple(name for name in ("compared", *NARROWING_FIELDS) if name != "cluster")


@dataclass(frozen=True)
class AreaOverview:
    """All that the overview says of one selection of schools; page and paper show the same.

    The charts by scale or wording of bands are lists of charts: usually of one.
    """

    selection: OverviewSelection
    results: AreaResults
    cards: Sequence[HeadlineCard]
    dumbbells: Sequence[Sequence[Dumbbell]]
    by_standard: Sequence[Sequence[StackedBar]]
    by_cluster: Sequence[Sequence[StackedBar]]
    trends: Sequence[ScoreTrend]
    clusters: Sequence[ClusterRow]

    @property
    def schools(self) -> int:
        return self.results.coverage(self.results.term).schools

    @property
    def cluster_count(self) -> int:
        return sum(row.cluster.pk is not None for row in self.clusters)

    @property
    def is_sample(self) -> bool:
        """Whether any round that is counted is a sample."""
        return any(row.is_sample for row in self.results.of_term(self.results.term))


def build_area_overview(
    user: User,
    selection: OverviewSelection,
    today: date,
    *,
    sort: str = SORT_BY_NAME,
    basis: TrendBasis = TrendBasis.EVERY,
    short: bool = False,
) -> AreaOverview:
    """In a constant number of queries; `sort` of the clusters, `basis` of the trend lines.

    `short` leaves the names of standards out where there is no room for them.
    """
    results = load_area_results(user, selection, today)
    advice = _advice_of(user, results)
    compared = results.terms[-2:]
    gaps = gaps_by_visit(
        [row for term in compared for row in results.of_term(term)], results.wanted
    )
    filters, clusters = selection.filters, clusters_of_term(results)
    links = OverviewLinks(filters.query)
    standards = results.scores.standard_results(results.term.pk)
    by_cluster = results.scores.by_group(results.term.pk, Grouping.CLUSTER)
    rows = cluster_rows(results, selection, by_cluster, advice, today)
    return AreaOverview(
        selection=selection,
        results=results,
        cards=headline_cards(results, filters, gaps, advice, today),
        dumbbells=dumbbells_by_scale(standards, links, short=short),
        by_standard=level_bars_by_standard(standards, links, short=short),
        by_cluster=level_bars_by_cluster(clusters, by_cluster, filters),
        trends=score_trends(
            results.scores, results.terms, [one.standard for one in standards], basis
        ),
        clusters=sort_clusters(rows, sort),
    )


def _advice_of(user: User, results: AreaResults) -> list[AdviceRow]:
    """To the schools that count in the term: given in it or the term before, or still open."""
    counted = {row.school.pk for row in results.of_term(results.term)}
    found = load_advice(user, results.terms[-2:])
    return [row for row in found if row.school_id in counted]


def overview(request: SignedInRequest) -> HttpResponse:
    """The area as scores and decisions have it; for who may not read those, its progress."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    today, asked = timezone.localdate(), request.GET.dict()
    sees_area = can(request.user, Permission.VIEW_AREA)
    hidden = () if sees_area else PROGRESS_HIDDEN
    selection = select_for_overview(request.user, asked, today, hidden=hidden)
    if selection is None:
        return render_without_term(request, OVERVIEW_TITLE)
    remember_current_term(request, selection.choice.current)
    context = _selection_context(selection)
    coming = selection.choice.next_opening(today)
    context["gap"] = find_term_gap(rights_of(request.user), selection.choice.current, coming, today)
    if not sees_area:
        context |= progress_context(request.user, selection, today)
        return render(request, "reports/overview/progress.html", context)
    sort, basis = read_sort(asked.get("sort", "")), read_basis(asked.get("basis", ""))
    context["area"] = build_area_overview(request.user, selection, today, sort=sort, basis=basis)
    context |= {"columns": cluster_sort_columns(sort), "basis": basis}
    context["events"] = unread_access_events(request.user)
    year = selection.term.academic_year_id
    at_work = QualityDrive.objects.filter(academic_year=year, state__in=AT_WORK_STATES)
    context["drive"] = at_work.select_related("academic_year").first()
    return render(request, "reports/overview/area.html", context)


def _selection_context(selection: OverviewSelection) -> dict[str, Any]:
    return {
        "selection": selection,
        "form": selection.form,
        "filters": selection.filters,
        "moment": timezone.now(),
    }


def read_basis(asked: str) -> TrendBasis:
    """Whether trend lines are of every school, or of those that every term has."""
    return TrendBasis.SAME if asked == TrendBasis.SAME else TrendBasis.EVERY
