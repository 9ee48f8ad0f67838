"""Addresses of the pages of results: every link keeps the filters of the page it stands on."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from schools.core.url_cache import cached_url


@dataclass(frozen=True)
class OverviewLinks:
    """Links for one selection; `query` is that of its filters (`OverviewFilters.query`)."""

    query: QueryDict

    def overview(self) -> str:
        """The overview of the area."""
        return self._with(reverse("overview"), {})

    def results(self, **more: object) -> str:
        """The results of the term; `more` are further values of the address."""
        return self._with(reverse("overview_results"), more)

    def schools(self, **more: object) -> str:
        """The schools behind a number."""
        return self._with(reverse("overview_schools"), more)

    def standard(self, pk: int, **more: object) -> str:
        """One standard over all schools."""
        return self._with(cached_url("overview_standard", pk), more)

    def indicator(self, pk: int, **more: object) -> str:
        """One indicator over all schools."""
        return self._with(cached_url("overview_indicator", pk), more)

    def _with(self, path: str, more: dict[str, object]) -> str:
        query = self.query.copy()
        for name, value in more.items():
            query[name] = str(value)
        return f"{path}?{query.urlencode()}"


def school_results_url(school: int, term: int) -> str:
    """One school's results, looked at in the term that a page is about."""
    return f"{cached_url('school_results', school)}?term={term}"
