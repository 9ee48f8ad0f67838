"""The results that the pages, prints and files of the overview share: one selection, one load."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.overview.filters import OverviewSelection
from schools.models import Term, User
from schools.school_sizes import confirmed_size_bands, school_sizes_by_year
from supervision.results.coverage import TermCoverage, term_coverage
from supervision.results.school_terms import (
    ResultFilter,
    SchoolTerm,
    SizeWords,
    filter_school_terms,
    load_school_terms,
)
from supervision.results.scores import ScoreTable, load_scores


@dataclass(frozen=True)
class AreaResults:
    """What the selected schools came to in the selected term and those compared with it.

    `terms` are oldest first, the selected one last; `school_terms` are the schools of these
    terms that the filters leave. `scores` are loaded when they are first asked for.
    """

    wanted: ResultFilter
    terms: Sequence[Term]
    school_terms: Sequence[SchoolTerm]
    sizes: SizeWords

    @property
    def term(self) -> Term:
        return self.terms[-1]

    @property
    def previous(self) -> Term | None:
        """The term before the selected one; None where none is compared."""
        return self.terms[-2] if len(self.terms) > 1 else None

    @cached_property
    def scores(self) -> ScoreTable:
        return load_scores(self.school_terms, self.wanted)

    def of_term(self, term: Term) -> list[SchoolTerm]:
        """The schools that count in one of the terms."""
        return [row for row in self.school_terms if row.term.pk == term.pk]

    def coverage(self, term: Term) -> TermCoverage:
        return term_coverage(self.of_term(term))


def load_area_results(
    user: User, selection: OverviewSelection, today: date, *, with_sizes: bool = False
) -> AreaResults:
    """The results of a selection; two queries, and two more once scores are asked for.

    Sizes are loaded for pages that group by them (`with_sizes`) and where the filter asks.
    """
    wanted, terms = result_filter(selection), selection.compared_terms
    rows = load_school_terms(user, selection.schools_of_all_days, terms, today)
    sizes = selection.sizes or (school_sizes_by_year(confirmed_size_bands()) if with_sizes else {})
    return AreaResults(wanted, terms, list(filter_school_terms(rows, wanted, sizes)), sizes)


def result_filter(selection: OverviewSelection) -> ResultFilter:
    """What the filters of a selection ask of results."""
    filters = selection.filters
    return ResultFilter(
        clusters=_wanted_clusters(selection),
        district=filters.district,
        size=filters.size,
        level=filters.level,
        indicator_set=filters.indicator_set,
    )


def _wanted_clusters(selection: OverviewSelection) -> frozenset[int | None] | None:
    """The cluster asked for, or those that the supervisor asked for has in charge."""
    filters = selection.filters
    if filters.cluster is None and filters.supervisor is None:
        return None
    found = {
        row.school.cluster_pk
        for row in selection.all_schools
        if filters.supervisor is None
        or filters.supervisor in {person.pk for person in row.supervisors}
    }
    return frozenset(found if filters.cluster is None else found & {filters.cluster})
