"""A school's open recommendations, looked at on a visit; a higher app keeps them."""

from collections.abc import Callable, Sequence

from schools.core.registry import Registry
from schools.models import School, User

OPEN_RECOMMENDATIONS = "open recommendations"

# Gives the open recommendations of a school, as far as the reader sees them, as the template of a
# visit shows them.
recommendation_sources: Registry[str, Callable[[School, User], Sequence[object]]] = Registry(
    "visits"
)


def open_recommendations_of(school: School, reader: User) -> Sequence[object]:
    """Recommendations to the school that are not closed, as rows for a template."""
    return recommendation_sources.get(OPEN_RECOMMENDATIONS)(school, reader)
