"""Where the figures of the overview lead: the lists of the rows that they count."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from reports.overview.filters import OverviewFilters
from supervision.improvement.enums import AdviceOrigin


def board_url(filters: OverviewFilters, **wanted: Any) -> str:
    """The area board with the same schools; empty where it has no filter like the overview's."""
    if filters.district or filters.level or filters.supervisor or filters.indicator_set:
        return ""
    values = {"term": filters.term.pk, "cluster": filters.cluster, "size": filters.size} | wanted
    return (
        f"{reverse('board')}?{urlencode({name: value for name, value in values.items() if value})}"
    )


def ledger_url(filters: OverviewFilters, show: str, **wanted: Any) -> str:
    """The rounds' advice to the same schools; empty where the ledger has no such filter."""
    if filters.district or filters.level or filters.supervisor or filters.size:
        return ""
    values = {"show": show, "origin": AdviceOrigin.ROUND, "cluster": filters.cluster} | wanted
    address = reverse("recommendations")
    return f"{address}?{urlencode({name: value for name, value in values.items() if value})}"


def overview_url(filters: OverviewFilters, **wanted: Any) -> str:
    """The overview of some of the same schools."""
    query = filters.query
    for name, value in wanted.items():
        query[name] = str(value)
    return f"{reverse('overview')}?{query.urlencode()}"
