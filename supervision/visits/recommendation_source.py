"""A school's open recommendations, looked at on a visit; a higher app keeps them."""

from collections.abc import Callable, Sequence

from schools.core.registry import Registry
from schools.models import School

OPEN_RECOMMENDATIONS = "open recommendations"

# Gives the open recommendations of a school as the template of a visit shows them.
recommendation_sources: Registry[str, Callable[[School], Sequence[object]]] = Registry("visits")


def open_recommendations_of(school: School) -> Sequence[object]:
    """Recommendations of all the school's rounds that are not closed, as rows for a template."""
    return recommendation_sources.get(OPEN_RECOMMENDATIONS)(school)
