"""The places of schools, how far they move when weights move, and which schools are level.

A school's score is the mean of its figures by the weights of the dimensions, rounded as it is
printed; schools with the same printed score share a place. The places are reckoned again with
each weight a fifth lower, as it is, and a fifth higher, in all combinations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product

import numpy as np

from supervision.quality_drive.ranking.figures import Numbers, mean_in_hundredths
from supervision.quality_drive.ranking.inputs import RankedDimension

SWING = 20  # per cent, by which each weight moves either way
SWINGS = (4, 5, 6)  # the same in fifths of a weight

# Figures in hundredths by dimension.
Figures = Mapping[str, int]


@dataclass(frozen=True)
class SchoolPlacing:
    """A school's place, the best (`highest`) and worst it takes, its group, and its score."""

    place: int
    highest: int
    lowest: int
    group: int
    score: int


def score_of(dimensions: Sequence[RankedDimension], figures: Figures) -> int:
    """The school's score by the endorsed weights, in hundredths."""
    weighted = sum(one.weight * figures[one.code] for one in dimensions)
    return mean_in_hundredths(weighted, sum(one.weight for one in dimensions))


def place_schools(
    dimensions: Sequence[RankedDimension], figures: Mapping[int, Figures]
) -> dict[int, SchoolPlacing]:
    """Each school's place among these; `figures` by school, with all of these dimensions."""
    if not figures:
        return {}
    places = _places_by_weighting(dimensions, figures)
    scores = {pk: score_of(dimensions, found) for pk, found in figures.items()}
    order = sorted(scores.values(), reverse=True)
    place_of = {score: place for place, score in reversed(list(enumerate(order, start=1)))}
    ranges = dict(zip(figures, zip(places.min(0), places.max(0), strict=True), strict=True))
    placed = [
        (place_of[score], int(ranges[pk][0]), int(ranges[pk][1]), pk)
        for pk, score in scores.items()
    ]
    return {
        pk: SchoolPlacing(place, highest, lowest, group, scores[pk])
        for group, (place, highest, lowest, pk) in _grouped(placed)
    }


def _places_by_weighting(
    dimensions: Sequence[RankedDimension], figures: Mapping[int, Figures]
) -> Numbers:
    """A row for each combination of moved weights, a column for each school."""
    weights = np.array([one.weight for one in dimensions], dtype=np.int64)
    moved = np.array(list(product(SWINGS, repeat=len(dimensions))), dtype=np.int64) * weights
    table = np.array([[found[one.code] for one in dimensions] for found in figures.values()])
    scores = mean_in_hundredths(moved @ table.T, moved.sum(axis=1, keepdims=True))
    return np.array([_places(row) for row in scores])


def _places(scores: Numbers) -> Numbers:
    """For each score, one more than the number of higher ones."""
    return len(scores) - np.searchsorted(np.sort(scores), scores, side="right") + 1


# place, highest, lowest, school
_Ranged = tuple[int, int, int, int]


def _grouped(placed: Sequence[_Ranged]) -> Iterator[tuple[int, _Ranged]]:
    """Each school with its group, the best group 1.

    A group is its first place with all that follow until the first place whose range does not
    meet that of the group's first. So the groups' first schools differ for certain, and nobody
    is in a group with whom the first could not change places.
    """
    group, reaches = 0, 0
    for _, sharing in groupby(sorted(placed), key=lambda one: one[0]):
        schools = list(sharing)
        if min(highest for _, highest, _, _ in schools) > reaches:
            group, reaches = group + 1, max(lowest for _, _, lowest, _ in schools)
        yield from ((group, school) for school in schools)
