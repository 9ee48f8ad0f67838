"""Good practices that were published, asked of the app that publishes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schools.core.registry import Registry

PUBLISHED_PRACTICES = "published practices"


@dataclass(frozen=True)
class PublishedPractice:
    """A selected good practice that others may read, and where it stands.

    The unit's own has no school.
    """

    pk: int
    title: str
    school_id: int | None
    school: str
    published_on: date
    url: str
    is_sample: bool


# Gives all of them, newest first.
published_practice_sources: Registry[str, Callable[[], Sequence[PublishedPractice]]] = Registry(
    "published practices"
)


def published_practices() -> Sequence[PublishedPractice]:
    """What a school may know of the practices of others."""
    return published_practice_sources.get(PUBLISHED_PRACTICES)()
