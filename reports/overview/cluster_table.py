"""The overview's table of clusters: coverage, results and overdue advice of each, sortable."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reports.charts import DoneBar
from reports.data.scores import gap_text, two_decimals
from reports.overview.area_results import AreaResults
from reports.overview.filters import OverviewFilters, OverviewSelection
from reports.overview.links import OverviewLinks
from reports.overview.list_links import ledger_url
from reports.overview.panels import cluster_overview_url, clusters_of_term
from reports.overview.school_lines import SchoolCount
from schools.models import User
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.improvement.ledger import LedgerView
from supervision.results.advice import AdviceRow, AdviceSummary, advice_by_group
from supervision.results.coverage import TermCoverage, term_coverage
from supervision.results.school_terms import SchoolCluster, SchoolTerm
from supervision.results.scores import FEW_SCHOOLS, NO_CLUSTER_PK, ScoreSummary


@dataclass(frozen=True)
class FigureCell:
    """A figure in a row of the table: its text, where its rows are, and what stands beside it."""

    label: str
    text: str
    url: str = ""
    note: str = ""
    bar: DoneBar | None = None
    is_late: bool = False


@dataclass(frozen=True)
class ClusterRow:
    """One cluster in one term; `scores` is None while no school of it has any."""

    cluster: SchoolCluster
    coverage: TermCoverage
    scores: ScoreSummary | None
    overdue: int
    supervisors: Sequence[User]
    url: str
    schools_url: str
    visited_url: str
    achieved_url: str
    overdue_url: str

    @property
    def name(self) -> str:
        return self.cluster.name or NO_CLUSTER

    @property
    def people(self) -> str:
        """Who has the cluster in charge."""
        return ", ".join(str(person) for person in self.supervisors)

    @property
    def cells(self) -> list[FigureCell]:
        """Its figures in the order of SORT_LABELS, after the name."""
        count, labels = self.coverage, SORT_LABELS
        bar = DoneBar("", count.visited, 0, count.schools)
        visited = f"{count.visited}/{count.schools}"
        overdue_url = self.overdue_url if self.overdue else ""
        return [
            FigureCell(labels["schools"], str(count.schools), self.schools_url),
            FigureCell(labels["visited"], visited, self.visited_url, bar=bar),
            FigureCell(labels["achieved"], str(self.coverage.achieved), self.achieved_url),
            FigureCell(labels["mean"], two_decimals(self.mean) or "–", note=self.meaning),
            FigureCell(labels["gap"], self.gap or "–"),
            FigureCell(labels["overdue"], str(self.overdue), overdue_url, is_late=self.overdue > 0),
        ]

    @property
    def mean(self) -> Decimal | None:
        return self.scores.visit.mean if self.scores else None

    @property
    def meaning(self) -> str:
        return self.scores.visit.meaning if self.scores else ""

    @property
    def gap(self) -> str | None:
        return gap_text(self.scores.own.mean, self.scores.visit.mean) if self.scores else None

    @property
    def is_few(self) -> bool:
        return self.coverage.schools < FEW_SCHOOLS


@dataclass(frozen=True)
class ClusterSortColumn:
    """A heading that sorts the table; pressing the one that sorts it turns the order round."""

    key: str
    label: str
    is_number: bool
    chosen: str

    @property
    def next_key(self) -> str:
        """The value of `sort` in the address: numbers begin with the largest."""
        first, second = (f"-{self.key}", self.key) if self.is_number else (self.key, f"-{self.key}")
        return second if self.chosen == first else first

    @property
    def sign(self) -> str:
        """The arrow beside the heading."""
        return {"none": "↕", "ascending": "↑", "descending": "↓"}[self.aria_sort]

    @property
    def aria_sort(self) -> str:
        if self.chosen.lstrip("-") != self.key:
            return "none"
        return "descending" if self.chosen.startswith("-") else "ascending"


# What a column sorts by; a cluster without the figure comes first in rising order.
SORT_KEYS: Mapping[str, Callable[[ClusterRow], Any]] = {
    "name": lambda row: (row.cluster.pk is None, row.cluster.sort_key),
    "schools": lambda row: row.coverage.schools,
    "visited": lambda row: row.coverage.percent_visited or 0,
    "achieved": lambda row: row.coverage.achieved,
    "mean": lambda row: row.mean or 0,
    "gap": lambda row: abs(row.scores.gap or 0) if row.scores else 0,
    "overdue": lambda row: row.overdue,
}
SORT_LABELS = {
    "name": "กลุ่มโรงเรียน",
    "schools": "โรงเรียน",
    "visited": "นิเทศแล้ว",
    "achieved": "บรรลุ",
    "mean": "ค่าเฉลี่ย",
    "gap": "ผลต่าง",
    "overdue": "ข้อเสนอแนะเกินกำหนด",
}
SORT_BY_NAME = "name"


def cluster_sort_columns(chosen: str) -> list[ClusterSortColumn]:
    return [
        ClusterSortColumn(key, label, key != SORT_BY_NAME, chosen)
        for key, label in SORT_LABELS.items()
    ]


def read_sort(asked: str) -> str:
    """The order that the address asks for, by name where it asks for none that there is."""
    return asked if asked.removeprefix("-") in SORT_KEYS else SORT_BY_NAME


def cluster_rows(
    results: AreaResults,
    selection: OverviewSelection,
    scores: Mapping[Any, ScoreSummary],
    advice: Sequence[AdviceRow],
    today: date,
) -> list[ClusterRow]:
    """A row for each cluster whose schools count in the term, in the order of their names."""
    schools = _schools_by_cluster(results)
    overdue = _advice_by_cluster(schools, advice, today)
    in_charge = {row.school.cluster_pk: row.supervisors for row in selection.all_schools}
    return [
        ClusterRow(
            cluster=cluster,
            coverage=term_coverage(schools[cluster.pk]),
            scores=scores.get(cluster.pk or NO_CLUSTER_PK),
            overdue=overdue[cluster.pk].overdue if cluster.pk in overdue else 0,
            supervisors=in_charge.get(cluster.pk, ()),
            url=cluster_overview_url(selection.filters, cluster),
            **_row_links(selection.filters, cluster),
        )
        for cluster in clusters_of_term(results)
    ]


def sort_clusters(rows: Sequence[ClusterRow], sort: str) -> list[ClusterRow]:
    """By a column; the other way round with a minus before it."""
    return sorted(rows, key=SORT_KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _schools_by_cluster(results: AreaResults) -> dict[int | None, list[SchoolTerm]]:
    found: dict[int | None, list[SchoolTerm]] = {}
    for row in results.of_term(results.term):
        found.setdefault(row.cluster.pk, []).append(row)
    return found


def _advice_by_cluster(
    schools: Mapping[int | None, Sequence[SchoolTerm]], advice: Sequence[AdviceRow], today: date
) -> dict[Any, AdviceSummary]:
    cluster_of = {row.school.pk: pk for pk, rows in schools.items() for row in rows}
    return dict(advice_by_group(advice, today, lambda row: cluster_of[row.school_id]))


def _row_links(filters: OverviewFilters, cluster: SchoolCluster) -> dict[str, str]:
    """Where the figures of a cluster have their rows; nowhere for schools of no cluster."""
    if cluster.pk is None:
        return dict.fromkeys(("schools_url", "visited_url", "achieved_url", "overdue_url"), "")
    links = OverviewLinks(filters.query)
    return {
        "schools_url": links.schools(cluster=cluster.pk),
        "visited_url": links.schools(cluster=cluster.pk, show=SchoolCount.VISITED),
        "achieved_url": links.schools(cluster=cluster.pk, show=SchoolCount.ACHIEVED),
        "overdue_url": ledger_url(filters, LedgerView.LATE, cluster=cluster.pk),
    }
