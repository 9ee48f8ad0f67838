"""Open recommendations beside a visit.

They belong to a room above this one, which takes its seat here when Django starts.
"""

from collections.abc import Callable, Sequence
from typing import Any

from schools.models import School

RecommendationSource = Callable[[School], Sequence[Any]]
RECOMMENDATION_SOURCES: list[RecommendationSource] = []


def register_recommendation_source(source: RecommendationSource) -> None:
    """Say where a school's open recommendations are found; called once, by the app."""
    RECOMMENDATION_SOURCES[:] = [source]


def open_recommendations_of(school: School) -> list[Any]:
    return [advice for source in RECOMMENDATION_SOURCES for advice in source(school)]
