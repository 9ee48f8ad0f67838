"""Open recommendations beside a visit.

They belong to a room above this one, which takes its seat here when Django starts.
"""

from collections.abc import Callable, Sequence
from typing import Any

from schools.models import School

Source = Callable[[School], Sequence[Any]]
SEATS: list[Source] = []


def seat_open_advice(source: Source) -> None:
    """Say where a school's open recommendations are found; called once, by the app."""
    SEATS[:] = [source]


def open_advice_of(school: School) -> list[Any]:
    return [advice for source in SEATS for advice in source(school)]
